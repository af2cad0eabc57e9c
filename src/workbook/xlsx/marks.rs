//! Marks on cells that are no values: what is struck out, and what has a comment.

use std::collections::BTreeSet;

use super::super::archive::Archive;
use super::super::xml::{self, Event};
use super::layout::{is_off, parse_address};

/// The cell formats whose font is struck out, by their number.
pub(super) fn struck_formats(text: &str) -> BTreeSet<usize> {
    let mut reader = xml::reader(text);
    let mut inside = Inside::default();
    let mut fonts = BTreeSet::new();
    let mut formats = BTreeSet::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "fonts" => inside.fonts = Some(0),
                "cellXfs" => inside.formats = Some(0),
                "strike" if !is_off(&start) => fonts.extend(inside.fonts),
                "xf" => {
                    let font =
                        xml::local_attribute(&start, "fontId").and_then(|it| it.parse().ok());
                    if font.is_some_and(|font| fonts.contains(&font)) {
                        formats.extend(inside.formats);
                    }
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "fonts" => inside.fonts = None,
                "cellXfs" => inside.formats = None,
                "font" => inside.fonts = inside.fonts.map(|number| number + 1),
                "xf" => inside.formats = inside.formats.map(|number| number + 1),
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    formats
}

/// The lists being read, and the number of the entry.
#[derive(Default)]
struct Inside {
    fonts: Option<usize>,
    formats: Option<usize>,
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_struck_out_by_their_font() {
        let text = r#"<styleSheet><fonts><font/><font><b/><strike/></font><font><strike val="0"/></font></fonts>
            <cellStyleXfs><xf fontId="1"/></cellStyleXfs>
            <cellXfs><xf fontId="0"/><xf fontId="1"><alignment/></xf><xf fontId="2"/><xf fontId="1"/></cellXfs>
            <dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"#;
        assert_eq!(struck_formats(text), [1, 3].into());
    }
}
