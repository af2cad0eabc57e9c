//! The records of a stream: the numbers of those that matter, where each begins, and which cells it holds.

use std::ops::{Range, RangeInclusive};

pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const BOF: u16 = 0x0809;
pub(super) const COLUMN_INFO: u16 = 0x007D;
pub(super) const COMMENT: u16 = 0x001C;
pub(super) const CONTINUE: u16 = 0x003C;
pub(super) const DIMENSIONS: u16 = 0x0200;
pub(super) const END: u16 = 0x000A;
pub(super) const FILE_PASS: u16 = 0x002F;
pub(super) const FONT: u16 = 0x0031;
pub(super) const FORMAT: u16 = 0x00E0;
pub(super) const MULTIPLE_NUMBERS: u16 = 0x00BD;
pub(super) const NUMBER_FORMAT: u16 = 0x041E;
pub(super) const RICH_TEXT: u16 = 0x00D6;
pub(super) const ROW: u16 = 0x0208;
pub(super) const SHARED_TEXT: u16 = 0x00FD;
pub(super) const SHARED_TEXTS: u16 = 0x00FC;
/// A number no program gives a meaning to, so that readers pass over the record.
pub(super) const IGNORED: u16 = 0xFFFE;

/// One record: its type and where its data are.
pub(super) struct Record {
    pub(super) kind: u16,
    pub(super) data: Range<usize>,
}

/// The records from `start` on, as far as they are whole.
pub(super) fn records(stream: &[u8], mut start: usize) -> impl Iterator<Item = Record> + '_ {
    std::iter::from_fn(move || {
        let kind = u16_at(stream, start)?;
        let length = usize::from(u16_at(stream, start + 2)?);
        let data = start + 4..start + 4 + length;
        start = data.end;
        (data.end <= stream.len()).then_some(Record { kind, data })
    })
}

/// The row and the columns of a record that holds values.
pub(super) fn cell_span(stream: &[u8], record: &Record) -> Option<(u16, RangeInclusive<u16>)> {
    let row = u16_at(stream, record.data.start)?;
    let first = u16_at(stream, record.data.start + 2)?;
    match record.kind {
        // A formula, text by index, rich text, a number, text, a truth value or error, a short number.
        0x0006 | 0x00FD | 0x00D6 | 0x0203 | 0x0204 | 0x0205 | 0x027E => Some((row, first..=first)),
        MULTIPLE_NUMBERS => {
            let last = u16_at(stream, record.data.end - 2)?;
            // Two bytes of row, two of column, six for each number, two of last column.
            let honest = record.data.len() == 6 + 6 * (usize::from(last.checked_sub(first)?) + 1);
            honest.then_some((row, first..=last))
        }
        _ => None,
    }
}

/// The number at a place, if the bytes go so far.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}
