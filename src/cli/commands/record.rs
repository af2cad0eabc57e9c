//! `record`: filled-in checklists become execution records beside the packets.
//!
//! Each file is taken by itself: one that is refused costs the others nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::{Offset, TimeZone};

use crate::contained::{self, Containment};
use crate::finding::{Finding, settle};
use crate::issue::kept;
use crate::packets::Estate;
use crate::publish::{Event, Files, OutputFolder, RECORDS, RecordEntry, Standing};
use crate::record::{self, Execution, Given, Remarks, time};
use crate::render::{self, Format};
use crate::template::Engine;
use crate::text::digest;
use crate::text::filename::SafeName;
use crate::text::reserved;

use crate::cli::excerpts::At;
use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{DocumentFormat, Shared};
use crate::cli::settings;
use crate::cli::shell::{self, Shell, Stream};

mod edition;

use edition::Known;

/// The formats of a record.
const FORMATS: [Format; 3] = [Format::Md, Format::Html, Format::Json];

/// A checklist is far smaller; what is larger is not read at all.
const LARGEST: u64 = 64 << 20;

/// The arguments of `record`.
#[derive(Debug, clap::Args)]
pub struct RecordArgs {
    /// Filled-in checklists: workbooks of packets, or the .record.json files that their pages export
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The folder whose packets they are of [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// It was an exercise, no restore
    #[arg(long)]
    pub drill: bool,
    /// The day the work began, as 2014-05-31, where the checklist does not say it
    #[arg(long, value_name = "DATE")]
    pub day: Option<String>,
    /// The zone the times were written in: +02:00, UTC or Europe/Berlin
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub zone: Option<String>,
    /// When the service was declared to be back, as "2014-05-31 04:30", where the sign-off does not say it
    #[arg(long, value_name = "TIME")]
    pub recovered: Option<String>,
    /// Also print each record: as its page, or as a document for scripts; nothing else is then said
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<DocumentFormat>,
}

/// Runs the command.
pub fn run(args: &RecordArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let shell = &shell.completed(published.manner);
    let given = given(args)?;
    // Whether anything was issued is asked before a folder is made.
    if let Some(path) = kept::standing(&published.output)?.state.altered() {
        return Err(
            Failure::refused(format!("`{}` is not what was issued", path.display()))
                .help("build again, which keeps it anew; then record the checklists"),
        );
    }
    let folder = OutputFolder::open(&published.output)
        .map_err(|error| Failure::nothing(error.to_string()))?;
    let mut exit = Exit::Done;
    for path in &args.files {
        // Each record lengthens the ledger.
        let standing = kept::standing(&published.output)?;
        let one = One {
            path,
            drill: args.drill,
            given: &given,
            standing: &standing,
            format: args.format,
            output: &published.output,
            shell,
        };
        if one.record(&folder)? == Exit::Errors {
            exit = Exit::Errors;
        }
    }
    Ok(exit)
}

fn given(args: &RecordArgs) -> Result<Given, Failure> {
    let recovered = args.recovered.as_deref().map(time::read).transpose();
    let recovered = recovered.map_err(|why| {
        Failure::usage(format!(
            "`--recovered {}` {why}",
            args.recovered.as_deref().unwrap_or_default()
        ))
    })?;
    let day = args.day.as_deref().map(settings::date).transpose()?;
    let days = day.into_iter().chain(recovered.and_then(|it| it.day));
    if let Some(day) = days.into_iter().find(|it| !time::is_possible(*it)) {
        return Err(Failure::usage(format!("nothing was restored on {day}"))
            .help("write the day as 2014-05-31"));
    }
    Ok(Given {
        zone: args.zone.as_deref().map(zone).transpose()?,
        day,
        recovered,
        rto: None,
    })
}

/// A zone by its distance from UTC or by its name.
fn zone(text: &str) -> Result<TimeZone, Failure> {
    let unknown = || {
        Failure::usage(format!("`{text}` is no zone"))
            .help("write the distance from UTC, as +02:00, or a name such as Europe/Berlin")
    };
    if text.eq_ignore_ascii_case("utc") || text.eq_ignore_ascii_case("z") {
        return Ok(TimeZone::fixed(Offset::UTC));
    }
    if text.starts_with(['+', '-']) {
        let reading = time::read(&format!("00:00 {text}")).map_err(|_| unknown())?;
        return reading.offset.map(TimeZone::fixed).ok_or_else(unknown);
    }
    TimeZone::get(text).map_err(|_| unknown())
}

/// One checklist on its way.
struct One<'a> {
    path: &'a Path,
    drill: bool,
    given: &'a Given,
    standing: &'a Standing,
    format: Option<DocumentFormat>,
    output: &'a Path,
    shell: &'a Shell,
}

