//! The project file: what holds for every run of an organization, beside its worksheets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::bundle::Hide;
use crate::data;
use crate::finding::{Code, Severity, suggest};
use crate::sources;

use super::failure::Failure;
use super::options::Shared;
use super::shell::Manner;
use crate::named_file;

/// The project file's name.
const PROJECT_FILE: &str = "restore-packets.toml";

/// The worksheets folder unless another is named.
const WORKSHEETS: &str = "worksheets";

/// The output folder unless another is named.
const OUTPUT: &str = "output";

/// The project file as written. Paths in it are relative to its folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Project {
    pub worksheets: Option<Vec<PathBuf>>,
    pub output: Option<PathBuf>,
    pub format: Option<Vec<String>>,
    pub only: Option<Vec<String>>,
    pub as_of: Option<data::Value>,
    pub templates: Option<PathBuf>,
    pub topology: Option<PathBuf>,
    /// Columns in which the topology is right where the two disagree.
    pub topology_wins: Option<Vec<String>>,
    /// Facts that every backup cycle changes, beyond the built-in ones.
    pub routine: Option<Vec<String>>,
    /// Built-in routine facts that are to raise the edition after all.
    pub material: Option<Vec<String>>,
    /// Cells that look like secrets and are none, by their SHA-256 digests.
    pub not_secret: Option<Vec<String>>,
    pub strict: Option<bool>,
    pub jobs: Option<usize>,
    pub message_format: Option<String>,
    pub color: Option<String>,
    pub severity: Option<BTreeMap<String, String>>,
    pub certificate_days: Option<[u16; 2]>,
    pub restore_test_days: Option<u16>,
    /// After how many days a packet is to be exercised again; without it nothing is said of exercises.
    pub drill_days: Option<u16>,
    /// Ticket systems by name.
    #[serde(default)]
    pub ticket_systems: BTreeMap<String, TicketSystemEntry>,
    /// Profiles of bundles, beyond the built-in ones.
    pub profiles: Option<BTreeMap<String, Hide>>,
}

/// A ticket system as the project file has it. Credentials do not belong there, so there is no key for them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TicketSystemEntry {
    pub kind: String,
    pub url: String,
    pub table: Option<String>,
    pub ca: Option<PathBuf>,
    #[serde(default)]
    pub allow_http: bool,
}

impl Project {
    /// How messages are written.
    ///
    /// # Errors
    /// A word that is none of those an option takes.
    pub fn manner(&self, file: Option<&PathBuf>) -> Result<Manner, Failure> {
        let format = self.message_format.as_deref();
        let color = self.color.as_deref();
        Ok(Manner {
            file: file.cloned(),
            format: format
                .map(|text| choice("message-format", text))
                .transpose()?,
            color: color.map(|text| choice("color", text)).transpose()?,
        })
    }
}

/// The project file that holds, and what holds beside it.
#[derive(Debug)]
pub struct Found {
    /// What it says; nothing where there is none.
    pub project: Project,
    /// Where it stands.
    pub file: Option<PathBuf>,
    /// The worksheets unless others are named.
    pub worksheets: PathBuf,
    /// The output folder unless another is named.
    pub output: PathBuf,
}

impl Found {
    /// A path as the project file writes it, from here.
    pub fn beside(&self, path: PathBuf) -> PathBuf {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.map_or(path.clone(), |folder| folder.join(path))
    }
}

/// Finds the project file and reads it: the named one, else that of the first worksheets folder, else the nearest above
/// the current folder. One that lies among worksheets means these, and what is issued goes beside their folder.
///
/// # Errors
/// A file that cannot be read or says what is not understood.
pub fn find(named: Option<&Path>, worksheets: &[PathBuf]) -> Result<Found, Failure> {
    let (file, home) = match (named, worksheets.first()) {
        (Some(path), _) => (Some(path.to_owned()), PathBuf::new()),
        (None, Some(first)) => match of_worksheets(first) {
            Some(path) => (Some(path), PathBuf::new()),
            None => above(false),
        },
        (None, None) => above(true),
    };
    let project = file.as_deref().map(read).transpose()?.unwrap_or_default();
    let is_among = named.is_none()
        && worksheets.is_empty()
        && project.worksheets.is_none()
        && file.as_deref() == Some(&home.join(PROJECT_FILE))
        && sources::holds_worksheets(&home);
    let (worksheets, output) = if is_among {
        (home.join("."), home.join("..").join(OUTPUT))
    } else {
        (home.join(WORKSHEETS), home.join(OUTPUT))
    };
    Ok(Found {
        project,
        file,
        worksheets,
        output,
    })
}

/// The project file in a worksheets folder, or beside a worksheet.
fn of_worksheets(first: &Path) -> Option<PathBuf> {
    let folder = if first.is_dir() {
        first
    } else {
        first.parent()?
    };
    let path = folder.join(PROJECT_FILE);
    path.is_file().then_some(path)
}

/// The nearest project file at or above the current folder, and the folder it is the estate's of. Where no worksheets are
/// named, one in a folder `worksheets` is as near.
fn above(in_worksheets: bool) -> (Option<PathBuf>, PathBuf) {
    let here = std::env::current_dir().unwrap_or_default();
    let mut home = PathBuf::new();
    for _ in here.ancestors() {
        let inner = home.join(WORKSHEETS).join(PROJECT_FILE);
        let found = [inner, home.join(PROJECT_FILE)];
        let mut found = found.into_iter().skip(usize::from(!in_worksheets));
        if let Some(path) = found.find(|path| path.is_file()) {
            return (Some(path), home);
        }
        home.push("..");
    }
    (None, PathBuf::new())
}

