//! What words around an amount say about it, in Indonesian and English.
//!
//! The lists are closed on purpose: between a course's name and an amount that is taken for its
//! price stand only words that are known to belong there. `docs/guide/prices.md` says what that
//! comes to on labelled sentences.

/// Words that make an amount a price.
const PRICE: &str = "harga harganya biaya biayanya seharga berharga berbiaya tarif tarifnya investasi investasinya bayar \
    membayar bayarnya dibanderol banderol dijual cicilan cicilannya mencicil dicicil angsuran angsurannya \
    price prices priced cost costs costing fee fees tuition pay paid charge sells sell sold investment \
    instalment instalments installment installments payments";

/// Words for a price that may stand at the head of a column.
const HEAD: &str = "harga biaya tarif investasi promo price prices cost costs fee fees tuition";

/// Words that may stand between a course, a price and an amount.
const NEUTRAL: &str = "kursus kursusnya kelas kelasnya program pelatihan ini itu kami di dari dengan untuk bagi buat adalah \
    ialah yaitu yakni sebesar senilai hanya cuma cukup saja aja lho sekarang kini saat lagi sedang masih sudah tetap \
    akan bisa dapat kamu anda kalian kita peserta per orang ikut ikuti mengikuti masuk belajar daftar mendaftar promo \
    promosi normal normalnya aslinya total totalnya penuh lengkap semua seluruh seluruhnya sekali lunas dibuka \
    ditawarkan tersedia diikuti turun naik menjadi jadi ke kembali mulai dimulai hingga sampai pada selama sekitar \
    kisaran berkisar antara pas tepat juga dan atau satu dua tiga empat lima enam kali pertemuan sesi bulan bulanan \
    masing khusus spesial akhir tahun pekan bawah atas kurang lebih hampir kira privat daring luring tatap muka \
    reguler malam pagi berlaku sebelum sebesarnya dipatok ditetapkan harus perlu tinggal lalu kemudian \
    the a an of for is are be this our course class program programme training at just only now currently today \
    still with in on to you your can join joining enrol enroll enrolling take taking get gets into and or from \
    normal regular full total sale promo promotional special current its it it's whole entire each per person \
    available offered open opens starts start starting range ranges between online onsite site private evening \
    weekend evenings comes come about around roughly approximately some under below over above less more than \
    nearly almost up as may boleh kalau berdua bertiga berempat low one two three four five six twelve monthly session sessions during until valid set";

/// Words that name something else that has a price, or that money is about besides prices.
const OTHER: &str = "gaji gajinya bergaji upah honor penghasilan berpenghasilan pendapatan omzet modal laptop komputer monitor \
    buku bukunya ebook modul hosting domain server vps lisensi langganan berlangganan aplikasi ujian ujiannya \
    sertifikasi sertifikat hadiah lomba beasiswa denda dp deposit uang cashback kuota internet tiket kos sewa \
    bootcamp kampus kuliah semester lain lainnya kompetitor toko produk barang belanja belanjaan tagihan struk \
    transaksi saldo administrasi cetak ulang pendaftaran registrasi potongan diskon hemat kaus kuliahnya proyek \
    alat perangkat komponen konsumsi transportasi parkir ongkos akun materai meterai penginapan \
    salary salaries wage wages income earn earns earning earnings revenue capital computer book textbook ebook \
    licence license subscription plan exam certification certificate prize award scholarship grant grants fine \
    late deposit ticket rent room bootcamps university universities other others elsewhere competitor \
    competitors shop product products basket bill receipt transaction balance administration admin registration \
    reprint discount save saves saving savings voucher books laptops tool tools kit hardware device account \
    accounts app apps memory equipment travel meal meals snack snacks lunch parking merchandise shirt";

/// Words that tie a clause to what stands before it rather than to the subject.
const TIES: &str = "yang that which who whose where membuat menjual membeli beli menghasilkan sells buys buy build builds builds \
    uses use using memakai menggunakan membutuhkan butuh need needs require requires";

/// Words of totals over several courses.
const TOGETHER: &str = "paket bundel bundle bundling kombinasi keduanya ketiganya bersama sekaligus total totalnya jumlahnya \
    together both combined altogether package";

/// Words that an amount in words alone may be followed by.
const AFTER_BARE: &str = "saja aja lho per untuk sudah termasuk dan atau dengan sekali lunas sebelum sampai selama per \
    for per and or with including in each a";

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It makes an amount a price.
    Price,
    /// It may stand between.
    Neutral,
    /// It says that something stands in the negative.
    Not,
    /// Anything else.
    Unknown,
}

fn holds(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|own| own == word)
}

/// What a word, in small letters, is.
pub(super) fn class(word: &str) -> Class {
    if matches!(
        word,
        "bukan" | "bukanlah" | "not" | "tidak" | "never" | "doesn't" | "isn't" | "tak"
    ) {
        Class::Not
    } else if holds(PRICE, word) {
        Class::Price
    } else if holds(NEUTRAL, word) {
        Class::Neutral
    } else {
        Class::Unknown
    }
}

