//! Reads workbooks where a crash, a hang or a hunger for memory can be contained: in a child process.
//!
//! This is the shell's way to [`workbook::read`], which itself touches nothing but values. Entry points:
//! [`read`] and [`read_all`] in the parent, [`serve_if_asked`] in the child, which is the same program
//! started with a hidden argument.
//!
//! The bounds: a child gets at most [`MEMORY_LIMIT`] (on Unix), [`CPU_LIMIT`] (on Unix) and [`TIME_LIMIT`].
//! Nothing is written to disk. Text files are read in process, since their reader is bounded by its input.

mod child;
mod parent;
mod wire;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::finding::{Code, Finding, Place};
use crate::sources::Source;
use crate::workbook::{self, Read};

pub use child::serve_if_asked;
pub use wire::KeptSheet;

/// Address space of a child, where the system can limit it.
pub const MEMORY_LIMIT: u64 = 1 << 30;

/// Processor time of a child, where the system can limit it; it also ends a child whose parent was killed.
pub const CPU_LIMIT: Duration = Duration::from_secs(20);

/// How long the parent waits for one workbook.
pub const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The hidden argument that makes the program a child.
const ARGUMENT: &str = "__read-workbook";

/// Where workbooks are read.
#[derive(Clone, Debug)]
pub enum Containment {
    /// In this process: for tests, and for programs that use the library. Panics are caught and known traps
    /// avoided, but an exhausted memory ends the process.
    InProcess,
    /// In a child process: the program to start, which calls [`serve_if_asked`] first of all.
    Child(PathBuf),
}

impl Containment {
    /// A child of the running program, or in process where the system does not say what that is.
    pub fn of_this_program() -> Self {
        std::env::current_exe().map_or(Self::InProcess, Self::Child)
    }
}

/// Reads one file, as [`workbook::read`] does.
pub fn read(name: &Arc<str>, bytes: &[u8], containment: &Containment) -> Read {
    match containment {
        Containment::Child(program) if workbook::wants_containment(bytes) => {
            parent::read(program, name, bytes).unwrap_or_else(|failure| failed(name, &failure))
        }
        _ => workbook::read(name, bytes),
    }
}

/// Reads all sources, up to `jobs` at once; sheets and findings come in the order of the sources.
pub fn read_all(sources: &[Source], containment: &Containment, jobs: NonZeroUsize) -> Read {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(sources.len()));
    let work = || {
        while let Some((index, source)) = take(sources, &next) {
            let read = read(&source.name, &source.bytes, containment);
            if let Ok(mut done) = done.lock() {
                done.push((index, read));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs.get().min(sources.len()) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    let mut all = Read::default();
    for (_, read) in done {
        all.sheets.extend(read.sheets);
        all.findings.extend(read.findings);
    }
    all
}

fn take<'a>(sources: &'a [Source], next: &AtomicUsize) -> Option<(usize, &'a Source)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, sources.get(index)?))
}

/// Why a child gave no answer.
#[derive(Debug, PartialEq, Eq)]
enum Failure {
    /// It did not finish in time.
    Late,
    /// It ended without an answer.
    Crashed,
}

fn failed(name: &Arc<str>, failure: &Failure) -> Read {
    let message = match failure {
        Failure::Late => format!(
            "reading this workbook did not end within {} seconds, so it was given up",
            TIME_LIMIT.as_secs()
        ),
        Failure::Crashed => format!(
            "reading this workbook ended its reader, which may use {} MiB of memory and {} seconds",
            MEMORY_LIMIT >> 20,
            CPU_LIMIT.as_secs()
        ),
    };
    let finding = Finding::new(Code::UnreadableFile, message)
        .at(&Place::file(Arc::clone(name)))
        .help("open the file in a spreadsheet program and save it as a new .xlsx workbook");
    Read {
        sheets: Vec::new(),
        findings: vec![finding],
    }
}
