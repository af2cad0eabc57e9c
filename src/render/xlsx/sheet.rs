//! A sheet written from top to bottom, row by row, each as high as its text needs.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, IgnoreError, Url, Worksheet};

use super::measure::{Type, wrap};
use super::style::Style;
use super::{Result, book};

/// The highest row the format knows is 409 points; longer texts go on in the next row.
const HIGHEST: f64 = 400.0;
/// Space above and below the text of a row, in points.
const PADDING: f64 = 4.0;

/// A cell about to be written, one or several columns wide.
pub(super) struct Cell<'a> {
    /// The text.
    text: Cow<'a, str>,
    /// The look.
    style: &'a Style,
    /// How many columns it covers.
    span: u16,
    /// Bold words before the text, on a line of their own.
    lead: Option<&'a str>,
    /// Where it leads, relative to the workbook.
    link: Option<String>,
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
        })
    }

    /// The row to be written next.
    pub(super) fn next_row(&self) -> u32 {
        self.row
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> u16 {
        u16::try_from(self.widths.len()).unwrap_or(u16::MAX)
    }

    /// Leaves room.
    pub(super) fn skip(&mut self, points: f64) -> Result<()> {
        self.inner.set_row_height(self.row, points)?;
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
        let pieces: Vec<Vec<String>> = placed(cells)
            .map(|(column, cell)| pieces(cell, self.room(column, cell.span)))
            .collect();
        let rows = pieces.iter().map(Vec::len).max().unwrap_or(1);
        for index in 0..rows {
            let placed: Vec<_> = placed(cells).collect();
            let mut height: f64 = 0.0;
            for ((column, cell), texts) in placed.into_iter().zip(&pieces) {
                let text = texts.get(index).map_or("", String::as_str);
                let lead = cell.lead.filter(|_| index == 0);
                height = height.max(self.height(text, lead, column, cell));
                self.write(column, cell, lead, text)?;
            }
            self.inner.set_row_height(self.row, height + PADDING)?;
            self.row += 1;
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

    /// The width of some columns together.
    fn room(&self, column: u16, span: u16) -> f64 {
        let columns = self.widths.iter().skip(usize::from(column));
        columns.take(usize::from(span)).sum()
    }

    /// How high a cell must be, in points.
    fn height(&self, text: &str, lead: Option<&str>, column: u16, cell: &Cell<'_>) -> f64 {
        let room = self.room(column, cell.span);
        let kind = cell.style.kind;
        let bold = Type { bold: true, ..kind };
        let lead = lead.map_or(0, |lead| wrap(lead, bold, room).len());
        let text = match (text.is_empty(), lead) {
            (true, 1..) => 0,
            _ => wrap(text, kind, room).len(),
        };
        points(lead + text, kind)
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
        let text = literal(text);
        if cell.span > 1 {
            let last = column + cell.span - 1;
            self.inner
                .merge_range(row, column, row, last, &text, format)?;
        }
        match (lead, &cell.link) {
            (Some(lead), _) => self.write_lead(column, &literal(lead), &text, cell.style)?,
            (None, Some(target)) => self.write_link(column, target, &text, format)?,
            (None, None) if cell.span == 1 => {
                self.inner
                    .write_string_with_format(row, column, text.as_ref(), format)?;
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

/// The height of so many lines, in points.
fn points(lines: usize, kind: Type) -> f64 {
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * kind.line_height()
}

/// The text of a cell, cut into pieces that each fit the highest row; between lines where that is possible.
fn pieces(cell: &Cell<'_>, room: f64) -> Vec<String> {
    let kind = cell.style.kind;
    let text = cell.text.replace("\r\n", "\n").replace('\r', "\n");
    let bold = Type { bold: true, ..kind };
    let mut used = cell.lead.map_or(0, |lead| wrap(lead, bold, room).len());
    let mut pieces = Vec::new();
    let mut piece: Option<String> = None;
    for line in text.split('\n') {
        let wrapped = wrap(line, kind, room);
        let fits = points(used + wrapped.len(), kind) <= HIGHEST;
        let (parts, lines) = if fits {
            (vec![line.to_owned()], wrapped.len())
        } else {
            (wrapped, 1)
        };
        for (index, part) in parts.iter().enumerate() {
            if points(used + lines, kind) > HIGHEST && used > 0 {
                pieces.push(piece.take().unwrap_or_default());
                used = 0;
            }
            let so_far = piece.get_or_insert_default();
            if index == 0 && used > 0 && !so_far.is_empty() {
                so_far.push('\n');
            }
            so_far.push_str(part);
            used += lines;
        }
    }
    pieces.push(piece.unwrap_or_default());
    pieces
}

/// The text with what spreadsheet programs would decode (`_x0041_` is an `A` to them) kept as it is.
fn literal(text: &str) -> Cow<'_, str> {
    let escaped = |rest: &[u8]| {
        rest.len() >= 7
            && rest[..2] == *b"_x"
            && rest[6] == b'_'
            && rest[2..6].iter().all(u8::is_ascii_hexdigit)
    };
    let bytes = text.as_bytes();
    if !(0..bytes.len()).any(|at| escaped(&bytes[at..])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if escaped(&bytes[at..]) {
            out.push_str("_x005F");
        }
        out.push(c);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::super::style::Styles;
    use super::*;

    #[test]
    fn text_that_looks_like_an_escape_stays_text() {
        assert_eq!(literal("a_x0041_b"), "a_x005F_x0041_b");
        assert_eq!(literal("_xyz_ _x41_"), "_xyz_ _x41_");
    }

    #[test]
    fn long_texts_are_cut_between_lines_and_nothing_is_lost() {
        let styles = Styles::new(10.0);
        let text: Vec<String> = (0..90)
            .map(|n| format!("Stop-CsWindowsService {n}"))
            .collect();
        let text = text.join("\n");
        let pieces = pieces(&Cell::new(text.as_str(), &styles.code), 60.0);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.join("\n"), text);
    }

    #[test]
    fn one_endless_line_is_cut_too() {
        let styles = Styles::new(10.0);
        let text = "x".repeat(9_000);
        let pieces = pieces(&Cell::new(text.as_str(), &styles.code), 40.0);
        assert!(pieces.len() > 3);
        assert_eq!(pieces.concat(), text);
    }
}
