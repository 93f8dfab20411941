//! Whole files of data: TOML, YAML, JSON, CSV, or plain text, as one tree.

use crate::base::{SitePath, Span};
use crate::data::{Key, Node, Raw, Syntax, parse};
use crate::diag::{Checked, Diagnostic};

/// A TOML file as a table.
pub fn toml_table(path: &SitePath, text: &str) -> Checked<Node> {
    parse(path, text, Syntax::Toml, 0..text.len())
}

/// A text of a named format; the error says what is wrong, and where.
pub fn parse_as(format: &str, text: &str) -> Result<Node, String> {
    match format {
        "toml" => tree(text, Syntax::Toml),
        "yaml" | "yml" => tree(text, Syntax::Yaml),
        "json" => serde_json::from_str(text)
            .map(|value| json(&value))
            .map_err(|error| error.to_string()),
        "csv" => csv(text),
        "plain" | "txt" | "md" | "svg" => Ok(node(Raw::Text(text.into()))),
        other => Err(format!(
            "\"{other}\" is no format: use toml, yaml, json, csv or plain"
        )),
    }
}

fn tree(text: &str, syntax: Syntax) -> Result<Node, String> {
    let parsed = parse(&SitePath::root(), text, syntax, 0..text.len());
    match parsed
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.is_error())
    {
        Some(error) => Err(in_words(text, error)),
        None => Ok(parsed.value),
    }
}

fn in_words(text: &str, error: &Diagnostic) -> String {
    let place = error.labels.first().and_then(|label| label.span);
    match place {
        Some(span) => {
            let (line, column) = crate::base::span::line_column(text, span.start as usize);
            format!("{line}:{column}: {}", error.message)
        }
        None => error.message.clone(),
    }
}

fn node(raw: Raw) -> Node {
    Node {
        raw,
        span: Span::default(),
    }
}

fn json(value: &serde_json::Value) -> Node {
    node(match value {
        serde_json::Value::Null => Raw::Null,
        serde_json::Value::Bool(value) => Raw::Bool(*value),
        serde_json::Value::Number(number) => match number.as_i128() {
            Some(whole) => Raw::Int(whole),
            None => Raw::Float(number.to_string().into()),
        },
        serde_json::Value::String(text) => Raw::Text(text.as_str().into()),
        serde_json::Value::Array(items) => Raw::List(items.iter().map(json).collect()),
        serde_json::Value::Object(entries) => Raw::Table(
            entries
                .iter()
                .map(|(name, value)| (key(name), json(value)))
                .collect(),
        ),
    })
}

fn key(name: &str) -> Key {
    Key {
        name: name.into(),
        span: Span::default(),
    }
}

/// `{headers: […], records: [[…], …]}`, as Zola gives it.
fn csv(text: &str) -> Result<Node, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |record: &csv::StringRecord| {
        let cells = record.iter().map(|cell| node(Raw::Text(cell.into())));
        node(Raw::List(cells.collect()))
    };
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut records = Vec::new();
    for record in reader.records() {
        records.push(row(&record.map_err(|error| error.to_string())?));
    }
    Ok(node(Raw::Table(vec![
        (key("headers"), row(&headers)),
        (key("records"), node(Raw::List(records))),
    ])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_gives_the_same_tree() {
        let toml = parse_as("toml", "a = 1\nb = [\"x\"]").unwrap();
        let json = parse_as("json", "{\"a\": 1, \"b\": [\"x\"]}").unwrap();
        let yaml = parse_as("yaml", "a: 1\nb: [x]").unwrap();
        for tree in [&json, &yaml] {
            assert_eq!(tree.get("a").unwrap().raw, toml.get("a").unwrap().raw);
        }
    }

    #[test]
    fn a_table_of_values_has_headers_and_records() {
        let tree = parse_as("csv", "nama,harga\nA,1\nB,2").unwrap();
        assert_eq!(tree.get("headers").unwrap().type_name(), "a list");
        assert!(matches!(&tree.get("records").unwrap().raw, Raw::List(rows) if rows.len() == 2));
    }

    #[test]
    fn an_error_tells_its_place() {
        assert!(
            parse_as("toml", "a = 1\nb = ")
                .unwrap_err()
                .starts_with("2:")
        );
        assert!(parse_as("xml", "").unwrap_err().contains("no format"));
    }
}
