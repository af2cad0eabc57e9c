//! Packets: what is printed is decided here.

pub mod context;
mod model;

pub use model::*;
