//! Workbooks: bytes in, raw cells out, each with its address. The only place that knows calamine and csv.
//!
//! Entry point: [`read`].
//!
//! 1. `sniff` looks at the bytes, never at the name, and says what they are
//! 2. the reader of that format (`xlsx`, `xlsb`, `xls`, `ods`, `csv`) fills sheets, within the
//!    bounds of [`limits`]
//! 3. `merge` lets the value of a merged region count for every row it covers
//! 4. `reserved` takes out the characters that this program keeps for itself
//!
//! Bad bytes cost at most themselves: a file or sheet that cannot be read is one finding.

mod archive;
mod biff;
mod cell;
mod csv;
pub mod limits;
mod merge;
mod ods;
mod ole;
mod own;
mod protected;
pub mod quiet;
mod renewing;
mod report;
mod reserved;
mod shown;
mod sniff;
mod struck;
pub mod tree;
mod trouble;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::DateTime;

use crate::finding::{Code, Finding, Place};

pub use own::MARK;

use report::Report;
use sniff::Content;
use trouble::Trouble;

/// What was read from one file.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The sheets, in the order of the workbook.
    pub sheets: Vec<Sheet>,
    /// What could not be read, and what was guessed.
    pub findings: Vec<Finding>,
}

/// One sheet as it stands in the file, nothing interpreted yet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// File and sheet name (no sheet for CSV).
    pub place: Place,
    /// Whether the sheet is hidden in the workbook.
    pub hidden: bool,
    /// The cells that hold anything: row, then column, both from zero and absolute.
    ///
    /// A cell that a merged region covers holds the region's value where its row holds something of its
    /// own; [`Layout::merged`] tells such cells apart.
    pub rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
    /// What the sheet says beyond its values.
    pub layout: Layout,
}

impl Sheet {
    /// An empty visible sheet.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            hidden: false,
            rows: BTreeMap::new(),
            layout: Layout::default(),
        }
    }

    /// The value of a cell; `None` where it is blank.
    pub fn value(&self, row: u32, column: u32) -> Option<&RawValue> {
        self.rows.get(&row)?.get(&column)
    }
}

/// What a sheet says beyond its values, as far as the format and its reader tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The merged regions, in order (not known for `.xlsb`).
    pub merged: Vec<Region>,
    /// Rows the sheet hides (not known for `.xlsb`).
    pub hidden_rows: BTreeSet<u32>,
    /// Columns the sheet hides (not known for `.xlsb`).
    pub hidden_columns: BTreeSet<u32>,
    /// Cells whose whole text is struck out, by row and column (not known for `.xlsb`).
    pub struck: BTreeSet<(u32, u32)>,
    /// The comments, by row and column; their texts are known for `.xlsx` only (nothing is known for `.xlsb`).
    pub comments: BTreeMap<(u32, u32), String>,
    /// Rows the sheet marks as the totals of a table (known for `.xlsx` only).
    pub totals: BTreeSet<u32>,
    /// The texts of its text boxes and other shapes (known for `.xlsx` and `.ods`).
    pub boxes: Vec<String>,
    /// The texts above and below its printed pages (known for `.xlsx` only).
    pub margins: Vec<String>,
    /// Whether the format and its reader tell nothing of all this.
    pub is_untold: bool,
    /// How the rows of separated text were written; `None` for sheets with a grid of their own.
    pub records: Option<Records>,
}

/// How the rows of separated text (CSV) were written. Only counting tells whether a cell stands in its column: one
/// separator or quotation mark too many or too few, and all that follows is another column's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// What stands between the cells.
    pub separator: char,
    /// How many cells each row has, blank ones included.
    pub widths: BTreeMap<u32, u32>,
    /// The row in which a quotation mark opens that never closes.
    pub unclosed: Option<u32>,
    /// Rows with a cell that ends with a quotation mark which nothing opened, and the cell's column.
    pub stray: BTreeMap<u32, u32>,
    /// The encoding the text was read in, where that was a guess that may be wrong.
    pub unsafe_guess: Option<String>,
}

