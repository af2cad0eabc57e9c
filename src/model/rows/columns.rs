//! The columns of a table: those the tool knows, and what becomes of the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, suggest, words};

use super::headings::Candidate;
use super::secret;
use super::table::Table;
use crate::product::schema::{self, Column};

/// Kinds whose records have room for columns the tool does not know.
const CARRYING: [&str; 6] = [
    schema::SERVERS,
    schema::POOLS,
    schema::CERTIFICATES,
    schema::DATABASE_BACKUPS,
    schema::FILE_STORE_BACKUPS,
    schema::SETTINGS_BACKUPS,
];

/// Columns with an unknown heading, a repeated one, or none over filled cells. None is dropped in silence.
pub(super) fn extras(
    table: &Table,
    head: &Candidate,
    findings: &mut Vec<Finding>,
) -> BTreeMap<u32, String> {
    let known: BTreeSet<u32> = table.columns.values().copied().collect();
    let filled = table.rows.values().flat_map(BTreeMap::keys);
    let all: BTreeSet<u32> = filled.chain(head.typed.keys()).copied().collect();
    let mut extras = BTreeMap::new();
    for number in all.difference(&known) {
        let typed = head.typed.get(number).map_or("", String::as_str);
        let place = table.place.clone().cell(table.heading_row, *number);
        findings.push(reason(table, *number, typed).at(&place));
        let name = match typed {
            "" => format!("Column {}", column_letters(*number)),
            typed => typed.replace('\n', " "),
        };
        extras.insert(*number, name);
    }
    extras
}

/// Why a column is an extra one, and what becomes of its cells.
fn reason(table: &Table, number: u32, typed: &str) -> Finding {
    let fate = if secret::is_heading(typed) {
        "withheld, since it means a secret"
    } else if CARRYING.contains(&table.kind.id.as_str()) {
        "carried as extra facts"
    } else {
        "not used"
    };
    if typed.is_empty() {
        let letters = column_letters(number);
        return Finding::new(
            Code::ExtraColumn,
            format!("column {letters} has values but no heading; they are {fate}"),
        )
        .help("give the column a heading");
    }
    if let Some(column) = table.kind.column(typed) {
        return second(table, column, typed, fate);
    }
    let headings = table
        .kind
        .columns
        .iter()
        .map(|column| column.heading.as_str());
    Finding::new(
        Code::ExtraColumn,
        format!(
            "the heading `{}` is not known; its cells are {fate}",
            words::excerpt(typed)
        ),
    )
    .help_if(suggest::did_you_mean(typed, headings))
}

fn second(table: &Table, column: &Column, typed: &str, fate: &str) -> Finding {
    let first = table.columns.get(column.heading.as_str()).copied();
    let first = first.map(column_letters).unwrap_or_default();
    let heading = &column.heading;
    let message = if typed == heading {
        format!(
            "`{heading}` heads column {first} already, which counts; the cells of this one are {fate}"
        )
    } else {
        format!(
            "`{}` means `{heading}`, which column {first} is already; the cells of this one are {fate}",
            words::excerpt(typed),
        )
    };
    Finding::new(Code::DuplicateColumn, message).help("delete one of the two, or rename it")
}

/// Columns a sheet of the kind must have; its rows are used without them.
pub(super) fn missing_required(table: &Table, findings: &mut Vec<Finding>) {
    let required = table
        .kind
        .columns
        .iter()
        .filter(|it| it.required && !it.key);
    for column in required.filter(|it| !table.columns.contains_key(it.heading.as_str())) {
        let typed = table.extras.values().map(String::as_str);
        let help = match suggest::nearest(&column.heading, typed) {
            Some(typed) => format!("is `{typed}` meant to be `{}`?", column.heading),
            None => format!("add the heading `{}`", column.heading),
        };
        findings.push(
            Finding::new(
                Code::MissingColumn,
                format!(
                    "the required column `{}` is missing; the rows are used without it",
                    column.heading
                ),
            )
            .at(&table.place.clone().row(table.heading_row))
            .help(help),
        );
    }
}
