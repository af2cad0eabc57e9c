//! Every gap has a finding: what a packet lacks and no rule has said becomes one, at the cell that would fill it.
//!
//! Entry points: [`Said`], made once for a run, and [`unsaid`], asked for each packet when its parts are known. What is
//! said depends on the cell alone, so that a cell which several packets wait for has one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place, Severity, words};

use super::fact::FactGroup;
use super::model::{Packet, Procedure, own_parts, procedures};

/// Codes that say, at the cell that asks for them, which rows are missing or cannot be told apart.
const ROWS: [Code; 7] = [
    Code::NoBackup,
    Code::AmbiguousBackup,
    Code::MissingCertificate,
    Code::PoolWithoutMembers,
    Code::ServerWithoutPool,
    Code::UnknownPool,
    Code::TwoCms,
];

/// Where something has been said already. Notes do not count: nothing is missing where one stands.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    /// Cells and whole rows.
    places: BTreeSet<&'a Place>,
    /// Cells at which missing rows were said.
    rows: BTreeSet<&'a Place>,
    /// What was said of columns that a sheet lacks, by sheet.
    columns: BTreeMap<Place, Vec<&'a str>>,
}

impl<'a> Said<'a> {
    pub(super) fn of(findings: &'a [Finding]) -> Self {
        let mut said = Self::default();
        // Nor does what hangs on the day, or it would change packets.
        let lasting = findings.iter().filter(|it| it.as_of.is_none());
        for finding in lasting.filter(|it| it.severity != Severity::Info) {
            let Some(place) = &finding.place else {
                continue;
            };
            said.places.insert(place);
            if ROWS.contains(&finding.code) {
                said.rows.insert(place);
            }
            if finding.code == Code::MissingColumn {
                let of_sheet = said.columns.entry(place.whole_sheet()).or_default();
                of_sheet.push(&finding.message);
            }
        }
        said
    }

    fn holds(&self, lack: &Lack<'_>) -> bool {
        let Some(place) = &lack.place else {
            return false;
        };
        match lack.kind {
            Kind::Row => self.rows.contains(place),
            Kind::Cell(heading) if is_without_column(place) => {
                let messages = self.columns.get(&place.whole_sheet());
                let heading = format!("`{heading}`");
                let mut messages = messages.into_iter().flatten();
                messages.any(|message| message.contains(&heading))
            }
            Kind::Cell(_) => {
                self.places.contains(place) || self.places.contains(&place.whole_row())
            }
        }
    }
}

/// Codes that say that a name leads nowhere, or that none leads here.
const LOOSE: [Code; 3] = [
    Code::UnknownServer,
    Code::UnknownPool,
    Code::BackEndWithoutPool,
];

/// What is missing.
struct Lack<'a> {
    kind: Kind<'a>,
    place: Option<Place>,
    whats: Vec<String>,
    cures: Vec<&'a str>,
}

/// What would supply it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    /// A cell under this heading, or beside this setting.
    Cell(&'a str),
    /// A row that the place asks for, or something that has no cell of its own.
    Row,
}

/// Findings for what a packet lacks and nothing has said. `own`: the cell that names the packet's subject, which asks for
/// what has no cell of its own.
pub(super) fn unsaid(packet: &Packet, own: &Place, said: &Said<'_>) -> Vec<Finding> {
    let facts = packet.facts.iter().flat_map(lacking_facts);
    let mut lacks: Vec<Lack<'_>> = facts.chain(lacking_values(packet)).collect();
    for lack in lacks.iter_mut().filter(|it| it.kind == Kind::Row) {
        lack.place.get_or_insert_with(|| own.clone());
    }
    lacks.retain(|lack| !said.holds(lack));
    // What the name would have brought, its own finding says.
    if packet
        .findings
        .iter()
        .any(|it| it.severity == Severity::Error && LOOSE.contains(&it.code))
    {
        lacks.retain(|lack| lack.kind != Kind::Row);
    }
    let mut findings: Vec<Finding> = together(lacks)
        .iter()
        .map(|lack| lack.finding().about(packet.subject.clone()))
        .collect();
    crate::finding::settle(&mut findings);
    findings
}

