//! The binder: its cover, contents, restore order and page rules. The packets come as markup.

use serde::Serialize;

use super::card::{self, CardView};
use super::cycle::CycleView;
use super::facts::{FactView, list};
use super::identity::{EstateView, PageView, StatusView, ValidView};
use super::index::{ReadinessView, readiness};
use super::situation::{SourceView, sources};
use crate::finding::SubjectKind;
use crate::packets::plan::{Failover, Plan, Task, hours};
use crate::packets::{Estate, Fact};
use crate::render::binder::{Binder, Front, Tab};
use crate::render::css;
use crate::render::index::IndexEntry;
use crate::render::pen::Pen;

const PEN: Pen = Pen::Html;

/// The first volume, `binder.html`: the whole binder, or the front of one in several volumes.
#[derive(Clone, Debug, Serialize)]
pub struct BinderFront {
    /// For example "Restore binder: site Seattle".
    pub title: String,
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The same for the cycle sheet, which is pages of its own.
    pub cycle_page: PageView,
    /// Document control, without the distribution list.
    pub control: Vec<FactView>,
    /// The distribution list.
    pub copies: Vec<CopyView>,
    /// How many packets of servers are bound.
    pub servers: usize,
    /// How many packets of pools are bound.
    pub pools: usize,
    /// How many packets the estate has; more than are bound in a binder of a selection.
    pub of: usize,
    /// How many packets are ready, have gaps, are blocked.
    pub readiness: Vec<ReadinessView>,
    /// The backup cycle: on its sheet and nowhere else.
    pub cycle: CycleView,
    /// The contents, by site and pool.
    pub groups: Vec<GroupView>,
    /// How many volumes there are.
    pub volumes: usize,
    /// The cards "What failed?".
    pub cards: Vec<CardView>,
    /// The restore order, if everything bound here is lost.
    pub order: OrderView,
    /// The packets of this volume; their page rules stand in the head.
    pub tabs: Vec<TabView>,
    /// The same as they are printed; markup.
    pub packets: Vec<String>,
    /// The worksheets behind the binder.
    pub sources: Vec<SourceView>,
}

/// A further volume, `binder-2.html`.
#[derive(Clone, Debug, Serialize)]
pub struct BinderVolume {
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// Which volume it is.
    pub volume: usize,
    /// How many volumes there are.
    pub volumes: usize,
    /// Its contents, by site and pool.
    pub groups: Vec<GroupView>,
    /// Its packets; their page rules stand in the head.
    pub tabs: Vec<TabView>,
    /// The same as they are printed; markup.
    pub packets: Vec<String>,
}

/// A numbered copy of the binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CopyView {
    /// The copy's number.
    pub number: String,
    /// Where it is kept; `None` is a blank to fill in.
    pub place: Option<String>,
}

/// The packets of a pool at a site, or those without either.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The site; `None` for what stands in none.
    pub site: Option<String>,
    /// Whether this is the site's first group, over which its name is printed.
    pub new_site: bool,
    /// The pool; `None` for servers without one.
    pub pool: Option<String>,
    /// The packets.
    pub tabs: Vec<TabView>,
}

/// A packet's line in the contents, and its page rule.
#[derive(Clone, Debug, Serialize)]
pub struct TabView {
    /// The tab.
    pub number: usize,
    /// The volume it is bound in.
    pub volume: usize,
    /// The packet in this document or in another volume.
    pub link: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// `server` or `pool`.
    pub kind: &'static str,
    /// Roles or pool types, as one phrase.
    pub role: String,
    /// Ready, gaps or blocked.
    pub status: StatusView,
    /// The edition.
    pub edition: u32,
    /// The day the edition was first issued, ISO 8601.
    pub issued: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// Until when the packet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidView>,
    /// How far below the top of the printed area the mark on the page's edge stands, in millimetres.
    pub mark: usize,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
}

/// The restore order in short.
#[derive(Clone, Debug, Serialize)]
pub struct OrderView {
    /// Pools that fail over before anything is restored: sentences.
    pub failovers: Vec<String>,
    /// The waves.
    pub waves: Vec<OrderWaveView>,
    /// Lost servers that no procedure covers.
    pub others: Vec<TaskLineView>,
    /// The hours along the longest path.
    pub longest: String,
    /// The hours one after the other.
    pub sum: String,
    /// How many RTOs are missing, so that the hours are too few.
    pub blanks: usize,
}

