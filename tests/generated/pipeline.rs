//! From sheets to the content of every packet, in process.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;
use restore_packets::decisions;
use restore_packets::decisions::Table;
use restore_packets::editions::Content;
use restore_packets::finding::{self, Finding};
use restore_packets::inventory::{self, Inventory};
use restore_packets::packets::{Assembler, Packet};
use restore_packets::product::Product;
use restore_packets::readiness::{self, Limits};
use restore_packets::template::{self, Engine};
use restore_packets::topology::Topology;
use restore_packets::workbook::Sheet;

use crate::gaps;

/// What a run makes of its sheets.
pub struct Run {
    /// The content of each packet, without places, by its subject.
    pub contents: BTreeMap<String, String>,
    /// Every finding of reading and of the rules.
    pub findings: Vec<Finding>,
}

/// Reads, checks and assembles.
pub fn run(sheets: &[Sheet]) -> Run {
    let read = inventory::read(&mut sheets.to_vec());
    let mut findings = read.findings;
    findings.extend(readiness::check(
        &Topology::of(&read.inventory),
        date(2014, 6, 10),
        Limits::default(),
    ));
    let packets = assemble(&read.inventory, &mut findings);
    finding::settle(&mut findings);
    let files: Vec<&str> = sheets.iter().map(|sheet| &*sheet.place.path).collect();
    let contents = packets.iter().map(|packet| {
        let subject = &packet.subject;
        let name = format!("{}:{}", subject.kind.as_str(), subject.fqdn);
        let content = Content::of(packet, &files);
        let lines = content.items().iter();
        let lines = lines.map(|item| format!("{}\t{}\n", item.what, item.value));
        (name, lines.collect())
    });
    Run {
        contents: contents.collect(),
        findings,
    }
}

/// The built-in templates and the built-in decision table.
static BUILT_IN: LazyLock<(Engine, Table)> = LazyLock::new(|| {
    let templates = template::builtin();
    let (engine, broken) = Engine::load(&templates);
    assert_eq!(broken, []);
    let (table, broken) = Table::read(Product::built_in(), &templates["decision-table.toml"]);
    assert_eq!(broken, []);
    (engine, table)
});

/// Every packet of an inventory, servers first.
pub fn assemble(inventory: &Inventory, findings: &mut Vec<Finding>) -> Vec<Packet> {
    let (engine, built_in) = &*BUILT_IN;
    let topology = Topology::of(inventory);
    let own = (!inventory.decisions.is_empty()).then(|| {
        let (own, more) = Table::of_worksheet(&inventory.decisions, built_in);
        findings.extend(more);
        findings.extend(decisions::idle_rows(&own, &topology));
        own
    });
    let table = own.as_ref().unwrap_or(built_in);
    let assembler = Assembler::new(&topology, table, engine, &[], findings);
    let servers = inventory.servers.iter().map(|it| assembler.server(it));
    let pools = inventory.pools.iter().map(|it| assembler.pool(it));
    let assembled: Vec<_> = servers.chain(pools).collect();
    for one in &assembled {
        assert_eq!(
            gaps::unsaid(&one.packet, findings, &one.findings),
            Vec::<String>::new()
        );
    }
    assembled.into_iter().map(|it| it.packet).collect()
}
