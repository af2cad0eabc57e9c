//! `templates`: writes the built-in templates out, to be edited.

use std::fs;

use crate::template;

use super::args::Templates;
use super::failure::{Exit, Failure};
use super::new::write_new;
use super::shell::Shell;

/// Writes every built-in template that is not there yet.
pub fn run(args: &Templates, shell: &Shell) -> Result<Exit, Failure> {
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
