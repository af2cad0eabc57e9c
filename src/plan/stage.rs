//! What a server is to the deployment, from its roles and from what the pools worksheet says it holds.

use crate::inventory::lookup::{Part, StoreKind};
use crate::inventory::path::FilePath;
use crate::inventory::{Fqdn, Inventory, Server};
use crate::product::plan::{self, Held};

use super::model::Stage;

/// The stage of a server; the first that fits, since all else waits for that. `None` where no procedure and no
/// other server has to do with it.
///
/// `moved` says that the Central Management store has failed over, so that nobody waits for it here.
pub(super) fn of(inventory: &Inventory, fqdn: &Fqdn, moved: bool) -> Option<Stage> {
    let is = Is::new(inventory, fqdn);
    let mut stages = (0..).zip(&inventory.product.plan.stages);
    let (order, stage) = stages.find(|(_, stage)| is.in_stage(stage, moved))?;
    Some(Stage::new(order, &stage.label))
}

/// Whether a server stands in the stage of the Central Management store.
pub(super) fn hosts_cms(inventory: &Inventory, fqdn: &Fqdn, moved: bool) -> bool {
    let stage = staged(inventory, fqdn, moved);
    stage.is_some_and(|it| it.holds.contains(&Held::CentralManagement))
}

/// Whether a server is restored after the members it serves.
pub(super) fn is_last(inventory: &Inventory, fqdn: &Fqdn, moved: bool) -> bool {
    staged(inventory, fqdn, moved).is_some_and(|stage| stage.last)
}

fn staged(inventory: &Inventory, fqdn: &Fqdn, moved: bool) -> Option<&'static plan::Stage> {
    inventory
        .product
        .plan
        .stages
        .get(of(inventory, fqdn, moved)?.order)
}

/// Everything a server is.
struct Is<'a> {
    server: Option<&'a Server>,
    stores: Vec<StoreKind>,
    held: Vec<Held>,
}

impl<'a> Is<'a> {
    fn new(inventory: &'a Inventory, fqdn: &Fqdn) -> Self {
        let server = inventory.server(fqdn);
        let mut is = Self {
            server,
            stores: Vec::new(),
            held: Vec::new(),
        };
        for holding in inventory.holdings(fqdn) {
            is.stores.push(holding.kind);
            if holding.kind == StoreKind::User
                && holding.part == Part::Primary
                && holding.pool.hosts_cms()
            {
                is.held.push(Held::CentralManagement);
            }
        }
        if !inventory.witness_of(fqdn).is_empty() {
            is.held.push(Held::Witness);
        }
        let Some(server) = server else { return is };
        if inventory.is_standard_edition(server) {
            is.held.push(Held::OneComputer);
            if inventory.hosts_cms(server).is_some() {
                is.held.push(Held::CentralManagement);
            }
        }
        if shares(inventory, server) {
            is.held.push(Held::Shares);
        }
        is
    }

    /// Where the Central Management store has gone, what is left is a SQL Server or a Front End.
    fn in_stage(&self, stage: &plan::Stage, moved: bool) -> bool {
        let gone = |held: &&Held| moved && **held == Held::CentralManagement;
        let mut held = self.held.iter().filter(|held| !gone(held));
        let server = self.server.into_iter();
        held.any(|held| stage.holds.contains(held))
            || self
                .stores
                .iter()
                .any(|kind| stage.stores.iter().any(|id| id == kind.id()))
            || server
                .flat_map(|it| stage.roles.iter().map(move |role| it.has_role(role)))
                .any(|has| has)
    }
}

/// Whether a server serves the deployment by its shares alone.
fn shares(inventory: &Inventory, server: &Server) -> bool {
    let of_mirrors = inventory.pools.iter().any(|pool| {
        let host = pool.mirror_share.value.as_ref().and_then(FilePath::host);
        host.and_then(|host| inventory.host(host))
            .is_some_and(|host| host.fqdn == server.fqdn)
    });
    let hosts = of_mirrors || !inventory.file_stores_on(server).is_empty();
    hosts && !inventory.is_lync(server)
}
