//! Publishing: files into the output folder, the only place that writes output.
//!
//! Entry point: [`OutputFolder::open`], which locks the folder and ends what an interrupted run began, then
//! [`OutputFolder::publish`]. In between the caller reads the previous manifest and decides on editions, so
//! that nobody else publishes meanwhile.
//!
//! 1. Plan: compare each file with what stands there; what would not change is not touched.
//! 2. Stage: write each changed file beside its target, and sync them all, side by side. Most are written while the run
//!    still renders others ([`Staging`]).
//! 3. Journal: say on disk what is to be moved where, and sync that.
//! 4. Move: rename each file into place, the manifest last; then remove the journal.
//!
//! Killed before step 3 is complete, the next run takes the staged files away; killed later, it moves the
//! rest. Every file is whole at every moment, old or new. Nothing is ever deleted: what is no longer issued,
//! and what somebody changed by hand, goes to `retired/`. Files this tool never issued are left alone.

mod disk;
mod error;
mod fault;
mod files;
mod finding_entry;
mod folder;
mod held;
mod issued_before;
mod journal;
mod kept;
mod ledger;
mod manifest;
mod mark;
mod plan;
mod presence;
mod printed;
mod reading;
mod records;
mod report;
mod shelves;
mod single;
mod staging;
mod state;
mod stop;
mod ticks;
mod verify;
mod withdrawal;

pub use error::PublishError;
pub use fault::{Failure, LedgerFault};
pub use files::{Body, Files};
pub use finding_entry::FindingEntry;
pub use folder::OutputFolder;
pub use held::record_in;
pub use issued_before::{IssuedBefore, is_interrupted};
pub use kept::{KeptError, KeptEstate, LastRun, kept_bytes, kept_packet, packet_path, tool};
pub use ledger::{Edition, Event, Ledger, LedgerEntry, RecordEntry};
pub use manifest::{
    BundleEntry, CycleEntry, FileEntry, Kind, LedgerHead, Manifest, PacketEntry, ReadEntry,
    SheetEntry, SourceEntry, StatusEntry, ValidEntry,
};
pub use plan::preview;
pub use presence::{Presence, written};
pub use printed::{Handled, Page, Tick};
pub use reading::{
    Lack, Lost, Now, emptied, is_nameless, is_trouble, lost, of_gone, rows, sudden, thinned,
};
pub use records::RECORDS;
pub use report::{Report, Retired};
pub use shelves::{Folder, Zip, foreign};
pub use single::single;
pub use staging::Staging;
pub use state::{
    ESTATE, KEYS, LAST_RUN, ROUTINE, RenderKey, RenderKeys, State, TRUSTED, edition_bytes,
    edition_path, key_name, state_bytes,
};
pub use verify::{Shelf, Verified, verify};
pub use withdrawal::{Withdrawal, Withdrawn};

/// Where the manifest stands in the output folder.
pub const MANIFEST: &str = "manifest.json";
/// Where the ledger stands in the output folder.
pub const LEDGER: &str = "ledger.jsonl";
/// Whether nothing is issued without this file: the records of what was.
fn is_record(path: &str) -> bool {
    [MANIFEST, LEDGER].contains(&path) || path.starts_with(".state/")
}

/// The folder for what is no longer issued.
const RETIRED: &str = "retired";
/// The file that is locked while a run publishes.
const LOCK: &str = ".state/publish.lock";
/// The list of moves of a run that has not ended.
const JOURNAL: &str = ".state/publish.journal";
/// The mark of a run that stages bodies while it renders.
const STAGING: &str = ".state/publish.staging";
/// How the names of staged files begin.
const STAGED: &str = ".restore-packets-staged~";
