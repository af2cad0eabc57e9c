//! Which sheets are worksheets: a sheet is recognised by its headings, never by its name.
//!
//! Entry point: [`tables`]. A heading row may stand below titles, notes and blank rows, and its columns in
//! any order.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place, suggest, words};
use crate::workbook::{RawValue, Sheet};

use super::parse::text_of;
use super::schema::{Column, Kind, schema};

/// How far down the heading row may stand, in rows that hold anything.
const HEADING_ROWS: usize = 60;

/// A recognised sheet: its heading row and what each column is.
#[derive(Clone, Debug)]
pub struct Table {
    /// The sheet kind.
    pub kind: &'static Kind,
    /// File and sheet.
    pub place: Place,
    /// The heading row, from zero.
    pub heading_row: u32,
    /// Known columns: English heading to column number.
    pub columns: BTreeMap<&'static str, u32>,
    /// Columns the tool does not know, with the heading as typed.
    pub extras: BTreeMap<u32, String>,
    /// The rows below the headings.
    pub rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
}

/// A row taken as headings of one kind.
struct Candidate {
    kind: &'static Kind,
    row: u32,
    columns: BTreeMap<&'static str, u32>,
}

impl Candidate {
    fn lacks(&self) -> Vec<&'static Column> {
        let keys = self.kind.columns.iter().filter(|column| column.key);
        keys.filter(|column| !self.columns.contains_key(column.heading.as_str()))
            .collect()
    }

    fn has_a_key(&self) -> bool {
        self.lacks().len() < self.kind.columns.iter().filter(|column| column.key).count()
    }
}

