//! A thing of schema.org while it is put together: a type, and properties in the order set.

use serde_json::{Map, Value, json};

/// A node of the graph, or a value inside one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Thing(Map<String, Value>);

impl Thing {
    /// Of a type.
    pub(super) fn new(class: &str) -> Self {
        let mut map = Map::new();
        map.insert("@type".to_owned(), class.into());
        Self(map)
    }

    /// A node that others refer to by `id`.
    pub(super) fn with_id(class: &str, id: &str) -> Self {
        Self::new(class).and("@id", id)
    }

    /// Nothing but a reference to a node.
    pub(super) fn reference(id: &str) -> Value {
        json!({ "@id": id })
    }

    /// With a property; one without a value is left out.
    #[must_use]
    pub(super) fn and(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// With a property of one value or many: a list of one is that one.
    #[must_use]
    pub(super) fn and_all(self, name: &str, values: Vec<Value>) -> Self {
        let mut values = values;
        match values.len() {
            1 => self.and(name, values.remove(0)),
            _ => self.and(name, values),
        }
    }

    /// Whether it says nothing but what it is.
    pub(super) fn is_bare(&self) -> bool {
        self.0.keys().all(|key| key.starts_with('@'))
    }

    /// The name that others refer to it by.
    pub(super) fn id(&self) -> Option<&str> {
        self.0.get("@id")?.as_str()
    }
}

impl From<Thing> for Value {
    fn from(thing: Thing) -> Self {
        Self::Object(thing.0)
    }
}
