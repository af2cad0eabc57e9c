//! A sheet written from top to bottom, row by row, each as high as its text needs.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Formula, IgnoreError, Url, Worksheet};

use super::cut::{Piece, literal, pieces};
use super::measure::{column_points, column_units, points, wrap};
use super::style::Style;
use super::{Result, book};

/// Space above and below the text of a row, in points.
const PADDING: f64 = 4.0;

/// A cell about to be written, one or several columns wide.
pub(super) struct Cell<'a> {
    text: Cow<'a, str>,
    /// The look.
    style: &'a Style,
    /// How many columns it covers.
    span: u16,
    /// Bold words before the text, on a line of their own.
    lead: Option<&'a str>,
    /// Where it leads, relative to the workbook.
    link: Option<String>,
    /// What it is, if not text.
    value: Option<Value>,
}

/// What a cell can hold besides text. None of it comes from a worksheet.
enum Value {
    Number(u32),
    /// With the result that programs show which do not calculate.
    Formula(Formula),
}

impl<'a> Cell<'a> {
    /// A cell of one column.
    pub(super) fn new(text: impl Into<Cow<'a, str>>, style: &'a Style) -> Self {
        Self {
            text: text.into(),
            style,
            span: 1,
            lead: None,
            link: None,
            value: None,
        }
    }

    pub(super) fn number(number: usize, style: &'a Style) -> Self {
        Self {
            value: u32::try_from(number).ok().map(Value::Number),
            ..Self::new(number.to_string(), style)
        }
    }

    /// A formula, and what it comes to in a workbook that nobody has filled in.
    pub(super) fn formula(formula: &str, result: impl Into<String>, style: &'a Style) -> Self {
        let result = result.into();
        let formula = Formula::new(formula).set_result(result.as_str());
        Self {
            value: Some(Value::Formula(formula)),
            ..Self::new(result, style)
        }
    }

    /// The same, over several columns.
    pub(super) fn span(mut self, columns: u16) -> Self {
        self.span = columns;
        self
    }

    /// The same, under a bold line.
    pub(super) fn lead(mut self, words: &'a str) -> Self {
        self.lead = Some(words);
        self
    }

    /// The same, leading to another file.
    pub(super) fn link(mut self, target: impl Into<String>) -> Self {
        self.link = Some(target.into());
        self
    }
}

/// A sheet in the making.
pub(super) struct Sheet {
    /// The sheet itself, for what is set once.
    pub(super) inner: Worksheet,
    widths: Vec<f64>,
    row: u32,
    /// The height of each row, in points.
    heights: Vec<f64>,
    /// The rows that begin a block that is to stay on one page.
    blocks: Vec<u32>,
    /// Nothing is written, only how wide each column would have to be.
    ruler: Option<Vec<f64>>,
}

impl Sheet {
    /// An empty sheet with columns of these widths.
    pub(super) fn new(name: &str, widths: &[f64]) -> Result<Self> {
        let mut inner = book::sheet(name)?;
        inner.set_screen_gridlines(false);
        for (column, width) in (0..).zip(widths) {
            inner.set_column_width(column, *width)?;
        }
        Ok(Self {
            inner,
            widths: widths.to_vec(),
            row: 0,
            heights: Vec::new(),
            blocks: Vec::new(),
            ruler: None,
        })
    }

    /// A sheet that only measures what is written to it.
    pub(super) fn ruler(columns: usize) -> Result<Self> {
        Ok(Self {
            ruler: Some(vec![0.0; columns]),
            ..Self::new("Ruler", &[])?
        })
    }

    /// How wide each column of a ruler would have to be; nothing of other sheets.
    pub(super) fn needs(&self) -> &[f64] {
        self.ruler.as_deref().unwrap_or_default()
    }

    /// The row to be written next.
    pub(super) fn next_row(&self) -> u32 {
        self.row
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(u16::MAX)
    }

    /// Begins a block: what follows, up to the next one, is to stay on one page.
    pub(super) fn begin(&mut self) {
        self.blocks.push(self.row);
    }

    /// The blocks from this row on: where each begins, and how high it is in points.
    pub(super) fn blocks(&self, from: u32) -> Vec<(u32, f64)> {
        let ends = self.blocks.iter().skip(1).copied().chain([self.row]);
        let blocks = self.blocks.iter().copied().zip(ends);
        let blocks = blocks.map(|(start, end)| (start, self.height_of(start, end)));
        blocks.filter(|(start, _)| *start >= from).collect()
    }

    /// How high the rows from the one up to the other are, in points.
    pub(super) fn height_of(&self, from: u32, to: u32) -> f64 {
        let [from, to] = [from, to].map(|row| usize::try_from(row).unwrap_or(usize::MAX));
        let rows = self.heights.iter().take(to).skip(from);
        rows.sum()
    }

    /// How wide the columns are together, in points.
    pub(super) fn width(&self) -> f64 {
        self.widths.iter().map(|units| column_points(*units)).sum()
    }

    /// Leaves room.
    pub(super) fn skip(&mut self, points: f64) -> Result<()> {
        self.end_row(points)
    }

    /// Gives the row its height and goes on to the next.
    fn end_row(&mut self, points: f64) -> Result<()> {
        self.inner.set_row_height(self.row, points)?;
        self.heights.push(points);
        self.row += 1;
        Ok(())
    }

