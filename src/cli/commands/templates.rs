//! `templates`: writes the built-in templates out, to be edited, and shows how those that were edited differ.

mod diff;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::suggest;
use crate::issue::{STAMP, Stamp};
use crate::sources;
use crate::template;

use super::new::write_new;
use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::{self, Shell};

/// The arguments of `templates`.
#[derive(Debug, clap::Args)]
pub struct TemplatesArgs {
    /// The folder to write to; files that exist are never replaced
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Only these: a file such as layout/brand.html, or a folder such as layout/style
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write nothing; show how the files of the folder differ from the built-in templates
    #[arg(long)]
    pub diff: bool,
}

/// Writes every built-in template that is wanted and not there yet.
pub fn run(args: &TemplatesArgs, shell: &Shell) -> Result<Exit, Failure> {
    let files = wanted(&args.names)?;
    if args.diff {
        shell::print(differences(&args.dir, &files)?.as_bytes())?;
        return Ok(Exit::Done);
    }
    for path in files.keys() {
        let target = args.dir.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| {
                Failure::nothing(format!("cannot create `{}`: {error}", folder.display()))
            })?;
        }
    }
    let bytes = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()));
    write_new(&args.dir, bytes, shell)?;
    stamp(&args.dir, &files)?;
    shell.say(&format!(
        "Edit what you need, delete the rest, and build with --templates {}",
        args.dir.display()
    ));
    Ok(Exit::Done)
}

/// The built-in templates of these names, or all where none is named.
fn wanted(names: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = template::files();
    let is_in = |path: &str, name: &str| {
        let name = name.trim_end_matches('/');
        path.strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    for name in names {
        if !files.keys().any(|path| is_in(path, name)) {
            let near = suggest::did_you_mean_file(name, files.keys().map(String::as_str));
            return Err(Failure::usage(format!("`{name}` is no template")).help_if(near));
        }
    }
    files.retain(|path, _| names.is_empty() || names.iter().any(|name| is_in(path, name)));
    Ok(files)
}

/// Notes in the folder what was written, so that a later version knows what of it is its own.
fn stamp(dir: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    let path = dir.join(STAMP);
    let mut stamp = sources::text(&path).map_or_else(Stamp::default, |text| Stamp::parse(&text));
    for (name, text) in files {
        stamp.add(name, text);
    }
    fs::write(&path, stamp.to_json())
        .map_err(|error| Failure::nothing(format!("cannot write `{}`: {error}", path.display())))
}

/// How the files of a folder differ from these built-in ones.
fn differences(dir: &Path, files: &BTreeMap<String, String>) -> Result<String, Failure> {
    let own = sources::texts(dir).map_err(|error| Failure::usage(error.to_string()))?;
    let mut shown = String::new();
    for (path, text) in own {
        let text = text.replace("\r\n", "\n");
        if let Some(ours) = files.get(&path).filter(|ours| **ours != text) {
            let yours = dir.join(&path);
            // Writing to a `String` does not fail.
            let _ = write!(shown, "--- built-in {path}\n+++ {}\n", yours.display());
            shown.push_str(&diff::lines(ours, &text));
        }
    }
    Ok(shown)
}
