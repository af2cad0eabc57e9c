//! Worksheets as files: CSV by hand, so that a separator or a quotation mark can go missing; workbooks by a library.

use rust_xlsxwriter::Workbook;

use crate::estate::Table;

/// How worksheets are saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A file in the worksheets folder.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl File {
    /// A sheet as a file of its own.
    pub fn of(table: &Table, format: Format) -> Self {
        let bytes = match format {
            Format::Csv => {
                let rows = table
                    .rows
                    .iter()
                    .map(|row| line(row.iter().map(|it| quoted(it))));
                rows.collect::<String>().into_bytes()
            }
            Format::Xlsx => xlsx(table),
        };
        Self {
            name: format!("{}.{}", table.name, format.extension()),
            bytes,
        }
    }

    /// A sheet as CSV in which one row is written by hand.
    pub fn with_line(table: &Table, row: usize, line_of_row: &str) -> Self {
        let rows = table.rows.iter().enumerate().map(|(index, cells)| {
            if index == row {
                line_of_row.to_owned()
            } else {
                line(cells.iter().map(|it| quoted(it)))
            }
        });
        Self {
            name: format!("{}.csv", table.name),
            bytes: rows.collect::<String>().into_bytes(),
        }
    }

    /// The same as the desktop copies it.
    pub fn copied(self) -> Self {
        let (stem, extension) = self.name.rsplit_once('.').unwrap_or((&self.name, ""));
        Self {
            name: format!("{stem} - Copy.{extension}"),
            bytes: self.bytes,
        }
    }
}

/// A cell as CSV, in quotation marks only where it must be.
pub fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        within_quotes(cell)
    } else {
        cell.to_owned()
    }
}

/// A cell as CSV, in quotation marks whether it must be or not.
pub fn within_quotes(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Cells as a line of CSV.
pub fn line(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

/// All cells are text, as in a sheet whose columns were formatted so.
fn xlsx(table: &Table) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(table.name).expect("a name");
    for (row, cells) in (0..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}
