//! Reads `.xlsx` and `.xlsm` workbooks, cell by cell.
//!
//! 1. [`mend`] puts right what the library would stumble over
//! 2. the library opens the workbook and streams each sheet's cells ([`fill`])
//! 3. [`parts`] finds the XML behind each sheet, and [`layout`], [`styles`], [`rich`] and [`beside`] what the library
//!    does not tell: merged regions, hidden rows and columns, struck-out text, how numbers are shown, comments, and
//!    where the cells are that it refuses

mod attribute;
mod beside;
mod layout;
mod mend;
mod parts;
mod rich;
mod styles;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata,
    expand_shared_formula,
};

use super::archive::Archive;
use super::limits::MAX_SHEETS;
use super::report::{Filling, Report};
use super::trouble::Trouble;
use super::{Layout, RawValue, cell, quiet, renewing, struck, xml};
use layout::Known;
use parts::Parts;
use rich::RichStrings;
use styles::Styles;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Odd cells of a sheet that are reported one by one; a sheet with more is damaged.
const MOST_ODD_CELLS: usize = 1_000;

/// Reads every worksheet of the workbook, whose parts are put right first where the library needs it.
pub(super) fn read(
    report: &mut Report,
    bytes: &[u8],
    mut archive: Archive<'_>,
) -> Result<(), Trouble> {
    match mend::mend(&mut archive) {
        Some(mended) => read_mended(report, &mended, Archive::open(&mended)?),
        None => read_mended(report, bytes, archive),
    }
}

fn read_mended(report: &mut Report, bytes: &[u8], mut archive: Archive<'_>) -> Result<(), Trouble> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Trouble::protected(),
        error => Trouble::damaged(&error),
    })?;
    let sheets = book.sheets_metadata().to_vec();
    if sheets.len() > MAX_SHEETS {
        return Err(Trouble::too_many_sheets(sheets.len()));
    }
    let parts = Parts::of(&mut archive);
    let looks = Looks::of(&parts, &mut archive);
    for sheet in sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
    {
        let place = report.file().sheet(sheet.name.as_str());
        let mut filling = report.begin(place, sheet.visible != SheetVisible::Visible);
        let name = parts.sheets.get(&sheet.name);
        let part = name.and_then(|name| archive.part(name));
        // The reader can fail on one sheet and still read the next.
        let filled = quiet::catch(|| fill(&mut book, &sheet.name, &mut filling));
        match filled.unwrap_or_else(|| Err(Trouble::sheet(&"its XML is malformed").into())) {
            Err(Stop::NotAWorksheet) => {}
            Err(Stop::Trouble(trouble)) => report.end(filling, Err(trouble)),
            Ok(odd) => {
                let mut outcome = look_again(part.as_deref(), &odd, &looks, &mut filling);
                if let (Ok(layout), Some(name)) = (&mut outcome, name) {
                    beside::survey(&mut archive, name, layout);
                }
                report.end(filling, outcome);
            }
        }
    }
    Ok(())
}

/// How cells of the workbook look, as far as it changes what they say.
struct Looks {
    styles: Styles,
    strings: RichStrings,
}

impl Looks {
    fn of(parts: &Parts, archive: &mut Archive<'_>) -> Self {
        let styles = parts.styles.as_ref().and_then(|part| archive.part(part));
        let styles = styles.as_deref().map(xml::decode).unwrap_or_default();
        let strings = parts.strings.as_deref();
        Self {
            styles: Styles::read(&styles),
            strings: strings.map_or_else(RichStrings::new, |part| rich::strings(archive, part)),
        }
    }
}

/// Why a sheet's cells were not read to the end.
enum Stop {
    /// It holds no cells, but a chart or a dialog.
    NotAWorksheet,
    Trouble(Trouble),
}

impl From<Trouble> for Stop {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<XlsxError> for Stop {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::NotAWorksheet(_) => Self::NotAWorksheet,
            error => Self::Trouble(Trouble::sheet(&error)),
        }
    }
}

/// Cells the library refused: which one in the order of the file, and what stands there.
type OddCells = BTreeMap<usize, String>;

