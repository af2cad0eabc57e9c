//! The workbook of a packet, filled in by Excel, LibreOffice or another program.
//!
//! Entry point: [`read`]. Columns are found by their headings and steps by their numbers, so columns may move and rows
//! may come and go; what cannot be told is reported by its cell. The layout is that of `render/xlsx/checklist.rs`.

mod head;

use std::collections::BTreeMap;

use crate::finding::{Code, words};
use crate::workbook::{RawValue, Sheet};

use super::contract::{BEGUN, CONTINUED, HEADINGS, IN_LANE, LANE, PROMPT, STATEMENT, WITHHELD};
use super::filled::{Added, Filled, FilledStep, Identity, More, Outcome, Printed, StepPlaces};
use super::remark::{Remarks, shown};
use head::Head;

/// Reads the workbook's sheets; `None` where none of them is a checklist, and then a finding says so.
pub fn read(sheets: &[Sheet], remarks: &mut Remarks) -> Option<Filled> {
    let found = sheets
        .iter()
        .find_map(|sheet| Some((sheet, Head::find(sheet)?)));
    let Some((sheet, head)) = found else {
        remarks.foreign(
            "no sheet has a row with the headings `Step`, `Start`, `End`, `Result` and `Initials`",
        );
        return None;
    };
    let mut filled = Filled {
        identity: identity(sheets),
        day: day(sheet, head.row, remarks),
        recovered: recovered(sheets, remarks),
        lane: lane(sheet, head.row),
        ..Filled::default()
    };
    // Where each step begins, so that a comment can be told to be its.
    let mut begins = Vec::new();
    for row in sheet.rows.keys().filter(|row| **row > head.row) {
        Row {
            sheet,
            head: &head,
            at: *row,
        }
        .read(&mut filled, remarks);
        begins.resize(filled.steps.len(), *row);
    }
    comments(sheet, &begins, &mut filled);
    Some(filled)
}

/// Comments are written at the steps at whose rows they stand, and what stands above the first is added by hand.
fn comments(sheet: &Sheet, begins: &[u32], filled: &mut Filled) {
    for ((row, column), text) in &sheet.layout.comments {
        let place = sheet.place.clone().cell(*row, *column);
        let text = match text.as_str() {
            "" => "its text cannot be read here: read it in the checklist",
            text => text,
        };
        let text = format!("comment: {text}");
        let above = begins.iter().filter(|begin| *begin <= row).count();
        match above.checked_sub(1).and_then(|at| filled.steps.get_mut(at)) {
            Some(step) => step.note(&text, &place),
            None => filled.added.push(Added { text, place }),
        }
    }
}

/// One row below the headings.
struct Row<'a> {
    sheet: &'a Sheet,
    head: &'a Head,
    at: u32,
}

