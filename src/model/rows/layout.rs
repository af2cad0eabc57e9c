//! What a recognised sheet shows and hides beyond its values, as findings: nothing of it is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, Severity, words};
use crate::workbook::{RawValue, Sheet};

use super::beside;
use super::doubt;
use super::table::Table;
use super::text::text_of;

/// Reports what is hidden, struck out, commented or not told, in the rows that hold data.
pub(super) fn report(sheet: &Sheet, tables: &[Table], findings: &mut Vec<Finding>) {
    if tables.is_empty() {
        return;
    }
    findings.extend(hidden_sheet(sheet));
    findings.extend(untold(sheet, tables));
    findings.extend(hidden_rows(sheet, tables));
    findings.extend(hidden_columns(sheet, tables));
    findings.extend(struck_out(sheet, tables));
    findings.extend(comments(sheet, tables));
    findings.extend(doubt::renewing_extras(tables));
    findings.extend(beside::report(sheet));
}

/// Takes cells that are struck out for no values, like text that is struck out within a cell. Where the name of the row
/// is struck out too, the whole row is meant: it is read, and that is said.
pub(super) fn strike(sheet: &Sheet, tables: &mut [Table]) {
    let struck = &sheet.layout.struck;
    for table in tables {
        let keys = table.kind.columns.iter().filter(|column| column.key);
        let keys: Vec<u32> = keys
            .filter_map(|column| table.columns.get(column.heading.as_str()).copied())
            .collect();
        for (row, cells) in &mut table.rows {
            if keys.iter().any(|column| struck.contains(&(*row, *column))) {
                continue;
            }
            for (column, value) in cells {
                let text = text_of(value);
                if struck.contains(&(*row, *column)) && !text.is_empty() {
                    let rest = String::new();
                    *value = RawValue::PartlyStruck { text, rest };
                }
            }
        }
    }
}

/// Every row that holds data.
fn rows(tables: &[Table]) -> impl Iterator<Item = (&u32, &BTreeMap<u32, RawValue>)> {
    tables.iter().flat_map(|table| &table.rows)
}

fn hidden_sheet(sheet: &Sheet) -> Option<Finding> {
    sheet.hidden.then(|| {
        Finding::new(
            Code::HiddenSheet,
            "this sheet is hidden; it was read all the same",
        )
        .at(&sheet.place)
        .help("unhide it, or delete it if it is no longer true")
    })
}

/// What a format does not tell. A number that is shown in another way than it is stored is printed wrongly, so where there
/// are numbers it is more than a note.
fn untold(sheet: &Sheet, tables: &[Table]) -> Option<Finding> {
    if !sheet.layout.is_untold {
        return None;
    }
    let mut finding = Finding::new(
        Code::UntoldLayout,
        "an `.xlsb` workbook does not tell which cells are merged, hidden or struck out, nor how its numbers are shown; a merged value counts for its first cell only, and what is shown as `00123` is read as `123`",
    )
    .at(&sheet.place)
    .help("save the workbook as `.xlsx`");
    let mut values = rows(tables).flat_map(|(_, cells)| cells.values());
    if values.any(|value| matches!(value, RawValue::Number(_))) {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}

fn hidden_rows(sheet: &Sheet, tables: &[Table]) -> Option<Finding> {
    let hidden = &sheet.layout.hidden_rows;
    let rows: BTreeSet<u32> = rows(tables)
        .map(|(row, _)| *row)
        .filter(|row| hidden.contains(row))
        .collect();
    let message = format!(
        "{} {} hidden; {}",
        match rows.len() {
            1 => "row",
            _ => "rows",
        },
        is_or_are(
            &words::ranges(&rows, |row| (u64::from(row) + 1).to_string()),
            rows.len()
        ),
        read_anyway(rows.len())
    );
    Some(
        Finding::new(Code::HiddenRows, message)
            .at(&sheet.place.clone().row(*rows.first()?))
            .help("show them, or delete those that are no longer true"),
    )
}

fn hidden_columns(sheet: &Sheet, tables: &[Table]) -> Option<Finding> {
    let hidden = &sheet.layout.hidden_columns;
    let columns: BTreeSet<u32> = rows(tables)
        .flat_map(|(_, cells)| cells.keys().copied())
        .filter(|column| hidden.contains(column))
        .collect();
    let message = format!(
        "{} {} hidden; {}",
        match columns.len() {
            1 => "column",
            _ => "columns",
        },
        is_or_are(&words::ranges(&columns, column_letters), columns.len()),
        read_anyway(columns.len())
    );
    let heading_row = tables.first()?.heading_row;
    Some(
        Finding::new(Code::HiddenColumns, message)
            .at(&sheet.place.clone().cell(heading_row, *columns.first()?))
            .help("show them, and check that what they hold is still true"),
    )
}

/// One finding for each row with struck-out cells: people strike out what is no longer true, row by row.
fn struck_out(sheet: &Sheet, tables: &[Table]) -> Vec<Finding> {
    let struck = &sheet.layout.struck;
    let by_row = rows(tables).filter_map(|(row, cells)| {
        let is_said = |value: &RawValue| matches!(value, RawValue::PartlyStruck { .. });
        let filled = cells
            .iter()
            .filter(|(_, value)| !text_of(value).is_empty() && !is_said(value));
        let columns: BTreeSet<u32> = filled
            .map(|(column, _)| *column)
            .filter(|column| struck.contains(&(*row, *column)))
            .collect();
        let first = *columns.first()?;
        let address = |column| format!("{}{}", column_letters(column), u64::from(*row) + 1);
        let message = format!(
            "{} struck out; {}",
            is_or_are(&words::ranges(&columns, address), columns.len()),
            read_anyway(columns.len())
        );
        Some(
            Finding::new(Code::StruckOut, message)
                .at(&sheet.place.clone().cell(*row, first))
                .help("delete what is no longer true, or take the line away"),
        )
    });
    by_row.collect()
}

/// How many commented cells a message names.
const NAMED: usize = 6;

fn comments(sheet: &Sheet, tables: &[Table]) -> Option<Finding> {
    let cells: Vec<(u32, u32)> = sheet
        .layout
        .comments
        .keys()
        .copied()
        .filter(|(row, column)| {
            let holding = tables.iter().find(|it| it.rows.contains_key(row));
            // The names of settings have comments from the start: those that `new` writes.
            holding.is_some_and(|it| it.columns.get("Setting") != Some(column))
        })
        .collect();
    let (row, column) = *cells.first()?;
    let address =
        |(row, column): &(u32, u32)| format!("{}{}", column_letters(*column), u64::from(*row) + 1);
    let mut names: Vec<String> = cells.iter().take(NAMED).map(address).collect();
    if let Some(more) = cells.len().checked_sub(NAMED).filter(|more| *more > 0) {
        names.push(words::count(more, "more cell", "more cells"));
    }
    let message = match cells.len() {
        1 => format!("{} has a comment, which is not read", names[0]),
        _ => format!("{} have comments, which are not read", words::list(names)),
    };
    Some(
        Finding::new(Code::UnreadComments, message)
            .at(&sheet.place.clone().cell(row, column))
            .help("write what must be known into `Notes`, which is printed"),
    )
}

fn is_or_are(subject: &str, count: usize) -> String {
    match count {
        1 => format!("{subject} is"),
        _ => format!("{subject} are"),
    }
}

fn read_anyway(count: usize) -> &'static str {
    match count {
        1 => "it was read all the same",
        _ => "they were read all the same",
    }
}
