//! One cell of an OpenDocument sheet.

use super::super::struck::{self, Run, Struck};
use super::super::xml::{self, BytesStart, Event, Reader};
use super::super::{RawValue, cell, renewing, shown};
use super::boxes;
use super::styles::Styles;

/// Spaces that one element may stand for; more are no text but an attack.
const MOST_SPACES: usize = 1_000;

/// A cell's attributes and its text, before they are weighed.
#[derive(Default)]
pub(super) struct Parts {
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    is_error: bool,
    text: Text,
    /// Whether the cell has a comment, which is no part of its text.
    pub(super) has_comment: bool,
    /// The texts of the drawings that are tied to the cell, which are no part of its text either.
    pub(super) boxes: Vec<String>,
}

/// What was met in a cell beside its text.
#[derive(Default)]
struct Beside {
    has_comment: bool,
    boxes: Vec<String>,
}

impl Parts {
    /// Reads a cell from its start to its end; `None` if the text breaks off first.
    pub(super) fn read(
        start: &BytesStart<'_>,
        reader: &mut Reader<&[u8]>,
        styles: &Styles,
    ) -> Option<Self> {
        let attribute = |name: &str| xml::attribute(start, name);
        let kind = attribute("office:value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute("office:date-value"),
            "time" => attribute("office:time-value"),
            "boolean" => attribute("office:boolean-value"),
            "string" => attribute("office:string-value"),
            _ => attribute("office:value"),
        };
        let mut beside = Beside::default();
        let parts = Self {
            value,
            kind,
            formula: attribute("table:formula"),
            is_error: attribute("calcext:value-type").as_deref() == Some("error"),
            text: text(reader, styles, &mut beside)?,
            has_comment: beside.has_comment,
            boxes: beside.boxes,
        };
        Some(parts)
    }

    /// How much of the text is struck out, in a cell that may be struck out itself.
    pub(super) fn struck(&self, is_cell_struck: bool) -> Struck {
        match self.text.runs.as_slice() {
            // A number without any text that could be struck out looks like its cell.
            [] if is_cell_struck => Struck::Whole,
            runs => struck::judge(runs, is_cell_struck),
        }
    }

    /// The cell's value; `None` if it is blank.
    pub(super) fn weigh(self) -> Option<RawValue> {
        let formula = self.formula.as_deref().map(plain);
        let value = self.value()?;
        Some(match formula {
            Some(formula) => renewing::mark(&formula, value),
            None => value,
        })
    }

    fn value(self) -> Option<RawValue> {
        let text = self.text.whole();
        if self.is_error || (self.formula.is_some() && is_error_text(&text)) {
            return Some(RawValue::Error(text));
        }
        match (self.kind.as_str(), self.value) {
            ("", _) => match self.formula {
                Some(formula) if text.is_empty() => Some(RawValue::Uncached(plain(&formula))),
                _ => cell::text_value(&text),
            },
            ("date", Some(value)) => Some(cell::iso(&value)),
            ("boolean", Some(value)) => Some(RawValue::Bool(value.eq_ignore_ascii_case("true"))),
            ("string", Some(value)) if !value.is_empty() => cell::text_value(&value),
            ("time", Some(value)) => Some(cell::iso_duration(&value)),
            ("string", _) | (_, None) => cell::text_value(&text),
            (_, Some(value)) => match value.parse() {
                // Programs that write no text leave it to the reader to show the number.
                Ok(number) if text.is_empty() => Some(RawValue::Number(number)),
                Ok(number) => Some(shown::formatted(number, text)),
                Err(_) => cell::text_value(&value),
            },
        }
    }
}

/// The shown text of a cell, in runs of one look.
#[derive(Default)]
struct Text {
    runs: Vec<Run>,
    /// The looks of the spans the reader is in, outermost first.
    looks: Vec<Option<bool>>,
}

impl Text {
    fn push(&mut self, text: &str) {
        let is_struck = self.looks.last().copied().flatten();
        match self.runs.last_mut() {
            Some(run) if run.is_struck == is_struck => run.text.push_str(text),
            _ => self.runs.push(Run {
                text: text.to_owned(),
                is_struck,
            }),
        }
    }

    fn begin_span(&mut self, start: &BytesStart<'_>, styles: &Styles) {
        let style = xml::attribute(start, "text:style-name");
        let own = style.and_then(|style| styles.strikes(&style));
        self.looks
            .push(own.or(self.looks.last().copied().flatten()));
    }

    fn whole(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// The shown text up to the cell's end, one line for each paragraph, without comments and drawings.
fn text(reader: &mut Reader<&[u8]>, styles: &Styles, beside: &mut Beside) -> Option<Text> {
    let mut text = Text::default();
    let mut paragraphs = 0;
    let mut inside = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => match start.name().as_ref() {
                "text:p" | "text:h" => {
                    if paragraphs > 0 {
                        text.push("\n");
                    }
                    paragraphs += 1;
                    inside += 1;
                }
                "text:span" => text.begin_span(&start, styles),
                "text:s" => text.push(&" ".repeat(spaces(&start))),
                "text:tab" => text.push("\t"),
                "text:line-break" => text.push("\n"),
                "office:annotation" => {
                    beside.has_comment = true;
                    reader.read_to_end(start.name()).ok()?;
                }
                name if name.starts_with("draw:") => {
                    let inside = reader.read_text(start.name()).ok()?;
                    beside.boxes.extend(boxes::texts(inside.as_ref()));
                }
                _ => {}
            },
            Event::Text(content) if inside > 0 => text.push(&content.xml10_content()),
            Event::CData(content) if inside > 0 => text.push(&content.xml10_content()),
            Event::GeneralRef(reference) if inside > 0 => text.push(&xml::entity(&reference)),
            Event::End(end) => match end.name().as_ref() {
                "text:p" | "text:h" => inside = inside.saturating_sub(1),
                "text:span" => {
                    text.looks.pop();
                }
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
