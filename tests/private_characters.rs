//! A character that this program keeps for itself, in every column, heading and name: it is named at its cell, and
//! stops nothing.

#[path = "common/worksheets.rs"]
#[expect(dead_code, reason = "no test here compares editions")]
mod worksheets;

use std::collections::BTreeSet;
use std::path::Path;

use worksheets::Estate;

/// The first, one that opens a seal, one that closes it, and the last.
const MARKS: [char; 4] = ['\u{100000}', '\u{100103}', '\u{100121}', '\u{1001FF}'];

/// Puts one of them into a cell of every column, in a row that `step` chooses; returns the cells.
fn spoil(estate: &mut Estate, step: usize) -> BTreeSet<String> {
    let mut spoilt = BTreeSet::new();
    for sheet in &mut estate.sheets {
        let rows = sheet.rows.len() - 1;
        for column in 0..sheet.rows[0].len() {
            let row = 1 + (column * step + step) % rows;
            let mark = MARKS[(column + step) % MARKS.len()];
            sheet.rows[row][column].push(mark);
            let cell = format!("{}.csv {row} {column}", sheet.name);
            spoilt.insert(cell);
        }
    }
    spoilt
}

/// The cells that findings of this code name, as `spoil` writes them.
fn named(stdout: &[u8], code: &str) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(stdout);
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let findings = lines.map(|line| serde_json::from_str(line).expect("a finding"));
    let findings = findings.filter(|it: &serde_json::Value| it["code"] == code);
    let cell = |it: serde_json::Value| {
        let path = it["path"].as_str().expect("a path");
        let file = path.rsplit('/').next().unwrap_or(path);
        let (row, column) = address(it["cell"].as_str().expect("a cell"));
        format!("{file} {row} {column}")
    };
    findings.map(cell).collect()
}

/// Row and column of `C7`, from zero.
fn address(cell: &str) -> (usize, usize) {
    let digits = cell.find(|c: char| c.is_ascii_digit()).expect("a row");
    let column = cell[..digits]
        .bytes()
        .fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1);
    let row: usize = cell[digits..].parse().expect("a number");
    (row - 1, column - 1)
}

/// Every file below a folder that holds one of the characters.
fn holding(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            holding(&path, found);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        if text
            .chars()
            .any(|c| ('\u{100000}'..='\u{1001FF}').contains(&c))
        {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn in_any_cell_it_is_named_and_stops_nothing() {
    for step in [1, 5] {
        let mut estate = Estate::sample();
        let spoilt = spoil(&mut estate, step);
        let output = estate.build(&["--message-format", "json"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert_eq!(named(&output.stdout, "private-character"), spoilt);
        let mut found = Vec::new();
        holding(&estate.output(), &mut found);
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn in_a_heading_and_in_names_it_stops_nothing() {
    let mut estate = Estate::sample();
    for sheet in &mut estate.sheets {
        sheet.name.push('\u{100045}');
        for row in &mut sheet.rows {
            row.push("more".to_owned());
        }
        sheet.rows[0].pop();
        sheet.rows[0].push("Our\u{100121} own".to_owned());
    }
    let output = estate.build(&["--format", "md,html", "--message-format", "json"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.code().is_some_and(|code| code < 2), "{said}");
    assert!(said.contains("the file's name holds the character U+100045"));
    assert!(said.contains("`Our\u{FFFD} own`"), "{said}");
    let mut found = Vec::new();
    holding(&estate.output(), &mut found);
    assert_eq!(found, [""; 0]);
}
