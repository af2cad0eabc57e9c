//! The tool on worksheets in memory, as `build` runs it, and what its packets say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use restore_packets::decisions::Table;
use restore_packets::finding::{Finding, Severity};
use restore_packets::inventory;
use restore_packets::packets::{Assembler, Fact, Packet, Procedure, Status, facts};
use restore_packets::product::Product;
use restore_packets::readiness::{self, Limits};
use restore_packets::template::{self, Engine};
use restore_packets::topology::Topology;
use restore_packets::workbook;

use crate::files::File;

/// The name of the cycle sheet among the packets.
pub const CYCLE: &str = "cycle sheet";

/// What stands in the cells of facts: group and name, then the values.
pub type Facts = BTreeMap<(String, String), Vec<Printed>>;

/// A printed fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub value: String,
    /// The file, row and column it was read from.
    pub place: Option<(String, u32, u32)>,
}

/// What a packet says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub ready: bool,
    /// The decision rows that apply.
    pub procedures: Vec<String>,
    /// Every line of every command that is printed.
    pub commands: BTreeSet<String>,
    pub facts: Facts,
}

/// What a run says: packets by kind and name, and the findings that are no mere information.
pub struct Outcome {
    pub packets: BTreeMap<String, Said>,
    pub findings: Vec<Finding>,
}

/// The sheets of a file, and what reading it found.
pub fn read(file: &File) -> workbook::Read {
    workbook::read(&Arc::from(file.name.as_str()), &file.bytes)
}

static BUILT_IN: LazyLock<(Engine, Table)> = LazyLock::new(|| {
    let templates = template::builtin();
    let (engine, broken) = Engine::load(&templates);
    assert_eq!(broken, []);
    let (table, broken) = Table::read(Product::built_in(), &templates["decision-table.toml"]);
    assert_eq!(broken, []);
    (engine, table)
});

/// Reads, checks and assembles.
pub fn run(files: &[&workbook::Read]) -> Outcome {
    let mut sheets: Vec<_> = files.iter().flat_map(|file| file.sheets.clone()).collect();
    let read = inventory::read(&mut sheets);
    let inventory = &read.inventory;
    let topology = Topology::of(inventory);
    let mut findings: Vec<Finding> = files.iter().flat_map(|it| it.findings.clone()).collect();
    findings.extend(read.findings);
    findings.extend(readiness::check(
        &topology,
        date(2014, 6, 10),
        Limits::default(),
    ));
    let (engine, table) = &*BUILT_IN;
    let known = findings.clone();
    let assembler = Assembler::new(&topology, table, engine, &[], &known);
    let servers = inventory.servers.iter().map(|it| assembler.server(it));
    let pools = inventory.pools.iter().map(|it| assembler.pool(it));
    let mut packets = BTreeMap::new();
    for assembled in servers.chain(pools) {
        findings.extend(assembled.findings);
        let subject = &assembled.packet.subject;
        let name = format!("{}:{}", subject.kind.as_str(), subject.fqdn);
        packets.insert(name, said(&assembled.packet));
    }
    packets.insert(CYCLE.to_owned(), cycle(&facts::cycle(inventory)));
    findings.retain(|finding| finding.severity != Severity::Info);
    findings.sort();
    Outcome { packets, findings }
}

fn said(packet: &Packet) -> Said {
    let mut all = Facts::new();
    for group in &packet.facts {
        for fact in &group.facts {
            print(&mut all, &group.title, fact);
        }
    }
    for fact in &packet.control {
        print(&mut all, "control", fact);
    }
    for person in &packet.people {
        // Whose number it is belongs to the fact.
        let whose = person.responsibility.value.clone().unwrap_or_default();
        let facts = [
            &person.name,
            &person.phone,
            &person.email,
            &person.alternate,
            &person.alternate_phone,
        ];
        for fact in facts {
            print(&mut all, &format!("people: {whose}"), fact);
        }
    }
    let common = [&packet.gather, &packet.prepare, &packet.checks];
    let procedures = common.into_iter().chain(&packet.procedures);
    let commands = procedures
        .flat_map(Procedure::steps)
        .filter_map(|step| step.command.as_deref())
        .flat_map(str::lines);
    Said {
        ready: packet.status == Status::Ready,
        procedures: packet.chooser.iter().map(|it| it.id.clone()).collect(),
        commands: commands.map(|line| line.trim().to_owned()).collect(),
        facts: all,
    }
}

/// The cycle sheet is judged like a packet: it sets `$Backup`.
fn cycle(cycle: &restore_packets::packets::Cycle) -> Said {
    let mut all = Facts::new();
    let own = [&cycle.name, &cycle.completed, &cycle.next, &cycle.location];
    for fact in own {
        print(&mut all, "cycle", fact);
    }
    for set in &cycle.sets {
        let part = |fact: &Fact| fact.value.clone().unwrap_or_default();
        let title = format!("set {} of {}", part(&set.content), part(&set.server));
        for fact in [&set.set, &set.expires, &set.last_backup, &set.destination] {
            print(&mut all, &title, fact);
        }
    }
    Said {
        commands: cycle.assignment.iter().cloned().collect(),
        facts: all,
        ..Said::default()
    }
}

fn print(all: &mut Facts, group: &str, fact: &Fact) {
    let Some(value) = &fact.value else { return };
    let place = fact.place.as_ref();
    let place = place.and_then(|it| Some((it.path.to_string(), it.at_row()?, it.at_column()?)));
    let key = (group.to_owned(), fact.name.clone());
    all.entry(key).or_default().push(Printed {
        value: value.clone(),
        place,
    });
}
