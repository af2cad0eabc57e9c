//! Marks on cells that are no values: what is struck out, what is shown otherwise, and what has a comment.

use super::looks::Looks;
use super::record::{self, Record, cell_span, u16_at};
use super::survey::SheetSurvey;

/// Notes what a record says about its cells, before the record is renumbered.
pub(super) fn note(stream: &[u8], record: &Record, looks: &Looks, survey: &mut SheetSurvey) {
    let at = |offset: usize| u16_at(stream, record.data.start + offset);
    let (Some(row), Some(column)) = (at(0), at(2)) else {
        return;
    };
    let address = (u32::from(row), u32::from(column));
    match record.kind {
        record::COMMENT => {
            survey.comments.insert(address);
        }
        record::MULTIPLE_NUMBERS => {
            let span = cell_span(stream, record).map(|(_, columns)| columns);
            // Each number has its format and its value, six bytes together.
            for (index, column) in span.into_iter().flatten().enumerate() {
                let format = at(4 + 6 * index);
                note_format((address.0, u32::from(column)), format, looks, survey);
            }
        }
        record::ROW | record::COLUMN_INFO | record::DIMENSIONS => {}
        _ => {
            note_format(address, at(4), looks, survey);
            let runs = looks.runs(stream, record);
            survey.runs.extend(runs.map(|runs| (address, runs)));
        }
    }
}

fn note_format(address: (u32, u32), format: Option<u16>, looks: &Looks, survey: &mut SheetSurvey) {
    let Some(format) = format else {
        return;
    };
    if looks.struck.contains(&format) {
        survey.struck.insert(address);
    }
    if looks.shown.contains_key(&format) {
        survey.shown.insert(address, format);
    }
}
