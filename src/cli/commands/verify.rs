//! `verify`: a folder or a bundle against its manifest, one packet file, or a fingerprint typed from paper.

mod signature;
mod single;

use std::path::{Path, PathBuf};

use crate::bundle::signature::Signers;
use crate::finding::{Severity, words};
use crate::issue::answer::{self, Answer, EditionState};
use crate::issue::{kept, verify as verify_folder, verify_zip};
use crate::publish::Verified;
use crate::text::fingerprint::Fingerprint;

use crate::cli::excerpts::At;
use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::{Shell, Stream};
use crate::cli::wording::{difference_line, named, on_day};
use crate::named_file::{self, LARGEST};

/// The arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// A folder, a bundle, one file of a packet, or a fingerprint as printed on a page [default: the output folder]
    #[arg(value_name = "DIR|ZIP|FILE|FINGERPRINT")]
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

/// Runs the command.
pub fn run(verify: &VerifyArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(verify.output.as_ref(), shared)?;
    let shell = &shell.completed(&published.manner);
    let on = verify.on.as_deref().map(settings::date).transpose()?;
    let signers = verify
        .signers
        .as_deref()
        .map(signature::signers)
        .transpose()?;
    let path = verify.target.as_ref().map(PathBuf::from);
    if signers.is_some() && !path.as_ref().is_some_and(|path| path.is_file()) {
        return Err(Failure::usage("`--signers` goes with a bundle")
            .help("restore-packets verify FILE.zip --signers FILE"));
    }
    let Some(target) = &verify.target else {
        return files(&published.output, &published.output, on, None, shell);
    };
    let path = PathBuf::from(target);
    if path.exists() {
        return files(&path, &published.output, on, signers.as_ref(), shell);
    }
    let fingerprint = Fingerprint::parse(target).map_err(|error| {
        if target.contains(['/', '\\', '.']) {
            Failure::usage(format!("there is no file or folder `{target}`"))
        } else {
            Failure::usage(format!("`{target}` is no fingerprint: {error}"))
                .help("compare it with the page, letter by letter")
        }
    })?;
    let standing = kept::standing(&published.output)?;
    let on = on.map(|day| day.to_string());
    let found = answer::answer(&standing, &fingerprint.to_string(), on.as_deref());
    if let Some(found) = found {
        let day = on
            .clone()
            .map_or_else(|| settings::today().map(|day| day.to_string()), Ok)?;
        let mut said = lines(&found, on.as_deref());
        said.extend(trust(&found, &day));
        shell.answer(&found, &said);
        Ok(match found.state {
            EditionState::Current => Exit::Done,
            EditionState::Superseded | EditionState::Retired => Exit::Errors,
        })
    } else {
        let unknown =
            serde_json::json!({"state": "unknown", "fingerprint": fingerprint.to_string()});
        let line = format!(
            "{fingerprint} is unknown: no packet in `{}` ever had it. Do not work from that page.",
            published.output.display()
        );
        shell.answer(&unknown, &[line]);
        Ok(Exit::Errors)
    }
}

fn files(
    path: &Path,
    output: &Path,
    on: Option<jiff::civil::Date>,
    signers: Option<&Signers>,
    shell: &Shell,
) -> Result<Exit, Failure> {
    let day = on.map_or_else(settings::today, Ok)?;
    let verified = if path.is_dir() {
        verify_folder(path, day)
    } else if path.is_file() {
        let bytes = named_file::read(path, LARGEST)
            .map_err(|why| Failure::nothing(format!("cannot read `{}`: {why}", path.display())))?;
        if signers.is_none() && single::is_one(path, &bytes) {
            return single::run(path, &bytes, output, shell);
        }
        let verified = zip(path, &bytes, day)?;
        if let Some(line) = signature::line_of(path, &bytes, signers)? {
            shell.say(&line);
        }
        verified
    } else {
        return Err(Failure::usage(format!(
            "there is no folder and no file `{}`",
            path.display()
        )));
    };
    say_verified(&verified, path, shell)
}

fn zip(path: &Path, bytes: &[u8], day: jiff::civil::Date) -> Result<Verified, Failure> {
    verify_zip(bytes, day).map_err(|why| Failure {
        exit: Exit::Errors,
        ..Failure::usage(format!("`{}` cannot be trusted: {why}", path.display()))
    })
}

fn say_verified(verified: &Verified, path: &Path, shell: &Shell) -> Result<Exit, Failure> {
    shell.findings(&verified.findings, &At::new(path), Stream::Result)?;
    let wrong = verified
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .count();
    if let Some(bundle) = &verified.bundle {
        shell.say(&signature::bundle(bundle));
    }
    shell.say(&format!(
        "{} as issued, {}.",
        words::count(verified.good, "file is", "files are"),
        match wrong {
            0 => "none missing or altered".to_owned(),
            wrong => words::count(wrong, "is missing or altered", "are missing or altered"),
        }
    ));
    Ok(if wrong == 0 { Exit::Done } else { Exit::Errors })
}

/// Until when an edition may be trusted, or could have been.
fn trust(answer: &Answer<'_>, day: &str) -> Option<String> {
    let until = answer.edition.valid_until.as_ref()?;
    let is_over = until.as_str() < day || answer.state != EditionState::Current;
    Some(if is_over {
        format!("It could have been trusted until {until}.")
    } else {
        format!("It may be trusted until {until}.")
    })
}

/// The answer in words.
fn lines(answer: &Answer<'_>, on: Option<&str>) -> Vec<String> {
    let edition = answer.edition;
    let mut lines = vec![match (answer.state, answer.by) {
        (EditionState::Superseded, Some(by)) => format!(
            "{} is superseded: {} gave way to {} ({}). Do not work from that page.",
            edition.fingerprint,
            named(edition),
            named(by),
            by.fingerprint
        ),
        (EditionState::Retired, _) => format!(
            "{} is retired: {}. Its row is gone.",
            edition.fingerprint,
            named(edition)
        ),
        _ => format!("{} is current: {}.", edition.fingerprint, named(edition)),
    }];
    match (&answer.differences, answer.state) {
        (Some(differences), _) => {
            lines.push("What changed in between:".to_owned());
            lines.extend(differences.iter().map(difference_line));
        }
        (None, EditionState::Superseded) => {
            lines.push("What changed in between is no longer on file.".to_owned());
        }
        (None, _) => {}
    }
    lines.extend(on.map(|day| on_day(day, answer.valid)));
    lines
}
