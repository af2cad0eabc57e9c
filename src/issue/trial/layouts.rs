//! Every page that a layout makes, once, for the sample organization.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::bundle::{Cover, Profile};
use crate::decisions::Table;
use crate::editions::{ChangeKind, Changes, Content, Difference, PacketChange, Reprint};
use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::packets::{Assembler, Estate, Issue, Packet, facts};
use crate::plan::card;
use crate::plan::{self, Losses, Packets};
use crate::publish::{CycleEntry, Ledger, Manifest};
use crate::record::{Execution, Hand, Outcome, PartRun, Rto, StepRun, Verdict};
use crate::render::binder::{self, Binder, Front};
use crate::render::format::packet_stem;
use crate::render::{Error, IndexEntry, html, markdown};
use crate::template::Engine;
use crate::topology::Topology;

use super::super::estate;
use super::super::numbering::Numbering;

/// What the pages are made from.
struct Sample<'a> {
    engine: &'a Engine,
    topology: &'a Topology<'a>,
    estate: Estate,
    issues: Vec<Issue>,
}

/// Renders them all.
///
/// # Errors
/// What is wrong with the first that fails.
pub fn run(
    engine: &Engine,
    table: &Table,
    inventory: &Inventory,
    as_of: Date,
) -> Result<(), Finding> {
    let topology = Topology::of(inventory);
    let assembler = Assembler::new(&topology, table, engine, &[], &[]);
    let servers = inventory.servers.iter().map(|it| assembler.server(it));
    let made = servers.chain(inventory.pools.iter().map(|it| assembler.pool(it)));
    let editions = Numbering::new(&Ledger::default(), as_of);
    let issue = |packet: Packet| {
        let content = Content::of(&packet, &[]);
        editions.issue(packet, &content)
    };
    let sample = Sample {
        engine,
        topology: &topology,
        estate: estate::estate(inventory, Vec::new(), as_of, &[]),
        issues: different(made.map(|it| it.packet)).map(issue).collect(),
    };
    sample.packets()?;
    sample.estate_pages()?;
    sample.binder()?;
    sample.record()?;
    sample.readme()
}

/// A packet for each way in which situations come together: the others have the same parts.
fn different(packets: impl Iterator<Item = Packet>) -> impl Iterator<Item = Packet> {
    let mut seen = BTreeSet::new();
    packets.filter(move |packet| {
        let situations: Vec<String> = packet.chooser.iter().map(|it| it.id.clone()).collect();
        seen.insert((packet.subject.kind, situations, packet.members.is_empty()))
    })
}

impl Sample<'_> {
    fn packets(&self) -> Result<(), Finding> {
        for issue in &self.issues {
            markdown::packet(self.engine, issue, &self.estate)?;
            html::packet(self.engine, issue, &self.estate)?;
        }
        Ok(())
    }

    fn entries(&self) -> Vec<IndexEntry> {
        let entry = |issue: &Issue| IndexEntry::new(issue, packet_stem(&issue.packet.subject));
        self.issues.iter().map(entry).collect()
    }

    fn estate_pages(&self) -> Result<(), Finding> {
        let (engine, estate) = (self.engine, &self.estate);
        let (entries, cards) = (self.entries(), card::cards(self.topology));
        markdown::index(engine, &entries, &cards, estate)?;
        html::index(engine, &entries, &cards, estate)?;
        markdown::cycle(engine, &[], estate)?;
        html::cycle(engine, &[], estate)?;
        let changes = changes(&entries);
        markdown::changes(engine, &changes, estate)?;
        html::changes(engine, &changes, estate)?;
        let packets = self
            .issues
            .iter()
            .map(|it| (it.packet.subject.clone(), it.packet.clone()));
        let packets: Packets = packets.collect();
        let (plan, _) = plan::plan(
            self.topology,
            &Losses::all(self.topology),
            &packets,
            &plan::Answers::default(),
        );
        markdown::plan(engine, &plan, estate)?;
        html::plan(engine, &plan, estate)?;
        Ok(())
    }

    fn binder(&self) -> Result<(), Finding> {
        let (engine, estate) = (self.engine, &self.estate);
        let binder = Binder::of("binder", self.entries());
        let issues = self.issues.iter().take(2);
        let pages = issues.map(|issue| binder::packet(engine, issue, &binder, estate));
        let pages: Vec<String> = pages.collect::<Result<_, _>>()?;
        let (plan, _) = plan::plan(
            self.topology,
            &Losses::all(self.topology),
            &Packets::new(),
            &plan::Answers::default(),
        );
        let front = Front {
            title: "Restore binder".to_owned(),
            control: &facts::control(self.topology.inventory),
            people: &facts::people(self.topology.inventory),
            cards: &card::cards(self.topology),
            plan: &plan,
        };
        binder::front(engine, &binder, &front, pages.clone(), estate)?;
        binder::volume(engine, &binder, 1, pages, estate)?;
        Ok(())
    }

    fn record(&self) -> Result<(), Finding> {
        for issue in self.issues.iter().take(1) {
            let run = execution(issue);
            markdown::record(self.engine, &run, &self.estate)?;
            html::record(self.engine, &run, &self.estate)?;
        }
        Ok(())
    }

    fn readme(&self) -> Result<(), Finding> {
        let profile = Profile::named("vault", &BTreeMap::new(), &BTreeSet::new());
        let Ok(profile) = profile else { return Ok(()) };
        let cover = Cover {
            organization: self.estate.organization.as_deref(),
            change: "CHG0000001",
            profile: &profile,
            manifest: manifest(&self.estate),
        };
        match cover.files(self.engine, &[], Vec::new(), (1, 1)) {
            Err(Error::Template(finding)) => Err(*finding),
            Ok(_) | Err(Error::Internal(_)) => Ok(()),
        }
    }
}

