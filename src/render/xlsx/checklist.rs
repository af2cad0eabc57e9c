//! The sheet Checklist: every step with room for who did it, when, and how it went.
//!
//! # The contract with `record`
//!
//! A filled-in checklist is read back, also after another program saved it. What follows holds for every edition;
//! the names are constants of [`contract`](super::contract).
//!
//! - The sheet is called `Checklist`. One row is the heading row: its cells are `HEADINGS`, from column A on.
//!   Above it, right of the cell `Date started` (merged over two columns), stands the day the work began: a date.
//! - A row is a step if column A is text of the form `4.2`: exactly [`Step::number`]. Column B holds the title on the
//!   first line (after `POINT OF NO RETURN. ` where it is one) and the text below it; columns C and D are printed, E to
//!   I filled in. Start and End are times of day (numbers below 1) or dates with a time; Result is one of
//!   `RESULTS` or empty. A step too long for one row goes on in rows whose column A is empty.
//! - Below a step follow the rows of its command, merged from column B on. Column A is `PS>` for each line of the
//!   command and `>>` for the rest of a line that was broken; `contract::command` puts them together. Where the
//!   command is withheld column A is `GAP`.
//! - Right of these columns each lane has one whose filter hides the rows of the others; nothing is read from them.
//! - All other rows are headings and prose: their column A is none of these.
//! - The document's properties (`contract::property`) name fingerprint, edition, kind, FQDN and change.

mod command;
mod entries;
mod lanes;

use std::borrow::Cow;

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::contract::{BEGUN, HEADINGS, LANE, SHEET, WITHHELD};
use super::cover::{because, unmarked};
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::{Style, Styles};
use super::summary::Part;
use crate::packets::{Gap, Issue, Language, Procedure, Section, Step, procedures};
use crate::text::prose::{Block, to_text};

/// The columns' widths, together one page on its side. A command stands in a row of its own below its step, over
/// the whole width, so that it is seldom broken; a block keeps the two on one page.
const WIDTHS: [f64; HEADINGS.len()] = [6.0, 47.0, 26.0, 24.0, 7.0, 7.0, 9.0, 8.0, 17.0];

/// Where the lane is chosen: the row, and the column behind its label.
const CHOSEN: (u32, u16) = (2, 2);

/// Where the day is filled in: the row, and the column behind its label.
const DAY: (u32, u16) = (1, 6);

/// Writes the sheet; the parts are what the summary counts.
pub(super) fn sheet(
    issue: &Issue,
    styles: &Styles,
    margins: &Margins,
) -> Result<(Worksheet, Vec<Part>)> {
    let mut list = Checklist {
        sheet: Sheet::new(SHEET, &WIDTHS)?,
        styles,
        fresh: false,
        count: issue.packet.lanes.len(),
    };
    list.top(issue)?;
    let head = list.head()?;
    let parts: Vec<Part> = procedures(&issue.packet)
        .map(|procedure| list.procedure(procedure))
        .collect::<Result<_>>()?;
    let mut sheet = list.sheet;
    lanes::restrict(&mut sheet.inner, &issue.packet, &parts, CHOSEN)?;
    let bottom = sheet.next_row() - 1;
    entries::restrict(&mut sheet.inner, head + 1, bottom, DAY)?;
    let rows = (head, bottom);
    lanes::filter(
        &mut sheet.inner,
        &issue.packet,
        &parts,
        rows,
        &styles.head.format,
    )?;
    sheet.inner.set_repeat_rows(head, head)?;
    sheet.inner.set_freeze_panes(head + 1, 2)?;
    sheet.inner.set_tab_color(0x00B0_0020_u32);
    margins.apply_blocks(&mut sheet, Way::Landscape, 0, Some(head))?;
    protect(&mut sheet.inner);
    Ok((sheet.finish()?, parts))
}

/// The sheet in the making.
struct Checklist<'s> {
    sheet: Sheet,
    styles: &'s Styles,
    /// Whether a heading was just written, which the next step must not be torn from.
    fresh: bool,
    /// How many lanes the packet has.
    count: usize,
}