/// A wave of the restore order.
#[derive(Clone, Debug, Serialize)]
pub struct OrderWaveView {
    /// From 1.
    pub number: usize,
    /// The servers.
    pub tasks: Vec<TaskLineView>,
}

/// A server in the restore order.
#[derive(Clone, Debug, Serialize)]
pub struct TaskLineView {
    /// What it is to the deployment.
    pub lane: String,
    /// The server.
    pub name: String,
    /// Its tab in words: "tab 7".
    pub tab: String,
    /// Its packet in this document or in another volume.
    pub link: Option<String>,
    /// Its RTO.
    pub rto: Option<String>,
    /// When it is back, from the start.
    pub end: String,
    /// Whether it lies on the longest path.
    pub critical: bool,
}

impl BinderFront {
    pub(in crate::render) fn new(
        binder: &Binder,
        front: &Front<'_>,
        packets: Vec<String>,
        estate: &Estate,
    ) -> Self {
        let entries: Vec<IndexEntry> = binder.tabs.iter().map(|it| it.entry.clone()).collect();
        let of_kind = |kind| entries.iter().filter(|entry| entry.kind == kind).count();
        let (copies, control): (Vec<&Fact>, _) =
            front.control.iter().partition(|fact| fact.name == COPIES);
        let control: Vec<Fact> = control.into_iter().cloned().collect();
        Self {
            title: front.title.clone(),
            estate: EstateView::new(estate, PEN),
            page: page(&front.title, estate),
            cycle_page: PageView {
                name: "cycle".to_owned(),
                ..page("Cycle sheet", estate)
            },
            control: list(&control, PEN),
            copies: copies_of(copies.first().and_then(|fact| fact.value.as_deref())),
            servers: of_kind(SubjectKind::Server),
            pools: of_kind(SubjectKind::Pool),
            of: binder.of,
            readiness: readiness(&entries),
            cycle: CycleView::new(&estate.cycle, PEN),
            groups: groups(&binder.tabs.iter().collect::<Vec<_>>(), binder, 1, estate),
            volumes: binder.volumes(),
            cards: card::in_binder(front.cards, binder),
            order: order(front.plan, binder),
            tabs: binder
                .tabs_of(1)
                .map(|tab| TabView::new(tab, binder, 1, estate))
                .collect(),
            packets,
            sources: sources(&estate.sources, PEN),
        }
    }
}

impl BinderVolume {
    pub(in crate::render) fn new(
        binder: &Binder,
        volume: usize,
        packets: Vec<String>,
        estate: &Estate,
    ) -> Self {
        let tabs: Vec<&Tab> = binder.tabs_of(volume).collect();
        let title = format!("Restore binder, volume {volume} of {}", binder.volumes());
        Self {
            estate: EstateView::new(estate, PEN),
            page: PageView {
                // A volume is as its packets are, whatever the day: only the front says as of when.
                edition: css::string("Editions and dates: see the packets"),
                ..page(&title, estate)
            },
            volume,
            volumes: binder.volumes(),
            groups: groups(&tabs, binder, volume, estate),
            tabs: tabs
                .iter()
                .map(|tab| TabView::new(tab, binder, volume, estate))
                .collect(),
            packets,
        }
    }
}

/// The heads and feet of pages that are no packet's.
fn page(title: &str, estate: &Estate) -> PageView {
    let organization = estate.organization.as_deref();
    let title = organization.map_or_else(|| title.to_owned(), |it| format!("{title}  ·  {it}"));
    PageView {
        title: css::string(&title),
        ..PageView::of_estate(estate)
    }
}

/// Runs of tabs of one site and pool.
fn groups(tabs: &[&Tab], binder: &Binder, here: usize, estate: &Estate) -> Vec<GroupView> {
    let mut last = None;
    let groups = tabs.chunk_by(|a, b| a.site == b.site && a.pool == b.pool);
    groups
        .filter_map(|group| {
            let first = group.first()?;
            let new_site = last.replace(&first.site) != Some(&first.site);
            Some(GroupView {
                site: first.site.clone(),
                new_site,
                pool: first.pool.clone(),
                tabs: group
                    .iter()
                    .map(|tab| TabView::new(tab, binder, here, estate))
                    .collect(),
            })
        })
        .collect()
}

