//! Editions: what one said, and what changed in it.
//!
//! - [`Content`]: what edition and fingerprint are derived from
//! - [`compare`](compare()): what changed between two contents
//! - [`Changes`]: what a run changed, over all packets
//! - [`EditionPart`], [`EditionStep`]: the steps an edition said, for proving a checklist against

mod cell;
mod changes;
mod compare;
mod content;
mod places;
mod said;

pub use cell::Cell;
pub use changes::{ChangeKind, Changes, PacketChange, Reprint, RoutineChange};
pub use compare::{Difference, compare};
pub use content::Content;
pub use places::without_places;
pub use said::{EditionPart, EditionStep};
