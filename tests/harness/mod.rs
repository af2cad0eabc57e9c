//! The harness behind `cases.rs`: Markdown cases, whose tables become workbooks and whose console blocks are
//! the expectation. `cases/README.md` describes the notation.
//!
//! 1. [`topic`]: a Markdown file as cases, and cases as items (tables, files, console blocks)
//! 2. [`cells`]: what stands in a table's cell
//! 3. [`sheets`]: tables put together, changes applied
//! 4. [`workbook`]: sheets as `.xlsx` bytes; the only place here that knows `rust_xlsxwriter`
//! 5. [`console`]: command lines run in a folder of their own
//! 6. [`tools`]: the small commands that look at output files; [`checklist`] and [`filled_book`]: the one that fills a checklist in
//! 7. [`report`]: what differs, and new expectations written back

pub(crate) mod cells;
pub(crate) mod checklist;
pub(crate) mod console;
mod filled_book;
pub(crate) mod report;
pub(crate) mod sheets;
pub(crate) mod tools;
pub(crate) mod topic;
pub(crate) mod workbook;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sheets::Books;
use topic::{Case, Item};

/// The folder of the cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Every case file below the folder, in order; notes and base organizations are none.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder of cases") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true if !path.ends_with("base") => folders.push(path),
                false if !path.ends_with("README.md") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// What a console block printed, where that is not what the case expects.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The lines of the file that hold the block's content, from zero.
    pub(crate) lines: std::ops::Range<usize>,
    /// What stands there.
    pub(crate) expected: Vec<String>,
    /// What should.
    pub(crate) actual: Vec<String>,
}

/// Runs a case in a folder of its own.
///
/// # Errors
/// Says what is wrong with the case itself.
pub(crate) fn run(case: &Case) -> Result<Vec<Mismatch>, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut books = Books::default();
    let mut mismatches = Vec::new();
    let mut asked = 0;
    for item in &case.items {
        match item {
            Item::Base(name) => {
                for item in topic::base(name)? {
                    put(&item, folder.path(), &mut books)?;
                }
            }
            Item::Console { lines, content } => {
                for (path, bytes) in books.take_changed() {
                    write(folder.path(), &path, &bytes)?;
                }
                asked += 1;
                let actual = console::run(content, folder.path())?;
                if actual != *content {
                    mismatches.push(Mismatch {
                        lines: lines.clone(),
                        expected: content.clone(),
                        actual,
                    });
                }
            }
            item => put(item, folder.path(), &mut books)?,
        }
    }
    match asked {
        0 => Err("the case has no console block, so it expects nothing".to_owned()),
        _ => Ok(mismatches),
    }
}

/// Adds a table to the books, or a file to the folder.
fn put(item: &Item, folder: &Path, books: &mut Books) -> Result<(), String> {
    match item {
        Item::Sheet { path, sheet, rows } => books.add(path, sheet, rows),
        Item::Change { sheet, rows } => books.change(sheet, rows),
        Item::File { path, bytes } => write(folder, path, bytes),
        Item::Base(_) | Item::Console { .. } => Err("a base holds tables and files only".into()),
    }
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), String> {
    let target = folder.join(path);
    let parent = target.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&target, bytes))
        .map_err(|error| format!("{path}: {error}"))
}

/// The codes that the cases expect findings of, by the cases that do.
pub(crate) fn codes(cases: &[Case]) -> BTreeMap<String, Vec<String>> {
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for case in cases {
        for line in case.expected_findings() {
            if let Some(code) = code_of(line) {
                codes.entry(code).or_default().push(case.name());
            }
        }
    }
    codes
}

/// The code in `… error[unknown-server]: …` or `"code":"unknown-server"`.
fn code_of(line: &str) -> Option<String> {
    let severities = ["error[", "warning[", "info["];
    let start = severities
        .iter()
        .find_map(|severity| Some(line.find(severity)? + severity.len()));
    let rest = &line[start?..];
    let code = rest.split_once(']')?.0;
    Some(code.to_owned())
}