/// So many marks stand one below the other, then the next begins at the top again.
const MARKS: usize = 20;
/// The distance from mark to mark in millimetres: twenty fit the shorter of the two papers.
const MARK: usize = 11;

impl TabView {
    fn new(tab: &Tab, binder: &Binder, here: usize, estate: &Estate) -> Self {
        let entry = &tab.entry;
        let (link, _) = binder.refer(&entry.subject(), here);
        Self {
            number: tab.number,
            volume: tab.volume,
            link: link.unwrap_or_default(),
            name: PEN.text(&entry.name),
            kind: entry.kind.as_str(),
            role: PEN.text(&entry.role),
            status: StatusView::new(entry.status),
            edition: entry.edition,
            issued: entry.issued.to_string(),
            fingerprint: entry.fingerprint.clone(),
            valid_until: entry.valid_until.as_ref().map(|it| ValidView::new(it, PEN)),
            mark: (tab.number.saturating_sub(1) % MARKS) * MARK,
            page: PageView::of_entry(entry, tab.number, estate),
        }
    }
}

/// The setting that is the distribution list.
const COPIES: &str = "Copies";
/// As many copies as there are lines for where nobody says where they are kept.
const UNNAMED: usize = 3;

/// "1: operations room; 2: safe" as numbered copies. A part without a number gets the next.
fn copies_of(list: Option<&str>) -> Vec<CopyView> {
    let parts = list.unwrap_or_default().split([';', '\n']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        let blank = |number: usize| CopyView {
            number: number.to_string(),
            place: None,
        };
        return (1..=UNNAMED).map(blank).collect();
    }
    let numbered = (1..).zip(parts).map(|(number, part)| copy(number, part));
    numbered.collect()
}

fn copy(number: usize, part: &str) -> CopyView {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let own = part
        .split_once([':', '.', ')'])
        .map(|(number, place)| (number.trim(), place.trim()))
        .filter(|(number, _)| is_number(number));
    let (number, place) = match own {
        Some((own, place)) => (own.to_owned(), place),
        None => (number.to_string(), part),
    };
    CopyView {
        number,
        place: (!place.is_empty()).then(|| PEN.text(place)),
    }
}

fn order(plan: &Plan, binder: &Binder) -> OrderView {
    OrderView {
        failovers: plan.failovers.iter().map(failover).collect(),
        waves: plan
            .waves
            .iter()
            .map(|wave| OrderWaveView {
                number: wave.number,
                tasks: wave.tasks.iter().map(|it| task(it, binder)).collect(),
            })
            .collect(),
        others: plan
            .others
            .iter()
            .map(|it| {
                let (link, tab) = binder.refer_to_server(&it.fqdn, 1);
                TaskLineView {
                    lane: PEN.text(&it.role),
                    name: PEN.text(&it.fqdn),
                    tab: tab_of(it.packet, tab),
                    link,
                    rto: None,
                    end: String::new(),
                    critical: false,
                }
            })
            .collect(),
        longest: hours(plan.time.longest),
        sum: hours(plan.time.sum),
        blanks: plan.time.blanks.len(),
    }
}

fn failover(it: &Failover) -> String {
    let (pool, partner) = (&it.pool, &it.partner);
    if it.impossible {
        return PEN.text(&format!(
            "{pool} cannot fail over where its backup pool {partner} is lost as well"
        ));
    }
    let cms = if it.cms {
        ", and the Central Management store with it"
    } else {
        ""
    };
    PEN.text(&format!("{pool} fails over to {partner}{cms}"))
}

fn task(task: &Task, binder: &Binder) -> TaskLineView {
    let (link, tab) = binder.refer_to_server(&task.fqdn, 1);
    TaskLineView {
        lane: task.stage.as_str().to_owned(),
        name: PEN.text(&task.name),
        tab: tab_of(task.packet, tab),
        link,
        rto: task.rto.map(hours),
        end: hours(task.end),
        critical: task.critical,
    }
}

fn tab_of(has_packet: bool, tab: String) -> String {
    if has_packet {
        tab
    } else {
        "no packet".to_owned()
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
