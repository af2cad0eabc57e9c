//! The list of findings as a workbook, each with a link to its cell in the annotated copy.

use super::Result;
use super::book;
use super::page::{Margins, Way, dated, marked};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use crate::finding::{Finding, Severity};
use crate::packets::Estate;
use crate::text::visible::visible_lines;

/// The most findings that are listed: a sheet can hold no more links.
const MOST: usize = 60_000;

/// A finding, and where its mark is.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    pub finding: &'a Finding,
    /// The marked cell: the copy's path, relative to the list, and the place in it (`servers.xlsx#'Servers'!D3`).
    pub target: Option<String>,
}

/// Writes the list, in the order given.
///
/// # Errors
///
/// Only where a text exceeds what the format can hold.
pub fn findings(listed: &[Listed<'_>], estate: &Estate) -> Result<Vec<u8>> {
    let styles = Styles::new(book::BASE);
    let columns = [
        ("Severity", 10.0),
        ("Code", 22.0),
        ("Message", 62.0),
        ("Help", 46.0),
        ("File", 26.0),
        ("Sheet", 18.0),
        ("Cell", 12.0),
    ];
    let mut sheet = Sheet::new("Findings", &columns.map(|(_, width)| width))?;
    sheet.row(&columns.map(|(heading, _)| Cell::new(heading, &styles.head)))?;
    for one in listed.iter().take(MOST) {
        sheet.row(&row(one, &styles))?;
    }
    match listed.len() {
        0 => _ = sheet.line("No findings", &styles.cell)?,
        all if all > MOST => {
            let more = format!(
                "… and {} more: the terminal lists them all with -v",
                all - MOST
            );
            sheet.line(more, &styles.gap)?;
        }
        _ => {}
    }
    let (bottom, right) = (sheet.next_row() - 1, sheet.columns() - 1);
    sheet.inner.autofilter(0, 0, bottom, right)?;
    sheet.inner.set_repeat_rows(0, 0)?;
    sheet.inner.set_freeze_panes(1, 0)?;
    Margins::of_estate("Findings", estate).apply(&mut sheet.inner, Way::Landscape);
    let properties =
        marked(dated(estate.as_of)?, "findings").set_title("Findings in the worksheets");
    book::bytes(&properties, vec![sheet.finish()?])
}

fn row<'s>(one: &Listed<'_>, styles: &'s Styles) -> [Cell<'s>; 7] {
    let finding = one.finding;
    let place = finding.place.as_ref();
    let text = |text: &str| Cell::new(visible_lines(text), &styles.cell);
    let weight = match finding.severity {
        Severity::Error => &styles.gap,
        Severity::Warning => &styles.strong,
        Severity::Info => &styles.cell,
    };
    let address = match place.map(|place| (place.address(), place.in_sheet())) {
        Some((Some(address), _)) => address,
        Some((None, Some(_))) => "(whole sheet)".to_owned(),
        Some((None, None)) => "(whole file)".to_owned(),
        None => String::new(),
    };
    let cell = match &one.target {
        Some(target) => Cell::new(address, &styles.link).link(target.as_str()),
        None => Cell::new(address, &styles.cell),
    };
    [
        Cell::new(finding.severity.as_str(), weight),
        Cell::new(finding.code.as_str(), &styles.code),
        text(&finding.said()),
        text(finding.help.as_deref().unwrap_or_default()),
        text(place.map_or("", |place| &place.path)),
        text(place.and_then(|place| place.in_sheet()).unwrap_or_default()),
        cell,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::unzip::Parts;
    use super::*;
    use crate::finding::{Code, Place};
    use crate::render::fixture;

    #[test]
    fn each_finding_is_a_row_and_leads_to_its_cell() {
        let place = Place::file("a b.csv").cell(2, 3);
        let findings_in = [
            Finding::new(Code::UnreadableFile, "cut off").at(&Place::file("x.xls")),
            Finding::new(Code::BadDate, "=1+1\u{7}")
                .at(&place)
                .help("write it"),
        ];
        let target = Some("a b.csv.xlsx#'it''s'!D3".to_owned());
        let listed = [
            Listed {
                finding: &findings_in[0],
                target: None,
            },
            Listed {
                finding: &findings_in[1],
                target,
            },
        ];
        let parts = Parts::of(&findings(&listed, &fixture::estate()).unwrap());
        // Cells without text hold no string.
        let rows = parts.strings_of(1);
        assert_eq!(
            rows[7..12],
            [
                "error",
                "unreadable-file",
                "cut off",
                "x.xls",
                "(whole file)"
            ]
        );
        assert_eq!(
            rows[12..],
            ["error", "bad-date", "=1+1␇", "write it", "a b.csv", "D3"]
        );
        let links = parts.part("xl/worksheets/_rels/sheet1.xml.rels");
        assert!(links.contains("Target=\"a%20b.csv.xlsx\""), "{links}");
        assert!(parts.sheet(1).contains("location=\"'it''s'!D3\""));
        assert!(!parts.sheet(1).contains("<f>"));
    }

    #[test]
    fn no_findings_are_said_too() {
        let parts = Parts::of(&findings(&[], &fixture::estate()).unwrap());
        assert!(parts.strings().contains(&"No findings".to_owned()));
    }
}
