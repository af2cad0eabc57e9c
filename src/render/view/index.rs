//! The index: what failed, which packet, and how ready the estate is.

use serde::Serialize;

use super::card::{self, CardView};
use super::cycle::CycleView;
use super::identity::{EstateView, PageView, StatusView, ValidView};
use super::situation::{ReasonView, reasons};
use super::{anchor, linked_format};
use crate::finding::SubjectKind;
use crate::packets::card::Card;
use crate::packets::{Estate, Status, ValidUntil};
use crate::render::index::{IndexEntry, IndexScenario, Readiness, weakest_first};
use crate::render::pen::Pen;

/// The page `index.html` or `index.md`.
#[derive(Clone, Debug, Serialize)]
pub struct IndexPage {
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The current backup cycle.
    pub cycle: CycleView,
    /// From symptoms to packets, a card for each site.
    pub cards: Vec<CardView>,
    /// What can fail, in the order in which one asks: servers, pools, file stores, databases.
    pub losses: Vec<LossView>,
    /// How many packets are ready, have gaps, are blocked.
    pub readiness: Vec<ReadinessView>,
    /// Packets that are not ready, the weakest first.
    pub weakest: Vec<EntryView>,
    /// Packets that were to be trusted until a day before the one the worksheets are judged against.
    pub expired: Vec<EntryView>,
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
pub struct LossView {
    /// The anchor.
    pub anchor: &'static str,
    /// For example "A file store".
    pub title: &'static str,
    /// What may have failed.
    pub entries: Vec<EntryView>,
}

/// One packet of the index.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// `server` or `pool`.
    pub kind: &'static str,
    /// Roles or pool types, as one phrase.
    pub role: String,
    /// The site, where the worksheet gives one.
    pub site: Option<String>,
    /// Ready, gaps or blocked.
    pub status: StatusView,
    /// Why it is not ready.
    pub reasons: Vec<ReasonView>,
    /// The edition.
    pub edition: u32,
    /// The fingerprint.
    pub fingerprint: String,
    /// The day the packet was last exercised, ISO 8601, if it ever was.
    pub exercised: Option<String>,
    /// The day the packet was refreshed last, ISO 8601, where a worksheet could not be had since.
    pub not_refreshed_since: Option<String>,
    /// Until when the packet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidView>,
    /// The packet, relative to the index.
    pub link: String,
    /// The situations that lead to a procedure of this packet.
    pub routes: Vec<RouteView>,
}

/// From a situation to its procedure.
#[derive(Clone, Debug, Serialize)]
pub struct RouteView {
    /// The situation; markup.
    pub situation: String,
    /// The procedure, relative to the index.
    pub link: String,
}

/// How many packets have a status.
#[derive(Clone, Debug, Serialize)]
pub struct ReadinessView {
    /// The status.
    pub status: StatusView,
    /// How many.
    pub count: usize,
}

/// Rows of the decision table that are about a database rather than a computer.
const DATABASES: &[&str] = &[
    "central-management-store",
    "back-end-server",
    "mirrored-back-end-primary",
    "mirrored-back-end-mirror",
    "monitoring-archiving-database",
    "persistent-chat-database",
];

/// Rows of the decision table that are about a file store.
const FILE_STORES: &[&str] = &["file-store"];

impl IndexPage {
    pub(in crate::render) fn new(
        entries: &[IndexEntry],
        cards: &[Card],
        estate: &Estate,
        pen: Pen,
    ) -> Self {
        Self {
            estate: EstateView::new(estate, pen),
            page: PageView::of_estate(estate),
            cycle: CycleView::strip(&estate.cycle, pen),
            cards: card::cards(cards, entries, pen),
            losses: losses(entries, pen),
            readiness: readiness(entries),
            weakest: weakest(entries, pen),
            expired: expired(entries, estate, pen),
            cycle_expired: is_over(estate.cycle.valid_until.as_ref(), estate),
            not_refreshed: entries
                .iter()
                .filter(|it| it.not_refreshed_since.is_some())
                .count(),
            total: entries.len(),
            exercised: entries.iter().filter(|it| it.exercised.is_some()).count(),
        }
    }
}

