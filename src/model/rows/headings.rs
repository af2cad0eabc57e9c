//! Which rows of a sheet are headings, and of which kind of worksheet.
//!
//! Entry point: [`find`]. Headings may stand below titles, in one row or spread over two, and again further down,
//! where a second table of the same or of another kind begins.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::suggest;
use crate::workbook::{RawValue, Sheet};

use super::spans::Spans;
use super::text::text_of;
use crate::product::Schema;
use crate::product::schema::{Column, Kind};
use crate::text::plain::normalise;

/// How far down the first heading row may stand, in rows that hold anything.
pub(super) const HEADING_ROWS: usize = 60;

/// Bytes of the longest text that is looked at as a heading.
const LONGEST: usize = 400;

/// A row, or two, taken as headings of one kind.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The kind.
    pub(super) kind: &'static Kind,
    /// The first of its rows.
    pub(super) first: u32,
    /// The last of its rows; data begin below it.
    pub(super) last: u32,
    /// Known columns: English heading to column number.
    pub(super) columns: BTreeMap<&'static str, u32>,
    /// All headings as typed.
    pub(super) typed: BTreeMap<u32, String>,
}

/// What a heading row turned out to be.
#[derive(Debug)]
pub(super) enum Head {
    /// The headings of a table.
    Whole(Candidate),
    /// They resemble a kind but lack one of its keys; with the other kinds they resemble about as much.
    Lacking(Candidate, Vec<Candidate>),
    /// They fit several kinds equally well.
    Tie(Candidate, BTreeSet<&'static str>),
}

impl Head {
    /// The headings.
    pub(super) fn candidate(&self) -> &Candidate {
        match self {
            Self::Whole(candidate) | Self::Lacking(candidate, _) | Self::Tie(candidate, _) => {
                candidate
            }
        }
    }
}

impl Candidate {
    /// Key columns it does not have.
    pub(super) fn lacks(&self) -> Vec<&'static Column> {
        let keys = self.kind.keys();
        keys.filter(|column| !self.columns.contains_key(column.heading.as_str()))
            .collect()
    }

    /// The headings of the known columns as typed.
    pub(super) fn known(&self) -> BTreeMap<u32, String> {
        let typed = |number: &u32| Some((*number, self.typed.get(number)?.clone()));
        self.columns.values().filter_map(typed).collect()
    }

    /// Headings that are no known column, or a second one of a known column.
    pub(super) fn unknown(&self) -> BTreeMap<u32, &str> {
        let known: BTreeSet<u32> = self.columns.values().copied().collect();
        let typed = self
            .typed
            .iter()
            .filter(|(number, _)| !known.contains(number));
        typed
            .map(|(number, text)| (*number, text.as_str()))
            .collect()
    }

    /// Which heading is probably meant to be the key it lacks.
    pub(super) fn nearest(&self) -> Option<String> {
        let lacks = self.lacks();
        let heading = &lacks.first()?.heading;
        let typed = suggest::nearest(heading, self.unknown().into_values())?;
        Some(format!("is `{typed}` meant to be `{heading}`?"))
    }

    /// Whether these are the same headings again, in whatever language.
    pub(super) fn is_again(&self, below: &Self) -> bool {
        self.kind.id == below.kind.id
            && self.columns == below.columns
            && self.unknown() == below.unknown()
    }

    fn is_whole(&self) -> bool {
        self.matches() >= 2 && self.lacks().is_empty()
    }

    fn resembles(&self) -> bool {
        let has_a_key = self.lacks().len() < self.kind.keys().count();
        self.matches() >= 3 || (self.matches() >= 2 && has_a_key)
    }

    fn matches(&self) -> usize {
        self.columns.len()
    }
}

