//! `import`: worksheets from a topology document, beside or in place of blank ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::words;
use crate::issue::{self, Imported};
use crate::sources::{self, Gathered};

use crate::cli::failure::{Exit, Failure};
use crate::cli::globs;
use crate::cli::options::{InputArgs, Shared};
use crate::cli::settings;
use crate::cli::shell::{Shell, Stream};

use super::new::write_new;

/// The arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Topology documents, known by what is in them
    #[arg(value_name = "FILE", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    /// The worksheets to fill; blank ones, and those that are not there, are written, others stay as they are [default: worksheets]
    #[arg(long, value_name = "DIR")]
    pub worksheets: Option<PathBuf>,
    /// Where a filled copy goes if somebody has typed into the worksheets [default: the worksheets folder with -imported behind it]
    #[arg(long, value_name = "DIR")]
    pub copy: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &ImportArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let input = InputArgs {
        worksheets: args
            .worksheets
            .iter()
            .filter(|it| it.exists())
            .cloned()
            .collect(),
        ..InputArgs::default()
    };
    let settings = settings::resolve(&input, None, shared)?;
    let shell = &shell.completed(&settings.manner);
    let given = gather(&globs::expand(&args.files)?)?;
    let found = settings.paths.worksheets.first().cloned();
    let dir = args.worksheets.clone().or(found).unwrap_or_default();
    if dir.is_file() {
        let message = format!(
            "`{}` is a file, and worksheets are filled a folder at a time",
            dir.display()
        );
        return Err(Failure::usage(message).help("name their folder with `--worksheets`"));
    }
    let standing = if dir.exists() {
        gather(std::slice::from_ref(&dir))?
    } else {
        Gathered::default()
    };
    let is_there: BTreeMap<String, Vec<u8>> = standing
        .sources
        .iter()
        .map(|it| (it.name.to_string(), it.bytes.to_vec()))
        .collect();
    let imported = issue::import(&given, standing, &settings.options)?;
    if !imported.findings.is_empty() {
        shell.findings(&imported.findings, &imported.worksheets, Stream::Result)?;
    }
    if imported.files.is_empty() {
        return Err(Failure::nothing("nothing could be imported")
            .help("give a topology that was published, or one that was drawn"));
    }
    write(args, &dir, &is_there, &imported, shell)?;
    Ok(Exit::of(&imported.findings))
}

fn gather(paths: &[PathBuf]) -> Result<Gathered, Failure> {
    sources::gather(paths).map_err(|error| Failure::nothing(error.to_string()))
}

/// Writes the worksheets where nobody has typed, else a copy beside them.
fn write(
    args: &ImportArgs,
    dir: &Path,
    is_there: &BTreeMap<String, Vec<u8>>,
    imported: &Imported,
    shell: &Shell,
) -> Result<(), Failure> {
    if imported.rows + imported.filled + imported.differing == 0 {
        shell.say("The worksheets say all of that already; nothing was written.");
        return Ok(());
    }
    let is_blank = |(name, bytes): (&String, &Vec<u8>)| imported.blank.get(name) == Some(bytes);
    let in_place = is_there.iter().all(is_blank);
    let home = if in_place {
        dir.to_owned()
    } else {
        args.copy.clone().unwrap_or_else(|| beside(dir))
    };
    fs::create_dir_all(&home).map_err(|error| {
        Failure::nothing(format!("cannot create `{}`: {error}", home.display()))
    })?;
    if in_place {
        for name in is_there.keys() {
            let path = dir.join(name);
            fs::remove_file(&path).map_err(|error| {
                Failure::nothing(format!("cannot replace `{}`: {error}", path.display()))
            })?;
        }
    }
    let files = imported.files.iter();
    write_new(
        &home,
        files.map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        shell,
    )?;
    shell.say(&summary(imported));
    shell.say(&if in_place {
        format!(
            "Next: fill in the rest, then restore-packets check {}",
            home.display()
        )
    } else {
        format!(
            "{} stays as it is; what is filled and what differs bears a note in the copy.",
            dir.display()
        )
    });
    Ok(())
}

fn summary(imported: &Imported) -> String {
    format!(
        "{} added, {} filled, {} different.",
        words::count(imported.rows, "row", "rows"),
        words::count(imported.filled, "blank cell", "blank cells"),
        words::count(imported.differing, "cell", "cells")
    )
}

/// `worksheets-imported` for `worksheets`.
fn beside(dir: &Path) -> PathBuf {
    let full = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    let name = full.file_name().unwrap_or_default().to_string_lossy();
    let name = format!("{name}-imported");
    match dir.file_name() {
        Some(_) => dir.with_file_name(name),
        None => full.with_file_name(name),
    }
}
