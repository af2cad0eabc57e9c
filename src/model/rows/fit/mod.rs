//! Whether rows fit their headings. In separated text nothing but a count says so: one separator or quotation mark too
//! many or too few, and every cell behind it is another column's. In a workbook cells are moved, or a row is pasted into
//! one of them.
//!
//! Entry point: [`set_apart`] takes out the rows that do not fit, one error each; `inventory/concern.rs` says which
//! packets would have rested on them. A row that only leaves out blank cells at its end is as good as any; [`evidence`]
//! tells it from one whose cells have moved, [`torn`] finds quotations that swallowed other rows, and [`folded`] rows that
//! stand in one cell. [`moved`] looks at rows of whatever width for values that stand beside their column.

mod evidence;
mod folded;
mod look;
mod moved;
mod said;
mod torn;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::workbook::{RawValue, Records, Sheet};

use super::headings::Candidate;
use super::problem::Problem;
use super::text::text_of;

use evidence::{Evidence, Profile};
use look::{Look, Looks};

pub(super) use folded::{in_one_cell, is_folded};
pub(super) use said::unclosed;
pub(super) use torn::{in_stranger, is_torn};

/// The cells of a row.
type Cells = BTreeMap<u32, RawValue>;

/// What a row turned out to be.
enum Verdict {
    /// As many cells as there are headings.
    Fits,
    /// Another number of cells, but all that are filled stand in their columns.
    Trimmed,
    /// Cells stand in columns that are not theirs, or may.
    Unfit(Option<Finding>),
}

/// What became of the rows of a table.
#[derive(Default)]
pub(super) struct Judged {
    /// The rows that were taken out, with all their text.
    pub(super) unfit: BTreeMap<u32, String>,
    /// Cells, by row and column, whose value is rather one of the column beside them.
    pub(super) displaced: BTreeMap<(u32, u32), Problem>,
}

/// A table with what is known of its columns.
struct Judge<'a> {
    sheet: &'a Sheet,
    /// How its rows were separated; `None` in a workbook, whose cells need no separators.
    records: Option<&'a Records>,
    head: &'a Candidate,
    rows: &'a BTreeMap<u32, Cells>,
    /// How many cells a whole row has.
    expected: u32,
    profile: Profile<'a>,
    /// Rows of which it is known that none of their values has moved.
    settled: BTreeSet<u32>,
}

/// Takes the rows out that do not fit their headings, and looks for single values that stand beside their column.
pub(super) fn set_apart(
    sheet: &Sheet,
    head: &Candidate,
    rows: &mut BTreeMap<u32, Cells>,
    findings: &mut Vec<Finding>,
) -> Judged {
    let judge = Judge::new(sheet, head, rows);
    let mut judged = Judged::default();
    let mut trimmed = BTreeSet::new();
    for (row, cells) in &*rows {
        let looks = look::at(cells);
        match judge.judge(*row, cells, &looks) {
            Verdict::Unfit(finding) => {
                findings.extend(finding);
                judged.unfit.insert(*row, whole_text(cells));
                continue;
            }
            Verdict::Trimmed => {
                trimmed.insert(*row);
            }
            Verdict::Fits => {}
        }
        findings.extend(judge.beyond(*row, &looks));
        judged.displaced.extend(judge.displaced(*row, &looks));
    }
    if let Some(records) = &sheet.layout.records {
        findings.extend(torn::in_headings(sheet, records, head));
        let stray = records.stray.range(head.first..=head.last);
        findings.extend(stray.map(|(row, column)| said::stray(sheet, *row, *column)));
        findings.extend(said::trimmed(sheet, &trimmed));
    }
    rows.retain(|row, _| !judged.unfit.contains_key(row));
    judged
}

/// Everything that stands in a row.
fn whole_text(cells: &Cells) -> String {
    let texts: Vec<String> = cells.values().map(text_of).collect();
    texts.join("\n")
}