/// The heading rows of a sheet, from top to bottom. If none is whole, the one that comes nearest.
pub(super) fn find(sheet: &Sheet, spans: &Spans, schema: &'static Schema) -> Vec<Head> {
    let rows: Vec<(u32, &BTreeMap<u32, RawValue>)> = sheet
        .rows
        .iter()
        .map(|(row, cells)| (*row, cells))
        .collect();
    let mut heads: Vec<Head> = Vec::new();
    let mut nearest: Option<(Candidate, Vec<Candidate>)> = None;
    let mut index = 0;
    while index < rows.len() && (index < HEADING_ROWS || !heads.is_empty()) {
        let (head, taken) = at(&rows[index..], spans, schema);
        index += taken;
        match head {
            Some(Head::Lacking(near, rivals)) if heads.is_empty() => {
                let known = nearest.as_ref().map_or(0, |(known, _)| known.matches());
                if near.matches() > known {
                    nearest = Some((near, rivals));
                }
            }
            Some(head) if heads.is_empty() || begins_again(&head, heads.last()) => heads.push(head),
            _ => {}
        }
    }
    if heads.is_empty() {
        heads.extend(nearest.map(|(near, rivals)| Head::Lacking(near, rivals)));
    }
    heads
}

/// Whether a row below a table is the head of another one, and not a row of data that happens to hold such words.
fn begins_again(head: &Head, above: Option<&Head>) -> bool {
    let candidate = head.candidate();
    let known = candidate.matches();
    match head {
        Head::Lacking(..) => {
            let same = above.is_some_and(|above| above.candidate().kind.id == candidate.kind.id);
            known >= 3 && known == candidate.typed.len() && !same
        }
        _ => known * 2 >= candidate.typed.len(),
    }
}

/// The headings that begin in the first of these rows, and how many rows they take.
fn at(
    rows: &[(u32, &BTreeMap<u32, RawValue>)],
    spans: &Spans,
    schema: &'static Schema,
) -> (Option<Head>, usize) {
    let Some((row, cells)) = rows.first() else {
        return (None, 1);
    };
    let one = Line::of(schema, *row, cells, spans);
    let single = one.head();
    let Some((next, below)) = rows.get(1).filter(|(next, _)| *next == row + 1) else {
        return (single, 1);
    };
    let two = Line::of(schema, *next, below, spans);
    if one.known() + two.known() < 2 {
        return (single, 1);
    }
    let matches = |head: &Option<Head>| head.as_ref().map_or(0, |head| head.candidate().matches());
    let double = one.above(&two, spans).head();
    let more = matches(&single).max(matches(&two.head()));
    match double {
        Some(Head::Whole(both)) if both.matches() > more => (Some(Head::Whole(both)), 2),
        _ => (single, 1),
    }
}

/// One row of texts, or two rows as one.
struct Line {
    schema: &'static Schema,
    first: u32,
    last: u32,
    cells: BTreeMap<u32, Typed>,
}

/// What stands in a cell, and the forms in which it may be a heading, the fullest first.
struct Typed {
    text: String,
    forms: Vec<Form>,
}

struct Form {
    normalised: String,
    /// Whether this form passes over what stands in the lower row: then that row holds data.
    drops_below: bool,
}

impl Form {
    fn new(text: &str) -> Self {
        Self {
            normalised: normalise(text),
            drops_below: false,
        }
    }
}

impl Line {
    fn of(
        schema: &'static Schema,
        row: u32,
        cells: &BTreeMap<u32, RawValue>,
        spans: &Spans,
    ) -> Self {
        let texts = cells
            .iter()
            .filter(|(column, _)| !spans.covers(row, **column));
        let typed = texts.map(|(column, value)| (*column, Typed::of(value)));
        Self {
            schema,
            first: row,
            last: row,
            cells: typed.filter(|(_, typed)| !typed.text.is_empty()).collect(),
        }
    }

    /// This row and the one below it read as one. A title over several columns counts for each of them.
    fn above(&self, below: &Self, spans: &Spans) -> Self {
        let columns: BTreeSet<u32> = self
            .cells
            .keys()
            .chain(below.cells.keys())
            .copied()
            .collect();
        let cells = columns.into_iter().filter_map(|column| {
            let start = spans.start(self.first, column).unwrap_or(column);
            let over = self.cells.get(&start).map(|typed| typed.text.as_str());
            let under = below.cells.get(&column).map(|typed| typed.text.as_str());
            Some((column, Typed::pair(over, under)?))
        });
        Self {
            schema: self.schema,
            first: self.first,
            last: below.last,
            cells: cells.collect(),
        }
    }

