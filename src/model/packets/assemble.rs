//! Assembles one packet: facts, chooser, procedures, findings, status.
//!
//! Entry point: [`Assembler`], made once for a run; [`Assembler::server`] and [`Assembler::pool`] are
//! independent of each other and may run in parallel. A packet is made in two steps: a [`Draft`], which is what the
//! worksheets say of it, and what the procedures make of that, which costs most.

use std::collections::BTreeSet;

use crate::decisions::{Match, Table};
use crate::finding::{Code, Finding, Place, Subject, words};
use crate::inventory::{Pool, Server};
use crate::rows::Fqdn;
use crate::template::{Engine, Prepared};
use crate::text::digest;
use crate::topology::Topology;

use super::concerning::Concerning;
use super::context::Context;
use super::doubts::Doubtful;
use super::draft::Draft;
use super::estate::SourceDigest;
use super::fact::FactGroup;
use super::gaps::{self, Said};
use super::lanes::{self, Settled, Written};
use super::model::{self, Lane, Packet, Procedure};
use super::routine::Routine;
use super::{chooser, facts, status, steps, uncertain};

/// The procedures of every packet, by their ids: what gives users their service back before anything is restored, what
/// is gathered and prepared, and what is checked afterwards.
pub(super) const COMMON: [(&str, &str); 4] = [
    ("service-first", "parts/service-first.md"),
    ("gather", "parts/gather.md"),
    ("prepare", "parts/prepare.md"),
    ("checks", "parts/checks.md"),
];

/// What brings a server back that no row of the decision table is about.
pub(super) const UNLISTED: (&str, &str) = (model::UNLISTED, "parts/unlisted.md");

/// What every packet of a run is assembled from.
pub struct Assembler<'a> {
    topology: &'a Topology<'a>,
    table: &'a Table,
    engine: &'a Engine,
    sources: &'a [SourceDigest],
    routine: Routine,
    said: Said<'a>,
    doubtful: Doubtful<'a>,
    findings: Concerning<'a>,
    /// The digest of what every packet is made from.
    common: String,
}

/// A packet, and what went wrong while it was made.
#[derive(Debug)]
pub struct Assembled {
    /// The packet.
    pub packet: Packet,
    /// Findings raised by assembling: templates, rows that do not cover a server. They are in the packet too.
    pub findings: Vec<Finding>,
}

impl<'a> Assembler<'a> {
    /// Prepares for a run. `findings` are those of reading and readiness; those that hang on the day are left out.
    pub fn new(
        topology: &'a Topology<'a>,
        table: &'a Table,
        engine: &'a Engine,
        sources: &'a [SourceDigest],
        findings: &'a [Finding],
    ) -> Self {
        let concerning = Concerning::always(findings);
        let (said, inventory) = (Said::of(findings), topology.inventory);
        let paths = sources.iter().map(|source| &source.path);
        let (control, people) = (facts::control(inventory), facts::people(inventory));
        let common = (&said, paths.collect::<Vec<_>>(), control, people);
        Self {
            common: digest::of_value(&common),
            topology,
            table,
            engine,
            sources,
            routine: Routine::default(),
            said,
            doubtful: Doubtful::of(topology, &concerning),
            findings: concerning,
        }
    }

    /// With another list of routine facts.
    #[must_use]
    pub fn with_routine(mut self, routine: Routine) -> Self {
        self.routine = routine;
        self
    }

    /// What packets are assembled from.
    pub fn topology(&self) -> &'a Topology<'a> {
        self.topology
    }

    /// The packet of a server.
    pub fn server(&self, server: &Server) -> Assembled {
        self.finish(self.draft_of_server(server))
    }

    /// The packet of a pool.
    pub fn pool(&self, pool: &Pool) -> Assembled {
        self.finish(self.draft_of_pool(pool))
    }