    /// Writes one text over all columns.
    pub(super) fn line<'a>(
        &mut self,
        text: impl Into<Cow<'a, str>>,
        style: &'a Style,
    ) -> Result<u32> {
        let columns = self.columns();
        self.row(&[Cell::new(text, style).span(columns)])
    }

    /// Writes a row and returns its number. Texts too long for one row go on in further rows.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<u32> {
        let first = self.row;
        if let Some(needs) = &mut self.ruler {
            for (need, cell) in needs.iter_mut().zip(cells) {
                *need = need.max(column_units(&cell.text, cell.style.kind));
            }
            return Ok(first);
        }
        let pieces: Vec<Vec<Piece>> = placed(cells)
            .map(|(column, cell)| {
                let room = self.room(column, cell.span);
                pieces(cell.lead, &cell.text, cell.style.kind, room)
            })
            .collect();
        let rows = pieces.iter().map(Vec::len).max().unwrap_or(1);
        // A cell without text of its own in a further row is one line high.
        let nothing = Piece {
            lines: 1,
            ..Piece::default()
        };
        for index in 0..rows {
            let mut height: f64 = 0.0;
            for ((column, cell), pieces) in placed(cells).zip(&pieces) {
                let piece = pieces.get(index).unwrap_or(&nothing);
                let lead = cell.lead.filter(|_| index == 0);
                height = height.max(points(piece.lines, cell.style.kind));
                self.write(column, cell, lead, &piece.text)?;
            }
            self.end_row(height + PADDING)?;
        }
        Ok(first)
    }

    /// The sheet, ready for its workbook.
    pub(super) fn finish(mut self) -> Result<Worksheet> {
        // Texts such as serial numbers look like numbers; that is no mistake.
        let last = self.columns().saturating_sub(1);
        let bottom = self.row.saturating_sub(1);
        self.inner
            .ignore_error_range(0, 0, bottom, last, IgnoreError::NumberStoredAsText)?;
        Ok(self.inner)
    }

    /// How many lines a text takes over so many columns.
    pub(super) fn lines(&self, text: &str, column: u16, span: u16, style: &Style) -> usize {
        wrap(text, style.kind, self.room(column, span)).len()
    }

    /// The width of some columns together.
    fn room(&self, column: u16, span: u16) -> f64 {
        let columns = self.widths.iter().skip(usize::from(column));
        columns.take(usize::from(span)).sum()
    }

    /// Writes one cell, as text whatever it looks like.
    fn write(
        &mut self,
        column: u16,
        cell: &Cell<'_>,
        lead: Option<&str>,
        text: &str,
    ) -> Result<()> {
        let (row, format) = (self.row, &cell.style.format);
        if cell.span > 1 {
            let last = column + cell.span - 1;
            self.inner
                .merge_range(row, column, row, last, text, format)?;
        }
        match &cell.value {
            Some(Value::Number(number)) => {
                self.inner
                    .write_number_with_format(row, column, *number, format)?;
                return Ok(());
            }
            Some(Value::Formula(formula)) => {
                self.inner
                    .write_formula_with_format(row, column, formula.clone(), format)?;
                return Ok(());
            }
            None => {}
        }
        match (lead, &cell.link) {
            // The library keeps escapes in plain strings as they are, in rich ones it does not.
            (Some(lead), _) => {
                self.write_lead(column, &literal(lead), &literal(text), cell.style)?;
            }
            (None, Some(target)) => self.write_link(column, target, text, format)?,
            (None, None) if cell.span == 1 => {
                self.inner
                    .write_string_with_format(row, column, text, format)?;
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// Writes a bold line and the text below it.
    fn write_lead(&mut self, column: u16, lead: &str, text: &str, style: &Style) -> Result<()> {
        let plain = Format::new()
            .set_font_name(book::SANS)
            .set_font_size(style.kind.size);
        let bold = plain.clone().set_bold();
        let below = format!("\n{text}");
        let parts: &[(&Format, &str)] = if text.is_empty() {
            &[(&bold, lead)]
        } else {
            &[(&bold, lead), (&plain, &below)]
        };
        self.inner
            .write_rich_string_with_format(self.row, column, parts, &style.format)?;
        Ok(())
    }

    /// Writes a link; a target the format refuses leaves the text.
    fn write_link(&mut self, column: u16, target: &str, text: &str, format: &Format) -> Result<()> {
        let url = Url::new(format!("file:///{target}")).set_text(text);
        let written =
            self.inner
                .write_url_with_options(self.row, column, url, text, "", Some(format));
        if written.is_err() {
            self.inner
                .write_string_with_format(self.row, column, text, format)?;
        }
        Ok(())
    }
}

/// Cells with the column each begins in.
fn placed<'c, 'a>(cells: &'c [Cell<'a>]) -> impl Iterator<Item = (u16, &'c Cell<'a>)> {
    cells.iter().scan(0_u16, |column, cell| {
        let here = *column;
        *column = here.saturating_add(cell.span);
        Some((here, cell))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rust_xlsxwriter::DocProperties;

    use super::super::style::Styles;
    use super::*;
    use crate::workbook::{RawValue, read};

    #[test]
    fn text_that_looks_like_an_escape_is_read_back_as_it_was() {
        let styles = Styles::new(book::BASE);
        let mut sheet = Sheet::new("S", &[20.0; 4]).unwrap();
        let cell = || Cell::new("a_x0041_b", &styles.cell);
        sheet
            .row(&[cell(), cell().lead("c_x0042_"), cell().span(2)])
            .unwrap();
        let sheets = vec![sheet.finish().unwrap()];
        let bytes = book::bytes(&DocProperties::new(), sheets).unwrap();
        let read = read(&Arc::from("a.xlsx"), &bytes);
        let texts = ["a_x0041_b", "c_x0042_\na_x0041_b", "a_x0041_b"];
        for (column, text) in (0..).zip(texts) {
            let value = read.sheets[0].value(0, column);
            assert_eq!(value, Some(&RawValue::Text(text.into())), "{column}");
        }
    }
}
