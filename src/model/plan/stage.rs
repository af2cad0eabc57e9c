//! What a server is to the deployment, from its roles and from what it holds for others.

use crate::inventory::Server;
use crate::product::StoreKind;
use crate::product::plan::{self, Held};
use crate::rows::Fqdn;
use crate::topology::{Part, Topology};

use super::model::Stage;

/// The stage of a server; the first that fits, since all else waits for that. `None` where no procedure and no
/// other server has to do with it.
///
/// `moved` says that the Central Management store has failed over, so that nobody waits for it here.
pub(super) fn of(topology: &Topology<'_>, fqdn: &Fqdn, moved: bool) -> Option<Stage> {
    let is = Is::new(topology, fqdn);
    let mut stages = (0..).zip(&topology.inventory.product.plan.stages);
    let (order, stage) = stages.find(|(_, stage)| is.in_stage(stage, moved))?;
    Some(Stage::new(order, &stage.label))
}

/// Whether a server stands in the stage of the Central Management store.
pub(super) fn holds_central(topology: &Topology<'_>, fqdn: &Fqdn, moved: bool) -> bool {
    let stage = staged(topology, fqdn, moved);
    stage.is_some_and(|it| it.holds.contains(&Held::Central))
}

/// Whether a server is restored after the members it serves.
pub(super) fn is_last(topology: &Topology<'_>, fqdn: &Fqdn, moved: bool) -> bool {
    staged(topology, fqdn, moved).is_some_and(|stage| stage.last)
}

fn staged(topology: &Topology<'_>, fqdn: &Fqdn, moved: bool) -> Option<&'static plan::Stage> {
    topology
        .inventory
        .product
        .plan
        .stages
        .get(of(topology, fqdn, moved)?.order)
}

/// Everything a server is.
struct Is<'a> {
    server: Option<&'a Server>,
    stores: Vec<&'static StoreKind>,
    held: Vec<Held>,
}

impl<'a> Is<'a> {
    fn new(topology: &Topology<'a>, fqdn: &Fqdn) -> Self {
        let server = topology.server(fqdn);
        let mut is = Self {
            server,
            stores: Vec::new(),
            held: Vec::new(),
        };
        for holding in topology.holdings(fqdn) {
            is.stores.push(holding.kind);
            if holding.kind.users && holding.part == Part::Primary && holding.pool.holds_central() {
                is.held.push(Held::Central);
            }
        }
        if !topology.witness_of(fqdn).is_empty() {
            is.held.push(Held::Witness);
        }
        let Some(server) = server else { return is };
        if topology.is_one_computer(server) {
            is.held.push(Held::OneComputer);
            if topology.holds_central(server).is_some() {
                is.held.push(Held::Central);
            }
        }
        if shares(topology, server) {
            is.held.push(Held::Shares);
        }
        is
    }

    /// Where the Central Management store has gone, what is left is a SQL Server or a Front End.
    fn in_stage(&self, stage: &plan::Stage, moved: bool) -> bool {
        let gone = |held: &&Held| moved && **held == Held::Central;
        let mut held = self.held.iter().filter(|held| !gone(held));
        let server = self.server.into_iter();
        held.any(|held| stage.holds.contains(held))
            || self
                .stores
                .iter()
                .any(|kind| stage.stores.contains(&kind.id))
            || server
                .flat_map(|it| stage.roles.iter().map(move |role| it.has_role(role)))
                .any(|has| has)
    }
}

/// Whether a server serves the deployment by its shares alone.
fn shares(topology: &Topology<'_>, server: &Server) -> bool {
    let mirrors = topology.mirror_shares_on(server);
    let hosts = !mirrors.is_empty() || !topology.file_stores_on(server).is_empty();
    hosts && !topology.runs_services(server)
}
