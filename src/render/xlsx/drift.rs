//! Where a topology and the worksheets differ, as a workbook: one row a difference, the worst first.

use super::Result;
use super::book;
use super::page::{Margins, Way, dated, marked};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use crate::contract::{DriftData, DriftedData, SaidData};
use crate::packets::Estate;
use crate::text::visible::visible_lines;

/// Writes the report.
///
/// # Errors
///
/// Only where a text exceeds what the format can hold.
pub fn drift(drift: &DriftData, estate: &Estate) -> Result<Vec<u8>> {
    let styles = Styles::new(book::BASE);
    let columns = [
        ("Severity", 10.0),
        ("What", 20.0),
        ("Server or pool", 30.0),
        ("Column", 24.0),
        ("Worksheets", 30.0),
        ("Cell", 34.0),
        ("Topology", 30.0),
        ("Element", 34.0),
        ("In words", 60.0),
    ];
    let mut sheet = Sheet::new("Drift", &columns.map(|(_, width)| width))?;
    sheet.row(&columns.map(|(heading, _)| Cell::new(heading, &styles.head)))?;
    for difference in &drift.differences {
        sheet.row(&row(difference, &styles))?;
    }
    if let Some(older) = &drift.older {
        let line = format!(
            "The topology is of {}, the newest worksheet of {}",
            older.topology, older.worksheets
        );
        sheet.line(line, &styles.gap)?;
    }
    if drift.is_empty() {
        sheet.line("No differences", &styles.cell)?;
    }
    let (bottom, right) = (sheet.next_row() - 1, sheet.columns() - 1);
    sheet.inner.autofilter(0, 0, bottom, right)?;
    sheet.inner.set_repeat_rows(0, 0)?;
    sheet.inner.set_freeze_panes(1, 0)?;
    Margins::of_estate("Drift", estate).apply(&mut sheet.inner, Way::Landscape);
    let properties = marked(dated(estate.as_of)?, "drift")
        .set_title("Differences between topology and worksheets");
    book::bytes(&properties, vec![sheet.finish()?])
}

fn row<'s>(difference: &DriftedData, styles: &'s Styles) -> [Cell<'s>; 9] {
    let text = |text: &str| Cell::new(visible_lines(text), &styles.cell);
    let weight = match difference.severity {
        "error" => &styles.gap,
        _ => &styles.cell,
    };
    let (typed, cell) = said(difference.worksheets.as_ref());
    let (told, element) = said(difference.topology.as_ref());
    [
        Cell::new(difference.severity, weight),
        Cell::new(difference.kind, &styles.code),
        text(&difference.name),
        text(difference.column.as_deref().unwrap_or_default()),
        text(typed),
        text(cell),
        text(told),
        text(element),
        text(&difference.message),
    ]
}

/// What is said, and where.
fn said(it: Option<&SaidData>) -> (&str, &str) {
    it.map(|it| (it.text.as_str(), it.place.as_str()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::unzip::Parts;
    use super::*;
    use crate::contract::OlderData;
    use crate::packets::SourceDigest;
    use crate::render::fixture;

    #[test]
    fn a_report_without_differences_says_so_and_one_with_an_old_topology_does_not() {
        let estate = fixture::estate();
        let digest = SourceDigest {
            path: "t.xml".to_owned(),
            sha256: String::new(),
        };
        let older = OlderData {
            topology: "2014-01-01".to_owned(),
            worksheets: "2014-06-07".to_owned(),
        };
        for (older, said) in [
            (None, "No differences"),
            (
                Some(older),
                "The topology is of 2014-01-01, the newest worksheet of 2014-06-07",
            ),
        ] {
            let data = DriftData::new(&[], &digest, older, &estate);
            let strings = Parts::of(&drift(&data, &estate).unwrap()).strings();
            assert!(strings.iter().any(|it| *it == said), "{strings:?}");
        }
    }
}