/// One packet of each fate.
fn changes(entries: &[IndexEntry]) -> Changes {
    let fates = [
        ChangeKind::New,
        ChangeKind::Changed,
        ChangeKind::Retired,
        ChangeKind::Reinstated,
    ];
    let difference = Difference {
        what: "Server: Site".to_owned(),
        before: Some("Seattle".to_owned()),
        after: None,
        cell: None,
    };
    let packets = entries
        .iter()
        .zip(fates)
        .map(|(entry, change)| PacketChange {
            kind: entry.kind.as_str().to_owned(),
            fqdn: entry.fqdn.clone(),
            change,
            edition: 2,
            fingerprint: entry.fingerprint.clone(),
            differences: (change != ChangeKind::Reinstated).then(|| vec![difference.clone()]),
        });
    Changes {
        as_of: "2014-06-10".to_owned(),
        against: Some("2014-06-03".to_owned()),
        packets: packets.collect(),
        unchanged: 1,
        reprint: vec![Reprint {
            what: "cycle sheet".to_owned(),
            path: "cycle.html".to_owned(),
            pages: Some(1),
        }],
        ..Changes::default()
    }
}

/// A packet of which every step was done.
fn execution(issue: &Issue) -> Execution {
    let packet = &issue.packet;
    let parts = packet.procedures.iter().map(|procedure| PartRun {
        number: procedure.number,
        title: procedure.title.clone(),
        in_lane: true,
        worked: true,
        steps: procedure
            .steps()
            .map(|step| StepRun {
                number: step.number.clone(),
                title: step.title.clone(),
                present: true,
                outcome: Some(Outcome::Done),
                initials: "AB".to_owned(),
                deviation: "by hand".to_owned(),
                ..StepRun::default()
            })
            .collect(),
    });
    Execution {
        subject: packet.subject.clone(),
        title: packet.title.clone(),
        edition: issue.edition,
        fingerprint: issue.fingerprint.clone(),
        change: Some("CHG0000001".to_owned()),
        drill: true,
        source: "checklist.xlsx".to_owned(),
        sha256: "0".repeat(64),
        lane: Some("A".to_owned()),
        parts: parts.collect(),
        day: Some(issue.issued),
        started: None,
        ended: None,
        recovered: None,
        rto: Rto {
            hours: Some(4.0),
            took: Some(3600),
            verdict: Verdict::Met,
        },
        order: vec!["3.1".to_owned()],
        out_of_order: vec!["3.2".to_owned()],
        people: vec![Hand {
            initials: "AB".to_owned(),
            steps: vec!["3.1".to_owned()],
        }],
        added: vec!["a row of one's own".to_owned()],
        remarks: vec!["nobody wrote down when it ended".to_owned()],
    }
}

fn manifest(estate: &Estate) -> Manifest {
    Manifest {
        schema: Manifest::SCHEMA,
        tool: crate::publish::tool(),
        as_of: estate.as_of.to_string(),
        cycle: CycleEntry {
            name: None,
            completed: None,
            backup_location: None,
            valid_until: None,
        },
        sources: Vec::new(),
        files: Vec::new(),
        packets: Vec::new(),
        records: Vec::new(),
        changes: None,
        state: Vec::new(),
        ledger: None,
        bundle: None,
    }
}
