//! What differs between expectation and run, and new expectations written into the case files.

use std::fmt::Write as _;
use std::path::Path;

use super::Mismatch;

/// The lines of a block that differ, with what should stand there instead.
pub(crate) fn diff(mismatch: &Mismatch) -> String {
    let (old, new) = (&mismatch.expected, &mismatch.actual);
    let same = |pairs: &mut dyn Iterator<Item = (&String, &String)>| {
        pairs.take_while(|(old, new)| old == new).count()
    };
    let head = same(&mut old.iter().zip(new));
    let most = old.len().min(new.len()) - head;
    let tail = same(&mut old.iter().rev().zip(new.iter().rev())).min(most);
    let mut text = String::new();
    for line in &old[head..old.len() - tail] {
        let _ = writeln!(text, "  - {line}");
    }
    for line in &new[head..new.len() - tail] {
        let _ = writeln!(text, "  + {line}");
    }
    text
}

/// Writes what the runs printed into a case file, the last block first so that line numbers hold.
pub(crate) fn rewrite(path: &Path, mut mismatches: Vec<Mismatch>) -> std::io::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    mismatches.sort_by_key(|it| std::cmp::Reverse(it.lines.start));
    for mismatch in mismatches {
        let ticks = |line: &String| line.chars().take_while(|c| *c == '`').count();
        let needed = mismatch
            .actual
            .iter()
            .map(ticks)
            .max()
            .map_or(3, |most| most + 1);
        let (open, close) = (mismatch.lines.start - 1, mismatch.lines.end);
        if ticks(&lines[open]) < needed {
            lines[open] = format!("{}console", "`".repeat(needed));
            lines[close] = "`".repeat(needed);
        }
        lines.splice(mismatch.lines, mismatch.actual);
    }
    std::fs::write(path, lines.join("\n") + "\n")
}
