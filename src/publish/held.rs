//! Whether a folder holds what this program issued: asked before its files are taken for worksheets.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{LEDGER, MANIFEST};

/// The name of our manifest or ledger, if one of them stands in the folder. Files of other programs have these names
/// too, so their content is looked at; that of a newer version counts as well.
pub fn record_in(folder: &Path) -> Option<&'static str> {
    let manifest = fs::read(folder.join(MANIFEST)).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    if manifest.is_some_and(|value| has(&value, &["schema", "tool", "packets"])) {
        return Some(MANIFEST);
    }
    let ledger = fs::read_to_string(folder.join(LEDGER)).ok()?;
    let first = serde_json::from_str(ledger.lines().next()?).ok()?;
    has(&first, &["schema", "seq", "prev"]).then_some(LEDGER)
}

fn has(value: &Value, fields: &[&str]) -> bool {
    fields.iter().all(|field| value.get(field).is_some())
}