impl Row<'_> {
    fn read(&self, filled: &mut Filled, remarks: &mut Remarks) {
        let mark = self.text(self.head.step);
        match mark.as_str() {
            PROMPT | STATEMENT | CONTINUED => self.command(&mark, filled),
            WITHHELD => {}
            // What spans the columns is a title, a reason or an introduction.
            _ if self.spans_the_entries() => {}
            number if is_number(number) => {
                filled.steps.push(self.step(number, remarks));
                self.beside(filled);
            }
            heading if heading == HEADINGS[0] => {}
            "" if self.goes_on(filled) => {}
            _ => self.added(filled),
        }
    }

    fn step(&self, number: &str, remarks: &mut Remarks) -> FilledStep {
        let head = self.head;
        let place = |column| Some(self.sheet.place.clone().cell(self.at, column));
        let text = |column: Option<u32>| column.map(|it| self.text(it)).unwrap_or_default();
        let mut step = FilledStep {
            number: number.to_owned(),
            printed: Printed::Row {
                what: text(head.what),
                where_: text(head.where_),
                expect: text(head.expect),
                command: Vec::new(),
            },
            places: StepPlaces {
                row: Some(self.sheet.place.clone().row(self.at)),
                start: place(head.start),
                end: place(head.end),
                result: place(head.result),
                initials: place(head.initials),
                command: None,
            },
            ..FilledStep::default()
        };
        // What is printed and struck out still proves what was issued.
        let printed = [Some(head.step), head.what, head.where_, head.expect];
        for column in printed.into_iter().flatten() {
            self.entry(column, &mut step);
        }
        let said = |value: Option<RawValue>| {
            value.map_or_else(String::new, |value| shown(&value).trim().to_owned())
        };
        let result = said(self.entry(head.result, &mut step));
        step.result = remarks.outcome(number, &result, step.places.result.as_ref());
        step.notes.extend(Outcome::reason(&result));
        step.initials = said(self.entry(head.initials, &mut step));
        if let Some(column) = head.deviation {
            step.deviation = said(self.entry(column, &mut step));
        }
        let mut time = |what: &str, column: u32, step: &mut FilledStep| {
            let value = self.entry(column, step)?;
            let place = self.sheet.place.clone().cell(self.at, column);
            remarks.time(&format!("step {number}, {what}"), &value, &place)
        };
        step.start = time("start", head.start, &mut step);
        step.end = time("end", head.end, &mut step);
        step
    }

    /// What a cell says without what is struck out in it, which is noted at the step.
    fn entry(&self, column: u32, step: &mut FilledStep) -> Option<RawValue> {
        let value = self.sheet.value(self.at, column)?;
        let is_struck = self.sheet.layout.struck.contains(&(self.at, column));
        let rest = match value {
            _ if is_struck => None,
            RawValue::PartlyStruck { rest, .. } => Some(rest.trim()).filter(|it| !it.is_empty()),
            whole => return Some(whole.clone()),
        };
        let text = words::excerpt(shown(value).trim());
        let note = match rest {
            None => format!("struck out: {text}"),
            Some(_) => format!("struck out in part: {text}"),
        };
        step.note(&note, &self.sheet.place.clone().cell(self.at, column));
        rest.map(|rest| RawValue::Text(rest.to_owned()))
    }

    /// A row of the command of the step above.
    fn command(&self, mark: &str, filled: &mut Filled) {
        let Some(step) = filled.steps.last_mut() else {
            return;
        };
        let columns = self.sheet.rows.get(&self.at).into_iter().flatten();
        let mut others = columns.filter(|(column, _)| **column != self.head.step);
        if let (Printed::Row { command, .. }, Some((column, value))) =
            (&mut step.printed, others.next())
        {
            command.push((mark.to_owned(), shown(value)));
            let place = self.sheet.place.clone().cell(self.at, *column);
            step.places.command.get_or_insert(place);
        }
    }

    /// A step too long for one row goes on in the next: text below its own, and nothing filled in. Whether it is
    /// the step's text or somebody's is for the proof to tell.
    fn goes_on(&self, filled: &mut Filled) -> bool {
        let head = self.head;
        let entries = [head.start, head.end, head.result, head.initials];
        let text = |column: Option<u32>| column.map(|it| self.text(it)).unwrap_or_default();
        let printed = [head.what, head.where_, head.expect].map(text);
        let is_text = printed.iter().any(|text| !text.is_empty())
            && entries.iter().all(|column| self.text(*column).is_empty());
        let Some(step) = filled.steps.last_mut().filter(|_| is_text) else {
            return false;
        };
        // Below a command nothing goes on.
        if step.places.command.is_some() {
            return false;
        }
        step.more.push(More {
            printed,
            place: self.sheet.place.clone().row(self.at),
        });
        true
    }

    /// A row that was not issued.
    fn added(&self, filled: &mut Filled) {
        let cells = self.sheet.rows.get(&self.at).into_iter().flatten();
        let texts = cells.map(|(_, value)| shown(value).trim().to_owned());
        let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        if !texts.is_empty() {
            filled.added.push(Added {
                text: texts.join(" | "),
                place: self.sheet.place.clone().row(self.at),
            });
        }
    }

    /// What somebody wrote to the right or to the left of the columns of a step.
    fn beside(&self, filled: &mut Filled) {
        let Some(step) = filled.steps.last_mut() else {
            return;
        };
        let known = self.head.columns();
        let cells = self.sheet.rows.get(&self.at).into_iter().flatten();
        for (column, value) in cells.filter(|(column, _)| !known.contains(column)) {
            let text = shown(value).trim().to_owned();
            if !text.is_empty() && text != IN_LANE {
                let place = self.sheet.place.clone().cell(self.at, *column);
                step.note(&format!("beside it: {text}"), &place);
            }
        }
    }

    /// Whether one merged region covers the columns that are filled in.
    fn spans_the_entries(&self) -> bool {
        let region = self.sheet.layout.region(self.at, self.head.result);
        region.is_some_and(crate::workbook::Region::is_wide)
    }

    fn text(&self, column: u32) -> String {
        let value = self.sheet.value(self.at, column);
        value.map_or_else(String::new, |value| shown(value).trim().to_owned())
    }
}

