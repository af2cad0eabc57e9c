//! The engine: worksheets and what stands in the output folder in; files, manifest, changes and findings out.
//!
//! It knows no terminal, no exit code and no clock, and reads and writes files through `sources` and `publish` alone.
//! What it says while it works goes to a [`Watcher`]; why it cannot go on is an [`Error`]. In its steps:
//!
//! 1. [`read()`]: bytes of worksheets and templates become records, a decision table and findings
//! 2. [`assemble()`]: packets and findings; all that `check` and `plan` need
//! 3. [`render()`]: bytes, where anything changed
//! 4. [`issue()`]: all of it for an output folder, with what changed written down in ledger, state and manifest
//! 5. [`Issued::publish`]: what was issued goes to the folder
//!
//! From what was kept beside the packets, without worksheets, [`bundle()`] makes zips, [`binder`] binders, and [`record()`] proves
//! checklists; [`paper`] says what must be printed, [`since`] what changed, and [`overview`] how all of it stands.

mod age;
pub mod answer;
pub mod apart;
mod as_it_was;
mod assemble;
mod bind;
pub mod binder;
mod bundle;
pub mod choose;
mod described;
mod error;
mod estate;
mod hold;
mod import;
mod issued;
pub mod kept;
mod made;
pub mod names;
mod numbering;
mod on_day;
mod options;
pub mod overview;
mod own;
mod packet;
pub mod paper;
pub mod products;
mod read;
mod record;
mod refresh;
mod render;
mod rendered;
mod reuse;
mod run;
pub mod since;
mod trial;
mod unchanged;
mod watch;
mod worksheets;

pub use age::{STAMP, Stamp};
pub use assemble::{Assembly, assemble, assemble_chosen};
pub use bundle::{Request as BundleRequest, Zip, bundle};
pub use error::{Cause, Error, Result};
pub use import::{Imported, import};
pub use issued::{Issued, issue, issue_into};
pub use kept::{verify, verify_zip};
pub use options::{Options, Paths};
pub use own::Templates;
pub use read::{Inputs, Reading, read};
pub use record::{Checklist, RecordFiles, Recording, find as find_record, record};
pub use render::render;
pub use watch::{Stage, Unwatched, Watcher, Weight};
pub use worksheets::Worksheets;