    /// How many cells are headings of any kind.
    fn known(&self) -> usize {
        let forms = self.cells.values().flat_map(|typed| &typed.forms);
        forms
            .filter(|form| self.schema.knows(&form.normalised))
            .count()
    }

    fn head(&self) -> Option<Head> {
        if self.known() < 2 {
            return None;
        }
        let candidates: Vec<Candidate> = self
            .schema
            .kinds
            .iter()
            .filter_map(|kind| self.candidate(kind))
            .collect();
        let whole = candidates.iter().filter(|it| it.is_whole());
        let Some(most) = whole.clone().map(Candidate::matches).max() else {
            return nearest(candidates);
        };
        let mut best = whole.filter(|it| it.matches() == most);
        let first = best.next()?.clone();
        let mut kinds: BTreeSet<&str> = best.map(|it| it.kind.id.as_str()).collect();
        if kinds.is_empty() {
            return Some(Head::Whole(first));
        }
        kinds.insert(&first.kind.id);
        Some(Head::Tie(first, kinds))
    }

    /// The row as headings of a kind; `None` where its second half is a row of data.
    fn candidate(&self, kind: &'static Kind) -> Option<Candidate> {
        let mut ranked: BTreeMap<&'static str, (usize, u32)> = BTreeMap::new();
        for (number, typed) in &self.cells {
            let mut forms = typed.forms.iter();
            let found = forms.find_map(|form| {
                let column = kind.column_named(&form.normalised)?;
                Some((form, column))
            });
            let Some((form, column)) = found else {
                continue;
            };
            if form.drops_below {
                return None;
            }
            let rank = (rank(column, &form.normalised), *number);
            let best = ranked.entry(column.heading.as_str()).or_insert(rank);
            *best = rank.min(*best);
        }
        let texts = self
            .cells
            .iter()
            .map(|(number, typed)| (*number, typed.text.clone()));
        Some(Candidate {
            kind,
            first: self.first,
            last: self.last,
            columns: ranked
                .into_iter()
                .map(|(heading, (_, number))| (heading, number))
                .collect(),
            typed: texts.collect(),
        })
    }
}

/// The kind that the headings resemble most, and those that one heading more would make as likely.
fn nearest(candidates: Vec<Candidate>) -> Option<Head> {
    let mut near: Vec<Candidate> = candidates
        .into_iter()
        .filter(Candidate::resembles)
        .collect();
    near.sort_by_key(|it| Reverse(it.matches()));
    let most = near.first()?.matches();
    near.retain(|it| it.matches() + 1 >= most);
    let first = near.remove(0);
    Some(Head::Lacking(first, near))
}

/// Of several columns that may be meant, the one with the heading itself counts, then one that says `FQDN`.
fn rank(column: &Column, normalised: &str) -> usize {
    if normalise(&column.heading) == normalised {
        0
    } else if normalised.contains("fqdn") {
        1
    } else {
        2
    }
}

impl Typed {
    fn of(value: &RawValue) -> Self {
        if let RawValue::PartlyStruck { rest, .. } = value {
            // A heading only says what a column is, and what is struck out it no longer is.
            return Self::of(&RawValue::Text(rest.clone()));
        }
        let text = match value {
            RawValue::Text(text) if text.len() <= LONGEST => text_of(value),
            // Numbers and sentences are no headings, but they show that the row is none.
            RawValue::Text(_) => "…".to_owned(),
            value => text_of(value),
        };
        let is_text = matches!(value, RawValue::Text(_));
        Self {
            forms: is_text.then(|| Form::new(&text)).into_iter().collect(),
            text,
        }
    }

    fn pair(over: Option<&str>, under: Option<&str>) -> Option<Self> {
        let (text, forms) = match (over, under) {
            (Some(over), Some(under)) if over != under => {
                let both = format!("{over} {under}");
                let top = Form {
                    drops_below: true,
                    ..Form::new(over)
                };
                let forms = vec![Form::new(&both), Form::new(under), top];
                (both, forms)
            }
            (Some(one), _) | (None, Some(one)) => (one.to_owned(), vec![Form::new(one)]),
            (None, None) => return None,
        };
        Some(Self { text, forms })
    }
}
