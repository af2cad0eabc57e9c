//! The last look before a bundle is written: no hidden value stands in any file of it.

use std::fmt;

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

/// The first hidden value that stands in a file or in its name.
///
/// # Errors
/// A file that cannot be looked into.
pub fn survivor(values: &Values, path: &str, bytes: &[u8]) -> Result<Option<Survivor>, String> {
    let of = |path: String, value: &str| Survivor {
        path,
        value: value.to_owned(),
    };
    if let Some(value) = values.first(&view::plain(path)) {
        return Ok(Some(of(path.to_owned(), value)));
    }
    let parts = texts::of(bytes).map_err(|why| format!("{path} cannot be checked: {why}"))?;
    for (part, texts) in parts {
        if let Some(value) = texts
            .iter()
            .find_map(|text| Some(values.first(&view::plain(text))?.to_owned()))
        {
            let place = if part.is_empty() {
                path.to_owned()
            } else {
                format!("{path}, part {part}")
            };
            return Ok(Some(of(place, &value)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::values::Edge;

    #[test]
    fn a_value_is_found_in_a_workbook_in_markup_and_in_a_name() {
        let values = Values::new([("anna berg".to_owned(), Edge::Word)]).unwrap();
        let book =
            crate::archive::pack([("docProps/core.xml", b"<a>Anna&#32;Berg</a>".as_slice())])
                .unwrap();
        let cases: [(&str, &[u8], Option<&str>); 4] = [
            ("a.xlsx", &book, Some("a.xlsx, part docProps/core.xml")),
            ("a.html", b"<img alt='by anna berg'>", Some("a.html")),
            ("anna berg.md", b"x", Some("anna berg.md")),
            ("a.md", b"Annabel Berg", None),
        ];
        for (path, bytes, place) in cases {
            let found = survivor(&values, path, bytes).unwrap();
            assert_eq!(found.map(|it| it.path).as_deref(), place, "{path}");
        }
    }
}
