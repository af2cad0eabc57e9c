//! Steps that several packets carry, because each is written for one loss, and that are done once for all.
//!
//! Two steps are the same if their commands are, word for word, or, where they have none, if they are the same
//! work in Topology Builder. Steps on the restored server itself are each server's own, and failing over and back
//! stands at the head of the plan.

use std::collections::BTreeMap;

use crate::decisions::About;
use crate::finding::{Subject, SubjectKind};
use crate::inventory::Pool;
use crate::packets::{Procedure, Step};
use crate::product::Product;
use crate::product::plan::{Moment, Work};
use crate::rows::Fqdn;
use crate::topology::Topology;

use super::Packets;
use super::model::{Once, StepOf, Wave};

/// What is done once, in the order of the waves.
pub(super) fn steps(
    waves: &[Wave],
    whole_pools: &[String],
    packets: &Packets,
    topology: &Topology<'_>,
    moved: bool,
    pool_lanes: &dyn Fn(&Fqdn) -> Vec<String>,
) -> Vec<Once> {
    let mut shared: BTreeMap<String, Shared> = BTreeMap::new();
    for carrier in carriers(waves, whole_pools, topology, pool_lanes) {
        for step in carrier.steps(packets) {
            let Some(work) =
                work(topology.inventory.product, step).filter(|work| !(moved && work.rebuilds))
            else {
                continue;
            };
            // The services of a pool lost whole are not running: nothing is to be stopped.
            if work.moment == Moment::Before && carrier.of_whole_pool {
                continue;
            }
            let shared = shared.entry(key(step)).or_insert_with(|| Shared {
                what: step.title.clone(),
                work,
                steps: Vec::new(),
            });
            shared.steps.push(carrier.at(step));
        }
    }
    let mut once: Vec<(usize, Once)> = shared.into_values().filter_map(Shared::once).collect();
    once.sort_by(|(a, x), (b, y)| (a, &x.step, &x.what).cmp(&(b, &y.step, &y.what)));
    once.into_iter().map(|(_, once)| once).collect()
}

/// A packet that is worked from.
struct Carrier {
    wave: usize,
    subject: Subject,
    /// The procedures that fit; `None` for all.
    procedures: Option<Vec<String>>,
    /// The lanes that are left of its packet; none where it has one.
    lanes: Vec<String>,
    /// Whether another packet restores it too, so that its own steps are never the ones to carry out.
    follows: bool,
    /// Whether one of them restores a file store.
    file_store: bool,
    /// Whether it holds the user store of a pool lost whole.
    of_whole_pool: bool,
}

impl Carrier {
    fn steps<'p>(&'p self, packets: &'p Packets) -> impl Iterator<Item = &'p Step> {
        let procedures = packets
            .get(&self.subject)
            .into_iter()
            .flat_map(|packet| &packet.procedures);
        let fits = |id: &String| self.procedures.as_ref().is_none_or(|ids| ids.contains(id));
        procedures
            .filter(move |procedure| fits(&procedure.whole) && procedure.is_in(&self.lanes))
            .flat_map(Procedure::steps)
    }

    fn at(&self, step: &Step) -> At {
        At {
            wave: self.wave,
            step: StepOf {
                pool: self.subject.kind == SubjectKind::Pool,
                fqdn: self.subject.fqdn.clone(),
                number: step.number.clone(),
            },
            follows: self.follows,
            file_store: self.file_store,
        }
    }
}

