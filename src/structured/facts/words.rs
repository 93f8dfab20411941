//! The words of twins, in the languages that the program speaks.

use crate::base::words::primary;
use crate::site::sale::{BatchState, Call};

macro_rules! words {
    ($($word:ident => $id:literal, $en:literal;)*) => {
        /// A word of a twin.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Word {
            $($word,)*
        }

        impl Word {
            /// In a language; English where it is not Indonesian.
            pub(super) fn text(self, language: &str) -> &'static str {
                let (id, en) = match self {
                    $(Self::$word => ($id, $en),)*
                };
                if primary(language) == "id" { id } else { en }
            }
        }
    };
}

words! {
    AllLevels => "semua tingkat", "all levels";
    AlsoCalled => "Disebut juga", "Also called";
    Archived => "arsip, tidak diadakan lagi", "archived, not given any more";
    Articles => "Artikel", "Articles";
    Ask => "Tanya", "Ask";
    AsOf => "per", "as of";
    Audience => "Cocok untuk", "For";
    Batches => "Jadwal angkatan", "Batches";
    Beginner => "pemula", "beginner";
    Blended => "campuran", "blended";
    Cancelled => "dibatalkan", "cancelled";
    Careers => "Karier", "Careers";
    Certificate => "Sertifikat", "Certificate";
    Closed => "pendaftaran ditutup", "enrolment closed";
    Code => "Kode", "Code";
    ComingSoon => "segera dibuka", "coming soon";
    Core => "inti", "core";
    Course => "per kursus", "per course";
    CourseCount => "kursus", "courses";
    Courses => "Kursus", "Courses";
    Curriculum => "Kurikulum", "Curriculum";
    Duration => "Durasi", "Duration";
    Enrol => "Daftar", "Enrol";
    EnrolFrom => "daftar mulai", "enrol from";
    EnrolUntil => "daftar paling lambat", "enrol until";
    Enrolment => "Pendaftaran", "Enrolment";
    Exempt => "bebas PPN", "VAT exempt";
    Faq => "Pertanyaan yang sering diajukan", "Questions and answers";
    Free => "Gratis", "Free";
    From => "mulai", "from";
    Full => "penuh", "full";
    Included => "termasuk PPN", "VAT included";
    Excluded => "belum termasuk PPN", "VAT not included";
    Installments => "Cicilan", "Instalments";
    Instructors => "Pengajar", "Instructors";
    Intermediate => "menengah", "intermediate";
    Advanced => "mahir", "advanced";
    Language => "Bahasa pengantar", "Taught in";
    LastSeats => "kursi terakhir", "last seats";
    LeadsTo => "Menuju karier", "Leads to the careers";
    Level => "Tingkat", "Level";
    Median => "nilai tengah", "median";
    Mode => "Cara belajar", "Mode";
    Month => "per bulan", "per month";
    Normal => "harga normal", "normal price";
    NotAll => "belum semuanya", "not all of them";
    NotOpen => "belum dibuka", "not open yet";
    OnRequest => "Hubungi kami", "On request";
    Online => "daring", "online";
    Onsite => "tatap muka", "on site";
    Open => "dibuka", "open";
    Optional => "opsional", "optional";
    Outcomes => "Yang dikuasai setelahnya", "What one can do afterwards";
    Parent => "Bagian dari", "Part of";
    PartiallyFree => "gratis sebagian", "partially free";
    Parts => "Meliputi", "Includes";
    Path => "Jalur belajar", "Learning path";
    People => "Orang", "People";
    Person => "per orang", "per person";
    Postponed => "ditunda", "postponed";
    Prerequisite => "prasyarat", "prerequisite";
    Prerequisites => "Prasyarat", "Prerequisites";
    Price => "Biaya", "Price";
    Promo => "promo", "promo";
    Recommended => "disarankan", "recommended";
    Related => "Karier yang berdekatan", "Related careers";
    ReplacedBy => "Penggantinya", "Replaced by";
    RequiredBy => "Dasar untuk", "Needed for";
    Requires => "Sebaiknya bisa dulu", "Builds on";
    Responsibilities => "Yang dikerjakan", "What one does";
    Roles => "Peran", "Roles";
    RoleAuthor => "penulis", "author";
    RoleEditor => "penyunting", "editor";
    RoleInstructor => "pengajar", "instructor";
    RoleMentor => "pembimbing", "mentor";
    Running => "sedang berjalan", "running";
    Salary => "Kisaran gaji", "Salary range";
    Seats => "kursi", "seats";
    SeatsLeft => "tersisa", "left";
    Session => "per sesi", "per session";
    Sessions => "sesi", "sessions";
    Skills => "Keahlian", "Skills";
    Source => "sumber", "source";
    Sources => "Sumber", "Sources";
    Status => "Keadaan", "State";
    Subscription => "langganan", "subscription";
    Teaches => "Kursus yang diajar", "Courses taught";
    Tools => "Alat yang dipakai", "Tools";
    Total => "seluruhnya", "in all";
    Until => "sampai", "until";
    UpTo => "sampai", "up to";
    ValidUntil => "berlaku sampai", "valid until";
    Variants => "Pilihan kelas", "Ways to take it";
    Website => "Situs", "Website";
    Weeks => "minggu", "weeks";
    Wrote => "Artikel yang ditulis", "Articles written";
    Year => "per tahun", "per year";
}

/// The word for a value of a field that takes certain words only.
pub(super) fn of_value(value: &str) -> Option<Word> {
    Some(match value {
        "beginner" => Word::Beginner,
        "intermediate" => Word::Intermediate,
        "advanced" => Word::Advanced,
        "all" => Word::AllLevels,
        "online" => Word::Online,
        "onsite" => Word::Onsite,
        "blended" => Word::Blended,
        "course" => Word::Course,
        "session" => Word::Session,
        "month" => Word::Month,
        "year" => Word::Year,
        "person" => Word::Person,
        "included" => Word::Included,
        "excluded" => Word::Excluded,
        "exempt" => Word::Exempt,
        "partially_free" => Word::PartiallyFree,
        "subscription" => Word::Subscription,
        "coming_soon" => Word::ComingSoon,
        "closed" => Word::Closed,
        "archived" => Word::Archived,
        "core" => Word::Core,
        "recommended" => Word::Recommended,
        "optional" => Word::Optional,
        "instructor" => Word::RoleInstructor,
        "author" => Word::RoleAuthor,
        "editor" => Word::RoleEditor,
        "mentor" => Word::RoleMentor,
        _ => return None,
    })
}

/// What a batch is doing; one that is over is not shown.
pub(super) fn of_state(state: BatchState) -> Option<Word> {
    Some(match state {
        BatchState::NotOpen => Word::NotOpen,
        BatchState::Open => Word::Open,
        BatchState::LastSeats => Word::LastSeats,
        BatchState::Closed => Word::Closed,
        BatchState::Running => Word::Running,
        BatchState::Cancelled => Word::Cancelled,
        BatchState::Postponed => Word::Postponed,
        BatchState::Over => return None,
    })
}

/// What a visitor is asked to do.
pub(super) fn of_call(call: Call) -> Option<Word> {
    match call {
        Call::Enrol => Some(Word::Enrol),
        Call::Ask => Some(Word::Ask),
        Call::Nothing => None,
    }
}
