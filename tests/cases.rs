//! The cases: Markdown files under `cases/`, each run with the real program in a folder of its own.
//!
//! A case is wrong if the program prints a line more or less than it expects. `UPDATE_CASES=1` writes what is
//! printed into the files, to be read before it is committed; it is refused where `CI` is set.
//! `CASES=word` runs only the cases whose name holds the word.

mod harness;
#[path = "common/powershell.rs"]
mod powershell;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use harness::topic::{self, Case};
use harness::{Mismatch, report};
use restore_packets::finding::Code;

/// Codes that no worksheet a spreadsheet program writes can cause within a test's time and size.
const UNREACHABLE: [(Code, &str); 7] = [
    (
        Code::AddedRow,
        "rows are added to workbooks that came back; src/model/record/sheet.rs tests it",
    ),
    (
        Code::LargeTemplate,
        "a file of a hundred kilobytes makes no case; src/issue/age.rs tests it",
    ),
    (
        Code::HiddenRows,
        "the harness hides no rows; src/model/rows/layout.rs tests it",
    ),
    (Code::HiddenColumns, "the same"),
    (
        Code::UnreadTextBox,
        "the harness draws no boxes; src/model/rows/beside.rs tests it",
    ),
    (Code::StaleMark, "the same"),
    (
        Code::UntoldLayout,
        "the harness writes no .xlsb; src/model/rows/layout.rs tests it",
    ),
];

fn all() -> Vec<Case> {
    let read = |path| topic::read(path).unwrap_or_else(|why| panic!("{why}"));
    harness::files()
        .iter()
        .flat_map(|path| read(path))
        .collect()
}

type Outcome = Result<Vec<Mismatch>, String>;

/// Runs all cases, as many at once as there are processors.
fn run_all(cases: &[Case]) -> Vec<(usize, Outcome)> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let index = cases.iter().position(|it| std::ptr::eq(it, case));
                    let outcome = harness::run(case);
                    let mut outcomes = outcomes.lock().expect("no thread panics here");
                    outcomes.push((index.unwrap_or_default(), outcome));
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().expect("no thread panics here");
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes
}

#[test]
fn every_case_prints_what_it_says() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    assert!(
        !update || std::env::var_os("CI").is_none(),
        "a build server does not accept new expectations"
    );
    let wanted = std::env::var("CASES").unwrap_or_default();
    let mut cases = all();
    cases.retain(|case| case.name().contains(&wanted));
    assert!(!cases.is_empty(), "no case is named `{wanted}`");
    let mut wrong: Vec<String> = Vec::new();
    let mut rewritten: BTreeMap<&str, Vec<Mismatch>> = BTreeMap::new();
    for (index, outcome) in run_all(&cases) {
        let case = &cases[index];
        match outcome {
            Ok(mismatches) if update => {
                rewritten.entry(&case.file).or_default().extend(mismatches);
            }
            Ok(mismatches) => {
                let diffs: Vec<String> = mismatches.iter().map(report::diff).collect();
                if !diffs.is_empty() {
                    wrong.push(format!("{}\n{}", case.name(), diffs.join("  …\n")));
                }
            }
            Err(why) => wrong.push(format!("{}\n  {why}\n", case.name())),
        }
    }
    for (file, mismatches) in rewritten {
        report::rewrite(&harness::folder().join(file), mismatches).expect("the case file");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// A code that no case shows could change its meaning unseen.
#[test]
fn every_finding_code_is_shown_by_a_case_and_no_other_is() {
    let shown = harness::codes(&all());
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for (code, cases) in &shown {
        assert!(
            known.contains(code.as_str()),
            "`{code}` is no code: {cases:?}"
        );
    }
    let unreachable: BTreeSet<&str> = UNREACHABLE.iter().map(|(code, _)| code.as_str()).collect();
    let missing: Vec<&&str> = known
        .iter()
        .filter(|code| !shown.contains_key(**code) && !unreachable.contains(**code))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    for code in unreachable {
        assert!(!shown.contains_key(code), "`{code}` is shown after all");
    }
}
