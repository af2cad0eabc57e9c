//! Backups that are said not to be made, or that a program keeps in a store of its own: no file lies where the row says,
//! so nothing is restored from there.

use crate::finding::{Code, Finding, Place, Severity, words};

use super::Inventory;
use super::backup::Tool;
use crate::rows::cell_words::{self, Meaning};

/// Takes out the places of such backups.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let databases = inventory.databases.iter().map(|row| &row.last_backup.place);
    let stores = inventory
        .file_stores
        .iter()
        .map(|row| &row.last_backup.place);
    let days: Vec<Place> = databases.chain(stores).cloned().collect();
    inventory.never_made = days
        .into_iter()
        .filter(|it| is_none(it, findings))
        .collect();
    for row in &mut inventory.databases {
        let is_read = !matches!(row.tool.value, None | Some(Tool::Other));
        if !is_read && is_nowhere(&row.tool.text, &row.tool.place, findings) {
            (row.file.value, row.destination.value, row.set.value) = (None, None, None);
            row.is_nowhere = true;
        }
    }
    for row in &mut inventory.file_stores {
        if is_nowhere(&row.tool.text, &row.tool.place, findings) {
            row.destination.value = None;
            row.is_nowhere = true;
        }
    }
}

/// Whether a cell says that there is none. It has a finding that says what that means, which now costs something.
fn is_none(cell: &Place, findings: &mut [Finding]) -> bool {
    let mut said = findings.iter_mut();
    let said = said.find(|it| it.code == Code::NoneGiven && it.place.as_ref() == Some(cell));
    said.map(|finding| finding.severity = Severity::Error)
        .is_some()
}

/// Whether nothing can be restored from the place of a backup with this tool; says so.
fn is_nowhere(tool: &str, cell: &Place, findings: &mut Vec<Finding>) -> bool {
    if is_none(cell, findings) {
        return true;
    }
    if !cell_words::mentions(Meaning::OwnStore, tool) {
        return false;
    }
    let message = format!(
        "`{}` keeps backups in a store of its own, so no command can restore from the place in this row",
        words::excerpt(tool)
    );
    let mut finding = Finding::new(Code::UndecidedTool, message).at(cell).help(
        "name the tool that writes the files at the destination; how this one gives them back belongs in `Notes`",
    );
    finding.severity = Severity::Error;
    findings.push(finding);
    true
}
