//! The form for editors, logs and `grep`: one line per finding.

use super::{Excerpts, shown};
use crate::finding::Finding;
use crate::text::visible::visible;

/// `worksheets/pools.xlsx:Pools!D3: error[unknown-server]: …`
pub(super) fn line(finding: &Finding, excerpts: &dyn Excerpts) -> String {
    let place = finding.place.as_ref();
    let place = place.map(|place| format!("{}: ", shown(place, excerpts).short()));
    visible(&format!(
        "{}{}[{}]: {}",
        place.unwrap_or_default(),
        finding.severity,
        finding.code,
        finding.said()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::Nothing;
    use super::*;
    use crate::finding::{Code, Place};

    #[test]
    fn one_line_says_where_and_what() {
        let sheet = Place::file("pools.xlsx").sheet("Pools");
        let cases = [
            (
                Finding::new(Code::UnknownServer, "no server row is named `x`")
                    .at(&sheet.clone().cell(2, 3))
                    .help("did you mean `y`?"),
                "worksheets/pools.xlsx:Pools!D3: error[unknown-server]: no server row is named `x`",
            ),
            (
                Finding::new(Code::HiddenSheet, "this sheet is hidden").at(&sheet),
                "worksheets/pools.xlsx:Pools: info[hidden-sheet]: this sheet is hidden",
            ),
            (
                Finding::new(Code::MissingKey, "two\nlines").at(&Place::file("a.csv").row(6)),
                "worksheets/a.csv:7: error[missing-key]: two lines",
            ),
            (
                Finding::new(Code::NoCms, "no pool hosts it"),
                "error[no-cms]: no pool hosts it",
            ),
        ];
        for (finding, expected) in cases {
            assert_eq!(line(&finding, &Nothing), expected);
        }
    }
}
