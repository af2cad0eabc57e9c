//! `attach`: packets or a bundle onto a change record.
//!
//! Where to is found in `destination`, what is attached is chosen in `files`, what became of it is said in `report`; the
//! work is `crate::attach`'s.

mod destination;
mod files;
mod report;

use std::path::PathBuf;

use crate::attach::{self, Credentials, NoCredentials, Wire};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::Shell;
use destination::Destination;
pub use destination::TicketSystem;

/// The arguments of `attach`.
///
/// Credentials come from RESTORE_PACKETS_TOKEN, from RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or from a file.
#[derive(Debug, clap::Args)]
pub struct AttachArgs {
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

/// Runs the command.
pub fn run(attach: &AttachArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(attach.output.as_ref(), shared)?;
    let shell = &shell.completed(published.manner);
    let destination = Destination::of(attach, shared)?;
    let record = destination.record(&attach.record)?;
    let files = files::choose(attach, &published.output)?;
    let wire = wire(attach, &destination)?;
    let credentials = credentials(attach)?;
    let comment = attach.comment.as_deref().map(str::trim);
    let comment = comment.filter(|it| !it.is_empty());
    let system = attach::open(&*wire, &record, &credentials);
    let report =
        system.and_then(|system| attach::attach(&*system, &files, comment, attach.dry_run));
    match report {
        Ok(report) => Ok(report::say(&report, &record, attach.dry_run, shell)),
        Err(trouble) => Err(report::failure(&trouble, &record)),
    }
}

fn credentials(attach: &AttachArgs) -> Result<Credentials, Failure> {
    let from = attach.credentials.as_deref();
    let found = match from {
        Some(path) => Credentials::from_file(path),
        None => Credentials::from_environment(|name| std::env::var(name).ok()),
    };
    found.map_err(|why| {
        let place = match from {
            Some(path) => format!("`{}`: ", path.display()),
            None => String::new(),
        };
        let failure = Failure::usage(format!("{place}{why}"));
        if why == NoCredentials::None && from.is_none() {
            failure.help("set RESTORE_PACKETS_TOKEN, or RESTORE_PACKETS_USER and RESTORE_PACKETS_PASSWORD, or name a file with --credentials")
        } else {
            failure
        }
    })
}

/// The wire to the server.
#[cfg(feature = "attach")]
fn wire(attach: &AttachArgs, destination: &Destination) -> Result<Box<dyn Wire>, Failure> {
    use crate::attach::{Again, Http, Trust};
    use std::time::Duration;

    /// How long to wait for a server unless something else is said.
    const PATIENCE: u64 = 60;
    /// How long to wait before something is tried again.
    const PAUSE: Duration = Duration::from_millis(500);

    let unusable = |why: String| match &destination.ca {
        Some(path) => Failure::usage(format!("`{}` cannot be used: {why}", path.display())),
        None => Failure::usage(why),
    };
    let trust = match &destination.ca {
        None => Trust::System,
        Some(path) => {
            let pem = std::fs::read(path);
            Trust::Authorities(pem.map_err(|error| unusable(error.to_string()))?)
        }
    };
    let patience = Duration::from_secs(attach.timeout.unwrap_or(PATIENCE));
    let http = Http::new(&destination.address, &trust, patience).map_err(unusable)?;
    Ok(Box::new(Again::over(http, PAUSE)))
}

/// This build cannot reach anything.
#[cfg(not(feature = "attach"))]
fn wire(_: &AttachArgs, _: &Destination) -> Result<Box<dyn Wire>, Failure> {
    Err(Failure::usage(
        "this build reaches no network; `cargo install --path . --features attach` makes one that does",
    ))
}
