//! `silabus.toml`: the site's settings, typed, with every default in one place.
