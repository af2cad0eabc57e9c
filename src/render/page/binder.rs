//! The binder: its cover, contents, restore order and page rules. The packets come as markup.

use serde::Serialize;

use super::cycle::CyclePage;
use super::facts::{PrintedFact, PrintedPerson, list};
use super::heads::Heads;
use super::links::{Links, Reference};
use super::plan;
use super::wording::Wording;
use crate::contract::{CardData, EntryData, EstateData, PlanData, ReadinessData, SourceFile};
use crate::finding::{Subject, SubjectKind};
use crate::packets::{Estate, Fact};
use crate::plan::card::Card;
use crate::render::binder::{Binder, Front, Tab};
use crate::render::css;
use crate::render::index::Readiness;

/// The first volume, `binder.html`: the whole binder, or the front of one in several volumes.
#[derive(Clone, Debug, Serialize)]
pub struct BinderFront {
    /// What every volume has.
    #[serde(flatten)]
    pub volume: BinderVolume,
    /// For example "Restore binder: site Seattle".
    pub title: String,
    /// The running heads and feet of the cycle sheet, which is pages of its own.
    pub cycle_page: Heads,
    /// Those of the pages behind the packets.
    pub end_page: Heads,
    /// Document control, without the distribution list.
    pub control: Vec<PrintedFact>,
    /// The distribution list.
    pub copies: Vec<Copy>,
    /// Whom to call, once for all packets.
    pub people: Vec<PrintedPerson>,
    /// How many packets of servers are bound.
    pub servers: usize,
    /// How many packets of pools are bound.
    pub pools: usize,
    /// How many packets the estate has; more than are bound in a binder of a selection.
    pub of: usize,
    /// How many packets are ready, have gaps, are blocked.
    pub readiness: ReadinessData,
    /// The backup cycle: on its sheet and nowhere else.
    pub cycle: CyclePage,
    /// The cards "What failed?".
    pub cards: Vec<CardData>,
    /// The restore order, if everything bound here is lost.
    pub plan: PlanData,
    /// The worksheets behind the binder.
    pub sources: Vec<SourceFile>,
}

/// A further volume, `binder-2.html`.
#[derive(Clone, Debug, Serialize)]
pub struct BinderVolume {
    /// What is true of the whole run.
    pub estate: EstateData,
    /// Sentences that every format has.
    pub wording: Wording,
    /// The running heads and feet, and where the packets are.
    pub page: BinderPage,
    /// Which volume it is.
    pub number: usize,
    /// How many volumes there are.
    pub volumes: usize,
    /// Its contents, by site and pool; in the first volume those of all.
    pub groups: Vec<TabGroup>,
    /// Its packets; their page rules stand in the head.
    pub tabs: Vec<TabPage>,
    /// The same as they are printed; markup.
    pub packets: Vec<String>,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct BinderPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// The packets on cards and in the restore order, by their tabs.
    pub links: Links,
    /// The restore order's packets by their tabs.
    pub order: Links,
}

/// A numbered copy of the binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// The copy's number.
    pub number: String,
    /// Where it is kept; `None` is a blank to fill in.
    pub place: Option<String>,
}

/// The packets of a pool at a site, or those without either.
#[derive(Clone, Debug, Serialize)]
pub struct TabGroup {
    /// The site; `None` for what stands in none.
    pub site: Option<String>,
    /// Whether this is the site's first group, over which its name is printed.
    pub new_site: bool,
    /// The pool; `None` for servers without one.
    pub pool: Option<String>,
    /// The packets.
    pub tabs: Vec<TabPage>,
}

/// A packet's line in the contents, and its page rule.
#[derive(Clone, Debug, Serialize)]
pub struct TabPage {
    /// The packet.
    #[serde(flatten)]
    pub entry: EntryData,
    /// The tab.
    pub number: usize,
    /// The volume it is bound in.
    pub volume: usize,
    /// The packet in this document or in another volume.
    pub link: String,
    /// How far below the top of the printed area the mark on the page's edge stands, in millimetres.
    pub mark: usize,
    /// The running heads and feet.
    pub page: Heads,
}

impl BinderFront {
    pub(in crate::render) fn new(
        binder: &Binder,
        front: &Front<'_>,
        packets: Vec<String>,
        estate: &Estate,
    ) -> Self {
        let of_kind = |kind| {
            binder
                .tabs
                .iter()
                .filter(|it| it.entry.kind == kind)
                .count()
        };
        let (copies, control): (Vec<&Fact>, _) =
            front.control.iter().partition(|fact| fact.name == COPIES);
        let control: Vec<Fact> = control.into_iter().cloned().collect();
        let cards: Vec<&Card> = front
            .cards
            .iter()
            .filter(|it| leads_into(it, binder))
            .collect();
        let counts = Readiness::of(binder.tabs.iter().map(|it| &it.entry));
        let page = BinderPage {
            heads: heads(&front.title, estate),
            links: Links::of(cards.iter().flat_map(|card| card.packets()), |subject| {
                refer(binder, subject)
            }),
            order: plan::links(front.plan, |subject| refer(binder, subject)),
        };
        let all: Vec<&Tab> = binder.tabs.iter().collect();
        Self {
            volume: BinderVolume {
                groups: groups(&all, binder, 1, estate),
                ..BinderVolume::with(page, binder, 1, packets, estate)
            },
            title: front.title.clone(),
            cycle_page: Heads {
                name: "cycle".to_owned(),
                counted: "none",
                ..heads("Cycle sheet", estate)
            },
            end_page: Heads {
                name: "end".to_owned(),
                counted: "none",
                ..heads(&front.title, estate)
            },
            control: list("Document control", &control),
            copies: copies_of(copies.first().and_then(|fact| fact.value.as_deref())),
            people: front.people.iter().map(PrintedPerson::from).collect(),
            servers: of_kind(SubjectKind::Server),
            pools: of_kind(SubjectKind::Pool),
            of: binder.of,
            readiness: ReadinessData::from(&counts),
            cycle: CyclePage::new(&estate.cycle),
            cards: cards.into_iter().map(CardData::from).collect(),
            plan: PlanData::new(front.plan, estate),
            sources: estate.sources.iter().map(SourceFile::from).collect(),
        }
    }
}

