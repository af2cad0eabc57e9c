//! Options from the environment: what holds for a session or a scheduled job, between arguments and project file.
//!
//! `RESTORE_PACKETS_OUTPUT` stands for `--output`, and so on. Entry points: [`shared`] and [`input`],
//! which fill in what was not typed.

use std::path::PathBuf;

use super::failure::Failure;
use super::options::{InputArgs, Shared};
use super::project;

/// How the variables begin.
const PREFIX: &str = "RESTORE_PACKETS_";

/// The options every command takes.
///
/// # Errors
/// A variable that says what is not understood.
pub fn shared(typed: Shared) -> Result<Shared, Failure> {
    let choice = |name: &str| text(name).map(|text| (format!("{PREFIX}{name}"), text));
    let format = choice("MESSAGE_FORMAT").filter(|_| typed.message_format.is_none());
    let color = choice("COLOR").filter(|_| typed.color.is_none());
    Ok(Shared {
        config: typed.config.or_else(|| path("CONFIG")),
        message_format: match format {
            Some((name, text)) => Some(project::choice(&name, &text)?),
            None => typed.message_format,
        },
        color: match color {
            Some((name, text)) => Some(project::choice(&name, &text)?),
            None => typed.color,
        },
        ..typed
    })
}

/// What is read, and how it is judged.
///
/// # Errors
/// A variable that says what is not understood.
pub fn input(typed: &InputArgs) -> Result<InputArgs, Failure> {
    let jobs = match text("JOBS").filter(|_| typed.jobs.is_none()) {
        Some(text) => Some(text.parse().map_err(|_| {
            Failure::usage(format!("{PREFIX}JOBS is `{text}`, which is no number"))
        })?),
        None => typed.jobs,
    };
    let format = match text("FORMAT").filter(|_| typed.format.is_empty()) {
        Some(text) => text.split(',').map(|it| it.trim().to_owned()).collect(),
        None => typed.format.clone(),
    };
    Ok(InputArgs {
        paths: Vec::new(),
        worksheets: match typed.named() {
            named if !named.is_empty() => named,
            _ => paths("WORKSHEETS"),
        },
        only: typed.only.clone(),
        as_of: typed.as_of.clone().or_else(|| text("AS_OF")),
        templates: typed.templates.clone().or_else(|| path("TEMPLATES")),
        topology: typed.topology.clone(),
        strict: typed.strict || is_set("STRICT")?,
        jobs,
        format,
    })
}

/// The output folder.
pub fn output(typed: Option<&PathBuf>) -> Option<PathBuf> {
    typed.cloned().or_else(|| path("OUTPUT"))
}

/// A variable that is set and says something.
fn text(name: &str) -> Option<String> {
    let value = std::env::var(format!("{PREFIX}{name}")).ok()?;
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn path(name: &str) -> Option<PathBuf> {
    let value = std::env::var_os(format!("{PREFIX}{name}"))?;
    (!value.is_empty()).then(|| value.into())
}

/// Several paths, parted as the system parts those of `PATH`.
fn paths(name: &str) -> Vec<PathBuf> {
    let value = std::env::var_os(format!("{PREFIX}{name}"));
    let paths = value.iter().flat_map(std::env::split_paths);
    paths.filter(|path| !path.as_os_str().is_empty()).collect()
}

fn is_set(name: &str) -> Result<bool, Failure> {
    match text(name).as_deref().map(str::to_lowercase).as_deref() {
        None | Some("0" | "no" | "false" | "off") => Ok(false),
        Some("1" | "yes" | "true" | "on") => Ok(true),
        Some(other) => {
            Err(Failure::usage(format!("{PREFIX}{name} is `{other}`")).help("write 1 or 0"))
        }
    }
}
