//! `group_by` in the order of first appearance: Tera's own orders differently on every run.

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, TeraResult, Value};

pub(super) fn group_by(items: &[Value], args: Kwargs, _: &State) -> TeraResult<Map> {
    let attribute = args.must_get::<&str>("attribute")?;
    let mut order: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let found = item.get_from_path(attribute).ok_or_else(|| {
            Error::message(format!(
                "group_by: item {at} has no attribute \"{attribute}\""
            ))
        })?;
        if found.is_none() {
            continue;
        }
        let key = key(found).ok_or_else(|| {
            Error::message(format!(
                "group_by: \"{attribute}\" of item {at} is {}, which cannot name a group",
                found.name()
            ))
        })?;
        match order.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(item.clone()),
            None => order.push((key, vec![item.clone()])),
        }
    }
    Ok(order
        .into_iter()
        .map(|(key, group)| (key, Value::from(group)))
        .collect())
}

fn key(value: &Value) -> Option<Key<'static>> {
    if let Some(text) = value.as_str() {
        return Some(Key::from(text.to_owned()));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Key::Bool(flag));
    }
    value.as_i128().map(Key::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_in_the_order_of_their_first_member() {
        let mut tera = tera::Tera::default();
        tera.register_filter("group_by", group_by);
        let template = "{% for k, v in items | group_by(attribute='y') %}{{ k }}:{{ v | length }} {% endfor %}";
        tera.add_raw_template("t", template).unwrap();
        let mut context = tera::Context::new();
        let items: Vec<_> = [2026, 2024, 2026, 2025, 2023, 2024]
            .iter()
            .map(|y| serde_json::json!({ "y": y }))
            .collect();
        context.insert("items", &items);
        assert_eq!(
            tera.render("t", &context).unwrap(),
            "2026:2 2024:2 2025:1 2023:1 "
        );
    }
}