/// Recognises every sheet; what is not recognised is a finding.
pub fn tables(sheets: &[Sheet]) -> (Vec<Table>, Vec<Finding>) {
    let mut tables = Vec::new();
    let mut findings = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        match recognise(sheet) {
            Ok(candidate) => {
                if sheet.hidden {
                    findings.push(
                        Finding::new(
                            Code::HiddenSheet,
                            "this sheet is hidden; it was read all the same",
                        )
                        .at(&sheet.place)
                        .help("unhide it, or delete it if it is no longer true"),
                    );
                }
                tables.push(table(sheet, candidate, &mut findings));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    (tables, findings)
}

fn recognise(sheet: &Sheet) -> Result<Candidate, Box<Finding>> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (row, cells) in sheet.rows.iter().take(HEADING_ROWS) {
        candidates.extend(
            schema()
                .kinds
                .iter()
                .map(|kind| candidate(kind, *row, cells)),
        );
    }
    // The most matching headings win; among equals the row furthest up, which comes first.
    let matches = |candidate: &Candidate| candidate.columns.len();
    let whole = candidates
        .iter()
        .filter(|it| it.columns.len() >= 2 && it.lacks().is_empty());
    let most = whole.clone().map(matches).max();
    if let Some(most) = most {
        let row = whole
            .clone()
            .find(|it| matches(it) == most)
            .map(|it| it.row);
        let kinds: BTreeSet<&str> = whole
            .filter(|it| matches(it) == most && Some(it.row) == row)
            .map(|it| it.kind.id.as_str())
            .collect();
        if kinds.len() > 1 {
            return Err(Box::new(tie(sheet, row, &kinds)));
        }
        let found = candidates
            .into_iter()
            .find(|it| it.columns.len() == most && Some(it.row) == row && it.lacks().is_empty());
        return found.ok_or_else(|| Box::new(stranger(sheet)));
    }
    let near = candidates
        .iter()
        .filter(|it| matches(it) >= 3 || (matches(it) >= 2 && it.has_a_key()))
        .max_by_key(|it| (matches(it), std::cmp::Reverse(it.row)));
    Err(Box::new(match near {
        Some(near) => missing_key(sheet, near),
        None => stranger(sheet),
    }))
}

fn candidate(kind: &'static Kind, row: u32, cells: &BTreeMap<u32, RawValue>) -> Candidate {
    let mut columns = BTreeMap::new();
    for (number, value) in cells {
        if let RawValue::Text(text) = value
            && let Some(column) = kind.column(text)
        {
            columns.entry(column.heading.as_str()).or_insert(*number);
        }
    }
    Candidate { kind, row, columns }
}

fn tie(sheet: &Sheet, row: Option<u32>, kinds: &BTreeSet<&str>) -> Finding {
    let place = row.map_or_else(|| sheet.place.clone(), |row| sheet.place.clone().row(row));
    Finding::new(
        Code::AmbiguousSheet,
        format!(
            "these headings fit the worksheets {} equally well",
            words::quoted(kinds)
        ),
    )
    .at(&place)
    .help("add a heading that only one of them has")
}

fn missing_key(sheet: &Sheet, near: &Candidate) -> Finding {
    let headings: Vec<&str> = near
        .lacks()
        .iter()
        .map(|column| column.heading.as_str())
        .collect();
    let typed = unknown_headings(sheet, near);
    let nearest = headings
        .first()
        .and_then(|heading| suggest::nearest(heading, typed.iter().map(String::as_str)))
        .map(|typed| format!("is `{typed}` meant to be `{}`?", headings[0]));
    Finding::new(
        Code::MissingColumn,
        format!(
            "this looks like a `{}` worksheet, but it has no column {}; none of its rows could be used",
            near.kind.id,
            words::quoted(&headings)
        ),
    )
    .at(&sheet.place.clone().row(near.row))
    .help(nearest.unwrap_or_else(|| format!("add the heading {}", words::quoted(&headings))))
}

fn unknown_headings(sheet: &Sheet, near: &Candidate) -> Vec<String> {
    let known: BTreeSet<u32> = near.columns.values().copied().collect();
    let cells = sheet.rows.get(&near.row).into_iter().flatten();
    cells
        .filter(|(number, _)| !known.contains(number))
        .map(|(_, value)| text_of(value))
        .filter(|text| !text.is_empty())
        .collect()
}

fn stranger(sheet: &Sheet) -> Finding {
    let first = sheet
        .rows
        .values()
        .flat_map(BTreeMap::values)
        .map(text_of)
        .find(|text| !text.is_empty());
    Finding::new(
        Code::UnknownSheet,
        match first {
            Some(text) => format!(
                "no worksheet kind has these headings (the sheet begins with `{}`); it was ignored",
                words::excerpt(&text)
            ),
            None => "the sheet holds nothing; it was ignored".to_owned(),
        },
    )
    .at(&sheet.place)
    .help("if it should be read, give it the headings that `restore-packets new` writes")
}

fn table(sheet: &Sheet, candidate: Candidate, findings: &mut Vec<Finding>) -> Table {
    let Candidate { kind, row, columns } = candidate;
    let rows: BTreeMap<u32, BTreeMap<u32, RawValue>> = sheet
        .rows
        .range(row + 1..)
        .map(|(row, cells)| (*row, cells.clone()))
        .collect();
    let table = Table {
        extras: extras(sheet, kind, row, &columns, &rows, findings),
        kind,
        place: sheet.place.clone(),
        heading_row: row,
        columns,
        rows,
    };
    missing_required(&table, findings);
    table
}

/// Columns with an unknown heading, a repeated one, or none over filled cells. None is dropped in silence.
fn extras(
    sheet: &Sheet,
    kind: &'static Kind,
    row: u32,
    columns: &BTreeMap<&'static str, u32>,
    rows: &BTreeMap<u32, BTreeMap<u32, RawValue>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<u32, String> {
    let known: BTreeSet<u32> = columns.values().copied().collect();
    let filled: BTreeSet<u32> = rows.values().flat_map(BTreeMap::keys).copied().collect();
    let heads = sheet.rows.get(&row);
    let mut extras = BTreeMap::new();
    for number in filled.union(
        &heads
            .into_iter()
            .flat_map(BTreeMap::keys)
            .copied()
            .collect(),
    ) {
        if known.contains(number) {
            continue;
        }
        let place = sheet.place.clone().cell(row, *number);
        let typed = heads
            .and_then(|heads| heads.get(number))
            .map(text_of)
            .unwrap_or_default();
        let letters = crate::finding::place::column_letters(*number);
        let finding = match kind.column(&typed) {
            _ if typed.is_empty() => Finding::new(
                Code::ExtraColumn,
                format!(
                    "column {letters} has values but no heading; they are carried as extra facts"
                ),
            )
            .help("give the column a heading"),
            Some(column) => Finding::new(
                Code::DuplicateColumn,
                format!(
                    "a second column is headed `{}`; the first one counts",
                    column.heading
                ),
            )
            .help("delete one of the two, or rename it"),
            None => Finding::new(
                Code::ExtraColumn,
                format!(
                    "the heading `{}` is not known; its cells are carried as extra facts",
                    words::excerpt(&typed)
                ),
            )
            .help_if(suggest::did_you_mean(
                &typed,
                kind.columns.iter().map(|column| column.heading.as_str()),
            )),
        };
        findings.push(finding.at(&place));
        let name = if typed.is_empty() {
            format!("Column {letters}")
        } else {
            typed
        };
        extras.insert(*number, name.replace('\n', " "));
    }
    extras
}

fn missing_required(table: &Table, findings: &mut Vec<Finding>) {
    for column in table
        .kind
        .columns
        .iter()
        .filter(|column| column.required && !column.key)
    {
        if table.columns.contains_key(column.heading.as_str()) {
            continue;
        }
        let nearest = suggest::nearest(&column.heading, table.extras.values().map(String::as_str));
        findings.push(
            Finding::new(
                Code::MissingColumn,
                format!(
                    "the required column `{}` is missing; the rows are used without it",
                    column.heading
                ),
            )
            .at(&table.place.clone().row(table.heading_row))
            .help(match nearest {
                Some(typed) => format!("is `{typed}` meant to be `{}`?", column.heading),
                None => format!("add the heading `{}`", column.heading),
            }),
        );
    }
}