fn read(path: &Path) -> Result<Project, Failure> {
    let text = named_file::text(path).map_err(|error| {
        Failure::usage(format!(
            "cannot read the project file `{}`: {error}",
            path.display()
        ))
    })?;
    parse(&text, &path.display().to_string())
}

/// The project file with this text; messages call it `name`.
///
/// # Errors
/// What is not understood.
pub fn parse(text: &str, name: &str) -> Result<Project, Failure> {
    let wrong = |line: usize, message: &str, help: Option<String>| {
        let place = format!("{name}:{}", line + 1);
        Failure::usage(format!("{place}: {message}")).help_if(help)
    };
    if let Some(line) = single_backslash(text) {
        let message = "a backslash between double quotes begins a special character";
        return Err(wrong(line, message, Some(BACKSLASH.to_owned())));
    }
    data::parse(text).map_err(|error| {
        let line = text.lines().nth(error.line()).unwrap_or_default();
        let help = near_key(error.message());
        let help = help.or_else(|| line.contains('\\').then(|| BACKSLASH.to_owned()));
        wrong(error.line(), error.message(), help)
    })
}

const BACKSLASH: &str =
    r"write a path between single quotes, as 'C:\Users\x', or with slashes, as C:/Users/x";

/// The first line with a path such as `"C:\new"`. TOML would read a line break there, and no folder is meant that way.
fn single_backslash(text: &str) -> Option<usize> {
    let is_single = |line: &str| {
        let mut after = line.split('"').skip(1);
        after.any(|value| {
            let rest = value.strip_prefix(|c: char| c.is_ascii_alphabetic());
            let rest = rest.and_then(|rest| rest.strip_prefix(":\\"));
            rest.is_some_and(|rest| !rest.starts_with('\\'))
        })
    };
    let mut lines = text.lines();
    lines.position(|line| !line.trim_start().starts_with('#') && is_single(line))
}

const KEYS: [&str; 21] = [
    "worksheets",
    "output",
    "format",
    "only",
    "as-of",
    "templates",
    "topology",
    "topology-wins",
    "routine",
    "material",
    "not-secret",
    "strict",
    "jobs",
    "message-format",
    "color",
    "severity",
    "certificate-days",
    "restore-test-days",
    "drill-days",
    "ticket-systems",
    "profiles",
];

/// "unknown field `as_of`" leads to `as-of`.
fn near_key(message: &str) -> Option<String> {
    let field = message.strip_prefix("unknown field `")?.split('`').next()?;
    if ["token", "user", "password"].contains(&field) {
        return Some(
            "credentials do not belong in the project file; see `attach --help`".to_owned(),
        );
    }
    suggest::did_you_mean(field, KEYS)
}

/// The ticket systems of the project file, with the file they are in.
///
/// # Errors
/// A project file that cannot be read or says what is not understood.
pub fn ticket_systems(
    shared: &Shared,
) -> Result<(BTreeMap<String, TicketSystemEntry>, Found), Failure> {
    let mut found = find(shared.config.as_deref(), &[])?;
    Ok((std::mem::take(&mut found.project.ticket_systems), found))
}

/// The severities of codes, as the project file changes them.
pub fn severities(
    typed: &BTreeMap<String, String>,
) -> Result<BTreeMap<Code, Option<Severity>>, Failure> {
    let mut severities = BTreeMap::new();
    for (code, word) in typed {
        let known = Code::ALL.iter().map(|code| code.as_str());
        let code = Code::parse(code).ok_or_else(|| {
            Failure::usage(format!(
                "`severity` names `{code}`, which is no finding's code"
            ))
            .help(
                suggest::did_you_mean(code, known)
                    .unwrap_or_else(|| "`restore-packets explain` lists the codes".to_owned()),
            )
        })?;
        let severity = match word.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "info" => Some(Severity::Info),
            "off" => None,
            _ => {
                return Err(
                    Failure::usage(format!("`{word}` is no severity for `{code}`"))
                        .help("write error, warning, info or off"),
                );
            }
        };
        severities.insert(code, severity);
    }
    Ok(severities)
}

/// A word of the project file that is one of those an option takes.
pub fn choice<T: clap::ValueEnum>(key: &str, text: &str) -> Result<T, Failure> {
    T::from_str(text, false).map_err(|_| {
        let known: Vec<String> = T::value_variants()
            .iter()
            .filter_map(|it| Some(it.to_possible_value()?.get_name().to_owned()))
            .collect();
        Failure::usage(format!("`{text}` is no `{key}`")).help(format!(
            "write {}",
            crate::finding::words::list(&known).replace(" and ", " or ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::messages::MessageFormat;

    #[test]
    fn every_key_of_the_project_file_is_suggested() {
        for key in KEYS {
            let text = format!("{key} = {{}}\n");
            let error = data::parse::<Project>(&text).err();
            let unknown = error.is_some_and(|error| error.message().contains("unknown field"));
            assert!(!unknown, "{key} is no key of the project file");
        }
        assert_eq!(
            near_key("unknown field `as_of`, expected one of").as_deref(),
            Some("did you mean `as-of`?")
        );
    }

    #[test]
    fn message_formats_are_those_of_the_command_line() {
        assert!(choice::<MessageFormat>("message-format", "short").is_ok());
        assert!(choice::<MessageFormat>("message-format", "long").is_err());
    }
}
