//! The names of highlighted code: classes of tokens and what people call languages.

/// The classes, each with the scopes it stands for. The longest scope that fits decides.
pub(super) const CLASSES: [(&str, &[&str]); 24] = [
    ("comment", &["comment"]),
    ("string", &["string"]),
    ("escape", &["constant.character.escape"]),
    ("regexp", &["string.regexp"]),
    ("number", &["constant.numeric"]),
    ("literal", &["constant.language"]),
    ("constant", &["constant", "support.constant"]),
    ("keyword", &["keyword"]),
    ("operator", &["keyword.operator"]),
    ("storage", &["storage"]),
    (
        "function",
        &[
            "entity.name.function",
            "support.function",
            "variable.function",
        ],
    ),
    (
        "type",
        &[
            "entity.name.type",
            "entity.name.class",
            "entity.name.struct",
            "entity.name.enum",
            "entity.name.trait",
            "entity.name.interface",
            "entity.other.inherited-class",
            "support.type",
            "support.class",
        ],
    ),
    ("tag", &["entity.name.tag"]),
    ("attribute", &["entity.other.attribute-name"]),
    ("self", &["variable.language"]),
    ("parameter", &["variable.parameter"]),
    (
        "annotation",
        &[
            "variable.annotation",
            "meta.annotation",
            "entity.name.decorator",
        ],
    ),
    ("heading", &["markup.heading", "entity.name.section"]),
    ("bold", &["markup.bold"]),
    ("italic", &["markup.italic"]),
    ("link", &["markup.underline.link"]),
    ("inserted", &["markup.inserted"]),
    ("deleted", &["markup.deleted"]),
    ("changed", &["markup.changed"]),
];

/// Scopes inside which the scopes around them no longer count: code within a text.
pub(super) const FRESH: [&str; 6] = [
    "meta.interpolation",
    "meta.embedded",
    "meta.template.expression",
    "source",
    "text",
    "string.interpolated",
];

/// Names that people use and the grammars do not know.
pub(super) const ALIASES: [(&str, &str); 29] = [
    ("c#", "cs"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("django", "jinja2"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("javascriptreact", "js"),
    ("jinja", "jinja2"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "js"),
    ("laravel", "php"),
    ("mariadb", "sql"),
    ("mysql", "sql"),
    ("node", "js"),
    ("plsql", "sql"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("psql", "sql"),
    ("python3", "python"),
    ("sass", "scss"),
    ("sh-session", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("sqlite", "sql"),
    ("tera", "jinja2"),
    ("typescriptreact", "tsx"),
    ("vb", "vbs"),
];

/// Names that are known but have no grammar here.
pub(super) const PLAIN: [&str; 14] = [
    "ascii",
    "ascii-art",
    "livescript",
    "mermaid",
    "none",
    "output",
    "plain",
    "plaintext",
    "powershell",
    "ps1",
    "pwsh",
    "text",
    "txt",
    "vbs",
];
