//! The server's part of the context: itself, its instances, its certificates, and where its shell runs.

use crate::finding::{Gap, Place};
use crate::inventory::certificate::Way;
use crate::inventory::{Certificate, Pool, Server};
use crate::product::Product;
use crate::rows::{FilePath, Fqdn, Instance};
use crate::template::Slot;
use crate::topology::{Holding, Part};

use super::super::context::{
    CertificateContext, InstanceContext, MemberContext, ServerContext, ShellContext,
};
use super::recorded::{port, recorded};
use super::{Fill, known, path, phrase, slot};

impl<'a> Fill<'a> {
    pub(super) fn server(self, server: &'a Server) -> ServerContext {
        let owner = format!("`{}`", server.fqdn);
        let topology = self.topology;
        let is_one_computer = topology.is_one_computer(server);
        let holdings = topology.holdings(&server.fqdn);
        let fact = |field| slot(field, &owner);
        ServerContext {
            fqdn: Slot::Text(server.fqdn.to_string()),
            computer_name: Slot::Text(server.fqdn.computer_name().to_owned()),
            dns_suffix: known(server.fqdn.dns_suffix().map(str::to_owned).ok_or_else(|| {
                Gap::new(
                    "DNS suffix",
                    format!(
                        "write the full name of {owner} in `Server FQDN` ({})",
                        server.name.place
                    ),
                )
                .at(&server.name.place)
                .of(server.name.column)
            })),
            roles: Self::roles(server),
            role_ids: server
                .roles
                .value
                .iter()
                .flatten()
                .map(|it| it.id)
                .collect(),
            operating_system: fact(&server.operating_system),
            system: system(topology.inventory.product, server),
            version: fact(&server.version),
            sql_version: fact(&server.sql_version),
            sql_release: sql_release(
                topology.inventory.product,
                server.sql_version.value.as_deref(),
            ),
            sql_edition: fact(&server.sql_edition),
            sql_data_path: fact(&server.sql_data_path),
            sql_log_path: fact(&server.sql_log_path),
            ip_address: fact(&server.ip_address),
            system_image: fact(&server.system_image),
            recorded: recorded(&server.recorded, &owner),
            notes: (!server.notes.is_blank()).then(|| fact(&server.notes)),
            is_one_computer,
            is_edge: topology.has(server, |role| role.outside),
            has_services: topology.runs_services(server),
            // A Back End that no pool names hosts databases all the same.
            hosts_databases: !is_one_computer
                && (!holdings.is_empty() || topology.is_for_users(server)),
            is_witness: !topology.witness_of(&server.fqdn).is_empty(),
            is_mirrored: holdings.iter().any(Holding::is_mirrored),
            witness_of: topology
                .witness_of(&server.fqdn)
                .into_iter()
                .map(|pool| self.pool(pool))
                .collect(),
            instances: self.instances(server),
            certificates: topology
                .certificates_of(server)
                .into_iter()
                .map(|row| certificate(topology.inventory.product, row))
                .collect(),
            shell: self.shell_of(server),
            alike: self.alike(server),
        }
    }

    pub(super) fn roles(server: &Server) -> Slot {
        let owner = format!("`{}`", server.fqdn);
        let names = server
            .roles
            .known(&owner)
            .map(|roles| phrase(roles.iter().map(|role| role.printed)));
        known(names)
    }

    pub(super) fn member(self, server: &Server) -> MemberContext {
        MemberContext {
            fqdn: Slot::Text(server.fqdn.to_string()),
            roles: Self::roles(server),
            is_this: self.is_failed(Some(&server.fqdn)),
        }
    }

    /// The instances the pools say a server hosts; where no pool says, those of its own row.
    fn instances(self, server: &Server) -> Vec<InstanceContext> {
        let mut instances: Vec<InstanceContext> = Vec::new();
        for holding in self.topology.holdings(&server.fqdn) {
            let part = if holding.part == Part::Mirror {
                " (mirror)"
            } else {
                ""
            };
            let with_central = holding.kind.users
                && holding.pool.holds_central()
                && holding.pool.central_instance.is_blank();
            let central = Some(&self.central().label).filter(|_| with_central);
            let and_central = central.map_or_else(String::new, |label| format!(" and {label}"));
            let kind = &holding.kind.label;
            let holds = format!("{kind}{and_central}{part} of {}", holding.pool.fqdn);
            let found = self.instance(holding.cell(), holding.instance(), holding.pool, &holds);
            match instances
                .iter_mut()
                .find(|it| it.name.is_known() && it.name == found.name)
            {
                Some(known) => known.holds = format!("{}, {holds}", known.holds),
                None => instances.push(found),
            }
        }
        if instances.is_empty() {
            let listed = server.instances.value.iter().flatten();
            let holds = match self.topology.witness_of(&server.fqdn).as_slice() {
                [] => "not named by any pool".to_owned(),
                pools => format!(
                    "witness of {}",
                    phrase(pools.iter().map(|pool| pool.fqdn.as_str()))
                ),
            };
            instances.extend(listed.map(|instance| named(instance, &holds)));
        }
        Self::with_ports(server, instances)
    }

    /// The instances with the ports that the server's row records.
    fn with_ports(server: &Server, mut instances: Vec<InstanceContext>) -> Vec<InstanceContext> {
        let count = instances.len();
        let owner = format!("`{}`", server.fqdn);
        for instance in &mut instances {
            let Slot::Text(name) = &instance.name else {
                continue;
            };
            if let Ok((_, name)) = Instance::parse(name) {
                instance.port = port(&server.recorded, &name, count, &owner);
            }
        }
        instances
    }

