//! For tests: the sample organization, taken once through the real pipeline from worksheets to packets.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;

use super::format::packet_stem;
use super::{IndexEntry, xlsx};
use crate::editions::Content;
use crate::finding::{Code, Finding, Gap};
use crate::issue::{self, Inputs, Options, Unwatched};
use crate::packets::picture::{Mark, Node};
use crate::packets::{Estate, Issue, Packet, Step};
use crate::plan::card::{self, Card};
use crate::plan::{self, Losses, Plan};
use crate::starter;
use crate::text::prose::{Block, Inline};
use crate::topology::Topology;

/// Text that must never reach a page as markup.
pub(super) const HOSTILE: &str = "</style><script>alert(\"x\")</script> | a`b *c* \\d";

struct Sample {
    issues: BTreeMap<String, Issue>,
    estate: Estate,
    cards: Vec<Card>,
    plan: Plan,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let options = Options::on(date(2014, 6, 10));
    let files = xlsx::worksheets(&starter::sample()).expect("worksheets");
    let files = files.iter().map(|(name, bytes)| (&**name, bytes.clone()));
    let reading = issue::read(Inputs::of_files(files), &options).expect("a reading");
    let assembly = issue::assemble(&reading, &options, &Unwatched).expect("packets");
    let topology = Topology::of(&reading.inventory);
    let packets = assembly.packets.iter();
    let packets = packets.map(|it| (it.subject.clone(), it.clone())).collect();
    let issued = assembly.packets.into_iter().map(issued);
    Sample {
        issues: issued.collect(),
        cards: card::cards(&topology),
        plan: plan::plan(
            &topology,
            &Losses::all(&topology),
            &packets,
            &plan::Answers::default(),
        )
        .0,
        estate: reading.estate,
    }
});

/// A packet as a third edition, under its path below the output folder.
fn issued(packet: Packet) -> (String, Issue) {
    let stem = packet_stem(&packet.subject);
    let issue = Issue {
        fingerprint: Content::of(&packet, &[]).fingerprint().to_string(),
        packet,
        edition: 3,
        issued: date(2014, 6, 10),
        exercise: None,
    };
    (stem, issue)
}

/// The primary of a mirrored back end, with two procedures and nothing missing.
pub(crate) fn issue() -> Issue {
    SAMPLE.issues["servers/sql03.contoso.com"].clone()
}

/// A back end whose `Backup file` is blank, so that two steps have no command.
pub(crate) fn with_gaps() -> Issue {
    SAMPLE.issues["servers/sql05.contoso.com"].clone()
}

/// A Front End pool with a backup pool.
pub(crate) fn pool() -> Issue {
    SAMPLE.issues["pools/pool01.contoso.com"].clone()
}

/// What is true of the run.
pub(crate) fn estate() -> Estate {
    SAMPLE.estate.clone()
}

/// An index of all packets.
pub(super) fn entries() -> Vec<IndexEntry> {
    let issues = SAMPLE.issues.iter();
    issues
        .map(|(stem, issue)| IndexEntry::new(issue, stem))
        .collect()
}

/// The cards of both sites.
pub(super) fn cards() -> Vec<Card> {
    SAMPLE.cards.clone()
}

/// The same cards, with hostile text for every site and question.
pub(super) fn hostile_cards() -> Vec<Card> {
    let mut cards = cards();
    for card in &mut cards {
        card.site = Some(HOSTILE.to_owned());
        for question in card.symptoms.iter_mut().flat_map(|it| &mut it.questions) {
            (question.text, question.no) = (HOSTILE.to_owned(), HOSTILE.to_owned());
        }
    }
    cards
}

/// The restore order where everything is lost.
pub(super) fn plan() -> Plan {
    SAMPLE.plan.clone()
}

fn steps(issue: &mut Issue) -> impl Iterator<Item = &mut Step> {
    let procedures = issue.packet.procedures.iter_mut();
    let sections = procedures.flat_map(|procedure| &mut procedure.sections);
    sections.flat_map(|section| &mut section.steps)
}

/// The same packet, with hostile text wherever a cell's or a template's text can stand, and a command beside each gap.
pub(crate) fn hostile(mut issue: Issue) -> Issue {
    let text = || HOSTILE.to_owned();
    for step in steps(&mut issue) {
        let prose = Inline::Text(text());
        step.body.push(Block::Paragraph(vec![prose]));
        step.blanks.push(Gap::new("System image", HOSTILE));
        if !step.gaps.is_empty() {
            step.command = Some("Must-Never -BePrinted".to_owned());
        }
    }
    let packet = &mut issue.packet;
    for fact in packet.facts.iter_mut().flat_map(|group| &mut group.facts) {
        fact.value = Some(text());
    }
    let found = Finding::new(Code::UnknownServer, HOSTILE).help(HOSTILE);
    packet.findings.push(found);
    for picture in &mut packet.pictures {
        picture.title = text();
        picture.rows[0].nodes.push(Node {
            name: text(),
            what: text(),
            mark: Mark::Stranger,
        });
    }
    issue
}
