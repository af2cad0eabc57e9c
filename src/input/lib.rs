//! How worksheets, and documents beside them, are read: paths become bytes, bytes become raw cells, each with its address.
//!
//! A crate of its own: what it needs to know of foreign formats is heavy to compile and changes seldom.

pub mod contained;
pub mod documents;
pub mod sources;
pub mod workbook;

use restore_packets_ground::{archive, data, finding, named_file, text};
