//! A topology document as rows of worksheets. Which element means what is the product's to say (`topology.toml`).

use std::collections::BTreeSet;

use crate::documents::{Blueprint, Cluster, Machine, Service};

use crate::finding::{Code, Finding, words};
use crate::product::network::{ClusterIs, Network};
use crate::product::schema::{POOLS, SERVERS};
use crate::product::{List, Product, StoreKind};
use crate::rows::Fqdn;

use super::draft::{Draft, put, row};
use super::{Manner, ToldRow};

/// The releases a document speaks of: what its services say, each once.
pub fn versions(blueprint: &Blueprint) -> BTreeSet<&str> {
    let services = blueprint.services.iter();
    services.filter_map(|it| it.version.as_deref()).collect()
}

/// What a document says of the worksheets, and what in it nothing is known of.
pub fn of_blueprint(
    product: &'static Product,
    blueprint: &Blueprint,
) -> (Vec<ToldRow>, Vec<Finding>) {
    let reader = Reader {
        product,
        network: &product.network,
        blueprint,
    };
    let mut draft = Draft::default();
    let mut findings = Vec::new();
    for (position, cluster) in blueprint.clusters.iter().enumerate() {
        let found = reader.meaning(position, cluster);
        findings.extend(reader.strange(position, cluster, &found));
        if !found.pools.is_empty() {
            draft.add(reader.pool(position, cluster, &found));
        }
        if found.roles.is_empty() && !cluster.needs_setup || reader.is_domain(cluster, &found) {
            continue;
        }
        for machine in &cluster.machines {
            match reader.server(cluster, machine, &found) {
                Ok(row) => draft.add(row),
                Err(finding) => findings.push(finding),
            }
        }
    }
    (draft.rows, findings)
}

/// What a cluster is.
#[derive(Default)]
struct Meaning<'p> {
    roles: Vec<&'p str>,
    pools: Vec<&'p str>,
    uncovered: Option<&'p str>,
}

struct Reader<'b> {
    product: &'static Product,
    network: &'static Network,
    blueprint: &'b Blueprint,
}

