//! The look of a copy: plain cells, and marks that are seen without colour too.

use jiff::civil::Time;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::super::book;
use crate::finding::Severity;
use crate::workbook::RawValue;

/// The formats of a copy.
pub(super) struct Looks {
    pub(super) text: Format,
    pub(super) head: Format,
    day: Format,
    moment: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let text = Format::new()
            .set_font_name(book::SANS)
            .set_font_size(book::BASE)
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_align(FormatAlign::Left);
        Self {
            head: text
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00E6_EAEE))
                .set_border_bottom(FormatBorder::Thin),
            day: text.clone().set_num_format("yyyy-mm-dd"),
            moment: text.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            text,
        }
    }

    pub(super) fn of(&self, value: &RawValue) -> &Format {
        match value {
            RawValue::Date(moment) if moment.time() == Time::midnight() => &self.day,
            RawValue::Date(_) => &self.moment,
            RawValue::Renewing { result, .. } => self.of(result),
            _ => &self.text,
        }
    }
}

/// A format with a mark: a fill, and a border whose weight says how bad it is without any colour.
pub(super) fn marked(format: &Format, severity: Severity) -> Format {
    let (shade, ink) = fill(severity);
    let border = match severity {
        Severity::Error => FormatBorder::Thick,
        Severity::Warning => FormatBorder::MediumDashed,
        Severity::Info => FormatBorder::Dotted,
    };
    let format = format
        .clone()
        .set_background_color(shade)
        .set_border(border)
        .set_border_color(ink);
    match severity {
        Severity::Error => format.set_bold(),
        _ => format,
    }
}

/// The shade of a mark, and the ink of its border.
pub(super) fn fill(severity: Severity) -> (Color, Color) {
    let (shade, ink) = match severity {
        Severity::Error => (0x00FD_D5DA, 0x00B0_0020),
        Severity::Warning => (0x00FF_EFC2, 0x009A_6700),
        Severity::Info => (0x00DD_EBF7, 0x001F_4E9E),
    };
    (Color::RGB(shade), Color::RGB(ink))
}
