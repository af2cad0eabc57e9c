//! The sheet Summary: how far the checklist is, counted by formula. Its results as written are those of a checklist
//! that nobody has filled in, so that a program which does not calculate shows something true.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::contract::{RESULTS, SHEET};
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::{Style, Styles};

/// The columns: heading and width, together one upright page.
const COLUMNS: [(&str, f64); 7] = [
    ("Part", 46.0),
    ("Steps", 9.0),
    ("Done", 9.0),
    ("Skipped", 9.0),
    ("Failed", 9.0),
    ("Open", 9.0),
    ("State", 14.0),
];

/// Of no step of a part anything is known at first.
const AT_FIRST: &str = "not begun";

/// A part of the checklist, and the rows it stands in.
pub(super) struct Part {
    pub(super) number: usize,
    pub(super) title: String,
    /// When it is not in the lane that is chosen, as a formula; `None` if it is in all.
    pub(super) other: Option<String>,
    pub(super) steps: usize,
    /// The first row and the last, counted from zero.
    pub(super) rows: (u32, u32),
}

/// Writes the sheet.
pub(super) fn sheet(parts: &[Part], styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let mut sheet = Sheet::new("Summary", &COLUMNS.map(|(_, width)| width))?;
    sheet.line("Summary", &styles.title)?;
    let words = "Counted from the column Result of the checklist; there is nothing to fill in here. On paper, count \
                 by hand.";
    sheet.line(words, &styles.prose)?;
    let head = sheet.row(&COLUMNS.map(|(heading, _)| Cell::new(heading, &styles.head)))?;
    for part in parts {
        let row = sheet.next_row() + 1;
        let counts = [
            steps(part),
            counted(part, 0),
            counted(part, 1),
            counted(part, 2),
        ];
        let title = format!("{}  {}", part.number, part.title);
        line(
            &mut sheet,
            Line {
                title,
                counts,
                steps: part.steps,
                row,
            },
            &styles.cell,
            &styles.count,
        )?;
    }
    let row = sheet.next_row() + 1;
    let counts =
        ["B", "C", "D", "E"].map(|column| format!("SUM({column}{}:{column}{})", head + 2, row - 1));
    let steps = parts.iter().map(|part| part.steps).sum();
    let title = "All".to_owned();
    line(
        &mut sheet,
        Line {
            title,
            counts,
            steps,
            row,
        },
        &styles.label,
        &styles.total,
    )?;
    sheet.inner.set_repeat_rows(head, head)?;
    sheet.inner.set_freeze_panes(head + 1, 1)?;
    sheet.inner.set_tab_color(0x002E_7D32_u32);
    margins.apply(&mut sheet.inner, Way::Portrait);
    protect(&mut sheet.inner);
    sheet.finish()
}

/// One line of the table.
struct Line {
    title: String,
    /// The formulas for steps, done, skipped and failed.
    counts: [String; 4],
    /// How many steps there are.
    steps: usize,
    /// The row it stands in, counted from one.
    row: u32,
}

fn line(sheet: &mut Sheet, line: Line, name: &Style, count: &Style) -> Result<()> {
    let Line {
        title,
        counts,
        steps,
        row,
    } = line;
    let open = format!("B{row}-C{row}-D{row}-E{row}");
    let state = format!(
        "IF(AND(B{row}=0,{steps}>0),\"not in this lane\",IF(E{row}>0,\"failed\",IF(F{row}=0,\"complete\",IF(F{row}=B{row},\"{AT_FIRST}\",\"under way\"))))"
    );
    let all = steps.to_string();
    let at_first = if steps == 0 { "complete" } else { AT_FIRST };
    let [of, done, skipped, failed] = counts;
    sheet.row(&[
        Cell::new(title, name),
        Cell::formula(&of, all.as_str(), count),
        Cell::formula(&done, "0", count),
        Cell::formula(&skipped, "0", count),
        Cell::formula(&failed, "0", count),
        Cell::formula(&open, all.as_str(), count),
        Cell::formula(&state, at_first, name),
    ])?;
    Ok(())
}

/// Counts the step numbers of a part.
fn steps(part: &Part) -> String {
    let count = format!("COUNTIF({},\"{}.*\")", cells(part, 'A'), part.number);
    match &part.other {
        Some(other) => format!("IF({other},0,{count})"),
        None => count,
    }
}

/// Counts one of the results in a part.
fn counted(part: &Part, result: usize) -> String {
    format!("COUNTIF({},\"{}\")", cells(part, 'G'), RESULTS[result])
}

/// The cells of a part in one column of the checklist.
fn cells(part: &Part, column: char) -> String {
    let (first, last) = part.rows;
    format!("{SHEET}!${column}${}:${column}${}", first + 1, last + 1)
}
