//! `cli`.

pub mod messages;
