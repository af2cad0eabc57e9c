//! The form for programs: one JSON object per line, with the fields a finding has in the manifest.
//!
//! Only `path` differs: here it is the one the other two forms show, to be opened from where the user is.

use std::fmt::Write as _;
use std::io;

use super::{Excerpts, shown};
use crate::finding::Finding;
use crate::publish::FindingEntry;
use crate::text::visible::is_hidden;

/// `{"code":"unknown-server","severity":"error",…}`
pub(super) fn line(finding: &Finding, excerpts: &dyn Excerpts) -> io::Result<String> {
    let mut finding = finding.clone();
    finding.place = finding.place.map(|place| shown(&place, excerpts));
    let line = FindingEntry::of(&finding).to_json()?;
    Ok(escape_hidden(&line))
}

/// Writes what a terminal would obey as `\u` escapes. Outside strings JSON has no such characters, so the
/// value stays the same.
fn escape_hidden(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for symbol in json.chars() {
        if is_hidden(symbol) {
            for unit in symbol.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` does not fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(symbol);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::tests::Nothing;
    use super::*;
    use crate::finding::{Code, Place};

    #[test]
    fn one_object_holds_every_field_and_null_where_there_is_nothing() {
        let sheet = Place::file("pools.xlsx").sheet("Pools");
        let cases = [
            (
                Finding::new(Code::UnknownServer, "no `\u{9b}x\u{1b}\u{e0001}`")
                    .at(&sheet.clone().cell(2, 3))
                    .help("did you mean `y`?"),
                concat!(
                    r#"{"code":"unknown-server","severity":"error","message":"no `\u009bx\u001b\udb40\udc01`","#,
                    r#""path":"worksheets/pools.xlsx","sheet":"Pools","cell":"D3","help":"did you mean `y`?"}"#
                ),
            ),
            (
                Finding::new(Code::MissingKey, "m").at(&sheet.row(6)),
                concat!(
                    r#"{"code":"missing-key","severity":"error","message":"m","#,
                    r#""path":"worksheets/pools.xlsx","sheet":"Pools","cell":"7:7","help":null}"#
                ),
            ),
            (
                Finding::new(Code::NoCms, "m"),
                r#"{"code":"no-cms","severity":"error","message":"m","path":null,"sheet":null,"cell":null,"help":null}"#,
            ),
        ];
        for (finding, expected) in cases {
            assert_eq!(line(&finding, &Nothing).unwrap(), expected);
        }
    }
}
