//! Restore packets: backup worksheets in, one printable packet per server and pool out.
//!
//! Five functions do the work, in this order: [`read()`], [`assemble()`], [`render()`] or, with what stands in an output
//! folder, [`issue()`], and [`verify()`]. Only [`Inputs::of`], [`OutputFolder`] and [`verify()`] touch the disk; nothing
//! touches a terminal or the clock.
//!
//! ```
//! use jiff::civil::date;
//! use restore_packets::{Inputs, Options, OutputFolder, IssuedBefore, Unwatched, issue, read, verify};
//!
//! let servers = "Server FQDN,Role,Operating system\nfs01.contoso.com,File Server,Windows Server 2012\n";
//! let options = Options::on(date(2014, 6, 10));
//! let mut reading = read(Inputs::of_files([("servers.csv", servers.into())]), &options)?;
//!
//! let issued = issue(&mut reading, &IssuedBefore::default(), &options, &Unwatched)?.expect("there is a server");
//! let page = issued.files.get("servers/fs01.contoso.com.md").expect("its packet in Markdown");
//! assert!(String::from_utf8_lossy(page).contains("fs01.contoso.com"));
//! // No people to call, no backups, no media: a packet tells what it lacks.
//! assert!(!issued.findings.is_empty());
//!
//! let temporary = tempfile::tempdir()?;
//! let folder = OutputFolder::open(temporary.path())?;
//! issued.publish(&folder, &IssuedBefore::default(), &Unwatched)?;
//! assert!(verify(temporary.path(), date(2014, 6, 10)).findings.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The folders are the pipeline, in reading order; each depends only on those above it.
//!
//! | module | turns | into |
//! |---|---|---|
//! | `sources` | paths | bytes and digests, each file read once |
//! | `workbook` | bytes | raw cells, each with its address |
//! | `contained` | bytes | the same, read in a child process that may crash |
//! | `documents` | bytes | what the network says of itself: a deployment, or objects one a row |
//! | `product` | texts | what is true of the product, for all that follow |
//! | `rows` | raw cells | rows of tables whose cells are values, gaps or findings |
//! | `testimony` | documents | what they say of the worksheets' cells, and where the two differ |
//! | `inventory` | rows | typed records whose fields keep their cell |
//! | `topology` | records | ties: who holds what for whom, each with its cell |
//! | `decisions` | records | which rows of the decision table apply, and why |
//! | `readiness` | records | what would stop a restore |
//! | `packets` | all of these | the packet as data |
//! | `editions` | packets | what an edition says, and what changed in it |
//! | `plan` | packets | the restore order for several losses, and the card |
//! | `record` | filled-in checklists | what was done, when and by whom |
//! | `contract` | packets, plans, records | the documents that scripts and layouts see |
//! | `render` | packets | bytes, one writer per format |
//! | `publish` | bytes | the output folder and its manifest |
//! | `bundle` | packets | zips for one change record, without what a profile leaves out |
//! | `issue` | all of these | what a run issues: files, manifest, changes, findings |
//! | `attach` | packets, a bundle | attachments of a change record in a ticket system |
//! | `cli` | arguments | all of the above, and an exit code |
//!
//! Below them lie the common foundations: `finding`, `text`, `template`, `data`, `archive` and `named_file`; `starter` holds what `new`
//! writes.

pub mod contract;

mod bundle;
mod issue;
mod publish;

// The program's own entry, for `main.rs` alone.
#[doc(hidden)]
pub mod cli;

// No part of the library: the tests look into single stages, which shows what goes wrong where it does.
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod starter;
#[doc(hidden)]
pub use restore_packets_ground::{data, finding, text};
#[doc(hidden)]
pub use restore_packets_input::{contained, documents, sources, workbook};
#[doc(hidden)]
pub use restore_packets_model::{
    decisions, editions, inventory, packets, plan, product, readiness, rows, template, testimony,
    topology,
};

use restore_packets_attach as attach;
use restore_packets_ground::{archive, named_file};
use restore_packets_model::record;

pub use contained::Containment;
pub use editions::Changes;
pub use finding::{Code, Finding, Severity};
pub use issue::{
    Assembly, Cause, Error, Inputs, Issued, Options, Paths, Reading, Result, Stage, Templates,
    Unwatched, Watcher, Weight, assemble, issue, read, render, verify, verify_zip,
};
pub use packets::{Packet, Routine};
pub use publish::{Files, IssuedBefore, Manifest, OutputFolder, PublishError, Report, Verified};
pub use readiness::Limits;
pub use render::Format;
pub use rows::Accepted;
