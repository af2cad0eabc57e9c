//! The facts of a server.

use crate::finding::words;
use crate::inventory::Server;
use crate::topology::{Part, Topology};

use super::super::fact::{Fact, FactGroup};
use super::{backups, certificates, extras, fact, filled, pools, recorded, required};

/// Everything the worksheets say about a server, its pool, its certificates and its backups.
pub fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<FactGroup> {
    let mut groups = vec![FactGroup {
        title: "Server".to_owned(),
        facts: own(topology, server),
    }];
    if let Some(pool) = topology.pool_of(server) {
        groups.push(FactGroup {
            title: format!("Pool {}", pool.fqdn),
            facts: pools::membership(pool),
        });
    }
    groups.extend(stores(topology, server));
    for pool in topology.witness_of(&server.fqdn) {
        groups.push(FactGroup {
            title: format!("Witness of {}", pool.fqdn),
            facts: vec![fact(&pool.witness)],
        });
    }
    for pool in topology.mirror_shares_on(server) {
        groups.push(FactGroup {
            title: format!("Mirroring file share of {}", pool.fqdn),
            facts: vec![fact(&pool.mirror_share)],
        });
    }
    groups.extend(certificates::of_server(topology, server));
    groups.extend(backups::of_server(topology, server));
    groups
}

fn own(topology: &Topology<'_>, server: &Server) -> Vec<Fact> {
    let has_services = topology.runs_services(server);
    let is_one_computer = topology.is_one_computer(server);
    let holds = !topology.holdings(&server.fqdn).is_empty();
    let sql = !is_one_computer && (holds || topology.has(server, |role| role.databases));
    let mut facts = vec![required(&server.name), required(&server.roles)];
    let pool_needed = has_services && !is_one_computer;
    facts.push(if pool_needed {
        required(&server.pool)
    } else {
        fact(&server.pool)
    });
    let blank_worthy = [
        &server.site,
        &server.location,
        &server.owner,
        &server.ip_address,
    ];
    facts.push(required(&server.operating_system));
    facts.push(if has_services {
        required(&server.version)
    } else {
        fact(&server.version)
    });
    let mut pick = |needed: bool, fact: Fact| {
        facts.push(Fact {
            required: needed,
            ..fact
        });
    };
    pick(sql, fact(&server.sql_version));
    pick(sql, fact(&server.sql_edition));
    pick(false, fact(&server.instances));
    pick(false, fact(&server.sql_data_path));
    pick(false, fact(&server.sql_log_path));
    facts.extend(recorded(&server.recorded));
    let mut facts = filled(facts);
    // Blanks worth writing into by hand, though no step depends on them.
    facts.extend(blank_worthy.map(fact));
    facts.push(fact(&server.rto));
    facts.push(fact(&server.system_image));
    if !server.notes.is_blank() {
        facts.push(fact(&server.notes));
    }
    facts.extend(extras(&server.extras));
    facts
}

/// What the pools worksheet says a SQL Server holds.
fn stores(topology: &Topology<'_>, server: &Server) -> Vec<FactGroup> {
    let holdings = topology.holdings(&server.fqdn);
    holdings
        .iter()
        .map(|holding| {
            let part = match holding.part {
                Part::Mirror => " (this server is the mirror)",
                Part::Primary if holding.is_mirrored() => " (this server is the primary)",
                Part::Primary => "",
                Part::Copy => " (this server is one of several that hold it)",
            };
            FactGroup {
                title: format!(
                    "{} of {}{part}",
                    words::capital(&holding.kind.label),
                    holding.pool.fqdn
                ),
                facts: pools::of_store(holding.pool, holding.store()),
            }
        })
        .collect()
}
