//! Rules about the addresses of servers: each is of one server, and those of a server's adapters are among all of its own.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Place, words};
use crate::inventory::Server;
use crate::product::schema;
use crate::rows::Value;

use super::{Case, server_subject};

/// One address in the rows of two servers, whichever of their columns it stands in.
pub(super) fn shared_address(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<IpAddr, Vec<(&Server, &Place)>> = BTreeMap::new();
    for server in &case.inventory.servers {
        let all = in_list(server)
            .into_iter()
            .map(|it| (it, &server.ip_address.place));
        let adapters = of_adapters(case, server).into_iter();
        let adapters = adapters.map(|(it, _, place)| (it, place));
        for (address, place) in all.chain(adapters) {
            let owners = owners.entry(address).or_default();
            if owners.iter().all(|(it, _)| it.fqdn != server.fqdn) {
                owners.push((server, place));
            }
        }
    }
    for (address, owners) in owners.iter().filter(|(_, owners)| owners.len() > 1) {
        for (server, place) in owners {
            let others = owners.iter().filter(|(it, _)| it.fqdn != server.fqdn);
            let others = words::quoted(others.map(|(it, _)| it.fqdn.as_str()));
            let message = format!("`{address}` is the address of {others} too");
            findings.push(
                Finding::new(Code::SharedAddress, message)
                    .at(place)
                    .help("look at the servers themselves, and correct the row that is wrong"),
            );
        }
    }
}

/// An adapter's address that is not among all of the server's: one of the two columns was filled down, or sorted alone.
pub(super) fn address_not_listed(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for server in &case.inventory.servers {
        let listed = in_list(server);
        if listed.is_empty() {
            continue;
        }
        for (address, column, place) in of_adapters(case, server) {
            if listed.contains(&address) {
                continue;
            }
            let own = &server.ip_address;
            let message = format!(
                "`{address}` of `{column}` ({place}) is not among the addresses of `{}`, which are {}",
                server.fqdn,
                words::quoted(listed.iter().map(IpAddr::to_string))
            );
            findings.push(
                Finding::new(Code::ContradictingCells, message)
                    .at(&own.place)
                    .help("look at the server itself, and correct the cell that is wrong")
                    .about(server_subject(server)),
            );
            break;
        }
    }
}

/// The addresses of the column for all of them. Several in one cell stand on lines of their own.
fn in_list(server: &Server) -> BTreeSet<IpAddr> {
    let text = server.ip_address.value.as_deref();
    addresses(text.unwrap_or_default()).collect()
}

fn addresses(text: &str) -> impl Iterator<Item = IpAddr> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
    parts.filter_map(|it| it.parse().ok())
}

/// The addresses of single adapters or services of a server, each with its column and its cell.
fn of_adapters<'a>(case: &Case<'a>, server: &'a Server) -> Vec<(IpAddr, &'static str, &'a Place)> {
    let product = case.inventory.product;
    let kind = product.schema.kind(schema::SERVERS);
    let columns = kind.into_iter().flat_map(|it| &it.columns);
    let own = columns.filter(|column| column.own_address);
    let named = own.filter_map(|column| Some((column, column.named.as_deref()?)));
    let cells = named.filter_map(|(column, named)| {
        let cell = server.recorded.named(named)?;
        let Some(Value::Text(text)) = &cell.value else {
            return None;
        };
        Some((column.heading.as_str(), &cell.place, text))
    });
    cells
        .flat_map(|(column, place, text)| addresses(text).map(move |it| (it, column, place)))
        .collect()
}
