//! A packet's page: alone, or behind its tab of a binder.

use std::collections::BTreeMap;

use serde::Serialize;

use super::accounts::{self, Account};
use super::begin::{self, Begin};
use super::cycle::CyclePage;
use super::facts::{self, PrintedFact, PrintedGroup, PrintedPerson};
use super::heads::Heads;
use super::letters::{Letter, Letters};
use super::links::{self, Links, Reference};
use super::parts::{self, Part};
use super::picture::{self, PicturePage};
use super::wording::Wording;
use super::work::Work;
use crate::contract::{EstateData, PacketData, ProcedureData, ReasonData};
use crate::finding::{Subject, SubjectKind};
use crate::packets::{Estate, Exercise, Issue, Packet, Procedure, Step, procedures};
use crate::render::Format;
use crate::render::binder::Binder;
use crate::render::wording::sign_off;
use crate::text::prose;

/// What `packet.html` and `packet.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct PacketContext {
    pub packet: PacketData,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// The cycle the packet was built with: for the screen, no part of the edition.
    pub cycle: CyclePage,
    /// Sentences that every format has.
    pub wording: Wording,
    /// What only the page needs.
    pub page: PacketPage,
    /// The working mode on screen, on a packet's own page; elsewhere `None`.
    pub work: Option<Work>,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct PacketPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// In a binder: where its front is, empty in the same file.
    pub front: String,
    /// What stands before every anchor, so that packets can share a document; empty on a page of its own.
    pub prefix: String,
    /// The FQDN as the worksheet has it.
    pub heading: String,
    /// What is done first, by lanes.
    pub begin: Vec<Begin>,
    /// Whether no row is for it, and what brings it back is practice.
    pub practice: bool,
    /// Whether a step reads something from the share of the cycle.
    pub reads_cycle: bool,
    /// Why the status is not `ready`: what page one says, the worst first.
    pub reasons: Vec<ReasonData>,
    /// The other reasons.
    pub further: Vec<ReasonData>,
    /// The facts of the server or pool itself, by name.
    pub named: BTreeMap<String, PrintedFact>,
    /// "Last exercised 2014-06-07 by AB", or that it never was: for the screen, no part of the edition.
    pub exercised: String,
    /// Document control.
    pub control: Vec<PrintedFact>,
    /// The members' own packets.
    pub links: Links,
    /// The pools concerned, as pictures.
    pub pictures: Vec<PicturePage>,
    /// The facts; those that change with every cycle stand on the cycle sheet instead.
    pub facts: Vec<PrintedGroup>,
    /// The key to the letters of their sources.
    pub letters: Vec<Letter>,
    /// How many facts are blank.
    pub blanks: usize,
    /// The ids of the procedures that are printed.
    pub printed: Vec<String>,
    /// Every part of the packet, in order.
    pub ordered: Vec<ProcedureData>,
    /// Each part of the packet by its id, as it is printed.
    pub parts: BTreeMap<String, Part>,
    /// Whom to call.
    pub people: Vec<PrintedPerson>,
    /// Those of them who may declare a restore.
    pub declaring: Vec<PrintedPerson>,
    /// The recovery time objective; of a pool, where none is recorded, the longest of its members.
    pub rto: PrintedFact,
    /// What is signed when the restore is over.
    pub sign_off: Vec<&'static str>,
    /// The accounts that several steps ask for, with the letters that stand for them on paper.
    pub accounts: Vec<Account>,
    /// Their letters.
    pub as_letter: BTreeMap<String, String>,
}

/// The name of the fact that holds the recovery time objective: its column's heading.
const RTO: &str = "RTO (hours)";
/// So many reasons why a packet is not ready stand on page one.
const REASONS: usize = 3;

impl PacketContext {
    /// An issue on a page of its own.
    pub(in crate::render) fn new(issue: &Issue, estate: &Estate, format: Format) -> Self {
        let link = |fqdn: &str| {
            let file = links::file(&links::server(fqdn), format);
            Reference::to(Some(format!("../{file}")))
        };
        Self::at(None, issue, estate, format, link)
    }

    /// An issue behind its tab of a binder: an HTML page shared with others, to which it refers by their tabs.
    pub(in crate::render) fn in_binder(issue: &Issue, binder: &Binder, estate: &Estate) -> Self {
        let tab = binder.tab(&issue.packet.subject);
        let here = tab.map_or(1, |tab| tab.volume);
        let number = tab.map(|tab| tab.number);
        let mut context = Self::at(number, issue, estate, Format::Html, |fqdn| {
            let (link, tab) = binder.refer_to_server(fqdn, here);
            let tab = Some(tab);
            Reference { link, tab }
        });
        if here > 1 {
            context.page.front = binder.file(1);
        }
        for picture in &mut context.page.pictures {
            let pool = Subject {
                kind: SubjectKind::Pool,
                fqdn: picture.pool.clone(),
            };
            if pool != issue.packet.subject && binder.tab(&pool).is_some() {
                let (link, tab) = binder.refer(&pool, here);
                let tab = Some(tab);
                picture.behind = Reference { link, tab };
            }
        }
        context
    }

