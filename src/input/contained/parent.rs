//! The parent's side: starts a child, hands it a file and waits for the answer, but not forever.

use std::io::{Read as _, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::workbook::{self, Read};

use super::{ARGUMENT, Failure, TIME_LIMIT, wire};

/// Longest answer taken from a child; the bounds of the reading stage stay below it.
const LONGEST_ANSWER: u64 = 512 << 20;

/// Reads one file in a child. Where none can be started at all, which is no fault of the file, reads it here.
pub(super) fn read(program: &Path, name: &Arc<str>, bytes: &[u8]) -> Result<Read, Failure> {
    let child = Command::new(program)
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(child) => {
            let answer = converse(child, &wire::question(name, bytes), TIME_LIMIT)?;
            wire::parse_answer(&answer, name).ok_or(Failure::Crashed)
        }
        Err(_) => Ok(workbook::read(name, bytes)),
    }
}

/// Writes and reads at once, so that neither side waits for the other, and ends the child in any case.
fn converse(mut child: Child, question: &[u8], limit: Duration) -> Result<Vec<u8>, Failure> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Failure::Crashed);
    };
    let (sender, receiver) = mpsc::channel();
    let answer = thread::scope(|scope| {
        scope.spawn(move || {
            // A child that ended early closes the pipe; its missing answer says enough.
            let _ = input.write_all(question);
        });
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(LONGEST_ANSWER).read_to_end(&mut answer);
            let _ = sender.send(read.map(|_| answer));
        });
        let answer = receiver.recv_timeout(limit);
        if !matches!(answer, Ok(Ok(_))) {
            // Closes the pipes, which ends both threads.
            let _ = child.kill();
        }
        answer
    });
    let status = child.wait();
    match (answer, status) {
        (Ok(Ok(answer)), Ok(status)) if status.success() => Ok(answer),
        (Err(RecvTimeoutError::Timeout), _) => Err(Failure::Late),
        _ => Err(Failure::Crashed),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str, limit: Duration) -> Result<Vec<u8>, Failure> {
        let child = Command::new("sh")
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        converse(child.expect("`sh` starts"), b"question", limit)
    }

    #[test]
    fn an_answer_counts_only_from_a_child_that_ended_well() {
        let run = |script| run(script, TIME_LIMIT);
        assert_eq!(run("cat").as_deref(), Ok(b"question".as_slice()));
        assert_eq!(run("cat; exit 7"), Err(Failure::Crashed));
        assert_eq!(run("kill -ABRT $$"), Err(Failure::Crashed));
    }

    #[test]
    fn a_child_that_does_not_answer_in_time_is_ended() {
        let brief = Duration::from_millis(50);
        assert_eq!(run("exec sleep 600", brief), Err(Failure::Late));
    }
}
