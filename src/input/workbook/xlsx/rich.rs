//! Rich text: the runs of a text and whether they are struck out, in shared strings and in cells.

use std::collections::BTreeMap;

use super::super::archive::Archive;
use super::super::struck::Run;
use super::super::xml::{self, BytesStart, Event};
use super::attribute::is_off;

/// The shared strings that consist of runs, by their number.
pub(super) type RichStrings = BTreeMap<usize, Vec<Run>>;

/// Reads the shared strings, as far as they are sound.
pub(super) fn strings(archive: &mut Archive<'_>, part: &str) -> RichStrings {
    let bytes = archive.part(part).unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    let mut strings = RichStrings::new();
    let mut number = 0;
    let mut runs = Runs::default();
    while let Ok(event) = reader.read_event() {
        match &event {
            Event::End(end) if end.local_name().as_ref() == "si" => {
                strings.extend(std::mem::take(&mut runs).finish().map(|it| (number, it)));
                number += 1;
            }
            Event::Eof => break,
            event => runs.event(event),
        }
    }
    strings
}

/// The runs of one text, as they are read.
#[derive(Default)]
pub(super) struct Runs {
    found: Vec<Run>,
    /// Whether the text has runs at all, and is not all of one look.
    is_rich: bool,
    is_struck: Option<bool>,
    in_text: bool,
    /// Inside the reading aid that is printed above a text, which is no part of it.
    in_aid: bool,
}

impl Runs {
    /// Takes what stands inside the text's element.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) => self.begin(start),
            Event::Text(text) => self.push(&text.xml10_content()),
            Event::CData(text) => self.push(&text.xml10_content()),
            Event::GeneralRef(reference) => self.push(&xml::entity(reference)),
            Event::End(end) => match end.local_name().as_ref() {
                "t" => self.in_text = false,
                "r" => self.is_struck = None,
                "rPh" => self.in_aid = false,
                _ => {}
            },
            _ => {}
        }
    }

    fn begin(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "r" => self.is_rich = true,
            // A run with a look of its own takes nothing from the cell's.
            "rPr" => self.is_struck = Some(false),
            "strike" if self.is_struck.is_some() => self.is_struck = Some(!is_off(start)),
            "rPh" => self.in_aid = true,
            "t" if !self.in_aid => {
                self.in_text = true;
                self.found.push(Run {
                    text: String::new(),
                    is_struck: self.is_struck,
                });
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(run) = self.found.last_mut().filter(|_| self.in_text) {
            run.text.push_str(text);
        }
    }

    /// The runs; `None` where the text has none.
    pub(super) fn finish(self) -> Option<Vec<Run>> {
        self.is_rich.then_some(self.found)
    }
}
