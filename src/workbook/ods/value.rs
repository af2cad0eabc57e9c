//! One cell of an OpenDocument sheet.

use super::super::xml::{self, BytesStart, Event, Reader};
use super::super::{RawValue, cell};

/// Spaces that one element may stand for; more are no text but an attack.
const MOST_SPACES: usize = 1_000;

/// A cell's attributes and its text, before they are weighed.
#[derive(Default)]
pub(super) struct Parts {
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    is_error: bool,
    text: String,
    /// Whether the cell has a comment, which is no part of its text.
    pub(super) has_comment: bool,
}

impl Parts {
    /// Reads a cell from its start to its end; `None` if the text breaks off first.
    pub(super) fn read(start: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Option<Self> {
        let attribute = |name: &str| xml::attribute(start, name);
        let kind = attribute("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute("office:date-value"),
            "time" => attribute("office:time-value"),
            "boolean" => attribute("office:boolean-value"),
            "string" => attribute("office:string-value"),
            _ => attribute("office:value"),
        };
        let mut has_comment = false;
        let parts = Self {
            value,
            kind,
            formula: attribute("table:formula"),
            is_error: attribute("calcext:value-type").as_deref() == Some("error"),
            text: text(reader, &mut has_comment)?,
            has_comment,
        };
        Some(parts)
    }

    /// The cell's value; `None` if it is blank.
    pub(super) fn weigh(self) -> Option<RawValue> {
        if self.is_error || (self.formula.is_some() && is_error_text(&self.text)) {
            return Some(RawValue::Error(self.text));
        }
        match (self.kind.as_str(), self.value) {
            ("", _) => match self.formula {
                Some(formula) if self.text.is_empty() => Some(RawValue::Uncached(plain(&formula))),
                _ => cell::text_value(&self.text),
            },
            ("date", Some(value)) => Some(cell::iso(&value)),
            ("boolean", Some(value)) => Some(RawValue::Bool(value.eq_ignore_ascii_case("true"))),
            ("string", Some(value)) if !value.is_empty() => cell::text_value(&value),
            ("time", Some(value)) => Some(cell::iso_duration(&value)),
            ("string", _) | (_, None) => cell::text_value(&self.text),
            (_, Some(value)) => match value.parse() {
                Ok(number) => Some(RawValue::Number(number)),
                Err(_) => cell::text_value(&value),
            },
        }
    }
}

/// The shown text up to the cell's end, one line for each paragraph, without comments and drawings.
fn text(reader: &mut Reader<&[u8]>, has_comment: &mut bool) -> Option<String> {
    let mut text = String::new();
    let mut paragraphs = 0;
    let mut inside = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => match start.name().as_ref() {
                "text:p" | "text:h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    inside += 1;
                }
                "text:s" => text.extend(std::iter::repeat_n(' ', spaces(&start))),
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                name if name == "office:annotation" || name.starts_with("draw:") => {
                    *has_comment |= name == "office:annotation";
                    reader.read_to_end(start.name()).ok()?;
                }
                _ => {}
            },
            Event::Text(content) if inside > 0 => text.push_str(&content.xml10_content()),
            Event::CData(content) if inside > 0 => text.push_str(&content.xml10_content()),
            Event::GeneralRef(reference) if inside > 0 => text.push_str(&xml::entity(&reference)),
            Event::End(end) => match end.name().as_ref() {
                "text:p" | "text:h" => inside = inside.saturating_sub(1),
                "table:table-cell" | "table:covered-table-cell" => return Some(text),
                _ => {}
            },
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn spaces(start: &BytesStart<'_>) -> usize {
    let count = xml::attribute(start, "text:c").and_then(|count| count.parse().ok());
    count.unwrap_or(1).min(MOST_SPACES)
}

/// Whether a formula's shown text is an error, for files that do not mark it as one.
fn is_error_text(text: &str) -> bool {
    const ERRORS: [&str; 7] = [
        "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!",
    ];
    ERRORS.contains(&text) || text.strip_prefix("Err:").is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

/// A formula without the prefix that names its language.
fn plain(formula: &str) -> String {
    let formula = formula.strip_prefix("of:").unwrap_or(formula);
    formula.strip_prefix('=').unwrap_or(formula).to_owned()
}
