//! Which sheets are worksheets, and where their tables are: a table is recognised by its headings, never by the
//! name of its sheet.
//!
//! Entry point: [`tables`], in four steps: find the heading rows, give each the rows below it, set titles apart, and
//! look at the columns. Nothing is dropped without a count or a finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, words};
use crate::product::Product;
use crate::workbook::{RawValue, Sheet};

use super::columns;
use super::fit;
use super::headings::{self, Candidate, Head};
use super::layout;
use super::spans::Spans;
use super::table::{Table, Usage};
use super::text::text_of;
use super::titles;
use super::totals;
use super::transposed;

/// Recognises the tables of every sheet; what is not recognised is a finding.
pub fn tables(sheets: &[Sheet], product: &'static Product) -> (Vec<Table>, Vec<Finding>) {
    let mut tables = Vec::new();
    let mut findings = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        let mut found = of_sheet(sheet, product, &mut findings);
        layout::strike(sheet, &mut found);
        layout::report(sheet, &found, &mut findings);
        tables.extend(found);
    }
    (tables, findings)
}

/// The tables of one kind, without a word about the others: what has to be known before all are read.
pub fn tables_of(sheets: &[Sheet], product: &'static Product, kind: &str) -> Vec<Table> {
    let has = |sheet: &&Sheet| {
        let heads = headings::find(sheet, &Spans::of(sheet), &product.schema);
        heads.iter().any(|head| head.candidate().kind.id == kind)
    };
    let sheets = sheets.iter().filter(has);
    let tables = sheets.flat_map(|sheet| of_sheet(sheet, product, &mut Vec::new()));
    tables.filter(|table| table.kind.id == kind).collect()
}

/// A table whose columns are still to be looked at.
struct Draft<'a> {
    head: &'a Candidate,
    rows: BTreeMap<u32, BTreeMap<u32, RawValue>>,
    usage: Usage,
}

fn of_sheet(sheet: &Sheet, product: &'static Product, findings: &mut Vec<Finding>) -> Vec<Table> {
    let spans = Spans::of(sheet);
    let heads = headings::find(sheet, &spans, &product.schema);
    findings.extend(fit::unclosed(sheet));
    let Some(first) = heads.first() else {
        let known = fit::in_stranger(sheet)
            .or_else(|| fit::in_one_cell(sheet, &product.schema))
            .or_else(|| transposed::finding(sheet, &product.schema))
            .or_else(|| misread(sheet));
        findings.push(known.unwrap_or_else(|| stranger(sheet)));
        return Vec::new();
    };
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut title_rows = BTreeSet::new();
    let mut total_rows = BTreeSet::new();
    let mut above = sheet.rows.range(..first.candidate().first).count();
    for (index, head) in heads.iter().enumerate() {
        let next = heads.get(index + 1).map(|next| next.candidate().first);
        let candidate = head.candidate();
        let part = titles::set_apart(sheet, candidate, next, &spans);
        title_rows.extend(&part.titles);
        total_rows.extend(&part.totals);
        above += usize::from(candidate.first < candidate.last);
        if part.rows.is_empty() && next.is_some() {
            // Headings directly above others have no rows to lose.
            above += 1 + part.others();
            continue;
        }
        match head {
            Head::Tie(_, kinds) => findings.push(tie(sheet, candidate, kinds)),
            Head::Lacking(_, rivals) => findings.push(missing_key(sheet, candidate, rivals)),
            Head::Whole(_) => add(&mut drafts, candidate, part, above),
        }
        above = 0;
    }
    findings.extend(titles::report(sheet, &title_rows));
    findings.extend(totals::report(sheet, &total_rows));
    let tables = drafts.into_iter();
    tables
        .map(|draft| table(sheet, product, draft, findings))
        .collect()
}

/// Adds a table, or the continuation of the one above below a repetition of its headings.
fn add<'a>(drafts: &mut Vec<Draft<'a>>, head: &'a Candidate, part: titles::Part, above: usize) {
    let again = drafts.last().is_some_and(|draft| draft.head.is_again(head));
    if !again {
        drafts.push(Draft {
            head,
            rows: BTreeMap::new(),
            usage: Usage::default(),
        });
    }
    if let Some(Draft { rows, usage, .. }) = drafts.last_mut() {
        usage.above += above;
        usage.blank += part.blank;
        usage.repeated += part.repeated + usize::from(again);
        usage.titles += part.titles.len() + part.totals.len();
        rows.extend(part.rows);
    }
}

