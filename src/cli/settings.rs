//! Arguments as meant: what was typed, completed by the project file, resolved once.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::bundle::Hide;
use crate::contained::Containment;
use crate::finding::{suggest, words};
use crate::issue::{Inputs, Options, Paths};
use crate::packets::Routine;
use crate::publish;
use crate::readiness::Limits;
use crate::render::Format;
use crate::rows::Accepted;
use crate::sources;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::environment;
use super::failure::Failure;
use super::globs;
use super::options::{InputArgs, Shared};
use super::project::{self, Project};
use super::shell::Manner;

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
    /// The project file that sets the day for every run, where neither arguments nor environment do.
    pub frozen_by: Option<PathBuf>,
}

impl Settings {
    /// Reads the worksheets and templates.
    ///
    /// # Errors
    /// A path that cannot be read at all; where others lie near, they are named.
    pub fn inputs(&self) -> Result<Inputs, Failure> {
        Inputs::of(&self.paths).map_err(|error| {
            let failure = Failure::from(error);
            let missing = self.paths.worksheets.iter().any(|path| !path.exists());
            match nearby(&self.paths.output).filter(|_| missing) {
                Some(folder) => failure.help(format!(
                    "`{}` holds worksheets: name it, as in `restore-packets check {}`",
                    folder.display(),
                    folder.display()
                )),
                None => failure,
            }
        })
    }

    /// That the day is frozen, where it is.
    pub fn frozen(&self) -> Option<String> {
        let file = self.frozen_by.as_ref()?;
        Some(format!(
            "Every run is judged by {}: `as-of` in {} says so.",
            self.options.as_of,
            file.display()
        ))
    }

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

/// A folder in or one below the current one that holds worksheets.
fn nearby(output: &Path) -> Option<PathBuf> {
    let folders = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path()).filter(|it| it.is_dir());
        let mut paths: Vec<PathBuf> = paths.collect();
        paths.sort();
        paths
    };
    let here = Path::new(".");
    let below = folders(here);
    let deeper = below.iter().flat_map(|folder| folders(folder));
    let all: Vec<PathBuf> = [here.to_owned()]
        .into_iter()
        .chain(below.iter().cloned())
        .chain(deeper)
        .collect();
    let is_it = |folder: &PathBuf| {
        publish::record_in(folder).is_none()
            && folder != output
            && sources::holds_worksheets(folder)
    };
    let found = all.into_iter().find(is_it)?;
    let plain = found.strip_prefix(here).map(Path::to_owned);
    Some(
        plain
            .ok()
            .filter(|it| !it.as_os_str().is_empty())
            .unwrap_or(found),
    )
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
    let input = &environment::input(input)?;
    let named = globs::expand(&input.worksheets)?;
    refuse_swallowed(input, &named)?;
    let mut found = project::find(shared.config.as_deref(), &named)?;
    let mut project = std::mem::take(&mut found.project);
    let manner = project.manner(found.file.as_ref())?;
    let beside = |path| found.beside(path);
    let worksheets = match project.worksheets.take() {
        _ if !named.is_empty() => named,
        Some(paths) => globs::expand(&paths.into_iter().map(beside).collect::<Vec<_>>())?,
        None => vec![found.worksheets.clone()],
    };
    let is_frozen = input.as_of.is_none() && project.as_of.is_some();
    Ok(Settings {
        paths: Paths {
            worksheets,
            templates: input
                .templates
                .clone()
                .or(project.templates.take().map(beside)),
            topology: input
                .topology
                .clone()
                .or(project.topology.take().map(beside)),
            output: environment::output(output)
                .or(project.output.take().map(beside))
                .unwrap_or_else(|| found.output.clone()),
        },
        strict: input.strict || project.strict.unwrap_or(false),
        options: options(input, project)?,
        manner,
        frozen_by: found.file.filter(|_| is_frozen),
    })
}

/// `--only` takes every word behind it; worksheets among them are no names.
fn refuse_swallowed(input: &InputArgs, named: &[PathBuf]) -> Result<(), Failure> {
    let mut names = input.only.iter();
    match names.find(|name| named.is_empty() && Path::new(name).exists()) {
        None => Ok(()),
        Some(path) => Err(Failure::usage(format!(
            "`{path}` is a path, and stands among the names of `--only`"
        ))
        .help("write worksheets in front of the options, or behind `--worksheets`")),
    }
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
        topology_wins: project.topology_wins.unwrap_or_default(),
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
    let mut found = project::find(shared.config.as_deref(), &[])?;
    let project = std::mem::take(&mut found.project);
    Ok(Published {
        manner: project.manner(found.file.as_ref())?,
        output: environment::output(output)
            .or(project.output.map(|path| found.beside(path)))
            .unwrap_or_else(|| found.output.clone()),
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
    Ok(match epoch()? {
        Some(epoch) => epoch.to_zoned_datetime(TimeZone::UTC).date(),
        None => jiff::ZonedDateTime::now().date(),
    })
}

/// A moment of the file system, no later than SOURCE_DATE_EPOCH, as ISO 8601 in UTC.
pub fn moment(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let latest = epoch().ok()?;
    Some(
        latest
            .map_or(moment, |latest| latest.min(moment))
            .to_string(),
    )
}

/// The moment that stands for now, where the environment sets one.
fn epoch() -> Result<Option<jiff::Timestamp>, Failure> {
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else {
        return Ok(None);
    };
    let seconds = epoch.trim().parse().ok();
    let moment = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    moment.map(Some).ok_or_else(|| {
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
