//! The sheet Packet: what stands on the first pages of the binder's tab.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use crate::finding::{Place, Subject, SubjectKind};
use crate::packets::{Because, Estate, Exercise, Fact, Issue, Packet, Status};
use crate::render::format::packet_stem;
use crate::render::wording::{self, NO_PROCEDURE, PRACTICE, TRIAGE, TRIAGE_RULE};

/// The columns' widths: together one upright page.
const WIDTHS: [f64; 4] = [22.0, 36.0, 22.0, 22.0];

/// Writes the sheet.
pub(super) fn sheet(
    issue: &Issue,
    estate: &Estate,
    styles: &Styles,
    margins: &Margins,
) -> Result<Worksheet> {
    let mut cover = Cover {
        sheet: Sheet::new("Packet", &WIDTHS)?,
        styles,
    };
    cover.strip(issue, estate)?;
    let printed_from = cover.sheet.next_row();
    cover.identity(issue, estate)?;
    cover.control(&issue.packet)?;
    cover.status(&issue.packet)?;
    cover.chooser(&issue.packet)?;
    cover.effect(&issue.packet)?;
    cover.members(&issue.packet)?;
    cover.findings(&issue.packet.findings)?;
    cover.people(&issue.packet.people)?;
    cover.sign_off(&issue.packet)?;
    let mut sheet = cover.sheet;
    let (bottom, right) = (sheet.next_row() - 1, sheet.columns() - 1);
    sheet.inner.set_print_area(printed_from, 0, bottom, right)?;
    sheet.inner.set_tab_color(0x0022_2B36_u32);
    margins.apply_blocks(&mut sheet, Way::Portrait, printed_from, None)?;
    protect(&mut sheet.inner);
    sheet.finish()
}

/// The sheet in the making.
pub(super) struct Cover<'s> {
    pub(super) sheet: Sheet,
    pub(super) styles: &'s Styles,
}

