//! Arguments as meant: what was typed, completed by the project file, resolved once.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

use crate::bundle::Hide;
use crate::contained::Containment;
use crate::data;
use crate::finding::{Code, Severity, suggest};
use crate::inventory::Accepted;
use crate::issue::{Options, Paths};
use crate::packets::Routine;
use crate::readiness::Limits;
use crate::render::Format;

use super::args::{Color, Input, Shared};
use super::attach::desk;
use super::failure::Failure;
use super::shell::Manner;

/// The project file's name in the first worksheets folder.
pub const PROJECT_FILE: &str = "restore-packets.toml";

/// The worksheets folder unless another is named.
const WORKSHEETS: &str = "worksheets";

/// The output folder unless another is named.
const OUTPUT: &str = "output";

/// Everything a run needs to know, decided.
#[derive(Debug)]
pub struct Settings {
    /// Where it reads and writes.
    pub paths: Paths,
    /// How it judges and what it makes.
    pub options: Options,
    /// Issue nothing if a finding is an error.
    pub strict: bool,
    /// How messages are written.
    pub manner: Manner,
}

impl Settings {
    /// No server and no pool was read.
    pub fn nothing(&self) -> Failure {
        let paths = self.paths.worksheets.iter();
        let paths = paths.map(|path| format!("`{}`", path.display()));
        Failure::nothing(format!(
            "no `servers` or `pools` worksheet with a usable row was found in {}, so there is nothing to issue",
            crate::finding::words::list(paths)
        ))
        .help("`restore-packets new DIR` writes worksheets to fill in")
    }
}

/// The project file as written. Paths in it are relative to its folder.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Project {
    worksheets: Option<Vec<PathBuf>>,
    output: Option<PathBuf>,
    format: Option<Vec<String>>,
    only: Option<Vec<String>>,
    as_of: Option<data::Value>,
    templates: Option<PathBuf>,
    /// Facts that every backup cycle changes, beyond the built-in ones.
    routine: Option<Vec<String>>,
    /// Built-in routine facts that are to raise the edition after all.
    material: Option<Vec<String>>,
    /// Cells that look like secrets and are none, by their SHA-256 digests.
    not_secret: Option<Vec<String>>,
    strict: Option<bool>,
    jobs: Option<usize>,
    message_format: Option<String>,
    color: Option<String>,
    severity: Option<BTreeMap<String, String>>,
    certificate_days: Option<[u16; 2]>,
    restore_test_days: Option<u16>,
    /// After how many days a packet is to be exercised again; without it nothing is said of exercises.
    drill_days: Option<u16>,
    /// Ticket systems by name.
    #[serde(default)]
    ticket_systems: BTreeMap<String, desk::Entry>,
    /// Profiles of bundles, beyond the built-in ones.
    profiles: Option<BTreeMap<String, Hide>>,
}

/// Resolves the arguments against the project file.
///
/// # Errors
/// A project file that cannot be read or says what is not understood; a date or format that is none.
pub fn resolve(
    input: &Input,
    output: Option<&PathBuf>,
    shared: &Shared,
) -> Result<Settings, Failure> {
    let first = input
        .worksheets
        .first()
        .cloned()
        .unwrap_or_else(|| PathBuf::from(WORKSHEETS));
    let (project, folder) = project(shared.config.as_deref(), &first)?;
    let manner = manner(&project)?;
    let beside = |path: PathBuf| {
        if path.is_absolute() {
            path
        } else {
            folder.join(path)
        }
    };
    let worksheets = match project.worksheets {
        _ if !input.worksheets.is_empty() => input.worksheets.clone(),
        Some(paths) => paths.into_iter().map(beside).collect(),
        None => vec![first],
    };
    let formats = if input.format.is_empty() {
        project.format.unwrap_or_default()
    } else {
        input.format.clone()
    };
    let as_of = match (&input.as_of, project.as_of) {
        (Some(text), _) => date(text)?,
        // A bare TOML date and a quoted one mean the same.
        (None, Some(value)) => date(value.to_string().trim_matches('"'))?,
        (None, None) => today()?,
    };
    let usual = Limits::default();
    Ok(Settings {
        paths: Paths {
            worksheets,
            templates: input.templates.clone().or(project.templates.map(beside)),
            output: output
                .cloned()
                .or(project.output.map(beside))
                .unwrap_or_else(|| PathBuf::from(OUTPUT)),
        },
        options: Options {
            formats: parse_formats(&formats)?,
            only: if input.only.is_empty() {
                project.only.unwrap_or_default()
            } else {
                input.only.clone()
            },
            as_of,
            routine: Routine::adjusted(
                &project.routine.unwrap_or_default(),
                &project.material.unwrap_or_default(),
            ),
            accepted: Accepted::new(&project.not_secret.unwrap_or_default()),
            jobs: jobs(input.jobs.or(project.jobs))?,
            severity: severities(&project.severity.unwrap_or_default())?,
            limits: Limits {
                certificate_days: project.certificate_days.unwrap_or(usual.certificate_days),
                restore_test_days: project.restore_test_days.unwrap_or(usual.restore_test_days),
                drill_days: project.drill_days,
            },
            retire: false,
            containment: Containment::of_this_program(),
        },
        strict: input.strict || project.strict.unwrap_or(false),
        manner,
    })
}

