//! Lets documents fill what is blank, and keeps cells from being used of which documents say something else.

use crate::finding::Finding;
use crate::product::Product;
use crate::rows::{Supplied, Table};
use crate::text::plain::plain;

use super::{Difference, Drift, Testimony, differences};

/// Settles the tables: blank cells get what the documents say, with its own place, and cells that contradict them are not
/// read, unless the documents are to be right. What is said of all that is returned.
pub fn settle(
    product: &'static Product,
    tables: &mut [Table],
    testimony: &Testimony,
) -> Vec<Finding> {
    let found = differences(product, tables, testimony);
    for difference in &found {
        apply(difference, tables, testimony);
    }
    found.iter().map(|it| said(it, testimony)).collect()
}

fn apply(difference: &Difference, tables: &mut [Table], testimony: &Testimony) {
    let is_right = wins(difference, testimony) || difference.drift == Drift::Fills;
    for at in &difference.cells {
        let table = &mut tables[at.table];
        let told = difference.told.as_ref();
        let told = told.filter(|_| is_right && difference.column.as_ref() == Some(&at.column));
        if let Some((text, place)) = told {
            let supplied = Supplied {
                text: text.clone(),
                place: place.clone(),
            };
            let row = table.supplied.entry(at.row).or_default();
            row.insert(at.column.clone(), supplied);
        } else {
            let typed = difference.typed.as_ref().map(|(text, _)| text.clone());
            let row = table.contradicted.entry(at.row).or_default();
            row.insert(at.column.clone(), typed.unwrap_or_default());
        }
    }
}

/// Whether the project file says that documents are right about this column.
fn wins(difference: &Difference, testimony: &Testimony) -> bool {
    let is_cell = matches!(difference.drift, Drift::Differs | Drift::Moved);
    let column = difference.column.as_deref().unwrap_or_default();
    is_cell && testimony.wins.iter().any(|it| plain(it) == plain(column))
}

/// A disagreement that the project file has decided is worth knowing, and no more.
fn said(difference: &Difference, testimony: &Testimony) -> Finding {
    let mut finding = difference.finding();
    if wins(difference, testimony) {
        finding.severity = crate::finding::Severity::Info;
        finding.help = Some(
            "`topology-wins` decides for the topology; correct the cell all the same".to_owned(),
        );
    }
    finding
}
