//! The restore order for several losses: what is restored in which wave, what can go on side by side, how long
//! it takes, and which steps are then done once.
//!
//! Entry point: [`plan`]. Its steps:
//!
//! 1. what is lost ([`Losses`]);
//! 2. which pools fail over to their backup pool first (`failover.rs`);
//! 3. who waits for whom, server by server, each with its cell (`dependencies.rs`);
//! 4. waves, and what contradicts itself (`graph.rs`);
//! 5. hours along the longest path (`time.rs`);
//! 6. steps that several packets carry and that are done once (`once.rs`).
//!
//! [`card`]: from symptoms to packets, for the index.

pub mod card;
mod dependencies;
mod edge;
mod failover;
mod graph;
mod losses;
mod model;
mod once;
mod stage;
mod states;
mod time;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Subject, SubjectKind, words};
use crate::inventory::Server;
use crate::rows::Fqdn;
use crate::topology::{Holding, Part, Topology};

use crate::packets::Packet;
use dependencies::Finder;
use edge::Edge;
use graph::Cycle;
use states::Outage;

pub use losses::{Losses, sites};
pub use model::*;
pub use states::{Answers, BadAnswer};

/// The packets of the servers and pools that are lost, for their procedures and steps.
pub type Packets = BTreeMap<Subject, Packet>;

/// The restore order for these losses, and what the dependencies contradict themselves in. `answers` are what people say
/// of the outage; the rest follows from what is lost.
pub fn plan(
    topology: &Topology<'_>,
    losses: &Losses,
    packets: &Packets,
    answers: &Answers,
) -> (Plan, Vec<Finding>) {
    let mut failovers = failover::first(topology, losses);
    failovers.retain(|it| answers.allow(topology, &it.pool, "fails-over"));
    let moved = topology.central_pool().is_some_and(|pool| {
        failovers
            .iter()
            .any(|it| it.central.is_some() && it.pool == pool.fqdn.as_str())
    });
    let nodes: BTreeSet<Fqdn> = losses
        .servers
        .iter()
        .filter(|fqdn| stage::of(topology, fqdn, moved).is_some())
        .cloned()
        .collect();
    let edges = Finder::new(topology, &nodes, moved).edges();
    let (edges, cycles) = graph::without_cycles(&nodes, edges);
    let rounds = graph::waves(&nodes, &edges);
    let time = time::of(topology, &rounds, &edges);
    let waits = graph::reduced(&rounds, &edges);
    let draft = Draft {
        topology,
        losses,
        packets,
        time: &time,
        waits: &waits,
        moved,
        outage: Outage {
            topology,
            losses,
            failovers: &failovers,
            answers,
        },
    };
    let waves: Vec<Wave> = (1..)
        .zip(&rounds)
        .map(|(number, round)| draft.wave(number, round))
        .collect();
    let once = once::steps(
        &waves,
        &draft.leading(),
        packets,
        topology,
        moved,
        &|pool| draft.lanes_of(SubjectKind::Pool, pool),
    );
    let plan = Plan {
        title: format!("Restore plan for {}", losses.title),
        whole_pools: draft.leading(),
        outside: draft.outside(),
        others: draft.others(),
        notes: draft.notes(&waves, &time),
        once,
        waves,
        time,
        failovers: failovers.clone(),
    };
    (plan, cycles.iter().map(finding).collect())
}

/// What a plan is drawn up from, once the graph is known.
struct Draft<'a> {
    topology: &'a Topology<'a>,
    losses: &'a Losses,
    packets: &'a Packets,
    time: &'a Time,
    waits: &'a BTreeMap<Fqdn, Vec<Edge>>,
    moved: bool,
    outage: Outage<'a>,
}

