//! The inventory: tables in, typed records out, every problem collected.
//!
//! Entry point: [`read`]: tables become records (`server.rs`, `pool.rs`, …), repeated names are merged, short ones made
//! full, and paths below the share of the backup cycle said with `$Backup`. What the records mean together is asked of
//! [`crate::topology`]; whether they make sense is asked by [`crate::readiness`].

pub mod backup;
mod canonical;
pub mod certificate;
mod concern;
mod cycle;
mod folder;
pub mod general;
mod kind;
mod merge;
mod named;
pub mod pool;
mod resolve;
pub mod server;
mod set;
mod shared;
mod unmade;

use std::collections::BTreeSet;

use crate::finding::{Finding, Place};
use crate::product::{Build, Offer, Product, schema};
use crate::rows::{self, Accepted, Field, FilePath, Fqdn, Table};
use crate::testimony::{self, Testimony};
use crate::workbook::Sheet;

pub use backup::{DatabaseBackup, FileStoreBackup};
pub use canonical::sorted;
pub use certificate::Certificate;
pub use general::{Contact, DecisionRow, Deployment, Medium, declares};
pub use pool::Pool;
pub use server::Server;

/// Everything the worksheets say, in an order that does not depend on theirs.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// The servers; no two have one name.
    pub servers: Vec<Server>,
    /// The pools; no two have one name.
    pub pools: Vec<Pool>,
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// The backups of databases and of settings.
    pub databases: Vec<DatabaseBackup>,
    /// The backups of file stores.
    pub file_stores: Vec<FileStoreBackup>,
    /// The settings of the deployment.
    pub deployment: Deployment,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// Where media are kept.
    pub media: Vec<Medium>,
    /// The organization's own decision table, if it has one.
    pub decisions: Vec<DecisionRow>,
    /// Rows that could not be used because they do not fit their headings.
    pub unfit: Vec<Unfit>,
    /// The cells that say of a backup that it was never made.
    pub never_made: BTreeSet<Place>,
    /// Files and sheets that could not be read, and of which nothing is known from an earlier run: any row may stand there.
    pub unread: Vec<Place>,
    /// The product they are of.
    pub product: &'static Product,
}

/// A row that does not fit its headings: what it says cannot be told apart, but it names what it names.
#[derive(Clone, Debug)]
pub struct Unfit {
    /// The kind of its sheet.
    pub kind: &'static str,
    /// The row.
    pub place: Place,
    /// Every word of it that could be a name, in small letters.
    pub words: BTreeSet<String>,
}

impl Inventory {
    /// The row of a kind of sheet that names this computer or pool, but could not be used.
    pub fn unfit_row(&self, kind: &str, fqdn: &Fqdn) -> Option<&Place> {
        let mut rows = self.unfit.iter().filter(|row| row.kind == kind);
        let row = rows.find(|row| row.words.contains(fqdn.as_str()));
        row.map(|row| &row.place)
    }
}

/// What reading the sheets gave.
#[derive(Debug, Default)]
pub struct Read {
    /// The records.
    pub inventory: Inventory,
    /// The recognised sheets, for excerpts in messages.
    pub tables: Vec<Table>,
    /// Every problem met.
    pub findings: Vec<Finding>,
}

/// Reads sheets into an inventory. Sheets come in the order of their files' names; cells that look like
/// secrets are taken out of them first.
pub fn read(sheets: &mut [Sheet]) -> Read {
    read_of(Product::built_in(), sheets, &Accepted::default())
}

/// The same for an organization's own product, where some cells that look like secrets are none.
pub fn read_of(product: &'static Product, sheets: &mut [Sheet], accepted: &Accepted) -> Read {
    read_beside(product, sheets, accepted, &Testimony::default())
}

