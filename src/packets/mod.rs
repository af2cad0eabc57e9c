//! Packets: what is printed is decided here.
//!
//! - [`assemble`]: one packet, from everything known
//! - [`context`] and [`fill`]: what a procedure template sees, and how it is filled
//! - [`procedure`]: a template becomes numbered steps
//! - [`facts`]: the facts, each with its cell
//! - [`Content`]: what edition and fingerprint are derived from; [`compare`](compare()): what changed in it
//! - [`card`]: from symptoms to packets, for the index
//! - [`concerns`](concerns()): what it rests on, cell by cell
//! - [`picture`]: the pool as a picture
//! - [`plan`]: the restore order for several losses
//! - the model itself: [`Packet`], [`Procedure`], [`Step`], [`Fact`]

pub mod assemble;
mod bare;
pub mod card;
mod changes;
mod chooser;
mod compare;
mod concerns;
mod content;
pub mod context;
mod effect;
mod exercise;
pub mod facts;
pub mod fill;
mod members;
mod model;
pub mod picture;
mod places;
pub mod plan;
mod routine;
mod said;
mod status;
mod steps;
mod trial;
mod validity;

pub use crate::finding::Gap;
pub use crate::topology::Because;
pub use assemble::{Assembled, Assembler};
pub use changes::{ChangeKind, Changes, PacketChange, Reprint, RoutineChange};
pub use compare::{Difference, compare};
pub use concerns::concerns;
pub use content::{Cell, Content, Item};
pub use exercise::Exercise;
pub use model::*;
pub use places::without_places;
pub use routine::Routine;
pub use said::{SaidPart, SaidStep};
pub use steps::procedure;
pub use trial::try_procedures;
