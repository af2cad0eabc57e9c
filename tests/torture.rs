//! Feeds the public torture files to the reading stage: none may crash it, hang it, or take another file along.
//!
//! The files are other people's and stay outside the repository: in `../shared/data/torture`, or in the folder
//! that `RESTORE_PACKETS_TORTURE` names. Without them the test says that it was skipped.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use restore_packets::contained::{self, Containment};
use restore_packets::finding::Code;
use restore_packets::sources;
use restore_packets::workbook::Read;

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("RESTORE_PACKETS_TORTURE").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/torture");
    let folder = named.unwrap_or(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    // Past the test harness, which shows what a passing test prints to nobody.
    let _ = writeln!(
        io::stderr(),
        "skipped: there is no folder {}",
        folder.display()
    );
    None
}

/// The files one by one, each named by itself so that its ending does not matter.
fn paths() -> Vec<PathBuf> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| !path.ends_with("ORIGIN.csv"));
    paths.sort();
    paths
}

fn child() -> Containment {
    Containment::Child(env!("CARGO_BIN_EXE_restore-packets").into())
}

/// Findings that say a whole file was not read.
fn refusals(read: &Read) -> usize {
    let codes = [
        Code::UnreadableFile,
        Code::ProtectedFile,
        Code::OversizedSheet,
    ];
    let whole = read.findings.iter().filter(|finding| {
        let place = finding.place.as_ref();
        codes.contains(&finding.code) && place.is_some_and(|place| place.in_sheet().is_none())
    });
    whole.count()
}

#[test]
fn each_file_is_read_or_refused_with_one_clear_finding() {
    for path in paths() {
        let gathered = sources::gather(std::slice::from_ref(&path)).unwrap();
        let source = &gathered.sources[0];
        let start = Instant::now();
        let read = contained::read(&source.name, &source.bytes, &child());
        let time = start.elapsed();
        let cells: usize = read
            .sheets
            .iter()
            .flat_map(|s| s.rows.values())
            .map(std::collections::BTreeMap::len)
            .sum();
        println!("{:6} {:5} ms {}", cells, time.as_millis(), source.name);
        for finding in &read.findings {
            println!(
                "        {} {}: {}",
                finding.severity, finding.code, finding.message
            );
            assert!(finding.place.is_some() && finding.help.is_some());
        }
        assert!(
            time < Duration::from_secs(20),
            "{} took {time:?}",
            source.name
        );
        let name = &source.name;
        match refusals(&read) {
            0 => assert!(
                !read.sheets.is_empty() || !read.findings.is_empty(),
                "{name}"
            ),
            1 => assert!(read.sheets.is_empty() && read.findings.len() == 1, "{name}"),
            more => panic!("{name} was refused {more} times"),
        }
    }
}

#[test]
fn all_files_together_read_as_each_alone_and_in_process_as_in_a_child() {
    let sources = sources::gather(&paths()).unwrap().sources;
    let jobs = NonZeroUsize::new(2).unwrap();
    let together = contained::read_all(&sources, &child(), jobs);
    let mut alone = Read::default();
    for source in &sources {
        let read = contained::read(&source.name, &source.bytes, &Containment::InProcess);
        alone.sheets.extend(read.sheets);
        alone.findings.extend(read.findings);
    }
    assert_eq!(together.findings, alone.findings);
    assert_eq!(
        format!("{:?}", together.sheets),
        format!("{:?}", alone.sheets)
    );
}
