//! Binds packets: the pages of a binder's volumes, for `build`, which keeps the volumes that nothing changed, and
//! for `binder`.

use std::fmt::Debug;

use rayon::prelude::*;

use crate::finding::{Finding, Subject};
use crate::packets::{Estate, Fact, Issue, Person, facts};
use crate::plan::card;
use crate::plan::{self, Losses, Packets};
use crate::publish::{RenderKey, key_name};
use crate::render::binder::{self, Binder, Front, Tab};
use crate::render::{self, Format, IndexEntry};
use crate::template::Engine;
use crate::topology::Topology;

use super::assemble::threads;
use super::rendered::Rendered;
use super::reuse::{Reuse, digest_of};
use super::run::Run;
use super::{Result, Watcher, Weight};

/// The file name of the estate's own binder, without number and extension.
pub const STEM: &str = "binder";
/// The title of the estate's own binder.
pub const TITLE: &str = "Restore binder";

/// What the pages of a binder are made from, besides the packets' places.
pub struct Binding<'a> {
    /// The layouts.
    pub engine: &'a Engine,
    /// What is true of the whole run.
    pub estate: &'a Estate,
    /// The servers and pools, for cards and restore order.
    pub topology: &'a Topology<'a>,
    /// For example "Restore binder: site Seattle".
    pub title: String,
    /// What is taken for lost in the restore order.
    pub losses: Losses,
    /// Document control.
    pub control: Vec<Fact>,
    /// Whom to call.
    pub people: Vec<Person>,
}

impl<'a> Binding<'a> {
    /// For the binder of the whole estate.
    pub fn of_estate(run: &'a Run<'a>) -> Self {
        let (reading, topology) = (run.reading, &run.topology);
        Self {
            engine: &reading.engine,
            estate: &reading.estate,
            topology,
            title: TITLE.to_owned(),
            losses: Losses::all(topology),
            control: facts::control(&reading.inventory),
            people: facts::people(&reading.inventory),
        }
    }

    /// A volume's page. The packets are asked for one by one, so that no more are held than work needs.
    ///
    /// # Errors
    /// A layout that cannot be used, or a packet that cannot be had.
    pub fn volume(
        &self,
        binder: &Binder,
        number: usize,
        issue: &(dyn Fn(&Subject) -> Result<Issue> + Sync),
    ) -> Result<Vec<u8>> {
        let tabs: Vec<_> = binder.tabs_of(number).collect();
        let packets = tabs.par_iter().map(|tab| {
            let issue = issue(&tab.entry.subject())?;
            let page = binder::packet(self.engine, &issue, binder, self.estate);
            Ok(page.map_err(render::Error::from)?)
        });
        let packets = packets.collect::<Result<Vec<_>>>()?;
        let page = if number == 1 {
            self.front(binder, packets)
        } else {
            binder::volume(self.engine, binder, number, packets, self.estate)
        };
        Ok(page.map_err(render::Error::from)?.into_bytes())
    }

    fn front(&self, binder: &Binder, packets: Vec<String>) -> Result<String, Finding> {
        // The short order names no procedures and no steps, so it needs no packets.
        let (plan, _) = plan::plan(
            self.topology,
            &self.losses,
            &Packets::new(),
            &plan::Answers::default(),
        );
        let front = Front {
            title: self.title.clone(),
            control: &self.control,
            people: &self.people,
            cards: &card::cards(self.topology),
            plan: &plan,
        };
        binder::front(self.engine, binder, &front, packets, self.estate)
    }
}

/// Adds the binder of every packet that stands to a run: the volumes that changed rendered, the others kept.
///
/// # Errors
/// A layout that cannot be used, or a packet that cannot be had.
pub fn add(rendered: &mut Rendered, run: &Run<'_>, watcher: &dyn Watcher) -> Result<()> {
    let (reading, reuse) = (run.reading, &run.reuse);
    if !run.options.formats.contains(&Format::Html) {
        return Ok(());
    }
    if rendered.off_file {
        leave(rendered, reuse, watcher);
        return Ok(());
    }
    let binding = Binding::of_estate(run);
    let binder = Binder::of(STEM, rendered.index.clone());
    let threads = threads(run.options)?;
    for number in 1..=binder.volumes() {
        let path = binder.file(number);
        let key = key(rendered, &binder, number, &reading.estate, reuse);
        match reuse.page(&path, &key) {
            Ok(entry) => rendered.common.push(entry),
            Err(why) => {
                watcher.note(Weight::Detail, &format!("rendered {path}: {why}"));
                let issue = |subject: &Subject| rendered.issue(subject, run);
                let bytes = threads.install(|| binding.volume(&binder, number, &issue))?;
                rendered.add_html(path.clone(), bytes, run)?;
            }
        }
        rendered.keys.insert(path, key);
    }
    Ok(())
}

/// Leaves the binder as it was, where a packet it would have to hold is not on file as it was issued.
fn leave(rendered: &mut Rendered, reuse: &Reuse<'_>, watcher: &dyn Watcher) {
    for file in reuse.pages(STEM) {
        rendered.common.push(file.clone());
        if let Some(key) = reuse.keys().get(&file.path) {
            rendered.keys.insert(file.path.clone(), key.clone());
        }
    }
    watcher.note(Weight::News, "The binder was left as it was, for not all packets are on file; run `build` without `--only`.");
}

/// The key of a volume. The front lists every packet, the others their own; what a packet prints is in its own key. Cards, restore order, document control and
/// the cycle sheet are read from the worksheets alone, whose digests the front prints and so has among its inputs.
fn key(
    rendered: &Rendered,
    binder: &Binder,
    number: usize,
    estate: &Estate,
    reuse: &Reuse<'_>,
) -> RenderKey {
    let own: Vec<&Tab> = match number {
        1 => binder.tabs.iter().collect(),
        _ => binder.tabs_of(number).collect(),
    };
    // Whatever its edition, a packet may lead to one in another volume.
    let places = binder.tabs.iter().map(|tab| {
        let IndexEntry { kind, fqdn, .. } = &tab.entry;
        (tab.number, tab.volume, kind, fqdn)
    });
    let places: Vec<_> = places.collect();
    let keys: Vec<&RenderKey> = binder
        .tabs_of(number)
        .filter_map(|tab| {
            let name = key_name(tab.entry.kind.into(), &tab.entry.fqdn);
            let known = rendered.keys.get(&name);
            known.or_else(|| reuse.keys().get(&name))
        })
        .collect();
    let each =
        |part: fn(&RenderKey) -> &String| keys.iter().map(|key| part(key)).collect::<Vec<_>>();
    RenderKey {
        edition: digest_of(&(own, places, each(|key| &key.edition))),
        facts: digest_of(&each(|key| &key.facts)),
        steps: digest_of(&each(|key| &key.steps)),
        estate: printed_of(estate, number),
        ..reuse.common().clone()
    }
}

/// What a volume prints of the estate: the front everything, the others neither cycle nor day nor sources.
fn printed_of(estate: &Estate, number: usize) -> String {
    let whole: &dyn Debug = estate;
    if number == 1 {
        return digest_of(&whole);
    }
    let Estate {
        organization,
        product,
        classification,
        change,
        paper,
        cycle: _,
        as_of: _,
        on_the_day: _,
        sources: _,
    } = estate;
    digest_of(&(organization, product, classification, change, paper))
}
