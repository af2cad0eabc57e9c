//! Bundles: packets for one change record, in zips of a size that ticket systems take.
//!
//! Values and bytes in, bytes out; the caller reads and writes. In its steps:
//!
//! 1. [`Profile::named`]: what the copies leave out
//! 2. [`Withheld::of`] and [`Withheld::leave_out`]: packets, estate and restore order without it, before anything is
//!    rendered; `walk` knows every text of them, `finder` finds values by what they are and not by their spelling
//! 3. `check::Survivors`: nothing of it stands in any file that was rendered
//! 4. [`share_out`], [`Cover::files`] and [`zip()`]: the zips, each with manifest, checksums and README
//! 5. [`signature`]: a signature beside each zip

mod beyond;
mod check;
mod contents;
mod finder;
mod hidden;
mod ordinary;
mod parts;
pub mod pattern;
mod profile;
mod respelled;
pub mod signature;
mod squeezed;
pub mod texts;
mod values;
pub mod view;
mod walk;
pub mod withhold;

pub use beyond::Beyond;
pub use contents::{Cover, File, Packed, zip};
pub use parts::{Limits, share_out, together};
pub use profile::{Hide, Profile, STAND_IN};
pub use walk::{Texts, Visitor};
pub use withhold::Withheld;
