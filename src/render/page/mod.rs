//! What the layouts see: the documents of [`crate::contract`], and beside each what only a page needs.
//!
//! `packet.html` and `packet.md` are rendered with a [`PacketContext`], `cycle.*` with a [`CycleContext`], `index.*`
//! with an [`IndexContext`], `changes.*` with a [`ChangesContext`], `plan.*` with a [`PlanContext`], `record.*` with a
//! [`RecordContext`], the binder with a [`BinderFront`] and [`BinderVolume`]s. The model itself is never serialised, so
//! it can change without breaking a layout. Every text is plain: the engine escapes it for its page, and filters give
//! markup (`template/printed.rs`). Fields said to hold *markup* are written with `| safe`.
//!
//! - `packet`: a packet's page
//! - `parts`, `facts`, `picture`: procedures, facts and pictures as pages print them
//! - `begin`: what is done first, for page one
//! - `letters`, `accounts`: worksheets and accounts in one letter
//! - `heads`: running heads and feet
//! - `links`: where a page finds the packets it names
//! - `cycle`, `index`, `changes`, `drift`, `plan`, `record`, `binder`: the other pages
//! - `wording`: sentences that every format has
//! - `work`: the working mode on screen

mod accounts;
mod begin;
mod binder;
mod changes;
mod cycle;
mod drift;
mod facts;
mod heads;
mod index;
mod letters;
mod links;
mod packet;
mod parts;
mod picture;
mod plan;
mod record;
mod wording;
mod work;

pub use accounts::Account;
pub use begin::Begin;
pub use binder::{BinderFront, BinderPage, BinderVolume, Copy, TabGroup, TabPage};
pub use changes::{ChangesContext, ChangesPage};
pub use cycle::{CycleContext, CyclePage, PrintedSet};
pub use drift::DriftContext;
pub use facts::{PrintedFact, PrintedGroup, PrintedPerson};
pub use heads::Heads;
pub use index::{IndexContext, IndexPage, Loss};
pub use letters::Letter;
pub use links::{Links, Reference};
pub use packet::{PacketContext, PacketPage};
pub use parts::{Part, SectionPart, StepPart};
pub use picture::PicturePage;
pub use plan::{PlanContext, PlanPage};
pub use record::{RecordContext, RecordPage, RecordPart};
pub use wording::Wording;
pub use work::Work;
