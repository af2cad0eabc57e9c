//! Which packets a bundle holds, and the restore order that goes with them.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Subject, words};
use crate::inventory::Inventory;
use crate::packets::Issue;
use crate::plan::{self, Losses, Packets, Plan};
use crate::publish::{Kind, PacketEntry};
use crate::topology::Topology;

use super::super::choose::{Chosen, Selection, choose};
use super::super::kept::KeptPackets;
use super::{Error, Result};

/// What was chosen.
pub struct Choice {
    /// The packets as the manifest has them, servers first.
    pub entries: Vec<PacketEntry>,
    /// The packets.
    pub issues: Vec<Issue>,
    /// The restore order, if all of them are lost.
    pub plan: Plan,
}

impl Choice {
    /// The packets of these servers and pools.
    ///
    /// # Errors
    /// A name or site the worksheets do not have; a packet that was not issued; data that are lost.
    pub fn of(selection: &Selection, kept: &KeptPackets) -> Result<Self> {
        let topology = Topology::of(&kept.inventory);
        let (wanted, losses) = wanted(selection, &topology)?;
        let issued = |entry: &&PacketEntry| wanted.contains(&(entry.kind, entry.fqdn.clone()));
        let entries: Vec<PacketEntry> = kept
            .manifest
            .packets
            .iter()
            .filter(issued)
            .cloned()
            .collect();
        if entries.is_empty() {
            let names = wanted.iter().map(|(_, fqdn)| fqdn.as_str());
            return Err(Error::request(format!(
                "no packet was issued for {}",
                words::list(names.take(5))
            ))
            .help("`restore-packets build` issues them"));
        }
        let issues = entries.iter().map(|entry| kept.issue(entry));
        let issues = issues.collect::<Result<Vec<Issue>>>()?;
        let mut plan = restore_order(kept, &topology, &losses, &issues)?;
        let holds = |fqdn: &str| {
            entries
                .iter()
                .any(|it| it.kind == Kind::Server && it.fqdn == fqdn)
        };
        for task in plan.waves.iter_mut().flat_map(|wave| &mut wave.tasks) {
            task.packet &= holds(&task.fqdn);
        }
        for other in &mut plan.others {
            other.packet &= holds(&other.fqdn);
        }
        Ok(Self {
            entries,
            issues,
            plan,
        })
    }
}

/// Servers and pools by kind and name.
type Wanted = BTreeSet<(Kind, String)>;

/// Whose packets are wanted, and what is lost together.
fn wanted(selection: &Selection, topology: &Topology<'_>) -> Result<(Wanted, Losses)> {
    let inventory = topology.inventory;
    let losses = selection.losses(topology)?;
    let named = |names: &[String]| -> Result<Wanted> {
        let chosen = choose(inventory, names)?;
        let keys = chosen.iter().map(Chosen::key);
        Ok(keys.map(|(kind, fqdn)| (kind, fqdn.to_owned())).collect())
    };
    let wanted = match selection {
        Selection::All => named(&[])?,
        Selection::Named(names) => named(names)?,
        Selection::LostTogether(names) => {
            named(names)?.into_iter().chain(servers(&losses)).collect()
        }
        Selection::Site(site) => pools(inventory, site).chain(servers(&losses)).collect(),
    };
    Ok((wanted, losses))
}

fn servers(losses: &Losses) -> impl Iterator<Item = (Kind, String)> {
    let servers = losses.servers.iter();
    servers.map(|fqdn| (Kind::Server, fqdn.to_string()))
}

fn pools<'a>(inventory: &'a Inventory, site: &'a str) -> impl Iterator<Item = (Kind, String)> {
    let is_there = move |at: &Option<String>| {
        at.as_ref()
            .is_some_and(|at| at.trim().eq_ignore_ascii_case(site.trim()))
    };
    let pools = inventory.pools.iter();
    let pools = pools.filter(move |pool| is_there(&pool.site.value));
    pools.map(|pool| (Kind::Pool, pool.fqdn.to_string()))
}

/// The restore order, drawn up from the packets of what is lost and of all pools, as `plan` does.
fn restore_order(
    kept: &KeptPackets,
    topology: &Topology<'_>,
    losses: &Losses,
    issues: &[Issue],
) -> Result<Plan> {
    let mut packets: Packets = issues
        .iter()
        .map(|issue| (issue.packet.subject.clone(), issue.packet.clone()))
        .collect::<BTreeMap<Subject, _>>();
    for entry in &kept.manifest.packets {
        let is_lost = losses
            .servers
            .iter()
            .any(|lost| lost.as_str() == entry.fqdn);
        let is_known = packets
            .keys()
            .any(|it| Kind::from(it.kind) == entry.kind && it.fqdn == entry.fqdn);
        if !is_known && (entry.kind == Kind::Pool || is_lost) {
            let packet = kept.issue(entry)?.packet;
            packets.insert(packet.subject.clone(), packet);
        }
    }
    Ok(plan::plan(topology, losses, &packets, &plan::Answers::default()).0)
}
