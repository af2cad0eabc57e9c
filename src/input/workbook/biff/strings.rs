//! The texts of an `.xls` workbook: where the runs of rich ones begin, and the codes of number formats. The library
//! reads the texts themselves.

use std::collections::BTreeMap;
use std::ops::Range;

use super::record::{self, Record, records, u16_at};

/// Where a run of a text begins, and the number of its font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunStart {
    /// UTF-16 units of the text before it.
    pub(super) at: usize,
    pub(super) font: u16,
}

/// The shared texts that have runs, by their number, as far as they are sound.
pub(super) fn shared(stream: &[u8]) -> BTreeMap<u32, Vec<RunStart>> {
    let mut found = BTreeMap::new();
    let mut all = records(stream, 0).take_while(|it| it.kind != record::END);
    let Some(first) = all.find(|it| it.kind == record::SHARED_TEXTS) else {
        return found;
    };
    let more = all.take_while(|it| it.kind == record::CONTINUE);
    // Two counts of four bytes come first.
    let first = (first.data.start + 8).min(first.data.end)..first.data.end;
    let mut pieces: Vec<Range<usize>> = more.map(|it| it.data).collect();
    pieces.insert(0, first);
    pieces.reverse();
    let mut texts = Texts { stream, pieces };
    for number in 0.. {
        match texts.next() {
            Some(runs) if runs.is_empty() => {}
            Some(runs) => {
                found.insert(number, runs);
            }
            None => break,
        }
    }
    found
}

/// What is left of the shared texts: pieces, the next one last.
struct Texts<'a> {
    stream: &'a [u8],
    pieces: Vec<Range<usize>>,
}

impl Texts<'_> {
    /// The runs of the next text; `None` behind the last, or where the list breaks off.
    fn next(&mut self) -> Option<Vec<RunStart>> {
        let length = self.number(2)?;
        let flags = self.number(1)?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let rest = if flags & 4 != 0 { self.number(4)? } else { 0 };
        self.skip_characters(length, flags & 1 != 0)?;
        let mut starts = Vec::new();
        for _ in 0..runs {
            let at = self.number(2)?;
            let font = u16::try_from(self.number(2)?).ok()?;
            starts.push(RunStart { at, font });
        }
        self.skip(rest)?;
        Some(starts)
    }

    /// The piece that is read next, which holds something.
    fn piece(&mut self) -> Option<&mut Range<usize>> {
        while self.pieces.last()?.is_empty() {
            self.pieces.pop();
        }
        self.pieces.last_mut()
    }

    fn byte(&mut self) -> Option<u8> {
        let at = self.piece()?.next()?;
        self.stream.get(at).copied()
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0;
        for place in 0..bytes {
            number |= usize::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let piece = self.piece()?;
            let step = piece.len().min(bytes);
            piece.start += step;
            bytes -= step;
        }
        Some(())
    }

    /// Passes over characters. Where they go on in another piece, that says anew how wide they are.
    fn skip_characters(&mut self, mut length: usize, mut is_wide: bool) -> Option<()> {
        while length > 0 {
            let width = if is_wide { 2 } else { 1 };
            let piece = self.pieces.last_mut()?;
            let step = (piece.len() / width).min(length);
            piece.start += step * width;
            length -= step;
            if length > 0 {
                self.pieces.pop();
                is_wide = self.byte()? & 1 != 0;
            }
        }
        Some(())
    }
}

/// The runs of a text that stands in its own cell: of Excel 97 and later, or of Excel 5.
pub(super) fn own_runs(stream: &[u8], record: &Record) -> Option<Vec<RunStart>> {
    let data = &stream[record.data.clone()];
    let length = usize::from(u16_at(data, 6)?);
    let is_wide_form = |flags: u8, size: usize| {
        let runs = 9 + length * (1 + usize::from(flags & 1));
        flags < 2
            && u16_at(data, runs).is_some_and(|count| size == runs + 2 + 4 * usize::from(count))
    };
    if is_wide_form(*data.get(8)?, data.len()) {
        let runs = 11 + length * (1 + usize::from(data[8] & 1));
        let pairs = data.get(runs..)?.chunks_exact(4);
        return Some(
            pairs
                .filter_map(|it| {
                    Some(RunStart {
                        at: u16_at(it, 0)?.into(),
                        font: u16_at(it, 2)?,
                    })
                })
                .collect(),
        );
    }
    let pairs = data.get(9 + length..)?.chunks_exact(2);
    let run = |it: &[u8]| RunStart {
        at: it[0].into(),
        font: it[1].into(),
    };
    Some(pairs.map(run).collect())
}

/// The number of a number format and its code.
pub(super) fn number_format(stream: &[u8], record: &Record) -> Option<(u16, String)> {
    let data = &stream[record.data.clone()];
    let id = u16_at(data, 0)?;
    // Excel 5 counts in one byte, and has no flags.
    let narrow = || Some(latin(data.get(3..3 + usize::from(*data.get(2)?))?));
    Some((id, flagged(data).or_else(narrow)?))
}

/// The code as Excel 97 and later write it.
fn flagged(data: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(data, 2)?);
    let flags = *data.get(4)?;
    if flags == 0 {
        return data.get(5..5 + length).map(latin);
    }
    let units = data.get(5..5 + 2 * length).filter(|_| flags == 1)?;
    let units = units.chunks_exact(2);
    let units: Vec<u16> = units.filter_map(|it| u16_at(it, 0)).collect();
    Some(String::from_utf16_lossy(&units))
}

/// Bytes as the first 256 characters.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn runs_are_found_behind_texts_that_go_on_in_another_record() {
        let counts = [0; 8];
        // A plain text; one of six characters with one run, cut after the third and wide from there; one more.
        let first = [&counts[..], &[2, 0, 0], b"ab", &[6, 0, 8, 1, 0], b"old"].concat();
        let second = [
            &[1][..],
            b"n\0e\0w\0",
            &[3, 0, 7, 0],
            &[1, 0, 8, 1, 0],
            b"x",
            &[0, 0, 2, 0],
        ];
        let stream = [
            written(record::SHARED_TEXTS, &first),
            written(record::CONTINUE, &second.concat()),
            written(record::END, &[]),
        ]
        .concat();
        let run = |at, font| vec![RunStart { at, font }];
        assert_eq!(shared(&stream), [(1, run(3, 7)), (2, run(0, 2))].into());
    }

    #[test]
    fn codes_of_number_formats_are_read_in_both_forms() {
        let new = written(record::NUMBER_FORMAT, &[164, 0, 3, 0, 0, b'0', b'0', b'0']);
        let old = written(record::NUMBER_FORMAT, &[164, 0, 3, b'0', b'0', b'0']);
        for stream in [new, old] {
            let record = records(&stream, 0).next().unwrap();
            let expected = Some((164, "000".to_owned()));
            assert_eq!(number_format(&stream, &record), expected);
        }
    }
}
