//! What a run changed, and what is written down about it: changes, ledger lines, state.
//!
//! Entry point: [`Refresh::of`]. Packets are compared with the edition before, retired ones found by their
//! absence, the backup cycle summed up; then [`Refresh::record`] adds to ledger and state.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::editions::{
    ChangeKind, Changes, Content, Difference, PacketChange, Reprint, RoutineChange, compare,
};
use crate::finding::words;
use crate::packets::Issue;
use crate::publish::{
    Edition, Event, Files, IssuedBefore, KEYS, Kind, LEDGER, Ledger, Manifest, PublishError,
    ROUTINE, RenderKeys, state_bytes,
};
use crate::render::Format;

/// A packet of this run.
pub struct IssuedPacket {
    /// Server or pool.
    pub kind: Kind,
    /// Canonical FQDN.
    pub fqdn: String,
    /// What the ledger will say of it.
    pub edition: Edition,
    /// What became of it; `None` where it is as it was.
    pub change: Option<PacketChange>,
}

impl IssuedPacket {
    /// From an issued packet that says this.
    pub fn new(issue: &Issue, content: &Content, as_of: Date, standing: &IssuedBefore) -> Self {
        let packet = &issue.packet;
        let kind = packet.subject.kind.into();
        let fqdn = packet.subject.fqdn.clone();
        let scenarios = packet.chooser.iter().map(|choice| choice.id.clone());
        let edition = Edition {
            kind,
            fqdn: fqdn.clone(),
            edition: issue.edition,
            fingerprint: issue.fingerprint.clone(),
            issued: issue.issued.to_string(),
            as_of: as_of.to_string(),
            valid_until: packet.valid_until.as_ref().map(|it| it.date.to_string()),
            scenarios: scenarios.collect(),
            status: packet.status.into(),
            what: String::new(),
        };
        Self {
            change: change(standing, &edition, content),
            kind,
            fqdn,
            edition,
        }
    }

    /// Whether what it says is to be written down: it is new, or not on file.
    pub fn is_to_be_kept(&self, standing: &IssuedBefore) -> bool {
        self.change.is_some() || !standing.state.has_edition(&self.edition.fingerprint)
    }
}

/// What a run changed.
pub struct Refresh<'a> {
    standing: &'a IssuedBefore,
    issued: &'a [IssuedPacket],
    changes: Changes,
    retired: Vec<Edition>,
    routine: Content,
}

impl<'a> Refresh<'a> {
    /// Compares. `remains` says whether a packet this run did not make still has its row; `routine` is what the
    /// backup cycle says.
    pub fn of(
        standing: &'a IssuedBefore,
        issued: &'a [IssuedPacket],
        routine: Content,
        cycle: Option<&str>,
        remains: impl Fn(Kind, &str) -> bool,
        as_of: Date,
    ) -> Self {
        let manifest = standing.manifest.as_ref();
        let mut changes = Changes {
            as_of: as_of.to_string(),
            against: manifest.map(|manifest| manifest.as_of.clone()),
            ..Changes::default()
        };
        for packet in issued {
            match &packet.change {
                Some(change) => changes.packets.push(change.clone()),
                None => changes.unchanged += 1,
            }
        }
        let names: BTreeSet<_> = issued.iter().map(|it| (it.kind, &it.fqdn)).collect();
        let others = standing
            .standing()
            .filter(|it| !names.contains(&(it.kind, &it.fqdn)));
        let (kept, retired): (Vec<_>, Vec<_>) = others.partition(|it| remains(it.kind, &it.fqdn));
        changes.unchanged += kept.len();
        changes
            .packets
            .extend(retired.iter().map(|it| retirement(it)));
        changes.sort();
        if let Some(before) = standing.state.routine() {
            changes.routine = RoutineChange {
                values: compare(&before, &routine).len(),
                before: manifest.and_then(|manifest| manifest.cycle.name.clone()),
                after: cycle.map(str::to_owned),
            };
        }
        Self {
            standing,
            issued,
            changes,
            retired: retired.into_iter().cloned().collect(),
            routine,
        }
    }

    /// What changed, with what to print again; what the last run changed if this one changed nothing. `backups` is
    /// how many the cycle sheet lists.
    pub fn changes(&self, formats: &[Format], backups: usize) -> Changes {
        let before = self.standing.manifest.as_ref();
        if self.changes.is_empty()
            && let Some(last) = before.and_then(|manifest| manifest.changes.clone())
        {
            return last;
        }
        let mut changes = self.changes.clone();
        changes.reprint = reprint(&changes, formats, backups);
        changes
    }

