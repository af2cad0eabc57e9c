//! Workbooks and empty sheets: one base font, so that widths mean the same in every program.

use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet};

use crate::archive::make_alike;

use super::Result;

/// The face of running text; its metrics are known on every system, under this name or another.
pub(super) const SANS: &str = "Arial";
/// The face of commands: it tells `0` from `O` and `l` from `1` and `I`, and comes with Windows.
pub(super) const MONO: &str = "Consolas";

/// The base size, in points.
pub(super) const BASE: f64 = 10.0;
/// The height of a row and the width of a column that bear nothing else, in pixels, for that base.
const DEFAULTS: (u32, u32) = (17, 64);

/// An empty sheet.
pub(super) fn sheet(name: &str) -> Result<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_default_format(&base(), DEFAULTS.0, DEFAULTS.1)?;
    sheet.set_name(name)?;
    Ok(sheet)
}

/// The bytes of a workbook with these sheets.
pub(super) fn bytes(properties: &DocProperties, sheets: Vec<Worksheet>) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&base(), DEFAULTS.0, DEFAULTS.1)?;
    workbook.set_properties(properties);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    let mut bytes = workbook.save_to_buffer()?;
    make_alike(&mut bytes);
    Ok(bytes)
}

/// The format of cells that have no other.
fn base() -> Format {
    Format::new().set_font_name(SANS).set_font_size(BASE)
}
