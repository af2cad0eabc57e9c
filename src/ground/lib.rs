//! What every room stands on: findings, text on its way out, data files, archives.
//!
//! A crate of its own, so that it is compiled while the heavier crates are, and not again when a rule changes.

pub mod archive;
pub mod data;
pub mod finding;
pub mod named_file;
pub mod text;
