//! Ways to look into a [`Record`] that several rooms share.

use crate::data::{Node, Record, Value};

impl Record {
    /// The texts of a field, one or many.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.get(name).map(|typed| &typed.value) {
            Some(Value::List(items)) => items.iter().filter_map(|item| item.as_text()).collect(),
            Some(_) => self.text(name).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A tree that is passed on unread.
    pub fn free(&self, name: &str) -> Option<&Node> {
        match &self.get(name)?.value {
            Value::Free(node) => Some(node),
            _ => None,
        }
    }

    /// A number, whole or not, for display; never for money.
    pub fn number(&self, name: &str) -> Option<f64> {
        match &self.get(name)?.value {
            Value::Int(number) => Some(*number as f64),
            Value::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The address and the words of a picture, written as a path or as a table.
    pub fn image(&self, name: &str) -> Option<(&str, Option<&str>)> {
        match self.table(name) {
            Some(table) => Some((table.text("src")?, table.text("alt"))),
            None => Some((self.text(name)?, None)),
        }
    }

    /// Whether a field is this value, or a list that holds it.
    pub fn holds(&self, name: &str, wanted: &str) -> bool {
        self.texts(name).contains(&wanted)
    }
}
