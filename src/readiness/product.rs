//! Product facts as data: which certificates a role needs, which SQL Server versions are supported.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::inventory::{Pool, Server};
use crate::topology::Topology;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Product {
    certificates: Vec<Needs>,
    covered_by_default: Uses,
    sql: Vec<SqlVersion>,
    editions: Editions,
    pool: Vec<PoolFacts>,
    schedule: Vec<Schedule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Editions {
    supported: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PoolFacts {
    r#type: String,
    roles: Vec<String>,
    most_members: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schedule {
    words: Vec<String>,
    days: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    role: String,
    uses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Uses {
    uses: Vec<String>,
}

/// A SQL Server version the tool can tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqlVersion {
    /// For example "SQL Server 2012".
    pub name: String,
    words: Vec<String>,
    builds: Vec<String>,
    /// Whether Lync Server 2013 supports it.
    pub supported: bool,
}

static PRODUCT: LazyLock<Product> = LazyLock::new(|| {
    crate::data::parse(include_str!("product.toml")).expect("product.toml is part of the program")
});

/// The ids of the certificate uses a server's roles need and that no certificate of the server or its pool
/// covers. OAuthTokenIssuer is covered by any certificate of the deployment, since it is replicated.
pub fn missing_uses(topology: &Topology<'_>, server: &Server) -> Vec<&'static str> {
    let has = |id: &str| {
        let mut own = topology.certificates_of(server).into_iter();
        let any = |uses: &Option<Vec<crate::inventory::names::Name>>| {
            uses.iter().flatten().any(|it| it.id == id)
        };
        if id == "oauth" {
            let all = &topology.inventory.certificates;
            return all.iter().any(|row| any(&row.uses.value));
        }
        own.any(|row| any(&row.uses.value))
    };
    let mut missing: Vec<&'static str> = Vec::new();
    for needs in &PRODUCT.certificates {
        let role = needs.role.as_str();
        let is = server.has_role(role)
            || (role == "standard-edition" && topology.is_one_computer(server));
        if !is {
            continue;
        }
        for id in &needs.uses {
            let covered = PRODUCT.covered_by_default.uses.contains(id) && has("default");
            if !covered && !has(id) && !missing.contains(&id.as_str()) {
                missing.push(id);
            }
        }
    }
    missing
}

/// Which version a cell means: by a build number such as `11.0.3000`, else by the year in its words.
pub fn sql_version(text: &str) -> Option<&'static SqlVersion> {
    let lower = text.to_lowercase();
    let by_build = lower.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let mut parts = word.split('.');
        let build = format!("{}.{}", parts.next()?, parts.next()?);
        PRODUCT
            .sql
            .iter()
            .find(|version| version.builds.contains(&build))
    });
    by_build.or_else(|| {
        let said = |version: &&SqlVersion| {
            version
                .words
                .iter()
                .any(|word| lower.contains(word.as_str()))
        };
        PRODUCT.sql.iter().find(said)
    })
}

/// Whether an edition is one Lync Server 2013 keeps its databases in.
pub fn edition_supported(text: &str) -> bool {
    let lower = text.to_lowercase();
    PRODUCT
        .editions
        .supported
        .iter()
        .any(|edition| lower.contains(edition.as_str()))
}

/// Whether a pool of these types may hold a server of this role.
pub fn role_fits(role: &str, types: &[&str]) -> bool {
    let pools = PRODUCT
        .pool
        .iter()
        .filter(|pool| types.contains(&pool.r#type.as_str()));
    pools
        .into_iter()
        .any(|pool| pool.roles.iter().any(|known| known == role))
}

/// How many members a pool can have, and what its type is called.
pub fn most_members(pool: &Pool) -> Option<(usize, &'static str)> {
    let facts = PRODUCT.pool.iter().find(|facts| pool.is(&facts.r#type))?;
    let kind = match facts.r#type.as_str() {
        "standard-edition" => "Standard Edition",
        _ => "Front End",
    };
    Some((facts.most_members?, kind))
}

/// How many days a schedule allows between two backups; `None` where it does not say.
pub fn schedule_days(text: &str) -> Option<i64> {
    let lower = text.to_lowercase();
    let said = PRODUCT
        .schedule
        .iter()
        .flat_map(|it| it.words.iter().map(move |word| (word, it.days)));
    said.filter(|(word, _)| lower.contains(word.as_str()))
        .max_by_key(|(word, _)| word.len())
        .map(|(_, days)| days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_told_by_build_or_by_year() {
        let cases = [
            ("SQL Server 2012 SP1", Some("SQL Server 2012")),
            ("11.0.3000.0", Some("SQL Server 2012")),
            ("11.00.2100", Some("SQL Server 2012")),
            (
                "Microsoft SQL Server 2008 R2 (10.50.4000)",
                Some("SQL Server 2008 R2"),
            ),
            ("2008 SP3", Some("SQL Server 2008")),
            ("10.0.5500", Some("SQL Server 2008")),
            ("Oracle", None),
        ];
        for (text, name) in cases {
            assert_eq!(sql_version(text).map(|it| it.name.as_str()), name, "{text}");
        }
    }
}