/// Whether a word names something else.
pub(super) fn is_other(word: &str) -> bool {
    holds(OTHER, word)
}

/// Whether a word says that what follows is part of what was priced: `sudah termasuk modul`.
pub(super) fn includes(word: &str) -> bool {
    matches!(
        word,
        "termasuk" | "including" | "includes" | "with" | "dengan" | "plus"
    )
}

/// Whether a word asks how much something is.
pub(super) fn asks(word: &str) -> bool {
    matches!(
        word,
        "berapa" | "berapakah" | "how" | "much" | "what" | "what's" | "does" | "do" | "will"
    )
}

/// Whether a word ties what follows to what stands right before it.
pub(super) fn ties(word: &str) -> bool {
    holds(TIES, word)
}

/// Whether a column with this word at its head holds prices.
pub(super) fn heads(word: &str) -> bool {
    holds(HEAD, word)
}

/// Whether a word speaks of several courses at once.
pub(super) fn is_together(word: &str) -> bool {
    holds(TOGETHER, word)
}

/// Whether an amount without a currency may be followed by this word.
pub(super) fn follows_bare(word: &str) -> bool {
    holds(AFTER_BARE, word)
}

/// Whether a word names a course: `kursus Flutter`, `the Flutter course`.
pub(super) fn is_course_word(word: &str) -> bool {
    holds(
        "kursus kelas pelatihan program course class training workshop",
        word,
    )
}

/// What an amount is for: each month, session and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// All of the course, or a person's place in it.
    Whole,
    /// A month.
    Month,
    /// A session.
    Session,
    /// What no course is sold by: an hour, a year.
    Else,
}

/// The unit that a word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "orang" | "peserta" | "person" | "participant" | "student" | "siswa" | "kursus"
        | "course" | "kelas" => Unit::Whole,
        "bulan" | "bulannya" | "sebulan" | "month" | "monthly" => Unit::Month,
        "sesi" | "sesinya" | "pertemuan" | "session" | "meeting" | "lesson" => Unit::Session,
        "jam" | "sejam" | "hour" | "tahun" | "setahun" | "year" | "hari" | "day" | "minggu"
        | "week" | "semester" => Unit::Else,
        _ => return None,
    })
}

/// Whether a word is a unit by itself: `sebulan`.
pub(super) fn is_own_unit(word: &str) -> bool {
    matches!(word, "sebulan" | "sejam" | "setahun" | "monthly")
}

/// Whether a word begins a unit: `per bulan`, `a month`.
pub(super) fn begins_unit(word: &str) -> bool {
    matches!(
        word,
        "per" | "setiap" | "tiap" | "a" | "an" | "each" | "every"
    )
}

/// Whether words before an amount, the nearest last, tell of the past or of now.
pub(super) fn tense(word: &str, before: Option<&str>) -> Option<Tense> {
    let pair = |first: &str| before == Some(first);
    match word {
        "dulu" | "dulunya" | "dahulu" | "sebelumnya" | "semula" | "tadinya" | "awalnya"
        | "kemarin" | "lama" | "was" | "were" | "formerly" | "previously" | "yesterday"
        | "once" | "originally" => Some(Tense::Past),
        "lalu" if pair("tahun") || pair("bulan") || pair("minggu") => Some(Tense::Past),
        "year" | "month" | "week" if pair("last") => Some(Tense::Past),
        "to" if pair("used") => Some(Tense::Past),
        "sekarang" | "kini" | "now" | "currently" | "today" => Some(Tense::Now),
        _ => None,
    }
}

/// When something is said to cost what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Before.
    Past,
    /// Now.
    Now,
}

/// How exactly an amount is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As it stands.
    Exact,
    /// Sekitar, about.
    About,
    /// Hampir, nearly.
    Nearly,
    /// Di bawah, under.
    Below,
    /// Di atas, over.
    Above,
}

/// How exactly an amount is meant behind these words, the nearest last.
pub(super) fn manner(before: &[&str]) -> Manner {
    let last = before.last().copied().unwrap_or_default();
    let pair = match before {
        [.., first, _] => *first,
        _ => "",
    };
    match (pair, last) {
        ("di", "bawah")
        | (_, "under" | "below")
        | ("kurang", "dari")
        | ("less", "than")
        | ("tidak" | "tak", "sampai") => Manner::Below,
        ("di", "atas") | (_, "over" | "above") | ("lebih", "dari") | ("more", "than") => {
            Manner::Above
        }
        (_, "hampir" | "nearly" | "almost") => Manner::Nearly,
        ("kurang", "lebih")
        | (
            _,
            "sekitar" | "kira" | "kisaran" | "berkisar" | "about" | "around" | "roughly"
            | "approximately" | "some" | "setara" | "equals",
        ) => Manner::About,
        _ => Manner::Exact,
    }
}
