//! The child's side: limits itself, reads one file from its standard input, answers on its standard output.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use super::{ARGUMENT, wire};
use crate::workbook;

/// Serves as a child if this process was started as one, and returns its exit code.
///
/// The program calls this first of all, before it parses arguments or starts a thread.
pub fn serve_if_asked() -> Option<ExitCode> {
    let asked = std::env::args_os()
        .nth(1)
        .is_some_and(|argument| argument == ARGUMENT);
    asked.then(|| match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

fn serve() -> io::Result<()> {
    limit_self()?;
    let mut question = Vec::new();
    io::stdin().lock().read_to_end(&mut question)?;
    let (name, bytes) = wire::parse_question(&question)
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    let read = workbook::read(&name, bytes);
    let mut output = io::BufWriter::new(io::stdout().lock());
    wire::answer(&read, &mut output)?;
    output.flush()
}

/// Limits memory and time of this process, and keeps it from leaving a core file behind.
#[cfg(unix)]
fn limit_self() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limits = [
        (Resource::As, super::MEMORY_LIMIT),
        (Resource::Cpu, super::CPU_LIMIT.as_secs()),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        // A limit the system already set stays where it is lower.
        let most = getrlimit(resource)
            .maximum
            .map_or(most, |maximum| maximum.min(most));
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // macOS does not take every limit; the parent's clock remains.
        let set = setrlimit(resource, limit);
        if cfg!(target_os = "linux") {
            set?;
        }
    }
    Ok(())
}

/// Elsewhere only the parent's clock limits the child.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the Unix version can fail")]
fn limit_self() -> io::Result<()> {
    Ok(())
}
