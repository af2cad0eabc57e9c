//! `drift`: where a topology document and the worksheets say different things, the worst first.

use std::fs;
use std::path::{Path, PathBuf};

use crate::contract::{DriftData, OlderData};
use crate::finding::{Code, Finding};
use crate::issue::{self, Reading};
use crate::render::{self, Format};
use crate::sources;
use crate::testimony::differences;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{InputArgs, Shared};
use crate::cli::outgoing;
use crate::cli::settings;
use crate::cli::shell::{self, Shell, Stream};

/// What is said of documents themselves.
const OF_DOCUMENTS: [Code; 7] = [
    Code::TopologyDraft,
    Code::TwoTopologies,
    Code::UnknownService,
    Code::UnreadableFile,
    Code::UnsupportedFile,
    Code::UnsupportedProduct,
    Code::VersionOfOtherProduct,
];

/// The arguments of `drift`.
#[derive(Debug, clap::Args)]
pub struct DriftArgs {
    /// Worksheet files and folders [default: worksheets], or the topology document
    #[arg(value_name = "WORKSHEETS")]
    pub paths: Vec<PathBuf>,
    /// The same, as an option
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// The topology document [default: one among the worksheets]
    #[arg(long, value_name = "FILE")]
    pub topology: Option<PathBuf>,
    /// A folder for drift.md, drift.html, drift.xlsx and drift.json; without it one document goes to standard output
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The formats: md, html, xlsx, json; several need --output [default: md, in a folder all]
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<String>,
    /// Replace files that stand there, whoever wrote them
    #[arg(long)]
    pub force: bool,
}

/// Runs the command.
pub fn run(args: &DriftArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let settings = settings::resolve(&input(args), None, shared)?;
    let shell = &shell.completed(&settings.manner);
    let formats = match (&args.output, args.format.is_empty()) {
        (None, true) => vec![Format::Md],
        _ => settings.options.formats.clone(),
    };
    if args.output.is_none() && formats.len() > 1 {
        return Err(Failure::usage(format!(
            "standard output takes one document, and {} were asked for",
            formats.len()
        ))
        .help("name a folder for them with --output DIR"));
    }
    let reading = issue::read(settings.inputs()?, &settings.options)?;
    let said = of_documents(&reading.findings);
    if !said.is_empty() {
        shell.findings(&said, &reading.worksheets, Stream::Aside)?;
    }
    let topology = reading
        .topology()
        .filter(|_| !reading.testimony.rows.is_empty());
    let topology = topology.ok_or_else(|| {
        Failure::nothing("there is no topology to hold the worksheets against")
            .help("name it with `--topology`, or put it among the worksheets")
    })?;
    if reading.is_empty() {
        return Err(settings.nothing());
    }
    let product = reading.inventory.product;
    let found = differences(product, reading.worksheets.tables(), &reading.testimony);
    let drift = DriftData::new(&found, topology, older(&reading), &reading.estate);
    for format in formats {
        let bytes = render::drift(format, &reading.engine, &drift, &reading.estate);
        let bytes = bytes.map_err(|error| reading.unusable(&error))?;
        match &args.output {
            None => _ = shell::print(&bytes)?,
            Some(folder) => {
                let name = format!("drift.{}", format.extension());
                outgoing::write(folder, &name, &bytes, args.force)?;
                shell.say(&format!("Wrote {}", folder.join(name).display()));
            }
        }
    }
    Ok(if drift.is_empty() {
        Exit::Done
    } else {
        Exit::Errors
    })
}

/// What is read: a single document without worksheets is the topology.
fn input(args: &DriftArgs) -> InputArgs {
    let is_document = |path: &PathBuf| path.is_file() && sources::is_document(path);
    let topology = match args.paths.as_slice() {
        [one] if args.topology.is_none() && is_document(one) => Some(one.clone()),
        _ => args.topology.clone(),
    };
    let paths = args
        .paths
        .iter()
        .filter(|it| topology.as_ref() != Some(*it));
    InputArgs {
        paths: paths.cloned().collect(),
        worksheets: args.worksheets.clone(),
        topology,
        format: args.format.clone(),
        ..InputArgs::default()
    }
}

fn of_documents(findings: &[Finding]) -> Vec<Finding> {
    let is_of_file = |it: &&Finding| {
        let place = it.place.as_ref();
        let is_whole = place.is_some_and(|it| it.at_row().is_none() && it.in_sheet().is_none());
        is_whole && OF_DOCUMENTS.contains(&it.code)
    };
    findings.iter().filter(is_of_file).cloned().collect()
}

/// The days on which the files were written, where the document's is before the newest worksheet's.
fn older(reading: &Reading) -> Option<OlderData> {
    let day = |name: &str| {
        let path = reading.worksheets.shown(name);
        let modified = fs::metadata(Path::new(path)).ok()?.modified().ok()?;
        let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
        let moment = settings::moment(i64::try_from(since.as_secs()).ok()?)?;
        moment.split('T').next().map(str::to_owned)
    };
    let topology = reading.topology()?;
    let own = day(&topology.path)?;
    let others = reading.estate.sources.iter();
    let others = others.filter(|it| it.path != topology.path);
    let newest = others.filter_map(|it| day(&it.path)).max()?;
    (own < newest).then_some(OlderData {
        topology: own,
        worksheets: newest,
    })
}
