//! The packet as data: what is printed is decided here, how it looks is not.
//!
//! Every writer is a view of a [`Packet`], so Markdown, HTML, XLSX and JSON cannot disagree.
//!
//! The serde forms are for the program's own store in `.state/` and for profiles alone: no reader, template or
//! script sees them, and they change with the program.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decisions::Marks;
use crate::finding::{Finding, Gap, Place, Subject};
use crate::inventory::declares;
use crate::text::prose::Block;
use crate::topology::Because;

use super::estate::{SourceDigest, ValidUntil};
use super::exercise::Exercise;
use super::fact::{Fact, FactGroup};
use super::picture::Picture;

/// One packet: everything printed for one server or one pool.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Packet {
    /// The server or pool it is for.
    pub subject: Subject,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// For example "Restore packet: Front End Server fe01.contoso.com".
    pub title: String,
    /// The site, where the worksheet gives one.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase: "Front End Server and Mediation Server".
    pub role: String,
    /// Document control: who owns, approved and classified the document.
    pub control: Vec<Fact>,
    /// Until when the packet may be trusted; `None` where no worksheet gives a date.
    pub valid_until: Option<ValidUntil>,
    /// What ends that it is ready: the first of its own certificates to expire.
    pub ends: Option<ValidUntil>,
    /// Everything it relies on that expires, those of a pool's members too, the first to expire first. None is printed.
    pub expiries: Vec<ValidUntil>,
    /// Ready, gaps or blocked.
    pub status: Status,
    /// What keeps it from being `ready`, in ten words; empty where nothing does.
    pub missing: String,
    /// Why the status is not `ready`: one line each, with its cell.
    pub reasons: Vec<Reason>,
    /// What stops and what goes on while this server or pool is down, in plain sentences.
    pub effect: Vec<String>,
    /// Which situation leads to which procedure, in decision-table order.
    pub chooser: Vec<Choice>,
    /// What must be known of the outage before the work begins; none where there is one lane.
    pub questions: Vec<Question>,
    /// The lanes that answers lead to; one at least.
    pub lanes: Vec<Lane>,
    /// The findings that concern this packet, in their total order.
    pub findings: Vec<Finding>,
    /// The facts, in groups.
    pub facts: Vec<FactGroup>,
    /// Pools: the members in restore order. Servers: empty.
    pub members: Vec<Member>,
    /// The pools concerned, as pictures.
    pub pictures: Vec<Picture>,
    /// Hardware, software and tools to have at hand; its steps carry no commands.
    pub gather: Procedure,
    /// The steps before any procedure.
    pub prepare: Procedure,
    /// The parts of each row of the decision table that applies, and what else is for some lanes alone. All parts in
    /// their order: [`procedures`](super::procedures).
    pub procedures: Vec<Procedure>,
    /// The checks afterwards.
    pub checks: Procedure,
    /// Whom to call.
    pub people: Vec<Person>,
    /// The worksheets behind the packet.
    pub sources: Vec<SourceDigest>,
}

/// Whether the packet can be worked through as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// A step cannot be carried out as recorded, or there is no procedure.
    Blocked,
    /// A command or a required fact has a blank, or what the packet rests on holds an error.
    Gaps,
    /// Nothing is missing.
    Ready,
}

impl Status {
    /// `blocked`, `gaps` or `ready`, as in the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Gaps => "gaps",
            Self::Ready => "ready",
        }
    }
}

/// Why a packet is not ready.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// What is wrong or missing.
    pub text: String,
    /// The cell, where there is one.
    pub place: Option<Place>,
}

/// One line of the chooser.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The decision row's id, for example `back-end-server`.
    pub id: String,
    /// What the row means, whatever its id: editions go by that.
    pub means: String,
    /// What the row is about, and when it fits.
    #[serde(default)]
    pub marks: Marks,
    /// The situation in words, for example "Only this server failed; its mirror partner still runs".
    pub situation: String,
    /// The number and title of the procedure, for example "3 Restore a Back End Server".
    pub procedure: String,
    /// The worksheet cells that made the row apply.
    pub because: Vec<Because>,
}

/// What must be known of the outage before the work begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The question's id, for example `failover`.
    pub id: String,
    /// The question.
    pub text: String,
    /// Whom it is about: canonical FQDNs of the packet's own server or pool, or of the pools whose users it cuts off.
    pub about: Vec<String>,
    /// The answers that are possible here; of them one is ticked.
    pub answers: Vec<Answer>,
}

/// A possible answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The id of the state.
    pub id: String,
    /// The words beside the box.
    pub text: String,
}

/// The id of the part with what brings back what no row of the decision table is about.
pub(super) const UNLISTED: &str = "unlisted";

impl Packet {
    /// What is missing where no row of the decision table is for the packet, and nothing else brings it back.
    pub fn no_procedure(&self) -> Option<String> {
        let none = self.chooser.is_empty() && !self.has_unlisted();
        none.then(|| format!("no procedure covers this {}", self.subject.kind.as_str()))
    }

    /// What is missing where no row is for it, and what brings it back is practice alone.
    pub fn unpublished(&self) -> Option<&'static str> {
        let is_practice = self.chooser.is_empty() && self.has_unlisted();
        is_practice.then_some("no published procedure; its steps are practice")
    }

    fn has_unlisted(&self) -> bool {
        self.procedures.iter().any(|part| part.whole == UNLISTED)
    }
}

