//! Steps that several packets carry, because each is written for one loss, and that are done once for all.
//!
//! Two steps are the same if their commands are, word for word, or, where they have none, if they are the same
//! work in Topology Builder. Steps on the restored server itself are each server's own, and failing over and back
//! stands at the head of the plan.

use std::collections::BTreeMap;

use crate::finding::{Subject, SubjectKind};
use crate::inventory::Inventory;
use crate::packets::{Procedure, Step};

use super::Packets;
use super::model::{Once, StepOf, Wave};

/// What is done once, in the order of the waves.
pub(super) fn steps(
    waves: &[Wave],
    whole_pools: &[String],
    packets: &Packets,
    inventory: &Inventory,
    moved: bool,
) -> Vec<Once> {
    let mut shared: BTreeMap<String, Shared> = BTreeMap::new();
    for carrier in carriers(waves, whole_pools, inventory) {
        for step in carrier.steps(packets) {
            let Some(work) = work(step).filter(|work| !(moved && work.rebuilds)) else {
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
    /// Whether another packet restores it too, so that its own steps are never the ones to carry out.
    follows: bool,
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
            .filter(move |procedure| fits(&procedure.id))
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
            file_store: self
                .procedures
                .iter()
                .flatten()
                .any(|id| id == "file-store"),
        }
    }
}

/// The packets worked from: each server's in its wave, and that of a pool lost whole in the wave of its last member.
fn carriers(waves: &[Wave], whole_pools: &[String], inventory: &Inventory) -> Vec<Carrier> {
    let tasks = || {
        waves
            .iter()
            .flat_map(|wave| wave.tasks.iter().map(move |task| (wave.number, task)))
    };
    let holds_whole = |fqdn: &str| {
        inventory.pools.iter().any(|pool| {
            let store = &pool.user_store;
            let partners = [&store.server.value, &store.mirror.value];
            let held = partners
                .iter()
                .any(|it| it.as_ref().is_some_and(|it| it.as_str() == fqdn));
            held && whole_pools.iter().any(|whole| *whole == pool.fqdn.as_str())
        })
    };
    let servers = tasks().map(|(wave, task)| Carrier {
        wave,
        subject: Subject {
            kind: SubjectKind::Server,
            fqdn: task.fqdn.clone(),
        },
        procedures: Some(task.procedures.iter().map(|it| it.id.clone()).collect()),
        follows: task.with.is_some(),
        of_whole_pool: holds_whole(&task.fqdn),
    });
    let whole = inventory
        .pools
        .iter()
        .filter(|pool| whole_pools.iter().any(|it| *it == pool.fqdn.as_str()));
    let pools = whole.map(|pool| {
        let is_member = |fqdn: &str| inventory.members(pool).any(|it| it.fqdn.as_str() == fqdn);
        let members = tasks().filter(|(_, task)| is_member(&task.fqdn));
        Carrier {
            wave: members.map(|(wave, _)| wave).max().unwrap_or(1),
            subject: Subject {
                kind: SubjectKind::Pool,
                fqdn: pool.fqdn.to_string(),
            },
            procedures: None,
            follows: false,
            of_whole_pool: true,
        }
    });
    servers.chain(pools).collect()
}

/// When a shared step is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// With the first packet that carries it.
    First,
    /// With the packet of the last file store, else with the last that carries it.
    FileStores,
    /// When the last server is there whose packet carries it, mirrors included.
    Together,
    /// Before the imports of a pool, with the first packet that carries it.
    Before,
    /// With the packet of the pool, if it is lost whole; else with the last.
    Pool,
}

/// A kind of work that is done once.
#[derive(Clone, Copy, Debug)]
struct Work {
    /// The cmdlet, or the words of the title.
    mark: &'static str,
    moment: Moment,
    why: &'static str,
    /// Whether it rebuilds the Central Management store, which must not be done once that has failed over.
    rebuilds: bool,
}

const WORK: &[Work] = &[
    rebuild(
        "Install-CsDatabase -CentralManagementDatabase",
        "there is one Central Management store, and this empties it",
    ),
    rebuild(
        "Set-CsConfigurationStoreLocation",
        "there is one Central Management store",
    ),
    rebuild("Import-CsConfiguration", "one import serves every server"),
    rebuild(
        "Import-CsLisConfiguration",
        "one import serves the deployment",
    ),
    work_of(
        "Enable-CsTopology",
        Moment::FileStores,
        "when the last file store is in place, it sets the permissions of all",
    ),
    work_of(
        "Install-CsDatabase",
        Moment::First,
        "the databases of this SQL Server are made once",
    ),
    work_of(
        "Install-CsMirrorDatabase",
        Moment::Together,
        "when both partners are there",
    ),
    work_of(
        "Import-CsUserData",
        Moment::Pool,
        "when the pool's Front End Servers are installed and their services are stopped",
    ),
    work_of(
        "Stop-CsWindowsService",
        Moment::Before,
        "stop all Front End Servers of the pool once, before its imports, and start them together once, after the last",
    ),
    work_of(
        "Start-CsWindowsService",
        Moment::Pool,
        "all Front End Servers of the pool together, after its last import",
    ),
    work_of(
        "Import-CsRgsConfiguration",
        Moment::Pool,
        "when the pool's services run again",
    ),
    work_of(
        "Topology Builder",
        Moment::First,
        "the topology is opened, and published, once for all servers",
    ),
];

const fn work_of(mark: &'static str, moment: Moment, why: &'static str) -> Work {
    Work {
        mark,
        moment,
        why,
        rebuilds: false,
    }
}

const fn rebuild(mark: &'static str, why: &'static str) -> Work {
    Work {
        rebuilds: true,
        ..work_of(mark, Moment::First, why)
    }
}

/// Which of these a step is; `None` for what each server needs for itself, and for mere looking.
fn work(step: &Step) -> Option<Work> {
    let text = step.command.as_deref().unwrap_or(&step.title);
    let of_one_server = text.contains("-LocalStore") || step.run_on.contains("the restored server");
    let mut known = WORK.iter().filter(|_| !of_one_server);
    known.find(|work| text.contains(work.mark)).copied()
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
    work: Work,
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
