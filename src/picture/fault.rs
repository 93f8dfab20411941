//! Why there is no picture, and what to do about it.

use super::BUDGET;

/// What is wrong with a file that should be a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file, or it cannot be read; in words.
    Unread(Box<str>),
    /// It is of no format that is known.
    Unknown,
    /// It is HEIC, which no browser shows.
    Heic,
    /// It is AVIF or another format that is known and not read; its name.
    Unreadable(&'static str),
    /// Its pixels would need more memory than all pictures together may have.
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// It cannot be decoded; in words.
    Broken(Box<str>),
    /// It is drawn by lines, and scales by itself.
    Vector,
    /// What is asked for has no size.
    NoSize,
    /// The result would be larger than its format allows.
    ResultTooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// This program was built without the encoder; its name.
    NoEncoder(&'static str),
    /// The file is another one than a moment ago.
    Changed,
}

impl Fault {
    /// The code of its diagnostic.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unread(_) => "picture-missing",
            Self::Unknown | Self::Heic | Self::Unreadable(_) => "picture-format",
            Self::TooLarge { .. } | Self::ResultTooLarge { .. } => "picture-too-large",
            Self::Broken(_) | Self::Changed => "picture-broken",
            Self::Vector | Self::NoSize | Self::NoEncoder(_) => "picture-resize",
        }
    }

    /// What is wrong, about the file `name`.
    pub fn message(&self, name: &str) -> String {
        match self {
            Self::Unread(words) => words.to_string(),
            Self::Unknown => format!("{name} is no picture of a known format"),
            Self::Heic => format!("{name} is a HEIC picture, which browsers do not show"),
            Self::Unreadable(format) => format!("{name} is {format}, which is not read here"),
            Self::TooLarge { width, height } => {
                let megapixels = u64::from(*width) * u64::from(*height) / 1_000_000;
                format!("{name} is too large: {width} × {height} are {megapixels} megapixels")
            }
            Self::Broken(words) => format!("{name} is damaged: {words}"),
            Self::Vector => format!("{name} is an SVG, which is not resized"),
            Self::NoSize => format!("{name} cannot be resized to nothing"),
            Self::ResultTooLarge { width, height } => {
                format!("{name} cannot be resized to {width} × {height}")
            }
            Self::NoEncoder(format) => format!("this program was built without {format}"),
            Self::Changed => format!("{name} changed while the site was built"),
        }
    }

    /// What to do.
    pub fn hint(&self) -> String {
        match self {
            Self::Unread(_) => "check the path; letters large and small count".into(),
            Self::Unknown => "save it as JPEG, PNG, WebP, GIF or SVG".into(),
            Self::Heic => "convert it: `heif-convert foto.heic foto.jpg`, on a Mac `sips -s format jpeg foto.heic --out foto.jpg`; \
                           an iPhone takes JPEGs with Settings › Camera › Formats › Most Compatible"
                .into(),
            Self::Unreadable(_) => "save it as JPEG, PNG or WebP; the program makes smaller formats of it".into(),
            Self::TooLarge { .. } => format!(
                "scale it down first; all pixels must fit into {} MB, that is about {} megapixels",
                BUDGET >> 20,
                BUDGET / 4 / 1_000_000
            ),
            Self::Broken(_) => "open it in a picture editor and save it again, or copy it anew".into(),
            Self::Vector => "show it as it is: an SVG is sharp at any size".into(),
            Self::NoSize => "give width and height of at least 1".into(),
            Self::ResultTooLarge { .. } => "ask for at most 16383 pixels on each side".into(),
            Self::NoEncoder(format) => format!("build it with `--features {}`, or ask for webp", format.to_lowercase()),
            Self::Changed => "build again".into(),
        }
    }
}