impl Draft<'_> {
    fn wave(&self, number: usize, round: &[Fqdn]) -> Wave {
        let mut tasks: Vec<Task> = round.iter().filter_map(|fqdn| self.task(fqdn)).collect();
        tasks.sort_by(|a, b| (&a.stage, &a.fqdn).cmp(&(&b.stage, &b.fqdn)));
        Wave { number, tasks }
    }

    fn task(&self, fqdn: &Fqdn) -> Option<Task> {
        let server = self.topology.server(fqdn);
        let span = self.time.spans.get(fqdn.as_str()).copied();
        Some(Task {
            stage: stage::of(self.topology, fqdn, self.moved)?,
            fqdn: fqdn.to_string(),
            name: server.map_or_else(|| fqdn.to_string(), |it| it.name.text.clone()),
            role: server.map_or_else(String::new, role),
            site: server.and_then(|it| it.site.value.clone()),
            packet: server.is_some(),
            with: self.primary_of(fqdn),
            procedures: self.procedures(fqdn),
            lanes: self.lanes(fqdn),
            waits: self
                .waits
                .get(fqdn)
                .into_iter()
                .flatten()
                .map(|edge| self.wait(edge))
                .collect(),
            rto: server.and_then(|it| it.rto.value),
            start: span.map_or(0.0, |span| span.0),
            end: span.map_or(0.0, |span| span.1),
            critical: self.time.path.contains(fqdn.as_str()),
        })
    }

    fn wait(&self, edge: &Edge) -> Wait {
        Wait {
            on: edge.on.to_string(),
            why: Cow::Borrowed(edge.kind.why(&self.topology.inventory.product.plan.waits)),
            because: edge.because.clone(),
        }
    }

    /// The procedures of the server's packet that fit what else is lost.
    fn procedures(&self, fqdn: &Fqdn) -> Vec<PlannedProcedure> {
        let packet = self.packets.get(&server_subject(fqdn));
        let choices = packet.iter().flat_map(|packet| &packet.chooser);
        let lanes = self.lanes(fqdn);
        let is_there = |id: &str| {
            let mut parts = packet.iter().flat_map(|packet| &packet.procedures);
            parts.any(|part| part.whole == id && part.is_in(&lanes))
        };
        choices
            .filter(|choice| is_there(&choice.id))
            .map(|choice| PlannedProcedure {
                id: choice.id.clone(),
                title: choice.procedure.clone(),
                about: choice.marks.about,
            })
            .collect()
    }

    /// The lanes of its packet that these losses leave; none where the packet has one.
    fn lanes(&self, fqdn: &Fqdn) -> Vec<String> {
        self.lanes_of(SubjectKind::Server, fqdn)
    }

    fn lanes_of(&self, kind: SubjectKind, fqdn: &Fqdn) -> Vec<String> {
        let fqdn = fqdn.to_string();
        let packet = self.packets.get(&Subject { kind, fqdn });
        let packet = packet.filter(|it| it.lanes.len() > 1);
        let left = packet.map(|it| self.outage.lanes(it)).unwrap_or_default();
        left.into_iter().map(|lane| lane.id.clone()).collect()
    }

    /// The primary a mirror is lost with.
    fn primary_of(&self, fqdn: &Fqdn) -> Option<String> {
        let holdings = self.topology.holdings(fqdn);
        let mut primaries = holdings
            .iter()
            .filter(|it| it.kind.users && it.part == Part::Mirror)
            .filter_map(Holding::partner);
        let primary = primaries.find(|it| self.losses.servers.contains(*it))?;
        let alone = !holdings.iter().any(|it| it.part == Part::Primary);
        alone.then(|| primary.to_string())
    }

    /// What the packets take for granted.
    fn outside(&self) -> Vec<Outside> {
        let known = self.topology.inventory.product.plan.outside.iter();
        known
            .map(|it| Outside {
                what: Cow::Borrowed(&it.what),
                why: Cow::Borrowed(&it.why),
            })
            .collect()
    }

    /// Pools lost whole: their own packets lead, with the servers' packets for preparation and checks.
    fn leading(&self) -> Vec<String> {
        let whole = self.topology.inventory.pools.iter().filter(|pool| {
            let mut members = self.topology.members(pool).peekable();
            let users = self.topology.inventory.product.user_store();
            let store = self.topology.holder(pool, users, Part::Primary);
            pool.serves_users()
                && !pool.is_one_computer()
                && members.peek().is_some()
                && members.all(|it| self.losses.servers.contains(&it.fqdn))
                && match store {
                    Some(store) => self.losses.servers.contains(store),
                    None => self
                        .topology
                        .is_lost_with(&self.losses.servers, pool, users),
                }
        });
        whole.map(|pool| pool.fqdn.to_string()).collect()
    }

    /// Lost servers that wait for nobody and nobody waits for, since no procedure covers them.
    fn others(&self) -> Vec<Other> {
        let others = self.losses.servers.iter();
        others
            .filter(|fqdn| stage::of(self.topology, fqdn, self.moved).is_none())
            .map(|fqdn| Other {
                fqdn: fqdn.to_string(),
                role: self.topology.server(fqdn).map_or_else(String::new, role),
                packet: self.topology.server(fqdn).is_some(),
            })
            .collect()
    }

    fn notes(&self, waves: &[Wave], time: &Time) -> Vec<String> {
        let tasks = || waves.iter().flat_map(|wave| &wave.tasks);
        let says = &self.topology.inventory.product.plan.notes;
        let computer = self.topology.inventory.deployment.administration_computer();
        let computer = computer.unwrap_or(&says.no_computer);
        let mut notes = vec![says.elsewhere.with("computer", computer)];
        let late: Vec<&str> = tasks()
            .filter(|task| task.rto.is_some_and(|rto| task.end > rto))
            .map(|task| task.name.as_str())
            .collect();
        if !late.is_empty() && time.blanks.is_empty() {
            notes.push(format!(
                "{} would be back later than the RTO recorded for each alone, because of what comes before.",
                words::count(late.len(), "server", "servers")
            ));
        }
        let strangers: Vec<&str> = tasks()
            .filter(|task| !task.packet)
            .map(|task| task.fqdn.as_str())
            .collect();
        if !strangers.is_empty() {
            notes.push(format!(
                "The pools worksheet names {}, but the servers worksheet has no such row: there is no packet to restore it by.",
                words::quoted(strangers)
            ));
        }
        if !self.losses.unplaced.is_empty() {
            notes.push(format!(
                "No site is recorded for {}: find out whether they stood there too.",
                words::quoted(self.losses.unplaced.iter().map(Fqdn::as_str))
            ));
        }
        if self.moved {
            notes.push(says.central_moved.clone());
        } else if self.topology.central_pool().is_none() {
            notes.push(says.central_unknown.clone());
        }
        notes
    }
}

fn role(server: &Server) -> String {
    words::list(server.roles.value.iter().flatten().map(|role| role.printed))
}

fn server_subject(fqdn: &Fqdn) -> Subject {
    Subject {
        kind: SubjectKind::Server,
        fqdn: fqdn.to_string(),
    }
}

/// Servers that wait for each other.
fn finding(cycle: &Cycle) -> Finding {
    let links = cycle.edges.iter().map(|edge| {
        format!(
            "`{}` waits for `{}` ({})",
            edge.waits, edge.on, edge.because.text
        )
    });
    let finding = Finding::new(
        Code::DependencyCycle,
        format!("the dependencies lead back to where they began: {}", words::list(links)),
    )
    .at(&cycle.dropped.because.place)
    .help(format!(
        "the plan goes on as if `{}` did not wait for `{}`; correct the cell, or move what it names to a server of its own",
        cycle.dropped.waits, cycle.dropped.on
    ));
    let mut servers: BTreeSet<&Fqdn> = cycle.edges.iter().map(|edge| &edge.waits).collect();
    servers.insert(&cycle.dropped.on);
    servers
        .into_iter()
        .fold(finding, |finding, fqdn| finding.about(server_subject(fqdn)))
}
