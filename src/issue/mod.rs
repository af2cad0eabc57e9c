//! The engine: worksheets and what stands in the output folder in; files, manifest, changes and findings out.
//!
//! It knows no terminal, no exit code and no clock, and reads and writes files through `sources` and `publish` alone.
//! What it says while it works goes to a [`Watcher`]; why it cannot go on is an [`Error`].

pub mod answer;
pub mod apart;
mod assemble;
pub mod bind;
mod bundle;
pub mod choose;
pub mod editions;
mod error;
pub mod hold;
pub mod kept;
mod options;
mod own;
pub mod packet;
pub mod read;
pub mod refresh;
pub mod render;
pub mod reuse;
mod run;
mod trial;
pub mod unchanged;
mod watch;
mod worksheets;

pub use assemble::{Assembly, assemble, assemble_chosen};
pub use bundle::{Bundle, Request as BundleRequest, Zip, bundle};
pub use error::{Cause, Error, Result};
pub use options::{Options, Paths};
pub use own::Templates;
pub use read::{Inputs, Reading, Sheets};
pub use run::{Issued, issue};
pub use watch::{Stage, Unwatched, Watcher, Weight};
pub use worksheets::Worksheets;
