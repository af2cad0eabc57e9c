//! Any bytes as a workbook: no panic, and a file that cannot be read yields a finding.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use restore_packets::{inventory, workbook};

fuzz_target!(|bytes: &[u8]| {
    let read = workbook::read(&Arc::from("fuzz.xlsx"), bytes);
    assert!(!read.sheets.is_empty() || !read.findings.is_empty() || bytes.is_empty());
    inventory::read(&mut read.sheets.clone());
});