/// What commands need that read the output folder alone.
#[derive(Debug)]
pub struct Published {
    /// The output folder.
    pub output: PathBuf,
    /// How messages are written.
    pub manner: Manner,
    /// The project file's profiles.
    pub profiles: BTreeMap<String, Hide>,
}

/// Resolves the output folder: as typed, else the project file's, else the usual one.
///
/// # Errors
/// A project file that cannot be read or says what is not understood.
pub fn published(output: Option<&PathBuf>, shared: &Shared) -> Result<Published, Failure> {
    let (project, folder) = project(shared.config.as_deref(), Path::new(WORKSHEETS))?;
    Ok(Published {
        manner: manner(&project)?,
        output: output
            .cloned()
            .or(project.output.map(|path| folder.join(path)))
            .unwrap_or_else(|| PathBuf::from(OUTPUT)),
        profiles: project.profiles.unwrap_or_default(),
    })
}

/// The ticket systems of the project file, and the folder its paths are relative to.
///
/// # Errors
/// A project file that cannot be read or says what is not understood.
pub fn ticket_systems(
    shared: &Shared,
) -> Result<(BTreeMap<String, desk::Entry>, PathBuf), Failure> {
    let (project, folder) = project(shared.config.as_deref(), Path::new(WORKSHEETS))?;
    Ok((project.ticket_systems, folder))
}

fn manner(project: &Project) -> Result<Manner, Failure> {
    let format = project.message_format.as_deref();
    let color = project.color.as_deref();
    Ok(Manner {
        format: format
            .map(|text| choice("message-format", text))
            .transpose()?,
        color: color
            .map(|text| choice::<Color>("color", text))
            .transpose()?,
    })
}

/// The project file, and the folder its paths are relative to.
fn project(named: Option<&Path>, worksheets: &Path) -> Result<(Project, PathBuf), Failure> {
    let beside = worksheets.join(PROJECT_FILE);
    let path = match named {
        Some(path) => path,
        None if beside.is_file() => &beside,
        None => return Ok((Project::default(), PathBuf::new())),
    };
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::usage(format!(
            "cannot read the project file `{}`: {error}",
            path.display()
        ))
    })?;
    let project = data::parse(&text).map_err(|error| {
        let message = error.message();
        Failure::usage(format!(
            "{}:{}: {message}",
            path.display(),
            error.line() + 1
        ))
        .help_if(near_key(message))
    })?;
    Ok((project, path.parent().unwrap_or(Path::new("")).to_owned()))
}

const KEYS: [&str; 19] = [
    "worksheets",
    "output",
    "format",
    "only",
    "as-of",
    "templates",
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

fn parse_formats(names: &[String]) -> Result<Vec<Format>, Failure> {
    if names.is_empty() {
        return Ok(Format::ALL.to_vec());
    }
    let mut formats = Vec::new();
    for name in names {
        let known = || Format::ALL.iter().map(|format| format.extension());
        let format = Format::parse(name).ok_or_else(|| {
            let failure = Failure::usage(format!("`{name}` is no format"));
            if name.eq_ignore_ascii_case("pdf") {
                failure.help("this build writes no PDF: print the .html from a browser")
            } else {
                failure.help(suggest::did_you_mean(name, known()).unwrap_or_else(|| {
                    format!("the formats are {}", crate::finding::words::list(known()))
                }))
            }
        })?;
        formats.push(format);
    }
    Ok(Format::ALL
        .iter()
        .copied()
        .filter(|format| formats.contains(format))
        .collect())
}

/// A date as typed.
pub fn date(text: &str) -> Result<Date, Failure> {
    text.parse()
        .map_err(|_| Failure::usage(format!("`{text}` is no date")).help("write it as 2014-05-31"))
}

fn severities(
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

/// The one place the clock is read.
pub fn today() -> Result<Date, Failure> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(jiff::ZonedDateTime::now().date());
    };
    let seconds = epoch.trim().parse().ok();
    let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    moment
        .map(|moment| moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).date())
        .ok_or_else(|| {
            Failure::usage(format!(
                "SOURCE_DATE_EPOCH is `{epoch}`, which is no number of seconds"
            ))
        })
}

fn jobs(number: Option<usize>) -> Result<NonZeroUsize, Failure> {
    match number {
        Some(number) => NonZeroUsize::new(number).ok_or_else(|| {
            Failure::usage("`--jobs 0` leaves nobody to work").help("leave it out, or write 1")
        }),
        None => Ok(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
    }
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
    use crate::cli::args::Messages;

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
        assert!(choice::<Messages>("message-format", "short").is_ok());
        assert!(choice::<Messages>("message-format", "long").is_err());
    }
}