impl Checklist<'_> {
    /// Title, and what holds for the whole list.
    fn top(&mut self, issue: &Issue) -> Result<()> {
        let title = format!("Checklist: {}", issue.packet.title);
        self.sheet.line(title, &self.styles.title)?;
        let (label, fill) = (&self.styles.label, &self.styles.fill);
        self.sheet.row(&[
            Cell::new("Set $Backup from the cycle sheet first. Used here:", label).span(2),
            Cell::new("", fill).span(2),
            Cell::new(BEGUN, label).span(2),
            Cell::new("", &self.styles.date).span(3),
        ])?;
        if issue.packet.lanes.len() > 1 {
            self.sheet.row(&[
                Cell::new(LANE, label).span(2),
                Cell::new("", fill).span(2),
                Cell::new("", label).span(5),
            ])?;
            self.sheet
                .line(lanes::words(&issue.packet), &self.styles.prose)?;
        }
        self.sheet.line(
            "Start and End: a time such as 03:12 (Ctrl+Shift+; enters it), after midnight too. \
             Result: done, skipped or failed.",
            &self.styles.prose,
        )?;
        Ok(())
    }

    /// The heading row, repeated on every page.
    fn head(&mut self) -> Result<u32> {
        let head = &self.styles.head;
        self.sheet
            .row(&HEADINGS.map(|heading| Cell::new(heading, head)))
    }

    /// One procedure with its sections.
    fn procedure(&mut self, procedure: &Procedure) -> Result<Part> {
        let first = self.sheet.next_row();
        self.sheet.begin();
        self.fresh = true;
        let lanes = self.lanes(procedure);
        let title = format!("{}  {}{lanes}", procedure.number, procedure.title);
        self.sheet.line(title, &self.styles.banner)?;
        if !procedure.because.is_empty() {
            self.prose(format!("Because: {}", because(&procedure.because)))?;
        }
        self.intro(&procedure.intro)?;
        for section in &procedure.sections {
            self.section(section)?;
        }
        Ok(Part {
            number: procedure.number,
            title: procedure.title.clone(),
            other: lanes::other(procedure, self.count, CHOSEN),
            steps: procedure.steps().count(),
            rows: (first, self.sheet.next_row() - 1),
        })
    }

    /// For which lanes a part is, unless it is for all.
    fn lanes(&self, procedure: &Procedure) -> String {
        match procedure.lanes.len() {
            1 if self.count > 1 => format!(" (lane {} only)", procedure.lanes.join(", ")),
            own if own < self.count => format!(" (lanes {} only)", procedure.lanes.join(", ")),
            _ => String::new(),
        }
    }

    fn section(&mut self, section: &Section) -> Result<()> {
        if !self.fresh && !section.title.is_empty() {
            self.sheet.begin();
            self.fresh = true;
        }
        if !section.title.is_empty() {
            self.sheet
                .line(section.title.as_str(), &self.styles.section)?;
        }
        self.intro(&section.intro)?;
        for step in &section.steps {
            self.step(step)?;
        }
        Ok(())
    }

    fn intro(&mut self, intro: &[Block]) -> Result<()> {
        if !intro.is_empty() {
            self.prose(to_text(intro))?;
        }
        Ok(())
    }

    /// Running text. It leaves the column of the step numbers alone, since they are counted.
    fn prose(&mut self, text: String) -> Result<()> {
        let (style, rest) = (&self.styles.prose, self.sheet.columns() - 1);
        self.sheet
            .row(&[Cell::new("", style), Cell::new(text, style).span(rest)])?;
        Ok(())
    }

    /// One step: printed on the left, filled in on the right.
    fn step(&mut self, step: &Step) -> Result<()> {
        let styles = self.styles;
        let (number, what) = if step.point_of_no_return {
            (&styles.caution_number, &styles.caution)
        } else {
            (&styles.centre, &styles.cell)
        };
        if !self.fresh {
            self.sheet.begin();
        }
        self.fresh = false;
        let title = title(step);
        self.sheet.row(&[
            Cell::new(step.number.as_str(), number),
            Cell::new(text(step), what).lead(&title),
            Cell::new(where_and_whom(step), &styles.cell),
            Cell::new(step.expect.as_str(), &styles.cell),
            Cell::new("", &styles.time),
            Cell::new("", &styles.time),
            Cell::new("", &styles.result),
            Cell::new("", &styles.fill),
            Cell::new("", &styles.fill),
        ])?;
        self.command(step)
    }

    /// The command below its step: as it is typed, or a box that says what is missing.
    fn command(&mut self, step: &Step) -> Result<()> {
        let rest = self.sheet.columns() - 1;
        let (gap, code) = (&self.styles.gap, &self.styles.code);
        if !step.gaps.is_empty() {
            let shout = Cell::new(withheld(&step.gaps), gap).span(rest);
            self.sheet.row(&[Cell::new(WITHHELD, gap), shout])?;
            return Ok(());
        }
        let command = step.command.as_deref().unwrap_or_default();
        let rows = match step.language {
            Language::Powershell => command::rows(command, |line| self.fits(line, code)),
            Language::Sql => command::statements(command),
        };
        for (mark, text) in rows {
            self.sheet
                .row(&[Cell::new(mark, code), Cell::new(text, code).span(rest)])?;
        }
        Ok(())
    }

    /// Whether a line of a command stays one line.
    fn fits(&self, line: &str, code: &Style) -> bool {
        self.sheet.lines(line, 1, self.sheet.columns() - 1, code) == 1
    }
}

/// A step's title; what cannot be taken back says so first.
fn title(step: &Step) -> Cow<'_, str> {
    if step.point_of_no_return {
        Cow::Owned(format!("POINT OF NO RETURN. {}", step.title))
    } else {
        Cow::Borrowed(&step.title)
    }
}

/// A step's text below its title; what is left blank stands last.
fn text(step: &Step) -> String {
    let mut lines = Vec::new();
    if !step.body.is_empty() {
        lines.push(to_text(&step.body));
    }
    let blanks = step.blanks.iter();
    lines.extend(blanks.map(|gap| format!("Blank: {}: {}.", gap.what, unmarked(&gap.cure))));
    lines.join("\n")
}

/// "on fe01.contoso.com", "as RTCUniversalServerAdmins".
fn where_and_whom(step: &Step) -> String {
    let account = match step.account.as_str() {
        "" => String::new(),
        account => format!("As: {account}"),
    };
    let lines = [step.run_on.clone(), account];
    let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// What stands in the place of a command whose values are not all known.
fn withheld(gaps: &[Gap]) -> String {
    let mut lines = vec!["GAP: the command is withheld, because a value is missing.".to_owned()];
    for gap in gaps {
        lines.push(format!("{}: {}.", gap.what, unmarked(&gap.cure)));
        lines.push(format!("{}: ____________________", gap.what));
    }
    lines.join("\n")
}
