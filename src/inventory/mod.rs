//! The inventory: raw cells in, typed and joined records out, every problem collected.
//!
//! Entry point: [`read`], in six steps: withhold secrets, recognise the sheets, settle rows that stand twice, read the rows, merge repeated
//! names, make short ones full, and say paths below the share of the backup cycle with `$Backup`; an index then makes look-ups quick. What the records mean together is asked
//! of [`Inventory`] (see `lookup.rs`); whether they make sense is asked by [`crate::readiness`].

pub mod backup;
mod beside;
mod canonical;
pub mod cell_words;
pub mod certificate;
mod columns;
mod copies;
pub mod date;
mod doubt;
pub mod field;
mod fit;
pub mod fqdn;
pub mod general;
mod headings;
pub mod instance;
mod instead;
mod layout;
mod lookalike;
mod merge;
pub mod parse;
pub mod path;
pub mod pool;
pub mod recognise;
mod resolve;
mod row;
pub mod schema;
pub mod secret;
pub mod server;
mod set;
mod shared;
mod spans;
mod sql;
mod text;
mod titles;
mod totals;
mod transposed;
pub mod value;

use crate::finding::{Finding, Place};
use crate::product::Product;
use crate::workbook::Sheet;

pub use backup::{DatabaseBackup, FileStoreBackup};
pub use canonical::{canonical, sorted};
pub use certificate::Certificate;
pub use field::{Extra, Field};
pub use fqdn::Fqdn;
pub use general::{Contact, DecisionRow, Deployment, Medium};
pub use instance::Instance;
pub use path::FilePath;
pub use pool::Pool;
pub use recognise::{Table, Usage};
pub use secret::Accepted;
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
    /// The product they are of.
    pub product: &'static Product,
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
    let mut withheld = Vec::new();
    for sheet in sheets.iter_mut() {
        withheld.extend(secret::withhold(sheet, accepted));
        beside::withhold(sheet, &mut withheld);
    }
    let (mut tables, mut findings) = recognise::tables(sheets, product);
    // Nothing of a sheet that is not read gets anywhere, so there is nothing to say of it.
    let is_read = |place: &Place| tables.iter().any(|table| table.place == *place);
    let is_said = |it: &Finding| {
        it.place
            .as_ref()
            .is_some_and(|place| is_read(&place.whole_sheet()))
    };
    findings.extend(withheld.into_iter().filter(is_said));
    for table in &mut tables {
        findings.extend(secret::under_headings(table, sheets, accepted));
    }
    forget_unfit(sheets, &tables);
    copies::settle(&mut tables, &mut findings);
    let mut inventory = Inventory {
        product,
        ..Inventory::default()
    };
    for table in &mut tables {
        table.usage.used = take(&mut inventory, table, &mut findings);
    }
    merge::names(&mut inventory, &mut findings);
    resolve::names(&mut inventory, &mut findings);
    below_backup(&mut inventory);
    shared::withdraw(&mut inventory, &mut findings);
    fit::concern(&inventory, &tables, &mut findings);
    Read {
        inventory,
        tables,
        findings,
    }
}

/// Takes the rows that do not fit their headings out of the sheets too, which are kept for later commands.
fn forget_unfit(sheets: &mut [Sheet], tables: &[Table]) {
    for table in tables.iter().filter(|table| !table.unfit.is_empty()) {
        for sheet in sheets.iter_mut().filter(|it| it.place == table.place) {
            sheet.rows.retain(|row, _| !table.unfit.contains_key(row));
        }
    }
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
