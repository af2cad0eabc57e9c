//! `check`: everything `build` would say of the worksheets, and no packets.
//!
//! What was exercised stands in an output folder's ledger. This command has none, so it does not judge exercises.
//!
//! The findings are this command's result, so they go to standard output in every form, to be paged, kept and
//! searched; `build` says them beside its own result, on standard error.

use std::path::PathBuf;

mod annotate;

use crate::contract::{CheckData, StatusData};
use crate::finding::{settle, words};
use crate::issue::{self, Options, Reading, assemble};
use crate::packets::Concerning;
use crate::render::{self, doctor};

use crate::cli::excerpts;
use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{InputArgs, Shared};
use crate::cli::progress::Progress;
use crate::cli::settings;
use crate::cli::shell::{self, Shell, Stream};
use crate::cli::wording::standing;
use annotate::Folder;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", |it| it.help("json: all findings as one document on standard output")))]
pub struct CheckArgs {
    /// What is read, and how it is judged.
    #[command(flatten)]
    pub input: InputArgs,
    /// A folder for readable copies of the worksheets, with the findings marked, and a list of them
    #[arg(long, value_name = "DIR")]
    pub annotate: Option<PathBuf>,
}

/// Runs the command.
pub fn run(check: &CheckArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let wants_document = wants_document(check)?;
    let settings = settings::resolve(&check.input, None, shared)?;
    let shell = &shell.completed(&settings.manner);
    let folder = check
        .annotate
        .as_deref()
        .map(|dir| Folder::open(dir, &settings.paths.worksheets))
        .transpose()?;
    let mut reading = issue::read(settings.inputs()?, &settings.options)?;
    if folder.is_none() {
        reading.forget_sheets();
    }
    let packets = judge(&mut reading, &settings.options, shell)?;
    let has_packets = !packets.is_empty();
    for line in excerpts::usage(&reading.worksheets) {
        shell.detail(&line);
    }
    if wants_document {
        let document = CheckData::new(&reading.findings, packets, &reading.estate);
        shell::print(&render::json::check(&document)?)?;
    } else if has_packets || !reading.findings.is_empty() {
        shell.findings(&reading.findings, &reading.worksheets, Stream::Result)?;
        if shell.is_for_people() && has_packets {
            let statuses: Vec<&str> = packets.iter().map(|it| it.status).collect();
            let day = format!(" as of {}", reading.estate.as_of);
            shell.say(&standing(&statuses, &day));
            if let Some(frozen) = settings.frozen() {
                shell.say(&frozen);
            }
        }
    }
    if let Some(folder) = &folder {
        annotate(folder, &reading, shell, wants_document)?;
    }
    if has_packets {
        Ok(Exit::of(&reading.findings))
    } else {
        Err(settings.nothing())
    }
}

/// Whether the findings are asked for as one document.
///
/// # Errors
///
/// Another format, which only `build` writes.
fn wants_document(check: &CheckArgs) -> Result<bool, Failure> {
    let is_json = |format: &String| format.trim().eq_ignore_ascii_case("json");
    match check.input.format.iter().find(|format| !is_json(format)) {
        None => Ok(!check.input.format.is_empty()),
        Some(other) => Err(Failure::usage(format!("`check` writes no `{}`", other.trim()))
            .help("it prints its findings, or with `--format json` one document; packets are written by `build`")),
    }
}

/// Adds what is found in assembling the packets; none if there is nothing to make one of.
fn judge(
    reading: &mut Reading,
    options: &Options,
    shell: &Shell,
) -> Result<Vec<StatusData>, Failure> {
    let mut assembly = assemble(reading, options, &Progress::new(shell))?;
    options.weigh(&mut assembly.findings);
    reading.findings.extend(assembly.findings);
    reading.worksheets.weigh(assembly.costs);
    settle(&mut reading.findings);
    let day = Concerning::on_the_day(&reading.findings);
    let packets = assembly.packets.iter();
    Ok(packets.map(|it| StatusData::new(it, &day)).collect())
}

/// Writes the marked copies and the list of findings.
fn annotate(
    folder: &Folder,
    reading: &Reading,
    shell: &Shell,
    has_document: bool,
) -> Result<(), Failure> {
    let tables = reading.worksheets.tables();
    let files = doctor::files(
        &reading.findings,
        &reading.sheets.all,
        tables,
        &reading.estate,
    )
    .map_err(|error| Failure::nothing(format!("cannot make the marked copies: {error}")))?;
    folder.write(&files)?;
    let copies = words::count(files.len() - 1, "marked copy", "marked copies");
    // Nothing may stand behind a document.
    if !has_document {
        shell.say(&format!(
            "{copies} and the list {} are in {}",
            doctor::LIST,
            folder.path().display()
        ));
    }
    Ok(())
}
