//! The sheet Checklist: every step with room for who did it, when, and how it went.

use std::borrow::Cow;

use rust_xlsxwriter::{DataValidation, Worksheet};

use super::Result;
use super::cover::because;
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::{Style, Styles};
use crate::packets::{Gap, Issue, Packet, Procedure, Section, Step};
use crate::text::prose::{Block, to_text};

/// The columns: heading and width, together one page on its side. A command stands in a row of its own below
/// its step, over the whole width, so that it is seldom wrapped; a block keeps the two on one page.
const COLUMNS: [(&str, f64); 9] = [
    ("Step", 6.0),
    ("What to do", 60.0),
    ("Where, as whom", 31.0),
    ("Expected result", 29.0),
    ("Start", 7.0),
    ("End", 7.0),
    ("Initials", 8.0),
    ("Result", 9.0),
    ("Deviation", 24.0),
];

/// The column of `Result`.
const RESULT: u16 = 7;

/// What a step can come to.
const RESULTS: [&str; 3] = ["done", "skipped", "failed"];

/// Writes the sheet.
pub(super) fn sheet(issue: &Issue, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let mut list = Checklist {
        sheet: Sheet::new("Checklist", &COLUMNS.map(|(_, width)| width))?,
        styles,
        fresh: false,
    };
    list.top(issue)?;
    let head = list.head()?;
    for procedure in parts(&issue.packet) {
        list.procedure(procedure)?;
    }
    let mut sheet = list.sheet;
    let bottom = sheet.next_row() - 1;
    let results = DataValidation::new().allow_list_strings(&RESULTS)?;
    sheet
        .inner
        .add_data_validation(head + 1, RESULT, bottom, RESULT, &results)?;
    sheet.inner.set_repeat_rows(head, head)?;
    sheet.inner.set_freeze_panes(head + 1, 2)?;
    sheet.inner.set_tab_color(0x00B0_0020_u32);
    margins.apply_blocks(&mut sheet, Way::Landscape, 0, Some(head))?;
    protect(&mut sheet.inner);
    sheet.finish()
}

/// The parts of a packet that hold steps, in the order they are worked through.
fn parts(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    [&packet.gather, &packet.prepare]
        .into_iter()
        .chain(&packet.procedures)
        .chain([&packet.checks])
}

/// The sheet in the making.
struct Checklist<'s> {
    sheet: Sheet,
    styles: &'s Styles,
    /// Whether a heading was just written, which the next step must not be torn from.
    fresh: bool,
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
            Cell::new("Date started", label).span(2),
            Cell::new("", fill).span(3),
        ])?;
        Ok(())
    }

    /// The heading row, repeated on every page.
    fn head(&mut self) -> Result<u32> {
        let head = &self.styles.head;
        self.sheet
            .row(&COLUMNS.map(|(heading, _)| Cell::new(heading, head)))
    }

    /// One procedure with its sections.
    fn procedure(&mut self, procedure: &Procedure) -> Result<()> {
        self.sheet.begin();
        self.fresh = true;
        let title = format!("{}  {}", procedure.number, procedure.title);
        self.sheet.line(title, &self.styles.banner)?;
        if !procedure.because.is_empty() {
            let reasons = format!("Because: {}", because(&procedure.because));
            self.sheet.line(reasons, &self.styles.prose)?;
        }
        self.intro(&procedure.intro)?;
        for section in &procedure.sections {
            self.section(section)?;
        }
        Ok(())
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
            self.sheet.line(to_text(intro), &self.styles.prose)?;
        }
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
            Cell::new("", &styles.fill),
            Cell::new("", &styles.fill),
            Cell::new("", &styles.fill),
        ])?;
        self.command(step)
    }

    /// The command below its step: as it is typed, or a box that says what is missing.
    fn command(&mut self, step: &Step) -> Result<()> {
        let styles = self.styles;
        let rest = self.sheet.columns() - 1;
        if !step.gaps.is_empty() {
            let shout = Cell::new(withheld(&step.gaps), &styles.gap).span(rest);
            self.sheet.row(&[Cell::new("GAP", &styles.gap), shout])?;
        } else if let Some(command) = &step.command {
            // A row for each line: what begins with `PS>` is typed as one.
            for line in command.lines() {
                let style = self.code(line, rest);
                self.sheet.row(&[
                    Cell::new("PS>", &styles.code),
                    Cell::new(line, style).span(rest),
                ])?;
            }
        }
        Ok(())
    }
}

impl<'s> Checklist<'s> {
    /// What a command is set in: smaller where that keeps it on one line, since spreadsheet programs break
    /// lines behind hyphens too, and would tear a parameter from its own.
    fn code(&self, line: &str, columns: u16) -> &'s Style {
        if self.sheet.lines(line, 1, columns, &self.styles.code) == 1 {
            &self.styles.code
        } else {
            &self.styles.code_small
        }
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
    lines.extend(blanks.map(|gap| format!("Blank: {}: {}.", gap.what, gap.cure)));
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
        lines.push(format!("{}: {}.", gap.what, gap.cure));
        lines.push(format!("{}: ____________________", gap.what));
    }
    lines.join("\n")
}
