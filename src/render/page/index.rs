//! The index: what failed, which packet, and how ready the estate is.

use serde::Serialize;

use super::cycle::CyclePage;
use super::heads::Heads;
use super::links::{self, Links, Reference};
use super::wording::Wording;
use crate::contract::{EntryData, EstateData, IndexData};
use crate::decisions::About;
use crate::finding::SubjectKind;
use crate::packets::{Estate, Status, ValidUntil};
use crate::plan::card::Card;
use crate::render::Format;
use crate::render::index::{self, IndexEntry, IndexScenario, weakest_first};

/// What `index.html` and `index.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct IndexContext {
    /// The packets and the cards that lead to them.
    pub index: IndexData,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// The current backup cycle.
    pub cycle: CyclePage,
    /// Sentences that every format has.
    pub wording: Wording,
    /// What only the page needs.
    pub page: IndexPage,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// The pages of the packets on the cards.
    pub links: Links,
    /// What can fail, in the order in which one asks: servers, pools, file stores, databases.
    pub losses: Vec<Loss>,
    /// Packets that are not ready, the weakest first.
    pub weakest: Vec<EntryData>,
    /// Packets that were to be trusted until a day before the one the worksheets are judged against.
    pub expired: Vec<EntryData>,
    /// Whether the cycle sheet is one of them.
    pub cycle_expired: bool,
    /// How many packets were not refreshed, because a worksheet could not be had.
    pub not_refreshed: usize,
    /// How many packets there are.
    pub total: usize,
    /// How many of them were ever exercised.
    pub exercised: usize,
}

/// One kind of loss.
#[derive(Clone, Debug, Serialize)]
pub struct Loss {
    pub anchor: &'static str,
    /// For example "A file store".
    pub title: &'static str,
    /// What may have failed, each with the situations that are about this.
    pub entries: Vec<EntryData>,
}

impl IndexContext {
    pub(in crate::render) fn new(
        entries: &[IndexEntry],
        cards: &[Card],
        estate: &Estate,
        format: Format,
    ) -> Self {
        let count = |is: fn(&IndexEntry) -> bool| entries.iter().filter(|it| is(it)).count();
        Self {
            index: index::data(entries, cards, estate),
            estate: EstateData::from(estate),
            cycle: CyclePage::strip(&estate.cycle),
            wording: Wording::new(),
            page: IndexPage {
                heads: Heads::of_estate(estate),
                links: card_links(cards, entries, format),
                losses: losses(entries),
                weakest: weakest(entries),
                expired: expired(entries, estate),
                cycle_expired: is_over(estate.cycle.valid_until.as_ref(), estate),
                not_refreshed: count(|it| it.not_refreshed_since.is_some()),
                total: entries.len(),
                exercised: count(|it| it.exercised.is_some()),
            },
        }
    }
}

/// The packets that cards lead to, as far as they have been issued.
fn card_links(cards: &[Card], entries: &[IndexEntry], format: Format) -> Links {
    Links::of(cards.iter().flat_map(Card::packets), |subject| {
        let issued = entries
            .iter()
            .any(|it| it.kind == subject.kind && it.fqdn == subject.fqdn);
        Reference::to(issued.then(|| links::file(subject, format)))
    })
}

/// Packets whose day is over, the longest first.
fn expired(entries: &[IndexEntry], estate: &Estate) -> Vec<EntryData> {
    let mut over: Vec<&IndexEntry> = entries
        .iter()
        .filter(|entry| is_over(entry.valid_until.as_ref(), estate))
        .collect();
    over.sort_by_key(|entry| entry.valid_until.as_ref().map(|until| until.date));
    over.into_iter().map(EntryData::from).collect()
}

fn is_over(until: Option<&ValidUntil>, estate: &Estate) -> bool {
    until.is_some_and(|until| until.date < estate.as_of)
}

fn losses(entries: &[IndexEntry]) -> Vec<Loss> {
    let of_kind = |kind| {
        let entries = entries.iter().filter(move |entry| entry.kind == kind);
        entries.map(EntryData::from).collect()
    };
    vec![
        Loss {
            anchor: "servers",
            title: "A server",
            entries: of_kind(SubjectKind::Server),
        },
        Loss {
            anchor: "pools",
            title: "A whole pool",
            entries: of_kind(SubjectKind::Pool),
        },
        loss("file-stores", "A file store", About::FileStore, entries),
        loss("databases", "A database", About::Database, entries),
    ]
}

/// The entries to which a decision row about this applies, with only those situations.
fn loss(anchor: &'static str, title: &'static str, what: About, entries: &[IndexEntry]) -> Loss {
    let about = |scenario: &IndexScenario| scenario.about == what;
    // A pool's packet leads to those of its servers; who has lost a database looks for its server.
    let entries = entries
        .iter()
        .filter(|entry| entry.kind == SubjectKind::Server)
        .filter(|entry| entry.scenarios.iter().any(about))
        .map(|entry| {
            let mut entry = entry.clone();
            entry.scenarios.retain(about);
            EntryData::from(&entry)
        })
        .collect();
    Loss {
        anchor,
        title,
        entries,
    }
}

fn weakest(entries: &[IndexEntry]) -> Vec<EntryData> {
    let entries = weakest_first(entries).into_iter();
    let unready = entries.filter(|entry| entry.status != Status::Ready);
    unready.map(EntryData::from).collect()
}
