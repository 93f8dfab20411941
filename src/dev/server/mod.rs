//! The preview over HTTP.
