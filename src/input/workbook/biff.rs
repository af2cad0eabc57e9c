//! The record stream of an `.xls` workbook, walked before its library sees it.
//!
//! The library keeps each sheet as a dense rectangle, so one stray cell in the last corner makes it hold
//! millions. [`prepare`] therefore closes the sheets up: used rows and columns are renumbered without gaps,
//! and [`SheetSurvey`] remembers where they really are. On the way it learns what the library does not tell:
//! hidden rows and columns, struck-out text, comments, and every kind of encryption.

mod looks;
mod marks;
mod record;
mod strings;
mod survey;

use std::collections::{BTreeMap, BTreeSet};

use super::limits::{MAX_COLUMNS, MAX_DENSE, MAX_SHEETS};
use super::shown::NumberFormat;
use super::trouble::Trouble;
use looks::Looks;
use record::{Record, cell_span, records, u16_at};
pub(super) use survey::SheetSurvey;

/// A workbook stream whose sheets were closed up.
pub(super) struct Prepared {
    /// The stream to read.
    pub(super) stream: Vec<u8>,
    /// One for each sheet, in the order of the workbook.
    pub(super) sheets: Vec<SheetSurvey>,
    /// The cell formats that show numbers in a way of their own.
    pub(super) shown: BTreeMap<u16, NumberFormat>,
}

/// Surveys the sheets of a workbook stream and closes them up.
pub(super) fn prepare(mut stream: Vec<u8>) -> Result<Prepared, Trouble> {
    let starts = sheet_starts(&stream)?;
    let looks = Looks::of(&stream);
    let mut sheets = Vec::new();
    let mut spans = Vec::new();
    let mut dense = 0;
    for start in starts {
        let (records, end) = sheet_records(&stream, start);
        spans.push((start, end));
        // Sheets that share records would be renumbered twice; checking each time bounds the work as well.
        refuse_overlap(&mut spans.clone())?;
        let survey = survey(&stream, &records, &looks);
        dense += survey.rows.len() as u64 * survey.columns.len() as u64;
        if dense > MAX_DENSE {
            return Err(Trouble::oversized(
                "the sheets of this workbook span too many cells to be read",
            ));
        }
        close_up(&mut stream, &records, &survey);
        sheets.push(survey);
    }
    Ok(Prepared {
        stream,
        sheets,
        shown: looks.shown,
    })
}

fn sheet_starts(stream: &[u8]) -> Result<Vec<usize>, Trouble> {
    let mut starts = Vec::new();
    for record in records(stream, 0).take_while(|record| record.kind != record::END) {
        match record.kind {
            record::FILE_PASS => return Err(Trouble::protected()),
            record::BOUND_SHEET => {
                let low = u16_at(stream, record.data.start).unwrap_or(u16::MAX);
                let high = u16_at(stream, record.data.start + 2).unwrap_or(u16::MAX);
                starts.push(usize::from(high) << 16 | usize::from(low));
            }
            _ => {}
        }
    }
    if starts.len() > MAX_SHEETS {
        return Err(Trouble::too_many_sheets(starts.len()));
    }
    Ok(starts)
}

/// The records of one sheet that matter here, without those of charts embedded in it, and where it ends.
fn sheet_records(stream: &[u8], start: usize) -> (Vec<Record>, usize) {
    let mut depth = 0_usize;
    let mut own = Vec::new();
    let mut end = start;
    for record in records(stream, start) {
        end = record.data.end;
        match record.kind {
            record::BOF => depth += 1,
            record::END if depth <= 1 => break,
            record::END => depth -= 1,
            _ if depth <= 1 && matters(stream, &record) => own.push(record),
            _ => {}
        }
    }
    (own, end)
}

fn matters(stream: &[u8], record: &Record) -> bool {
    let kinds = [
        record::ROW,
        record::COLUMN_INFO,
        record::COMMENT,
        record::DIMENSIONS,
    ];
    kinds.contains(&record.kind) || cell_span(stream, record).is_some()
}

fn refuse_overlap(spans: &mut [(usize, usize)]) -> Result<(), Trouble> {
    spans.sort_unstable();
    let overlap = spans
        .windows(2)
        .any(|pair| pair[1].0 < pair[0].1 || pair[0].0 == pair[1].0);
    if overlap {
        return Err(Trouble::damaged(&"two sheets claim the same records"));
    }
    Ok(())
}

fn survey(stream: &[u8], records: &[Record], looks: &Looks) -> SheetSurvey {
    let mut rows = BTreeSet::new();
    let mut columns = BTreeSet::new();
    let mut survey = SheetSurvey::default();
    for record in records {
        if let Some((row, span)) = cell_span(stream, record) {
            rows.insert(row);
            columns.extend(span);
        }
        marks::note(stream, record, looks, &mut survey);
        match record.kind {
            record::ROW => note_row(stream, record, &mut survey.hidden_rows),
            record::COLUMN_INFO => note_columns(stream, record, &mut survey.hidden_columns),
            _ => {}
        }
    }
    survey.rows = rows.into_iter().collect();
    survey.columns = columns.into_iter().collect();
    survey
}

fn note_row(stream: &[u8], record: &Record, hidden: &mut BTreeSet<u32>) {
    let data = &stream[record.data.clone()];
    if data.get(12).is_some_and(|flags| flags & 0x20 != 0) {
        hidden.extend(u16_at(data, 0).map(u32::from));
    }
}

fn note_columns(stream: &[u8], record: &Record, hidden: &mut BTreeSet<u32>) {
    let data = &stream[record.data.clone()];
    let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2)) else {
        return;
    };
    if data.get(8).is_some_and(|flags| flags & 1 != 0) {
        hidden.extend(u32::from(first)..=u32::from(last).min(MAX_COLUMNS - 1));
    }
}

/// Renumbers the cells of a sheet, and hides the record that declares its size.
fn close_up(stream: &mut [u8], records: &[Record], survey: &SheetSurvey) {
    for record in records {
        if let Some((row, columns)) = cell_span(stream, record) {
            let start = record.data.start;
            put(stream, start, rank(&survey.rows, row));
            put(stream, start + 2, rank(&survey.columns, *columns.start()));
            if record.kind == record::MULTIPLE_NUMBERS {
                put(
                    stream,
                    record.data.end - 2,
                    rank(&survey.columns, *columns.end()),
                );
            }
        } else if record.kind == record::DIMENSIONS {
            put(stream, record.data.start - 4, record::IGNORED);
        }
    }
}

fn rank(numbers: &[u16], number: u16) -> u16 {
    let rank = numbers.partition_point(|known| *known < number);
    u16::try_from(rank).unwrap_or(u16::MAX)
}

fn put(bytes: &mut [u8], at: usize, number: u16) {
    if let Some(place) = bytes.get_mut(at..at + 2) {
        place.copy_from_slice(&number.to_le_bytes());
    }
}
