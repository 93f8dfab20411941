//! silabus: a static site generator for course and career content.

pub mod base;
pub mod check;
pub mod cli;
pub mod config;
pub mod content;
pub mod data;
pub mod dev;
pub mod diag;
pub mod engine;
pub mod output;
pub mod picture;
pub mod schema;
pub mod search;
pub mod site;
pub mod structured;
pub mod theme;
pub mod world;
