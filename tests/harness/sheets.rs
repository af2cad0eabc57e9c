//! The workbooks of a case while it is being put together.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cell;
use super::workbook;

/// The rows of a sheet, from A1.
pub(crate) type Rows = Vec<Vec<Cell>>;

/// Workbooks by path, each with its sheets in order.
#[derive(Default)]
pub(crate) struct Books {
    books: BTreeMap<String, Vec<(String, Rows)>>,
    changed: BTreeSet<String>,
}

impl Books {
    /// Adds a sheet.
    ///
    /// # Errors
    /// There is one of this name.
    pub(crate) fn add(&mut self, path: &str, sheet: &str, rows: &Rows) -> Result<(), String> {
        let sheets = self.books.entry(path.to_owned()).or_default();
        if sheets.iter().any(|(name, _)| name == sheet) {
            return Err(format!("there is a sheet `{sheet}` already: `Change` it"));
        }
        sheets.push((sheet.to_owned(), rows.clone()));
        self.changed.insert(path.to_owned());
        Ok(())
    }

    /// Changes cells of a sheet: the first row of `rows` names columns, the first column names rows. Empty
    /// cells change nothing. `+ key` adds a row, `- key` deletes one; a new heading adds a column.
    ///
    /// # Errors
    /// No such sheet or row.
    pub(crate) fn change(&mut self, name: &str, rows: &Rows) -> Result<(), String> {
        let found = self.books.iter_mut().find_map(|(path, sheets)| {
            let sheet = sheets.iter_mut().find(|(sheet, _)| sheet == name)?;
            Some((path, &mut sheet.1))
        });
        let (path, sheet) = found.ok_or_else(|| format!("no sheet `{name}` to change"))?;
        let (heads, changes) = rows.split_first().ok_or("an empty table")?;
        let columns: Vec<usize> = heads.iter().map(|head| column(sheet, head)).collect();
        for change in changes {
            apply(sheet, &columns, change)?;
        }
        self.changed.insert(path.clone());
        Ok(())
    }

    /// The workbooks that have changed since they were last taken.
    pub(crate) fn take_changed(&mut self) -> Vec<(String, Vec<u8>)> {
        let changed = std::mem::take(&mut self.changed);
        let bytes = |path: String| {
            let bytes = workbook::xlsx(&self.books[&path]);
            (path, bytes)
        };
        changed.into_iter().map(bytes).collect()
    }
}

fn column(sheet: &mut Rows, head: &Cell) -> usize {
    let heads = &mut sheet[0];
    let known = heads.iter().position(|known| known == head);
    known.unwrap_or_else(|| {
        heads.push(head.clone());
        heads.len() - 1
    })
}

fn apply(sheet: &mut Rows, columns: &[usize], change: &[Cell]) -> Result<(), String> {
    let Some((Cell::Text(key), cells)) = change.split_first() else {
        return Err("a changed row begins with the text of its first column".to_owned());
    };
    let find = |sheet: &Rows, key: &str| {
        let cell = Cell::Text(key.to_owned());
        let row = sheet
            .iter()
            .position(|row| row.get(columns[0]) == Some(&cell));
        row.ok_or_else(|| format!("no row begins with `{key}`"))
    };
    let row = if let Some(key) = key.strip_prefix("- ") {
        let row = find(sheet, key)?;
        sheet.remove(row);
        return Ok(());
    } else if let Some(key) = key.strip_prefix("+ ") {
        let mut row = vec![Cell::Blank; columns[0] + 1];
        row[columns[0]] = Cell::Text(key.to_owned());
        sheet.push(row);
        sheet.len() - 1
    } else {
        find(sheet, key)?
    };
    for (cell, column) in cells.iter().zip(&columns[1..]) {
        let row = &mut sheet[row];
        row.resize(row.len().max(column + 1), Cell::Blank);
        match cell {
            Cell::Blank => {}
            cell => row[*column] = cell.clone(),
        }
    }
    Ok(())
}
