//! The last touch on a Markdown page: aligned tables and single blank lines. Fenced code is left alone.
//!
//! Cells are padded by their width on a terminal, so that a raw page is a table too; a parser sees the same as before.

use crate::text::width::width;

/// How wide a table is padded to be: about a screen. Where its cells are longer, the longest stick out rather than
/// stretch every row. In the last column that does no harm, so the others may take most of it.
const SCREEN: usize = 116;
const BUT_THE_LAST: usize = 96;

/// What a cell takes besides its text, and the dashes a rule must have.
const BESIDES: usize = 3;
const SHORTEST: usize = 3;

/// Aligns the tables, reduces runs of blank lines to one and trims line ends.
pub(super) fn page(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let mut table: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        if fence.is_none() && line.starts_with('|') {
            table.push(line);
            continue;
        }
        push_table(&mut out, &table);
        table.clear();
        fence = fence_after(line, fence);
        push_line(&mut out, line, fence.is_some());
    }
    push_table(&mut out, &table);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The fence that is open after this line.
fn fence_after<'a>(line: &'a str, open: Option<&'a str>) -> Option<&'a str> {
    let trimmed = line.trim_start();
    let ticks = trimmed.len() - trimmed.trim_start_matches('`').len();
    match open {
        None if ticks >= 3 => Some(&trimmed[..ticks]),
        Some(fence) if ticks >= fence.len() && trimmed[ticks..].trim().is_empty() => None,
        open => open,
    }
}

fn push_line(out: &mut String, line: &str, fenced: bool) {
    let line = if fenced { line } else { line.trim_end() };
    let doubled = out.is_empty() || out.ends_with("\n\n");
    if !(line.is_empty() && doubled && !fenced) {
        out.push_str(line);
        out.push('\n');
    }
}

fn push_table(out: &mut String, lines: &[&str]) {
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| cells(line)).collect();
    let widths = widths(&rows);
    for row in &rows {
        out.push('|');
        for (column, &padded) in widths.iter().enumerate() {
            let cell = row.get(column).copied().unwrap_or_default();
            if is_rule(cell) {
                out.extend([" ", &"-".repeat(padded)]);
            } else {
                let rest = " ".repeat(padded.saturating_sub(width(cell)));
                out.extend([" ", cell, &rest]);
            }
            out.push_str(" |");
        }
        out.push('\n');
    }
}

/// How wide each column is padded: as its widest cell, but no wider than what lets all of them onto a screen.
fn widths(rows: &[Vec<&str>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = (0..columns).map(|column| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let texts = cells.filter(|cell| !is_rule(cell));
        texts.map(|text| width(text)).max().unwrap_or_default()
    });
    let widest: Vec<usize> = widest.collect();
    let Some((last, others)) = widest.split_last() else {
        return widest;
    };
    let mut padded = fitted(others, BUT_THE_LAST);
    let used = total(&padded);
    padded.extend(fitted(&[*last], SCREEN.saturating_sub(used)));
    padded
}

/// The widths, with the widest cut to the same so that all fit into the room.
fn fitted(widest: &[usize], room: usize) -> Vec<usize> {
    let padded = |cap: usize| -> Vec<usize> {
        let widths = widest.iter().map(|width| (*width).clamp(SHORTEST, cap));
        widths.collect()
    };
    let fits = |cap: &usize| total(&padded(*cap)) <= room;
    let cap = (SHORTEST..=SCREEN).rev().find(fits).unwrap_or(SHORTEST);
    padded(cap)
}

/// What cells of these widths take of a line.
fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + BESIDES).sum()
}

/// Whether the cell belongs to the line under the table's head.
fn is_rule(cell: &str) -> bool {
    cell.len() >= 3 && cell.bytes().all(|byte| byte == b'-')
}

/// The cells of a table row: split at each `|` that no backslash escapes.
fn cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'|' && !escaped {
            cells.push(line[start..at].trim());
            start = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    let rest = line[start..].trim();
    if !rest.is_empty() {
        cells.push(rest);
    }
    cells
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser, TextMergeStream};

    use super::super::super::format::Format;
    use super::super::super::page::PacketContext;
    use super::*;
    use crate::render::fixture;
    use crate::template::{Engine, builtin};
    use crate::text::markdown;

    #[test]
    fn tables_are_aligned_and_escaped_bars_stay_in_their_cell() {
        let raw = "| Fact | Value |\n|---|---|\n| a\\|b | ü |\n| FQDN |  |\n";
        let expected = "\
| Fact | Value |
| ---- | ----- |
| a\\|b | ü     |
| FQDN |       |
";
        assert_eq!(page(raw), expected);
    }

    #[test]
    fn a_long_cell_does_not_stretch_the_others() {
        let long = "x".repeat(200);
        let out = page(&format!(
            "| A | B |\n|---|---|\n| {long} | c |\n| b | c |\n"
        ));
        let widths: Vec<usize> = out.lines().map(str::len).collect();
        assert_eq!(widths, [103, 103, 210, 103]);
        let out = page(&format!(
            "| A | B |\n|---|---|\n| b | {long} |\n| b | c |\n"
        ));
        let widths: Vec<usize> = out.lines().map(str::len).collect();
        assert_eq!(widths, [117, 117, 210, 117]);
    }

    #[test]
    fn cells_are_padded_by_what_a_terminal_shows() {
        let out = page("| Ort | x |\n|---|---|\n| 東京都 | y |\n| e\u{301} | z |\n");
        let widths: Vec<usize> = out.lines().map(width).collect();
        assert_eq!(widths, [16; 4], "{out}");
    }

    /// What a parser sees, without where it stands; text is joined, since lines may be cut anywhere.
    fn seen(text: &str) -> Vec<String> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
        let merged = TextMergeStream::new(Parser::new_ext(text, options));
        merged.map(|event| format!("{event:?}")).collect()
    }

    #[test]
    fn a_parser_sees_the_same_packet() {
        let issue = fixture::hostile(fixture::with_gaps());
        let view = PacketContext::new(&issue, &fixture::estate(), Format::Md);
        let raw = Engine::load(&builtin())
            .0
            .render("layout/packet.md", &view)
            .unwrap();
        assert!(page(&raw) != raw);
        assert_eq!(seen(&page(&raw)), seen(&raw));
    }

    proptest! {
        #[test]
        fn a_parser_sees_the_same_table(rows in vec(vec("[ -~ü東]{0,30}", 3), 1..6)) {
            let line = |cells: &Vec<String>| {
                let cells = cells.iter().map(|cell| format!(" {} |", markdown::escape(cell)));
                format!("|{}\n", cells.collect::<String>())
            };
            let body: String = rows.iter().map(line).collect();
            let raw = format!("text\n\n| A | B | C |\n|---|---|---|\n{body}\n```x\n| a | b |\n```\n\n- [ ] c\n");
            prop_assert_eq!(seen(&page(&raw)), seen(&raw));
        }
    }

    #[test]
    fn blank_lines_are_single_and_code_is_left_alone() {
        let raw = "\n\na  \n\n\n\nb\n```powershell\n| x | y |\n\n\nz\n```\n\n\n";
        let expected = "a\n\nb\n```powershell\n| x | y |\n\n\nz\n```\n";
        assert_eq!(page(raw), expected);
    }
}
