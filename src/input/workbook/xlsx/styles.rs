//! The formats of cells, by their number: which strike out, and which show numbers otherwise than they are stored.

use std::collections::{BTreeMap, BTreeSet};

use super::super::shown::NumberFormat;
use super::super::xml::{self, BytesStart, Event};
use super::attribute::is_off;

/// What the formats of cells say that matters here.
#[derive(Default)]
pub(super) struct Styles {
    /// Those whose font is struck out.
    pub(super) struck: BTreeSet<usize>,
    /// Those that show numbers in a way of their own.
    pub(super) shown: BTreeMap<usize, NumberFormat>,
}

/// The lists being read, and what is known of their entries.
#[derive(Default)]
struct Lists {
    /// The number of the font, inside the list of fonts.
    font: Option<usize>,
    struck_fonts: BTreeSet<usize>,
    /// Number formats the workbook defines, by their number.
    codes: BTreeMap<u32, String>,
    /// The number of the cell format, inside the list of those.
    format: Option<usize>,
}

impl Styles {
    /// Reads the part that holds them, as far as it is sound.
    pub(super) fn read(text: &str) -> Self {
        let mut styles = Self::default();
        let mut lists = Lists::default();
        let mut reader = xml::reader(text);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) => styles.begin(&start, &mut lists),
                Event::End(end) => match end.local_name().as_ref() {
                    "fonts" => lists.font = None,
                    "cellXfs" => lists.format = None,
                    "font" => lists.font = lists.font.map(|number| number + 1),
                    "xf" => lists.format = lists.format.map(|number| number + 1),
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        styles
    }

    fn begin(&mut self, start: &BytesStart<'_>, lists: &mut Lists) {
        match start.local_name().as_ref() {
            "fonts" => lists.font = Some(0),
            "cellXfs" => lists.format = Some(0),
            "strike" if !is_off(start) => lists.struck_fonts.extend(lists.font),
            "numFmt" => {
                let id = xml::local_attribute(start, "numFmtId").and_then(|it| it.parse().ok());
                let code = xml::local_attribute(start, "formatCode");
                lists.codes.extend(id.zip(code));
            }
            "xf" => {
                if let Some(number) = lists.format {
                    self.format(number, start, lists);
                }
            }
            _ => {}
        }
    }

    fn format(&mut self, number: usize, start: &BytesStart<'_>, lists: &Lists) {
        let font = xml::local_attribute(start, "fontId").and_then(|it| it.parse().ok());
        if font.is_some_and(|font| lists.struck_fonts.contains(&font)) {
            self.struck.insert(number);
        }
        let id = xml::local_attribute(start, "numFmtId").and_then(|it| it.parse().ok());
        let own = id.and_then(|id| lists.codes.get(&id));
        let shown = id.and_then(|id| NumberFormat::of(id, own.map(String::as_str)));
        self.shown.extend(shown.map(|shown| (number, shown)));
    }
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
        assert_eq!(Styles::read(text).struck, [1, 3].into());
    }

    #[test]
    fn a_workbook_may_give_any_number_a_format_of_its_own() {
        let text = r#"<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0000"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="22"/></cellXfs></styleSheet>"#;
        let shown: Vec<usize> = Styles::read(text).shown.into_keys().collect();
        assert_eq!(shown, [1, 2]);
    }
}
