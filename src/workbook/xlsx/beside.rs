//! What stands beside the cells of a sheet, in parts of its own: comments.

use std::collections::BTreeSet;

use super::super::archive::Archive;
use super::super::xml::{self, Event};
use super::layout::parse_address;

/// The cells that have a comment, from the part that holds the comments.
pub(super) fn commented(archive: &mut Archive<'_>, part: &str) -> BTreeSet<(u32, u32)> {
    let bytes = archive.part(part).unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    let mut cells = BTreeSet::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "comment" => {
                let address = xml::local_attribute(&start, "ref");
                cells.extend(address.as_deref().and_then(parse_address));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    cells
}
