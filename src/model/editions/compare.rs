//! What changed between two contents of a packet: facts and steps, each with what it was and what it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::hosts::folded;

use super::cell::Cell;
use super::content::{Content, Item, ORDER};

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is about: "Server: Operating system".
    pub what: String,
    /// What the packet said; null where it said nothing of this.
    pub before: Option<String>,
    /// What it says now; null where it no longer says anything of this.
    pub after: Option<String>,
    /// The cell it comes from now, or came from before.
    pub cell: Option<Cell>,
}

/// The differences, in the order of the content.
pub fn compare(before: &Content, after: &Content) -> Vec<Difference> {
    let mut pairs: BTreeMap<String, (Option<&Item>, Option<&Item>)> = BTreeMap::new();
    for item in before.items() {
        pairs.entry(folded(&item.what)).or_default().0 = Some(item);
    }
    for item in after.items() {
        pairs.entry(folded(&item.what)).or_default().1 = Some(item);
    }
    let mut differences: Vec<Difference> = pairs
        .into_values()
        .filter_map(|(before, after)| difference(before, after))
        .collect();
    drop_numbering(&mut differences);
    differences
}

/// What differs beyond the case of names.
fn difference(before: Option<&Item>, after: Option<&Item>) -> Option<Difference> {
    let what = &after.or(before)?.what;
    let said = |item: Option<&Item>| item.map(|item| item.value.clone());
    let (old, new) = (said(before), said(after));
    (old.as_deref().map(folded) != new.as_deref().map(folded)).then(|| Difference {
        what: what.clone(),
        before: old,
        after: new,
        cell: [after, before]
            .into_iter()
            .flatten()
            .find_map(|item| item.cell.clone()),
    })
}

/// Where a step was added or removed, the new numbers of the others are no news of their own.
fn drop_numbering(differences: &mut Vec<Difference>) {
    let moved: Vec<String> = differences
        .iter()
        .filter(|it| it.before.is_none() || it.after.is_none())
        .map(|it| it.what.clone())
        .collect();
    differences.retain(|it| {
        let Some(procedure) = it.what.strip_suffix(ORDER) else {
            return true;
        };
        let steps = format!("{procedure}, ");
        !moved.iter().any(|what| what.starts_with(&steps))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(items: &[(&str, &str, Option<&str>)]) -> Content {
        let item = |(what, value, cell): &(&str, &str, Option<&str>)| Item {
            what: (*what).to_owned(),
            value: (*value).to_owned(),
            cell: cell.map(|cell| Cell {
                path: "a.xlsx".to_owned(),
                sheet: None,
                cell: Some(cell.to_owned()),
            }),
        };
        items.iter().map(item).collect()
    }

    #[test]
    fn what_changed_has_before_after_and_cell() {
        let before = content(&[
            ("Server: Site", "A", Some("C3")),
            ("Server: Owner", "O", None),
        ]);
        let after = content(&[
            ("Server: Site", "B", Some("D4")),
            ("Server: Location", "L", None),
        ]);
        let said: Vec<_> = compare(&before, &after)
            .into_iter()
            .map(|it| (it.what, it.before, it.after, it.cell.and_then(|it| it.cell)))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            said,
            [
                ("Server: Location".to_owned(), None, text("L"), None),
                ("Server: Owner".to_owned(), text("O"), None, None),
                ("Server: Site".to_owned(), text("A"), text("B"), text("D4")),
            ]
        );
        assert_eq!(compare(&before, &before), []);
    }

    #[test]
    fn a_cell_that_moved_is_no_change() {
        let here = content(&[("Server: Site", "A", Some("C3"))]);
        let there = content(&[("Server: Site", "A", Some("Z9"))]);
        assert_eq!(compare(&here, &there), []);
        assert_eq!(here.fingerprint(), there.fingerprint());
    }

    #[test]
    fn a_name_in_another_case_is_no_change() {
        let here = content(&[
            ("Picture of pool01.contoso.com", "FE01.Contoso.com", None),
            ("Server: File store", r"\\FS01\Share", None),
        ]);
        let there = content(&[
            ("Picture of POOL01.contoso.com", "fe01.contoso.com", None),
            ("Server: File store", r"\\fs01\Share", None),
        ]);
        assert_eq!(compare(&here, &there), []);
        assert_eq!(here.fingerprint(), there.fingerprint());
    }

    #[test]
    fn a_new_step_does_not_report_the_numbers_of_the_others() {
        let before = content(&[("P: steps in order", "3.1 A", None), ("P, A", "", None)]);
        let added = content(&[
            ("P: steps in order", "3.1 B; 3.2 A", None),
            ("P, A", "", None),
            ("P, B", "", None),
        ]);
        let swapped = content(&[("P: steps in order", "3.2 A", None), ("P, A", "", None)]);
        let whats = |after| compare(&before, after).into_iter().map(|it| it.what);
        assert!(whats(&added).eq(["P, B"]));
        assert!(whats(&swapped).eq(["P: steps in order"]));
    }
}
