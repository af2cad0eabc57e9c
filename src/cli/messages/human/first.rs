//! The cells to mend first: those that withhold most, where there is too much to take in at once.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use super::super::{Excerpts, Palette, shown};
use crate::finding::{Cost, Finding, Place, Severity};
use crate::text::visible::visible;
use crate::text::width::width;

/// How many cells are named; as many errors and warnings need no such list.
const CELLS: usize = 10;

/// Writes the list; nothing where there are few errors and warnings, or where none costs a packet anything.
pub(super) fn write(
    out: &mut impl io::Write,
    findings: &[&Finding],
    palette: Palette,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let mut at: BTreeMap<&Place, Vec<&Finding>> = BTreeMap::new();
    let troubles = findings.iter().filter(|it| it.severity != Severity::Info);
    if troubles.clone().count() <= CELLS {
        return Ok(());
    }
    for finding in troubles {
        if let Some(place) = &finding.place {
            at.entry(place).or_default().push(finding);
        }
    }
    let mut cells: Vec<(Cost, String, &Finding)> = at
        .into_iter()
        .map(|(place, findings)| {
            let short = visible(&shown(place, excerpts).short());
            (excerpts.cost(&findings), short, findings[0])
        })
        .filter(|(cost, ..)| !cost.is_none())
        .collect();
    cells.sort_by_key(|(cost, _, finding)| (finding.severity, Reverse(*cost)));
    cells.truncate(CELLS);
    let (strong, widest) = (
        palette.strong,
        cells.iter().map(|(_, place, _)| width(place)).max(),
    );
    let Some(widest) = widest else {
        return Ok(());
    };
    writeln!(out, "{strong}Mend these first{strong:#}")?;
    for (cost, place, finding) in cells {
        let weight = palette.of(finding.severity);
        let blanks = " ".repeat(widest - width(&place));
        writeln!(
            out,
            "  {place}{blanks}  {weight}{}{weight:#}: {cost}",
            finding.code
        )?;
    }
    writeln!(out)
}
