//! The last touch on a Markdown page: aligned tables and single blank lines. Fenced code is left alone.

/// A column is never padded beyond this; a longer cell sticks out rather than stretch every row.
const WIDEST_PADDING: usize = 48;

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
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| {
                if is_rule(cell) {
                    3
                } else {
                    cell.chars().count()
                }
            })
            .max()
            .unwrap_or_default()
            .min(WIDEST_PADDING)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in &rows {
        let padded = widths.iter().enumerate().map(|(column, &width)| {
            let cell = row.get(column).copied().unwrap_or_default();
            if is_rule(cell) {
                format!(" {} |", "-".repeat(width))
            } else {
                format!(" {cell:width$} |")
            }
        });
        out.push('|');
        out.extend(padded);
        out.push('\n');
    }
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
    use super::*;

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
        let long = "x".repeat(100);
        let out = page(&format!("| A |\n|---|\n| {long} |\n| b |\n"));
        let widths: Vec<usize> = out.lines().map(str::len).collect();
        assert_eq!(widths, [52, 52, 104, 52]);
    }

    #[test]
    fn blank_lines_are_single_and_code_is_left_alone() {
        let raw = "\n\na  \n\n\n\nb\n```powershell\n| x | y |\n\n\nz\n```\n\n\n";
        let expected = "a\n\nb\n```powershell\n| x | y |\n\n\nz\n```\n";
        assert_eq!(page(raw), expected);
    }
}
