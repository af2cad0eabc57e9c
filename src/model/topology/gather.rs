//! The ties that cells state: one function for the rows of servers, one for those of pools.

use crate::inventory::{Inventory, Pool, Server};
use crate::rows::{Field, FilePath, Fqdn};

use super::names::Names;
use super::{Cell, End, Part, Share, Source, Tie, What};

/// What the worksheets say outright, in their order.
pub(super) fn stated<'a>(inventory: &'a Inventory, names: &Names<'a>) -> Vec<Tie<'a>> {
    let servers = inventory.servers.iter();
    let servers = servers.flat_map(|server| of_server(server, names));
    let pools = inventory.pools.iter();
    let pools = pools.flat_map(|pool| of_pool(pool, names));
    servers.chain(pools).collect()
}

/// A tie that a cell in the row of a server or a pool states.
pub(super) fn tie<'a>(from: End<'a>, what: What, to: End<'a>, cell: Cell<'a>) -> Tie<'a> {
    Tie {
        from,
        what,
        to,
        cell,
        source: Source::Worksheet,
    }
}

/// A server belongs to the pool it names, and to the pool of its own name.
fn of_server<'a>(server: &'a Server, names: &Names<'a>) -> Vec<Tie<'a>> {
    let member = |pool: &'a Fqdn, cell: &'a Field<Fqdn>| {
        let cell = Cell::of(cell, &server.fqdn);
        tie(
            End::Server(&server.fqdn),
            What::MemberOf,
            End::Pool(pool),
            cell,
        )
    };
    let named = server.pool.value.as_ref();
    let namesake = names.pool(&server.fqdn).map(|pool| &pool.fqdn);
    let namesake = namesake.filter(|it| named != Some(*it));
    let named = named.map(|pool| member(pool, &server.pool));
    let namesake = namesake.map(|pool| member(pool, &server.name));
    named.into_iter().chain(namesake).collect()
}

fn of_pool<'a>(pool: &'a Pool, names: &Names<'a>) -> Vec<Tie<'a>> {
    let own = End::Pool(&pool.fqdn);
    let mut ties = Vec::new();
    let mut server = |what: What, field: &'a Field<Fqdn>| {
        if let Some(fqdn) = &field.value {
            let cell = Cell::of(field, &pool.fqdn);
            ties.push(tie(End::Server(fqdn), what, own, cell));
        }
    };
    for store in pool.stores.iter().filter(|store| pool.keeps(store.kind)) {
        match pool.copies.as_ref().filter(|_| store.kind.users) {
            Some(copies) => {
                for copy in &copies.servers {
                    server(What::Holds(store.kind, Part::Copy), copy);
                }
            }
            None => server(What::Holds(store.kind, Part::Primary), &store.server),
        }
        server(What::Holds(store.kind, Part::Mirror), &store.mirror);
    }
    server(What::Witnesses, &pool.witness);
    let shares = [
        (Share::FileStore, &pool.file_store),
        (Share::Mirror, &pool.mirror_share),
    ];
    for (share, field) in shares {
        let host = field.value.as_ref().and_then(FilePath::host);
        if let Some(host) = host.and_then(|host| names.host(host)) {
            let cell = Cell::of(field, &pool.fqdn);
            ties.push(tie(End::Server(&host.fqdn), What::Hosts(share), own, cell));
        }
    }
    for (what, field) in [
        (What::NextHop, &pool.next_hop),
        (What::PairedWith, &pool.backup_pool),
    ] {
        if let Some(other) = &field.value {
            ties.push(tie(
                own,
                what,
                End::Pool(other),
                Cell::of(field, &pool.fqdn),
            ));
        }
    }
    if pool.holds_central() {
        let cell = Cell::of(&pool.central, &pool.fqdn);
        ties.push(tie(own, What::Manages, End::Deployment, cell));
    }
    ties
}
