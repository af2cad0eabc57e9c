//! What the layouts see: the contract with everybody who edits `templates/layout/`.
//!
//! `packet.html` and `packet.md` are rendered with a [`PacketView`], `cycle.*` with a [`CyclePage`],
//! `index.*` with an [`IndexPage`], `changes.*` with a [`ChangesPage`] and `plan.*` with a [`PlanPage`]. The model itself is never serialised, so it can change
//! without breaking a layout. Every text is ready for its format: on HTML pages the engine escapes it, in
//! Markdown it is escaped already. Fields said to hold *markup* are written with `| safe` on HTML pages.
//!
//! - `binder`: cover, contents and restore order of the binder
//! - `identity`: what the document is, and its running heads and feet
//! - `situation`: what failed, findings, members
//! - `facts`: facts, blanks and people
//! - `steps`: procedures and their steps
//! - `card`: from symptoms to packets
//! - `command`: commands, word by word
//! - `cycle`: the backup cycle
//! - `index`: the index
//! - `changes`: the change report
//! - `picture`: pools as pictures
//! - `plan`: the restore plan for several losses
//! - `record`: the record of an execution
//! - `wording`: sentences that every format has
//! - `work`: the working mode on screen

mod binder;
mod card;
mod changes;
mod command;
mod cycle;
mod facts;
mod identity;
mod index;
mod picture;
mod plan;
mod record;
mod situation;
mod spans;
mod steps;
mod wording;
mod work;

use serde::Serialize;

use super::binder::Binder;
use super::format::Format;
use super::pen::Pen;
use crate::packets::{Estate, Issue};

pub use binder::{
    BinderFront, BinderVolume, CopyView, GroupView, OrderView, OrderWaveView, TabView, TaskLineView,
};
pub use card::{CardView, PacketLinkView, QuestionView, SymptomView};
pub use changes::{ChangesPage, DifferenceView, PacketChangeView, ReprintView};
pub use command::{CommandView, WordView};
pub use cycle::{CyclePage, CycleSetView, CycleView};
pub use facts::{FactGroupView, FactView, PersonView};
pub use identity::{EstateView, IdentityView, PageView, StatusView, ValidView};
pub use index::{EntryView, IndexPage, LossView, ReadinessView, RouteView};
pub use picture::PictureView;
pub use plan::{
    FailoverView, LinkView, OnceView, OtherView, OutsideView, PlanPage, TaskView, TimeView,
    WaitView, WaveView,
};
pub use record::{HandView, PartRunView, RecordPage, StepRunView, outcome, rto};
pub use situation::{BecauseView, ChoiceView, FindingView, MemberView, ReasonView, SourceView};
pub use steps::{GapView, ProcedureView, SectionView, StepView};
pub use wording::WordingView;
pub use work::WorkView;

/// A packet as a layout sees it. The fields stand in the order in which they are printed.
#[derive(Clone, Debug, Serialize)]
pub struct PacketView {
    /// What the document is.
    pub identity: IdentityView,
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The packet's tab in a binder; `None` on a page of its own.
    pub tab: Option<usize>,
    /// What stands before every anchor, so that packets can share a document; empty on a page of its own.
    pub prefix: String,
    /// Document control.
    pub control: Vec<FactView>,
    /// The cycle the packet was built with: for the screen, no part of the edition.
    pub cycle: CycleView,
    /// Sentences that every format has.
    pub wording: WordingView,
    /// What stops and what goes on while this server or pool is down.
    pub effect: Vec<String>,
    /// Which situation leads to which procedure.
    pub chooser: Vec<ChoiceView>,
    /// Pools: the members in restore order.
    pub members: Vec<MemberView>,
    /// The pools concerned, as pictures.
    pub pictures: Vec<PictureView>,
    /// The findings that concern this packet.
    pub findings: Vec<FindingView>,
    /// The facts; those that change with every cycle stand on the cycle sheet instead.
    pub facts: Vec<FactGroupView>,
    /// How many facts are blank.
    pub blanks: usize,
    /// What to have at hand.
    pub gather: ProcedureView,
    /// The steps before any procedure.
    pub prepare: ProcedureView,
    /// The procedures.
    pub procedures: Vec<ProcedureView>,
    /// The checks afterwards.
    pub checks: ProcedureView,
    /// Whom to call.
    pub people: Vec<PersonView>,
    /// The recovery time objective, for the sign-off.
    pub rto: FactView,
    /// The worksheets behind the packet.
    pub sources: Vec<SourceView>,
    /// The working mode on screen, on a packet's own page; elsewhere `None`.
    pub work: Option<WorkView>,
}

/// The name of the fact that holds the recovery time objective: its column's heading.
const RTO: &str = "RTO (hours)";

impl PacketView {
    /// The view of an issue for pages of one format.
    pub(super) fn new(issue: &Issue, estate: &Estate, pen: Pen) -> Self {
        Self::at(None, issue, estate, pen)
    }

    /// The view of an issue behind its tab of a binder: an HTML page shared with others, to which it refers by
    /// their tabs.
    pub(super) fn in_binder(issue: &Issue, binder: &Binder, estate: &Estate) -> Self {
        let tab = binder.tab(&issue.packet.subject);
        let mut view = Self::at(tab.map(|tab| tab.number), issue, estate, Pen::Html);
        let here = tab.map_or(1, |tab| tab.volume);
        for member in view.members.iter_mut().filter(|it| it.link.is_some()) {
            let (link, tab) = binder.refer_to_server(&member.fqdn, here);
            (member.link, member.tab) = (link, Some(tab));
        }
        view
    }

    fn at(tab: Option<usize>, issue: &Issue, estate: &Estate, pen: Pen) -> Self {
        let prefix = tab.map(|tab| format!("tab-{tab}-")).unwrap_or_default();
        let packet = &issue.packet;
        let facts = facts::groups(&packet.facts, pen);
        let all_facts = || facts.iter().flat_map(|group| &group.facts);
        Self {
            identity: IdentityView::new(issue, pen),
            estate: EstateView::new(estate, pen),
            page: PageView {
                name: tab.map(|tab| format!("tab-{tab}")).unwrap_or_default(),
                ..PageView::new(issue, estate)
            },
            tab,
            control: facts::list(&packet.control, pen),
            cycle: CycleView::strip(&estate.cycle, pen),
            wording: WordingView::new(),
            effect: packet.effect.iter().map(|line| pen.message(line)).collect(),
            chooser: situation::choices(packet, pen),
            members: situation::members(&packet.members, pen),
            pictures: picture::pictures(&packet.pictures, &prefix, pen),
            findings: situation::findings(&packet.findings, pen),
            blanks: all_facts().filter(|fact| fact.missing).count(),
            rto: all_facts()
                .find(|fact| fact.name == pen.text(RTO))
                .cloned()
                .unwrap_or_else(|| FactView::blank(RTO, pen)),
            facts,
            gather: ProcedureView::new(&packet.gather, pen),
            prepare: ProcedureView::new(&packet.prepare, pen),
            procedures: packet
                .procedures
                .iter()
                .map(|procedure| ProcedureView::new(procedure, pen))
                .collect(),
            checks: ProcedureView::new(&packet.checks, pen),
            people: facts::people(&packet.people, pen),
            sources: situation::sources(&packet.sources, pen),
            prefix,
            work: None,
        }
    }
}

/// An id that can stand in a link: letters, digits and hyphens.
fn anchor(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    id.chars().map(safe).collect()
}

/// The format that links on a page of this pen lead to.
fn linked_format(pen: Pen) -> Format {
    match pen {
        Pen::Html => Format::Html,
        Pen::Markdown => Format::Md,
    }
}
