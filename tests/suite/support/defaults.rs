//! The settings and templates of a case that brings none of its own.

/// `silabus.toml` of a case without one.
pub(crate) const SETTINGS: &str = "base_url = \"https://a.example\"\ntitle = \"Situs\"\n";

/// Templates of a case without these; a case with a theme gets none.
pub(crate) const TEMPLATES: [(&str, &str); 5] = [
    (
        "templates/index.html",
        "home: {{ section.title }}\n{{ section.content }}{% for page in section.pages %}- {{ page.title }} {{ page.permalink }}\n{% endfor %}",
    ),
    (
        "templates/section.html",
        "section: {{ section.title }}\n{{ section.content }}{% for page in paginator.pages or section.pages %}- {{ page.title }} {{ page.path }}\n{% endfor %}",
    ),
    (
        "templates/page.html",
        "{{ page.kind }}: {{ page.title }}\n{{ page.content }}",
    ),
    (
        "templates/taxonomy_list.html",
        "{{ taxonomy.name }}\n{% for term in terms %}- {{ term.name }} {{ term.permalink }} ({{ term.page_count }})\n{% endfor %}",
    ),
    (
        "templates/taxonomy_single.html",
        "{{ taxonomy.name }}: {{ term.name }}\n{% for page in paginator.pages or term.pages %}- {{ page.title }} {{ page.path }}\n{% endfor %}",
    ),
];
