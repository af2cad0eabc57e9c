//! Marks on cells that are no values: what is struck out, and what has a comment.

use std::collections::BTreeSet;

use super::{Record, SheetSurvey, record, records, u16_at};

/// The cell formats whose font is struck out, by their number.
pub(super) fn struck_formats(stream: &[u8]) -> BTreeSet<u16> {
    let globals = || records(stream, 0).take_while(|it| it.kind != record::END);
    let fonts = globals().filter(|it| it.kind == record::FONT);
    let struck: BTreeSet<u16> = (0..)
        .zip(fonts)
        .filter(|(_, font)| u16_at(stream, font.data.start + 2).is_some_and(|it| it & 8 != 0))
        .map(|(number, _)| number)
        .collect();
    let formats = globals().filter(|it| it.kind == record::FORMAT);
    (0..)
        .zip(formats)
        .filter(|(_, format)| {
            // There is no font of the number four, so those above it count one too far.
            let font = u16_at(stream, format.data.start);
            font.is_some_and(|font| struck.contains(&if font > 4 { font - 1 } else { font }))
        })
        .map(|(number, _)| number)
        .collect()
}

/// Notes what a record says about its cell, before the record is renumbered.
pub(super) fn note(
    stream: &[u8],
    record: &Record,
    struck: &BTreeSet<u16>,
    survey: &mut SheetSurvey,
) {
    let at = |offset: usize| u16_at(stream, record.data.start + offset);
    let (Some(row), Some(column)) = (at(0), at(2)) else {
        return;
    };
    let address = (u32::from(row), u32::from(column));
    match record.kind {
        record::COMMENT => {
            survey.comments.insert(address);
        }
        record::ROW | record::COLUMN_INFO | record::DIMENSIONS | record::MULTIPLE_NUMBERS => {}
        _ if at(4).is_some_and(|format| struck.contains(&format)) => {
            survey.struck.insert(address);
        }
        _ => {}
    }
}
