//! The binder: the packets of the estate in print order, as one print job or, where there are many, in volumes.
//!
//! Entry point: [`Binder::of`] gives each packet its tab and each tab its volume; [`Binder::only`] makes a selection,
//! in which every packet keeps its tab. Then [`packet`], and [`front`] or [`volume`] around the packets.
//!
//! - `order`: by site and pool, and within a pool in the order in which it is restored
//! - `volumes`: how many packets one print job takes

mod order;
#[cfg(test)]
mod tests;
mod volumes;

use std::collections::BTreeMap;

use super::index::IndexEntry;
use super::page::{BinderFront, BinderVolume, PacketContext};
use crate::finding::{Finding, Subject, SubjectKind};
use crate::packets::{Estate, Fact, Issue, Person};
use crate::plan::Plan;
use crate::plan::card::Card;
use crate::template::Engine;

pub use volumes::PER_VOLUME;

/// A packet's place in the binder.
#[derive(Clone, Debug)]
pub struct Tab {
    /// From 1, the same in every selection.
    pub number: usize,
    /// The volume it is printed in, from 1.
    pub volume: usize,
    /// The site it stands in.
    pub site: Option<String>,
    /// The pool it belongs to.
    pub pool: Option<String>,
    /// The packet.
    pub entry: IndexEntry,
}

/// The packets of a binder in print order.
#[derive(Clone, Debug)]
pub struct Binder {
    /// The file name of the first volume without extension: "binder".
    stem: String,
    /// How many packets the estate has.
    pub of: usize,
    /// The packets.
    pub tabs: Vec<Tab>,
    places: BTreeMap<Subject, usize>,
}

impl Binder {
    /// The binder of all packets; its first volume is the file `stem.html`.
    pub fn of(stem: &str, mut entries: Vec<IndexEntry>) -> Self {
        // Paper says nothing of exercises, so that none makes a binder out of date.
        for entry in &mut entries {
            entry.exercised = None;
        }
        Self::with(stem.to_owned(), entries.len(), order::tabs(entries))
    }

    /// The binder of some packets. They keep their tabs, so that tab 12 is the same packet in every binder, and a
    /// page of one can be exchanged for a page of another.
    #[must_use]
    pub fn only(self, is_wanted: impl Fn(&Tab) -> bool) -> Self {
        let tabs = self.tabs.into_iter().filter(is_wanted).collect();
        Self::with(self.stem, self.of, tabs)
    }

    fn with(stem: String, of: usize, mut tabs: Vec<Tab>) -> Self {
        volumes::assign(&mut tabs);
        let places = tabs.iter().enumerate();
        let places = places.map(|(at, tab)| (tab.entry.subject(), at)).collect();
        Self {
            stem,
            of,
            tabs,
            places,
        }
    }

    /// How many volumes there are.
    pub fn volumes(&self) -> usize {
        self.tabs.last().map_or(1, |tab| tab.volume)
    }

    /// Whether everything fits one print job.
    pub fn is_whole(&self) -> bool {
        self.volumes() == 1
    }

    /// The packets printed in a volume.
    pub fn tabs_of(&self, volume: usize) -> impl Iterator<Item = &Tab> {
        self.tabs.iter().filter(move |tab| tab.volume == volume)
    }

    /// The file of a volume: "binder.html", "binder-2.html".
    pub fn file(&self, volume: usize) -> String {
        match volume {
            1 => format!("{}.html", self.stem),
            _ => format!("{}-{volume}.html", self.stem),
        }
    }

    /// A packet's place.
    pub fn tab(&self, subject: &Subject) -> Option<&Tab> {
        self.places.get(subject).and_then(|at| self.tabs.get(*at))
    }

    /// How a page of the volume `here` refers to a packet: the link, and the words for paper.
    pub(super) fn refer(&self, subject: &Subject, here: usize) -> (Option<String>, String) {
        match self.tab(subject) {
            None => (None, "not in this binder".to_owned()),
            Some(tab) if tab.volume == here => (Some(tab.link()), tab.words()),
            Some(tab) => (
                Some(format!("{}{}", self.file(tab.volume), tab.link())),
                format!("{}, volume {}", tab.words(), tab.volume),
            ),
        }
    }

    /// The same for a server.
    pub(super) fn refer_to_server(&self, fqdn: &str, here: usize) -> (Option<String>, String) {
        let subject = Subject {
            kind: SubjectKind::Server,
            fqdn: fqdn.to_owned(),
        };
        self.refer(&subject, here)
    }
}

impl Tab {
    /// "#tab-7"
    pub(super) fn link(&self) -> String {
        format!("#tab-{}", self.number)
    }

    /// "tab 7"
    fn words(&self) -> String {
        format!("tab {}", self.number)
    }
}

/// What the front of a binder prints besides its packets.
pub struct Front<'a> {
    /// For example "Restore binder" or "Restore binder: site Seattle".
    pub title: String,
    /// Document control: owner, approval, distribution list.
    pub control: &'a [Fact],
    /// Whom to call.
    pub people: &'a [Person],
    /// The cards "What failed?".
    pub cards: &'a [Card],
    /// The restore order.
    pub plan: &'a Plan,
}

/// A packet as it stands behind its tab; markup.
///
/// # Errors
/// A `template-error` finding where the layout cannot be rendered.
pub fn packet(
    engine: &Engine,
    issue: &Issue,
    binder: &Binder,
    estate: &Estate,
) -> Result<String, Finding> {
    let context = PacketContext::in_binder(issue, binder, estate);
    engine.render("layout/binder-packet.html", &context)
}

/// The first volume. `packets` is the markup of its packets: all of them, or none where others volumes hold them.
///
/// # Errors
/// A `template-error` finding where the layout cannot be rendered.
pub fn front(
    engine: &Engine,
    binder: &Binder,
    front: &Front<'_>,
    packets: Vec<String>,
    estate: &Estate,
) -> Result<String, Finding> {
    let context = BinderFront::new(binder, front, packets, estate);
    engine.render("layout/binder.html", &context)
}

/// A further volume with the markup of its packets.
///
/// # Errors
/// A `template-error` finding where the layout cannot be rendered.
pub fn volume(
    engine: &Engine,
    binder: &Binder,
    number: usize,
    packets: Vec<String>,
    estate: &Estate,
) -> Result<String, Finding> {
    let context = BinderVolume::new(binder, number, packets, estate);
    engine.render("layout/binder-volume.html", &context)
}
