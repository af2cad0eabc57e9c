//! Fills the context a procedure template sees, from the inventory and its ties.
//!
//! Entry points: [`for_server`] and [`for_pool`]. Every value is a [`Slot`]: known, or a gap that names the
//! worksheet, row and column that would supply it.

mod alike;
mod backups;
mod databases;
mod mirror_shares;
mod pools;
mod recorded;
mod servers;
mod stores;

use crate::finding::Gap;
use crate::inventory::{Pool, Server};
use crate::product::Product;
use crate::rows::{Field, FilePath, Fqdn};
use crate::template::Slot;
use crate::topology::Topology;

use super::context::{Context, MediaContext};

/// What contexts are filled from.
#[derive(Clone, Copy)]
pub(super) struct Fill<'a> {
    topology: &'a Topology<'a>,
    /// The server that is lost; `None` in a pool's packet.
    failed: Option<&'a Fqdn>,
}

/// The context of a server's packet. `pools` are the pools whose user store or service it holds.
pub fn for_server(topology: &Topology<'_>, server: &Server, topology_published: bool) -> Context {
    let fill = Fill {
        topology,
        failed: Some(&server.fqdn),
    };
    let held = fill.pools_held(server);
    Context {
        this: Some(fill.server(server)),
        pool: topology.pool_of(server).map(|pool| fill.pool(pool)),
        pools: held.iter().map(|pool| fill.pool(pool)).collect(),
        databases: fill.databases_of_server(server),
        file_stores: fill.file_stores_of_server(server),
        mirror_shares: fill.mirror_shares_of_server(server),
        ..fill.common(topology_published, topology.pool_of(server))
    }
}

/// The context of a pool's packet.
pub fn for_pool(topology: &Topology<'_>, pool: &Pool) -> Context {
    let fill = Fill {
        topology,
        failed: None,
    };
    let context = fill.pool(pool);
    let hosted = topology.file_store_is_hosted(pool);
    let (databases, elsewhere) = fill.databases_of_pool(pool);
    Context {
        this: None,
        file_stores: context
            .file_store
            .clone()
            .filter(|_| hosted)
            .into_iter()
            .collect(),
        mirror_shares: fill.mirror_share_of_pool(pool).into_iter().collect(),
        pools: vec![context.clone()],
        pool: Some(context),
        databases,
        databases_elsewhere: elsewhere,
        ..fill.common(true, Some(pool))
    }
}

impl<'a> Fill<'a> {
    fn common(self, topology_published: bool, lost: Option<&Pool>) -> Context {
        let deployment = &self.topology.inventory.deployment;
        Context {
            this: None,
            pool: None,
            pools: Vec::new(),
            central: self.central_store(),
            databases: Vec::new(),
            databases_elsewhere: Vec::new(),
            file_stores: Vec::new(),
            mirror_shares: Vec::new(),
            local_work: match deployment.setting("Local work folder") {
                Some(field) if !field.is_blank() => self.setting("Local work folder"),
                _ => Slot::Text(self.topology.inventory.product.names.work.clone()),
            },
            organization: self.setting("Organization"),
            deployment: self.settings(),
            administration: self.administration(lost),
            media: self.media(),
            topology_published,
        }
    }

    /// The settings that procedures name; those without a row are blank.
    fn settings(self) -> super::context::Recorded {
        let inventory = self.topology.inventory;
        let mut named = recorded::recorded(&inventory.deployment.recorded, "the deployment");
        for setting in &inventory.product.schema.settings {
            if let Some(name) = &setting.named {
                named
                    .entry(name.as_str())
                    .or_insert_with(|| recorded::blank(setting.kind));
            }
        }
        named
    }

    /// Where the tools run while no server of a pool does.
    fn administration(self, lost: Option<&Pool>) -> Slot {
        let deployment = &self.topology.inventory.deployment;
        let name = "Administration computer";
        if deployment.setting(name).is_some_and(|it| !it.is_blank()) {
            return self.setting(name);
        }
        let topology = self.topology;
        let mut servers = topology.inventory.servers.iter();
        let elsewhere = servers.find(|server| {
            let pool = topology.pool_of(server);
            let is_inside = !topology.has(server, |role| role.outside);
            let is_other = pool.map(|it| &it.fqdn) != lost.map(|it| &it.fqdn);
            topology.runs_services(server)
                && is_inside
                && is_other
                && !self.is_failed(Some(&server.fqdn))
        });
        match elsewhere {
            Some(server) => Slot::Text(server.fqdn.to_string()),
            None => self.setting(name),
        }
    }

    fn media(self) -> Vec<MediaContext> {
        let product: &'static Product = self.topology.inventory.product;
        let rows = self.topology.inventory.media.iter().map(|row| {
            let owner = format!("`{}`", row.item.text);
            let kind = product.meanings.medium(&row.item.text);
            MediaContext {
                kind,
                system: product.meanings.system(&row.item.text),
                sql_release: servers::sql_release(product, row.item.value.as_deref()),
                item: slot(&row.item, &owner),
                location: slot(&row.location, &owner),
                version: slot(&row.version, &owner),
            }
        });
        rows.collect()
    }

    /// The pools a server holds: its own, on a Standard Edition server; those whose user store it has.
    fn pools_held(self, server: &'a Server) -> Vec<&'a Pool> {
        let is_one_computer = self.topology.is_one_computer(server);
        let own = is_one_computer
            .then(|| self.topology.pool_of(server))
            .flatten();
        let mut pools: Vec<&Pool> = own.into_iter().collect();
        for pool in self.topology.users_on(&server.fqdn) {
            if !pools.iter().any(|it| it.fqdn == pool.fqdn) {
                pools.push(pool);
            }
        }
        pools
    }

    /// A setting of the deployment worksheet.
    fn setting(self, name: &str) -> Slot {
        let deployment = &self.topology.inventory.deployment;
        // Every setting stands in one column; what is missing has the name of its row.
        let named = |gap: Gap| Gap {
            what: name.to_owned(),
            ..gap.of(name)
        };
        let Some(field) = deployment.setting(name) else {
            let cure = format!("add a row `{name}` to the `deployment` worksheet");
            let place = deployment.sheet.clone();
            return Slot::Gap(named(Gap {
                place,
                ..Gap::new(name, cure)
            }));
        };
        known(field.known(&format!("`{name}`")).cloned().map_err(named))
    }

    fn is_failed(self, fqdn: Option<&Fqdn>) -> bool {
        self.failed.is_some() && self.failed == fqdn
    }
}

/// A text cell as a slot.
fn slot(field: &Field<String>, owner: &str) -> Slot {
    known(field.known(owner).cloned())
}

/// An FQDN cell as a slot.
fn name(field: &Field<Fqdn>, owner: &str) -> Slot {
    known(field.known(owner).map(ToString::to_string))
}

fn known(value: Result<String, Gap>) -> Slot {
    value.map_or_else(Slot::Gap, Slot::Text)
}

/// A path as a slot: under `$Backup`, or absolute.
fn path(path: &FilePath) -> Slot {
    match path {
        FilePath::UnderBackup(relative) => Slot::UnderBackup(relative.clone()),
        FilePath::Absolute(path) => Slot::Text(path.clone()),
    }
}

/// A list as one phrase: "a, b and c".
fn phrase<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    crate::finding::words::list(items)
}
