//! `record`: filled-in checklists become execution records beside the packets.
//!
//! Each file is taken by itself: one that is refused costs the others nothing.

mod withdraw;

use std::path::{Path, PathBuf};

use jiff::tz::{Offset, TimeZone};

use crate::contained::Containment;
use crate::contract::{RECORDS_SCHEMA, TOOL};
use crate::finding::words;
use crate::issue::{self, Checklist, RecordFiles, Recording, kept};
use crate::publish::{OutputFolder, RecordEntry};
use crate::record::{self, Execution, Given, time};
use crate::render::Format;
use crate::text::reserved;

use crate::cli::excerpts::At;
use crate::cli::failure::{Exit, Failure};
use crate::cli::globs;
use crate::cli::options::{DocumentFormat, Shared};
use crate::cli::settings;
use crate::cli::shell::{self, Shell, Stream};
use crate::named_file;

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
    /// Take back records that were a mistake, named by their checklists or by their own files
    #[arg(long, conflicts_with_all = ["drill", "day", "zone", "recovered", "format"])]
    pub withdraw: bool,
    /// Also print the records: as pages, or as one document for scripts; nothing else is then said
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<DocumentFormat>,
}

/// Runs the command.
pub fn run(args: &RecordArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let shell = &shell.completed(&published.manner);
    let files = globs::expand(&args.files)?;
    if args.withdraw {
        return withdraw::run(&files, &published.output, shell);
    }
    let given = given(args)?;
    // Whether anything was issued is asked before a folder is made.
    if let Some(path) = kept::standing(&published.output)?.state.altered() {
        return Err(
            Failure::refused(format!("`{}` is not what was issued", path.display()))
                .help("build again, which keeps it anew; then record the checklists"),
        );
    }
    let output = &published.output;
    let folder = OutputFolder::open(output)?;
    let mut documents = Documents::default();
    let mut exit = Exit::Done;
    for path in &files {
        if record(path, &given, args, (&folder, output), &mut documents, shell)? == Exit::Errors {
            exit = Exit::Errors;
        }
    }
    if let Some(format) = args.format.filter(|_| !documents.is_empty()) {
        shell::print(&joined(&documents, format))?;
    }
    Ok(exit)
}

/// What `--format` prints at the end.
type Documents = Vec<Vec<u8>>;

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

/// Looks at a checklist, and publishes its record or says why there is none.
fn record(
    path: &Path,
    given: &Given,
    args: &RecordArgs,
    (folder, output): (&OutputFolder, &Path),
    documents: &mut Documents,
    shell: &Shell,
) -> Result<Exit, Failure> {
    // Each record lengthens the ledger.
    let standing = kept::standing(output)?;
    let checklist = Checklist {
        name: &file_name(path),
        bytes: &bytes(path)?,
        drill: args.drill,
        given,
    };
    let containment = Containment::of_this_program();
    let (findings, proved) = match issue::record(&standing, &checklist, &containment) {
        Recording::Before(known) => {
            return repeat((path, known), args.format, output, documents, shell);
        }
        Recording::Otherwise(known) => return Ok(refused(path, known, args.drill)),
        Recording::Now(findings, proved) => (findings, proved),
    };
    let at = At::new(path.parent().unwrap_or(Path::new("")));
    shell.findings(&findings, &at, Stream::Aside)?;
    let Some(proved) = proved else {
        if args.format.is_none() {
            let path = path.display();
            shell.say(&format!("{path}: not recorded, nothing was written."));
        }
        return Ok(Exit::Errors);
    };
    let record = proved.render(&standing)?;
    let report = proved.publish(&record, folder, &standing)?;
    for failure in &report.failed {
        Shell::fail(&Failure::nothing(failure.to_string()));
    }
    if let Some(format) = args.format {
        documents.push(record.bytes(format.into()).to_vec());
        return Ok(Exit::Done);
    }
    say(path, &proved.run, &record, shell);
    Ok(Exit::Done)
}

/// Says where a record stands, or shows it as it stands.
fn repeat(
    (path, known): (&Path, &RecordEntry),
    format: Option<DocumentFormat>,
    output: &Path,
    documents: &mut Documents,
    shell: &Shell,
) -> Result<Exit, Failure> {
    let Some(format) = format else {
        let file = page(known);
        shell.say(&format!("{}: recorded already, in {file}", path.display()));
        return Ok(Exit::Done);
    };
    let wanted = Format::from(format).extension();
    let file = known.files.iter().find(|file| file.format == wanted);
    if let Some(file) = file {
        documents.push(bytes(&output.join(&file.path))?);
    }
    Ok(Exit::Done)
}

/// One run is no exercise and a restore at once.
fn refused(path: &Path, known: &RecordEntry, drill: bool) -> Exit {
    let before = if drill { "a restore" } else { "an exercise" };
    let refused = Failure::refused(format!(
        "{}: refused: it was recorded as {before}, in {}",
        path.display(),
        page(known)
    ));
    let help = format!(
        "if that was wrong, take it back first: restore-packets record --withdraw {}",
        path.display()
    );
    Shell::fail(&refused.help(help));
    Exit::Errors
}

/// The file of a record that people read.
fn page(known: &RecordEntry) -> &str {
    known.files.first().map_or("", |file| file.path.as_str())
}

fn say(path: &Path, run: &Execution, record: &RecordFiles, shell: &Shell) {
    let what = if run.drill { "exercise" } else { "execution" };
    shell.say(&format!(
        "{}: {what} of edition {} of {} {}. {}",
        path.display(),
        run.edition,
        run.subject.kind.as_str(),
        run.subject.fqdn,
        record::outcome(run)
    ));
    shell.say(&record::rto(run));
    let unfinished: Vec<&str> = run.unfinished().map(|it| it.number.as_str()).collect();
    if !unfinished.is_empty() {
        let steps = words::list(unfinished.iter().take(12));
        shell.say(&format!("Unfinished: {steps}."));
    }
    shell.say(&format!(
        "Wrote {}, .md and .json",
        record.path(Format::Html)
    ));
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    reserved::replaced(&name.to_string_lossy()).into_owned()
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    named_file::read(path, LARGEST)
        .map_err(|why| Failure::usage(format!("cannot read `{}`: {why}", path.display())))
}

/// Several records as one document: pages behind each other, or an object that holds them.
fn joined(documents: &[Vec<u8>], format: DocumentFormat) -> Vec<u8> {
    match (documents, format) {
        ([only], _) => only.clone(),
        (several, DocumentFormat::Md) => several.join(&b'\n'),
        (several, DocumentFormat::Json) => {
            let head = format!(
                "{{\n\"schema\": \"{RECORDS_SCHEMA}\",\n\"tool\": \"{TOOL}\",\n\"records\": [\n"
            );
            let records = several.join(&b","[..]);
            [head.as_bytes(), &records, b"]\n}\n"].concat()
        }
    }
}
