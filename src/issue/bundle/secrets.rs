//! The last look of a bundle for secrets: over what is in its files, however it came there.
//!
//! Worksheets are withheld where they are read; a layout or a procedure of one's own may hold a secret all the same.

use rayon::prelude::*;
use serde_json::Value;

use crate::bundle::File;
use crate::rows::{Accepted, secret};

/// The first file that holds what looks like a secret, and what that looks like. Workbooks say what the pages beside them
/// say.
pub fn first(files: &[File], accepted: &Accepted) -> Option<(String, &'static str)> {
    let looks = files.par_iter().map(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        let (_, ending) = path.rsplit_once('.')?;
        let found = match ending {
            "md" | "txt" | "csv" => text.lines().find_map(|line| in_line(line, accepted)),
            "json" => in_json(&serde_json::from_str(&text).ok()?, accepted),
            "html" | "svg" => in_markup(&text, accepted),
            _ => None,
        };
        Some((path.clone(), found?))
    });
    looks.find_map_first(|found| found)
}

/// A line, unless a cell of it is accepted.
fn in_line(line: &str, accepted: &Accepted) -> Option<&'static str> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "|>`".contains(c));
    let looks = secret::looks_like(line)?;
    let mut cells = line
        .split(['|', ':', '`'])
        .map(|cell| cell.replace('\\', ""));
    (!cells.any(|cell| accepted.holds(&cell))).then_some(looks)
}

fn in_json(value: &Value, accepted: &Accepted) -> Option<&'static str> {
    match value {
        Value::String(text) => text.lines().find_map(|line| in_line(line, accepted)),
        Value::Array(items) => items.iter().find_map(|it| in_json(it, accepted)),
        Value::Object(map) => map.values().find_map(|it| in_json(it, accepted)),
        _ => None,
    }
}

/// The texts between tags, but for scripts and styles.
fn in_markup(text: &str, accepted: &Accepted) -> Option<&'static str> {
    let mut rest = text;
    while let Some(end) = rest.find('<') {
        let (before, tag) = rest.split_at(end);
        if let Some(looks) = in_line(before, accepted) {
            return Some(looks);
        }
        let names = ["script", "style"].into_iter();
        let close = names
            .filter(|it| tag[1..].starts_with(it))
            .map(|it| format!("</{it}>"))
            .next();
        let close = close.unwrap_or_else(|| ">".to_owned());
        let end = tag.find(&close)? + close.len();
        rest = &tag[end..];
    }
    in_line(rest, accepted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::digest::sha256_hex;

    #[test]
    fn a_secret_is_found_in_every_kind_of_file_and_may_be_accepted() {
        let looks = |path: &str, text: &str, accepted: &[String]| {
            let files = [(path.to_owned(), text.as_bytes().to_vec())];
            first(&files, &Accepted::new(accepted)).is_some()
        };
        let cases = [
            ("a.md", "| Notes | pw: Autumn2019 |", true),
            ("a.json", r#"{"a": ["x", "pw: Autumn2019"]}"#, true),
            ("a.html", "<p>x</p><p>pw: Autumn2019</p>", true),
            ("a.html", "<style>pw: Autumn2019</style><p>x</p>", false),
            ("a.md", "| Notes | pw: see vault |", false),
        ];
        for (path, text, found) in cases {
            assert_eq!(looks(path, text, &[]), found, "{text}");
        }
        let digest = sha256_hex(b"Autumn2019");
        assert!(!looks("a.md", "| Notes | pw: Autumn2019 |", &[digest]));
    }
}
