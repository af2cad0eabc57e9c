//! The last look before a bundle is written: no hidden value stands in any file of it.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::squeezed::{self, Squeezed};
use super::texts;
use super::values::Values;
use super::view;

/// A hidden value that is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// The file, and of a workbook the part.
    pub path: String,
    /// The value, as views have it.
    pub value: String,
}

impl fmt::Display for Survivor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` still stands in {}", self.value, self.path)
    }
}

/// The values that must not stand in any file, and what finds where one may.
///
/// A file may write a value in some twenty ways, and of none is a copy of the file made: its letters and digits are looked
/// through, whatever stands between them, and only where those of a value follow each other is the place read in all ways.
#[derive(Debug)]
pub struct Survivors {
    values: Values,
    keys: AhoCorasick,
}

/// How much of a file is read on both sides of such a place.
const AROUND: usize = 64;

impl Survivors {
    /// These values.
    ///
    /// # Errors
    /// More text than can be looked for at once.
    pub fn new(values: Values) -> Result<Self, String> {
        let keys = values.texts();
        let keys = keys.flat_map(|it| [squeezed::key(it), squeezed::key_undone(it)]);
        let keys: BTreeSet<String> = keys.filter(|it| !it.is_empty()).collect();
        let keys = AhoCorasick::new(keys).map_err(|error| error.to_string())?;
        Ok(Self { values, keys })
    }

    /// The first of them that stands in a file or in its name.
    ///
    /// # Errors
    /// A file that cannot be looked into.
    pub fn first(&self, path: &str, bytes: &[u8]) -> Result<Option<Survivor>, String> {
        if let Some(value) = self.values.first(&view::plain(path)) {
            return Ok(Some(Survivor {
                path: path.to_owned(),
                value: value.to_owned(),
            }));
        }
        let mut value = None;
        let part = texts::parts(bytes, |_, text| {
            value = self.in_text(text);
            value.is_some()
        });
        let part = part.map_err(|why| format!("{path} cannot be checked: {why}"))?;
        Ok(value.zip(part).map(|(value, part)| Survivor {
            path: if part.is_empty() {
                path.to_owned()
            } else {
                format!("{path}, part {part}")
            },
            value,
        }))
    }

    fn in_text(&self, text: &str) -> Option<String> {
        let found = self.in_squeezed(text, &Squeezed::of(text));
        let found = found.or_else(|| self.in_squeezed(text, &Squeezed::undone(text, false)));
        let has_tags = || text.contains('<').then(|| Squeezed::undone(text, true));
        found.or_else(|| self.in_squeezed(text, &has_tags()?))
    }

    fn in_squeezed(&self, text: &str, squeezed: &Squeezed) -> Option<String> {
        let mut seen = 0..0;
        for found in self.keys.find_overlapping_iter(&squeezed.text) {
            let place = squeezed.origin(&found.range());
            // What stands well inside the piece before has been read.
            if seen.start <= place.start && place.end + AROUND / 2 < seen.end {
                continue;
            }
            seen = around(text, &place);
            let forms = texts::forms(&text[seen.clone()]);
            let value = forms
                .iter()
                .find_map(|it| Some(self.values.first(&view::plain(it))?.to_owned()));
            if value.is_some() {
                return value;
            }
        }
        None
    }
}

/// A place and what stands on both sides of it.
fn around(text: &str, place: &Range<usize>) -> Range<usize> {
    let mut from = place.start.saturating_sub(AROUND);
    let mut to = (place.end + AROUND).min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::values::Edge;

    #[test]
    fn a_value_is_found_in_a_workbook_in_markup_and_in_a_name() {
        let values = Values::new([("anna berg".to_owned(), Edge::Word)]).unwrap();
        let survivors = Survivors::new(values).unwrap();
        let book =
            crate::archive::pack([("docProps/core.xml", b"<a>Anna&#32;Berg</a>".as_slice())])
                .unwrap();
        let cases: [(&str, &[u8], Option<&str>); 6] = [
            ("a.xlsx", &book, Some("a.xlsx, part docProps/core.xml")),
            ("a.html", b"<img alt='by anna berg'>", Some("a.html")),
            ("anna berg.md", b"x", Some("anna berg.md")),
            ("a.html", b"<b>Anna</b>%20&#66;erg", Some("a.html")),
            ("a.json", br#"{"a": "x\nAnna\u00a0Berg"}"#, Some("a.json")),
            ("a.md", b"Annabel Berg", None),
        ];
        for (path, bytes, place) in cases {
            let found = survivors.first(path, bytes).unwrap();
            assert_eq!(found.map(|it| it.path).as_deref(), place, "{path}");
        }
    }
}
