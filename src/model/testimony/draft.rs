//! Rows in the making: one for each thing, whose cells no two elements may give differently.

use crate::finding::Place;

use super::{Manner, ToldCell, ToldRow};

/// The rows so far.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) rows: Vec<ToldRow>,
}

impl Draft {
    /// Adds a row, or what it says to the one about the same thing; where the two disagree, neither says anything.
    pub(super) fn add(&mut self, row: ToldRow) {
        let is_same =
            |it: &&mut ToldRow| it.kind == row.kind && it.key.eq_ignore_ascii_case(&row.key);
        let Some(known) = self.rows.iter_mut().find(is_same) else {
            self.rows.push(row);
            return;
        };
        let differs = |cell: &ToldCell| {
            let own = row.cell(&cell.column);
            own.is_some_and(|own| !own.text.eq_ignore_ascii_case(&cell.text))
        };
        known.cells.retain(|cell| !differs(cell));
        for cell in row.cells {
            if known.cell(&cell.column).is_none() && cell.manner != Manner::Host {
                known.cells.push(cell);
            }
        }
    }
}

/// A row about something, with its key in the first cell.
pub(super) fn row(kind: &str, key: (&str, &str), place: &Place) -> ToldRow {
    let (column, text) = key;
    let mut row = ToldRow {
        kind: kind.to_owned(),
        key: text.to_owned(),
        place: place.clone(),
        cells: Vec::new(),
    };
    put(&mut row, column, text, Manner::Host, place);
    row
}

/// Puts a cell into a row, unless it is blank.
pub(super) fn put(row: &mut ToldRow, column: &str, text: &str, manner: Manner, place: &Place) {
    if !text.is_empty() {
        row.cells.push(ToldCell {
            column: column.to_owned(),
            text: text.to_owned(),
            place: place.clone(),
            manner,
        });
    }
}