impl BinderVolume {
    pub(in crate::render) fn new(
        binder: &Binder,
        number: usize,
        packets: Vec<String>,
        estate: &Estate,
    ) -> Self {
        let title = format!("Restore binder, volume {number} of {}", binder.volumes());
        let page = BinderPage {
            heads: Heads {
                // A volume is as its packets are, whatever the day: only the front says as of when.
                edition: css::string("Editions and dates: see the packets"),
                ..heads(&title, estate)
            },
            links: Links::default(),
            order: Links::default(),
        };
        Self::with(page, binder, number, packets, estate)
    }

    fn with(
        page: BinderPage,
        binder: &Binder,
        number: usize,
        packets: Vec<String>,
        estate: &Estate,
    ) -> Self {
        let tabs: Vec<&Tab> = binder.tabs_of(number).collect();
        let pages = tabs
            .iter()
            .map(|tab| TabPage::new(tab, binder, number, estate));
        Self {
            estate: EstateData::from(estate),
            wording: Wording::new(),
            page,
            number,
            volumes: binder.volumes(),
            groups: groups(&tabs, binder, number, estate),
            tabs: pages.collect(),
            packets,
        }
    }
}

/// Whether a card leads to a packet of the binder.
fn leads_into(card: &Card, binder: &Binder) -> bool {
    card.packets().any(|packet| binder.tab(packet).is_some())
}

/// How the first volume refers to a packet.
fn refer(binder: &Binder, subject: &Subject) -> Reference {
    let (link, tab) = binder.refer(subject, 1);
    Reference {
        link,
        tab: Some(tab),
    }
}

/// The heads and feet of pages that are no packet's.
fn heads(title: &str, estate: &Estate) -> Heads {
    let organization = estate.organization.as_deref();
    let title = organization.map_or_else(|| title.to_owned(), |it| format!("{title}  ·  {it}"));
    Heads {
        title: css::string(&title),
        counted: "front",
        ..Heads::of_estate(estate)
    }
}

/// Runs of tabs of one site and pool.
fn groups(tabs: &[&Tab], binder: &Binder, here: usize, estate: &Estate) -> Vec<TabGroup> {
    let mut last = None;
    let groups = tabs.chunk_by(|a, b| a.site == b.site && a.pool == b.pool);
    groups
        .filter_map(|group| {
            let first = group.first()?;
            let new_site = last.replace(&first.site) != Some(&first.site);
            Some(TabGroup {
                site: first.site.clone(),
                new_site,
                pool: first.pool.clone(),
                tabs: group
                    .iter()
                    .map(|tab| TabPage::new(tab, binder, here, estate))
                    .collect(),
            })
        })
        .collect()
}

/// So many marks stand one below the other, then the next begins at the top again.
const MARKS: usize = 20;
/// The distance from mark to mark in millimetres: twenty fit the shorter of the two papers.
const MARK: usize = 11;

impl TabPage {
    fn new(tab: &Tab, binder: &Binder, here: usize, estate: &Estate) -> Self {
        let (link, _) = binder.refer(&tab.entry.subject(), here);
        Self {
            entry: EntryData::from(&tab.entry),
            number: tab.number,
            volume: tab.volume,
            link: link.unwrap_or_default(),
            mark: (tab.number.saturating_sub(1) % MARKS) * MARK,
            page: Heads::of_entry(&tab.entry, tab.number, estate),
        }
    }
}

/// The setting that is the distribution list.
const COPIES: &str = "Copies";
/// As many copies as there are lines for where nobody says where they are kept.
const UNNAMED: usize = 3;

/// "1: operations room; 2: safe" as numbered copies. A part without a number gets the next.
fn copies_of(list: Option<&str>) -> Vec<Copy> {
    let parts = list.unwrap_or_default().split([';', '\n']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        let blank = |number: usize| Copy {
            number: number.to_string(),
            place: None,
        };
        return (1..=UNNAMED).map(blank).collect();
    }
    let numbered = (1..).zip(parts).map(|(number, part)| copy(number, part));
    numbered.collect()
}

fn copy(number: usize, part: &str) -> Copy {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let own = part
        .split_once([':', '.', ')'])
        .map(|(number, place)| (number.trim(), place.trim()))
        .filter(|(number, _)| is_number(number));
    let (number, place) = match own {
        Some((own, place)) => (own.to_owned(), place),
        None => (number.to_string(), part),
    };
    Copy {
        number,
        place: (!place.is_empty()).then(|| place.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_list_is_read_with_and_without_numbers() {
        let read = |text| {
            let copies = copies_of(Some(text)).into_iter();
            copies
                .map(|it| format!("{}={}", it.number, it.place.unwrap_or_default()))
                .collect::<Vec<_>>()
        };
        let numbered = read("1: Seattle room; 2: safe;");
        assert_eq!(numbered, ["1=Seattle room", "2=safe"]);
        assert_eq!(read("safe\n7) room 12"), ["1=safe", "7=room 12"]);
        assert_eq!(read("room: left; 3"), ["1=room: left", "2=3"]);
        let blank = copies_of(None);
        assert_eq!(blank.len(), UNNAMED);
        assert!(blank.iter().all(|it| it.place.is_none()));
    }
}
