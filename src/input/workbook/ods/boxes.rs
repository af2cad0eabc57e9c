//! What is written in text boxes and other shapes.

use super::super::cell;
use super::super::xml::{self, Event};

/// The text in the XML of a drawing, or of several; `None` if there is none.
pub(super) fn texts(inside: &str) -> Option<String> {
    let mut reader = xml::reader(inside);
    let mut text = String::new();
    let mut in_text = 0_usize;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.name().as_ref() == "text:p" => in_text += 1,
            Event::End(end) if end.name().as_ref() == "text:p" => {
                in_text = in_text.saturating_sub(1);
                text.push(' ');
            }
            Event::Text(it) if in_text > 0 => text.push_str(&it.xml10_content()),
            Event::GeneralRef(it) if in_text > 0 => text.push_str(&xml::entity(&it)),
            Event::Eof => break,
            _ => {}
        }
    }
    cell::beside(&text)
}
