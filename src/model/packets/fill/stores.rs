//! SQL Servers and instances, mirrors, and the Central Management store.

use std::collections::BTreeSet;

use crate::finding::Gap;
use crate::inventory::pool::{CentralStore, Copies, Store};
use crate::inventory::{Pool, Server};
use crate::product::schema::Type;
use crate::product::{Central, Export, Product};
use crate::rows::{Field, FilePath, Fqdn, Instance, Value};
use crate::template::Slot;
use crate::topology::Topology;

use super::super::context::{CentralContext, InstanceContext, MirroredContext, StoreContext};
use super::servers::named;
use super::{Fill, name};

impl<'a> Fill<'a> {
    pub(super) fn instance(
        self,
        server: &Field<Fqdn>,
        cell: &Field<Instance>,
        pool: &Pool,
        holds: &str,
    ) -> InstanceContext {
        match self.topology.instance(server, cell, pool) {
            Ok(instance) => named(&instance, holds),
            Err(gap) => InstanceContext {
                name: Slot::Gap(gap),
                is_default: false,
                port: None,
                holds: holds.to_owned(),
            },
        }
    }

    /// The SQL Server of a store; a Standard Edition pool's is its own server.
    pub(super) fn primary(self, pool: &Pool, store: &Store) -> StoreContext {
        let own = store.kind.users && pool.is_one_computer();
        if let Some(copies) = pool.copies.as_ref().filter(|_| store.kind.users) {
            return self.behind(copies, pool, store);
        }
        let fqdn = if own {
            Slot::Text(pool.fqdn.to_string())
        } else {
            self.sql_server(&store.server, pool)
        };
        let failed = if own {
            Some(&pool.fqdn)
        } else {
            store.server.value.as_ref()
        };
        let instance = self.instance(&store.server, &store.instance, pool, &store.kind.label);
        self.on_server(failed, fqdn, instance)
    }

    /// A store that several servers hold, by the name they are reached by; what their rows agree on is said of it.
    fn behind(self, copies: &Copies, pool: &Pool, store: &Store) -> StoreContext {
        let owner = format!("`{}`", pool.fqdn);
        let instance = self.instance(&copies.address, &store.instance, pool, &store.kind.label);
        let first = copies.servers.first().and_then(|it| it.value.as_ref());
        StoreContext {
            is_this: false,
            ..self.on_server(first, name(&copies.address, &owner), instance)
        }
    }

    /// The mirror of a store, where the worksheet names one. Where it is recorded by half, what is missing is
    /// a blank: commands would otherwise be those of a store without a mirror.
    pub(super) fn mirror(self, pool: &Pool, store: &Store) -> Option<StoreContext> {
        if store.mirror.is_blank() && store.mirror_instance.is_blank() {
            return None;
        }
        let label = &store.kind.label;
        let instance = self.instance(&store.mirror, &store.mirror_instance, pool, label);
        let fqdn = self.sql_server(&store.mirror, pool);
        Some(self.on_server(store.mirror.value.as_ref(), fqdn, instance))
    }

    /// A store on a server, with what the row of that says of its SQL Server.
    fn on_server(self, name: Option<&Fqdn>, fqdn: Slot, instance: InstanceContext) -> StoreContext {
        let server = name.and_then(|name| self.topology.server(name));
        let holdings = name.map(|name| self.topology.holdings(name));
        let named = holdings.iter().flatten();
        let instances = named.filter_map(|it| it.instance().value.as_ref());
        let folder = |field: &Field<String>| {
            let path = FilePath::parse(field.value.as_deref()?).ok()?;
            path.is_local().then(|| Slot::text(path.inner()))
        };
        StoreContext {
            is_this: self.is_failed(name),
            is_one_of_several: instances.collect::<BTreeSet<_>>().len() > 1,
            data_path: server.and_then(|it| folder(&it.sql_data_path)),
            log_path: server.and_then(|it| folder(&it.sql_log_path)),
            account: self.account(server, &fqdn),
            fqdn,
            instance,
        }
    }

    /// The account that SQL Server on a server runs under.
    fn account(self, server: Option<&Server>, fqdn: &Slot) -> Slot {
        let Some(server) = server else {
            return fqdn.clone();
        };
        match server.recorded.of_type(Type::Account) {
            Some(field) if !field.is_blank() => match &field.value {
                Some(Value::Text(account)) => Slot::text(account),
                _ => Slot::Gap(field.gap(&format!("`{}`", server.fqdn))),
            },
            _ => match self.setting("NetBIOS domain") {
                Slot::Text(domain) => {
                    let computer = server.fqdn.computer_name().to_uppercase();
                    Slot::text(format!(r"{domain}\{computer}$"))
                }
                gap => gap,
            },
        }
    }

