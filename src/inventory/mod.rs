//! The inventory: raw cells in, typed and joined records out, every problem collected.
//!
//! Entry point: [`read`], in five steps: recognise the sheets, read their rows, merge repeated names, sort, and
//! say paths below the share of the backup cycle with `$Backup`. What the records mean together is asked
//! of [`Inventory`] (see `lookup.rs`); whether they make sense is asked by [`crate::readiness`].

pub mod backup;
mod canonical;
pub mod certificate;
mod date;
pub mod field;
pub mod fqdn;
pub mod general;
pub mod instance;
pub mod lookup;
mod merge;
pub mod names;
pub mod parse;
pub mod path;
pub mod pool;
pub mod recognise;
mod row;
pub mod schema;
pub mod server;

use crate::finding::Finding;
use crate::workbook::Sheet;

pub use backup::{DatabaseBackup, FileStoreBackup};
pub use canonical::canonical;
pub use certificate::Certificate;
pub use field::{Extra, Field};
pub use fqdn::Fqdn;
pub use general::{Contact, DecisionRow, Deployment, Medium};
pub use instance::Instance;
pub use path::FilePath;
pub use pool::Pool;
pub use recognise::Table;
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

/// Reads sheets into an inventory. Sheets come in the order of their files' names.
pub fn read(sheets: &[Sheet]) -> Read {
    let (tables, mut findings) = recognise::tables(sheets);
    let mut inventory = Inventory::default();
    for table in &tables {
        take(&mut inventory, table, &mut findings);
    }
    merge::names(&mut inventory, &mut findings);
    canonical::sort(&mut inventory);
    below_backup(&mut inventory);
    Read {
        inventory,
        tables,
        findings,
    }
}

fn take(inventory: &mut Inventory, table: &Table, findings: &mut Vec<Finding>) {
    match table.kind.id.as_str() {
        schema::SERVERS => inventory.servers.extend(Server::read(table, findings)),
        schema::POOLS => inventory.pools.extend(Pool::read(table, findings)),
        schema::CERTIFICATES => inventory
            .certificates
            .extend(Certificate::read(table, findings)),
        schema::DATABASE_BACKUPS => inventory
            .databases
            .extend(DatabaseBackup::read(table, findings)),
        schema::SETTINGS_BACKUPS => {
            inventory
                .databases
                .extend(DatabaseBackup::read_settings(table, findings));
        }
        schema::FILE_STORE_BACKUPS => {
            inventory
                .file_stores
                .extend(FileStoreBackup::read(table, findings));
        }
        schema::DEPLOYMENT => inventory.deployment.read(table, findings),
        schema::CONTACTS => inventory.contacts.extend(Contact::read(table, findings)),
        schema::MEDIA => inventory.media.extend(Medium::read(table, findings)),
        schema::DECISION_TABLE => inventory
            .decisions
            .extend(DecisionRow::read(table, findings)),
        other => debug_assert!(false, "the schema has a kind `{other}` that nothing reads"),
    }
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
