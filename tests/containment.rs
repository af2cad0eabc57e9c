//! The child process that reads workbooks: its limits, and what its failures cost.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use restore_packets::contained::{self, Containment};
use restore_packets::finding::Code;

const PROGRAM: &str = env!("CARGO_BIN_EXE_restore-packets");

fn code(program: impl Into<PathBuf>) -> Code {
    let name: Arc<str> = Arc::from("a.xlsx");
    let containment = Containment::Child(program.into());
    let read = contained::read(&name, b"PK\x03\x04 no workbook", &containment);
    assert!(read.sheets.is_empty());
    assert_eq!(read.findings.len(), 1);
    read.findings[0].code
}

#[test]
fn whatever_becomes_of_the_child_the_file_is_one_finding() {
    assert_eq!(code(PROGRAM), Code::UnreadableFile);
    // A program that answers something else, and one that does not exist: the file is then read in process.
    let stranger = std::env::current_exe().expect("this test");
    assert_eq!(code(stranger), Code::UnreadableFile);
    assert_eq!(code("no/such/program"), Code::UnreadableFile);
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_limits_its_memory_and_time_before_it_reads_anything() {
    let mut child = Command::new(PROGRAM)
        .arg("__read-workbook")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let limits = PathBuf::from(format!("/proc/{}/limits", child.id()));
    let wanted = [
        ("Max address space", contained::MEMORY_LIMIT),
        ("Max cpu time", contained::CPU_LIMIT.as_secs()),
        ("Max core file size", 0),
    ];
    let holds = |text: &str, (name, limit): (&str, u64)| {
        let line = text.lines().find(|line| line.starts_with(name));
        line.is_some_and(|line| {
            line.split_whitespace()
                .any(|word| word == limit.to_string())
        })
    };
    let start = Instant::now();
    let mut all = false;
    while !all && start.elapsed() < Duration::from_secs(10) {
        let text = std::fs::read_to_string(&limits).unwrap_or_default();
        all = wanted.iter().all(|limit| holds(&text, *limit));
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(child.stdin.take());
    child.wait().expect("the child ends");
    assert!(all, "the child never had all its limits");
}