impl One<'_> {
    fn record(&self, folder: &OutputFolder) -> Result<Exit, Failure> {
        let bytes = bytes(self.path)?;
        let sha256 = digest::sha256_hex(&bytes);
        let event = if self.drill {
            Event::Drilled
        } else {
            Event::Recorded
        };
        if let Some(known) = self.standing.ledger.has_record(event, &sha256) {
            return self.repeat(known);
        }
        let name: Arc<str> = Arc::from(file_name(self.path).as_str());
        let mut remarks = Remarks::new(&name);
        let read = self.evaluated(&name, &bytes, sha256, &mut remarks);
        settle(&mut remarks.findings);
        let beside = self.path.parent().unwrap_or(Path::new(""));
        let at = At::new(beside);
        self.shell.findings(&remarks.findings, &at, Stream::Aside)?;
        let Some((known, mut run)) = read else {
            if self.format.is_none() {
                let path = self.path.display();
                self.shell
                    .say(&format!("{path}: not recorded, nothing was written."));
            }
            return Ok(Exit::Errors);
        };
        run.remarks = remarks.findings.iter().map(remark).collect();
        self.write(folder, &known, &run, event)?;
        Ok(Exit::Done)
    }

    /// Says where a record stands, or shows it as it stands.
    fn repeat(&self, known: &RecordEntry) -> Result<Exit, Failure> {
        let Some(format) = self.format else {
            let file = known.files.first().map_or("", |file| file.path.as_str());
            let line = format!("{}: recorded already, in {file}", self.path.display());
            self.shell.say(&line);
            return Ok(Exit::Done);
        };
        let wanted = Format::from(format).extension();
        let file = known.files.iter().find(|file| file.format == wanted);
        let path = file.map(|file| self.output.join(&file.path));
        shell::print(&path.as_deref().map(bytes).transpose()?.unwrap_or_default())
    }

    /// The execution; `None` where the checklist is refused.
    fn evaluated(
        &self,
        name: &Arc<str>,
        bytes: &[u8],
        sha256: String,
        remarks: &mut Remarks,
    ) -> Option<(Known<'_>, Execution)> {
        let workbook = || contained::read(name, bytes, &Containment::of_this_program());
        let filled = record::read(name, bytes, workbook, remarks)?;
        let known = Known::find(self.standing, &filled.identity, remarks)?;
        let content = known.content(self.standing, remarks)?;
        let said = known.said(self.standing, &content);
        let parts = record::proved(&filled, said, &self.sources(), remarks);
        edition::is_filled(&filled, remarks);
        edition::is_possible(&filled, remarks);
        if remarks.has_errors() {
            return None;
        }
        let given = Given {
            rto: edition::rto(&content),
            ..self.given.clone()
        };
        let head = known.head(&content, &filled.identity, self.drill, (name, sha256));
        let run = record::evaluate(head, &filled, &parts, &given, remarks);
        edition::has_day(&run, remarks).then_some((known, run))
    }

    /// The worksheets, whose places are no part of an edition.
    fn sources(&self) -> Vec<&str> {
        let sources = self.standing.manifest.iter().flat_map(|it| &it.sources);
        sources.map(|it| it.path.as_str()).collect()
    }

    /// Publishes the record and says where it is.
    fn write(
        &self,
        folder: &OutputFolder,
        known: &Known<'_>,
        run: &Execution,
        event: Event,
    ) -> Result<(), Failure> {
        let (engine, estate) = edition::layout(self.standing, run)?;
        let day = run.day.map(|it| it.to_string()).unwrap_or_default();
        let stem = stem(run, &day);
        let (mut files, mut entries) = (Files::new(), Vec::new());
        for format in FORMATS {
            let path = format!("{RECORDS}/{}", stem.with_extension(format.extension()));
            let rendered = render::record(format, &engine, run, &estate);
            let Some(bytes) = rendered? else {
                continue;
            };
            entries.push(crate::publish::FileEntry::of(
                &path,
                format.extension(),
                &bytes,
            ));
            files
                .insert(path, bytes)
                .map_err(|error| Failure::nothing(error.to_string()))?;
        }
        let entry = RecordEntry {
            day,
            by: run.by(),
            finished: run.is_finished(),
            rto: run.rto.verdict.as_str().to_owned(),
            checklist: run.sha256.clone(),
            files: entries,
        };
        let report = folder
            .record(self.standing, (event, known.edition), entry, files)
            .map_err(|error| Failure::nothing(error.to_string()))?;
        for failure in &report.failed {
            Shell::fail(&Failure::nothing(failure.to_string()));
        }
        match self.format {
            None => self.tell(run, &stem),
            Some(format) => print(format.into(), &engine, run, &estate)?,
        }
        Ok(())
    }

    fn tell(&self, run: &Execution, stem: &SafeName) {
        let what = if run.drill { "exercise" } else { "execution" };
        self.shell.say(&format!(
            "{}: {what} of edition {} of {} {}. {}",
            self.path.display(),
            run.edition,
            run.subject.kind.as_str(),
            run.subject.fqdn,
            record::outcome(run)
        ));
        self.shell.say(&record::rto(run));
        let unfinished: Vec<&str> = run.unfinished().map(|it| it.number.as_str()).collect();
        if !unfinished.is_empty() {
            let steps = crate::finding::words::list(unfinished.iter().take(12));
            self.shell.say(&format!("Unfinished: {steps}."));
        }
        let page = stem.with_extension(Format::Html.extension());
        self.shell
            .say(&format!("Wrote {RECORDS}/{page}, .md and .json"));
    }
}

