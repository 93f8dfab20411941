//! Markdown to a [`Body`](crate::content::Body): HTML with slots.