/// The packets worked from: each server's in its wave, and that of a pool lost whole in the wave of its last member.
fn carriers(
    waves: &[Wave],
    whole_pools: &[String],
    topology: &Topology<'_>,
    pool_lanes: &dyn Fn(&Fqdn) -> Vec<String>,
) -> Vec<Carrier> {
    let tasks = || {
        waves
            .iter()
            .flat_map(|wave| wave.tasks.iter().map(move |task| (wave.number, task)))
    };
    let is_whole = |pool: &Pool| whole_pools.iter().any(|whole| *whole == pool.fqdn.as_str());
    let holds_whole = |fqdn: &str| {
        let held = Fqdn::parse(fqdn).map(|fqdn| topology.users_on(&fqdn));
        held.is_ok_and(|pools| pools.into_iter().any(is_whole))
    };
    let servers = tasks().map(|(wave, task)| Carrier {
        wave,
        subject: Subject {
            kind: SubjectKind::Server,
            fqdn: task.fqdn.clone(),
        },
        procedures: Some(task.procedures.iter().map(|it| it.id.clone()).collect()),
        lanes: task.lanes.clone(),
        follows: task.with.is_some(),
        file_store: task
            .procedures
            .iter()
            .any(|it| it.about == About::FileStore),
        of_whole_pool: holds_whole(&task.fqdn),
    });
    let pools = topology.inventory.pools.iter();
    let whole = pools.filter(|pool| is_whole(pool));
    let pools = whole.map(|pool| {
        let is_member = |fqdn: &str| topology.members(pool).any(|it| it.fqdn.as_str() == fqdn);
        let members = tasks().filter(|(_, task)| is_member(&task.fqdn));
        Carrier {
            wave: members.map(|(wave, _)| wave).max().unwrap_or(1),
            subject: Subject {
                kind: SubjectKind::Pool,
                fqdn: pool.fqdn.to_string(),
            },
            procedures: None,
            lanes: pool_lanes(&pool.fqdn),
            follows: false,
            file_store: false,
            of_whole_pool: true,
        }
    });
    servers.chain(pools).collect()
}

/// Which kind of work a step is; `None` for what each server needs for itself, and for mere looking.
fn work(product: &'static Product, step: &Step) -> Option<&'static Work> {
    let of_one_server = step.run_on.contains("the restored server");
    let text = step.command.as_deref().unwrap_or(&step.title);
    product.once.work(text).filter(|_| !of_one_server)
}

fn key(step: &Step) -> String {
    step.command.clone().unwrap_or_else(|| step.title.clone())
}

/// A step in the packet of one wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    wave: usize,
    step: StepOf,
    follows: bool,
    file_store: bool,
}

/// A step and the packets it stands in.
struct Shared {
    what: String,
    work: &'static Work,
    steps: Vec<At>,
}

impl Shared {
    /// What to do, if more than one packet carries it.
    fn once(mut self) -> Option<(usize, Once)> {
        self.steps.sort();
        self.steps.dedup();
        let packet = |at: &At| (at.step.pool, at.step.fqdn.clone());
        let first = packet(self.steps.first()?);
        if self.steps.iter().all(|at| packet(at) == first) {
            return None;
        }
        let At { wave, step, .. } = self.chosen()?.clone();
        let latest = self.steps.iter().map(|at| at.wave).max();
        let wave = match self.work.moment {
            Moment::Together => latest.unwrap_or(wave),
            _ => wave,
        };
        let others = self
            .steps
            .into_iter()
            .map(|at| at.step)
            .filter(|it| *it != step);
        let once = Once {
            what: self.what,
            when: format!("wave {wave}: {}", self.work.why),
            instead_of: others.collect(),
            step,
        };
        Some((wave, once))
    }

    /// The step to carry out.
    fn chosen(&self) -> Option<&At> {
        let mut servers = self.steps.iter().filter(|at| !at.step.pool && !at.follows);
        let mut pools = self.steps.iter().filter(|at| at.step.pool);
        let chosen = match self.work.moment {
            Moment::First | Moment::Together | Moment::Before => servers.next(),
            Moment::FileStores => {
                let last = servers.clone().rfind(|at| at.file_store);
                last.or_else(|| servers.next_back())
            }
            Moment::Pool => pools.next_back().or_else(|| servers.next_back()),
        };
        chosen.or_else(|| self.steps.first())
    }
}
