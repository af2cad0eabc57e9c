//! Arguments as meant: what was typed, completed by the project file, resolved once.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::bundle::Hide;
use crate::contained::Containment;
use crate::finding::{suggest, words};
use crate::issue::{Options, Paths};
use crate::packets::Routine;
use crate::readiness::Limits;
use crate::render::Format;
use crate::rows::Accepted;
use jiff::civil::Date;

use super::failure::Failure;
use super::options::{InputArgs, Shared};
use super::project::{self, Project};
use super::shell::Manner;

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
            words::list(paths)
        ))
        .help("`restore-packets new DIR` writes worksheets to fill in")
    }
}

/// Resolves the arguments against the project file.
///
/// # Errors
/// A project file that cannot be read or says what is not understood; a date or format that is none.
pub fn resolve(
    input: &InputArgs,
    output: Option<&PathBuf>,
    shared: &Shared,
) -> Result<Settings, Failure> {
    let first = input
        .worksheets
        .first()
        .cloned()
        .unwrap_or_else(|| PathBuf::from(project::WORKSHEETS));
    let (mut project, folder) = project::read(shared.config.as_deref(), &first)?;
    let manner = project.manner()?;
    let beside = |path: PathBuf| {
        if path.is_absolute() {
            path
        } else {
            folder.join(path)
        }
    };
    let worksheets = match project.worksheets.take() {
        _ if !input.worksheets.is_empty() => input.worksheets.clone(),
        Some(paths) => paths.into_iter().map(beside).collect(),
        None => vec![first],
    };
    Ok(Settings {
        paths: Paths {
            worksheets,
            templates: input
                .templates
                .clone()
                .or(project.templates.take().map(beside)),
            output: output
                .cloned()
                .or(project.output.take().map(beside))
                .unwrap_or_else(|| PathBuf::from(OUTPUT)),
        },
        strict: input.strict || project.strict.unwrap_or(false),
        options: options(input, project)?,
        manner,
    })
}

/// How a run judges and what it makes.
fn options(input: &InputArgs, project: Project) -> Result<Options, Failure> {
    let typed_or = |typed: &Vec<String>, project: Option<Vec<String>>| {
        if typed.is_empty() {
            project.unwrap_or_default()
        } else {
            typed.clone()
        }
    };
    let as_of = match (&input.as_of, project.as_of) {
        (Some(text), _) => date(text)?,
        // A bare TOML date and a quoted one mean the same.
        (None, Some(value)) => date(value.to_string().trim_matches('"'))?,
        (None, None) => today()?,
    };
    let usual = Limits::default();
    Ok(Options {
        formats: parse_formats(&typed_or(&input.format, project.format))?,
        only: typed_or(&input.only, project.only),
        as_of,
        routine: Routine::adjusted(
            &project.routine.unwrap_or_default(),
            &project.material.unwrap_or_default(),
        ),
        accepted: Accepted::new(&project.not_secret.unwrap_or_default()),
        jobs: jobs(input.jobs.or(project.jobs))?,
        severity: project::severities(&project.severity.unwrap_or_default())?,
        limits: Limits {
            certificate_days: project.certificate_days.unwrap_or(usual.certificate_days),
            restore_test_days: project.restore_test_days.unwrap_or(usual.restore_test_days),
            drill_days: project.drill_days,
        },
        retire: false,
        containment: Containment::of_this_program(),
    })
}

/// What commands need that read the output folder alone.
#[derive(Debug)]
pub struct Published {
    /// The output folder.
    pub output: PathBuf,
    /// How messages are written.
    pub manner: Manner,
    /// What looks like a secret and is none.
    pub accepted: Accepted,
    /// The project file's profiles.
    pub profiles: BTreeMap<String, Hide>,
}

/// Resolves the output folder: as typed, else the project file's, else the usual one.
///
/// # Errors
/// A project file that cannot be read or says what is not understood.
pub fn published(output: Option<&PathBuf>, shared: &Shared) -> Result<Published, Failure> {
    let (project, folder) =
        project::read(shared.config.as_deref(), Path::new(project::WORKSHEETS))?;
    Ok(Published {
        manner: project.manner()?,
        output: output
            .cloned()
            .or(project.output.map(|path| folder.join(path)))
            .unwrap_or_else(|| PathBuf::from(OUTPUT)),
        accepted: Accepted::new(&project.not_secret.unwrap_or_default()),
        profiles: project.profiles.unwrap_or_default(),
    })
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
                failure.help(
                    suggest::did_you_mean(name, known())
                        .unwrap_or_else(|| format!("the formats are {}", words::list(known()))),
                )
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