/// The record on standard output.
fn print(format: Format, engine: &Engine, run: &Execution, estate: &Estate) -> Result<(), Failure> {
    let rendered = render::record(format, engine, run, estate)?;
    shell::print(&rendered.unwrap_or_default())?;
    Ok(())
}

/// `server-fe01.contoso.com-2014-06-10-1a2b3c4d`: the end tells two runs of one day apart.
fn stem(run: &Execution, day: &str) -> SafeName {
    let kind = run.subject.kind.as_str();
    let drill = if run.drill { "-drill" } else { "" };
    let end = &run.sha256[..8];
    SafeName::of(&format!("{kind}-{}-{day}{drill}-{end}", run.subject.fqdn))
}

/// A finding as a sentence with its cell.
fn remark(finding: &Finding) -> String {
    let place = finding.place.as_ref();
    let cell = place.and_then(crate::finding::Place::address);
    match cell {
        Some(cell) => format!("{} ({cell})", finding.message),
        None => finding.message.clone(),
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    reserved::replaced(&name.to_string_lossy()).into_owned()
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |error: std::io::Error| {
        Failure::usage(format!("cannot read `{}`: {error}", path.display()))
    };
    let length = std::fs::metadata(path).map_err(cannot)?.len();
    if length > LARGEST {
        return Err(Failure {
            exit: Exit::Errors,
            ..Failure::usage(format!(
                "`{}` is larger than {} MiB, and no checklist is",
                path.display(),
                LARGEST >> 20
            ))
        });
    }
    std::fs::read(path).map_err(cannot)
}