    /// A SQL Server must have a row of its own to be known: a misspelt name in a command would be worse
    /// than none.
    fn sql_server(self, field: &Field<Fqdn>, pool: &Pool) -> Slot {
        match &field.value {
            Some(fqdn)
                if self.topology.server(fqdn).is_none()
                    && !self.topology.addresses().contains(fqdn) =>
            {
                Slot::Gap(unknown_server(field, fqdn))
            }
            _ => name(field, &format!("`{}`", pool.fqdn)),
        }
    }

    /// Every mirrored database type of a pool, with both partners. A pool's own packet restores what is on the SQL Server
    /// of its users: what lies elsewhere outlives it, and its mirrors with it.
    pub(super) fn mirrored(self, pool: &Pool) -> Vec<MirroredContext> {
        let users = &pool.user_store().server.value;
        let is_restored = |it: &&Store| self.failed.is_some() || it.server.value == *users;
        let stores = pool.stores.iter().filter(|it| pool.keeps(it.kind));
        let mirrored = stores.filter(is_restored).flat_map(|store| {
            let types = store.kind.types.iter();
            let own = types.filter_map(|database_type| {
                Some(MirroredContext {
                    database_type,
                    databases: self.sql_names(database_type),
                    primary: self.primary(pool, store),
                    mirror: self.mirror(pool, store)?,
                })
            });
            let central = store
                .kind
                .users
                .then(|| self.mirrored_central(pool))
                .flatten();
            own.chain(central).collect::<Vec<_>>()
        });
        mirrored.collect()
    }

    /// The store of the configuration lies beside that of the users, and is mirrored with it. A blank cell is no "no":
    /// whether this type is mirrored too is then a blank in each command.
    fn mirrored_central(self, pool: &Pool) -> Option<MirroredContext> {
        if !pool.holds_central() && pool.central.value.is_some() {
            return None;
        }
        let users = pool.user_store();
        let mirror = self.mirror(pool, users)?;
        let primary = self.primary(pool, users);
        Some(MirroredContext {
            database_type: &self.central().database_type,
            databases: self.sql_names(&self.central().database_type),
            primary: self.if_central_is_known(self.at_central_instance(primary, pool), pool),
            mirror: self.if_central_is_known(self.mirror_at_central_instance(mirror, pool), pool),
        })
    }

    /// The standby store of a pair, which lies beside that of the users too, and may have been mirrored with it.
    pub(super) fn standby(self, pool: &Pool) -> Option<MirroredContext> {
        let users = pool.user_store();
        let is_standby = pool.central.value == Some(CentralStore::Standby);
        let mirror = self.mirror(pool, users).filter(|_| is_standby)?;
        Some(MirroredContext {
            database_type: &self.central().database_type,
            databases: self.sql_names(&self.central().database_type),
            primary: self.at_central_instance(self.primary(pool, users), pool),
            mirror: self.mirror_at_central_instance(mirror, pool),
        })
    }

    fn sql_names(self, database_type: &str) -> &'static [String] {
        let product: &'static Product = self.topology.inventory.product;
        product.sql_names(database_type)
    }

    pub(super) fn central(self) -> &'static Central {
        &self.topology.inventory.product.central
    }

    /// The CMS may live in an instance of its own; a blank cell means the pool's.
    fn at_central_instance(self, store: StoreContext, pool: &Pool) -> StoreContext {
        if pool.central_instance.is_blank() {
            return store;
        }
        StoreContext {
            instance: self.instance(
                &pool.user_store().server,
                &pool.central_instance,
                pool,
                &self.central().label,
            ),
            ..store
        }
    }

    /// The instance on the mirror has a column of its own too; blank means that of the users' store, unless the primary
    /// differs from that.
    fn mirror_at_central_instance(self, store: StoreContext, pool: &Pool) -> StoreContext {
        let users = pool.user_store();
        let own = &pool.central_mirror_instance;
        let same = pool.central_instance.value == users.instance.value;
        if own.is_blank() && (pool.central_instance.is_blank() || same) {
            return store;
        }
        let instance = self.instance(&users.mirror, own, pool, &self.central().label);
        StoreContext { instance, ..store }
    }

    pub(super) fn central_store(self) -> CentralContext {
        let topology: &'a Topology<'a> = self.topology;
        let configuration_file = self.global_file(Export::Configuration);
        let location_file = self.global_file(Export::Location);
        let mut active = topology.managing();
        if let (Some(first), Some(second)) = (active.next(), active.next()) {
            return CentralContext {
                configuration_file,
                location_file,
                ..self.undecided_central(first, second)
            };
        }
        match topology.central_pool() {
            Some(pool) => CentralContext {
                is_known: true,
                pool: Slot::Text(pool.fqdn.to_string()),
                on_one_computer: pool.is_one_computer(),
                is_apart: !pool.central_instance.is_blank()
                    && pool.central_instance.value != pool.user_store().instance.value,
                sql: self.if_database_server(
                    self.at_central_instance(self.primary(pool, pool.user_store()), pool),
                    pool,
                ),
                mirror: self
                    .mirror(pool, pool.user_store())
                    .map(|mirror| self.mirror_at_central_instance(mirror, pool)),
                configuration_file,
                location_file,
            },
            None => CentralContext {
                is_known: false,
                pool: self.no_cms(),
                on_one_computer: false,
                is_apart: false,
                sql: self.nowhere(&self.no_cms()),
                mirror: None,
                configuration_file,
                location_file,
            },
        }
    }
}

