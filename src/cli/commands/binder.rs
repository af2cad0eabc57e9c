//! `binder`: packets as one print job, chosen by name or site, from the output folder alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::finding::{Subject, words};
use crate::inventory::Inventory;
use crate::issue::Error;
use crate::issue::bind::{Binding, TITLE};
use crate::issue::choose::{Selection, choose};
use crate::packets::Issue;
use crate::publish::{self, KeptError, KeptEstate, Manifest, PacketEntry, State, key_name};
use crate::render::IndexEntry;
use crate::render::binder::{Binder, Tab};
use crate::render::format::packet_stem;
use crate::template::{self, Engine};

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::settings;
use crate::cli::shell::Shell;
use crate::topology::Topology;

/// The arguments of `binder`.
#[derive(Debug, clap::Args)]
pub struct BinderArgs {
    /// The page to write, to be printed from a browser; further volumes get FILE-2.html and so on
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
}

/// Runs the command.
pub fn run(bind: &BinderArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(bind.output.as_ref(), shared)?;
    let manifest = manifest(&published.output)?;
    let (folder, stem) = target(&bind.file, &published.output, &manifest)?;
    let state = State::of(&published.output).issued_with(&manifest);
    if let Some(path) = state.altered() {
        return Err(lost(&KeptError::Lost(path)));
    }
    let issues = issues(&manifest, &state)?;
    let KeptEstate {
        estate,
        templates,
        sheets,
        others: _,
        secrets: _,
    } = state.estate().map_err(|error| lost(&error))?;
    let templates = template::overlay(template::builtin(), templates);
    let inventory = KeptEstate::inventory(sheets, &templates).unwrap_or_default();
    let (engine, _) = Engine::load(&templates);
    let entries = issues.iter().map(|issue| {
        let stem = packet_stem(&issue.packet.subject);
        IndexEntry::new(issue, stem)
    });
    let whole = Binder::of(&stem, entries.collect());
    let selection = match &bind.site {
        Some(site) => Selection::Site(site.clone()),
        None => Selection::of_names(&bind.only),
    };
    let topology = Topology::of(&inventory);
    let losses = selection.losses(&topology)?;
    let tabs = chosen(bind, &whole, &inventory)?;
    let binder = whole.only(|tab| tabs.contains(&tab.number));
    let binding = Binding {
        engine: &engine,
        estate: &estate,
        topology: &topology,
        title: if selection == Selection::All {
            TITLE.to_owned()
        } else {
            format!("{TITLE}: {}", losses.title)
        },
        losses,
        control: issues
            .first()
            .map(|issue| issue.packet.control.clone())
            .unwrap_or_default(),
    };
    let issue = |subject: &Subject| {
        let found = issues.iter().find(|it| it.packet.subject == *subject);
        found
            .cloned()
            .ok_or_else(|| Error::system(format!("no packet of {}", subject.fqdn)))
    };
    for number in 1..=binder.volumes() {
        let name = binder.file(number);
        let page = binding.volume(&binder, number, &issue)?;
        publish::single(&folder, &name, &page)
            .map_err(|error| Failure::nothing(error.to_string()))?;
        let written = folder.join(name);
        let written = written.strip_prefix(".").unwrap_or(&written);
        shell.say(&format!("Wrote {}", written.display()));
    }
    shell.say(&format!(
        "{} of {} bound.",
        words::count(binder.tabs.len(), "packet", "packets"),
        binder.of
    ));
    Ok(Exit::Done)
}

fn manifest(output: &Path) -> Result<Manifest, Failure> {
    let manifest = Manifest::read(output).map_err(|error| Failure::nothing(error.to_string()))?;
    manifest
        .filter(|manifest| !manifest.packets.is_empty())
        .ok_or_else(|| {
            Failure::nothing(format!("no packets are issued in `{}`", output.display()))
                .help("`restore-packets build` issues them; `--output DIR` names another folder")
        })
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

/// Every packet that stands, as it was issued.
fn issues(manifest: &Manifest, state: &State) -> Result<Vec<Issue>, Failure> {
    let keys = state.keys();
    let packets = manifest.packets.iter().map(|entry| {
        let data = keys
            .get(&key_name(entry.kind, &entry.fqdn))
            .and_then(|key| key.data.as_ref())
            .ok_or_else(|| not_kept(entry))?;
        state.packet(data).map_err(|error| lost(&error))
    });
    packets.collect()
}

fn not_kept(entry: &PacketEntry) -> Failure {
    Failure::nothing(format!(
        "the packet of {} {} is not kept as data",
        entry.kind.as_str(),
        entry.fqdn
    ))
    .help(AGAIN)
}

fn lost(error: &KeptError) -> Failure {
    Failure::nothing(error.to_string()).help(AGAIN)
}

const AGAIN: &str = "run `restore-packets build` again: it keeps what is missing";

/// Whether a packet is bound. Named ones must be issued; those of a site are what stands there.
fn chosen(
    bind: &BinderArgs,
    whole: &Binder,
    inventory: &Inventory,
) -> Result<BTreeSet<usize>, Failure> {
    let named = choose(inventory, &bind.only)?;
    let site = bind.site.as_deref().map(|site| site.trim().to_lowercase());
    let is_there = |tab: &Tab| {
        let own = tab.site.as_deref().unwrap_or_default();
        site.as_ref()
            .is_none_or(|site| own.trim().to_lowercase() == *site)
    };
    let is_named = |tab: &Tab| {
        let entry = &tab.entry;
        let key = (entry.kind.into(), entry.fqdn.as_str());
        bind.only.is_empty() || named.iter().any(|it| it.key() == key)
    };
    let tabs = whole
        .tabs
        .iter()
        .filter(|tab| is_there(tab) && is_named(tab));
    let tabs: BTreeSet<usize> = tabs.map(|tab| tab.number).collect();
    if tabs.is_empty() {
        return Err(Failure::usage("none of these packets is issued")
            .help("`restore-packets build` issues them"));
    }
    Ok(tabs)
}
