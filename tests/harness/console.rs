//! Runs the command lines of a console block and writes down what a terminal would show.

use std::io::{PipeWriter, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use super::tools;

/// The block as it should stand: each command line, and what it prints.
///
/// # Errors
/// A line that cannot be run.
pub(crate) fn run(content: &[String], folder: &Path) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    if !content.first().is_some_and(|line| line.starts_with("$ ")) {
        return Err("a console block begins with a command line: `$ …`".to_owned());
    }
    for line in content {
        if let Some(command) = line.strip_prefix("$ ") {
            lines.push(line.clone());
            let printed = one(command, folder).map_err(|why| format!("{line}: {why}"))?;
            lines.extend(printed.lines().map(str::to_owned));
        }
    }
    Ok(lines)
}

fn one(command: &str, folder: &Path) -> Result<String, String> {
    let words = words(command)?;
    let program = words.iter().position(|word| word == "restore-packets");
    match program {
        Some(at) => program_output(&words[..at], &words[at + 1..], folder),
        None => tools::run(&words, folder),
    }
}

/// Words as a shell splits them; quotes keep blanks.
fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for symbol in command.chars() {
        match (symbol, quote) {
            (' ', None) => words.extend(word.take()),
            ('\'' | '"', None) => {
                quote = Some(symbol);
                word.get_or_insert_default();
            }
            (symbol, Some(open)) if symbol == open => quote = None,
            _ => word.get_or_insert_default().push(symbol),
        }
    }
    words.extend(word);
    match quote {
        None => Ok(words),
        Some(_) => Err("a quote is not closed".to_owned()),
    }
}

/// What would change what the program does.
const VARIABLES: [&str; 4] = ["SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"];

/// What the program prints on both streams, in order, and its exit code unless that is 0. `2>/dev/null` and
/// `>/dev/null` hide a stream, `NAME=value` in front sets a variable.
fn program_output(
    variables: &[String],
    arguments: &[String],
    folder: &Path,
) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
    command.current_dir(folder).stdin(Stdio::null());
    let ours = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let ours = ours.filter(|name| name.starts_with("RESTORE_PACKETS_"));
    for name in ours.chain(VARIABLES.map(str::to_owned)) {
        command.env_remove(name);
    }
    for variable in variables {
        let (name, value) = variable
            .split_once('=')
            .ok_or("`NAME=value` was expected")?;
        command.env(name, value);
    }
    let (mut reader, writer) = std::io::pipe().map_err(|error| error.to_string())?;
    let shown = |mark: &str| -> Result<Stdio, String> {
        if arguments.iter().any(|word| word == mark) {
            return Ok(Stdio::null());
        }
        let writer: PipeWriter = writer.try_clone().map_err(|error| error.to_string())?;
        Ok(writer.into())
    };
    command
        .stdout(shown(">/dev/null")?)
        .stderr(shown("2>/dev/null")?);
    command.args(
        arguments
            .iter()
            .filter(|word| !word.ends_with(">/dev/null")),
    );
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    // The pipe ends when its last writer is closed, and the command holds two.
    drop((writer, command));
    let mut printed = Vec::new();
    reader
        .read_to_end(&mut printed)
        .map_err(|error| error.to_string())?;
    let status = child.wait().map_err(|error| error.to_string())?;
    let mut text = String::from_utf8(printed).map_err(|_| "it prints no UTF-8")?;
    match status.code() {
        Some(0) => {}
        Some(code) => text.extend([format!("exit {code}\n")]),
        None => text.push_str("killed\n"),
    }
    Ok(text)
}
