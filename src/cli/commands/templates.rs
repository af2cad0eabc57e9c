//! `templates`: writes the built-in templates out, to be edited.

use std::path::PathBuf;

use std::fs;

use crate::template;

use super::new::write_new;
use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::Shell;

/// The arguments of `templates`.
#[derive(Debug, clap::Args)]
pub struct TemplatesArgs {
    /// The folder to write to; files that exist are never replaced
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
}

/// Writes every built-in template that is not there yet.
pub fn run(args: &TemplatesArgs, shell: &Shell) -> Result<Exit, Failure> {
    let files = template::files();
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
    shell.say(&format!(
        "Edit what you need, delete the rest, and build with --templates {}",
        args.dir.display()
    ));
    Ok(Exit::Done)
}