    /// What the worksheets say of a server.
    pub fn draft_of_server(&self, server: &Server) -> Draft<'a> {
        Draft::of_server(self.table, self.topology, server)
    }

    /// What the worksheets say of a pool.
    pub fn draft_of_pool(&self, pool: &Pool) -> Draft<'a> {
        Draft::of_pool(self.table, self.topology, pool)
    }

    /// The digest of everything that a packet of this draft is made from, but for the templates. Packets of one key are
    /// alike, except that they name the digests of their worksheets.
    pub fn key(&self, draft: &Draft<'_>) -> String {
        let control = facts::control(self.topology.inventory);
        let own = draft.facts.iter().flat_map(|group| &group.facts);
        let rows = facts::rows(own.chain(&control));
        let (all, matches) = (&self.findings, &draft.matches);
        let doubts = self.doubtful.of_packet(all, matches, &rows, draft.may_hold);
        let findings: Vec<&Finding> = all.of_packet(&draft.subject, &rows).collect();
        // The manifest names the sheets in which members stand.
        let members = draft.members.iter().filter_map(|member| {
            let server = self.topology.server(&Fqdn::parse(&member.fqdn).ok()?)?;
            Some(&server.name.place)
        });
        let members: Vec<&Place> = members.collect();
        let made_from = (
            draft,
            findings,
            doubts,
            members,
            &self.routine,
            &self.common,
        );
        digest::of_value(&made_from)
    }

    /// The facts of a draft, as its packet has them.
    pub fn facts(&self, draft: &Draft<'_>) -> Vec<FactGroup> {
        let mut facts = draft.facts.clone();
        self.routine
            .mark(self.topology.inventory.product, &mut facts);
        facts
    }

    /// The packet of a draft.
    pub fn finish(&self, mut draft: Draft<'_>) -> Assembled {
        let matches = std::mem::take(&mut draft.matches);
        let matches = matches.as_slice();
        let product = self.topology.inventory.product;
        self.routine.mark(product, &mut draft.facts);
        let mut raised = Vec::new();
        let written = self.written(&draft, matches, &mut raised);
        let states = &self.topology.inventory.product.states;
        let Settled {
            questions,
            lanes,
            mut parts,
        } = lanes::settle(states, &draft.states, written);
        let [gather, prepare, checks] =
            ["gather", "prepare", "checks"].map(|id| taken(&mut parts, id));
        let chooser = chooser::lines(matches, &parts);
        if chooser.is_empty() {
            raised.push(no_scenario(
                &draft,
                parts.iter().any(|it| it.whole == UNLISTED.0),
            ));
        } else {
            let is_row = |part: &&Procedure| matches.iter().any(|it| it.row.id == part.whole);
            let covered: Vec<&Procedure> = parts.iter().filter(is_row).collect();
            let is_bare = |lane: &&Lane| !covered.iter().any(|it| it.lanes.contains(&lane.id));
            let bare: Vec<&Lane> = lanes.iter().filter(is_bare).collect();
            raised.extend((!bare.is_empty()).then(|| no_row(&draft, &bare)));
        }
        let control = facts::control(self.topology.inventory);
        let facts = draft.facts.iter().flat_map(|group| &group.facts);
        let rows = facts::rows(facts.chain(&control));
        let (all, may_hold) = (&self.findings, draft.may_hold);
        let doubts = self.doubtful.of_packet(all, matches, &rows, may_hold);
        let mut packet = Packet {
            title: draft.title(),
            valid_until: draft.validity.until,
            ends: draft.validity.own,
            expiries: draft.validity.expiries,
            status: super::Status::Ready,
            missing: String::new(),
            reasons: Vec::new(),
            chooser,
            questions,
            lanes,
            findings: self.findings(&draft.subject, &rows, raised.iter().chain(&doubts.choice)),
            people: facts::people(self.topology.inventory),
            sources: self.sources_of(&rows),
            subject: draft.subject,
            name: draft.name,
            site: draft.site,
            role: draft.role,
            control,
            effect: draft.effect,
            facts: draft.facts,
            members: draft.members,
            pictures: draft.pictures,
            gather,
            prepare,
            procedures: parts,
            checks,
        };
        uncertain::withhold(&mut packet);
        status::settle(&mut packet, &doubts);
        let unsaid = gaps::unsaid(&packet, &draft.place, &self.said);
        packet.findings.extend(unsaid.iter().cloned());
        packet.findings.sort_by_key(|finding| finding.severity);
        raised.extend(unsaid);
        Assembled {
            packet,
            findings: raised,
        }
    }

    /// Every part of a packet as its template has it, in order.
    fn written(
        &self,
        draft: &Draft<'_>,
        matches: &[Match<'_>],
        raised: &mut Vec<Finding>,
    ) -> Vec<Written> {
        let context = Prepared::of(&draft.context);
        let mut part = |id: &str, file: &str| {
            let written = self.procedure(&context, file, id);
            written.unwrap_or_else(|finding| {
                raised.push(finding.about(draft.subject.clone()));
                unusable(file, id)
            })
        };
        let [mut first, gather, prepare, checks] = COMMON.map(|(id, file)| part(id, file));
        let unlisted = matches.is_empty().then(|| part(UNLISTED.0, UNLISTED.1));
        let unlisted = unlisted.filter(|it| !it.part.sections.is_empty());
        let rows = matches.iter().map(|found| {
            let mut written = part(&found.row.id, &found.row.procedure);
            written.part.because.clone_from(&found.because);
            for only in &mut written.only {
                *only = found.row.only.and(only);
            }
            written
        });
        let rows: Vec<Written> = rows.collect();
        // Most losses cut nobody off who could go elsewhere.
        first.part.sections.retain(|it| !it.steps.is_empty());
        let first = Some(first).filter(|it| !it.part.sections.is_empty());
        let before = first.into_iter().chain([gather, prepare]);
        let parts = before.chain(rows).chain(unlisted).chain([checks]);
        // A pool whose members' packets do all of it has nothing to gather, prepare or check.
        parts.filter(|it| it.part.says_something()).collect()
    }

    fn procedure(
        &self,
        context: &Prepared<'_, Context>,
        file: &str,
        id: &str,
    ) -> Result<Written, Finding> {
        let states = &self.topology.inventory.product.states;
        steps::procedure_of(self.engine, &template(file), context, states, id)
    }

    /// The findings that point at a row the packet uses or name its subject, and more.
    fn findings<'b>(
        &self,
        subject: &Subject,
        rows: &BTreeSet<Place>,
        more: impl Iterator<Item = &'b Finding>,
    ) -> Vec<Finding> {
        let concerning = self.findings.of_packet(subject, rows);
        let mut findings: Vec<Finding> = concerning.cloned().collect();
        findings.extend(more.cloned());
        crate::finding::settle(&mut findings);
        findings.sort_by_key(|finding| finding.severity);
        findings
    }

    fn sources_of(&self, rows: &BTreeSet<Place>) -> Vec<SourceDigest> {
        let used: BTreeSet<&str> = rows.iter().map(|row| row.path.as_ref()).collect();
        let sources = self.sources.iter();
        sources
            .filter(|source| used.contains(source.path.as_str()))
            .cloned()
            .collect()
    }
}

