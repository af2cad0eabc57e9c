//! Any zip given to `verify`: bytes as they are; or a text that says what an archive holds, each file behind a line
//! `=== NAME`, so that the fuzzer need not guess checksums. No panic, and a manifest that is none is no good bundle.

#![no_main]

use std::io::{Cursor, Write as _};

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let packed = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.starts_with("=== "))
        .and_then(pack);
    let bytes = packed.as_deref().unwrap_or(bytes);
    if let Ok(verified) = restore_packets::verify_zip(bytes, date(2014, 6, 10)) {
        assert!(
            verified.good > 0 || !verified.findings.is_empty(),
            "an empty archive is as issued"
        );
    }
});

/// The archive that a text describes; `None` where two of its files have one name.
fn pack(text: &str) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in text.split("=== ").skip(1) {
        let (name, content) = file.split_once('\n')?;
        zip.start_file(name, SimpleFileOptions::default()).ok()?;
        zip.write_all(content.as_bytes()).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
