//! What a server is to the deployment, from its roles and from what the pools worksheet says it holds.

use crate::inventory::lookup::{Part, StoreKind};
use crate::inventory::path::FilePath;
use crate::inventory::{Fqdn, Inventory, Server};

use super::model::Stage;

/// The stage of a server; the first that fits, since all else waits for that. `None` where no procedure and no
/// other server has to do with it.
///
/// `moved` says that the Central Management store has failed over, so that nobody waits for it here.
pub(super) fn of(inventory: &Inventory, fqdn: &Fqdn, moved: bool) -> Option<Stage> {
    let server = inventory.server(fqdn);
    let held = inventory
        .holdings(fqdn)
        .into_iter()
        .map(|holding| match holding.kind {
            StoreKind::User if holding.part == Part::Primary && holding.pool.hosts_cms() => {
                Stage::CentralManagement
            }
            StoreKind::User => Stage::Sql,
            StoreKind::PersistentChat => Stage::PersistentChat,
            StoreKind::Archiving | StoreKind::Monitoring => Stage::ArchivingMonitoring,
        });
    let witness = (!inventory.witness_of(fqdn).is_empty()).then_some(Stage::Sql);
    let roles = server
        .into_iter()
        .flat_map(|server| roles(inventory, server));
    let shares = server.and_then(|server| shares(inventory, server));
    let stages = held.chain(witness).chain(roles).chain(shares);
    let settled = stages.map(|stage| match stage {
        // Where its store has gone, what is left is a SQL Server or a Front End.
        Stage::CentralManagement if moved => moved_from(inventory, fqdn),
        other => other,
    });
    settled.min()
}

fn moved_from(inventory: &Inventory, fqdn: &Fqdn) -> Stage {
    let server = inventory.server(fqdn);
    if server.is_some_and(|server| inventory.is_standard_edition(server)) {
        Stage::FrontEnd
    } else {
        Stage::Sql
    }
}

fn roles(inventory: &Inventory, server: &Server) -> Vec<Stage> {
    const ROLES: &[(&str, Stage)] = &[
        ("front-end", Stage::FrontEnd),
        ("director", Stage::Director),
        ("mediation", Stage::Mediation),
        ("edge", Stage::Edge),
        ("persistent-chat", Stage::PersistentChat),
        ("back-end", Stage::Sql),
    ];
    let mut stages: Vec<Stage> = ROLES
        .iter()
        .filter(|(role, _)| server.has_role(role))
        .map(|(_, stage)| *stage)
        .collect();
    if inventory.is_standard_edition(server) {
        stages.push(Stage::FrontEnd);
        if inventory.hosts_cms(server).is_some() {
            stages.push(Stage::CentralManagement);
        }
    }
    stages
}

/// A server that serves the deployment by its shares alone.
fn shares(inventory: &Inventory, server: &Server) -> Option<Stage> {
    let of_mirrors = inventory.pools.iter().any(|pool| {
        let host = pool.mirror_share.value.as_ref().and_then(FilePath::host);
        host.and_then(|host| inventory.host(host))
            .is_some_and(|host| host.fqdn == server.fqdn)
    });
    let hosts = of_mirrors || !inventory.file_stores_on(server).is_empty();
    (hosts && !inventory.is_lync(server)).then_some(Stage::FileStore)
}