/// Those that one cell asks for as one.
fn together(lacks: Vec<Lack<'_>>) -> Vec<Lack<'_>> {
    let mut joined: Vec<Lack<'_>> = Vec::new();
    for lack in lacks {
        let same = |it: &&mut Lack<'_>| it.kind == Kind::Row && it.place == lack.place;
        let known = joined.iter_mut().find(same);
        match known.filter(|_| lack.kind == Kind::Row) {
            Some(known) => known.join(lack),
            None => joined.push(lack),
        }
    }
    joined
}

/// Required facts that are blank; those that no row gives together.
fn lacking_facts(group: &FactGroup) -> Vec<Lack<'_>> {
    let blank = |fact: &&super::Fact| fact.required && fact.value.is_none();
    let (placed, absent): (Vec<_>, Vec<_>) = group
        .facts
        .iter()
        .filter(blank)
        .partition(|fact| fact.place.is_some());
    let mut lacks: Vec<Lack<'_>> = placed
        .into_iter()
        .map(|fact| Lack {
            kind: Kind::Cell(&fact.name),
            place: fact.place.clone(),
            whats: vec![fact.name.clone()],
            cures: Vec::new(),
        })
        .collect();
    if let Some(first) = absent.first() {
        let names = words::quoted(absent.iter().map(|fact| &fact.name));
        lacks.push(Lack {
            kind: Kind::Row,
            place: first.asked_by.clone(),
            whats: vec![format!("{names} ({})", group.title)],
            cures: vec!["add the row"],
        });
    }
    lacks
}

/// What commands, and steps of the packet's own procedures, wait for.
fn lacking_values(packet: &Packet) -> impl Iterator<Item = Lack<'_>> {
    let withheld = procedures(packet)
        .flat_map(Procedure::steps)
        .flat_map(|step| &step.gaps);
    let own = own_parts(packet).flat_map(Procedure::steps);
    let blank = own.flat_map(|step| &step.blanks);
    withheld.chain(blank).map(|gap| Lack {
        kind: gap.column.as_deref().map_or(Kind::Row, Kind::Cell),
        place: gap.place.clone(),
        whats: vec![gap.what.clone()],
        cures: vec![&gap.cure],
    })
}

impl<'a> Lack<'a> {
    fn join(&mut self, other: Lack<'a>) {
        for what in other.whats {
            if !self.whats.contains(&what) {
                self.whats.push(what);
            }
        }
        for cure in other.cures {
            if !self.cures.contains(&cure) {
                self.cures.push(cure);
            }
        }
    }

    fn finding(&self) -> Finding {
        let place = self.place.as_ref();
        let (message, place, help) = match (self.kind, place) {
            (Kind::Cell(heading), Some(place)) if is_without_column(place) => {
                let line = if place.at_row().is_some() {
                    "column"
                } else {
                    "row"
                };
                (
                    format!("no {line} gives `{heading}`, so packets have gaps in its place"),
                    Some(place.whole_sheet()),
                    "add it, and fill it in".to_owned(),
                )
            }
            (Kind::Cell(heading), _) => (
                format!("`{heading}` is missing, so packets have a gap in its place"),
                place.cloned(),
                "fill it in".to_owned(),
            ),
            (Kind::Row, _) => (
                format!(
                    "nothing gives {}, so packets have gaps there",
                    words::list(&self.whats)
                ),
                place.cloned(),
                self.cures.join("; "),
            ),
        };
        let finding = Finding::new(Code::MissingValue, message).help(help);
        match place {
            Some(place) => finding.at(&place),
            None => finding,
        }
    }
}

/// A row whose sheet has no such column, or a sheet that has no such row.
fn is_without_column(place: &Place) -> bool {
    place.at_column().is_none()
}
