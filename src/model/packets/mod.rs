//! Packets: what is printed is decided here.
//!
//! - [`assemble`]: one packet, from everything known; before it, what the worksheets say of it: [`Draft`]
//! - [`context`] and [`fill`]: what a procedure template sees, and how it is filled
//! - [`procedure`]: a template becomes steps
//! - [`lanes`]: which of them are for which state of the outage, and how they are numbered
//! - [`facts`]: the facts, each with its cell
//! - [`Concerning`]: the findings that concern it
//! - [`concerns`](concerns()): what it rests on, cell by cell
//! - [`picture`]: the pool as a picture
//! - the model itself: [`Packet`], [`Procedure`], [`Step`], [`Fact`]

pub mod assemble;
mod bare;
mod chooser;
mod concerning;
mod concerns;
pub mod context;
mod doubts;
mod draft;
mod effect;
mod estate;
mod exercise;
mod fact;
pub mod facts;
pub mod fill;
mod gaps;
pub mod lanes;
pub mod members;
mod model;
pub mod picture;
mod routine;
mod status;
mod steps;
mod summary;
mod trial;
mod uncertain;
mod validity;

pub use crate::finding::Gap;
pub use crate::topology::Because;
pub use assemble::{Assembled, Assembler};
pub use concerning::Concerning;
pub use concerns::concerns;
pub use draft::Draft;
pub use estate::{Cycle, CycleSet, Estate, Paper, SourceDigest, ValidUntil};
pub use exercise::Exercise;
pub use fact::{Fact, FactGroup};
pub use model::*;
pub use routine::Routine;
pub use steps::procedure;
pub use trial::try_procedures;