/// "4.2": the number of a step.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(part, step)| digits(part) && digits(step))
}

/// What the cover says: labels, each with its value in the next cell.
fn identity(sheets: &[Sheet]) -> Identity {
    let of = |label: &str| sheets.iter().find_map(|sheet| beside(sheet, label));
    let mut rows = sheets.iter().flat_map(|sheet| sheet.rows.values());
    // Name and edition stand in one row of the cover; either label alone may stand elsewhere too.
    let cover = rows.find_map(|cells| {
        let edition = behind(cells, EDITION)?;
        let name = |label: &str| Some((label.to_lowercase(), behind(cells, label)?));
        Some((KINDS.iter().find_map(|label| name(label))?, edition))
    });
    let (named, edition) = cover.unzip();
    let (kind, fqdn) = named.unzip();
    Identity {
        fingerprint: of("Fingerprint"),
        kind,
        fqdn,
        edition: edition.and_then(|text| text.parse().ok()),
        change: of("Change"),
    }
}

/// The labels of a packet's name on the cover, and of its edition.
const KINDS: [&str; 2] = ["Server", "Pool"];
const EDITION: &str = "Edition";

/// The text behind a label, in the first row that has it.
fn beside(sheet: &Sheet, label: &str) -> Option<String> {
    sheet.rows.values().find_map(|cells| behind(cells, label))
}

/// The text behind a label, in the first cell that says something else.
fn behind(cells: &BTreeMap<u32, RawValue>, label: &str) -> Option<String> {
    let mut texts = cells.values().map(|value| shown(value).trim().to_owned());
    texts.find(|text| text == label)?;
    texts.find(|text| text != label && !text.is_empty())
}

/// The letter behind "Lane", above the headings.
fn lane(sheet: &Sheet, head: u32) -> Option<String> {
    let mut rows = sheet.rows.range(..head);
    rows.find_map(|(_, cells)| behind(cells, LANE))
}

/// The day that stands behind "Date started".
fn day(sheet: &Sheet, head: u32, remarks: &mut Remarks) -> Option<jiff::civil::Date> {
    for (row, cells) in sheet.rows.range(..head) {
        let label = |value: &RawValue| shown(value).trim().starts_with(BEGUN);
        let mut cells = cells.iter().skip_while(|(_, value)| !label(value));
        let Some((column, value)) = cells.find(|(_, value)| !label(value)) else {
            continue;
        };
        if let RawValue::Date(moment) = value {
            return Some(moment.date());
        }
        let text = shown(value);
        let read = crate::rows::date::read(&text).ok();
        if read.is_none() {
            let message = format!("`{}` is no day, or could be two", words::excerpt(&text));
            let place = sheet.place.clone().cell(*row, *column);
            remarks.say(
                Code::BadTime,
                Some(&place),
                message,
                "write it as 2014-05-31",
            );
        }
        return read;
    }
    None
}

/// When the sign-off says that the service was back.
fn recovered(sheets: &[Sheet], remarks: &mut Remarks) -> Option<super::time::Reading> {
    for sheet in sheets {
        for (row, cells) in &sheet.rows {
            let is_label = |value: &RawValue| shown(value).trim() == BACK;
            let mut cells = cells.iter().skip_while(|(_, value)| !is_label(value));
            if cells.next().is_none() {
                continue;
            }
            // Who said so stands before it, and is no time.
            let moment = cells.find_map(|(column, value)| {
                let holds_digits = shown(value).contains(|c: char| c.is_ascii_digit());
                holds_digits.then_some((*column, value))
            });
            if let Some((column, value)) = moment {
                let place = sheet.place.clone().cell(*row, column);
                return remarks.time("service back", value, &place);
            }
        }
    }
    None
}

/// The line of the sign-off that declares the recovery.
const BACK: &str = "Service back";

#[cfg(test)]
mod tests;
