//! Packets: what is printed is decided here.

pub mod context;
mod model;
mod steps;

pub use model::*;
pub use steps::procedure;