impl<'b> Reader<'b> {
    fn meaning(&self, position: usize, cluster: &Cluster) -> Meaning<'static> {
        let mut found = Meaning::default();
        let entries = self.network.clusters.iter();
        for entry in entries.filter(|it| self.fits(it, position, cluster)) {
            found.roles.extend(entry.role.as_deref());
            found.pools.extend(entry.pool.as_deref());
            found.uncovered = found.uncovered.or(entry.uncovered.as_deref());
        }
        found
    }

    fn fits(&self, entry: &ClusterIs, position: usize, cluster: &Cluster) -> bool {
        let on = || self.blueprint.on(position);
        let has = |role: &String| on().any(|it| it.role == *role);
        let says = |(key, value): (&String, &String)| on().any(|it| says(it, key, value));
        entry.on.iter().all(has)
            && !entry.not_on.iter().any(has)
            && entry.says.iter().all(says)
            && entry.setup.is_none_or(|it| it == cluster.needs_setup)
            && (!entry.instance || on().any(|it| it.instance.is_some()))
            && (entry.instance || !entry.on.is_empty())
    }

    /// What runs on a cluster and is no word of the worksheets.
    fn strange(&self, position: usize, cluster: &Cluster, found: &Meaning<'_>) -> Option<Finding> {
        let place = self.blueprint.place(&cluster.label);
        let named = &cluster.fqdn;
        if let Some(what) = found.uncovered {
            let message = format!("`{named}` is {what}, which no packet covers");
            return Some(
                Finding::new(Code::UnknownService, message).at(&place).help(
                    "nothing to do here; what its loss means has to be written down elsewhere",
                ),
            );
        }
        let on = self.blueprint.on(position).map(|it| it.role.as_str());
        let unknown: BTreeSet<&str> = on.filter(|it| !self.network.knows(it)).collect();
        if unknown.is_empty() {
            return None;
        }
        let message = format!(
            "on `{named}` runs {}, of which nothing is known, so what it is was taken from the rest",
            words::quoted(unknown)
        );
        Some(
            Finding::new(Code::UnknownService, message)
                .at(&place)
                .help("write its role, and the row of its pool, into the worksheets"),
        )
    }

    /// Whether the name is a domain's, as that of shares which are found by the domain: no computer bears it.
    fn is_domain(&self, cluster: &Cluster, found: &Meaning<'_>) -> bool {
        let shares = |id: &&str| self.product.role(id).is_some_and(|role| role.shares);
        let name = cluster.fqdn.to_lowercase();
        let ending = format!(".{name}");
        let domains = self.blueprint.domains.iter();
        let mut machines = self.blueprint.clusters.iter().flat_map(|it| &it.machines);
        found.roles.iter().all(shares)
            && !found.roles.is_empty()
            && (domains.map(|it| it.to_lowercase()).any(|it| it == name)
                || machines.any(|it| it.fqdn.to_lowercase().ends_with(&ending)))
    }

    fn server(
        &self,
        cluster: &Cluster,
        machine: &Machine,
        found: &Meaning<'_>,
    ) -> Result<ToldRow, Finding> {
        let place = self.blueprint.place(&cluster.label);
        let is_address = machine.fqdn.parse::<core::net::IpAddr>().is_ok();
        if is_address || Fqdn::parse(&machine.fqdn).is_err() {
            let message = format!(
                "`{}` is no name of a computer, so it has no row",
                machine.fqdn
            );
            return Err(Finding::new(Code::UnknownService, message)
                .at(&place)
                .help("write a row by hand where a packet is wanted for it"));
        }
        let mut row = row(SERVERS, ("Server FQDN", &machine.fqdn), &place);
        let roles = self.words(SERVERS, "Role", List::Role, &found.roles);
        put(&mut row, "Role", &roles, Manner::Roles, &place);
        if !found.pools.is_empty() {
            put(&mut row, "Pool FQDN", &cluster.fqdn, Manner::Host, &place);
        }
        let site = cluster.site.as_deref().unwrap_or_default();
        put(&mut row, "Site", site, Manner::Text, &place);
        let addresses = machine.addresses.join("\n");
        put(
            &mut row,
            "IP address",
            &addresses,
            Manner::Addresses,
            &place,
        );
        Ok(row)
    }

    fn pool(&self, position: usize, cluster: &Cluster, found: &Meaning<'_>) -> ToldRow {
        let place = self.blueprint.place(&cluster.label);
        let mut row = row(POOLS, ("Pool FQDN", &cluster.fqdn), &place);
        let types = self.words(POOLS, "Pool type", List::Pool, &found.pools);
        put(&mut row, "Pool type", &types, Manner::Types, &place);
        let site = cluster.site.as_deref().unwrap_or_default();
        put(&mut row, "Site", site, Manner::Text, &place);
        let kinds = self.product.stores.iter();
        for kind in kinds.filter(|it| can_keep(it, &found.pools)) {
            self.store(position, kind, &mut row);
        }
        self.share(position, &mut row);
        self.central(position, cluster, &mut row);
        self.next_hop(position, &mut row);
        row
    }

    /// Ids as a drop-down has them, else as they are printed.
    fn words(&self, kind: &str, heading: &str, list: List, ids: &[&str]) -> String {
        let column = self.product.schema.kind(kind);
        let column = column.and_then(|it| it.heading(heading));
        let offered = column.map(|it| it.values.as_slice()).unwrap_or_default();
        let mut all = Vec::new();
        for id in ids {
            let is_it = |it: &&String| self.product.find(list, it).is_some_and(|it| it.id == *id);
            let offered = offered.iter().find(is_it).map(String::as_str);
            all.push(offered.unwrap_or_else(|| self.product.printed_as(list, id)));
        }
        all.join("; ")
    }

    /// What services on a cluster depend on.
    fn needs<'s>(
        &'s self,
        position: usize,
        of: &'s str,
        needs: &'s str,
    ) -> impl Iterator<Item = (&'b Service, &'b Service)> + 's {
        let blueprint = self.blueprint;
        let own = blueprint.on(position).filter(move |it| it.role == of);
        own.flat_map(move |service| {
            let needed = blueprint.needed_by(service);
            needed
                .filter(move |it| it.role == needs)
                .map(move |it| (service, it))
        })
    }

    fn store(&self, position: usize, kind: &StoreKind, row: &mut ToldRow) {
        let entries = self.network.stores.iter().filter(|it| it.id == kind.id);
        let found = entries.flat_map(|it| self.needs(position, &it.of, &it.needs));
        let Some(store) = only(found.map(|(_, store)| store), |it| {
            (it.cluster, &it.instance)
        }) else {
            return;
        };
        let place = self.blueprint.place(&store.label);
        let server = &self.blueprint.clusters[store.cluster].fqdn;
        put(row, &kind.columns.server, server, Manner::Host, &place);
        if let Some(instance) = &store.instance {
            let text = match instance.as_str() {
                "" => "MSSQLSERVER",
                named => named,
            };
            put(row, &kind.columns.instance, text, Manner::Instance, &place);
        }
    }

    fn share(&self, position: usize, row: &mut ToldRow) {
        let entry = &self.network.share;
        let own = self.blueprint.on(position);
        let needed = own.flat_map(|it| self.blueprint.needed_by(it));
        let shares = needed.filter(|it| it.role == entry.service);
        let name = |it: &'b Service| it.details.get(&entry.says);
        let Some(share) = only(shares, |it| (it.cluster, name(it))) else {
            return;
        };
        let host = &self.blueprint.clusters[share.cluster].fqdn;
        if let Some(name) = name(share).filter(|it| !it.is_empty()) {
            let text = format!(r"\\{host}\{name}");
            let place = self.blueprint.place(&share.label);
            put(row, "File store", &text, Manner::Share, &place);
        }
    }

    /// Where no pool of the document hosts the store, it does not say so of any.
    fn central(&self, position: usize, cluster: &Cluster, row: &mut ToldRow) {
        let entry = &self.network.central;
        let all = self.blueprint.services.iter();
        let hosts: Vec<&Service> = all.filter(|it| it.role == entry.service).collect();
        let here = hosts.iter().find(|it| it.cluster == position);
        let (text, label) = match here.map(|it| (it.details.get(&entry.says), &it.label)) {
            None if hosts.is_empty() => return,
            None => ("no", &cluster.label),
            Some((Some(said), label)) if said.eq_ignore_ascii_case(&entry.yes) => ("yes", label),
            Some((Some(said), label)) if said.eq_ignore_ascii_case(&entry.no) => ("standby", label),
            Some(_) => return,
        };
        let place = self.blueprint.place(label);
        put(
            row,
            &self.product.central.column,
            text,
            Manner::Central,
            &place,
        );
    }

    fn next_hop(&self, position: usize, row: &mut ToldRow) {
        let found = self.network.hops.iter().flat_map(|hop| {
            let pairs = self.needs(position, &hop.of, &hop.needs);
            pairs.filter(|(own, other)| {
                let mut said = hop.says.iter();
                other.cluster != position && said.all(|(key, value)| says(own, key, value))
            })
        });
        if let Some((own, other)) = only(found, |(_, other)| other.cluster) {
            let place = self.blueprint.place(&own.label);
            let pool = &self.blueprint.clusters[other.cluster].fqdn;
            put(row, "Next hop pool FQDN", pool, Manner::Host, &place);
        }
    }
}

/// Whether an element of a service says this.
fn says(service: &Service, key: &str, value: &str) -> bool {
    let said = service.details.get(key);
    said.is_some_and(|it| it.eq_ignore_ascii_case(value))
}

/// Whether a pool of these types keeps a store on a server of its own.
fn can_keep(kind: &StoreKind, types: &[&str]) -> bool {
    kind.pools.is_empty() || kind.pools.iter().any(|it| types.contains(&it.as_str()))
}

/// The one thing found, if there are not several by what tells them apart.
fn only<T: Copy, K: PartialEq>(
    mut found: impl Iterator<Item = T>,
    key: impl Fn(T) -> K,
) -> Option<T> {
    let first = found.next()?;
    found.all(|it| key(it) == key(first)).then_some(first)
}
