//! `attach`: packets or a bundle onto a change record.
//!
//! Where to is found in `destination`, what is attached is chosen in `files`, what became of it is said in `report`; the
//! work is `crate::attach`'s.

mod arguments;
mod destination;
mod files;
mod report;
mod turn;

use crate::attach::{self, Credentials, NoCredentials, Wire};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::Shell;
pub use arguments::AttachArgs;
use destination::Destination;

/// Runs the command.
pub fn run(attach: &AttachArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(attach.output.as_ref(), shared)?;
    let shell = &shell.completed(&published.manner);
    let destination = Destination::of(attach, shared)?;
    let record = destination.record(&attach.record)?;
    let files = files::choose(attach, &published.output)?;
    let wire = wire(attach, &destination)?;
    let credentials = credentials(attach)?;
    let comment = attach.comment.as_deref().map(str::trim);
    let comment = comment.filter(|it| !it.is_empty());
    let _turn = turn::take(&destination.address, &record, shell);
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
    use crate::cli::named_file;
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
            let pem = named_file::read(path, named_file::SETTINGS);
            Trust::Authorities(pem.map_err(unusable)?)
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
