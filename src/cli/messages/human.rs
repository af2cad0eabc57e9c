//! The form for people: what, where, an excerpt of the row with a caret under the cell, what to do, and what it costs.
//!
//! What weighs and costs most comes first. Of each kind of finding the first is written in full and others in a line
//! each; of notes, one line. Asked for everything, every finding is written in full, in the order of the worksheets.

mod first;
mod row;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use super::{Excerpts, Options, Palette, shown, summary};
use crate::finding::{Code, Cost, Finding, Severity};
use crate::text::visible::visible;

/// How many findings of one kind are named unless all are asked for.
const NAMED: usize = 10;

/// Writes the findings, already sorted, and the closing line.
pub(super) fn write(
    out: &mut impl io::Write,
    findings: &[&Finding],
    options: Options,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let palette = Palette::new(options.colour);
    if options.verbose {
        for finding in findings {
            one(out, finding, palette, excerpts)?;
            writeln!(out)?;
        }
    } else {
        first::write(out, findings, palette, excerpts)?;
        for group in groups(findings, excerpts) {
            some(out, &group, palette, excerpts)?;
            writeln!(out)?;
        }
        let misfits = excerpts.misfits(findings);
        for line in &misfits {
            writeln!(out, "{}", visible(line))?;
        }
        if !misfits.is_empty() {
            writeln!(out)?;
        }
    }
    let strong = palette.strong;
    let closing = summary(findings.iter().copied());
    writeln!(out, "{strong}{closing}{strong:#}")
}

/// The findings of one code and weight, those that cost most first.
struct Group<'a> {
    cost: Cost,
    findings: Vec<&'a Finding>,
}

/// What weighs most first, then what costs most, then as the worksheets have it.
fn groups<'a>(findings: &[&'a Finding], excerpts: &dyn Excerpts) -> Vec<Group<'a>> {
    let mut of_kind: BTreeMap<(Severity, Code), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let kind = (finding.severity, finding.code);
        of_kind.entry(kind).or_default().push(finding);
    }
    let mut groups: Vec<Group<'_>> = of_kind
        .into_values()
        .map(|mut findings| {
            let cost = excerpts.cost(&findings);
            findings.sort_by_cached_key(|finding| (Reverse(excerpts.cost(&[finding])), *finding));
            Group { cost, findings }
        })
        .collect();
    groups.sort_by_key(|group| {
        (
            group.findings[0].severity,
            Reverse(group.cost),
            group.findings[0],
        )
    });
    groups
}

/// Writes a group: the first in full, of notes in a line, and the others below it.
fn some(
    out: &mut impl io::Write,
    group: &Group<'_>,
    palette: Palette,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let Some((first, others)) = group.findings.split_first() else {
        return Ok(());
    };
    if first.severity == Severity::Info {
        return note(out, first, others.len(), palette, excerpts);
    }
    one(out, first, palette, excerpts)?;
    if others.is_empty() {
        return Ok(());
    }
    let together = if group.cost.is_none() {
        String::new()
    } else {
        format!("; together: {}", group.cost)
    };
    writeln!(out, "  {} more of {}{together}", others.len(), first.code)?;
    for other in others.iter().take(NAMED - 1) {
        writeln!(out, "    {}", line(other, first.help.as_deref(), excerpts))?;
    }
    let left = others.len().saturating_sub(NAMED - 1);
    if left > 0 {
        writeln!(out, "    … and {left} more (-v shows all)")?;
    }
    Ok(())
}

/// A finding in a line, with its cure where that is not the one already `told`.
fn line(finding: &Finding, told: Option<&str>, excerpts: &dyn Excerpts) -> String {
    let mut line = visible(&finding.said());
    if let Some(place) = &finding.place {
        line = format!("{}: {line}", visible(&shown(place, excerpts).short()));
    }
    match finding.help.as_deref() {
        Some(help) if Some(help) != told => format!("{line}; {}", visible(help)),
        _ => line,
    }
}

/// Writes a note in a line, so that notes never push what needs mending off the screen.
fn note(
    out: &mut impl io::Write,
    finding: &Finding,
    others: usize,
    palette: Palette,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let (weight, code) = (palette.info, finding.code);
    let message = visible(&finding.said());
    write!(out, "{weight}info[{code}]{weight:#}: {message}")?;
    if let Some(place) = &finding.place {
        write!(out, " ({})", visible(&shown(place, excerpts).short()))?;
    }
    match others {
        0 => writeln!(out),
        others => writeln!(out, "\n  … and {others} more of {code} (-v shows all)"),
    }
}

/// Writes one finding in full.
fn one(
    out: &mut impl io::Write,
    finding: &Finding,
    palette: Palette,
    excerpts: &dyn Excerpts,
) -> io::Result<()> {
    let (weight, strong, frame) = (palette.of(finding.severity), palette.strong, palette.frame);
    let (severity, code) = (finding.severity, finding.code);
    let message = visible(&finding.said());
    writeln!(
        out,
        "{weight}{severity}[{code}]{weight:#}: {strong}{message}{strong:#}"
    )?;
    if let Some(place) = &finding.place {
        let shown = visible(&shown(place, excerpts).to_string());
        writeln!(out, "  {frame}-->{frame:#} {shown}")?;
        if let Some(excerpt) = excerpts.row(place) {
            row::write(out, &excerpt, palette, weight)?;
        }
    }
    if let Some(help) = &finding.help {
        writeln!(out, "  {strong}help{strong:#}: {}", visible(help))?;
    }
    // That a finding stands in the one packet it speaks of is no news.
    let cost = excerpts.cost(&[finding]);
    if finding.severity != Severity::Info && (cost.commands > 0 || cost.packets > 1) {
        writeln!(out, "  {strong}cost{strong:#}: {cost}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
