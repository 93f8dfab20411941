//! The words of the generated site: names, front matter values and bodies.
//!
//! Names follow from a page's number alone, so that a link can name a page not written yet.

/// A xorshift64* generator: small, fast and the same on every machine.
pub(super) struct Rng(u64);

impl Rng {
    /// The generator of article number `i`.
    pub(super) fn for_article(i: usize) -> Self {
        Self::new(2 * i as u64)
    }

    /// The generator of course number `i`.
    pub(super) fn for_course(i: usize) -> Self {
        Self::new(2 * i as u64 + 1)
    }

    /// Neighbouring seeds give unrelated sequences: splitmix64's finisher spreads them first.
    fn new(seed: u64) -> Self {
        let mut z = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        // Xorshift stays at zero for ever once it is there.
        Self((z ^ (z >> 31)).max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 up to but not including `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 32) as usize * limit) >> 32
    }

    /// One of `items`.
    pub(super) fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// What only some pages have.
#[derive(Clone, Copy)]
pub(super) struct Extras {
    /// A code block.
    pub(super) code: bool,
    /// A table.
    pub(super) table: bool,
}

/// The file stem of article number `i`.
pub(super) fn article_stem(i: usize) -> String {
    let mut rng = Rng::for_article(i);
    format!("{}-{}-{i}", rng.pick(WORDS), rng.pick(WORDS))
}

/// The title of article number `i`.
pub(super) fn article_title(i: usize) -> String {
    let mut rng = Rng::for_article(i);
    format!("Mengenal {} dan {} {i}", rng.pick(WORDS), rng.pick(WORDS))
}

/// The file stem of course number `i`.
pub(super) fn course_stem(i: usize) -> String {
    format!("kelas-{}-{i}", Rng::for_course(i).pick(WORDS))
}

/// The title of course number `i`.
pub(super) fn course_title(i: usize) -> String {
    format!("Kelas {} {i}", Rng::for_course(i).pick(WORDS))
}

/// A sentence of about a hundred characters.
pub(super) fn description(rng: &mut Rng) -> String {
    let mut out = String::new();
    sentence(&mut out, rng, 14, false);
    out
}

/// A day in ten years that have passed: a page of the future would not be built.
pub(super) fn date(rng: &mut Rng) -> String {
    let (year, month, day) = (2016 + rng.below(10), 1 + rng.below(12), 1 + rng.below(28));
    format!("{year}-{month:02}-{day:02}")
}

/// Three different tags out of those that a site of `pages` pages has.
pub(super) fn tags(rng: &mut Rng, pages: usize) -> [String; 3] {
    let count = pages / 50 + 20;
    let first = rng.below(count);
    let second = (first + 1 + rng.below(count / 2 - 1)) % count;
    let third = (second + 1 + rng.below(count / 2 - 1)) % count;
    [first, second, third].map(|tag| format!("{}-{tag}", WORDS[tag % WORDS.len()]))
}

/// Four parts of a heading and three paragraphs each, a list, the links, and the extras.
pub(super) fn body(out: &mut String, rng: &mut Rng, links: &[String], extras: Extras) {
    for part in 0..4 {
        heading(out, rng);
        for place in 0..3 {
            paragraph(out, rng);
            // The links stand in the middle paragraphs of the first three parts.
            if let (1, Some(link)) = (place, links.get(part)) {
                out.push_str(" Baca juga ");
                out.push_str(link);
                out.push('.');
            }
            out.push_str("\n\n");
        }
        match part {
            0 => list(out, rng),
            1 if extras.code => code(out, rng),
            2 if extras.table => table(out, rng),
            _ => {}
        }
    }
}

fn heading(out: &mut String, rng: &mut Rng) {
    out.push_str("## ");
    words(out, rng, 3, false);
    out.push_str("\n\n");
}

fn paragraph(out: &mut String, rng: &mut Rng) {
    for i in 0..3 {
        if i > 0 {
            out.push(' ');
        }
        let length = 10 + rng.below(6);
        sentence(out, rng, length, true);
    }
}

fn list(out: &mut String, rng: &mut Rng) {
    for _ in 0..5 {
        out.push_str("- ");
        words(out, rng, 5, false);
        out.push('\n');
    }
    out.push('\n');
}

fn code(out: &mut String, rng: &mut Rng) {
    out.push_str("```python\n");
    for i in 0..6 {
        let (name, value) = (rng.pick(WORDS), rng.pick(WORDS));
        out.push_str(&format!(
            "{name}_{i} = hitung(\"{value}\") if {i} < {} else None\n",
            i + 2
        ));
    }
    out.push_str("```\n\n");
}

fn table(out: &mut String, rng: &mut Rng) {
    out.push_str("| Keahlian | Alat | Lama |\n|---|---|--:|\n");
    for _ in 0..4 {
        let (skill, tool) = (rng.pick(WORDS), rng.pick(WORDS));
        out.push_str(&format!(
            "| {skill} | {tool} | {} jam |\n",
            1 + rng.below(20)
        ));
    }
    out.push('\n');
}

fn sentence(out: &mut String, rng: &mut Rng, length: usize, marked: bool) {
    words(out, rng, length, marked);
    out.push('.');
}

/// Words with a capital at the beginning; `marked` sets one in twenty in bold, italics or code.
fn words(out: &mut String, rng: &mut Rng, count: usize, marked: bool) {
    for i in 0..count {
        let word = rng.pick(WORDS);
        if i == 0 {
            out.push_str(&word[..1].to_uppercase());
            out.push_str(&word[1..]);
            continue;
        }
        out.push(' ');
        let mark = if marked {
            ["**", "*", "`"].get(rng.below(60)).copied()
        } else {
            None
        };
        let mark = mark.unwrap_or_default();
        out.push_str(mark);
        out.push_str(word);
        out.push_str(mark);
    }
}

/// Plain ASCII: they also make file names, slugs and tags.
const WORDS: &[&str] = &[
    "adalah",
    "akan",
    "aktif",
    "alat",
    "alur",
    "analisis",
    "antarmuka",
    "aplikasi",
    "arsitektur",
    "atau",
    "awal",
    "bahasa",
    "bangun",
    "baru",
    "basis",
    "belajar",
    "berkas",
    "bersama",
    "bisnis",
    "buat",
    "cara",
    "cepat",
    "contoh",
    "daftar",
    "dalam",
    "dapat",
    "dari",
    "dasar",
    "data",
    "dengan",
    "desain",
    "diuji",
    "dokumen",
    "dunia",
    "fitur",
    "fungsi",
    "galat",
    "gambar",
    "guna",
    "halaman",
    "hasil",
    "industri",
    "jaringan",
    "jelas",
    "kecil",
    "kelas",
    "kerja",
    "kode",
    "kompetensi",
    "komponen",
    "konsep",
    "kursus",
    "langkah",
    "latihan",
    "layanan",
    "logika",
    "lowongan",
    "masalah",
    "materi",
    "melalui",
    "membaca",
    "menulis",
    "metode",
    "minggu",
    "modul",
    "mudah",
    "nilai",
    "objek",
    "otomatis",
    "panduan",
    "pekerjaan",
    "pemrograman",
    "pengembang",
    "pengguna",
    "peran",
    "peserta",
    "pilihan",
    "pola",
    "portofolio",
    "praktik",
    "proses",
    "proyek",
    "rencana",
    "ringkas",
    "ruang",
    "sederhana",
    "sering",
    "server",
    "sistem",
    "situs",
    "solusi",
    "studi",
    "sumber",
    "tahap",
    "tim",
    "topik",
    "tugas",
    "tujuan",
    "uji",
    "untuk",
    "variabel",
    "versi",
    "waktu",
    "wawancara",
    "yang",
];
