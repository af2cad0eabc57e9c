//! Sheets whose headings stand in a column: a table that was turned round, or a form for one record. They are not read,
//! since one cannot tell where a record ends; but they are told from sheets like nothing known.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::place::column_letters;
use crate::finding::{Code, Finding, words};
use crate::workbook::{RawValue, Sheet};

use super::fqdn::Fqdn;
use super::text::text_of;
use crate::product::Schema;
use crate::product::schema::Kind;
use crate::text::plain::normalise;

/// Columns that are looked at for headings.
const COLUMNS: usize = 8;

/// Headings that make a form, unless it consists of keys alone.
const ENOUGH: usize = 3;

/// A column of headings of one kind.
struct Turned<'a> {
    kind: &'static Kind,
    column: u32,
    /// The canonical headings found, with the row of each.
    rows: BTreeMap<&'static str, u32>,
    sheet: &'a Sheet,
}

/// The finding of a sheet that is turned round.
pub(super) fn finding(sheet: &Sheet, schema: &'static Schema) -> Option<Finding> {
    let columns: BTreeSet<u32> = sheet
        .rows
        .values()
        .flat_map(BTreeMap::keys)
        .copied()
        .collect();
    let columns = columns.into_iter().take(COLUMNS);
    let turned = columns.flat_map(|column| {
        let kinds = schema.kinds.iter();
        kinds.map(move |kind| Turned::of(sheet, kind, column))
    });
    let best = turned
        .filter(Turned::is_whole)
        .max_by_key(|it| it.rows.len())?;
    let letters = column_letters(best.column);
    let records = words::count(best.records(), "column", "columns");
    let message = format!(
        "the headings of a `{}` worksheet stand in column {letters} ({}), one below the other, with {records} of values beside them; nothing of the sheet was used",
        best.kind.id,
        words::quoted(best.rows.keys().take(ENOUGH))
    );
    Some(
        Finding::new(Code::TransposedSheet, message)
            .at(&sheet.place.clone().cell(*best.rows.values().min()?, best.column))
            .help("turn the table round: copy it, and paste it with `Transpose`, so that the headings stand in one row and each record in a row below"),
    )
}

impl<'a> Turned<'a> {
    fn of(sheet: &'a Sheet, kind: &'static Kind, column: u32) -> Self {
        let mut rows = BTreeMap::new();
        for (row, cells) in &sheet.rows {
            let Some(RawValue::Text(text)) = cells.get(&column) else {
                continue;
            };
            if let Some(found) = kind.column_named(&normalise(text)) {
                rows.entry(found.heading.as_str()).or_insert(*row);
            }
        }
        Self {
            kind,
            column,
            rows,
            sheet,
        }
    }

    /// Whether all keys are there, with values beside them, and enough else.
    fn is_whole(&self) -> bool {
        let filled = self
            .sheet
            .rows
            .values()
            .filter(|cells| cells.contains_key(&self.column));
        let is_enough = self.rows.len() >= ENOUGH || self.rows.len() == filled.count();
        self.rows.len() > 1 && is_enough && self.kind.keys().all(|key| self.has_value(&key.heading))
    }

    /// Whether a value stands beside the heading; beside one that asks for a name, a name. A list of headings with what
    /// each means is no form.
    fn has_value(&self, heading: &str) -> bool {
        let row = self.rows.get(heading);
        let cells = row.and_then(|row| self.sheet.rows.get(row));
        let mut beside = cells
            .into_iter()
            .flat_map(|cells| cells.range(self.column + 1..));
        let asks_for_name = heading.trim_end_matches(')').ends_with("FQDN");
        beside.any(|(_, value)| {
            let text = text_of(value);
            let is_name = Fqdn::parse(&text).is_ok_and(|name| !name.is_short());
            !text.is_empty() && !text.ends_with('.') && (is_name || !asks_for_name)
        })
    }

    /// In how many columns values stand.
    fn records(&self) -> usize {
        let rows = self
            .rows
            .values()
            .filter_map(|row| self.sheet.rows.get(row));
        let columns: BTreeSet<u32> = rows
            .flat_map(|cells| cells.range(self.column + 1..))
            .map(|(column, _)| *column)
            .collect();
        columns.len()
    }
}
