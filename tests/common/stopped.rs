//! A command that stands still after a step of its work, to be killed there.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// Starts a command that stands still after a step; `None` if it ended before.
pub fn stopped(command: &mut Command, step: u32) -> Option<Child> {
    let mut child = command
        .env("RESTORE_PACKETS_STOP_AFTER", step.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let errors = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut lines = errors.lines().map_while(Result::ok);
    if lines.any(|line| line.starts_with("stopped after step")) {
        return Some(child);
    }
    child.wait().expect("it ends");
    None
}
