//! Whose packets would have rested on a row that was taken out because it does not fit its headings.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Subject, SubjectKind};
use crate::product::schema;
use crate::rows::{Fqdn, Table};

use super::Inventory;

/// Says of every row that was taken out which packets would have rested on it: those of the servers and pools it
/// names, and all of them where the row speaks for the whole organization.
pub(super) fn unfit_rows(inventory: &Inventory, tables: &[Table], findings: &mut [Finding]) {
    for table in tables.iter().filter(|table| !table.unfit.is_empty()) {
        for finding in &mut *findings {
            let is_said = matches!(finding.code, Code::RowMisfit | Code::UnclosedQuote);
            let place = finding.place.as_ref().filter(|_| is_said);
            let Some(place) = place.filter(|place| place.whole_sheet() == table.place) else {
                continue;
            };
            if let Some(text) = place.at_row().and_then(|row| table.unfit.get(&row)) {
                finding.about = subjects(inventory, table, text);
            }
        }
    }
}

fn subjects(inventory: &Inventory, table: &Table, text: &str) -> Vec<Subject> {
    let is_everybodys =
        [schema::DEPLOYMENT, schema::DECISION_TABLE].contains(&table.kind.id.as_str());
    let lower = text.to_lowercase();
    let is_part = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let words: BTreeSet<&str> = lower
        .split(is_part)
        .map(|it| it.trim_matches('.'))
        .collect();
    let is_named = |fqdn: Option<&Fqdn>| fqdn.is_some_and(|fqdn| words.contains(fqdn.as_str()));
    // A member rests on its pool's row, and a pool on what is recorded of its SQL Server.
    let is_of_pools = table.kind.id == schema::POOLS;
    let servers = inventory.servers.iter().map(|server| {
        let is_concerned =
            is_named(Some(&server.fqdn)) || is_of_pools && is_named(server.pool.value.as_ref());
        (SubjectKind::Server, &server.fqdn, is_concerned)
    });
    let pools = inventory.pools.iter().map(|pool| {
        let store = pool.user_store().server.value.as_ref();
        let is_concerned = is_named(Some(&pool.fqdn)) || is_named(store);
        (SubjectKind::Pool, &pool.fqdn, is_concerned)
    });
    servers
        .chain(pools)
        .filter(|(.., is_concerned)| is_everybodys || *is_concerned)
        .map(|(kind, fqdn, _)| Subject {
            kind,
            fqdn: fqdn.to_string(),
        })
        .collect()
}