fn table(
    sheet: &Sheet,
    product: &'static Product,
    mut draft: Draft<'_>,
    findings: &mut Vec<Finding>,
) -> Table {
    let fit::Judged { unfit, displaced } =
        fit::set_apart(sheet, draft.head, &mut draft.rows, findings);
    let mut table = Table {
        kind: draft.head.kind,
        product,
        place: sheet.place.clone(),
        heading_row: draft.head.last,
        columns: draft.head.columns.clone(),
        typed: draft.head.known(),
        extras: BTreeMap::new(),
        rows: draft.rows,
        unfit,
        displaced,
        contradicted: BTreeMap::new(),
        supplied: BTreeMap::new(),
        usage: draft.usage,
    };
    table.extras = columns::extras(&table, draft.head, findings);
    columns::missing_required(&table, findings);
    table
}

fn tie(sheet: &Sheet, head: &Candidate, kinds: &BTreeSet<&'static str>) -> Finding {
    Finding::new(
        Code::AmbiguousSheet,
        format!(
            "these headings fit the worksheets {} equally well; none of the rows below was used",
            words::quoted(kinds)
        ),
    )
    .at(&sheet.place.clone().row(head.last))
    .help("add a heading that only one of them has")
}

/// Where several kinds are about as likely, each is named with what it lacks: the cure for the wrong one would cost
/// more than it mends.
fn missing_key(sheet: &Sheet, near: &Candidate, rivals: &[Candidate]) -> Finding {
    let mut likely: Vec<&Candidate> = std::iter::once(near).chain(rivals).collect();
    let nearest = likely.iter().find_map(|it| Some((*it, it.nearest()?)));
    if let Some((kind, _)) = &nearest {
        // A heading that is nearly one of a kind's decides between them.
        likely.retain(|it| it.kind.id == kind.kind.id);
    }
    let lacks = |it: &Candidate| words::quoted(it.lacks().iter().map(|column| &column.heading));
    let looks = match likely.as_slice() {
        [one] => format!(
            "a `{}` worksheet, but it has no column {}",
            one.kind.id,
            lacks(one)
        ),
        several => words::either(several.iter().map(|it| {
            let lacks = lacks(it);
            format!("a `{}` worksheet without the column {lacks}", it.kind.id)
        })),
    };
    let help = match (nearest, likely.as_slice()) {
        (Some((_, help)), _) => help,
        (None, [one]) => format!("add the heading {}", lacks(one)),
        (None, several) => words::either(several.iter().map(|it| {
            let lacks = lacks(it);
            format!("add the heading {lacks} to make it `{}`", it.kind.id)
        })),
    };
    Finding::new(
        Code::MissingColumn,
        format!("this looks like {looks}; none of its rows could be used"),
    )
    .at(&sheet.place.clone().row(near.last))
    .help(help)
}

/// A sheet in a guessed encoding may have headings that would be known, had they been read aright.
fn misread(sheet: &Sheet) -> Option<Finding> {
    let name = sheet.layout.records.as_ref()?.unsafe_guess.as_ref()?;
    let rows = sheet.rows.values().take(headings::HEADING_ROWS);
    let mut texts = rows.flat_map(BTreeMap::values).map(text_of);
    let odd = texts.find(|text| !text.is_ascii())?;
    let finding = Finding::new(
        Code::UnreadableFile,
        format!(
            "no worksheet kind has these headings, perhaps because the text was misread: it is not UTF-8, and as {name} it begins with `{}`",
            words::excerpt(&odd)
        ),
    );
    Some(finding.at(&sheet.place).help(
        "open the file in the program that wrote it, and save it as \"CSV UTF-8\" or as a workbook (.xlsx)",
    ))
}

fn stranger(sheet: &Sheet) -> Finding {
    let mut texts = sheet.rows.values().flat_map(BTreeMap::values).map(text_of);
    Finding::new(
        Code::UnknownSheet,
        match texts.find(|text| !text.is_empty()) {
            Some(text) => format!(
                "no worksheet kind has these headings (the sheet begins with `{}`); it was ignored",
                words::excerpt(&text)
            ),
            None => "the sheet holds nothing; it was ignored".to_owned(),
        },
    )
    .at(&sheet.place)
    .help("if it should be read, give it the headings that `restore-packets new` writes")
}

#[cfg(test)]
mod tests;
