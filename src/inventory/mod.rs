//! `inventory`.

pub mod schema;