    /// Whether this run changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds what was issued and retired to the ledger, and the state files to the run's.
    ///
    /// # Errors
    /// None that is known.
    pub fn record(&self, keys: &RenderKeys, files: &mut Files) -> Result<Ledger, PublishError> {
        let mut ledger = self.standing.ledger.clone();
        let mut append = |event, edition| ledger.append(event, edition);
        for packet in self.issued {
            if let Some(change) = &packet.change {
                let what = summary(change);
                append(
                    Event::Issued,
                    Edition {
                        what,
                        ..packet.edition.clone()
                    },
                )?;
            }
        }
        for edition in &self.retired {
            append(
                Event::Retired,
                Edition {
                    as_of: self.changes.as_of.clone(),
                    what: "its row is gone".to_owned(),
                    ..edition.clone()
                },
            )?;
        }
        files.insert(KEYS, state_bytes(keys)?)?;
        files.insert(ROUTINE, state_bytes(&self.routine)?)?;
        files.insert(LEDGER, ledger.to_bytes())?;
        Ok(ledger)
    }
}

/// What became of a packet; `None` where it is as it was.
fn change(standing: &IssuedBefore, issued: &Edition, content: &Content) -> Option<PacketChange> {
    let (kind, differences) = match standing.ledger.last(issued.kind, &issued.fqdn) {
        None => (ChangeKind::New, Some(Vec::new())),
        Some(last) if last.edition.fingerprint != issued.fingerprint => (
            ChangeKind::Changed,
            differences(standing, &last.edition, content),
        ),
        Some(last) if last.event == Event::Retired => (ChangeKind::Reinstated, Some(Vec::new())),
        Some(_) => return None,
    };
    Some(PacketChange {
        kind: issued.kind.as_str().to_owned(),
        fqdn: issued.fqdn.clone(),
        change: kind,
        edition: issued.edition,
        fingerprint: issued.fingerprint.clone(),
        differences,
    })
}

fn differences(
    standing: &IssuedBefore,
    last: &Edition,
    content: &Content,
) -> Option<Vec<Difference>> {
    let before = standing.state.edition(&last.fingerprint)?;
    Some(compare(&before, content))
}

/// The change that a retired packet is.
pub fn retirement(edition: &Edition) -> PacketChange {
    PacketChange {
        kind: edition.kind.as_str().to_owned(),
        fqdn: edition.fqdn.clone(),
        change: ChangeKind::Retired,
        edition: edition.edition,
        fingerprint: edition.fingerprint.clone(),
        differences: Some(Vec::new()),
    }
}

/// What the ledger says of a change.
fn summary(change: &PacketChange) -> String {
    match (change.change, &change.differences) {
        (ChangeKind::New, _) => "first issued".to_owned(),
        (ChangeKind::Reinstated, _) => "its row is back".to_owned(),
        (_, None) => "changed".to_owned(),
        (_, Some(differences)) => {
            let named = differences.iter().take(3).map(|it| it.what.clone());
            let more = differences.len().saturating_sub(3);
            let more = (more > 0).then(|| words::count(more, "other change", "other changes"));
            words::list(named.chain(more))
        }
    }
}

/// How many backups a cycle sheet of one page can list, on either paper. How many pages the other documents take is
/// known to the program that prints them only.
const ON_ONE_PAGE: usize = 22;

/// The packets with a new edition, and the cycle sheet if the cycle changed.
fn reprint(changes: &Changes, formats: &[Format], backups: usize) -> Vec<Reprint> {
    let Some(format) = [Format::Html, Format::Xlsx, Format::Md]
        .into_iter()
        .find(|format| formats.contains(format))
    else {
        return Vec::new();
    };
    let packets = changes.packets.iter();
    let fresh = packets.filter(|it| matches!(it.change, ChangeKind::New | ChangeKind::Changed));
    let mut list: Vec<Reprint> = fresh
        .map(|it| Reprint {
            what: format!("{} {}", it.kind, it.fqdn),
            path: format!("{}.{}", stem(it), format.extension()),
            pages: None,
        })
        .collect();
    let is_first = changes.against.is_none();
    if (is_first || changes.routine.values > 0) && format != Format::Xlsx {
        list.push(Reprint {
            what: "cycle sheet".to_owned(),
            path: format!("cycle.{}", format.extension()),
            pages: (backups <= ON_ONE_PAGE).then_some(1),
        });
    }
    list
}

fn stem(change: &PacketChange) -> String {
    use crate::finding::{Subject, SubjectKind};
    crate::render::format::packet_stem(&Subject {
        kind: if change.kind == SubjectKind::Pool.as_str() {
            SubjectKind::Pool
        } else {
            SubjectKind::Server
        },
        fqdn: change.fqdn.clone(),
    })
}

/// The packets a manifest keeps that this run did not make keep their keys.
pub fn keep_keys(keys: &mut RenderKeys, before: &RenderKeys, manifest: &Manifest) {
    for packet in &manifest.packets {
        let name = crate::publish::key_name(packet.kind, &packet.fqdn);
        if let Some(key) = before.get(&name) {
            keys.entry(name).or_insert_with(|| key.clone());
        }
    }
}
