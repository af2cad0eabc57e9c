//! The small commands of console blocks that look at what a run has written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::powershell::Reference;

/// Runs one of them.
///
/// # Errors
/// No such command, or a file that cannot be read.
pub(crate) fn run(words: &[String], folder: &Path) -> Result<String, String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ls", path] => list(&folder.join(path)),
        ["cat", path] => text(folder, path),
        ["grep", what, path] => Ok(matching(&text(folder, path)?, what)),
        ["count", what, path] => Ok(format!("{}\n", text(folder, path)?.matches(what).count())),
        ["rm", path] => std::fs::remove_file(folder.join(path))
            .map(|()| String::new())
            .map_err(|error| error.to_string()),
        ["append", what, path] => text(folder, path)
            .and_then(|text| {
                std::fs::write(folder.join(path), text + what).map_err(|error| error.to_string())
            })
            .map(|()| String::new()),
        ["replace", what, by, path] => text(folder, path)
            .and_then(|text| {
                let text = text.replace(what, by);
                std::fs::write(folder.join(path), text).map_err(|error| error.to_string())
            })
            .map(|()| String::new()),
        ["packets", rest @ ..] => packets(folder, rest),
        ["commands", packet, rest @ ..] => commands(folder, packet, rest),
        ["blanks", packet] => blanks(folder, packet),
        ["fill", packet, path, entries @ ..] if ends_in(path, "xlsx") => {
            super::filled_book::fill(folder, packet, path, entries)
        }
        ["fill", packet, path, entries @ ..] => {
            super::checklist::fill(folder, packet, path, entries)
        }
        ["recorded", numbers @ ..] => super::checklist::recorded(folder, numbers),
        ["chooser", packet] => chooser(folder, packet),
        ["fact", packet, name] => fact(folder, packet, name),
        _ => Err("no such command; tests/cases/README.md lists them".to_owned()),
    }
}

/// Whether a file's name ends in a dot and this.
pub(super) fn ends_in(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == ending)
}

fn text(folder: &Path, path: &str) -> Result<String, String> {
    let bytes = std::fs::read(folder.join(path)).map_err(|error| format!("{path}: {error}"))?;
    String::from_utf8(bytes).map_err(|_| format!("{path} is no UTF-8"))
}

fn matching(text: &str, what: &str) -> String {
    let lines = text.lines().filter(|line| line.contains(what));
    lines.flat_map(|line| [line.trim_start(), "\n"]).collect()
}

/// Every file below a folder, one per line.
fn list(folder: &Path) -> Result<String, String> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = std::fs::read_dir(&next).map_err(|error| error.to_string())?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    // The names of the program's own records follow from content that other cases show.
    let names = files
        .iter()
        .filter_map(|path| path.strip_prefix(folder).ok())
        .filter(|path| !path.components().any(|part| part.as_os_str() == ".state"));
    Ok(names
        .map(|name| format!("{}\n", name.display()).replace('\\', "/"))
        .collect())
}

pub(super) fn json(folder: &Path, path: &str) -> Result<Value, String> {
    serde_json::from_str(&text(folder, path)?).map_err(|error| format!("{path}: {error}"))
}

pub(super) fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Kind, name, status and scenarios of the packets in the manifest whose name begins with one of the words.
fn packets(folder: &Path, wanted: &[&str]) -> Result<String, String> {
    let manifest = json(folder, "output/manifest.json")?;
    let mut lines = String::new();
    for packet in array(&manifest["packets"]) {
        let fqdn = string(&packet["fqdn"]);
        if !wanted.is_empty() && !wanted.iter().any(|start| fqdn.starts_with(start)) {
            continue;
        }
        let scenarios: Vec<&str> = array(&packet["scenarios"]).iter().map(string).collect();
        let scenarios = if scenarios.is_empty() {
            "no scenario".to_owned()
        } else {
            scenarios.join(", ")
        };
        let (kind, status) = (string(&packet["kind"]), string(&packet["status"]));
        let _ = writeln!(lines, "{kind} {fqdn}: {status}: {scenarios}");
    }
    Ok(lines)
}

/// The steps of a packet's `.json`, whatever part they stand in.
pub(super) fn steps(packet: &Value) -> Vec<(&str, &Value)> {
    let parts = ["gather", "prepare"].map(|name| &packet[name]);
    let procedures = array(&packet["procedures"]).iter();
    let all = parts
        .into_iter()
        .chain(procedures)
        .chain([&packet["checks"]]);
    all.flat_map(|part| {
        let steps = array(&part["steps"]);
        steps.iter().map(|step| (string(&part["id"]), step))
    })
    .collect()
}

/// The commands of a packet, or those that hold a word. Each must be one the cmdlet reference knows.
fn commands(folder: &Path, packet: &str, wanted: &[&str]) -> Result<String, String> {
    let packet = json(folder, &format!("output/{packet}.json"))?;
    let cmdlets = Reference::load();
    let mut lines = String::new();
    for (_, step) in steps(&packet) {
        let Some(command) = step["command"].as_str() else {
            continue;
        };
        let language = string(&step["language"]);
        for problem in cmdlets.problems_in(language, command) {
            let _ = writeln!(lines, "!! {problem}");
        }
        for line in command.lines() {
            if wanted.is_empty() || wanted.iter().any(|word| line.contains(word)) {
                let _ = writeln!(lines, "{line}");
            }
        }
    }
    Ok(lines)
}

/// The steps whose command is withheld, each with what is missing.
fn blanks(folder: &Path, packet: &str) -> Result<String, String> {
    let packet = json(folder, &format!("output/{packet}.json"))?;
    let mut lines = String::new();
    for (part, step) in steps(&packet) {
        if step["gap"].is_null() {
            continue;
        }
        let title = string(&step["text"]).lines().next().unwrap_or_default();
        let _ = writeln!(lines, "{part}: {title}");
        let _ = writeln!(lines, "  {}", string(&step["gap"]).replace('\n', " "));
    }
    Ok(lines)
}

/// Which situation leads to which procedure, and the cells that say so.
fn chooser(folder: &Path, packet: &str) -> Result<String, String> {
    let packet = json(folder, &format!("output/{packet}.json"))?;
    let mut lines = String::new();
    for choice in array(&packet["chooser"]) {
        let _ = writeln!(
            lines,
            "{}: {}",
            string(&choice["id"]),
            string(&choice["situation"])
        );
        for because in array(&choice["because"]) {
            let place = &because["source"];
            let (sheet, cell) = (string(&place["sheet"]), string(&place["cell"]));
            let _ = writeln!(lines, "  {} ({sheet}!{cell})", string(&because["text"]));
        }
    }
    Ok(lines)
}

/// The facts of one name: value, text and cell.
fn fact(folder: &Path, packet: &str, name: &str) -> Result<String, String> {
    let packet = json(folder, &format!("output/{packet}.json"))?;
    let mut lines = String::new();
    for fact in array(&packet["facts"]) {
        if string(&fact["name"]) == name {
            let (group, cell) = (string(&fact["group"]), string(&fact["source"]["cell"]));
            let _ = writeln!(
                lines,
                "{group}: {} {} ({cell})",
                fact["value"], fact["text"]
            );
        }
    }
    Ok(lines)
}