/// The same with what documents beside the worksheets say.
pub fn read_beside(
    product: &'static Product,
    sheets: &mut [Sheet],
    accepted: &Accepted,
    testimony: &Testimony,
) -> Read {
    let (mut tables, mut findings) = rows::read(product, sheets, accepted);
    findings.extend(testimony::settle(product, &mut tables, testimony));
    let mut inventory = Inventory {
        product,
        ..Inventory::default()
    };
    for table in &mut tables {
        table.usage.used = take(&mut inventory, table, &mut findings);
        inventory.unfit.extend(concern::unfit(table));
    }
    merge::names(&mut inventory, &mut findings);
    resolve::names(&mut inventory, &mut findings);
    kind::withdraw(&mut inventory, &mut findings);
    below_backup(&mut inventory);
    shared::withdraw(&mut inventory, &mut findings);
    named::withdraw(&mut inventory, &mut findings);
    folder::withdraw(&mut inventory, &mut findings);
    cycle::withdraw(&mut inventory, &mut findings);
    unmade::withdraw(&mut inventory, &mut findings);
    concern::unfit_rows(&inventory, &tables, &mut findings);
    Read {
        inventory,
        tables,
        findings,
    }
}

/// Which product the worksheets are about: the one that the deployment worksheet names, else the one that every recorded
/// build is of. `product` knows how sheets are read.
pub fn product_meant<'o>(
    product: &'static Product,
    sheets: &[Sheet],
    offers: &'o [Offer],
) -> Option<&'o Offer> {
    let mut deployment = Deployment::default();
    for table in rows::tables_of(sheets, product, schema::DEPLOYMENT) {
        deployment.read(&table, &mut Vec::new());
    }
    if let Some(named) = deployment.text("Product") {
        return offers.iter().find(|it| it.is_meant(named));
    }
    let tables = rows::tables_of(sheets, product, schema::SERVERS);
    let servers = tables
        .iter()
        .flat_map(|table| Server::read(table, &mut Vec::new()));
    let builds = servers.filter_map(|it| Build::in_text(it.version.value.as_deref()?));
    let builds: Vec<Build> = builds.collect();
    let fits = |offer: &&Offer| builds.iter().all(|build| offer.version.has(build));
    offers.iter().find(fits).filter(|_| !builds.is_empty())
}

/// Reads a table's rows into records; returns how many rows were used.
fn take(inventory: &mut Inventory, table: &Table, findings: &mut Vec<Finding>) -> usize {
    match table.kind.id.as_str() {
        schema::SERVERS => put(&mut inventory.servers, Server::read(table, findings)),
        schema::POOLS => {
            let pools = Pool::read(inventory.product, table, findings);
            put(&mut inventory.pools, pools)
        }
        schema::CERTIFICATES => put(
            &mut inventory.certificates,
            Certificate::read(table, findings),
        ),
        schema::DATABASE_BACKUPS => put(
            &mut inventory.databases,
            DatabaseBackup::read(table, findings),
        ),
        schema::SETTINGS_BACKUPS => put(
            &mut inventory.databases,
            DatabaseBackup::read_settings(table, findings),
        ),
        schema::FILE_STORE_BACKUPS => put(
            &mut inventory.file_stores,
            FileStoreBackup::read(table, findings),
        ),
        schema::DEPLOYMENT => inventory.deployment.read(table, findings),
        schema::CONTACTS => put(&mut inventory.contacts, Contact::read(table, findings)),
        schema::MEDIA => put(&mut inventory.media, Medium::read(table, findings)),
        schema::DECISION_TABLE => put(&mut inventory.decisions, DecisionRow::read(table, findings)),
        other => {
            debug_assert!(false, "the schema has a kind `{other}` that nothing reads");
            0
        }
    }
}

fn put<T>(records: &mut Vec<T>, new: Vec<T>) -> usize {
    let count = new.len();
    records.extend(new);
    count
}

/// The share's own path appears in no command, so that a new cycle makes one page stale and not the binder.
fn below_backup(inventory: &mut Inventory) {
    let share = inventory.deployment.backup_share().map(str::to_owned);
    let below = |field: &mut Field<FilePath>| {
        field.value = field.value.take().map(|path| path.below(share.as_deref()));
    };
    for backup in &mut inventory.databases {
        below(&mut backup.destination);
        below(&mut backup.file);
    }
    for backup in &mut inventory.file_stores {
        below(&mut backup.destination);
    }
}

#[cfg(test)]
mod tests;
