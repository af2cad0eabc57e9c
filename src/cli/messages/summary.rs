//! The closing line: how many findings of which weight, in how many files.

use std::collections::BTreeSet;

use crate::finding::{Finding, Severity, words};

/// "2 errors, 1 warning and 12 notes in 3 files"; "no findings" where there are none.
pub fn summary<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let findings: Vec<&Finding> = findings.into_iter().collect();
    let kinds = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Info, "note", "notes"),
    ];
    let counts = kinds.into_iter().filter_map(|(severity, one, many)| {
        let all = findings.iter().filter(|f| f.severity == severity);
        Some(all.count())
            .filter(|&number| number > 0)
            .map(|number| words::count(number, one, many))
    });
    let counts = words::list(counts);
    let places = findings.iter().filter_map(|finding| finding.place.as_ref());
    let files: BTreeSet<&str> = places.map(|place| place.path.as_ref()).collect();
    match (counts.is_empty(), files.len()) {
        (true, _) => "no findings".to_owned(),
        (false, 0) => counts,
        (false, number) => format!("{counts} in {}", words::count(number, "file", "files")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Place};

    #[test]
    fn the_closing_line_reads_like_english() {
        let error = |file: &str| Finding::new(Code::UnknownServer, "m").at(&Place::file(file));
        let warning = |file: &str| Finding::new(Code::UnusedRow, "m").at(&Place::file(file));
        let note = |file: &str| Finding::new(Code::ExtraColumn, "m").at(&Place::file(file));
        let nowhere = Finding::new(Code::NoCms, "m");
        let cases = [
            (vec![], "no findings"),
            (vec![nowhere.clone()], "1 error"),
            (vec![nowhere, error("a")], "2 errors in 1 file"),
            (
                vec![warning("a"), note("a"), note("b")],
                "1 warning and 2 notes in 2 files",
            ),
            (
                vec![error("a"), error("b"), warning("c"), note("a")],
                "2 errors, 1 warning and 1 note in 3 files",
            ),
        ];
        for (findings, expected) in cases {
            assert_eq!(summary(&findings), expected);
        }
    }
}
