//! The facts of certificates, a group each.

use crate::inventory::certificate::Way;
use crate::inventory::{Certificate, Pool, Server};
use crate::product::List;
use crate::readiness::uses::missing_uses;
use crate::topology::Topology;

use super::super::fact::{Fact, FactGroup};
use super::{extras, fact, filled, lacking, required};

/// The certificates of a server and of its pool, and a blank for each use that none covers.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<FactGroup> {
    let mut groups: Vec<FactGroup> = topology
        .certificates_of(server)
        .into_iter()
        .map(group)
        .collect();
    let missing = missing_uses(topology, server);
    // Of a pool that has no row nobody can tell what its certificates cover.
    let pool = server.pool.value.as_ref();
    let strays = pool.is_some_and(|pool| topology.pool(pool).is_none());
    let asker = if strays {
        &server.pool.place
    } else {
        &server.roles.place
    };
    groups.extend(missing.into_iter().map(|id| {
        let printed = topology.inventory.product.printed_as(List::Use, id);
        FactGroup {
            title: format!("Certificate: {printed} (no row in the certificates worksheet)"),
            facts: ["Subject", "Thumbprint", "Expires", "Backup location"]
                .map(|column| lacking(column, asker))
                .to_vec(),
        }
    }));
    groups
}

/// The certificates recorded for a pool itself.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<FactGroup> {
    let rows = topology.certificates_for(&pool.fqdn).into_iter();
    rows.map(group).collect()
}

fn group(row: &Certificate) -> FactGroup {
    let uses = row.uses.value.iter().flatten().map(|it| it.printed);
    let title = crate::finding::words::list(uses);
    let title = if title.is_empty() {
        row.uses.text.clone()
    } else {
        title
    };
    let needed = |needed: bool, fact: Fact| Fact {
        required: needed,
        ..fact
    };
    let undecided = row.way() == Way::Undecided;
    let mut facts = vec![
        required(&row.name),
        required(&row.uses),
        required(&row.subject),
        fact(&row.alternative_names),
        fact(&row.issuer),
        fact(&row.serial_number),
        fact(&row.thumbprint),
        fact(&row.valid_from),
        required(&row.expires),
        needed(undecided, fact(&row.exportable)),
        needed(undecided, fact(&row.reenrollable)),
        needed(row.way() == Way::Restore, fact(&row.backup)),
        fact(&row.vault),
    ];
    if !row.notes.is_blank() {
        facts.push(fact(&row.notes));
    }
    let mut facts = filled(facts);
    facts.extend(extras(&row.extras));
    FactGroup {
        title: format!("Certificate: {title} ({})", row.fqdn),
        facts,
    }
}
