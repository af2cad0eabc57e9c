//! Rendering: packets in, bytes out, one writer per format. No file is written here.

pub mod index;
pub mod xlsx;