    fn at(
        tab: Option<usize>,
        issue: &Issue,
        estate: &Estate,
        format: Format,
        refer: impl Fn(&str) -> Reference,
    ) -> Self {
        let packet = PacketData::new(issue, estate);
        let mut page = PacketPage::new(tab, issue, estate, format, refer);
        page.begin = begin::of(&packet, &page.ordered);
        Self {
            packet,
            estate: EstateData::from(estate),
            cycle: CyclePage::strip(&estate.cycle),
            wording: Wording::new(),
            page,
            work: None,
        }
    }
}

impl PacketPage {
    /// `refer` gives the link to a member's packet.
    fn new(
        tab: Option<usize>,
        issue: &Issue,
        estate: &Estate,
        format: Format,
        refer: impl Fn(&str) -> Reference,
    ) -> Self {
        let packet = &issue.packet;
        let name = tab.map(|tab| format!("tab-{tab}")).unwrap_or_default();
        let prefix = tab.map(|tab| format!("tab-{tab}-")).unwrap_or_default();
        let letters = Letters::of(&packet.facts);
        let facts = facts::groups(&packet.facts, &letters);
        let own = facts.first().into_iter().flat_map(|group| &group.facts);
        let named = own.map(|it| (it.fact.name.clone(), it.clone())).collect();
        let declaring = packet.people.iter().filter(|it| it.declares());
        let people: Vec<_> = packet.people.iter().map(PrintedPerson::from).collect();
        // What the line above them says already, and no cell, is not said again.
        let reasons = packet.reasons.iter();
        let reasons = reasons.filter(|it| it.place.is_some() || it.text != packet.missing);
        let mut reasons: Vec<_> = reasons.map(ReasonData::from).collect();
        let further = reasons.split_off(reasons.len().min(REASONS));
        let all_facts = || facts.iter().flat_map(|group| &group.facts);
        let rto = all_facts().find(|it| it.fact.name == RTO).cloned();
        let accounts = accounts::of(packet);
        let mut links = Links::default();
        for member in &packet.members {
            let reference = member.packet.then(|| refer(&member.fqdn));
            links.add(&links::server(&member.fqdn), reference.unwrap_or_default());
        }
        Self {
            heads: Heads {
                name,
                tab,
                ..Heads::new(issue, estate)
            },
            heading: packet.name.clone(),
            begin: Vec::new(),
            practice: packet.unpublished().is_some(),
            reads_cycle: procedures(packet)
                .flat_map(Procedure::steps)
                .any(reads_cycle),
            front: String::new(),
            reasons,
            further,
            named,
            letters: letters.key(),
            exercised: Exercise::sentence(issue.exercise.as_ref()),
            control: facts::list("Document control", &packet.control),
            links,
            pictures: picture::pictures(&packet.pictures, &prefix, format),
            blanks: all_facts().filter(|it| it.fact.missing).count(),
            rto: rto.unwrap_or_else(|| longest_rto(packet)),
            sign_off: sign_off(packet),
            as_letter: (accounts.iter())
                .map(|it| (it.account.clone(), it.letter.clone()))
                .collect(),
            accounts,
            facts,
            printed: packet.procedures.iter().map(|it| it.id.clone()).collect(),
            ordered: procedures(packet).map(ProcedureData::new).collect(),
            parts: parts::of(packet),
            declaring: declaring.map(PrintedPerson::from).collect(),
            people,
            prefix,
        }
    }
}

/// Whether a step reads something from the share of the cycle: its command, or, where that cannot be reached, whoever
/// carries it over.
fn reads_cycle(step: &Step) -> bool {
    let command = step.command.as_deref().unwrap_or_default();
    // What is withheld may name a file of the share.
    !step.gaps.is_empty()
        || command.contains("$Backup")
        || prose::to_text(&step.body).contains(BY_HAND)
}

/// How prose names a place below the share of the cycle.
const BY_HAND: &str = "on the share of the backup cycle";

/// A pool is back when the last of its members is; a blank where none has a recorded objective.
fn longest_rto(packet: &Packet) -> PrintedFact {
    let mut printed = PrintedFact::blank(RTO);
    let known = packet.members.iter().filter_map(|it| Some((it, it.rto?)));
    if let Some((member, rto)) = known.max_by(|(_, one), (_, other)| one.total_cmp(other)) {
        let said = format!("{rto}, the longest of its members ({})", member.fqdn);
        printed.fact.value = Some(said);
        printed.fact.missing = false;
    }
    printed
}
