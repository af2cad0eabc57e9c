//! What is known: raw cells become records, records ties, ties decisions, and all of them packets, plans and records of
//! what was done. No bytes of a format, no file, no terminal.
//!
//! A crate of its own: whoever changes how a page looks or what a command takes compiles nothing of this anew.

pub mod decisions;
pub mod editions;
pub mod inventory;
pub mod packets;
pub mod plan;
pub mod product;
pub mod readiness;
pub mod record;
pub mod rows;
pub mod template;
pub mod testimony;
pub mod topology;

use restore_packets_ground::{data, finding, text};
use restore_packets_input::{documents, workbook};