/// Packets whose day is over, the longest first.
fn expired(entries: &[IndexEntry], estate: &Estate, pen: Pen) -> Vec<EntryView> {
    let mut over: Vec<&IndexEntry> = entries
        .iter()
        .filter(|entry| is_over(entry.valid_until.as_ref(), estate))
        .collect();
    over.sort_by_key(|entry| entry.valid_until.as_ref().map(|until| until.date));
    let over = over.into_iter();
    over.map(|entry| EntryView::new(entry, |_| true, pen))
        .collect()
}

fn is_over(until: Option<&ValidUntil>, estate: &Estate) -> bool {
    until.is_some_and(|until| until.date < estate.as_of)
}

fn losses(entries: &[IndexEntry], pen: Pen) -> Vec<LossView> {
    let of_kind = |kind| move |entry: &&IndexEntry| entry.kind == kind;
    let all = |_: &IndexScenario| true;
    let servers = entries.iter().filter(of_kind(SubjectKind::Server));
    let pools = entries.iter().filter(of_kind(SubjectKind::Pool));
    vec![
        LossView {
            anchor: "servers",
            title: "A server",
            entries: servers
                .map(|entry| EntryView::new(entry, all, pen))
                .collect(),
        },
        LossView {
            anchor: "pools",
            title: "A whole pool",
            entries: pools.map(|entry| EntryView::new(entry, all, pen)).collect(),
        },
        loss("file-stores", "A file store", FILE_STORES, entries, pen),
        loss("databases", "A database", DATABASES, entries, pen),
    ]
}

/// The entries to which one of these decision rows applies, with only those situations.
fn loss(
    anchor: &'static str,
    title: &'static str,
    ids: &[&str],
    entries: &[IndexEntry],
    pen: Pen,
) -> LossView {
    let about = |scenario: &IndexScenario| ids.contains(&scenario.id.as_str());
    // A pool's packet leads to those of its servers; who has lost a database looks for its server.
    let entries = entries
        .iter()
        .filter(|entry| entry.kind == SubjectKind::Server)
        .filter(|entry| entry.scenarios.iter().any(about))
        .map(|entry| EntryView::new(entry, about, pen))
        .collect();
    LossView {
        anchor,
        title,
        entries,
    }
}

pub(super) fn readiness(entries: &[IndexEntry]) -> Vec<ReadinessView> {
    let counts = Readiness::of(entries);
    let view = |(status, count)| ReadinessView {
        status: StatusView::new(status),
        count,
    };
    [
        (Status::Ready, counts.ready),
        (Status::Gaps, counts.gaps),
        (Status::Blocked, counts.blocked),
    ]
    .map(view)
    .into()
}

fn weakest(entries: &[IndexEntry], pen: Pen) -> Vec<EntryView> {
    let entries = weakest_first(entries).into_iter();
    entries
        .filter(|entry| entry.status != Status::Ready)
        .map(|entry| EntryView::new(entry, |_| true, pen))
        .collect()
}

impl EntryView {
    fn new(entry: &IndexEntry, about: impl Fn(&IndexScenario) -> bool, pen: Pen) -> Self {
        let link = format!("{}.{}", entry.stem, linked_format(pen).extension());
        let routes = entry.scenarios.iter().filter(|scenario| about(scenario));
        Self {
            name: pen.text(&entry.name),
            kind: entry.kind.as_str(),
            role: pen.text(&entry.role),
            site: entry.site.as_deref().map(|site| pen.text(site)),
            status: StatusView::new(entry.status),
            reasons: reasons(&entry.reasons, pen),
            edition: entry.edition,
            fingerprint: entry.fingerprint.clone(),
            exercised: entry.exercised.map(|day| day.to_string()),
            not_refreshed_since: entry.not_refreshed_since.clone(),
            valid_until: entry.valid_until.as_ref().map(|it| ValidView::new(it, pen)),
            routes: routes.map(|scenario| route(scenario, &link, pen)).collect(),
            link,
        }
    }
}

fn route(scenario: &IndexScenario, packet: &str, pen: Pen) -> RouteView {
    // Markdown viewers disagree about the ids of headings, so a Markdown link ends at the packet.
    let link = match pen {
        Pen::Html => format!("{packet}#{}", anchor(&scenario.id)),
        Pen::Markdown => packet.to_owned(),
    };
    RouteView {
        situation: pen.message(&scenario.situation),
        link,
    }
}