impl Layout {
    /// The merged region a cell belongs to.
    pub fn region(&self, row: u32, column: u32) -> Option<&Region> {
        self.merged
            .iter()
            .find(|region| region.contains(row, column))
    }
}

/// A merged region; rows and columns from zero, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// Row and column of the first cell, the one that holds the value.
    pub first: (u32, u32),
    /// Row and column of the last cell.
    pub last: (u32, u32),
}

impl Region {
    /// Whether the cell lies in the region.
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.first.0..=self.last.0).contains(&row)
            && (self.first.1..=self.last.1).contains(&column)
    }

    /// Whether the region spans several columns, as titles do.
    pub fn is_wide(&self) -> bool {
        self.last.1 > self.first.1
    }
}

/// A cell's value as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// Text, as stored.
    Text(String),
    /// A number, never a date.
    Number(f64),
    /// A number that its format shows otherwise than it is stored, with what is shown: `Rack 012` for 12.
    Formatted(f64, String),
    /// A truth value.
    Bool(bool),
    /// A date, or a date and time, by the cell's own format.
    Date(DateTime),
    /// An error value such as `#REF!`; or a text with a byte that is no character, which `U+FFFD` stands for.
    Error(String),
    /// A formula whose result the file does not hold; the formula's text.
    Uncached(String),
    /// What a formula gave that gives something else another day, such as `TODAY()`.
    Renewing {
        /// The formula's text.
        formula: String,
        /// What it gave when the file was saved.
        result: Box<RawValue>,
    },
    /// Text of which a part is struck out.
    PartlyStruck {
        /// The whole text, struck out or not.
        text: String,
        /// The text without what is struck out.
        rest: String,
    },
}

impl RawValue {
    /// The text of a cell that holds one, whether it is all true or not.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Error(text) | Self::PartlyStruck { text, .. } => Some(text),
            Self::Renewing { result, .. } => result.as_text(),
            _ => None,
        }
    }
}

/// Reads one file, whatever its name says it is.
///
/// A file that cannot be read yields no sheets and exactly one finding. A panic in a format's library is
/// caught and counts as such a file; for libraries that abort or never return see
/// [`contained`](crate::contained).
pub fn read(source: &Arc<str>, bytes: &[u8]) -> Read {
    let mut report = Report::new(source);
    let outcome = quiet::catch(|| read_into(&mut report, bytes)).unwrap_or_else(|| {
        Err(Trouble::unreadable(
            "the workbook is damaged, or holds something its reader does not know",
        ))
    });
    let mut read = match outcome {
        Ok(()) => or_nothing(source, report.finish()),
        Err(trouble) => Read {
            sheets: Vec::new(),
            findings: vec![trouble.at(&Place::file(Arc::clone(source)))],
        },
    };
    reserved::replace(&mut read);
    read
}

/// A workbook of charts alone, or of nothing, is mentioned too: a file must not vanish without a word.
fn or_nothing(source: &Arc<str>, mut read: Read) -> Read {
    if read.sheets.is_empty() && read.findings.is_empty() {
        let finding = Finding::new(Code::UnknownSheet, "the workbook holds no worksheet");
        let finding = finding
            .at(&Place::file(Arc::clone(source)))
            .help("take it out of the folder, or save the worksheet it should hold");
        read.findings.push(finding);
    }
    read
}

/// Whether these bytes are worth the cost of a child process: anything but plain text, whose reader is
/// bounded by its input.
pub fn wants_containment(bytes: &[u8]) -> bool {
    sniff::is_container(bytes)
}

fn read_into(report: &mut Report, bytes: &[u8]) -> Result<(), Trouble> {
    let unlocked = ole::unlocked(bytes);
    let bytes = unlocked.as_deref().unwrap_or(bytes);
    let content = sniff::sniff(bytes)?;
    report.compare_name(&content);
    if sniff::is_container(bytes) {
        own::tell(report, bytes);
    }
    match content {
        Content::Xlsx(archive) => xlsx::read(report, bytes, archive),
        Content::Xlsb => xlsb::read(report, bytes),
        Content::Ods(archive) => ods::read(report, archive),
        Content::Xls(stream) => xls::read(report, stream),
        Content::Text => csv::read(report, bytes),
    }
}
