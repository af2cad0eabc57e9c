//! `new`: writes worksheets, blank or filled with an example organization.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::finding::words;
use crate::issue::Templates;
use crate::issue::products;
use crate::render::xlsx;
use crate::starter;
use crate::template;

use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::Shell;

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// The folder to write to; files that exist are never replaced
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Fill the worksheets with an example organization
    #[arg(long)]
    pub sample: bool,
    /// The product they are for, by its name or its folder; `restore-packets products` lists them
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// A folder of templates of your own, in which the product stands
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

/// Writes the worksheets; a file that is there already is never replaced.
pub fn run(args: &NewArgs, shell: &Shell) -> Result<Exit, Failure> {
    let templates = args.templates.as_deref().map(Templates::read).transpose()?;
    let templates = templates.unwrap_or_default();
    let offers = products::products(&templates)?;
    let id = match &args.product {
        Some(name) => products::product_named(&offers, name)?.id.as_str(),
        None => template::first_product(),
    };
    let (files, project) = products::worksheets(&templates, id, args.sample)?;
    let mut written = xlsx::worksheets(&files)
        .map_err(|error| Failure::nothing(format!("cannot make the worksheets: {error}")))?;
    if let Some(text) = project {
        written.insert(starter::PROJECT_FILE.to_owned(), text.into_bytes());
    }
    fs::create_dir_all(&args.dir).map_err(|error| {
        Failure::nothing(format!("cannot create `{}`: {error}", args.dir.display()))
    })?;
    write_new(
        &args.dir,
        written
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        shell,
    )?;
    shell.say(&format!(
        "Next: restore-packets build {}",
        args.dir.display()
    ));
    Ok(Exit::Done)
}

/// Writes files into a folder, all of them or none: if one is there already, nothing is written.
pub fn write_new<'a>(
    dir: &Path,
    files: impl Iterator<Item = (&'a str, &'a [u8])> + Clone,
    shell: &Shell,
) -> Result<(), Failure> {
    let there: Vec<&str> = files
        .clone()
        .map(|(name, _)| name)
        .filter(|name| dir.join(name).exists())
        .collect();
    if !there.is_empty() {
        return Err(Failure::nothing(format!(
            "{} in `{}` already; nothing was written",
            match there.as_slice() {
                [one] => format!("`{one}` is"),
                many => format!("{} are", words::quoted(many)),
            },
            dir.display()
        ))
        .help("name an empty folder"));
    }
    for (name, bytes) in files {
        let path = dir.join(name);
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(bytes));
        match written {
            Ok(()) => shell.say(&format!("wrote {}", path.display())),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(Failure::nothing(format!(
                    "`{}` has appeared meanwhile and is left alone",
                    path.display()
                )));
            }
            Err(error) => {
                return Err(Failure::nothing(format!(
                    "cannot write `{}`: {error}",
                    path.display()
                )));
            }
        }
    }
    Ok(())
}
