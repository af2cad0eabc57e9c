//! What parent and child say to each other: the file's name and bytes one way, JSON the other way.
//!
//! The types here are views: the model itself is not serialised. Numbers travel as their bits, so that they
//! arrive exactly as they were read.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::{Code, Finding, Place};
use crate::workbook::{Layout, RawValue, Read, Region, Sheet};

/// The length of the name, the name, the file.
pub(super) fn question(name: &str, bytes: &[u8]) -> Vec<u8> {
    let length = (name.len() as u64).to_le_bytes();
    [length.as_slice(), name.as_bytes(), bytes].concat()
}

/// The reverse of [`question`].
pub(super) fn parse_question(question: &[u8]) -> Option<(Arc<str>, &[u8])> {
    let (length, rest) = question.split_first_chunk()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (name, bytes) = rest.split_at_checked(length)?;
    Some((Arc::from(std::str::from_utf8(name).ok()?), bytes))
}

/// Writes what was read.
pub(super) fn answer(read: &Read, output: impl Write) -> io::Result<()> {
    let view = ReadView {
        sheets: read.sheets.iter().map(SheetView::of).collect(),
        findings: read.findings.iter().map(FindingView::of).collect(),
    };
    serde_json::to_writer(output, &view).map_err(io::Error::from)
}

/// The reverse of [`answer`]; `None` if it is not whole.
pub(super) fn parse_answer(answer: &[u8], name: &Arc<str>) -> Option<Read> {
    let view: ReadView = serde_json::from_slice(answer).ok()?;
    let file = Place::file(Arc::clone(name));
    let sheets = view.sheets.into_iter().map(|sheet| sheet.sheet(&file));
    let findings = view
        .findings
        .into_iter()
        .map(|finding| finding.finding(&file));
    Some(Read {
        sheets: sheets.collect::<Option<_>>()?,
        findings: findings.collect::<Option<_>>()?,
    })
}

#[derive(Serialize, Deserialize)]
struct ReadView {
    sheets: Vec<SheetView>,
    findings: Vec<FindingView>,
}

/// A sheet in a form that can be kept, with the file it stands in.
#[derive(Serialize, Deserialize)]
pub struct KeptSheet {
    file: Arc<str>,
    sheet: SheetView,
}

impl KeptSheet {
    /// The form of a sheet.
    pub fn of(sheet: &Sheet) -> Self {
        let mut view = SheetView::of(sheet);
        // What comments say is read by nobody later, and may be anything.
        for (_, text) in &mut view.comments {
            text.clear();
        }
        Self {
            file: Arc::clone(&sheet.place.path),
            sheet: view,
        }
    }

    /// Its file and its name; CSV has none.
    pub fn names(&self) -> (&str, Option<&str>) {
        (&self.file, self.sheet.name.as_deref())
    }

    /// The sheet as it was read; `None` if the form is not whole.
    pub fn sheet(self) -> Option<Sheet> {
        self.sheet.sheet(&Place::file(self.file))
    }
}

#[derive(Serialize, Deserialize)]
struct SheetView {
    name: Option<Arc<str>>,
    hidden: bool,
    merged: Vec<[u32; 4]>,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u32>,
    struck: Vec<(u32, u32)>,
    comments: Vec<((u32, u32), String)>,
    totals: Vec<u32>,
    boxes: Vec<String>,
    margins: Vec<String>,
    is_untold: bool,
    rows: Vec<(u32, Vec<(u32, ValueView)>)>,
}

#[derive(Serialize, Deserialize)]
enum ValueView {
    #[serde(rename = "t")]
    Text(String),
    #[serde(rename = "n")]
    Number(u64),
    #[serde(rename = "b")]
    Bool(bool),
    #[serde(rename = "d")]
    Date(String),
    #[serde(rename = "e")]
    Error(String),
    #[serde(rename = "u")]
    Uncached(String),
    #[serde(rename = "f")]
    Formatted(u64, String),
    #[serde(rename = "r")]
    Renewing(String, Box<ValueView>),
    #[serde(rename = "s")]
    PartlyStruck(String, String),
}

#[derive(Serialize, Deserialize)]
struct FindingView {
    code: String,
    message: String,
    help: Option<String>,
    sheet: Option<Arc<str>>,
    row: Option<u32>,
    column: Option<u32>,
}

impl SheetView {
    fn of(sheet: &Sheet) -> Self {
        let layout = &sheet.layout;
        let merged = layout.merged.iter().map(|region| {
            let Region { first, last } = region;
            [first.0, first.1, last.0, last.1]
        });
        let rows = sheet.rows.iter().map(|(row, cells)| {
            let cells = cells
                .iter()
                .map(|(column, value)| (*column, ValueView::of(value)));
            (*row, cells.collect())
        });
        Self {
            name: sheet.place.in_sheet().map(Arc::from),
            hidden: sheet.hidden,
            merged: merged.collect(),
            hidden_rows: layout.hidden_rows.iter().copied().collect(),
            hidden_columns: layout.hidden_columns.iter().copied().collect(),
            struck: layout.struck.iter().copied().collect(),
            comments: layout.comments.clone().into_iter().collect(),
            totals: layout.totals.iter().copied().collect(),
            boxes: layout.boxes.clone(),
            margins: layout.margins.clone(),
            is_untold: layout.is_untold,
            rows: rows.collect(),
        }
    }