/// A way through the packet: the parts for one combination of answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lane {
    /// Its letter.
    pub id: String,
    /// What must be true, as clauses; empty where nothing is asked.
    pub only_if: String,
    /// The answers that lead to it.
    pub answers: Vec<LaneAnswer>,
    /// Every state that is true in it, whether or not it is asked for.
    pub states: Vec<String>,
    /// The numbers of its parts, in order.
    pub parts: Vec<usize>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneAnswer {
    /// The question's id.
    pub question: String,
    /// The answer's id.
    pub answer: String,
}

/// A numbered part of the packet with its steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Procedure {
    /// The number read aloud before the point: "4" in "step 4.2".
    pub number: usize,
    /// The decision row's id; `service-first`, `gather`, `prepare` and `checks` for the common parts. A later part of the
    /// same has a number behind it.
    pub id: String,
    /// The id of what it is a part of: its own, without that number.
    pub whole: String,
    /// The letters of the lanes that all its steps are in.
    pub lanes: Vec<String>,
    /// The title, from the template's first heading.
    pub title: String,
    /// Why it is in this packet, for people; empty for the common parts.
    pub because: Vec<Because>,
    /// What stands before the first step.
    pub intro: Vec<Block>,
    /// The steps under their headings.
    pub sections: Vec<Section>,
}

impl Procedure {
    /// A part without steps.
    pub(super) fn empty(id: &str) -> Self {
        Self {
            number: 0,
            id: id.to_owned(),
            whole: id.to_owned(),
            title: String::new(),
            lanes: Vec::new(),
            because: Vec::new(),
            intro: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Whether there is a step or a sentence in it.
    pub(super) fn says_something(&self) -> bool {
        !self.intro.is_empty() || !self.sections.is_empty()
    }

    /// Whether it is in one of these lanes; none are named of a packet that has one.
    pub fn is_in(&self, lanes: &[String]) -> bool {
        lanes.is_empty() || self.lanes.iter().any(|lane| lanes.contains(lane))
    }

    /// All steps, whatever section they stand in.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.sections.iter().flat_map(|section| &section.steps)
    }
}

/// All parts, in the packet's order; a common part that this packet does without has no number.
pub fn procedures(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    let common = [&packet.gather, &packet.prepare, &packet.checks];
    let mut parts: Vec<&Procedure> = common.into_iter().chain(&packet.procedures).collect();
    parts.retain(|part| part.number > 0);
    parts.sort_by_key(|part| part.number);
    parts.into_iter()
}

/// The parts that are the packet's own: procedures and checks, without what is gathered and prepared for any.
pub(super) fn own_parts(packet: &Packet) -> impl Iterator<Item = &Procedure> {
    let general = [&packet.gather.id, &packet.prepare.id];
    procedures(packet).filter(move |part| !general.contains(&&part.whole))
}

/// Steps that belong together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Section {
    /// The heading; empty for steps that stand before the first one.
    pub title: String,
    /// What is said once for all steps of the section.
    pub intro: Vec<Block>,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step: something done, checked and signed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    /// For example "4.2".
    pub number: String,
    /// What is done, as an imperative.
    pub title: String,
    /// Where it is done: "on the restored server", "on fe01.contoso.com".
    pub run_on: String,
    /// As whom: the groups the account must be in.
    pub account: String,
    /// What one sees when it worked.
    pub expect: String,
    /// Set where nothing can be taken back after this step.
    pub point_of_no_return: bool,
    /// Text, notes and warnings.
    pub body: Vec<Block>,
    /// The command, complete and quoted; `None` where the step has none or where `gaps` withhold it.
    pub command: Option<String>,
    /// What the command is typed into.
    pub language: Language,
    /// What is missing for the command; then the command is not printed.
    pub gaps: Vec<Gap>,
    /// Blanks in the step's text, which do not withhold anything.
    pub blanks: Vec<Gap>,
}

/// What a command is typed into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// A shell: PowerShell, or the product's own.
    #[default]
    Powershell,
    /// A query window of SQL Server Management Studio.
    Sql,
}

impl Language {
    const ALL: [Self; 2] = [Self::Powershell, Self::Sql];

    /// The mark of a fenced block.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Powershell => "powershell",
            Self::Sql => "sql",
        }
    }

    /// The language of a fenced block with this mark.
    pub fn of(mark: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == mark)
    }
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// 1 for what is restored first.
    pub order: usize,
    /// Canonical FQDN.
    pub fqdn: String,
    /// What it is to the pool: "SQL Server, user store", "file store", "Front End Server".
    pub role: String,
    /// Its addresses, as recorded.
    pub address: Option<String>,
    /// Its recovery time objective in hours, where the pool waits for it.
    pub rto: Option<f64>,
    /// Whether it has a packet of its own (it has a row in the servers worksheet).
    pub packet: bool,
}

/// Somebody to call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// For example "May declare the restore".
    pub responsibility: Fact,
    /// Who.
    pub name: Fact,
    /// How to reach them.
    pub phone: Fact,
    /// How to write to them.
    pub email: Fact,
    /// Who stands in.
    pub alternate: Fact,
    /// How to reach the one who stands in.
    pub alternate_phone: Fact,
}

impl Person {
    /// Whether this is somebody who may declare a restore.
    pub fn declares(&self) -> bool {
        declares(&self.responsibility.text)
    }
}

/// A packet together with the edition it is issued as; what every writer gets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issue {
    /// The packet.
    pub packet: Packet,
    /// 1 for the first; rises only when the packet's content changes.
    pub edition: u32,
    /// The day this edition was first issued.
    pub issued: Date,
    /// Derived from the content, typeable, with a check character.
    pub fingerprint: String,
    /// When it was last exercised and by whom; `None` if it never was. No part of the edition.
    pub exercise: Option<Exercise>,
}