/// Puts every cell of a sheet into place, and returns those the library refused.
///
/// A refused cell does not end the stream: the next call goes on behind it.
fn fill(book: &mut Book<'_>, name: &str, filling: &mut Filling) -> Result<OddCells, Stop> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut odd = OddCells::new();
    let mut formulas = Formulas::default();
    for ordinal in 0.. {
        match cells.next_cell_with_formula_metadata() {
            Ok(None) => break,
            Ok(Some(found)) => {
                let (row, column) = found.pos;
                let formula = formulas.text(found.formula, found.pos);
                if let Some(value) = value_of(&found.value, formula) {
                    filling.put(row, column, value)?;
                }
            }
            Err(error) => {
                let text = odd_cell(&error).ok_or_else(|| Trouble::sheet(&error))?;
                odd.insert(ordinal, text);
                if odd.len() > MOST_ODD_CELLS {
                    return Err(Trouble::sheet(&error).into());
                }
            }
        }
    }
    Ok(odd)
}

/// A formula without any value is told apart from a blank cell; one whose value is empty text is blank.
fn value_of(value: &DataRef<'_>, formula: Option<String>) -> Option<RawValue> {
    match (value, formula) {
        (DataRef::Empty, Some(formula)) => Some(RawValue::Uncached(formula)),
        (value, Some(formula)) => {
            cell::from_data_ref(value).map(|value| renewing::mark(&formula, value))
        }
        (value, None) => cell::from_data_ref(value),
    }
}

/// What stands in a cell the library refused, where the refusal concerns that cell alone.
fn odd_cell(error: &XlsxError) -> Option<String> {
    match error {
        XlsxError::CellError(text) => Some(text.clone()),
        XlsxError::Unexpected(_)
        | XlsxError::UnexpectedNode(_)
        | XlsxError::Unrecognized { .. }
        | XlsxError::ParseFloat(_)
        | XlsxError::CellTAttribute(_) => Some(error.to_string()),
        _ => None,
    }
}

/// Reads the sheet's XML once more for its layout, the addresses of the odd cells, and what cells are beyond their
/// values.
fn look_again(
    part: Option<&[u8]>,
    odd: &OddCells,
    looks: &Looks,
    filling: &mut Filling,
) -> Result<Layout, Trouble> {
    let text = part.map(xml::decode).unwrap_or_default();
    let known = Known {
        odd,
        styles: &looks.styles,
        strings: &looks.strings,
    };
    let mut survey = layout::survey(&text, &known);
    for (ordinal, text) in odd {
        let Some((row, column)) = survey.addresses.get(ordinal).copied() else {
            return Err(Trouble::sheet(text));
        };
        filling.put(row, column, RawValue::Error(text.clone()))?;
    }
    for ((row, column), format) in &survey.shown {
        if let Some(format) = looks.styles.shown.get(format) {
            filling.amend(*row, *column, |value| format.show(value));
        }
    }
    for ((row, column), rest) in survey.rests {
        filling.amend(row, column, |value| struck::partly(value, rest));
    }
    let struck = &mut survey.layout.struck;
    struck.retain(|(row, column)| filling.value(*row, *column).is_some());
    Ok(survey.layout)
}

/// The formulas that others of the sheet share, so that each can be shown as its own cell has it.
#[derive(Default)]
struct Formulas {
    shared: BTreeMap<usize, (String, (u32, u32))>,
}

impl Formulas {
    /// The formula's text, if there is one.
    fn text(&mut self, formula: Option<XlsxFormulaMetadata>, at: (u32, u32)) -> Option<String> {
        match formula? {
            XlsxFormulaMetadata::Normal { formula } => (!formula.is_empty()).then_some(formula),
            XlsxFormulaMetadata::Shared {
                shared_index,
                formula,
                ..
            } => {
                let known = (formula.clone(), at);
                self.shared.insert(shared_index, known);
                Some(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => {
                let (formula, from) = self.shared.get(&shared_index)?;
                expand_shared_formula(formula, *from, at).ok()
            }
            _ => None,
        }
    }
}
