//! Packets: what is printed is decided here.

pub mod context;
pub mod facts;
pub mod fill;
mod model;
mod steps;

pub use crate::decisions::Because;
pub use crate::finding::Gap;
pub use model::*;
pub use steps::procedure;
