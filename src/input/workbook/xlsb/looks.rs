//! How the numbers of an `.xlsb` workbook are shown: its library tells dates by their format, and no more.
//!
//! The parts are lists of records, each a type, a length and that many bytes ([MS-XLSB] 2.1.4). What is cut off or makes
//! no sense ends the list: then numbers are as they are stored.

use std::collections::BTreeMap;

use super::super::archive::Archive;
use super::super::shown::NumberFormat;
use super::super::xml::{self, Event};

/// Records of [MS-XLSB] 2.3 by their types.
const ROW: u16 = 0x0000;
/// Cells that hold a number: a short one, one of full length, and the result of a formula.
const NUMBERS: [u16; 3] = [0x0002, 0x0005, 0x0009];
const NUMBER_FORMAT: u16 = 0x002C;
const FORMAT: u16 = 0x002F;
const BEGIN_CELL_FORMATS: u16 = 0x0269;
const END_CELL_FORMATS: u16 = 0x026A;
const SHEET: u16 = 0x009C;

/// The formats of a workbook that show numbers in a way of their own, and where its sheets are.
#[derive(Default)]
pub(super) struct Looks {
    /// By the number of the cell format.
    shown: BTreeMap<u32, NumberFormat>,
    /// The part of each sheet, by the sheet's name.
    parts: BTreeMap<String, String>,
}

impl Looks {
    /// Reads what the workbook says for all its sheets.
    pub(super) fn of(archive: &mut Archive<'_>) -> Self {
        let styles = archive.part("xl/styles.bin").unwrap_or_default();
        let book = archive.part("xl/workbook.bin").unwrap_or_default();
        let related = archive
            .part("xl/_rels/workbook.bin.rels")
            .unwrap_or_default();
        Self {
            shown: formats(&styles),
            parts: parts(&book, &targets(&xml::decode(&related))),
        }
    }

    /// The cells of a sheet whose numbers are shown in a way of their own, by row and column.
    pub(super) fn cells<'a>(
        &'a self,
        archive: &mut Archive<'_>,
        sheet: &str,
    ) -> Vec<((u32, u32), &'a NumberFormat)> {
        let part = self.parts.get(sheet).filter(|_| !self.shown.is_empty());
        let bytes = part.and_then(|part| archive.part(part)).unwrap_or_default();
        let mut cells = Vec::new();
        let mut row = 0;
        for (kind, data) in records(&bytes) {
            if kind == ROW {
                row = number(data, 0, 4).unwrap_or_default();
            } else if NUMBERS.contains(&kind)
                && let (Some(column), Some(format)) = (number(data, 0, 4), number(data, 4, 3))
                && let Some(format) = self.shown.get(&format)
            {
                cells.push(((row, column), format));
            }
        }
        cells
    }
}

fn formats(styles: &[u8]) -> BTreeMap<u32, NumberFormat> {
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    for (kind, data) in records(styles) {
        if kind == NUMBER_FORMAT
            && let (Some(id), Some((code, _))) = (number(data, 0, 2), text(data, 2))
        {
            codes.insert(id, code);
        }
    }
    let cells = records(styles).skip_while(|(kind, _)| *kind != BEGIN_CELL_FORMATS);
    let cells = cells.take_while(|(kind, _)| *kind != END_CELL_FORMATS);
    let cells = cells.filter(|(kind, _)| *kind == FORMAT);
    let shown = (0..).zip(cells).filter_map(|(index, (_, data))| {
        let id = number(data, 2, 2)?;
        Some((
            index,
            NumberFormat::of(id, codes.get(&id).map(String::as_str))?,
        ))
    });
    shown.collect()
}

/// The parts of the sheets, by their names.
fn parts(book: &[u8], targets: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let sheets = records(book).filter(|(kind, _)| *kind == SHEET);
    let named = sheets.filter_map(|(_, data)| {
        let (relation, next) = text(data, 8)?;
        let (name, _) = text(data, next)?;
        Some((name, targets.get(&relation)?.clone()))
    });
    named.collect()
}

