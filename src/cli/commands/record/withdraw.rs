//! `record --withdraw`: takes records back. Their files are kept in `retired/`, and the ledger keeps both lines.

use std::path::{Path, PathBuf};

use crate::issue::{find_record, kept};
use crate::publish::{Event, OutputFolder};

use super::LARGEST;
use crate::cli::failure::{Exit, Failure};
use crate::cli::settings;
use crate::cli::shell::Shell;
use crate::named_file;

/// Takes back the records of these checklists, or of these names.
pub fn run(files: &[PathBuf], output: &Path, shell: &Shell) -> Result<Exit, Failure> {
    kept::standing(output)?;
    let folder = OutputFolder::open(output)?;
    let day = settings::today()?.to_string();
    for path in files {
        // Each withdrawal lengthens the ledger.
        let standing = kept::standing(output)?;
        let bytes = named_file::read(path, LARGEST).ok();
        let name = path.to_string_lossy();
        let Some((line, record)) = find_record(&standing, &name, bytes.as_deref()) else {
            return Err(Failure::usage(format!(
                "no record in `{}` is of `{}`",
                output.display(),
                path.display()
            ))
            .help("name the checklist that was recorded, or a file in `records/`; `restore-packets history FQDN` lists them"));
        };
        let what = match line.event {
            Event::Drilled => "exercise",
            _ => "execution",
        };
        let report = folder.withdraw(&standing, line.seq, &day)?;
        shell.say(&format!(
            "{}: the {what} of {} on {} is withdrawn",
            path.display(),
            line.edition.fqdn,
            record.day
        ));
        for retired in &report.retired {
            shell.say(&format!("retired: {} (now {})", retired.from, retired.to));
        }
    }
    Ok(Exit::Done)
}
