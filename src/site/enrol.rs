//! Enrolment: the address behind "Daftar", for WhatsApp, e-mail or any page.

use std::fmt::Write as _;

/// How one enrols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A chat.
    Whatsapp,
    /// A page.
    Url,
    /// A letter.
    Email,
}

impl Way {
    /// As written, else what the target looks like.
    pub fn of(written: Option<&str>, target: &str) -> Self {
        match written {
            Some("whatsapp") => Self::Whatsapp,
            Some("url") => Self::Url,
            Some("email") => Self::Email,
            _ if target.contains("://") => Self::Url,
            _ if target.contains('@') => Self::Email,
            _ => Self::Whatsapp,
        }
    }

    /// The word templates see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Url => "url",
            Self::Email => "email",
        }
    }

    /// The address of a link, with a message where the way has one.
    pub fn address(self, target: &str, message: Option<&str>) -> String {
        let text = message.map(percent_encoded);
        match (self, text) {
            (Self::Url, _) => target.to_owned(),
            // Lines of letters end as RFC 6068 says.
            (Self::Email, Some(text)) => {
                format!("mailto:{target}?body={}", text.replace("%0A", "%0D%0A"))
            }
            (Self::Email, None) => format!("mailto:{target}"),
            (Self::Whatsapp, Some(text)) => {
                format!("https://wa.me/{}?text={text}", whatsapp_digits(target))
            }
            (Self::Whatsapp, None) => format!("https://wa.me/{}", whatsapp_digits(target)),
        }
    }
}

/// The digits that wa.me wants: country code first, no plus, no zero in front.
pub fn whatsapp_digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('0') {
        Some(rest) => format!("62{rest}"),
        None => digits,
    }
}

/// A text as one component of an address: everything but letters, digits and `-._~` encoded.
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_becomes_a_chat() {
        let way = Way::of(None, "0812-0000-0000");
        assert_eq!(
            way.address("0812-0000-0000", Some("Halo, saya & kursus")),
            "https://wa.me/6281200000000?text=Halo%2C%20saya%20%26%20kursus"
        );
    }

    #[test]
    fn lines_of_a_letter_end_as_those_of_letters_do() {
        assert_eq!(
            Way::Email.address("halo@a.example", Some("Halo,\nsaya")),
            "mailto:halo@a.example?body=Halo%2C%0D%0Asaya"
        );
    }

    #[test]
    fn a_target_tells_its_way() {
        assert_eq!(Way::of(None, "https://a.example/daftar"), Way::Url);
        assert_eq!(Way::of(None, "halo@a.example"), Way::Email);
        assert_eq!(Way::of(Some("email"), "0812"), Way::Email);
    }
}
