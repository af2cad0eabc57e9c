//! Which packets a bundle holds, and the restore order that goes with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::bundle::withhold::form;
use crate::finding::{Subject, SubjectKind, words};
use crate::inventory::{Fqdn, Inventory};
use crate::packets::plan::{self, Losses, Packets, Plan};
use crate::packets::{Estate, Issue};
use crate::publish::{Kind, PacketEntry};

use super::super::args::Which;
use super::super::choose::{Chosen, choose};
use super::super::failure::Failure;
use super::super::kept::Kept;
use super::super::plan::unknown_site;

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
    pub fn of(which: &Which, kept: &Kept) -> Result<Self, Failure> {
        let inventory = &kept.inventory;
        let (wanted, losses) = wanted(which, inventory)?;
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
            return Err(Failure::usage(format!(
                "no packet was issued for {}",
                words::list(names.take(5))
            ))
            .help("`restore-packets build` issues them"));
        }
        let issues = entries.iter().map(|entry| kept.issue(entry));
        let issues = issues.collect::<Result<Vec<Issue>, Failure>>()?;
        let mut plan = restore_order(kept, &losses, &issues)?;
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

    /// All of it as JSON, for the profile to look through.
    ///
    /// # Errors
    /// None that is known.
    pub fn forms(&self, estate: &Estate) -> Result<Vec<Value>, String> {
        let mut forms = vec![form(estate)?, form(&self.plan)?];
        for issue in &self.issues {
            forms.push(form(issue)?);
        }
        Ok(forms)
    }
}

/// Servers and pools by kind and name.
type Wanted = BTreeSet<(Kind, String)>;

/// Whose packets are wanted, and what is lost together.
fn wanted(which: &Which, inventory: &Inventory) -> Result<(Wanted, Losses), Failure> {
    if let Some(site) = &which.site {
        let losses = Losses::site(inventory, site).ok_or_else(|| unknown_site(site, inventory))?;
        let is_there = |at: &Option<String>| {
            at.as_ref()
                .is_some_and(|at| at.trim().eq_ignore_ascii_case(site.trim()))
        };
        let pools = inventory
            .pools
            .iter()
            .filter(|pool| is_there(&pool.site.value));
        let pools = pools.map(|pool| (Kind::Pool, pool.fqdn.to_string()));
        return Ok((pools.chain(servers(&losses)).collect(), losses));
    }
    let names = if which.plan.is_empty() {
        &which.only
    } else {
        &which.plan
    };
    let chosen = choose(inventory, names)?;
    let named: Wanted = chosen
        .iter()
        .map(Chosen::key)
        .map(|(kind, fqdn)| (kind, fqdn.to_owned()))
        .collect();
    if names.is_empty() {
        return Ok((named, Losses::all(inventory)));
    }
    let subjects = chosen.iter().filter_map(subject).collect::<Vec<_>>();
    let losses = Losses::named(inventory, &subjects);
    let more = servers(&losses).filter(|_| !which.plan.is_empty());
    Ok((named.into_iter().chain(more).collect(), losses))
}

fn servers(losses: &Losses) -> impl Iterator<Item = (Kind, String)> {
    losses
        .servers
        .iter()
        .map(|fqdn| (Kind::Server, fqdn.to_string()))
}

fn subject(chosen: &Chosen<'_>) -> Option<(SubjectKind, Fqdn)> {
    let (kind, fqdn) = chosen.key();
    let kind = match kind {
        Kind::Server => SubjectKind::Server,
        Kind::Pool => SubjectKind::Pool,
    };
    Some((kind, Fqdn::parse(fqdn).ok()?))
}

/// The restore order, drawn up from the packets of what is lost and of all pools, as `plan` does.
fn restore_order(kept: &Kept, losses: &Losses, issues: &[Issue]) -> Result<Plan, Failure> {
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
    Ok(plan::plan(&kept.inventory, losses, &packets).0)
}
