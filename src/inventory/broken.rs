//! Cells whose text holds a byte that is no character: damaged, or converted by a program that did not know it. Such a
//! byte costs its cell, whatever the column, and no more.

use crate::finding::{Code, words};
use crate::workbook::RawValue;

use super::parse::Problem;
use super::text::text_of;

/// The problem of such a cell; [`RawValue::Error`] holds what stands in it.
pub(super) fn problem(value: &RawValue) -> Option<Problem> {
    if !matches!(value, RawValue::Error(text) if text.contains('\u{fffd}')) {
        return None;
    }
    let text = text_of(value);
    Some(Problem::new(
        Code::BrokenText,
        format!(
            "`{}` holds a byte that is no character (shown as `\u{fffd}`), so the cell is not used",
            words::excerpt(&text)
        ),
        "type the value again, and save the file as \"CSV UTF-8\"",
    ))
}
