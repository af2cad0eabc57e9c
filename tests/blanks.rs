//! Blanks out each cell of the sample's worksheets in turn, but for the name of its row: what is not known must
//! never be guessed.
//!
//! For every packet of every such organization:
//!
//! - a command is printed as before, or not at all. A blank may also change what a packet is about (a pool without
//!   a mirror is not restored as a mirrored one); the commands that come so are kept in
//!   `sample/blanks/commands.txt`, to be read and judged, and `UPDATE_CASES=1` rewrites them
//! - whatever comes so is a documented command, and names nothing the whole sample does not name
//! - a packet in which a step has lost its command is not called ready
//! - whatever a packet marks as missing has a finding at the cell that would fill it

#[path = "common/gaps.rs"]
mod gaps;
#[path = "common/golden.rs"]
mod golden;
#[path = "common/powershell.rs"]
mod powershell;
#[path = "common/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use restore_packets::decisions::{self, Match, Table};
use restore_packets::finding::{Finding, Place};
use restore_packets::packets::context::Context;
use restore_packets::packets::{Assembled, Assembler, Packet, Procedure, Status, Step, fill};
use restore_packets::product::Product;
use restore_packets::readiness::{self, Limits};
use restore_packets::template::{Engine, builtin};
use restore_packets::topology::Topology;
use restore_packets::workbook::{RawValue, Sheet};
use restore_packets::{inventory, starter};
use table::table;

/// A cell: which sheet, row and column, from zero.
type Cell = (usize, u32, u32);

