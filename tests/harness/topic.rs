//! Reads a Markdown file of cases. A file is one case, or, where it has `##` headings, one case under each;
//! what stands before the first of them belongs to all.

use std::ops::Range;
use std::path::Path;

use super::sheets::Rows;
use super::{cells, folder, workbook};

/// A part of a case, in the order of the file.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// Start from a base organization.
    Base(String),
    /// A sheet of a workbook.
    Sheet {
        path: String,
        sheet: String,
        rows: Rows,
    },
    /// Cells of a sheet that is there already.
    Change { sheet: String, rows: Rows },
    /// Any other file.
    File { path: String, bytes: Vec<u8> },
    /// Command lines, each with what it prints.
    Console {
        lines: Range<usize>,
        content: Vec<String>,
    },
}

/// A case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The file, relative to the folder of cases.
    pub(crate) file: String,
    /// The heading.
    pub(crate) title: String,
    /// Its parts, the file's common ones first.
    pub(crate) items: Vec<Item>,
}

impl Case {
    /// As messages name it.
    pub(crate) fn name(&self) -> String {
        format!("{}: {}", self.file, self.title)
    }

    /// The expected lines that are findings: those of commands that read worksheets.
    pub(crate) fn expected_findings(&self) -> impl Iterator<Item = &str> {
        let mut reads = false;
        let consoles = self.items.iter().filter_map(|item| match item {
            Item::Console { content, .. } => Some(content),
            _ => None,
        });
        consoles.flatten().map(String::as_str).filter(move |line| {
            if let Some(command) = line.strip_prefix("$ ") {
                let mut words = command.split_whitespace();
                let reading = ["check", "build", "verify", "plan", "record"];
                reads = words.any(|word| reading.contains(&word));
            }
            reads
        })
    }
}

/// The cases of a file.
///
/// # Errors
/// Names the line that is not understood.
pub(crate) fn read(path: &Path) -> Result<Vec<Case>, String> {
    let file = path.strip_prefix(folder()).unwrap_or(path);
    let file = file.display().to_string().replace('\\', "/");
    let text = std::fs::read_to_string(path).map_err(|error| format!("{file}: {error}"))?;
    let lines: Vec<&str> = text.lines().collect();
    let mut sections = vec![(lines.first().copied().unwrap_or_default(), Vec::new())];
    let mut at = 1;
    while at < lines.len() {
        if let Some(title) = lines[at].strip_prefix("## ") {
            sections.push((title, Vec::new()));
            at += 1;
            continue;
        }
        let (item, next) = item(&lines, at).map_err(|why| format!("{file}:{}: {why}", at + 1))?;
        if let (Some(item), Some((_, items))) = (item, sections.last_mut()) {
            items.push(item);
        }
        at = next;
    }
    let (title, common) = sections.remove(0);
    let case = |title: &str, items: Vec<Item>| Case {
        file: file.clone(),
        title: title.trim_start_matches('#').trim().to_owned(),
        items,
    };
    if sections.is_empty() {
        return Ok(vec![case(title, common)]);
    }
    if common
        .iter()
        .any(|item| matches!(item, Item::Console { .. }))
    {
        return Err(format!(
            "{file}: a console block stands before the first case"
        ));
    }
    let cases = sections.into_iter();
    Ok(cases
        .map(|(title, items)| case(title, [common.clone(), items].concat()))
        .collect())
}

/// The tables and files of a base organization.
///
/// # Errors
/// There is none of this name, or it is more than tables and files.
pub(crate) fn base(name: &str) -> Result<Vec<Item>, String> {
    let path = folder().join("base").join(format!("{name}.md"));
    let cases = read(&path)?;
    Ok(cases.into_iter().flat_map(|case| case.items).collect())
}

type Found = Result<(Option<Item>, usize), String>;

