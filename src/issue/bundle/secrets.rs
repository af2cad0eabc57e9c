//! The last look of a bundle for secrets: over what is in its files, however it came there.
//!
//! Worksheets are withheld where they are read; a layout or a procedure of one's own may hold a secret all the same.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::Value;

use crate::bundle::{File, STAND_IN, texts};
use crate::rows::{Accepted, secret};
use crate::text::digest::sha256;

/// The first file that holds what looks like a secret, of a workbook with its part, and what that looks like.
pub fn first(files: &[File], accepted: &Accepted) -> Option<(String, &'static str)> {
    let reader = Reader {
        accepted,
        harmless: Mutex::default(),
    };
    let looks = files.par_iter().map(|(path, bytes)| {
        let mut found = None;
        // What cannot be read through has been refused by the look before.
        let part = texts::parts(bytes, |part, text| {
            let name = if part.is_empty() { path } else { part };
            found = reader.in_text(name, text);
            found.is_some()
        });
        let part = part.ok().flatten()?;
        let place = if part.is_empty() {
            path.clone()
        } else {
            format!("{path}, part {part}")
        };
        Some((place, found?))
    });
    looks.find_map_first(|found| found)
}

/// Reads texts line by line, and each line once: what one format of one packet says, the others and other packets repeat.
struct Reader<'a> {
    accepted: &'a Accepted,
    /// Digests of lines in which nothing was found.
    harmless: Mutex<BTreeSet<[u8; 32]>>,
}

impl Reader<'_> {
    fn in_text(&self, name: &str, text: &str) -> Option<&'static str> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending {
            "md" | "txt" | "csv" => self.in_lines(text),
            "json" => self.in_json(&serde_json::from_str(text).ok()?),
            "html" | "svg" | "xml" | "vml" | "rels" => self.in_markup(text),
            _ => None,
        }
    }

    fn in_lines(&self, text: &str) -> Option<&'static str> {
        text.lines().find_map(|line| self.in_line(line))
    }

    /// A line, unless a cell of it is accepted.
    fn in_line(&self, line: &str) -> Option<&'static str> {
        let line = line.trim_matches(|c: char| c.is_whitespace() || "|>`".contains(c));
        let line = &as_one_word(line);
        let digest = sha256(line.as_bytes());
        let harmless = || self.harmless.lock().unwrap_or_else(PoisonError::into_inner);
        if harmless().contains(&digest) {
            return None;
        }
        let found = secret::looks_like(line).filter(|_| !self.is_accepted(line));
        if found.is_none() {
            harmless().insert(digest);
        }
        found
    }

    fn is_accepted(&self, line: &str) -> bool {
        let mut cells = line
            .split(['|', ':', '`'])
            .map(|cell| cell.replace('\\', ""));
        cells.any(|cell| self.accepted.holds(&cell))
    }

    fn in_json(&self, value: &Value) -> Option<&'static str> {
        match value {
            Value::String(text) => self.in_lines(text),
            Value::Array(items) => items.iter().find_map(|it| self.in_json(it)),
            Value::Object(map) => map.values().find_map(|it| self.in_json(it)),
            _ => None,
        }
    }

    /// The texts between tags, those of words and runs taken away, but for scripts and styles.
    fn in_markup(&self, text: &str) -> Option<&'static str> {
        let mut rest = text;
        let mut line = String::new();
        while let Some(start) = rest.find('<') {
            let (before, tag) = rest.split_at(start);
            line.push_str(before);
            let name = tag[1..].trim_start_matches('/');
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
            let name = name.unwrap_or_default().to_ascii_lowercase();
            if !WITHIN.contains(&name.as_str()) {
                if is_margin(&name) {
                    line = line
                        .replace("&amp;L", "\n")
                        .replace("&amp;C", "\n")
                        .replace("&amp;R", "\n");
                }
                if let Some(looks) = self.in_marked(&line) {
                    return Some(looks);
                }
                line.clear();
            }
            let is_code = ["script", "style"].contains(&name.as_str()) && !tag.starts_with("</");
            let close = if is_code {
                format!("</{name}")
            } else {
                ">".to_owned()
            };
            let end = tag.find(&close)? + close.len();
            rest = &tag[end..];
        }
        line.push_str(rest);
        self.in_marked(&line)
    }

    fn in_marked(&self, line: &str) -> Option<&'static str> {
        if line.trim().is_empty() {
            return None;
        }
        self.in_lines(&texts::entities(line))
    }
}

