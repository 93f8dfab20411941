//! Watching the folders of a site.
