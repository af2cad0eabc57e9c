//! Rows of the `servers` worksheet.

use crate::finding::words::excerpt;
use crate::finding::{Code, Finding, Place};
use crate::product::{List, Name};
use crate::rows::field::{Extra, Field};
use crate::rows::fqdn::Fqdn;
use crate::rows::instance::Instance;
use crate::rows::problem::Problem;
use crate::rows::row::Row;
use crate::rows::{Recorded, Table};

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
    /// The version of the product.
    pub version: Field<String>,
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
    /// What procedures call by a name of their own.
    pub recorded: Recorded,
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
        let version = table.kind.field("version");
        Row::each(table, findings, |row| {
            let (name, named) = row.sql_server("Server FQDN");
            row.key(&name)?;
            let instances = instances_of(row, name.value.as_ref());
            let instances = with_named(row, &name, named, instances);
            Some(Self {
                fqdn: name.value.clone()?,
                name,
                roles: row.names("Role", List::Role, Code::UnknownRole, "role"),
                pool: row.fqdn("Pool FQDN"),
                site: row.text("Site"),
                operating_system: row.text("Operating system"),
                version: row.text(version),
                sql_version: row.text("SQL Server version"),
                sql_edition: row.text("SQL Server edition"),
                instances,
                sql_data_path: row.text("SQL data path"),
                sql_log_path: row.text("SQL log path"),
                ip_address: row.text("IP address"),
                location: row.text("Location"),
                owner: row.text("Owner"),
                rto: row.number("RTO (hours)"),
                system_image: row.text("System image"),
                recorded: row.recorded(),
                notes: row.text("Notes"),
                extras: row.extras(),
                row: row.place(),
            })
        })
    }
}

/// The same where the server's name says an instance, too: it fills a blank cell, and must be among those of a filled one.
fn with_named(
    row: &mut Row<'_>,
    name: &Field<Fqdn>,
    named: Option<Instance>,
    mut own: Field<Vec<Instance>>,
) -> Field<Vec<Instance>> {
    let Some(named) = named else {
        return own;
    };
    let typed = excerpt(&name.text);
    let known = own.value.as_deref().unwrap_or_default();
    if own.is_blank() {
        let message = format!(
            "`{typed}` was taken apart: the server is `{}`, and `{named}` counts as `{}`",
            name.value.as_ref().map_or("", Fqdn::as_str),
            own.column
        );
        row.say(
            Finding::new(Code::SplitName, message)
                .at(&name.place)
                .help("write the name of the computer alone, and the instance in its own column"),
        );
        own.text = named.to_string();
        own.value = Some(vec![named]);
    } else if own.value.is_some() && !known.contains(&named) {
        let message = format!(
            "`{typed}` names the instance `{named}`, which `{}` does not have ({})",
            own.column, own.place
        );
        row.say(
            Finding::new(Code::ConflictingInstance, message)
                .at(&name.place)
                .help("correct one of the two cells"),
        );
        own.value = None;
    }
    own
}

/// The instances of a server; a host or a port beside one is told of where it says something else.
fn instances_of(row: &mut Row<'_>, server: Option<&Fqdn>) -> Field<Vec<Instance>> {
    let field = row.read("SQL instance", |_, text| {
        let hosts = text
            .split([';', ',', '\n'])
            .filter_map(|part| part.split_once('\\'));
        let mut hosts = hosts.map(|(host, _)| host.trim().to_lowercase());
        let is_other = |host: &String| {
            server.is_some_and(|it| host != it.as_str() && host != it.computer_name())
        };
        match (hosts.find(is_other), server) {
            (Some(host), Some(server)) => Err(Problem::new(
                Code::ConflictingInstance,
                format!(
                    "`{}` names the host `{host}`, but the row is about `{server}`",
                    excerpt(text)
                ),
                "correct one of the two cells",
            )),
            _ => instances(text),
        }
    });
    let mut parts = field.text.split([';', ',', ':', '\n']).map(str::trim);
    if let Some(port) = parts.find(|part| is_port(part)).map(str::to_owned) {
        row.port(&field.text, &port, &field.place);
    }
    field
}

/// No instance has a name of digits alone.
fn is_port(part: &str) -> bool {
    part.parse::<u16>().is_ok()
}

/// Several instances may stand in the cell of a server that hosts several.
fn instances(text: &str) -> crate::rows::problem::Parsed<Vec<Instance>> {
    let parts = text
        .split([';', ',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty() && !is_port(part));
    parts
        .map(|part| Instance::parse(part).map(|(_, instance)| instance))
        .collect::<Result<Vec<_>, _>>()
        .map(|found| (!found.is_empty()).then_some(found))
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