/// A line in which whatever was withheld is one word: what stands in its place would look like a password where a command
/// takes one behind a host.
fn as_one_word(line: &str) -> Cow<'_, str> {
    if !line.contains(STAND_IN) {
        return Cow::Borrowed(line);
    }
    let mut parts = line.split(STAND_IN);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push_str("withheld");
        left.push_str(part.split_once(')').map_or(part, |(_, rest)| rest));
    }
    Cow::Owned(left)
}

/// Tags that do not end a text: of words on pages, and of the runs of a workbook's cells, with what they look like.
const WITHIN: [&str; 24] = [
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "mark",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "wbr",
    "r",
    "rpr",
    "t",
    "sz",
    "color",
    "rfont",
    "family",
    "scheme",
    "charset",
    "vertalign",
];

/// Whether a tag of a workbook is the head or the foot of its printed pages, whose parts begin with codes.
fn is_margin(tag: &str) -> bool {
    let begins = ["odd", "even", "first"]
        .iter()
        .any(|it| tag.starts_with(it));
    begins && (tag.ends_with("header") || tag.ends_with("footer"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::digest::sha256_hex;

    /// A part of a workbook, or the file itself.
    fn bytes_of(path: &str, text: &str) -> Vec<u8> {
        if path.contains('/') {
            return crate::archive::pack([(path, text.as_bytes())]).unwrap();
        }
        text.as_bytes().to_vec()
    }

    #[test]
    fn a_secret_is_found_in_every_kind_of_file_and_may_be_accepted() {
        let looks = |path: &str, text: &str, accepted: &[String]| {
            let files = [(path.to_owned(), bytes_of(path, text))];
            first(&files, &Accepted::new(accepted)).is_some()
        };
        let cases = [
            ("a.md", "| Notes | pw: Autumn2019 |", true),
            ("a.json", r#"{"a": ["x", "pw: Autumn2019"]}"#, true),
            ("a.html", "<p>x</p><p>pw: Autumn2019</p>", true),
            ("a.html", "<style>pw: Autumn2019</style><p>x</p>", false),
            ("a.html", "<p>pw&#58; <b>Autumn</b><i>2019</i></p>", true),
            ("a.html", "<p>pw: </p><p>see vault</p>", false),
            ("a.md", "| Notes | pw: see vault |", false),
            (
                "a.html",
                r"<p>net use Z: \\[withheld in this copy (profile ticket)]\x /user:y</p>",
                false,
            ),
            (
                "a.html",
                r"<p>net use Z: \\fs01\x Autumn2019 /user:y</p>",
                true,
            ),
            (
                "xl/sharedStrings.xml",
                "<si><r><t>pw: </t></r><r><rPr><b/></rPr><t>Autumn2019</t></r></si>",
                true,
            ),
            (
                "xl/sharedStrings.xml",
                "<si><t>pw:</t></si><si><t>see vault</t></si>",
                false,
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<c><is><t>pw: Autumn2019</t></is></c>",
                true,
            ),
            (
                "xl/worksheets/sheet1.xml",
                "<oddHeader>&amp;Lpw: Autumn2019</oddHeader>",
                true,
            ),
            (
                "xl/comments1.xml",
                "<comment><text><t>pw: Autumn2019</t></text></comment>",
                true,
            ),
            (
                "docProps/core.xml",
                "<dc:subject>pw: Autumn2019</dc:subject>",
                true,
            ),
        ];
        for (path, text, found) in cases {
            assert_eq!(looks(path, text, &[]), found, "{text}");
        }
        let digest = sha256_hex(b"Autumn2019");
        assert!(!looks("a.md", "| Notes | pw: Autumn2019 |", &[digest]));
    }
}
