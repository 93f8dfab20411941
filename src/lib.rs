//! silabus: a static site generator for course and career content.

pub mod base;
pub mod config;
pub mod content;
pub mod data;
pub mod diag;
pub mod engine;
pub mod world;