impl<'a> Judge<'a> {
    fn new(sheet: &'a Sheet, head: &'a Candidate, rows: &'a BTreeMap<u32, Cells>) -> Self {
        let records = sheet.layout.records.as_ref();
        let expected = match records {
            Some(records) => expected(records, head, rows),
            None => headings_of(head),
        };
        let is_whole = |row: u32, cells: &Cells| {
            let width = records.map_or(Some(expected), |it| it.widths.get(&row).copied());
            width == Some(expected) && !is_torn(sheet, head, row, cells)
        };
        let whole = rows.iter().filter(|(row, cells)| is_whole(**row, cells));
        let mut judge = Self {
            sheet,
            records,
            head,
            rows,
            expected,
            profile: Profile::of(head, whole.clone().map(|(_, cells)| look::at(cells))),
            settled: BTreeSet::new(),
        };
        let is_sound = |(row, cells): &(&u32, &Cells)| {
            let moved = judge.moved(**row, &look::at(cells));
            moved.is_none()
        };
        let (sound, moved): (Vec<_>, Vec<_>) = whole.partition(is_sound);
        if moved.is_empty() {
            judge.settled = sound.into_iter().map(|(row, _)| *row).collect();
        } else {
            // A row whose values have moved is no evidence of what the columns hold.
            judge.profile = Profile::of(head, sound.into_iter().map(|(_, cells)| look::at(cells)));
        }
        judge
    }

    fn judge(&self, row: u32, cells: &Cells, looks: &Looks) -> Verdict {
        if self.records.is_some_and(|it| it.unclosed == Some(row)) {
            // The sheet has said so already.
            return Verdict::Unfit(None);
        }
        if let Some(column) = self.records.and_then(|it| it.stray.get(&row)) {
            return Verdict::Unfit(Some(said::stray(self.sheet, row, *column)));
        }
        if let Some(finding) = torn::finding(self.sheet, self.head, row, cells) {
            return Verdict::Unfit(Some(finding));
        }
        if let Some(finding) = folded::finding(self.sheet, self.head, row, cells) {
            return Verdict::Unfit(Some(finding));
        }
        let width = self.width(row);
        let fits = match width.cmp(&self.expected) {
            Ordering::Greater => self.is_padded(looks, width),
            Ordering::Less => self.is_trimmed(row, looks, width),
            Ordering::Equal => !self.spills(looks),
        };
        if !fits {
            return Verdict::Unfit(Some(self.say(row, cells, looks, width)));
        }
        let is_settled = self.settled.contains(&row);
        match (!is_settled).then(|| self.moved(row, looks)).flatten() {
            Some(finding) => Verdict::Unfit(Some(finding)),
            None if width == self.expected => Verdict::Fits,
            None => Verdict::Trimmed,
        }
    }

    fn width(&self, row: u32) -> u32 {
        let width = self.records.and_then(|it| it.widths.get(&row).copied());
        width.unwrap_or(self.expected)
    }

    /// Whether a row has more cells than headings, but certainly only blanks behind what is filled.
    fn is_padded(&self, looks: &Looks, width: u32) -> bool {
        let is_beyond = last_filled(looks).is_some_and(|last| last >= self.expected);
        !is_beyond && self.is_anchored(looks, width) && self.misfit(looks, width).is_none()
    }

    /// Whether a row with fewer cells than headings lacks nothing but blanks at its end.
    fn is_trimmed(&self, row: u32, looks: &Looks, width: u32) -> bool {
        let lacks = self.head.columns.iter().any(|(heading, number)| {
            let column = self.head.kind.column(heading);
            *number >= width && column.is_some_and(|column| column.required || column.key)
        });
        if lacks || self.misfit(looks, width).is_some() {
            return false;
        }
        self.is_anchored(looks, width) || self.is_habit(row, looks, width)
    }

    /// Whether leaving blanks out is how this row, or this file, is written: programs do so in blocks of rows, people
    /// behind the last filled cell. A separator that is missing by accident leaves a single row one cell short.
    fn is_habit(&self, row: u32, looks: &Looks, width: u32) -> bool {
        // A heading that is blank may be one too many, and then it is the headings that have moved.
        if self.headings() - self.first_heading() != number_of(self.head.typed.len()) {
            return false;
        }
        let mut others = self.rows.keys().filter(|other| **other != row);
        let is_block = others.any(|other| other.abs_diff(row) <= 1 && self.width(*other) == width);
        let ends_filled = last_filled(looks).is_some_and(|last| last + 1 == width);
        let missing = width..self.expected;
        let is_filled_elsewhere = missing.clone().any(|column| self.profile.is_filled(column));
        let several = self
            .rows
            .keys()
            .filter(|it| self.width(**it) < self.expected);
        is_block
            || (ends_filled
                && (missing.len() > 1
                    || several.count() > 1
                    || (self.rows.len() > 1 && !is_filled_elsewhere)))
    }

