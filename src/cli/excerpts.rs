//! What messages show of the worksheets: the path as the user knows it, and the row around a cell.

use std::collections::BTreeMap;

use crate::finding::{Code, Cost, Finding, Place, words};
use crate::issue::Worksheets;
use crate::rows::{Table, parse};

use super::messages::{Excerpt, Excerpts};

/// How many columns to the left of a cell are shown, and how many to the right.
const AROUND: (usize, usize) = (1, 2);

/// How much of each recognised table was used, and what its headings were taken for.
pub fn usage(worksheets: &Worksheets) -> Vec<String> {
    let lines = |table: &Table| {
        let place = worksheets.shown_place(&table.place);
        [Some(used(table, &place)), mapping(table, &place)]
    };
    worksheets
        .tables()
        .iter()
        .flat_map(lines)
        .flatten()
        .collect()
}

/// "worksheets/servers.xlsx, sheet Servers, headings: `Name` is `Server FQDN`; 16 as they are; `Rack` is read as none of ours";
/// `None` where every heading is one of ours to the letter.
fn mapping(table: &Table, place: &Place) -> Option<String> {
    let (same, other): (Vec<_>, Vec<_>) = table
        .columns
        .iter()
        .map(|(ours, column)| (*ours, table.typed.get(column).map_or("", String::as_str)))
        .partition(|(ours, typed)| ours == typed);
    let renamed = other
        .iter()
        .map(|(ours, typed)| format!("`{}` is `{ours}`", words::excerpt(typed)));
    let as_they_are = (!same.is_empty()).then(|| format!("{} as they are", same.len()));
    let strangers = words::quoted(table.extras.values());
    let strangers = (!table.extras.is_empty()).then(|| match table.extras.len() {
        1 => format!("{strangers} is read as none of ours"),
        _ => format!("{strangers} are read as none of ours"),
    });
    let parts: Vec<String> = renamed.chain(as_they_are).chain(strangers).collect();
    let is_plain = other.is_empty() && table.extras.is_empty();
    (!is_plain).then(|| format!("{place}, headings: {}", parts.join("; ")))
}

/// Findings that say that a sheet's headings are not what they should be.
const MISFITS: [Code; 3] = [
    Code::MissingColumn,
    Code::DuplicateColumn,
    Code::AmbiguousSheet,
];

/// "worksheets/servers.xlsx, sheet Servers: servers (headings in row 3): 12 rows used, 1 unusable; 17 columns used".
fn used(table: &Table, place: &Place) -> String {
    let part = |number: usize, one: &str, many: &str| {
        (number > 0).then(|| words::count(number, one, many))
    };
    let row = table.usage;
    let rows = [
        Some(words::count(row.used, "row used", "rows used")),
        part(table.unusable(), "unusable row", "unusable rows"),
        part(
            row.copied,
            "row that stands elsewhere",
            "rows that stand elsewhere",
        ),
        part(row.titles, "title or remark", "titles or remarks"),
        part(
            row.repeated,
            "repetition of the headings",
            "repetitions of the headings",
        ),
        part(row.blank, "blank row", "blank rows"),
        part(
            row.above,
            "row above the headings",
            "rows above the headings",
        ),
    ];
    let columns = [
        Some(words::count(
            table.columns.len(),
            "column used",
            "columns used",
        )),
        part(table.extras.len(), "other column", "other columns"),
    ];
    let list = |parts: &[Option<String>]| {
        parts
            .iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    };
    format!(
        "{place}: {} (headings in row {}): {}; {}",
        table.kind.id,
        u64::from(table.heading_row) + 1,
        list(&rows),
        list(&columns),
    )
}

impl Excerpts for Worksheets {
    fn shown(&self, path: &str) -> String {
        Worksheets::shown(self, path).to_owned()
    }

    fn cost(&self, findings: &[&Finding]) -> Cost {
        self.costs().of(findings)
    }

    fn misfits(&self, findings: &[&Finding]) -> Vec<String> {
        let misfit = |table: &&Table| {
            findings.iter().any(|finding| {
                let place = finding.place.as_ref();
                let is_head = place.is_some_and(|place| {
                    table.place.holds(place) && place.at_row() == Some(table.heading_row)
                });
                is_head && MISFITS.contains(&finding.code)
            })
        };
        let misfits = self.tables().iter().filter(misfit);
        misfits
            .filter_map(|table| mapping(table, &self.shown_place(&table.place)))
            .collect()
    }

    fn row(&self, place: &Place) -> Option<Excerpt> {
        let table = self.table(place)?;
        let row = place.at_row()?;
        let cells = table.rows.get(&row)?;
        let heads: BTreeMap<u32, &str> = table
            .columns
            .iter()
            .map(|(heading, column)| (*column, *heading))
            .chain(
                table
                    .extras
                    .iter()
                    .map(|(column, heading)| (*column, heading.as_str())),
            )
            .collect();
        let columns: Vec<u32> = heads.keys().copied().collect();
        let at = place
            .at_column()
            .and_then(|column| columns.iter().position(|it| *it == column));
        let from = at.unwrap_or(0).saturating_sub(AROUND.0);
        let to = (at.unwrap_or(0) + AROUND.1 + 1).min(columns.len());
        let shown = columns.get(from..to)?;
        Some(Excerpt {
            heads: shown
                .iter()
                .map(|column| heads[column].to_owned())
                .collect(),
            cells: shown
                .iter()
                .map(|column| cells.get(column).map(parse::text_of).unwrap_or_default())
                .collect(),
            caret: at.map_or(shown.len(), |at| at - from),
            row_number: row + 1,
        })
    }
}
/// Files below a folder, of which messages show nothing but the path.
pub struct At(std::path::PathBuf);

impl At {
    /// Below this folder, or in this archive.
    pub fn new(path: &std::path::Path) -> Self {
        Self(path.to_owned())
    }
}

impl Excerpts for At {
    fn shown(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }

    fn row(&self, _place: &Place) -> Option<Excerpt> {
        None
    }
}
