//! `binder`: packets as one print job, chosen by name or site, from the output folder alone.

use std::path::{Path, PathBuf};

use crate::cli::failure::{Exit, Failure};
use crate::cli::open;
use crate::cli::options::Shared;
use crate::cli::outgoing::{self, STDOUT};
use crate::cli::settings;
use crate::cli::shell::{self, Shell};
use crate::finding::words;
use crate::issue::binder;
use crate::issue::choose::Selection;
use crate::publish::Manifest;

/// The arguments of `binder`.
#[derive(Debug, clap::Args)]
pub struct BinderArgs {
    /// The page to write, to be printed from a browser; further volumes get FILE-2.html and so on; `-` is standard output
    #[arg(value_name = "FILE.html")]
    pub file: PathBuf,
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN", conflicts_with = "site")]
    pub only: Vec<String>,
    /// Only what stands in this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace a file that stands there, whoever wrote it
    #[arg(long)]
    pub force: bool,
    /// Open the page when it is written
    #[arg(long)]
    pub open: bool,
}

/// Runs the command.
pub fn run(args: &BinderArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let output = settings::published(args.output.as_ref(), shared)?.output;
    let manifest = binder::issued(&output)?;
    let selection = match &args.site {
        Some(site) => Selection::Site(site.clone()),
        None => Selection::of_names(&args.only),
    };
    if args.file.as_os_str() == STDOUT {
        return to_stdout((&output, &manifest), &selection);
    }
    let (folder, stem) = target(&args.file, &output, &manifest)?;
    let (bound, of) = binder::bind((&output, &manifest), &stem, &selection, |name, page| {
        outgoing::write(&folder, name, page, args.force)?;
        let written = folder.join(name);
        let written = written.strip_prefix(".").unwrap_or(&written);
        shell.say(&format!("Wrote {}", written.display()));
        Ok(())
    })?;
    let packets = words::count(bound, "packet", "packets");
    shell.say(&format!("{packets} of {of} bound."));
    if args.open {
        open::page(&args.file);
    }
    Ok(Exit::Done)
}

/// The only volume, if there is but one.
fn to_stdout(issued: (&Path, &Manifest), selection: &Selection) -> Result<Exit, Failure> {
    let mut volumes = Vec::new();
    binder::bind(issued, "binder", selection, |_, page| {
        volumes.push(page.to_vec());
        Ok(())
    })?;
    match volumes.as_slice() {
        [only] => shell::print(only),
        several => Err(Failure::usage(format!(
            "the binder has {} volumes, and standard output takes one",
            several.len()
        ))
        .help("name a file, or choose fewer packets with --only or --site")),
    }
}

/// The folder and stem of the file to write, which may not be one that `build` issues.
fn target(file: &Path, output: &Path, manifest: &Manifest) -> Result<(PathBuf, String), Failure> {
    let is_html = file
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("html"));
    let stem = file.file_stem().map(|it| it.to_string_lossy().into_owned());
    let Some(stem) = stem.filter(|_| is_html) else {
        return Err(
            Failure::usage(format!("`{}` does not end in .html", file.display()))
                .help("a binder is an HTML page: print it from a browser"),
        );
    };
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let is_issued = manifest
        .files
        .iter()
        .any(|it| it.path == format!("{stem}.html"));
    if is_issued && same(&folder, output) {
        return Err(Failure::usage(format!(
            "`{}` is what `build` issues, and a selection does not replace it",
            file.display()
        ))
        .help("choose another name; `build` writes the binder of the whole estate"));
    }
    Ok((folder, stem))
}

fn same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
