//! Arguments as typed. The doc comments are the help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::issue::choose::Selection;

/// Backup worksheets in, one restore packet per Lync Server 2013 server and pool out.
///
/// Print the packets before an outage, refresh them after every backup cycle, attach them to change records.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options every command takes.
    #[command(flatten)]
    pub shared: Shared,
}

/// Options every command takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Shared options")]
pub struct Shared {
    /// The project file; by default restore-packets.toml in the first worksheets folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How findings are written
    #[arg(long, global = true, value_name = "FORMAT")]
    pub message_format: Option<Messages>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<Color>,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: every finding, and how much of each sheet was used
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the worksheets, join them with the decision table, render and publish the packets
    Build(Build),
    /// Say everything build would say of the worksheets, and write no packets
    Check(Check),
    /// The restore order for several losses: waves, what goes side by side, hours
    Plan(Plan),
    /// Bind packets into one print job: those of a site, some by name, or all
    Binder(Bind),
    /// Compare a folder or a bundle with its manifest, or say what became of a fingerprint on paper
    Verify(Verify),
    /// Put packets into a zip for a change record, with its number on every page
    Bundle(Bundle),
    /// List the editions of a packet and what changed between them
    History(History),
    /// Put packets or a bundle onto a change record in a ticket system
    Attach(Attach),
    /// Read filled-in checklists back: who did what when, and whether the RTO was met
    Record(Record),
    /// Write blank worksheets, ready to fill in
    New(New),
    /// Write the built-in templates out, to be edited and given to build with --templates
    Templates(Templates),
    /// Say what a finding means and how to clear it
    Explain(Explain),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// What is read, and how it is judged.
#[derive(Debug, Default, clap::Args)]
pub struct Input {
    /// Worksheet files and folders [default: worksheets]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub only: Vec<String>,
    /// The day the worksheets are judged against, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A folder of templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Issue nothing if a finding is an error
    #[arg(long)]
    pub strict: bool,
    /// How many threads work at once [default: one per processor]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// The formats to render [default: md,html,xlsx,json]
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<String>,
}

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// What is read, and how it is judged.
    #[command(flatten)]
    pub input: Input,
    /// A folder for readable copies of the worksheets, with the findings marked, and a list of them
    #[arg(long, value_name = "DIR")]
    pub annotate: Option<PathBuf>,
}

/// The arguments of `build`.
#[derive(Debug, clap::Args)]
pub struct Build {
    /// What is read, and how it is judged.
    #[command(flatten)]
    pub input: Input,
    /// The folder the packets go to [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Say what would change and be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Retire what has lost its rows even if it is much at once, or a worksheet that held rows is gone
    #[arg(long)]
    pub retire: bool,
    /// Rebuild a manifest or ledger that is damaged or lost from what is left; every file is kept
    #[arg(long)]
    pub adopt: bool,
}

/// The arguments of `binder`.
#[derive(Debug, clap::Args)]
pub struct Bind {
    /// The page to write, to be printed from a browser; further volumes get FILE-2.html and so on
    #[arg(value_name = "FILE.html")]
    pub file: PathBuf,
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN", conflicts_with = "site")]
    pub only: Vec<String>,
    /// Only what stands in this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// The arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// A folder, a zip file, or a fingerprint as printed on a page [default: the output folder]
    #[arg(value_name = "DIR|ZIP|FINGERPRINT")]
    pub target: Option<String>,
    /// The folder whose ledger knows the fingerprint [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Files: what has expired on this day; a fingerprint: which edition was valid on it [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// A bundle: who may sign it, as an allowed-signers file or a public key of OpenSSH
    #[arg(long, value_name = "FILE")]
    pub signers: Option<PathBuf>,
}

/// The arguments of `bundle`.
#[derive(Debug, clap::Args)]
pub struct Bundle {
    /// The zip to write; more than one, numbered, where it would grow too large
    #[arg(value_name = "FILE.zip")]
    pub file: PathBuf,
    /// The change record, as it is printed on every page: CHG0012345
    #[arg(long, value_name = "ID")]
    pub change: String,
    /// Which packets, and for which losses the restore order is drawn up.
    #[command(flatten)]
    pub which: Which,
    /// What the copies leave out: vault (nothing), ticket, vendor, or a profile of the project file
    #[arg(long, value_name = "NAME", default_value = "ticket")]
    pub profile: String,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The largest zip the ticket system takes: 5MB, 800kB
    #[arg(long, value_name = "SIZE", default_value = "5MB")]
    pub max_file_size: String,
    /// The most all zips together may take
    #[arg(long, value_name = "SIZE")]
    pub max_size: Option<String>,
    /// Sign each zip with this OpenSSH private key (Ed25519); the signature goes to FILE.zip.sig
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
}