/// The item that begins at a line, and the line after it. Prose is no item.
fn item(lines: &[&str], at: usize) -> Found {
    let line = lines[at].trim_end();
    if let Some(name) = line.strip_prefix("Base: `") {
        return Ok((
            Some(Item::Base(name.trim_end_matches(['`', '.']).into())),
            at + 1,
        ));
    }
    if line.starts_with("```") {
        return console(lines, at);
    }
    if line.starts_with('|') {
        return Err("a table stands without a caption".to_owned());
    }
    let (change, caption) = match line.strip_prefix("Change ") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let names = caption.strip_suffix(':').and_then(names);
    let Some(names) = names else {
        return Ok((None, at + 1));
    };
    let next = (at + 1..lines.len()).find(|at| !lines[*at].trim().is_empty());
    let Some(next) = next else {
        return Err("the caption stands over nothing".to_owned());
    };
    match (change, names.as_slice()) {
        (true, [sheet]) => {
            let (rows, end) = table(lines, next)?;
            let sheet = sheet.clone();
            Ok((Some(Item::Change { sheet, rows }), end))
        }
        (false, [path, sheet]) => {
            let (rows, end) = table(lines, next)?;
            let (path, sheet) = (path.clone(), sheet.clone());
            Ok((Some(Item::Sheet { path, sheet, rows }), end))
        }
        (false, [path]) => file(lines, next, path),
        _ => Err("a caption names a path, a path and a sheet, or a sheet to change".to_owned()),
    }
}

/// The names in "`a`, sheet `b`"; nothing else may stand there.
fn names(caption: &str) -> Option<Vec<String>> {
    let mut parts = caption.split('`');
    if !parts.next()?.is_empty() {
        return None;
    }
    let parts: Vec<&str> = parts.collect();
    let between = parts.iter().skip(1).step_by(2);
    let sound = parts.len().is_multiple_of(2)
        && between.clone().all(|it| it.is_empty() || *it == ", sheet ");
    sound.then(|| {
        parts
            .iter()
            .step_by(2)
            .map(|&name| name.to_owned())
            .collect()
    })
}

fn table(lines: &[&str], start: usize) -> Result<(Rows, usize), String> {
    let end = (start..lines.len())
        .find(|at| !lines[*at].starts_with('|'))
        .unwrap_or(lines.len());
    let is_rule = |line: &&str| line.chars().all(|c| "|-: ".contains(c));
    let rows: Vec<&str> = lines[start..end].to_vec();
    if rows.len() < 2 || !is_rule(&rows[1]) {
        return Err("a table was expected below the caption".to_owned());
    }
    let kept = rows.iter().enumerate().filter(|(index, _)| *index != 1);
    let rows: Result<Rows, String> = kept.map(|(_, row)| cells::row(row)).collect();
    Ok((rows?, end))
}

/// The content of a fence and the line after it.
fn fence<'a>(lines: &[&'a str], start: usize) -> Result<(&'a str, Range<usize>), String> {
    let line = lines[start];
    let ticks = line.chars().take_while(|c| *c == '`').count();
    let (mark, info) = line.split_at(ticks);
    if ticks < 3 {
        return Err("a fenced block was expected below the caption".to_owned());
    }
    let end = (start + 1..lines.len()).find(|at| lines[*at] == mark);
    let end = end.ok_or("the fenced block does not end")?;
    Ok((info.trim(), start + 1..end))
}

fn console(lines: &[&str], at: usize) -> Found {
    let (info, range) = fence(lines, at)?;
    if info != "console" {
        return Err(format!("a block of `{info}` stands without a caption"));
    }
    let content = lines[range.clone()].iter().map(|&line| line.to_owned());
    let next = range.end + 1;
    let item = Item::Console {
        content: content.collect(),
        lines: range,
    };
    Ok((Some(item), next))
}

fn file(lines: &[&str], start: usize, path: &str) -> Found {
    let (info, range) = fence(lines, start)?;
    let text: String = lines[range.clone()]
        .iter()
        .flat_map(|line| [*line, "\n"])
        .collect();
    let bytes = match info {
        "protected" => workbook::protected(),
        "torn" => [b"PK\x03\x04", text.as_bytes()].concat(),
        // More columns than a sheet can have.
        "wide" => (text.replace('\n', ",") + &"x,".repeat(16_384)).into_bytes(),
        "windows-1252" => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    };
    let path = path.to_owned();
    Ok((Some(Item::File { path, bytes }), range.end + 1))
}