fn template(file: &str) -> String {
    format!("procedures/{file}")
}

/// What stands in the place of a procedure whose template cannot be used: its name.
fn unusable(file: &str, id: &str) -> Written {
    Written {
        part: Procedure {
            title: format!("{} could not be used", template(file)),
            ..Procedure::empty(id)
        },
        only: Vec::new(),
    }
}

/// Takes out the part of this id.
fn taken(parts: &mut Vec<Procedure>, id: &str) -> Procedure {
    let position = parts.iter().position(|part| part.id == id);
    position.map_or_else(|| Procedure::empty(id), |it| parts.remove(it))
}

/// Lanes that no row is for, while others have one.
fn no_row(draft: &Draft<'_>, lanes: &[&Lane]) -> Finding {
    let fqdn = &draft.subject.fqdn;
    let cases = words::either(lanes.iter().map(|lane| lane.only_if.clone()));
    Finding::new(
        Code::NoScenario,
        format!(
            "no row of the decision table covers `{fqdn}` if {cases}; there its packet holds preparation and checks only"
        ),
    )
    .at(&draft.place)
    .help("see which rows are for which states: `only` in `decision-table.toml`")
    .about(draft.subject.clone())
}

fn no_scenario(draft: &Draft<'_>, has_steps: bool) -> Finding {
    let fqdn = &draft.subject.fqdn;
    let (why, help) = if draft.role.is_empty() {
        (
            format!(
                "no worksheet says what `{fqdn}` is, so no row of the decision table covers it"
            ),
            "fill in `Role`, and name the server in the pools it serves",
        )
    } else {
        (
            format!("no row of the decision table covers `{fqdn}`"),
            "restore it by its own documentation, or check its role and the pools that should name it",
        )
    };
    let what = if has_steps {
        "what brings it back is practice, and no published procedure"
    } else {
        "its packet holds facts and preparation only"
    };
    Finding::new(Code::NoScenario, format!("{why}; {what}"))
        .at(&draft.place)
        .help(help)
        .about(draft.subject.clone())
}
