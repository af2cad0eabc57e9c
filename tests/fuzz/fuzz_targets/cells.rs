//! Any text as the cells of every kind of worksheet: no panic in recognising, parsing, joining and judging them.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use restore_packets::product::Product;
use restore_packets::{inventory, readiness, workbook};

fuzz_target!(|text: &str| {
    let mut sheets = Vec::new();
    for kind in &Product::built_in().schema.kinds {
        let headings: Vec<&str> = kind
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        let table = format!("{}\n{text}", headings.join("\t"));
        sheets.extend(workbook::read(&Arc::from("fuzz.csv"), table.as_bytes()).sheets);
    }
    let plain = workbook::read(&Arc::from("plain.csv"), text.as_bytes());
    sheets.extend(plain.sheets);
    let read = inventory::read(&mut sheets.clone());
    // The day the sample is judged against.
    readiness::check(
        &restore_packets::topology::Topology::of(&read.inventory),
        jiff::civil::date(2014, 6, 10),
        restore_packets::readiness::Limits::default(),
    );
});
