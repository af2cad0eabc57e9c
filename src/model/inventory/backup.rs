//! Rows of the three published worksheets: databases, file stores, settings.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, words};

use super::server::bad_instance;
use super::set;
use crate::product::Published;
use crate::product::{List, Name, Product};
use crate::rows::field::{Extra, Field};
use crate::rows::fqdn::Fqdn;
use crate::rows::instance::Instance;
use crate::rows::path::FilePath;
use crate::rows::problem::{Parsed, Problem};
use crate::rows::row::Row;
use crate::rows::{Recorded, Table};

pub use super::set::BackupSet;

/// A row of the `database-backups` or `settings-backups` worksheet: one database of one server.
#[derive(Clone, Debug)]
pub struct DatabaseBackup {
    /// `Database`.
    pub database: Field<Name>,
    /// `Server name (FQDN)`.
    pub server: Field<Fqdn>,
    /// `Backup schedule`.
    pub schedule: Field<String>,
    /// `Database backup tool` or `Backup tool`.
    pub tool: Field<Tool>,
    /// `Backup set`; always blank in the settings worksheet.
    pub set: Field<BackupSet>,
    /// `Backup destination` or `Backup location`.
    pub destination: Field<FilePath>,
    /// `Backup file` or `Configuration file (.xml) name`.
    pub file: Field<FilePath>,
    /// `SQL instance`; always blank in the settings worksheet.
    pub instance: Field<String>,
    /// `Pool FQDN`.
    pub pool: Field<Fqdn>,
    /// `Last backup`.
    pub last_backup: Field<Date>,
    /// `Last restore test`.
    pub last_test: Field<Date>,
    /// `Notes`.
    pub notes: Field<String>,
    /// Nothing can be restored from the place in the row, because of its tool.
    pub is_nowhere: bool,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

/// A row of the `file-store-backups` worksheet.
#[derive(Clone, Debug)]
pub struct FileStoreBackup {
    /// `Content`.
    pub content: Field<String>,
    /// `Server name (FQDN)`.
    pub server: Field<Fqdn>,
    /// `Backup schedule`.
    pub schedule: Field<String>,
    /// `File system backup tool`.
    pub tool: Field<String>,
    /// `File share to be backed up`.
    pub share: Field<FilePath>,
    /// `Backup destination`: the folder that holds the share's content.
    pub destination: Field<FilePath>,
    /// `Pool FQDN`.
    pub pool: Field<Fqdn>,
    /// `Local path`: the folder behind the share on the server itself.
    pub local_path: Field<FilePath>,
    /// What procedures call by a name of their own.
    pub recorded: Recorded,
    /// `Last backup`.
    pub last_backup: Field<Date>,
    /// `Last restore test`.
    pub last_test: Field<Date>,
    /// `Notes`.
    pub notes: Field<String>,
    /// Nothing can be restored from the place in the row, because of its tool.
    pub is_nowhere: bool,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

/// How a database was backed up, and so how it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// By an `Export-Cs…` cmdlet.
    Export,
    /// By SQL Server.
    Sql,
    /// By something else.
    Other,
}

impl DatabaseBackup {
    /// Reads a table of the `database-backups` kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        let product = table.product;
        Row::each(table, findings, |row| {
            let database = row.read("Database", |_, text| database(text, product));
            row.key(&database)?;
            Some(Self {
                database,
                server: row.sql_server("Server name (FQDN)").0,
                schedule: row.text("Backup schedule"),
                tool: row.read("Database backup tool", |_, text| tool(text, product)),
                set: row.partly("Backup set", |text| set::read(text, &product.published)),
                destination: row.path("Backup destination"),
                file: row.file("Backup file"),
                instance: row.read("SQL instance", |_, text| match Instance::parse(text) {
                    Ok(_) => Ok(Some(text.to_owned())),
                    Err(expected) => Err(bad_instance(text, &expected)),
                }),
                pool: row.fqdn("Pool FQDN"),
                last_backup: row.date("Last backup"),
                last_test: row.date("Last restore test"),
                notes: row.text("Notes"),
                is_nowhere: false,
                extras: row.extras(),
                row: row.place(),
            })
        })
    }

    /// Reads a table of the `settings-backups` kind.
    pub fn read_settings(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        let product = table.product;
        Row::each(table, findings, |row| {
            let database = row.read("Database", |_, text| database(text, product));
            row.key(&database)?;
            let none = |column| Field {
                column,
                text: String::new(),
                place: row.place(),
                value: None,
            };
            let (set, instance) = (none("Backup set"), none("SQL instance"));
            let set = set.map(|_: String| BackupSet {
                name: None,
                expires: None,
            });
            Some(Self {
                database,
                server: row.sql_server("Server name (FQDN)").0,
                schedule: row.text("Backup schedule"),
                tool: row.read("Backup tool", |_, text| tool(text, product)),
                set,
                destination: row.path("Backup location"),
                file: row.file("Configuration file (.xml) name"),
                instance,
                pool: row.fqdn("Pool FQDN"),
                last_backup: row.date("Last backup"),
                last_test: row.date("Last restore test"),
                notes: row.text("Notes"),
                is_nowhere: false,
                extras: row.extras(),
                row: row.place(),
            })
        })
    }

    /// The backup file, by the contract's order: the file cell, else a destination that names a file,
    /// else a set name that does. A bare file name lies in the destination's folder.
    pub fn location(&self) -> Option<FilePath> {
        let folder = self.destination.value.as_ref();
        if let Some(file) = &self.file.value {
            return Some(match folder {
                Some(folder) if file.is_bare() && !folder.names_a_file() => {
                    folder.join(file.inner())
                }
                _ => file.clone(),
            });
        }
        if let Some(folder) = folder.filter(|folder| folder.names_a_file()) {
            return Some(folder.clone());
        }
        let name = self.set.value.as_ref()?.name.as_deref()?;
        let file = FilePath::parse(name).ok().filter(FilePath::names_a_file)?;
        Some(match folder {
            Some(folder) if file.is_bare() => folder.join(file.inner()),
            _ => file,
        })
    }
}

