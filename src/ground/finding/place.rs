//! Where a value stands: file, sheet and cell.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What a template's name ends with: a place in one is a line and a character, not a cell.
const TEXTS: [&str; 4] = [".html", ".js", ".md", ".txt"];

/// A place in the worksheets, or in a template. It travels with every value from the reader to the printed page.
///
/// Rows and columns count from zero, as in the files; [`fmt::Display`] prints them as people read them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the worksheets folder, with `/`.
    pub path: Arc<str>,
    /// The sheet; `None` for a whole file and for CSV, which has no sheets.
    pub sheet: Option<Arc<str>>,
    /// The row, from zero; `None` for a whole sheet.
    pub row: Option<u32>,
    /// The column, from zero; `None` where a row has no cell to point at.
    pub column: Option<u32>,
}

impl Place {
    /// A whole file.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            sheet: None,
            row: None,
            column: None,
        }
    }

    /// The same file, this sheet.
    #[must_use]
    pub fn sheet(mut self, sheet: impl Into<Arc<str>>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// The same sheet, this whole row.
    #[must_use]
    pub fn row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self.column = None;
        self
    }

    /// The same sheet, this cell.
    #[must_use]
    pub fn cell(mut self, row: u32, column: u32) -> Self {
        self.row = Some(row);
        self.column = Some(column);
        self
    }

    /// The cell in A1 notation, or `row 3` where only the row is known; in a template `line 3, column 7`.
    pub fn address(&self) -> Option<String> {
        match (self.row, self.column) {
            (Some(line), None) if self.is_text() => Some(format!("line {}", u64::from(line) + 1)),
            (Some(line), Some(column)) if self.is_text() => Some(format!(
                "line {}, column {}",
                u64::from(line) + 1,
                u64::from(column) + 1
            )),
            (Some(row), Some(column)) => {
                Some(format!("{}{}", column_letters(column), u64::from(row) + 1))
            }
            (Some(row), None) => Some(format!("row {}", u64::from(row) + 1)),
            _ => None,
        }
    }

    fn is_text(&self) -> bool {
        TEXTS.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The same row, whatever the column: what a packet remembers of the rows it used.
    #[must_use]
    pub fn whole_row(&self) -> Self {
        Self {
            column: None,
            ..self.clone()
        }
    }

    /// The whole sheet; for CSV, the file.
    #[must_use]
    pub fn whole_sheet(&self) -> Self {
        Self {
            row: None,
            column: None,
            ..self.clone()
        }
    }

    /// Whether the other place is this one, or a cell of this row or sheet.
    pub fn holds(&self, other: &Self) -> bool {
        fn fits<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
            own.is_none() || own == other
        }
        self.path == other.path
            && fits(self.sheet.as_ref(), other.sheet.as_ref())
            && fits(self.row.as_ref(), other.row.as_ref())
            && fits(self.column.as_ref(), other.column.as_ref())
    }

    /// The compact form of one-line messages: `pools.xlsx:Pools!D3`, `layout/brand.html:3:7`.
    pub fn short(&self) -> String {
        let address = match (self.row, self.column) {
            (Some(row), None) => Some((u64::from(row) + 1).to_string()),
            (Some(line), Some(column)) if self.is_text() => {
                Some(format!("{}:{}", u64::from(line) + 1, u64::from(column) + 1))
            }
            _ => self.address(),
        };
        match (&self.sheet, address) {
            (Some(sheet), Some(address)) => format!("{}:{sheet}!{address}", self.path),
            (Some(sheet), None) => format!("{}:{sheet}", self.path),
            (None, Some(address)) => format!("{}:{address}", self.path),
            (None, None) => self.path.to_string(),
        }
    }
}

impl fmt::Display for Place {
    /// `pools.xlsx, sheet Pools, cell D3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet {sheet}")?;
        }
        match (self.address(), self.column) {
            (Some(cell), Some(_)) if !self.is_text() => write!(f, ", cell {cell}"),
            (Some(other), _) => write!(f, ", {other}"),
            (None, _) => Ok(()),
        }
    }
}

/// A column's letters: 0 is `A`, 25 is `Z`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        rest /= 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_carry_over_like_a_spreadsheet() {
        let cases = [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (702, "AAA"),
            (16_383, "XFD"),
        ];
        for (column, letters) in cases {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn a_place_prints_long_and_short() {
        let cell = Place::file("pools.xlsx").sheet("Pools").cell(2, 3);
        assert_eq!(cell.to_string(), "pools.xlsx, sheet Pools, cell D3");
        assert_eq!(cell.short(), "pools.xlsx:Pools!D3");
        assert_eq!(Place::file("p.csv").row(2).to_string(), "p.csv, row 3");
        assert_eq!(Place::file("p.csv").cell(2, 3).short(), "p.csv:D3");
    }
}
