//! `attach`: packets or a bundle onto a change record.
//!
//! Where to is found in `destination`, what is attached is chosen in `files`, what became of it is said in `report`; the
//! work is `crate::attach`'s.

mod arguments;
mod destination;
mod files;
mod report;
mod turn;

use std::time::Duration;

use crate::attach::{self, Credentials, NoCredentials, Wire};
use crate::text::visible::visible_lines;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::progress::Progress;
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
    let comment = comment(attach)?;
    let _turn = turn::take(&destination.address, &record, patience(attach), shell)?;
    let progress = Progress::new(shell);
    let report = attach::open(&*wire, &record, &credentials).and_then(|system| {
        let comment = comment.as_deref();
        attach::attach(&*system, &files, comment, attach.dry_run, &progress)
    });
    progress.clear();
    match report {
        Ok(report) => Ok(report::say(&report, &record, attach.dry_run, shell)),
        Err(trouble) => Err(report::failure(&trouble, &record)),
    }
}

/// How long to wait for a server, in seconds, unless something else is said.
const PATIENCE: u64 = 60;

/// The most characters of somebody's own words.
const LONGEST_COMMENT: usize = 4_000;

fn patience(attach: &AttachArgs) -> Duration {
    Duration::from_secs(attach.timeout.unwrap_or(PATIENCE))
}

/// Somebody's own words, with whatever acts on a reader's screen made visible.
fn comment(attach: &AttachArgs) -> Result<Option<String>, Failure> {
    let comment = visible_lines(attach.comment.as_deref().unwrap_or_default().trim());
    if comment.chars().count() > LONGEST_COMMENT {
        let message = format!("--comment holds more than {LONGEST_COMMENT} characters");
        return Err(Failure::usage(message).help("attach a longer text as a file"));
    }
    Ok((!comment.is_empty()).then_some(comment))
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
    use crate::attach::{Again, Http, NoWire, Trust};
    use crate::named_file;

    /// How long to wait before something is tried again.
    const PAUSE: Duration = Duration::from_millis(500);

    let unusable = |why: String| {
        match &destination.ca {
        Some(path) => Failure::usage(format!("`{}` cannot be used: {why}", path.display()))
            .help("--ca names a file in PEM form, with blocks between BEGIN CERTIFICATE and END CERTIFICATE"),
        None => Failure::usage(why),
    }
    };
    let trust = match &destination.ca {
        None => Trust::System,
        Some(path) => {
            let pem = named_file::read(path, named_file::SETTINGS);
            Trust::Named(pem.map_err(|why| unusable(why.to_string()))?)
        }
    };
    let patience = patience(attach);
    let http = Http::new(&destination.address, &trust, patience).map_err(|why| match why {
        NoWire::Trust(why) => unusable(why),
        // The value is not quoted: it may hold a password.
        NoWire::Proxy(name) => {
            Failure::usage(format!("the proxy that {name} names cannot be used"))
                .help("write http://host:port, or list the ticket system's host in NO_PROXY")
        }
    })?;
    Ok(Box::new(Again::over(http, PAUSE, patience)))
}

/// This build cannot reach anything.
#[cfg(not(feature = "attach"))]
fn wire(_: &AttachArgs, _: &Destination) -> Result<Box<dyn Wire>, Failure> {
    Err(Failure::usage(
        "this build reaches no network; `cargo install --path . --features attach` makes one that does",
    ))
}