/// Blanks in place of what nothing says.
impl Fill<'_> {
    /// The store, or a blank in its place while the pool's row does not say whether it hosts the CMS.
    fn if_central_is_known(self, store: StoreContext, pool: &Pool) -> StoreContext {
        match pool.central.known(&format!("`{}`", pool.fqdn)) {
            Ok(_) => store,
            Err(gap) => StoreContext {
                is_this: store.is_this,
                ..self.nowhere(&Slot::Gap(gap))
            },
        }
    }

    /// The store, or a blank in its place where the role of its server says that it holds no databases: its procedure
    /// begins by deleting what it finds there.
    fn if_database_server(self, store: StoreContext, pool: &Pool) -> StoreContext {
        let topology = self.topology;
        let cell = &pool.user_store().server;
        let server = cell.value.as_ref().and_then(|it| topology.server(it));
        let Some(server) = server.filter(|it| it.roles.value.is_some()) else {
            return store;
        };
        if topology.has(server, |role| role.databases) || topology.is_one_computer(server) {
            return store;
        }
        let cure = format!(
            "the role of `{}` is `{}` ({}), and the pools worksheet names it for databases; correct one of the two",
            server.fqdn, server.roles.text, server.roles.place
        );
        let gap = Gap::new(&self.central().label, cure).at(&server.roles.place);
        StoreContext {
            is_this: store.is_this,
            ..self.nowhere(&Slot::Gap(gap))
        }
    }

    /// The store's place while nothing says where it is.
    fn nowhere(self, gap: &Slot) -> StoreContext {
        StoreContext {
            fqdn: gap.clone(),
            instance: InstanceContext {
                name: gap.clone(),
                is_default: false,
                port: None,
                holds: self.central().label.clone(),
            },
            is_this: false,
            is_one_of_several: false,
            data_path: None,
            log_path: None,
            account: gap.clone(),
        }
    }

    fn no_cms(self) -> Slot {
        let Central { label, column, .. } = self.central();
        let cure =
            format!("write `yes` in `{column}` for the pool that hosts it (`pools` worksheet)");
        let pools = self.topology.inventory.pools.first();
        Slot::Gap(Gap {
            place: pools.map(|pool| pool.name.place.whole_sheet()),
            ..Gap::new(label, cure).of(column)
        })
    }
}

/// Which of two pools hosts the store cannot be told, and its procedure begins by deleting what it finds: the
/// steps are those for the first, and every name in them is a gap.
impl Fill<'_> {
    fn undecided_central(self, first: &Pool, second: &Pool) -> CentralContext {
        let gap = || {
            Slot::Gap(Gap::new(
                &self.central().label,
                format!(
                    "both `{}` ({}) and `{}` ({}) are recorded as hosting it; leave `yes` at the one that does",
                    first.fqdn, first.central.place, second.fqdn, second.central.place
                ),
            )
            .at(&second.central.place))
        };
        let store = |store: StoreContext| StoreContext {
            fqdn: gap(),
            account: gap(),
            instance: InstanceContext {
                name: gap(),
                is_default: false,
                port: None,
                holds: self.central().label.clone(),
            },
            ..store
        };
        CentralContext {
            is_known: false,
            pool: gap(),
            on_one_computer: first.is_one_computer(),
            is_apart: false,
            sql: store(self.primary(first, first.user_store())),
            mirror: self.mirror(first, first.user_store()).map(store),
            configuration_file: gap(),
            location_file: gap(),
        }
    }
}

fn unknown_server(field: &Field<Fqdn>, fqdn: &Fqdn) -> Gap {
    Gap::new(
        field.column,
        format!(
            "`{fqdn}` has no row in the `servers` worksheet: correct `{}` ({}), or add the row",
            field.column, field.place
        ),
    )
    .at(&field.place)
    .of(field.column)
}