    /// Where Management Shell commands about a server are typed: for an Edge Server, which reaches no
    /// Central Management store, inside.
    fn shell_of(self, server: &'a Server) -> ShellContext {
        if self.topology.is_one_computer(server) {
            return here(&server.fqdn);
        }
        let holdings = self.topology.holdings(&server.fqdn);
        let stores = self.topology.file_stores_on(server);
        let pool = self
            .topology
            .pool_of(server)
            .filter(|_| self.topology.runs_services(server))
            .or_else(|| holdings.first().map(|holding| holding.pool))
            .or_else(|| stores.first().copied())
            .or_else(|| self.topology.witness_of(&server.fqdn).first().copied());
        match pool {
            Some(pool) => self.shell(pool),
            None => self.fallback_shell(&format!("`{}`", server.fqdn), &server.pool.place),
        }
    }

    /// The first Front End of the pool, in worksheet order, that has not failed; for pools without Front
    /// Ends another member; else a Front End of the pool that is their next hop or hosts the CMS.
    pub(super) fn shell(self, pool: &'a Pool) -> ShellContext {
        let topology = self.topology;
        let alive = |server: &&Server| !self.is_failed(Some(&server.fqdn));
        let own = topology.quorum_members(pool).find(alive);
        let own = own.or_else(|| {
            let inside = |server: &&Server| !topology.has(server, |role| role.outside);
            topology.members(pool).filter(inside).find(alive)
        });
        if let Some(server) = own {
            return there(&server.fqdn);
        }
        // A pool of one Front End whose only member is the lost one: the commands run there once it is back.
        if let Some(only) = topology.quorum_members(pool).next() {
            return here(&only.fqdn);
        }
        let next_hop = pool
            .next_hop
            .value
            .as_ref()
            .and_then(|hop| topology.pool(hop));
        let elsewhere = next_hop.and_then(|hop| topology.quorum_members(hop).find(alive));
        match elsewhere {
            Some(server) => there(&server.fqdn),
            None => self.fallback_shell(&format!("`{}`", pool.fqdn), &pool.name.place),
        }
    }

    /// `asker`: the cell that would give the owner a server to type on, or asks for one.
    fn fallback_shell(self, owner: &str, asker: &Place) -> ShellContext {
        let holder = self.topology.central_pool();
        let server = holder.and_then(|pool| {
            self.topology
                .quorum_members(pool)
                .find(|server| !self.is_failed(Some(&server.fqdn)))
        });
        match server {
            Some(server) => there(&server.fqdn),
            None => ShellContext {
                fqdn: Slot::Gap(self.no_shell(owner).at(asker)),
                is_this: false,
            },
        }
    }

    fn no_shell(self, owner: &str) -> Gap {
        let role = self.topology.inventory.product.members_together();
        Gap::new(
            format!("{role} for the Management Shell"),
            format!(
                "give {owner} a {role}: a row of the `servers` worksheet whose `Pool FQDN` names its pool"
            ),
        )
    }
}

/// The id of a server's operating system.
pub(super) fn system(product: &'static Product, server: &Server) -> &'static str {
    let text = server.operating_system.value.as_deref();
    product.meanings.system(text.unwrap_or_default())
}

fn there(fqdn: &Fqdn) -> ShellContext {
    ShellContext {
        fqdn: Slot::Text(fqdn.to_string()),
        is_this: false,
    }
}

fn here(fqdn: &Fqdn) -> ShellContext {
    ShellContext {
        is_this: true,
        ..there(fqdn)
    }
}

/// A known instance.
pub(super) fn named(instance: &Instance, holds: &str) -> InstanceContext {
    InstanceContext {
        name: Slot::Text(instance.to_string()),
        is_default: *instance == Instance::Default,
        holds: holds.to_owned(),
        port: None,
    }
}

/// What a version of SQL Server is called; empty where nobody can tell.
pub(super) fn sql_release(product: &'static Product, text: Option<&str>) -> &'static str {
    let version = text.and_then(|text| product.sql.version(text));
    version.map_or("", |version| version.name.as_str())
}

fn certificate(product: &Product, row: &Certificate) -> CertificateContext {
    let owner = format!("the certificate of `{}`", row.fqdn);
    let file = row.backup.value.as_deref().and_then(key_file);
    let uses = row
        .uses
        .known(&owner)
        .map(|uses| phrase(uses.iter().map(|it| it.printed)));
    CertificateContext {
        uses: known(uses),
        subject: slot(&row.subject, &owner),
        names: (!row.alternative_names.is_blank()).then(|| slot(&row.alternative_names, &owner)),
        issuer: slot(&row.issuer, &owner),
        thumbprint: slot(&row.thumbprint, &owner),
        expires: known(row.expires.known(&owner).map(ToString::to_string)),
        is_file: file.is_some(),
        backup: file.map_or_else(|| slot(&row.backup, &owner), |file| path(&file)),
        vault: slot(&row.vault, &owner),
        replicated: is_replicated(product, row),
        way: match row.way() {
            Way::Restore => "restore",
            Way::ReEnrol => "re-enrol",
            Way::Lost => "lost",
            Way::Undecided => "undecided",
        },
    }
}

/// The file of certificate and key that a location names; a safe and a folder are locations too.
fn key_file(location: &str) -> Option<FilePath> {
    let path = FilePath::parse(location).ok()?;
    let (_, ending) = path.inner().rsplit_once('.')?;
    let is_key = ["pfx", "p12"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(ending));
    is_key.then_some(path)
}

/// Whether replication brings the certificate: a deployment has one for each of its uses.
fn is_replicated(product: &Product, row: &Certificate) -> bool {
    let mut uses = row.uses.value.iter().flatten().peekable();
    let is_one = |id: &str| product.uses.iter().any(|it| it.id == id && it.replicated);
    uses.peek().is_some() && uses.all(|it| is_one(it.id))
}
