//! Where a value stands: file, sheet and cell; in a text, the line.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in the worksheets, or in a text such as a template. It travels with every value from the reader to the
/// printed page.
///
/// Rows, columns and lines count from zero, as in the files; [`fmt::Display`] prints them as people read them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to its folder (of worksheets, of templates), with `/`.
    pub path: Arc<str>,
    spot: Spot,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Spot {
    /// The whole of it; for CSV, which has no sheets, also the whole sheet.
    File,
    /// A sheet, or a row or cell of it. CSV has rows and cells without a sheet.
    Grid {
        sheet: Option<Arc<str>>,
        row: Option<u32>,
        column: Option<u32>,
    },
    /// A line of a text, or a character of it.
    Line { line: u32, character: Option<u32> },
    /// An element of a document that has neither cells nor lines of its own, by what people find it by.
    Element { name: Arc<str> },
}

impl Place {
    /// A whole file.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            spot: Spot::File,
        }
    }

    /// A sheet, row or cell, of which some may not be known.
    pub fn grid(
        path: impl Into<Arc<str>>,
        sheet: Option<Arc<str>>,
        row: Option<u32>,
        column: Option<u32>,
    ) -> Self {
        let spot = match (&sheet, row, column) {
            (None, None, None) => Spot::File,
            _ => Spot::Grid { sheet, row, column },
        };
        Self {
            path: path.into(),
            spot,
        }
    }

    /// The same place in a file called otherwise.
    #[must_use]
    pub fn in_file(&self, path: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            spot: self.spot.clone(),
        }
    }

    /// The same file, this sheet.
    #[must_use]
    pub fn sheet(self, sheet: impl Into<Arc<str>>) -> Self {
        let (row, column) = (self.at_row(), self.at_column());
        Self::grid(self.path, Some(sheet.into()), row, column)
    }

    /// The same sheet, this whole row.
    #[must_use]
    pub fn row(self, row: u32) -> Self {
        let sheet = self.in_sheet().map(Arc::from);
        Self::grid(self.path, sheet, Some(row), None)
    }

    /// The same sheet, this cell.
    #[must_use]
    pub fn cell(self, row: u32, column: u32) -> Self {
        let sheet = self.in_sheet().map(Arc::from);
        Self::grid(self.path, sheet, Some(row), Some(column))
    }

    /// The same document, this element: `Cluster 1:2`.
    #[must_use]
    pub fn element(mut self, name: impl Into<Arc<str>>) -> Self {
        self.spot = Spot::Element { name: name.into() };
        self
    }

    /// The element; `None` for everything that people type into.
    pub fn in_element(&self) -> Option<&str> {
        match &self.spot {
            Spot::Element { name } => Some(name),
            _ => None,
        }
    }

    /// The same text, this line.
    #[must_use]
    pub fn line(mut self, line: u32) -> Self {
        let character = None;
        self.spot = Spot::Line { line, character };
        self
    }

    /// The same text, this character of a line.
    #[must_use]
    pub fn character(mut self, line: u32, character: u32) -> Self {
        let character = Some(character);
        self.spot = Spot::Line { line, character };
        self
    }

    /// The sheet; `None` for a whole file, in a text, and for CSV, which has no sheets.
    pub fn in_sheet(&self) -> Option<&str> {
        match &self.spot {
            Spot::Grid { sheet, .. } => sheet.as_deref(),
            Spot::File | Spot::Line { .. } | Spot::Element { .. } => None,
        }
    }

    /// The row, from zero; `None` for a whole sheet and in a text.
    pub fn at_row(&self) -> Option<u32> {
        match self.spot {
            Spot::Grid { row, .. } => row,
            Spot::File | Spot::Line { .. } | Spot::Element { .. } => None,
        }
    }

    /// The column, from zero; `None` where a row has no cell to point at.
    pub fn at_column(&self) -> Option<u32> {
        match self.spot {
            Spot::Grid { column, .. } => column,
            Spot::File | Spot::Line { .. } | Spot::Element { .. } => None,
        }
    }

    /// The cell in A1 notation, or `row 3` where only the row is known; in a text `line 3, column 7`.
    pub fn address(&self) -> Option<String> {
        match &self.spot {
            Spot::Line { line, character } => {
                let line = format!("line {}", number(*line));
                Some(match character {
                    Some(character) => format!("{line}, column {}", number(*character)),
                    None => line,
                })
            }
            Spot::Grid { row, column, .. } => Some(match ((*row)?, *column) {
                (row, Some(column)) => format!("{}{}", column_letters(column), number(row)),
                (row, None) => format!("row {}", number(row)),
            }),
            Spot::Element { name } => Some(name.to_string()),
            Spot::File => None,
        }
    }

    /// The same row, whatever the column: what a packet remembers of the rows it used.
    #[must_use]
    pub fn whole_row(&self) -> Self {
        self.without(|it| (it.0, it.1, None))
    }

    /// The whole sheet; for CSV, the file.
    #[must_use]
    pub fn whole_sheet(&self) -> Self {
        self.without(|it| (it.0, None, None))
    }

    /// A place in a worksheet with less said of it.
    fn without(&self, less: impl Fn(InGrid) -> InGrid) -> Self {
        match &self.spot {
            Spot::Grid { sheet, row, column } => {
                let (sheet, row, column) = less((sheet.clone(), *row, *column));
                Self::grid(Arc::clone(&self.path), sheet, row, column)
            }
            Spot::File | Spot::Line { .. } | Spot::Element { .. } => self.clone(),
        }
    }

    /// Whether the other place is this one, or a cell of this row or sheet.
    pub fn holds(&self, other: &Self) -> bool {
        fn fits<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
            own.is_none() || own == other
        }
        self.path == other.path
            && match (&self.spot, &other.spot) {
                (Spot::File, _) => true,
                (Spot::Grid { sheet, row, column }, Spot::Grid { .. }) => {
                    fits(sheet.as_deref().as_ref(), other.in_sheet().as_ref())
                        && fits(row.as_ref(), other.at_row().as_ref())
                        && fits(column.as_ref(), other.at_column().as_ref())
                }
                (own, other) => own == other,
            }
    }

    /// The compact form of one-line messages: `pools.xlsx:Pools!D3`, `layout/brand.html:3:7`.
    pub fn short(&self) -> String {
        let path = &self.path;
        let (sheet, address) = match &self.spot {
            Spot::Element { .. } => return self.to_string(),
            Spot::File => (None, None),
            Spot::Line { line, character } => {
                let character = character.map(|it| format!(":{}", number(it)));
                let line = format!("{}{}", number(*line), character.unwrap_or_default());
                (None, Some(line))
            }
            Spot::Grid { sheet, row, column } => {
                let row_alone = row.filter(|_| column.is_none());
                let address = row_alone.map(|row| number(row).to_string());
                (sheet.as_deref(), address.or_else(|| self.address()))
            }
        };
        match (sheet, address) {
            (Some(sheet), Some(address)) => format!("{path}:{sheet}!{address}"),
            (Some(sheet), None) => format!("{path}:{sheet}"),
            (None, Some(address)) => format!("{path}:{address}"),
            (None, None) => path.to_string(),
        }
    }

    /// In the order people read: file, sheet, row, cell.
    fn order(&self) -> (&str, Option<&str>, bool, Option<u32>, Option<u32>) {
        let (is_text, row, column) = match self.spot {
            Spot::Line { line, character } => (true, Some(line), character),
            Spot::Element { .. } => (true, None, None),
            Spot::File | Spot::Grid { .. } => (false, self.at_row(), self.at_column()),
        };
        let within = self.in_sheet().or_else(|| self.in_element());
        (&self.path, within, is_text, row, column)
    }
}

