//! Rules about people: who answers for what, and who may declare a restore.

use crate::finding::{Code, Finding};

use super::Case;

/// Responsibilities without a name, or no contacts at all.
pub(super) fn nobody_responsible(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    if inventory.contacts.is_empty() && !inventory.servers.is_empty() {
        findings.push(
            Finding::new(
                Code::NobodyResponsible,
                "no contact is recorded: nobody is named who may declare a restore",
            )
            .help("add a `contacts` worksheet with `Responsibility`, `Name` and `Phone`"),
        );
    }
    for row in &inventory.contacts {
        let (what, field) = match (&row.name.value, &row.phone.value) {
            (None, _) => ("nobody is named", &row.name),
            (_, None) => ("no phone number is recorded", &row.phone),
            _ => continue,
        };
        findings.push(
            Finding::new(
                Code::NobodyResponsible,
                format!("{what} for `{}`", row.responsibility.text),
            )
            .at(&field.place)
            .help(format!("fill in `{}`", field.column)),
        );
    }
}