impl DatabaseBackup {
    /// The cell that would say where the backup lies: one that stands there and cannot be used, else that of the file.
    pub fn unsettled(&self) -> &Field<FilePath> {
        let cells = [&self.file, &self.destination].into_iter();
        let mut unusable = cells.filter(|cell| !cell.is_blank() && cell.value.is_none());
        unusable.next().unwrap_or(&self.file)
    }
}

impl FileStoreBackup {
    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        let published = &table.product.published;
        Row::each(table, findings, |row| {
            let content = row.text("Content");
            row.key(&content)?;
            let record = Self {
                content,
                server: row.fqdn("Server name (FQDN)"),
                schedule: row.text("Backup schedule"),
                tool: row.read("File system backup tool", |_, text| {
                    Ok(own(text, published))
                }),
                share: row.share("File share to be backed up"),
                destination: row.folder("Backup destination"),
                pool: row.fqdn("Pool FQDN"),
                local_path: row.local("Local path"),
                last_backup: row.date("Last backup"),
                last_test: row.date("Last restore test"),
                recorded: row.recorded(),
                notes: row.text("Notes"),
                is_nowhere: false,
                extras: row.extras(),
                row: row.place(),
            };
            if record.is_on_its_server() {
                let means = "no folder lies behind the share";
                row.means(&record.local_path, "Local path", Some(means));
            }
            Some(record)
        })
    }

    /// Whether its share bears the name of its server: a share of another name may have many folders behind it, or none.
    fn is_on_its_server(&self) -> bool {
        let host = self.share.value.as_ref().and_then(FilePath::host);
        let server = self.server.value.as_ref();
        host.zip(server).is_some_and(|(host, server)| {
            let host = host.to_lowercase();
            host == server.as_str() || host == server.computer_name()
        })
    }
}

fn database(text: &str, product: &Product) -> Parsed<Name> {
    let named = product.databases_named(text);
    if named.len() > 1 {
        return Err(several_databases(&named));
    }
    match product.find_database(text) {
        Some(name) => match product.refuses_name(List::Database, name.id) {
            Some(refused) => Err(Problem::refused(name.printed, refused)),
            None => Ok(Some(name)),
        },
        None => Err(Problem::new(
            Code::UnknownDatabase,
            format!(
                "`{}` is no database of {}'s backup",
                words::excerpt(text),
                product.names.short
            ),
            format!("write {}", known_databases(product)),
        )),
    }
}

/// A row is about one database: its file and its set can hold one only.
fn several_databases(named: &BTreeSet<Name>) -> Problem {
    let printed = named.iter().map(|name| name.printed);
    Problem::new(
        Code::UnknownDatabase,
        format!(
            "the cell names several databases ({})",
            words::quoted(printed)
        ),
        "write a row for each of them",
    )
}

fn known_databases(product: &Product) -> String {
    let names = product
        .printed(List::Database)
        .iter()
        .map(|name| name.printed);
    words::list(names).replace(" and ", " or ")
}

/// One tool; the published cell names two, which decides nothing.
fn tool(text: &str, product: &Product) -> Parsed<Tool> {
    let published = &product.published;
    if published.is_undecided(text) {
        return Ok(None);
    }
    let is_two = product.exports_named(text).count() > 1;
    match (
        published.is_export(text),
        text.to_lowercase().contains("sql") || is_two,
    ) {
        (true, true) => Err(Problem::new(
            Code::UndecidedTool,
            format!(
                "`{}` names two tools, so it cannot be told how to restore",
                words::excerpt(text)
            ),
            "write the one that is used",
        )),
        (true, false) => Ok(Some(Tool::Export)),
        (false, true) => Ok(Some(Tool::Sql)),
        (false, false) => Ok(Some(Tool::Other)),
    }
}

/// The sentences that stand in the worksheets as published say nothing about this organization.
fn own(text: &str, published: &Published) -> Option<String> {
    (!published.is_undecided(text)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product() -> &'static Product {
        Product::built_in()
    }

    #[test]
    fn two_tools_in_one_cell_decide_nothing() {
        assert!(
            tool(
                "SQL Server management tool or Export-CsPersistentChatData cmdlet",
                product()
            )
            .is_err()
        );
        let two = "Export-CsUserData / Export-CsRgsConfiguration";
        assert!(tool(two, product()).is_err());
        assert_eq!(
            tool("Export-CsUserData cmdlet", product()),
            Ok(Some(Tool::Export))
        );
        assert_eq!(
            tool("SQL Server management tool", product()),
            Ok(Some(Tool::Sql))
        );
        assert!(
            tool(
                "Outil de gestion SQL Server ou cmdlet Export-CsPersistentChatData",
                product()
            )
            .is_err()
        );
        let japanese = "エクスポート-CsConfiguration コマンドレット";
        assert_eq!(tool(japanese, product()), Ok(Some(Tool::Export)));
        assert_eq!(tool("标准备份工具，例如 Robocopy", product()), Ok(None));
    }

    #[test]
    fn a_row_is_about_one_database() {
        assert!(database("LcsCDR, QoEMetrics", Product::built_in()).is_err());
        let rtc = database("Rtc-Datenbank auf SQL01", Product::built_in());
        assert!(rtc.is_ok_and(|name| name.is_some_and(|name| name.id == "rtc")));
    }
}
