//! Restore packets: backup worksheets in, one printable packet per server and pool out.
//!
//! The folders are the pipeline, in reading order; each depends only on those above it.
//!
//! | module | turns | into |
//! |---|---|---|
//! | [`sources`] | paths | bytes and digests, each file read once |
//! | [`workbook`] | bytes | raw cells, each with its address |
//! | [`contained`] | bytes | the same, read in a child process that may crash |
//! | [`product`] | texts | what is true of the product, for all that follow |
//! | [`inventory`] | raw cells | typed records whose fields keep their cell |
//! | [`topology`] | records | ties: who holds what for whom, each with its cell |
//! | [`decisions`] | records | which rows of the decision table apply, and why |
//! | [`readiness`] | records | what would stop a restore |
//! | [`packets`] | all of these | the packet as data |
//! | [`editions`] | packets | what an edition says, and what changed in it |
//! | [`plan`] | packets | the restore order for several losses, and the card |
//! | [`record`] | filled-in checklists | what was done, when and by whom |
//! | [`contract`] | packets, plans, records | the documents that scripts and layouts see |
//! | [`render`] | packets | bytes, one writer per format |
//! | [`publish`] | bytes | the output folder and its manifest |
//! | [`bundle`] | packets | zips for one change record, without what a profile leaves out |
//! | [`issue`] | all of these | what a run issues: files, manifest, changes, findings |
//! | [`attach`] | packets, a bundle | attachments of a change record in a ticket system |
//! | [`cli`] | arguments | all of the above, and an exit code |
//!
//! Below them lie the common foundations: [`finding`], [`text`], [`template`], [`data`] and [`archive`]; [`starter`] holds what
//! `new` writes.

pub mod bundle;
pub mod cli;
pub mod contract;
pub mod decisions;
pub mod editions;
pub mod inventory;
pub mod issue;
pub mod packets;
pub mod plan;
pub mod product;
pub mod publish;
pub mod readiness;
pub mod record;
pub mod render;
pub mod starter;
pub mod template;
pub mod topology;

pub use restore_packets_attach as attach;
pub use restore_packets_ground::{archive, data, finding, text};
pub use restore_packets_input::{contained, sources, workbook};
