//! The form for programs: one JSON object per line on standard output, with the fields a finding has in the
//! manifest.
//!
//! This is a contract: fields may be added, none is renamed or left out; what is not known is `null`.
//!
//! | field | holds |
//! |---|---|
//! | `code` | the kebab-case code, which `explain` explains; codes may be added |
//! | `severity` | `error`, `warning` or `info` |
//! | `message` | what stands there and what was expected, one sentence; its wording may change |
//! | `path` | the file as the other two forms show it, to be opened from where the user is; in the manifest it is relative to the worksheets folder |
//! | `sheet` | the sheet; `null` for CSV, which has none, and for a whole file |
//! | `cell` | the cell as spreadsheets name it, `D3`, or `3:3` for a whole row; `null` for a whole sheet |
//! | `help` | how to clear it |
//! | `as_of` | the day it was judged by, where it hangs on the day; `null` where it holds on any |
//!
//! The lines come in the total order of findings: by file, sheet, row and column, then errors first. With `-q`
//! only errors are written. Nothing but these lines goes to standard output; no finding, no line. What ends a
//! run early is said on standard error, in words, and by the exit code. Characters that act on a terminal
//! are written as `\u` escapes.

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
    use jiff::civil::date;

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
                    r#""path":"worksheets/pools.xlsx","sheet":"Pools","cell":"D3","help":"did you mean `y`?","as_of":null}"#
                ),
            ),
            (
                Finding::new(Code::MissingKey, "m")
                    .at(&sheet.row(6))
                    .on(date(2014, 6, 10)),
                concat!(
                    r#"{"code":"missing-key","severity":"error","message":"m","#,
                    r#""path":"worksheets/pools.xlsx","sheet":"Pools","cell":"7:7","help":null,"as_of":"2014-06-10"}"#
                ),
            ),
            (
                Finding::new(Code::NoCms, "m"),
                r#"{"code":"no-cms","severity":"error","message":"m","path":null,"sheet":null,"cell":null,"help":null,"as_of":null}"#,
            ),
        ];
        for (finding, expected) in cases {
            assert_eq!(line(&finding, &Nothing).unwrap(), expected);
        }
    }
}