    /// Whether the last filled cell can stand in no column but its own: then so does each before it.
    fn is_anchored(&self, looks: &Looks, width: u32) -> bool {
        let reach = width.abs_diff(self.expected);
        let last = last_filled(looks).and_then(|last| Some((last, looks.get(&last)?)));
        last.is_some_and(|(last, look)| self.profile.weigh(last, look, reach) == Evidence::Fits)
    }

    /// Whether a value stands beyond the headings and others under headings that are not theirs, as when a program
    /// made all rows as wide as one that has a cell too many.
    fn spills(&self, looks: &Looks) -> bool {
        let headings = self.headings();
        let Some(last) = last_filled(looks).filter(|last| *last >= headings) else {
            return false;
        };
        let alike = self.rows.values().filter(|cells| cells.contains_key(&last));
        alike.count() * 2 < self.rows.len() && self.misfit(looks, last + 1).is_some()
    }

    /// A value beyond the headings that few rows have: a column without a heading has one in most.
    fn beyond(&self, row: u32, looks: &Looks) -> Option<Finding> {
        let last = last_filled(looks).filter(|last| *last >= self.headings())?;
        let alike = self.rows.values().filter(|cells| cells.contains_key(&last));
        (alike.count() * 2 < self.rows.len()).then(|| said::beyond(self.sheet, row, last))
    }

    /// The first cell that cannot belong where it stands.
    fn misfit(&self, looks: &Looks, width: u32) -> Option<u32> {
        let reach = width.abs_diff(self.expected).max(1);
        let mut all = looks.iter();
        all.find(|(column, look)| self.profile.weigh(**column, look, reach) == Evidence::Misfits)
            .map(|(column, _)| *column)
    }

    fn first_heading(&self) -> u32 {
        self.head.typed.keys().next().copied().unwrap_or(0)
    }

    /// How many headings there are, up to the last that is filled.
    fn headings(&self) -> u32 {
        headings_of(self.head)
    }
}

fn headings_of(head: &Candidate) -> u32 {
    head.typed.keys().next_back().map_or(0, |last| last + 1)
}

/// How few rows tell nothing of how a file is written.
const FEW: usize = 3;

/// How many cells a whole row has: as many as the headings, unless all rows end with the same further blanks and none
/// of their cells looks moved.
fn expected(records: &Records, head: &Candidate, rows: &BTreeMap<u32, Cells>) -> u32 {
    let headings = torn::head_width(records, head);
    let widths = rows
        .keys()
        .filter_map(|row| records.widths.get(row).copied());
    let widths: BTreeSet<u32> = widths.collect();
    // Two headings run together are one that is not known, and then all rows are one cell too long.
    let is_known = head.unknown().is_empty();
    let width = widths
        .first()
        .copied()
        .filter(|width| *width > headings && is_known);
    let Some(width) = width.filter(|_| widths.len() == 1 && rows.len() >= FEW) else {
        return headings;
    };
    let profile = Profile::of(head, std::iter::empty());
    let looks_moved = |(column, value): (&u32, &RawValue)| {
        let look = Look::of_text(text_of(value));
        *column >= headings && !look.text.is_empty()
            || said::is_indented(value)
            || profile.weigh(*column, &look, width - headings) == Evidence::Misfits
    };
    if rows.values().flatten().any(looks_moved) {
        headings
    } else {
        width
    }
}

fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn last_filled(looks: &Looks) -> Option<u32> {
    let mut filled = looks.iter().rev();
    filled
        .find(|(_, look)| !look.text.is_empty())
        .map(|(column, _)| *column)
}

#[cfg(test)]
mod tests;
