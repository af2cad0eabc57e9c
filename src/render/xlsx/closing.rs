//! The last parts of the sheet Packet: findings, people, sign-off.

use super::Result;
use super::cover::{BLANK, Cover, unmarked};
use super::sheet::Cell;
use super::style::Styles;
use crate::finding::{Finding, Place, Severity};
use crate::packets::{Fact, Packet, Person};
use crate::render::wording::sign_off;

impl Cover<'_> {
    /// The findings that concern this packet.
    pub(super) fn findings(&mut self, findings: &[Finding]) -> Result<()> {
        self.banner("Findings")?;
        if findings.is_empty() {
            let words = "The checks of the worksheets found nothing to say about this packet.";
            self.sheet.line(words, &self.styles.cell)?;
            return Ok(());
        }
        self.head(&[("Severity and code", 1), ("Finding", 2), ("Where", 1)])?;
        for finding in findings {
            let place = finding.place.as_ref().map(Place::short);
            let cells = [
                Cell::new(
                    format!("{}\n{}", severity(finding.severity), finding.code),
                    &self.styles.strong,
                ),
                Cell::new(message(finding), &self.styles.cell).span(2),
                Cell::new(place.unwrap_or_default(), &self.styles.cell),
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }

    /// Whom to call.
    pub(super) fn people(&mut self, people: &[Person]) -> Result<()> {
        self.banner("People")?;
        self.head(&[("For", 1), ("Call", 1), ("If not reached", 2)])?;
        for person in people {
            let call = [&person.name, &person.phone, &person.email];
            let else_call = [&person.alternate, &person.alternate_phone];
            let cells = [
                Cell::new(shown(&person.responsibility), &self.styles.label),
                reach(&call, self.styles),
                reach(&else_call, self.styles).span(2),
            ];
            self.sheet.row(&cells)?;
        }
        if people.is_empty() {
            let cells = [
                Cell::new("May declare the restore", &self.styles.label),
                Cell::new(BLANK, &self.styles.blank),
                Cell::new(BLANK, &self.styles.blank).span(2),
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }

    /// Lines for names, times and signatures.
    pub(super) fn sign_off(&mut self, packet: &Packet) -> Result<()> {
        self.banner("Sign-off")?;
        self.head(&[
            ("What", 1),
            ("Who, or what", 1),
            ("Date and time", 1),
            ("Signature", 1),
        ])?;
        for what in sign_off(packet) {
            let fill = &self.styles.fill;
            let cells = [
                Cell::new(what, &self.styles.label),
                // Two lines high, so that a pen has room.
                Cell::new("\n", fill),
                Cell::new("", &self.styles.moment),
                Cell::new("", fill),
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }
}

/// How to reach somebody: one line each; a hatched box if nothing is known.
fn reach<'s>(facts: &[&Fact], styles: &'s Styles) -> Cell<'s> {
    let known = facts.iter().any(|fact| fact.value.is_some());
    let lines: Vec<_> = facts.iter().map(|fact| shown(fact)).collect();
    let style = if known { &styles.cell } else { &styles.blank };
    Cell::new(lines.join("\n"), style)
}

/// A fact's value on a line of its own, or a rule that says what belongs there.
fn shown(fact: &Fact) -> String {
    match &fact.value {
        Some(value) => value.clone(),
        None => format!("{BLANK} ({})", fact.name),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

fn message(finding: &Finding) -> String {
    let message = unmarked(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}.\nTo clear it: {}.", unmarked(help)),
        None => format!("{message}."),
    }
}
