//! The styles of an OpenDocument workbook: which hide their sheet, and which strike out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::xml::{self, BytesStart, Event};

/// Styles another is based on; a longer chain is a circle.
const DEEPEST: usize = 20;

/// What the styles say that matters here, by their names.
#[derive(Default)]
pub(super) struct Styles {
    current: String,
    hiding: BTreeSet<String>,
    /// Whether a style strikes out, where it says so itself.
    lines: BTreeMap<String, bool>,
    /// The style another is based on.
    parents: BTreeMap<String, String>,
}

impl Styles {
    /// Notes the styles of a whole part, as far as it is sound.
    pub(super) fn read(&mut self, text: &str) {
        let mut reader = xml::reader(text);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) => self.note(&start),
                Event::Eof => break,
                _ => {}
            }
        }
    }

    /// Notes what an element says about a style.
    pub(super) fn note(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "style:style" => {
                self.current = xml::attribute(start, "style:name").unwrap_or_default();
                let parent = xml::attribute(start, "style:parent-style-name");
                let parent = parent.map(|parent| (self.current.clone(), parent));
                self.parents.extend(parent);
            }
            "style:table-properties" => {
                let shown = xml::attribute(start, "table:display");
                if shown.as_deref() == Some("false") {
                    self.hiding.insert(self.current.clone());
                }
            }
            "style:text-properties" => {
                let kinds = [
                    "style:text-line-through-style",
                    "style:text-line-through-type",
                ];
                let mut lines = kinds.iter().filter_map(|kind| xml::attribute(start, kind));
                if let Some(first) = lines.next() {
                    let is_line = first != "none" || lines.any(|line| line != "none");
                    self.lines.insert(self.current.clone(), is_line);
                }
            }
            _ => {}
        }
    }

    /// Whether a table's style hides its sheet.
    pub(super) fn hides(&self, table: &BytesStart<'_>) -> bool {
        let style = xml::attribute(table, "table:style-name");
        style.is_some_and(|style| self.hiding.contains(&style))
    }

    /// Whether a style strikes out, or the one it is based on; `None` where none of them says.
    pub(super) fn strikes(&self, style: &str) -> Option<bool> {
        let mut style = style;
        for _ in 0..DEEPEST {
            if let Some(line) = self.lines.get(style) {
                return Some(*line);
            }
            style = self.parents.get(style)?;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_strikes_out_as_the_one_it_is_based_on() {
        let mut styles = Styles::default();
        styles.read(
            r#"<s><style:style style:name="Old"><style:text-properties style:text-line-through-style="solid"/></style:style>
            <style:style style:name="ce1" style:parent-style-name="Old"/>
            <style:style style:name="ce2" style:parent-style-name="Old"><style:text-properties style:text-line-through-style="none"/></style:style>
            <style:style style:name="a" style:parent-style-name="b"/><style:style style:name="b" style:parent-style-name="a"/></s>"#,
        );
        let strikes = ["Old", "ce1", "ce2", "a", "x"].map(|style| styles.strikes(style));
        assert_eq!(strikes, [Some(true), Some(true), Some(false), None, None]);
    }
}
