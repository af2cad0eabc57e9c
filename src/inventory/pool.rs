//! Rows of the `pools` worksheet.

use crate::finding::words::excerpt;
use crate::finding::{Code, Finding, Place};
use crate::product::{PoolType, Product};

use super::field::{Extra, Field};
use super::fqdn::Fqdn;
use super::instance::Instance;
use super::names::{List, Name};
use super::parse::Problem;
use super::path::FilePath;
use super::recognise::Table;
use super::row::Row;

/// A pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// `Pool FQDN`, canonical.
    pub fqdn: Fqdn,
    /// The same cell.
    pub name: Field<Fqdn>,
    /// `Pool type`; two rows of one name with different types are one pool with both.
    pub types: Field<Vec<Name>>,
    /// `Site`.
    pub site: Field<String>,
    /// The user store: `SQL Server FQDN` and its neighbours.
    pub user_store: Store,
    /// `Witness FQDN`.
    pub witness: Field<Fqdn>,
    /// `File store`: a share.
    pub file_store: Field<FilePath>,
    /// `Mirroring file share`.
    pub mirror_share: Field<FilePath>,
    /// The `Archiving …` columns.
    pub archiving: Store,
    /// The `Monitoring …` columns.
    pub monitoring: Store,
    /// The `Persistent Chat …` columns.
    pub persistent_chat: Store,
    /// `Central Management store`.
    pub cms: Field<Cms>,
    /// `CMS SQL instance`; blank means the pool's own SQL instance.
    pub cms_instance: Field<Instance>,
    /// `Response Group`.
    pub response_group: Field<bool>,
    /// `Backup pool FQDN`.
    pub backup_pool: Field<Fqdn>,
    /// `Next hop pool FQDN`.
    pub next_hop: Field<Fqdn>,
    /// `Notes`.
    pub notes: Field<String>,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

/// A SQL Server store as a pool names it: server and instance, and its mirror.
#[derive(Clone, Debug)]
pub struct Store {
    /// The SQL Server.
    pub server: Field<Fqdn>,
    /// Its instance; `host\instance` in the cell is split.
    pub instance: Field<Instance>,
    /// The mirror.
    pub mirror: Field<Fqdn>,
    /// The mirror's instance.
    pub mirror_instance: Field<Instance>,
}

/// What `Central Management store` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cms {
    /// The pool hosts the active store.
    Active,
    /// The pool holds the standby of a pool pair.
    Standby,
    /// Neither.
    No,
}

/// The columns of one store.
struct StoreColumns {
    server: &'static str,
    instance: &'static str,
    mirror: &'static str,
    mirror_instance: &'static str,
}

const USER_STORE: StoreColumns = StoreColumns {
    server: "SQL Server FQDN",
    instance: "SQL instance",
    mirror: "Mirror SQL Server FQDN",
    mirror_instance: "Mirror SQL instance",
};
const ARCHIVING: StoreColumns = StoreColumns {
    server: "Archiving SQL Server FQDN",
    instance: "Archiving SQL instance",
    mirror: "Archiving mirror SQL Server FQDN",
    mirror_instance: "Archiving mirror SQL instance",
};
const MONITORING: StoreColumns = StoreColumns {
    server: "Monitoring SQL Server FQDN",
    instance: "Monitoring SQL instance",
    mirror: "Monitoring mirror SQL Server FQDN",
    mirror_instance: "Monitoring mirror SQL instance",
};
const PERSISTENT_CHAT: StoreColumns = StoreColumns {
    server: "Persistent Chat SQL Server FQDN",
    instance: "Persistent Chat SQL instance",
    mirror: "Persistent Chat mirror SQL Server FQDN",
    mirror_instance: "Persistent Chat mirror SQL instance",
};

impl Pool {
    /// Whether the pool is of this type.
    pub fn is(&self, id: &str) -> bool {
        self.types.value.iter().flatten().any(|kind| kind.id == id)
    }

    /// Its types, as the product knows them.
    pub fn kinds<'p>(&self, product: &'p Product) -> impl Iterator<Item = &'p PoolType> {
        product.pools.iter().filter(|kind| self.is(&kind.id))
    }

    /// Whether the pool hosts the active Central Management store.
    pub fn hosts_cms(&self) -> bool {
        self.cms.value == Some(Cms::Active)
    }

    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let name = row.fqdn("Pool FQDN");
            row.key(&name)?;
            Some(Self {
                fqdn: name.value.clone()?,
                name,
                types: row.names("Pool type", List::Pool, Code::UnknownPoolType, "pool type"),
                site: row.text("Site"),
                user_store: store(row, &USER_STORE),
                witness: row.sql_server("Witness FQDN").0,
                file_store: row.share("File store"),
                mirror_share: row.share("Mirroring file share"),
                archiving: store(row, &ARCHIVING),
                monitoring: store(row, &MONITORING),
                persistent_chat: store(row, &PERSISTENT_CHAT),
                cms: row.read("Central Management store", |_, text| cms(text)),
                cms_instance: instance(row, "CMS SQL instance", None),
                response_group: row.yes_no("Response Group"),
                backup_pool: row.fqdn("Backup pool FQDN"),
                next_hop: row.fqdn("Next hop pool FQDN"),
                notes: row.text("Notes"),
                extras: row.extras(),
                row: row.place(),
            })
        })
    }
}

