//! Rows of the `servers` worksheet.

use crate::finding::{Code, Place};

use super::field::{Extra, Field};
use super::fqdn::Fqdn;
use super::instance::Instance;
use super::names::{List, Name};
use super::parse::Problem;
use super::recognise::Table;
use super::row::Row;
use crate::finding::Finding;

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// `Server FQDN`, canonical.
    pub fqdn: Fqdn,
    /// The same cell.
    pub name: Field<Fqdn>,
    /// `Role`: one or several.
    pub roles: Field<Vec<Name>>,
    /// `Pool FQDN`.
    pub pool: Field<Fqdn>,
    /// `Site`.
    pub site: Field<String>,
    /// `Operating system`.
    pub operating_system: Field<String>,
    /// `Lync version`.
    pub lync_version: Field<String>,
    /// `SQL Server version`.
    pub sql_version: Field<String>,
    /// `SQL Server edition`.
    pub sql_edition: Field<String>,
    /// `SQL instance`: one or several.
    pub instances: Field<Vec<Instance>>,
    /// `SQL data path`.
    pub sql_data_path: Field<String>,
    /// `SQL log path`.
    pub sql_log_path: Field<String>,
    /// `IP address`.
    pub ip_address: Field<String>,
    /// `Location`.
    pub location: Field<String>,
    /// `Owner`.
    pub owner: Field<String>,
    /// `RTO (hours)`.
    pub rto: Field<f64>,
    /// `System image`.
    pub system_image: Field<String>,
    /// `Notes`.
    pub notes: Field<String>,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

impl Server {
    /// Whether the Role cell names this role.
    pub fn has_role(&self, id: &str) -> bool {
        self.roles.value.iter().flatten().any(|role| role.id == id)
    }

    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let name = row.fqdn("Server FQDN");
            row.key(&name)?;
            Some(Self {
                fqdn: name.value.clone()?,
                name,
                roles: row.names("Role", List::Role, Code::UnknownRole, "role"),
                pool: row.fqdn("Pool FQDN"),
                site: row.fact("Site"),
                operating_system: row.fact("Operating system"),
                lync_version: row.fact("Lync version"),
                sql_version: row.fact("SQL Server version"),
                sql_edition: row.fact("SQL Server edition"),
                instances: row.read("SQL instance", |_, text| instances(text)),
                sql_data_path: row.fact("SQL data path"),
                sql_log_path: row.fact("SQL log path"),
                ip_address: row.fact("IP address"),
                location: row.fact("Location"),
                owner: row.fact("Owner"),
                rto: row.number("RTO (hours)"),
                system_image: row.fact("System image"),
                notes: row.text("Notes"),
                extras: row.extras(),
                row: row.place(),
            })
        })
    }
}

/// Several instances may stand in the cell of a server that hosts several.
fn instances(text: &str) -> super::parse::Parsed<Vec<Instance>> {
    let parts = text
        .split([';', ',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| Instance::parse(part).map(|(_, instance)| instance))
        .collect::<Result<Vec<_>, _>>()
        .map(Some)
        .map_err(|expected| bad_instance(text, &expected))
}

/// The problem of a cell that names no instance.
pub(super) fn bad_instance(text: &str, expected: &str) -> Problem {
    let text = crate::finding::words::excerpt(text);
    Problem::new(
        Code::BadInstance,
        format!("`{text}` is no SQL instance"),
        format!("write {expected}"),
    )
}