/// What may be known of a place in a worksheet: sheet, row, column.
type InGrid = (Option<Arc<str>>, Option<u32>, Option<u32>);

/// A row, a line or a character as people count them.
fn number(index: u32) -> u64 {
    u64::from(index) + 1
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Place {
    /// `pools.xlsx, sheet Pools, cell D3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(element) = self.in_element() {
            return write!(f, ": {element}");
        }
        if let Some(sheet) = self.in_sheet() {
            write!(f, ", sheet {sheet}")?;
        }
        match (self.address(), self.at_column()) {
            (Some(cell), Some(_)) => write!(f, ", cell {cell}"),
            (Some(other), None) => write!(f, ", {other}"),
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
    fn a_row_holds_its_cells_and_a_file_everything() {
        let sheet = Place::file("pools.xlsx").sheet("Pools");
        let cell = sheet.clone().cell(2, 3);
        for holder in [&Place::file("pools.xlsx"), &sheet, &cell.whole_row(), &cell] {
            assert!(holder.holds(&cell), "{holder}");
        }
        assert!(!sheet.clone().row(3).holds(&cell));
        assert!(!cell.holds(&sheet));
        assert_eq!(cell.whole_sheet(), sheet);
        assert_eq!(
            Place::file("p.csv").row(2).whole_sheet(),
            Place::file("p.csv")
        );
    }

    #[test]
    fn a_place_prints_long_and_short() {
        let cell = Place::file("pools.xlsx").sheet("Pools").cell(2, 3);
        assert_eq!(cell.to_string(), "pools.xlsx, sheet Pools, cell D3");
        assert_eq!(cell.short(), "pools.xlsx:Pools!D3");
        assert_eq!(Place::file("p.csv").row(2).to_string(), "p.csv, row 3");
        assert_eq!(Place::file("p.csv").cell(2, 3).short(), "p.csv:D3");
        let line = Place::file("decision-table.toml").line(2);
        assert_eq!(line.to_string(), "decision-table.toml, line 3");
        assert_eq!(line.short(), "decision-table.toml:3");
        let element = Place::file("topology.xml").element("Cluster 1:2");
        assert_eq!(element.to_string(), "topology.xml: Cluster 1:2");
        assert_eq!(element.short(), "topology.xml: Cluster 1:2");
        assert_eq!(element.whole_row(), element);
        assert_eq!(Place::file("a.md").character(2, 6).short(), "a.md:3:7");
    }
}