fn store(row: &mut Row<'_>, columns: &StoreColumns) -> Store {
    let (server, named) = row.sql_server(columns.server);
    let own = instance(row, columns.instance, server.value.as_ref());
    let instance_field = settled(row, &server, named, own);
    let (mut mirror, named_mirror) = row.sql_server(columns.mirror);
    if mirror.value.is_some() && mirror.value == server.value {
        // A server is no mirror of itself: commands that name the surviving partner would name the failed one.
        mirror.value = None;
        row.say(
            Finding::new(
                Code::HalfMirror,
                format!(
                    "`{}` and `{}` name the same server",
                    columns.server, columns.mirror
                ),
            )
            .at(&mirror.place)
            .help("record both partners and both instances, or neither"),
        );
    }
    let own = instance(row, columns.mirror_instance, mirror.value.as_ref());
    let mirror_instance = settled(row, &mirror, named_mirror, own);
    Store {
        server,
        instance: instance_field,
        mirror,
        mirror_instance,
    }
}

/// The instance that counts: its own cell's, or the one behind the server's name. Where both name one they must agree.
pub(super) fn settled(
    row: &mut Row<'_>,
    server: &Field<Fqdn>,
    named: Option<Instance>,
    mut own: Field<Instance>,
) -> Field<Instance> {
    let Some(named) = named else {
        return own;
    };
    let typed = excerpt(&server.text);
    let is_open = own.is_blank();
    match &own.value {
        Some(value) if *value != named => {
            let message = format!(
                "`{typed}` names the instance `{named}`, but `{}` is `{value}` ({})",
                own.column, own.place
            );
            row.say(
                Finding::new(Code::ConflictingInstance, message)
                    .at(&server.place)
                    .help("correct one of the two cells"),
            );
            own.value = None;
        }
        None if is_open => {
            let message = format!(
                "`{typed}` was taken apart: the server is `{}`, and `{named}` counts as `{}` ({})",
                server.value.as_ref().map_or("", Fqdn::as_str),
                own.column,
                own.place
            );
            row.say(
                Finding::new(Code::SplitName, message)
                    .at(&server.place)
                    .help("write the two into their own cells"),
            );
            own.text = named.to_string();
            own.place = server.place.clone();
            own.value = Some(named);
        }
        _ => {}
    }
    own
}

/// An instance cell; a host in front of the instance must be the server of its row.
fn instance(row: &mut Row<'_>, column: &'static str, server: Option<&Fqdn>) -> Field<Instance> {
    let field = row.read(column, |_, text| {
        let (host, instance) = Instance::parse(text)
            .map_err(|expected| super::server::bad_instance(text, &expected))?;
        match (host, server) {
            (Some(host), Some(server))
                if host != server.as_str() && host != server.computer_name() =>
            {
                Err(Problem::new(
                    Code::ConflictingInstance,
                    format!(
                        "`{text}` names the host `{host}`, but the row's SQL Server is `{server}`"
                    ),
                    "correct one of the two cells",
                ))
            }
            _ => Ok(Some(instance)),
        }
    });
    if let (Some(_), (_, Some(port))) = (&field.value, super::sql::without_port(&field.text)) {
        row.port(&field.text, port, &field.place);
    }
    field
}

fn cms(text: &str) -> super::parse::Parsed<Cms> {
    if matches!(
        text.to_lowercase().as_str(),
        "standby" | "backup" | "passive"
    ) {
        return Ok(Some(Cms::Standby));
    }
    if text.eq_ignore_ascii_case("active") {
        return Ok(Some(Cms::Active));
    }
    let answer = super::parse::yes_no(text).map_err(|_| {
        Problem::new(
            Code::BadChoice,
            format!(
                "`{}` is neither yes, no nor standby",
                crate::finding::words::excerpt(text)
            ),
            "write `yes`, `no` or `standby`",
        )
    })?;
    Ok(answer.map(|yes| if yes { Cms::Active } else { Cms::No }))
}
