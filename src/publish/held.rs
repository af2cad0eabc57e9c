//! Whether a folder holds what this program issued: asked before its files are taken for worksheets.

use std::path::Path;

use serde_json::Value;

use super::{LEDGER, MANIFEST};
use crate::named_file::{self, LARGEST};

/// The name of our manifest or ledger, if one of them stands in the folder. Files of other programs have these names
/// too, so their content is looked at; that of a newer version counts as well.
pub fn record_in(folder: &Path) -> Option<&'static str> {
    let manifest = named_file::read(&folder.join(MANIFEST), LARGEST).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    if manifest.is_some_and(|value| has(&value, &["schema", "tool", "packets"])) {
        return Some(MANIFEST);
    }
    let ledger = named_file::read(&folder.join(LEDGER), LARGEST).ok()?;
    let first = serde_json::from_slice(ledger.split(|byte| *byte == b'\n').next()?).ok()?;
    has(&first, &["schema", "seq", "prev"]).then_some(LEDGER)
}

fn has(value: &Value, fields: &[&str]) -> bool {
    fields.iter().all(|field| value.get(field).is_some())
}
