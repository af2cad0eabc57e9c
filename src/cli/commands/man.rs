//! `man`: the manual pages, of the program and of each command.

use std::fs;
use std::path::{Path, PathBuf};

use crate::finding::{suggest, words};

use crate::cli::failure::{Exit, Failure};
use crate::cli::reference;
use crate::cli::shell::{self, Shell};

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The command whose page is printed [default: the program's]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write all pages into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &ManArgs, shell: &Shell) -> Result<Exit, Failure> {
    let pages = pages()?;
    if let Some(folder) = &args.output {
        return write(&pages, folder, shell);
    }
    let wanted = match &args.command {
        None => "restore-packets".to_owned(),
        Some(command) => format!("restore-packets-{command}"),
    };
    if let Some((_, page)) = pages.iter().find(|(name, _)| *name == wanted) {
        return shell::print(page);
    }
    let typed = args.command.as_deref().unwrap_or_default();
    let known = pages.iter();
    let known = known.filter_map(|(name, _)| name.strip_prefix("restore-packets-"));
    Err(Failure::usage(format!("there is no command `{typed}`"))
        .help_if(suggest::did_you_mean(typed, known)))
}

/// Every page by its name, the program's first.
fn pages() -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut command = reference::command();
    command.build();
    let mut all = vec![("restore-packets".to_owned(), command.clone())];
    all.extend(command.get_subcommands().map(|it| {
        let name = format!("restore-packets-{}", it.get_name());
        (name, it.clone())
    }));
    let pages = all.into_iter().map(|(name, command)| {
        let mut page = Vec::new();
        let rendered = clap_mangen::Man::new(command).render(&mut page);
        rendered.map_err(|error| {
            Failure::nothing(format!("cannot write the manual page `{name}`: {error}"))
        })?;
        Ok((name, page))
    });
    pages.collect()
}

fn write(pages: &[(String, Vec<u8>)], folder: &Path, shell: &Shell) -> Result<Exit, Failure> {
    let cannot = |path: &Path, error: std::io::Error| {
        Failure::nothing(format!("cannot write `{}`: {error}", path.display()))
    };
    fs::create_dir_all(folder).map_err(|error| cannot(folder, error))?;
    for (name, page) in pages {
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page).map_err(|error| cannot(&path, error))?;
    }
    shell.say(&format!(
        "{} written to {}",
        words::count(pages.len(), "page", "pages"),
        folder.display()
    ));
    Ok(Exit::Done)
}