/// What the relations of the workbook lead to.
fn targets(related: &str) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    let mut reader = xml::reader(related);
    while let Ok(event) = reader.read_event() {
        let start = match event {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof => break,
            _ => continue,
        };
        let attribute = |name| xml::local_attribute(&start, name);
        if let (Some(id), Some(target)) = (attribute("Id"), attribute("Target")) {
            let inner = target.strip_prefix('/').map(str::to_owned);
            targets.insert(id, inner.unwrap_or_else(|| format!("xl/{target}")));
        }
    }
    targets
}

/// The records of a part, each with its type, as far as they are whole.
fn records(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (kind, behind) = packed(rest, 2)?;
        let (length, behind) = packed(behind, 4)?;
        let data = behind.get(..length as usize)?;
        rest = &behind[length as usize..];
        Some((u16::try_from(kind).ok()?, data))
    })
}

/// A number in up to so many bytes, seven bits in each, the lowest first; and what stands behind it.
fn packed(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(most).enumerate() {
        value |= u32::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((value, &bytes[index + 1..]));
        }
    }
    None
}

/// A number of so many bytes, the lowest first.
fn number(data: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = data.get(at..at + length)?;
    let number = bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte));
    Some(number)
}

/// A text with its length in front, and where it ends.
fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = number(data, at, 4)? as usize;
    let begin = at + 4;
    let end = begin.checked_add(length.checked_mul(2)?)?;
    let units = data.get(begin..end)?.chunks_exact(2);
    let units: Vec<u16> = units.map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}

#[cfg(test)]
mod tests {
    use super::super::super::RawValue;
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let low = (kind & 0x7F) as u8;
        let mut bytes = match u8::try_from(kind >> 7) {
            Ok(0) | Err(_) => vec![low],
            Ok(high) => vec![low | 0x80, high],
        };
        bytes.push(u8::try_from(data.len()).unwrap());
        bytes.extend(data);
        bytes
    }

    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
        bytes.extend(units.iter().flat_map(|it| it.to_le_bytes()));
        bytes
    }

    #[test]
    fn formats_are_told_by_the_list_of_cell_formats() {
        let own = [&164_u16.to_le_bytes()[..], &wide("\"Rack \"000")].concat();
        let format = |id: u16| record(FORMAT, &[&[0, 0][..], &id.to_le_bytes(), &[0; 12]].concat());
        let styles = [
            record(NUMBER_FORMAT, &own),
            // A style of the workbook is none of a cell.
            format(164),
            record(BEGIN_CELL_FORMATS, &[0; 4]),
            format(0),
            format(164),
            format(10),
            record(END_CELL_FORMATS, &[]),
        ];
        let shown = formats(&styles.concat());
        assert_eq!(shown.keys().copied().collect::<Vec<_>>(), [1, 2]);
        let rack = RawValue::Formatted(12.0, "Rack 012".to_owned());
        assert_eq!(shown[&1].show(RawValue::Number(12.0)), rack);
        let share = RawValue::Formatted(0.995, "99.50%".to_owned());
        assert_eq!(shown[&2].show(RawValue::Number(0.995)), share);
    }

    #[test]
    fn sheets_are_found_by_their_relations() {
        let related = r#"<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.bin"/></Relationships>"#;
        let sheet = [&[0; 8][..], &wide("rId7"), &wide("Servers")].concat();
        let parts = parts(&record(SHEET, &sheet), &targets(related));
        assert_eq!(parts["Servers"], "xl/worksheets/sheet3.bin");
    }

    #[test]
    fn what_is_cut_off_ends_the_list() {
        let whole = record(SHEET, &[1; 20]);
        assert_eq!(records(&whole).count(), 1);
        for end in 0..whole.len() {
            assert_eq!(records(&whole[..end]).count(), 0, "{end}");
        }
    }
}