impl Cover<'_> {
    /// The current backup cycle and the last exercise: on screen above the printed pages, because paper would go
    /// stale with the next.
    fn strip(&mut self, issue: &Issue, estate: &Estate) -> Result<()> {
        let (strip, code) = (&self.styles.strip, &self.styles.strip_code);
        let cycle = &estate.cycle;
        let words =
            "On screen only, no part of this edition: the backup cycle this file was made with.";
        self.sheet.line(words, strip)?;
        let assignment = cycle.assignment.as_deref();
        let assignment = assignment.unwrap_or("GAP: the backup location is not recorded");
        let cells = [
            Cell::new("Step 0: set $Backup", strip),
            Cell::new(assignment, code).span(3),
        ];
        self.sheet.row(&cells)?;
        let routine = issue.packet.facts.iter().flat_map(|group| {
            let facts = group.facts.iter().filter(|fact| fact.routine);
            facts.map(|fact| (format!("{}: {}", group.title, fact.name), fact))
        });
        let cycle =
            [&cycle.name, &cycle.completed, &cycle.next].map(|fact| (fact.name.clone(), fact));
        for (name, fact) in cycle.into_iter().chain(routine) {
            let value = fact.value.as_deref().unwrap_or(BLANK);
            self.sheet
                .row(&[Cell::new(name, strip), Cell::new(value, strip).span(3)])?;
        }
        let exercised = Exercise::sentence(issue.exercise.as_ref());
        self.sheet.line(exercised, strip)?;
        self.sheet.skip(8.0)
    }

    /// Title, name, edition, fingerprint.
    fn identity(&mut self, issue: &Issue, estate: &Estate) -> Result<()> {
        let packet = &issue.packet;
        self.sheet.line(packet.title.as_str(), &self.styles.title)?;
        let whose = match &estate.organization {
            Some(organization) => format!("{organization}, {}", estate.product),
            None => estate.product.clone(),
        };
        self.sheet.line(whose, &self.styles.subtitle)?;
        let kind = match packet.subject.kind {
            SubjectKind::Server => "Server",
            SubjectKind::Pool => "Pool",
        };
        let edition = issue.edition.to_string();
        let issued = issue.issued.to_string();
        self.pairs((kind, &packet.name), ("Edition", &edition))?;
        self.pairs(("Role", &packet.role), ("Issued", &issued))?;
        let site = packet.site.as_deref().unwrap_or(BLANK);
        self.pairs(("Site", site), ("Fingerprint", &issue.fingerprint))?;
        let until = packet.valid_until.as_ref();
        let until = until.map(|until| format!("{}: {}", until.date, until.why));
        let until = until.as_deref().unwrap_or(BLANK);
        let change = estate.change.as_deref().map(|id| ("Change", id));
        for (name, text) in [("Valid until", until)].into_iter().chain(change) {
            self.sheet.row(&[
                Cell::new(name, &self.styles.label),
                Cell::new(text, &self.styles.cell).span(3),
            ])?;
        }
        Ok(())
    }

    /// Two facts side by side.
    fn pairs(&mut self, left: (&str, &str), right: (&str, &str)) -> Result<()> {
        let cells = [left, right].into_iter().flat_map(|(name, value)| {
            let style = if value == BLANK {
                &self.styles.blank
            } else {
                &self.styles.cell
            };
            [Cell::new(name, &self.styles.label), Cell::new(value, style)]
        });
        self.sheet.row(&cells.collect::<Vec<_>>())?;
        Ok(())
    }

    /// Owner, approver and dates of the document.
    fn control(&mut self, packet: &Packet) -> Result<()> {
        if packet.control.is_empty() {
            return Ok(());
        }
        self.banner("Document control")?;
        for facts in packet.control.chunks(2) {
            // A fact that is left over takes the whole row.
            let span = if facts.len() == 1 { 3 } else { 1 };
            let cells = facts.iter().flat_map(|fact| {
                let name = Cell::new(fact.name.as_str(), &self.styles.label);
                [name, value(fact, self.styles).span(span)]
            });
            self.sheet.row(&cells.collect::<Vec<_>>())?;
        }
        Ok(())
    }

    /// Why the packet is not ready.
    fn status(&mut self, packet: &Packet) -> Result<()> {
        self.banner(&headline(packet))?;
        for reason in &packet.reasons {
            let place = reason.place.as_ref().map(Place::short);
            let cells = [
                Cell::new(unmarked(&reason.text), &self.styles.cell).span(2),
                Cell::new(place.unwrap_or_default(), &self.styles.cell).span(2),
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }

    /// Which situation leads to which procedure.
    fn chooser(&mut self, packet: &Packet) -> Result<()> {
        self.banner("What failed?")?;
        self.sheet.line(TRIAGE, &self.styles.strong)?;
        self.sheet.line(TRIAGE_RULE, &self.styles.cell)?;
        if packet.chooser.is_empty() {
            let practice = packet.unpublished().map(|_| PRACTICE);
            let sentence = practice.unwrap_or(NO_PROCEDURE);
            self.sheet.line(sentence, &self.styles.gap)?;
            return Ok(());
        }
        self.head(&[
            ("If this is the situation", 1),
            ("Do this", 1),
            ("Because", 2),
        ])?;
        for choice in &packet.chooser {
            let cells = [
                Cell::new(choice.situation.as_str(), &self.styles.cell),
                Cell::new(choice.procedure.as_str(), &self.styles.strong),
                Cell::new(because(&choice.because), &self.styles.cell).span(2),
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }

    /// What stops and what goes on.
    fn effect(&mut self, packet: &Packet) -> Result<()> {
        if packet.effect.is_empty() {
            return Ok(());
        }
        self.banner("Effect")?;
        for sentence in &packet.effect {
            self.sheet.line(sentence.as_str(), &self.styles.cell)?;
        }
        Ok(())
    }

    /// The members in restore order, with links to their packets.
    fn members(&mut self, packet: &Packet) -> Result<()> {
        if packet.members.is_empty() {
            return Ok(());
        }
        self.banner("Members, in restore order")?;
        self.head(&[
            ("Order", 1),
            ("Server", 1),
            ("What it is to the pool", 1),
            ("Packet", 1),
        ])?;
        for member in &packet.members {
            let subject = Subject {
                kind: SubjectKind::Server,
                fqdn: member.fqdn.clone(),
            };
            let target = format!("../{}.xlsx", packet_stem(&subject));
            let packet = if member.packet {
                Cell::new("open the packet", &self.styles.link).link(target)
            } else {
                Cell::new("NONE: no row in the servers worksheet", &self.styles.gap)
            };
            let cells = [
                Cell::new(member.order.to_string(), &self.styles.centre),
                Cell::new(member.fqdn.as_str(), &self.styles.cell),
                Cell::new(member.role.as_str(), &self.styles.cell),
                packet,
            ];
            self.sheet.row(&cells)?;
        }
        Ok(())
    }

    /// The heading of a part; the part is to stay on one page.
    pub(super) fn banner(&mut self, words: &str) -> Result<()> {
        self.sheet.begin();
        self.sheet.skip(8.0)?;
        self.sheet.line(words, &self.styles.banner)?;
        Ok(())
    }

    /// The head of a table.
    pub(super) fn head(&mut self, headings: &[(&str, u16)]) -> Result<()> {
        let cells = headings
            .iter()
            .map(|(words, span)| Cell::new(*words, &self.styles.head).span(*span));
        self.sheet.row(&cells.collect::<Vec<_>>())?;
        Ok(())
    }
}

/// What stands where a worksheet says nothing.
pub(super) const BLANK: &str = "________________";

/// A fact's value, or a blank to fill in.
pub(super) fn value<'f>(fact: &'f Fact, styles: &'f Styles) -> Cell<'f> {
    match &fact.value {
        Some(value) => Cell::new(value.as_str(), &styles.cell),
        None => Cell::new(BLANK, &styles.blank),
    }
}

/// Reasons, one a line, each with its cell.
pub(super) fn because(reasons: &[Because]) -> String {
    let lines = reasons
        .iter()
        .map(|because| format!("{} ({})", unmarked(&because.text), because.place.short()));
    lines.collect::<Vec<_>>().join("\n")
}

/// The status as a word that needs no colour, and what it says.
fn headline(packet: &Packet) -> String {
    let status = packet.status;
    let (symbol, word) = (wording::symbol(status), status.as_str().to_uppercase());
    match packet.ready_until() {
        Some(until) => format!("{symbol} {word} until {}: {}", until.date, until.why),
        None if status == Status::Ready => format!("{symbol} {word}: {}", wording::meaning(status)),
        None => format!("{symbol} {word}: {}", unmarked(&packet.missing)),
    }
}

/// A message without the backticks that mark names on a page.
pub(super) fn unmarked(message: &str) -> String {
    message.replace('`', "")
}