    fn sheet(self, file: &Place) -> Option<Sheet> {
        let place = match self.name {
            Some(name) => file.clone().sheet(name),
            None => file.clone(),
        };
        let mut sheet = Sheet::new(place);
        sheet.hidden = self.hidden;
        sheet.layout = Layout {
            merged: self.merged.into_iter().map(region).collect(),
            hidden_rows: self.hidden_rows.into_iter().collect(),
            hidden_columns: self.hidden_columns.into_iter().collect(),
            struck: self.struck.into_iter().collect(),
            comments: self.comments.into_iter().collect(),
            totals: self.totals.into_iter().collect(),
            boxes: self.boxes,
            margins: self.margins,
            is_untold: self.is_untold,
            // Text is read without a child process, and rows that do not fit are gone before a sheet is kept.
            records: None,
        };
        for (row, cells) in self.rows {
            let cells = cells
                .into_iter()
                .map(|(column, view)| Some((column, view.value()?)));
            sheet
                .rows
                .insert(row, cells.collect::<Option<BTreeMap<_, _>>>()?);
        }
        Some(sheet)
    }
}

fn region([top, left, bottom, right]: [u32; 4]) -> Region {
    Region {
        first: (top, left),
        last: (bottom, right),
    }
}

impl ValueView {
    fn of(value: &RawValue) -> Self {
        match value {
            RawValue::Text(text) => Self::Text(text.clone()),
            RawValue::Number(number) => Self::Number(number.to_bits()),
            RawValue::Bool(truth) => Self::Bool(*truth),
            RawValue::Date(moment) => Self::Date(moment.to_string()),
            RawValue::Error(text) => Self::Error(text.clone()),
            RawValue::Uncached(text) => Self::Uncached(text.clone()),
            RawValue::Formatted(number, shown) => Self::Formatted(number.to_bits(), shown.clone()),
            RawValue::Renewing { formula, result } => {
                Self::Renewing(formula.clone(), Box::new(Self::of(result)))
            }
            RawValue::PartlyStruck { text, rest } => Self::PartlyStruck(text.clone(), rest.clone()),
        }
    }

    fn value(self) -> Option<RawValue> {
        Some(match self {
            Self::Text(text) => RawValue::Text(text),
            Self::Number(bits) => RawValue::Number(f64::from_bits(bits)),
            Self::Bool(truth) => RawValue::Bool(truth),
            Self::Date(text) => RawValue::Date(text.parse().ok()?),
            Self::Error(text) => RawValue::Error(text),
            Self::Uncached(text) => RawValue::Uncached(text),
            Self::Formatted(bits, shown) => RawValue::Formatted(f64::from_bits(bits), shown),
            Self::Renewing(formula, result) => RawValue::Renewing {
                formula,
                result: Box::new(result.value()?),
            },
            Self::PartlyStruck(text, rest) => RawValue::PartlyStruck { text, rest },
        })
    }
}

impl FindingView {
    fn of(finding: &Finding) -> Self {
        let place = finding.place.as_ref();
        Self {
            code: finding.code.to_string(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            sheet: place.and_then(|place| place.in_sheet().map(Arc::from)),
            row: place.and_then(Place::at_row),
            column: place.and_then(Place::at_column),
        }
    }

    fn finding(self, file: &Place) -> Option<Finding> {
        let path = Arc::clone(&file.path);
        let place = Place::grid(path, self.sheet, self.row, self.column);
        let finding = Finding::new(Code::parse(&self.code)?, self.message);
        Some(finding.at(&place).help_if(self.help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_was_read_arrives_as_it_was() {
        let name: Arc<str> = Arc::from("a b/ü.xlsx");
        let mut sheet = Sheet::new(Place::file(Arc::clone(&name)).sheet("S"));
        sheet.hidden = true;
        sheet.layout.merged = vec![region([0, 0, 0, 5])];
        sheet.layout.hidden_rows = [3].into();
        sheet.layout.hidden_columns = [1].into();
        sheet.layout.struck = [(7, 0)].into();
        sheet.layout.comments = [((7, 1), "see below".to_owned())].into();
        sheet.layout.totals = [9].into();
        sheet.layout.boxes = vec!["moved".into()];
        sheet.layout.margins = vec!["DRAFT".into()];
        sheet.layout.is_untold = true;
        let values = [
            RawValue::Text("\u{a0}\u{0}x\n".into()),
            RawValue::Number(0.1 + 0.2),
            RawValue::Bool(true),
            RawValue::Date(date(2014, 5, 1).at(12, 0, 0, 0)),
            RawValue::Error("#REF!".into()),
            RawValue::Uncached("A1".into()),
            RawValue::Formatted(12.0, "Rack 012".into()),
            RawValue::Renewing {
                formula: "TODAY()".into(),
                result: Box::new(RawValue::Date(date(2014, 5, 1).at(0, 0, 0, 0))),
            },
            RawValue::PartlyStruck {
                text: "a b".into(),
                rest: "b".into(),
            },
        ];
        sheet.rows.insert(7, (0..).zip(values).collect());
        let finding = Finding::new(Code::OversizedSheet, "m")
            .at(&sheet.place)
            .help("h");
        let read = Read {
            sheets: vec![sheet],
            findings: vec![finding],
        };
        let mut bytes = Vec::new();
        answer(&read, &mut bytes).unwrap();
        let arrived = parse_answer(&bytes, &name).unwrap();
        assert_eq!(format!("{arrived:?}"), format!("{read:?}"));
        assert!(parse_answer(&bytes[..bytes.len() - 1], &name).is_none());
    }

    #[test]
    fn a_question_splits_into_name_and_file() {
        let asked = question("ü.xlsx", b"PK");
        let (name, bytes) = parse_question(&asked).unwrap();
        assert_eq!((&*name, bytes), ("ü.xlsx", b"PK".as_slice()));
        assert!(parse_question(&asked[..9]).is_none());
    }
}
