//! `plan`: the restore order for several losses, on standard output or as files.

use std::path::{Path, PathBuf};

use crate::finding::{Finding, Severity, words};
use crate::issue::choose::{Chosen, Selection, choose};
use crate::issue::{self, Options, Reading, assemble_chosen};
use crate::plan::{self, Answers, BadAnswer, Losses, Packets};
use crate::render::{self, Format};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::{InputArgs, Shared};
use crate::cli::outgoing::{self, STDOUT};
use crate::cli::progress::Progress;
use crate::cli::settings::{self, Settings};
use crate::cli::shell::{self, Shell, Stream};
use crate::topology::Topology;

/// The formats a plan is written in where a folder is named and no format.
const USUAL: [Format; 3] = [Format::Md, Format::Html, Format::Xlsx];

/// The arguments of `plan`.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// What is lost.
    #[command(flatten)]
    pub lost: LostArgs,
    /// Answers to the questions of the packets, once for all: pool01=failed-over,sql01=mirror-survives
    #[arg(long, value_delimiter = ',', value_name = "NAME=ANSWER")]
    pub state: Vec<String>,
    /// Worksheet files and folders [default: worksheets]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// The day the worksheets are judged against, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A folder of templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// A folder for plan.md, plan.html and plan.xlsx; without it one document goes to standard output
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// These formats: md, html, xlsx, csv (for orchestration tools), json; several need --output [default: md]
    #[arg(long, value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<String>,
    /// Replace files that stand there, whoever wrote them
    #[arg(long)]
    pub force: bool,
}

/// What is lost: one of the three.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct LostArgs {
    /// Servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(value_name = "FQDN")]
    pub names: Vec<String>,
    /// Everything that stands in this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// Everything
    #[arg(long)]
    pub all: bool,
}

impl LostArgs {
    /// What is lost, for the engine.
    pub fn selection(&self) -> Selection {
        match &self.site {
            Some(site) => Selection::Site(site.clone()),
            None if self.all => Selection::All,
            None => Selection::Named(self.names.clone()),
        }
    }
}

/// Runs the command.
pub fn run(args: &PlanArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let input = InputArgs {
        worksheets: args.worksheets.clone(),
        as_of: args.as_of.clone(),
        templates: args.templates.clone(),
        format: args
            .format
            .iter()
            .filter(|it| !is_csv(it))
            .cloned()
            .collect(),
        ..InputArgs::default()
    };
    let settings = settings::resolve(&input, None, shared)?;
    let folder = folder(args)?;
    let shell = &shell.completed(&settings.manner);
    let formats = formats(args, folder, &settings);
    let mut reading = issue::read(settings.inputs()?, &settings.options)?;
    reading.forget_sheets();
    let inventory = &reading.inventory;
    if inventory.servers.is_empty() && inventory.pools.is_empty() {
        return Err(settings.nothing());
    }
    let topology = Topology::of(inventory);
    let losses = args.lost.selection().losses(&topology)?;
    let packets = packets(&reading, &topology, &losses, &settings.options, shell)?;
    let answers = Answers::of(&args.state, &packets).map_err(bad_answer)?;
    let (mut plan, findings) = plan::plan(&topology, &losses, &packets, &answers);
    note(&mut plan, &findings, &reading.findings);
    if !findings.is_empty() {
        shell.findings(&findings, &reading.worksheets, Stream::Aside)?;
    }
    let mut documents = Vec::new();
    if args.format.iter().any(|it| is_csv(it)) {
        documents.push(("csv", render::csv::plan(&plan, &packets).into_bytes()));
    }
    for format in formats {
        documents.push((format.extension(), rendered(format, &plan, &reading)?));
    }
    match (folder, documents.as_slice()) {
        (None, [(_, only)]) => return shell::print(only),
        (None, several) => return Err(needs_folder(several.len())),
        (Some(folder), documents) => {
            for (extension, bytes) in documents {
                let name = format!("plan.{extension}");
                outgoing::write(folder, &name, bytes, args.force)?;
                shell.say(&format!("Wrote {}", folder.join(name).display()));
            }
        }
    }
    Ok(Exit::Done)
}

/// The folder to write to; none for standard output. Beside the packets its links lead to them.
///
/// # Errors
/// Several documents for standard output.
fn folder(args: &PlanArgs) -> Result<Option<&Path>, Failure> {
    let folder = args.output.as_deref();
    match (
        folder.filter(|it| it.as_os_str() != STDOUT),
        args.format.len(),
    ) {
        (None, several) if several > 1 => Err(needs_folder(several)),
        (folder, _) => Ok(folder),
    }
}

fn needs_folder(several: usize) -> Failure {
    Failure::usage(format!(
        "standard output takes one document, and {several} were asked for"
    ))
    .help("name a folder for them with --output DIR")
}

/// An answer that no packet asks for.
fn bad_answer(bad: BadAnswer) -> Failure {
    let failure = Failure::usage(bad.message);
    match bad.help {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// Says in the plan what was found in making it, and that it is no better than the worksheets.
fn note(plan: &mut plan::Plan, findings: &[Finding], of_worksheets: &[Finding]) {
    for finding in findings {
        let help = finding.help.as_deref().unwrap_or_default();
        let note = format!("{}; {help}.", words::capital(&finding.message));
        plan.notes.insert(0, note);
    }
    let errors = of_worksheets.iter();
    let errors = errors.filter(|it| it.severity == Severity::Error).count();
    if errors > 0 {
        plan.notes.push(format!(
            "The worksheets hold {}: `restore-packets check` says which. A plan is no better than they are.",
            words::count(errors, "error", "errors")
        ));
    }
}

/// Whether a format is the table for orchestration tools, which only plans have.
fn is_csv(format: &str) -> bool {
    format.trim().eq_ignore_ascii_case("csv")
}

/// The formats to write, beside the table.
fn formats(args: &PlanArgs, folder: Option<&Path>, settings: &Settings) -> Vec<Format> {
    match args.format.is_empty() {
        true if folder.is_some() => USUAL.to_vec(),
        true => vec![Format::Md],
        false if args.format.iter().all(|it| is_csv(it)) => Vec::new(),
        false => settings.options.formats.clone(),
    }
}

/// The packets of what is lost, and of the pools, for their procedures and steps.
fn packets(
    reading: &Reading,
    topology: &Topology<'_>,
    losses: &Losses,
    options: &Options,
    shell: &Shell,
) -> Result<Packets, Failure> {
    let mut chosen = choose(&reading.inventory, &[])?;
    chosen.retain(|it| match it {
        Chosen::Server(server) => losses.servers.contains(&server.fqdn),
        Chosen::Pool(_) => true,
    });
    let assembly = assemble_chosen(reading, topology, &chosen, options, &Progress::new(shell))?;
    let packets = assembly.packets.into_iter();
    Ok(packets
        .map(|packet| (packet.subject.clone(), packet))
        .collect())
}

fn rendered(format: Format, plan: &plan::Plan, reading: &Reading) -> Result<Vec<u8>, Failure> {
    let rendered = match format {
        Format::Json => render::json::plan(plan, &reading.estate).map(Some),
        _ => render::plan(format, &reading.engine, plan, &reading.estate),
    };
    rendered
        .map_err(|error| reading.unusable(&error))?
        .ok_or_else(|| Failure::usage(format!("a plan is not written as `{}`", format.extension())))
}
