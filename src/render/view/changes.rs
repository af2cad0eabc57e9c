//! The change report: what a run changed, field by field, and what to print again.

use serde::Serialize;

use super::identity::{EstateView, PageView};
use super::linked_format;
use crate::finding::{Subject, SubjectKind};
use crate::packets::{ChangeKind, Changes, Difference, Estate, PacketChange, Reprint};
use crate::render::format::packet_stem;
use crate::render::pen::Pen;

/// How much of a value is shown: a report is skimmed, and the packet has all of it.
const SHOWN: usize = 400;

/// The page `changes.html` or `changes.md`.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesPage {
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The day of the run that changed it, ISO 8601.
    pub as_of: String,
    /// The day of the run it is compared with; `None` for the first.
    pub against: Option<String>,
    /// Packets issued for the first time.
    pub new: Vec<PacketChangeView>,
    /// Packets with a new edition.
    pub changed: Vec<PacketChangeView>,
    /// Packets whose row is gone.
    pub retired: Vec<PacketChangeView>,
    /// Packets whose row is back.
    pub reinstated: Vec<PacketChangeView>,
    /// How many packets are as they were.
    pub unchanged: usize,
    /// What the backup cycle changed, in a sentence; `None` where it changed nothing.
    pub routine: Option<String>,
    /// What to print again.
    pub reprint: Vec<ReprintView>,
}

impl ChangesPage {
    pub(in crate::render) fn new(changes: &Changes, estate: &Estate, pen: Pen) -> Self {
        let of = |kind| {
            let packets = changes.of(kind);
            packets.map(|it| packet_view(it, pen)).collect()
        };
        Self {
            estate: EstateView::new(estate, pen),
            page: PageView::of_estate(estate),
            as_of: changes.as_of.clone(),
            against: changes.against.clone(),
            new: of(ChangeKind::New),
            changed: of(ChangeKind::Changed),
            retired: of(ChangeKind::Retired),
            reinstated: of(ChangeKind::Reinstated),
            unchanged: changes.unchanged,
            routine: routine(changes, pen),
            reprint: changes.reprint.iter().map(|it| reprint(it, pen)).collect(),
        }
    }
}

/// One packet that is not as it was.
#[derive(Clone, Debug, Serialize)]
pub struct PacketChangeView {
    /// `server` or `pool`.
    pub kind: String,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The edition now, or the last one of a retired packet.
    pub edition: u32,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The packet's page.
    pub link: String,
    /// Whether it is known what changed.
    pub known: bool,
    /// What changed.
    pub differences: Vec<DifferenceView>,
}

/// One thing that is not as it was.
#[derive(Clone, Debug, Serialize)]
pub struct DifferenceView {
    /// What it is about.
    pub what: String,
    /// What the packet said; `None` where it said nothing of this. Of a long text only the lines that differ.
    pub before: Option<String>,
    /// What it says now; `None` where it no longer says anything of this.
    pub after: Option<String>,
    /// The cell it comes from.
    pub source: Option<String>,
}

/// A file to print again.
#[derive(Clone, Debug, Serialize)]
pub struct ReprintView {
    /// What it is.
    pub what: String,
    /// Its path.
    pub link: String,
    /// How many pages, where that is known.
    pub pages: Option<u32>,
}

fn packet_view(change: &PacketChange, pen: Pen) -> PacketChangeView {
    let kind = match change.kind.as_str() {
        "pool" => SubjectKind::Pool,
        _ => SubjectKind::Server,
    };
    let stem = packet_stem(&Subject {
        kind,
        fqdn: change.fqdn.clone(),
    });
    let folder = match change.change {
        ChangeKind::Retired => "retired/",
        _ => "",
    };
    let differences = change.differences.iter().flatten();
    PacketChangeView {
        kind: change.kind.clone(),
        fqdn: pen.text(&change.fqdn),
        edition: change.edition,
        fingerprint: change.fingerprint.clone(),
        link: format!("{folder}{stem}.{}", linked_format(pen).extension()),
        known: change.differences.is_some(),
        differences: differences.map(|it| difference(it, pen)).collect(),
    }
}

fn difference(difference: &Difference, pen: Pen) -> DifferenceView {
    let lines = |text: &Option<String>| -> Vec<String> {
        text.iter()
            .flat_map(|text| text.lines().map(str::to_owned))
            .collect()
    };
    let (old, new) = (lines(&difference.before), lines(&difference.after));
    let shown = |text: &Option<String>, own: &[String], other: &[String]| {
        text.as_ref().map(|_| {
            let differing = own.iter().filter(|line| !other.contains(line));
            let text = differing.cloned().collect::<Vec<_>>().join(" / ");
            pen.text(&short(&text))
        })
    };
    DifferenceView {
        what: pen.text(&difference.what),
        before: shown(&difference.before, &old, &new),
        after: shown(&difference.after, &new, &old),
        source: difference
            .cell
            .as_ref()
            .map(|cell| pen.text(&cell.to_string())),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn routine(changes: &Changes, pen: Pen) -> Option<String> {
    let routine = &changes.routine;
    let values = crate::finding::words::count(routine.values, "value", "values");
    let cycle = match (&routine.before, &routine.after) {
        (Some(before), Some(after)) if before != after => {
            format!(" The cycle was {before} and is {after}.")
        }
        _ => String::new(),
    };
    let text = format!("{values} of the backup cycle changed: share, sets, dates.{cycle}");
    (routine.values > 0).then(|| pen.text(&text))
}

fn reprint(reprint: &Reprint, pen: Pen) -> ReprintView {
    ReprintView {
        what: pen.text(&reprint.what),
        link: reprint.path.clone(),
        pages: reprint.pages,
    }
}
