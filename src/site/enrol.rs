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

    /// The address of a link, with what it says where the way has room for it.
    pub fn address(self, target: &str, note: &Note) -> String {
        let text = percent_encoded(&note.text);
        match self {
            Self::Url => target.to_owned(),
            Self::Whatsapp => format!("https://wa.me/{}?text={text}", whatsapp_digits(target)),
            Self::Email => format!(
                "mailto:{}?subject={}&body={}",
                mail_address(target),
                percent_encoded(&note.subject),
                // Lines of letters end as RFC 6068 says.
                text.replace("%0A", "%0D%0A")
            ),
        }
    }
}

/// What one says to enrol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// In one line what it is about; only letters have room for it.
    pub subject: String,
    /// The message itself.
    pub text: String,
}

/// An e-mail address as RFC 6068 wants it: what would end it or part it is encoded.
fn mail_address(address: &str) -> String {
    encoded(address.trim(), b"-._~@+!$'*")
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
    encoded(text, b"-._~")
}

fn encoded(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
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
            way.address("0812-0000-0000", &note("", "Halo, saya & kursus")),
            "https://wa.me/6281200000000?text=Halo%2C%20saya%20%26%20kursus"
        );
    }

    fn note(subject: &str, text: &str) -> Note {
        Note {
            subject: subject.into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_letter_has_a_subject_and_its_lines_end_as_those_of_letters_do() {
        assert_eq!(
            Way::Email.address("halo@a.example", &note("Tanya: A & B", "Halo,\nsaya")),
            "mailto:halo@a.example?subject=Tanya%3A%20A%20%26%20B&body=Halo%2C%0D%0Asaya"
        );
    }

    #[test]
    fn an_address_ends_where_its_letters_end() {
        assert_eq!(
            Way::Email.address("a+b&c?d%e@a.example", &note("x", "y")),
            "mailto:a+b%26c%3Fd%25e@a.example?subject=x&body=y"
        );
    }

    #[test]
    fn a_target_tells_its_way() {
        assert_eq!(Way::of(None, "https://a.example/daftar"), Way::Url);
        assert_eq!(Way::of(None, "halo@a.example"), Way::Email);
        assert_eq!(Way::of(Some("email"), "0812"), Way::Email);
    }
}