/// A command, and the language it is written in.
type Command = (&'static str, String);

/// Titles of steps and their commands, by packet.
type Steps = BTreeMap<String, Vec<(String, Option<Command>)>>;

/// What procedures are rendered from, by packet: the rows that apply, and what templates see.
type Inputs = BTreeMap<String, String>;

struct World {
    sheets: Vec<Sheet>,
    table: Table,
    engine: Engine,
}

impl World {
    fn new() -> Self {
        let templates = builtin();
        let (engine, findings) = Engine::load(&templates);
        assert_eq!(findings, []);
        let (table, findings) = Table::read(Product::built_in(), &templates["decision-table.toml"]);
        assert_eq!(findings, []);
        Self {
            sheets: sheets(),
            table,
            engine,
        }
    }

    /// The packets that come of some sheets and whose procedures may differ from those of `known`: they apply
    /// for other reasons, or their templates see other values. Rendering all of them would take minutes.
    fn packets(&self, sheets: &[Sheet], known: &Inputs) -> (Vec<Packet>, Inputs) {
        let read = inventory::read(&mut sheets.to_vec());
        let inventory = &read.inventory;
        let as_of = jiff::civil::date(2014, 6, 10);
        let mut findings = read.findings;
        let topology = Topology::of(inventory);
        findings.extend(readiness::check(&topology, as_of, Limits::default()));
        let assembler = Assembler::new(&topology, &self.table, &self.engine, &[], &findings);
        let mut packets = Vec::new();
        let mut inputs = Inputs::new();
        for server in &inventory.servers {
            let rows = decisions::for_server(&self.table, &topology, server);
            let name = format!("server {}", server.fqdn);
            // Whether a topology was published follows from the rows.
            let seen = fill::for_server(&topology, server, true);
            if is_new(&mut inputs, known, name, &rows, &seen) {
                packets.push(said(assembler.server(server), &findings));
            }
        }
        for pool in &inventory.pools {
            let rows = decisions::for_pool(&self.table, pool);
            let name = format!("pool {}", pool.fqdn);
            let seen = fill::for_pool(&topology, pool);
            if is_new(&mut inputs, known, name, &rows, &seen) {
                packets.push(said(assembler.pool(pool), &findings));
            }
        }
        (packets, inputs)
    }

    /// The packets that change with one cell blank.
    fn without(&self, (sheet, row, column): Cell, known: &Inputs) -> Vec<Packet> {
        let mut sheets = self.sheets.clone();
        if let Some(cells) = sheets[sheet].rows.get_mut(&row) {
            cells.remove(&column);
        }
        self.packets(&sheets, known).0
    }

    /// Whether a cell holds this text.
    fn holds(&self, value: &str) -> bool {
        let cells = self
            .sheets
            .iter()
            .flat_map(|sheet| sheet.rows.values().flatten());
        let mut texts = cells.filter_map(|(_, value)| match value {
            RawValue::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.any(|text| text.contains(value))
    }

    /// Whether this is the account of a server's computer in the domain of the worksheets: what SQL Server uses on the
    /// network where no account of its own is recorded.
    fn is_computer_account(&self, value: &str) -> bool {
        let parts = value.strip_suffix('$').and_then(|it| it.split_once('\\'));
        parts.is_some_and(|(domain, computer)| {
            self.holds(domain) && self.holds(&format!("{}.", computer.to_lowercase()))
        })
    }

    /// Every cell below the headings but the first of its row. Without its name a row is refused as a whole.
    fn cells(&self) -> Vec<Cell> {
        let mut all = Vec::new();
        for (index, sheet) in self.sheets.iter().enumerate() {
            for (row, cells) in sheet.rows.range(1..) {
                let named = cells.range(1..).map(|(column, _)| (index, *row, *column));
                all.extend(named);
            }
        }
        all
    }

    /// `Pools: SQL instance of pool01.contoso.com`
    fn name(&self, (sheet, row, column): Cell) -> String {
        let place = self.sheets[sheet].place.in_sheet().unwrap_or_default();
        let (heading, named) = (self.text((sheet, 0, column)), self.text((sheet, row, 0)));
        format!("{place}: {heading} of {named}")
    }

    /// Whether a cell is one that procedures alone read, whose note says what a blank means: some steps are then done
    /// without a command, which is no gap.
    fn advises(&self, (sheet, row, column): Cell) -> bool {
        let (heading, named) = (self.text((sheet, 0, column)), self.text((sheet, row, 0)));
        let schema = &Product::built_in().schema;
        let columns = schema.kinds.iter().flat_map(|kind| &kind.columns);
        let mut columns = columns.filter(|it| it.named.is_some());
        let mut settings = schema.settings.iter().filter(|it| it.named.is_some());
        columns.any(|it| it.heading == heading) || settings.any(|it| it.name == named)
    }

    /// The text of a cell; empty where it holds none.
    fn text(&self, (sheet, row, column): Cell) -> &str {
        match self.sheets[sheet].value(row, column) {
            Some(RawValue::Text(text)) => text.as_str(),
            _ => "",
        }
    }
}

/// The packet, in which every gap has a finding.
fn said(assembled: Assembled, findings: &[Finding]) -> Packet {
    let unsaid = gaps::unsaid(&assembled.packet, findings, &assembled.findings);
    assert_eq!(unsaid, Vec::<String>::new());
    assembled.packet
}

/// Notes what a packet is rendered from, and says whether that is new.
fn is_new(
    inputs: &mut Inputs,
    known: &Inputs,
    name: String,
    rows: &[Match<'_>],
    seen: &Context,
) -> bool {
    let ids: Vec<&str> = rows.iter().map(|it| it.row.id.as_str()).collect();
    let input = format!("{ids:?} {seen:?}");
    let is_new = known.get(&name) != Some(&input);
    inputs.insert(name, input);
    is_new
}

/// The sample's sheets as they are read.
fn sheets() -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for file in starter::sample() {
        for filled in file.sheets {
            let place = Place::file(file.name).sheet(filled.kind.title.as_str());
            let mut sheet = Sheet::new(place);
            for (number, row) in (0..).zip(table(&filled)) {
                let cells = (0..)
                    .zip(row)
                    .filter(|(_, text): &(u32, String)| !text.is_empty());
                let cells = cells.map(|(column, text)| (column, RawValue::Text(text)));
                sheet.rows.insert(number, cells.collect());
            }
            sheets.push(sheet);
        }
    }
    sheets
}

fn procedures(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    let common = [&packet.gather, &packet.prepare, &packet.checks];
    common.into_iter().chain(&packet.procedures)
}

fn steps(packets: &[Packet]) -> Steps {
    let of = |packet: &Packet| {
        let all = procedures(packet).flat_map(Procedure::steps);
        let command = |step: &Step| Some((step.language.as_str(), step.command.clone()?));
        all.map(|step| (step.title.clone(), command(step)))
            .collect()
    };
    let name =
        |packet: &Packet| format!("{} {}", packet.subject.kind.as_str(), packet.subject.fqdn);
    packets
        .iter()
        .map(|packet| (name(packet), of(packet)))
        .collect()
}

fn lines(steps: &[(String, Option<Command>)]) -> BTreeSet<&Command> {
    let commands = steps.iter().filter_map(|(_, command)| command.as_ref());
    commands.collect()
}

/// The texts in single quotes.
fn values(command: &str) -> impl Iterator<Item = &str> {
    command.split('\'').skip(1).step_by(2)
}

/// What a blank changes in one packet.
struct Change {
    packet: String,
    gained: Vec<Command>,
}

fn changes(full: &Steps, blank: &Steps) -> Vec<Change> {
    let none = Vec::new();
    let compare = |(packet, steps): (&String, &Vec<_>)| {
        let before = lines(full.get(packet).unwrap_or(&none));
        let gained = lines(steps)
            .difference(&before)
            .map(|it| (*it).clone())
            .collect();
        Change {
            packet: packet.clone(),
            gained,
        }
    };
    let all = blank.iter().map(compare);
    all.filter(|change| !change.gained.is_empty()).collect()
}

#[test]
fn a_blank_cell_never_becomes_a_guess() {
    let world = World::new();
    let (whole, inputs) = world.packets(&world.sheets, &Inputs::new());
    let full = steps(&whole);
    let known: BTreeSet<&str> = full
        .values()
        .flat_map(|steps| lines(steps))
        .flat_map(|(_, command)| values(command))
        .collect();
    let cells = world.cells();
    assert!(cells.len() > 700, "only {} cells", cells.len());
    let changed: Vec<(Cell, Vec<Change>)> = cells
        .into_par_iter()
        .map(|cell| {
            let packets = world.without(cell, &inputs);
            if !world.advises(cell) {
                gaps_are_said(&world.name(cell), &full, &packets);
            }
            (cell, changes(&full, &steps(&packets)))
        })
        .collect();
    let cmdlets = powershell::Reference::load();
    let mut judged: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (cell, changes) in &changed {
        for change in changes {
            for (language, command) in &change.gained {
                let name = world.name(*cell);
                let problems = cmdlets.problems_in(language, command);
                assert_eq!(problems, Vec::<String>::new(), "{name}");
                for value in values(command) {
                    let is_known = known.contains(value)
                        || world.holds(value)
                        || world.is_computer_account(value);
                    assert!(is_known, "{name}: `{value}` in {command}");
                }
                let line = format!("  {}: {}", change.packet, command.replace('\n', " ⏎ "));
                judged.entry(name).or_default().insert(line);
            }
        }
    }
    let mut text = String::new();
    for (cell, commands) in judged {
        for line in std::iter::once(cell).chain(commands) {
            text.extend([line.as_str(), "\n"]);
        }
    }
    golden::compare(
        "tests/sample/blanks",
        &BTreeMap::from([("commands.txt".to_owned(), text)]),
    );
}

/// A packet in which a step loses its command is not ready, and a step never has both a command and a gap.
fn gaps_are_said(cell: &str, full: &Steps, packets: &[Packet]) {
    for packet in packets {
        let name = format!("{} {}", packet.subject.kind.as_str(), packet.subject.fqdn);
        let before = full.get(&name);
        for step in procedures(packet).flat_map(Procedure::steps) {
            let had = before.is_some_and(|steps| {
                let same = steps.iter().filter(|(title, _)| *title == step.title);
                same.clone().count() > 0 && same.clone().all(|(_, command)| command.is_some())
            });
            let lost = had && step.command.is_none();
            let is_ready = packet.status == Status::Ready;
            assert!(!lost || !is_ready, "{cell}: {name}: {}", step.title);
            assert!(
                step.command.is_none() || step.gaps.is_empty(),
                "{cell}: {name}"
            );
        }
    }
}
