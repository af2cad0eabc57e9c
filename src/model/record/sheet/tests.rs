//! How a filled-in sheet is read.

use std::sync::Arc;

use super::*;
use crate::finding::Place;

/// A sheet of texts; `|` parts cells.
fn sheet(name: &str, lines: &[&str]) -> Sheet {
    let mut sheet = Sheet::new(Place::file("a.xlsx").sheet(name));
    for (row, line) in (0..).zip(lines) {
        let cells = (0..)
            .zip(line.split('|'))
            .filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(column, text)| (column, RawValue::Text(text.to_owned())));
        sheet.rows.insert(row, cells.collect());
    }
    sheet
}

fn filled(lines: &[&str]) -> (Filled, Vec<String>) {
    let cover = sheet(
        "Packet",
        &[
            "Pool|pool01.contoso.com|Edition|3",
            "Site|Redmond|Fingerprint|ABCD",
            "Order|Server|What",
            "Service back|Dana|2014-06-10 04:30",
        ],
    );
    let mut remarks = Remarks::new(&Arc::from("a.xlsx"));
    let filled = read(&[cover, sheet("Checklist", lines)], &mut remarks).unwrap();
    let messages = remarks.findings.into_iter();
    (
        filled,
        messages
            .map(|it| format!("{} {}", it.code, it.message))
            .collect(),
    )
}

#[test]
fn columns_are_found_by_their_headings_and_steps_by_their_numbers() {
    let (filled, messages) = filled(&[
        "Checklist: x",
        "Here:||Date started|10.06.2014",
        "Result|Step|What to do|Start|End|Initials",
        "done|4.1|Import|23:50|0:10|AB",
        "|PS>|Import-X `",
        "|>>|-Verbose",
        "failed|4.2|Look||soon|",
    ]);
    assert_eq!(filled.day, Some(jiff::civil::date(2014, 6, 10)));
    assert_eq!(filled.identity.fqdn.as_deref(), Some("pool01.contoso.com"));
    assert_eq!(filled.identity.kind.as_deref(), Some("pool"));
    assert_eq!(filled.identity.edition, Some(3));
    assert_eq!(filled.identity.fingerprint.as_deref(), Some("ABCD"));
    assert!(filled.recovered.is_some());
    assert_eq!(filled.steps.len(), 2);
    assert!(filled.steps[0].start.is_some() && filled.steps[0].end.is_some());
    let Printed::Row { command, .. } = &filled.steps[0].printed else {
        panic!("a row");
    };
    assert_eq!(command.len(), 2);
    assert_eq!(messages.len(), 1);
    assert!(
        messages[0].starts_with("bad-time step 4.2, end: `soon`"),
        "{messages:?}"
    );
}

#[test]
fn rows_that_somebody_added_are_told_from_steps() {
    let (filled, _) = filled(&[
        "Step|What to do|Start|End|Result|Initials",
        "4.1|Import|||done|AB",
        "PS>|Import-X",
        "|Called the network team|03:15",
    ]);
    let added: Vec<&str> = filled.added.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(added, ["Called the network team | 03:15"]);
    assert_eq!(filled.added[0].place.address().as_deref(), Some("row 4"));
}
