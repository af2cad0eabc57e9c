//! Binds packets that were issued, from the output folder alone.
//!
//! Entry points: [`issued`], what stands there, then [`bind`], which makes the volumes of a selection one by one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::finding::Subject;
use crate::inventory::Inventory;
use crate::packets::Issue;
use crate::publish::{KeptError, KeptEstate, Manifest, PacketEntry, State, key_name};
use crate::render::IndexEntry;
use crate::render::binder::{Binder, Tab};
use crate::render::format::packet_stem;
use crate::template::{self, Engine};
use crate::topology::Topology;

use super::bind::{Binding, TITLE};
use super::choose::{Chosen, Selection, choose};
use super::{Error, Result};

/// What a folder holds, if packets are issued there.
///
/// # Errors
/// A manifest that cannot be used, or names no packets.
pub fn issued(output: &Path) -> Result<Manifest> {
    let manifest = Manifest::read(output)?;
    manifest
        .filter(|manifest| !manifest.packets.is_empty())
        .ok_or_else(|| {
            Error::system(format!("no packets are issued in `{}`", output.display()))
                .help("`restore-packets build` issues them; `--output DIR` names another folder")
        })
}

/// Makes the volumes of a binder, each handed on under its name; how many packets are bound, and of how many.
///
/// # Errors
/// Packets that are unknown, not issued, lost or altered; a layout that cannot be used; what `write` says.
pub fn bind(
    (output, manifest): (&Path, &Manifest),
    stem: &str,
    selection: &Selection,
    mut write: impl FnMut(&str, &[u8]) -> Result<()>,
) -> Result<(usize, usize)> {
    let state = State::of(output).issued_with(manifest);
    if let Some(path) = state.altered() {
        return Err(lost(&KeptError::Lost(path)));
    }
    let issues = issues(manifest, &state)?;
    let kept = state.estate().map_err(|error| lost(&error))?;
    let inventory =
        KeptEstate::inventory(kept.sheets, &kept.templates, &kept.testimony).unwrap_or_default();
    let templates = template::overlay(template::builtin(), kept.templates);
    let (engine, _) = Engine::load(&templates);
    let entries = issues.iter().map(|issue| {
        let stem = packet_stem(&issue.packet.subject);
        IndexEntry::new(issue, stem)
    });
    let whole = Binder::of(stem, entries.collect());
    let topology = Topology::of(&inventory);
    let losses = selection.losses(&topology)?;
    let tabs = chosen(selection, &whole, &inventory)?;
    let binder = whole.only(|tab| tabs.contains(&tab.number));
    let control = issues.first().map(|issue| issue.packet.control.clone());
    let people = issues.first().map(|issue| issue.packet.people.clone());
    let binding = Binding {
        engine: &engine,
        estate: &kept.estate,
        topology: &topology,
        title: match selection {
            Selection::All => TITLE.to_owned(),
            _ => format!("{TITLE}: {}", losses.title),
        },
        losses,
        control: control.unwrap_or_default(),
        people: people.unwrap_or_default(),
    };
    let issue = |subject: &Subject| {
        let found = issues.iter().find(|it| it.packet.subject == *subject);
        let missing = || Error::system(format!("no packet of {}", subject.fqdn));
        found.cloned().ok_or_else(missing)
    };
    for number in 1..=binder.volumes() {
        let page = binding.volume(&binder, number, &issue)?;
        write(&binder.file(number), &page)?;
    }
    Ok((binder.tabs.len(), binder.of))
}

/// Every packet that stands, as it was issued.
fn issues(manifest: &Manifest, state: &State) -> Result<Vec<Issue>> {
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

fn not_kept(entry: &PacketEntry) -> Error {
    Error::system(format!(
        "the packet of {} {} is not kept as data",
        entry.kind.as_str(),
        entry.fqdn
    ))
    .help(AGAIN)
}

fn lost(error: &KeptError) -> Error {
    Error::system(error.to_string()).help(AGAIN)
}

const AGAIN: &str = "run `restore-packets build` again: it keeps what is missing";

/// Which packets are bound. Named ones must be issued; those of a site are what stands there.
fn chosen(selection: &Selection, whole: &Binder, inventory: &Inventory) -> Result<BTreeSet<usize>> {
    let named = match selection {
        Selection::Named(names) | Selection::LostTogether(names) => choose(inventory, names)?,
        Selection::All | Selection::Site(_) => Vec::new(),
    };
    let is_chosen = |tab: &Tab| match selection {
        Selection::All => true,
        Selection::Named(_) | Selection::LostTogether(_) => {
            let key = (tab.entry.kind.into(), tab.entry.fqdn.as_str());
            named.iter().map(Chosen::key).any(|it| it == key)
        }
        Selection::Site(site) => {
            let own = tab.site.as_deref().unwrap_or_default();
            own.trim().to_lowercase() == site.trim().to_lowercase()
        }
    };
    let tabs = whole.tabs.iter().filter(|tab| is_chosen(tab));
    let tabs: BTreeSet<usize> = tabs.map(|tab| tab.number).collect();
    if tabs.is_empty() {
        return Err(Error::request("none of these packets is issued")
            .help("`restore-packets build` issues them"));
    }
    Ok(tabs)
}
