//! Steps that several packets carry, because each is written for one loss, and that are done once for all.
//!
//! Two steps are the same if their commands are, word for word, or, where they have none, if they are the same
//! work in Topology Builder. Steps on the restored server itself are each server's own, and failing over and back
//! stands at the head of the plan.

use std::collections::BTreeMap;

use crate::finding::{Subject, SubjectKind};
use crate::inventory::Inventory;
use crate::packets::Step;

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
    for (wave, subject, procedures) in carriers(waves, whole_pools, inventory) {
        let Some(packet) = packets.get(&subject) else {
            continue;
        };
        let fitting = packet
            .procedures
            .iter()
            .filter(|procedure| procedures.as_ref().is_none_or(|ids| ids.contains(&procedure.id)));
        for step in fitting.flat_map(|procedure| procedure.steps()) {
            let Some(work) = work(step).filter(|work| !(moved && work.rebuilds)) else {
                continue;
            };
            let shared = shared.entry(key(step)).or_insert_with(|| Shared {
                what: step.title.clone(),
                work,
                steps: Vec::new(),
            });
            let step = StepOf {
                pool: subject.kind == SubjectKind::Pool,
                fqdn: subject.fqdn.clone(),
                number: step.number.clone(),
            };
            shared.steps.push((wave, step));
        }
    }
    let mut once: Vec<(usize, Once)> = shared.into_values().filter_map(Shared::once).collect();
    once.sort_by(|(a, x), (b, y)| (a, &x.step, &x.what).cmp(&(b, &y.step, &y.what)));
    once.into_iter().map(|(_, once)| once).collect()
}

/// The packets worked from: each server's in its wave, and that of a pool lost whole in the wave of its last member.
fn carriers(
    waves: &[Wave],
    whole_pools: &[String],
    inventory: &Inventory,
) -> Vec<(usize, Subject, Option<Vec<String>>)> {
    let mut carriers = Vec::new();
    for wave in waves {
        for task in &wave.tasks {
            let ids = task.procedures.iter().map(|procedure| procedure.id.clone());
            let subject = Subject {
                kind: SubjectKind::Server,
                fqdn: task.fqdn.clone(),
            };
            carriers.push((wave.number, subject, Some(ids.collect())));
        }
    }
    for pool in inventory.pools.iter().filter(|pool| whole_pools.iter().any(|it| *it == pool.fqdn.as_str())) {
        let is_member = |fqdn: &str| inventory.members(pool).any(|it| it.fqdn.as_str() == fqdn);
        let last = waves
            .iter()
            .filter(|wave| wave.tasks.iter().any(|task| is_member(&task.fqdn)))
            .map(|wave| wave.number)
            .max();
            let subject = Subject {
            kind: SubjectKind::Pool,
            fqdn: pool.fqdn.to_string(),
        };
        carriers.push((last.unwrap_or(1), subject, None));
    }
    carriers
}

/// When a shared step is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// With the first packet that carries it.
    First,
    /// With the last server's packet that carries it.
    Last,
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
    rebuild("Install-CsDatabase -CentralManagementDatabase", "there is one Central Management store, and this empties it"),
    rebuild("Set-CsConfigurationStoreLocation", "there is one Central Management store"),
    rebuild("Import-CsConfiguration", "one import serves every server"),
    rebuild("Import-CsLisConfiguration", "one import serves the deployment"),
    work_of("Enable-CsTopology", Moment::Last, "when the last file store is in place, it sets the permissions of all"),
    work_of("Install-CsDatabase", Moment::First, "the databases of this SQL Server are made once"),
    work_of("Install-CsMirrorDatabase", Moment::Last, "when both partners are there"),
    work_of("Import-CsUserData", Moment::Pool, "when the pool's Front End Servers are installed and their services are stopped"),
    work_of("Stop-CsWindowsService", Moment::Pool, "stop all Front End Servers of the pool once, before its imports, and start them together once, after the last"),
    work_of("Start-CsWindowsService", Moment::Pool, "all Front End Servers of the pool together, after its last import"),
    work_of("Import-CsRgsConfiguration", Moment::Pool, "when the pool's services run again"),
    work_of("Topology Builder", Moment::First, "the topology is opened, and published, once for all servers"),
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
    WORK.iter().find(|work| text.contains(work.mark)).copied()
}

fn key(step: &Step) -> String {
    step.command.clone().unwrap_or_else(|| step.title.clone())
}

/// A step and the packets it stands in, with their waves.
struct Shared {
    what: String,
    work: Work,
    steps: Vec<(usize, StepOf)>,
}

impl Shared {
    /// What to do, if more than one packet carries it.
    fn once(mut self) -> Option<(usize, Once)> {
        self.steps.sort();
        self.steps.dedup();
        let several = self.steps.iter().any(|(_, step)| {
            let first = &self.steps[0].1;
            (step.pool, &step.fqdn) != (first.pool, &first.fqdn)
        });
        if !several {
            return None;
        }
        let servers = || self.steps.iter().filter(|(_, step)| !step.pool);
        let pools = || self.steps.iter().filter(|(_, step)| step.pool);
        let (wave, step) = match self.work.moment {
            Moment::First => servers().next(),
            Moment::Last => servers().next_back(),
            Moment::Pool => pools().next_back().or_else(|| servers().next_back()),
        }
        .or_else(|| self.steps.first())?
        .clone();
        let instead_of = self.steps.into_iter().map(|(_, step)| step).filter(|it| *it != step);
        Some((wave, Once {
            what: self.what,
            when: format!("wave {wave}: {}", self.work.why),
            instead_of: instead_of.collect(),
            step,
        }))
    }
}