/// Which packets: all of them, or one of the three.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub struct Which {
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub only: Vec<String>,
    /// Everything that stands in this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// These servers and pools with all that must be restored if they are lost together
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub plan: Vec<String>,
}

impl Which {
    /// Which packets, for the engine.
    pub fn selection(&self) -> Selection {
        match &self.site {
            Some(site) => Selection::Site(site.clone()),
            None if self.plan.is_empty() => Selection::of_names(&self.only),
            None => Selection::LostTogether(self.plan.clone()),
        }
    }
}

/// The arguments of `history`.
#[derive(Debug, clap::Args)]
pub struct History {
    /// The server or pool; server:FQDN or pool:FQDN where a name is both
    #[arg(value_name = "FQDN")]
    pub fqdn: String,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Which edition was valid on this day
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

/// The arguments of `record`.
#[derive(Debug, clap::Args)]
pub struct Record {
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
}

/// The arguments of `plan`.
#[derive(Debug, clap::Args)]
pub struct Plan {
    /// What is lost.
    #[command(flatten)]
    pub lost: Lost,
    /// Worksheet files and folders [default: worksheets]
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub worksheets: Vec<PathBuf>,
    /// The day the worksheets are judged against, as 2014-05-31 [default: today]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// A folder of templates that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Write plan.md, plan.html and plan.xlsx there, instead of Markdown to standard output
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write files of these formats only: md, html, xlsx, csv (for orchestration tools)
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FORMAT")]
    pub format: Vec<String>,
}

/// What is lost: one of the three.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Lost {
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

impl Lost {
    /// What is lost, for the engine.
    pub fn selection(&self) -> Selection {
        match &self.site {
            Some(site) => Selection::Site(site.clone()),
            None if self.all => Selection::All,
            None => Selection::Named(self.names.clone()),
        }
    }
}

/// The arguments of `attach`.
///
/// Credentials come from RESTORE_PACKETS_TOKEN, from RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or from a file.
#[derive(Debug, clap::Args)]
pub struct Attach {
    /// What to attach: a bundle or any other files; without any, the packets that --only names
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The packets of these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN", conflicts_with = "files")]
    pub only: Vec<String>,
    /// Which files of a packet [default: html,xlsx]
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FORMAT", conflicts_with = "files")]
    pub format: Vec<String>,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The number of the change record
    #[arg(long, value_name = "ID")]
    pub record: String,
    /// A ticket system of the project file
    #[arg(long, value_name = "NAME", conflicts_with_all = ["system", "url", "table"])]
    pub to: Option<String>,
    /// The kind of ticket system
    #[arg(
        long,
        value_name = "KIND",
        requires = "url",
        required_unless_present = "to"
    )]
    pub system: Option<TicketSystem>,
    /// Address of the ticket system; it begins with https:
    #[arg(long, value_name = "URL", requires = "system")]
    pub url: Option<String>,
    /// ServiceNow: the record's table [default: by the letters of its number]
    #[arg(long, value_name = "NAME")]
    pub table: Option<String>,
    /// Your own words, put before the note that goes with the files
    #[arg(long, value_name = "TEXT")]
    pub comment: Option<String>,
    /// A file with `token = "…"`, or `user = "…"` and `password = "…"`, that only you can read
    #[arg(long, value_name = "FILE")]
    pub credentials: Option<PathBuf>,
    /// Trust the authorities in this PEM file, and no others
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Send credentials unencrypted, if the address begins with http://
    #[arg(long)]
    pub allow_http: bool,
    /// How long to wait for the server [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
    /// Say what would be attached, and send nothing but questions
    #[arg(long)]
    pub dry_run: bool,
}

/// The kinds of ticket systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TicketSystem {
    /// Request Tracker 5
    Rt,
    /// Redmine
    Redmine,
    /// ServiceNow
    Servicenow,
    /// Jira
    Jira,
}

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The folder to write to; files that exist are never replaced
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Fill the worksheets with an example organization
    #[arg(long)]
    pub sample: bool,
}

/// The arguments of `templates`.
#[derive(Debug, clap::Args)]
pub struct Templates {
    /// The folder to write to; files that exist are never replaced
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// The code in the brackets of a message, for example unknown-server; none lists them all
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// The forms of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Messages {
    /// Several lines each, with an excerpt of the row
    Human,
    /// One line each
    Short,
    /// One JSON object per line
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
