//! Whose packets would have rested on a row that was taken out because it does not fit its headings.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Subject, SubjectKind};
use crate::product::schema;
use crate::rows::{Fqdn, Table};

use super::{Inventory, Pool, Unfit};

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

/// The rows of a table that were taken out, with the names they hold.
pub(super) fn unfit(table: &Table) -> impl Iterator<Item = Unfit> {
    table.unfit.iter().map(|(row, text)| Unfit {
        kind: table.kind.id.as_str(),
        place: table.place.clone().row(*row),
        words: words(text),
    })
}

/// The words of a text that could be names.
fn words(text: &str) -> BTreeSet<String> {
    let is_beside = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let lower = text.to_lowercase();
    let words = lower.split(is_beside).map(|it| it.trim_matches('.'));
    words.map(str::to_owned).collect()
}

fn subjects(inventory: &Inventory, table: &Table, text: &str) -> Vec<Subject> {
    let is_everybodys =
        [schema::DEPLOYMENT, schema::DECISION_TABLE].contains(&table.kind.id.as_str());
    let words = words(text);
    let is_named = |fqdn: Option<&Fqdn>| fqdn.is_some_and(|fqdn| words.contains(fqdn.as_str()));
    // A member rests on its pool's row, and a pool on what is recorded of its SQL Server. The store that a deployment has
    // one of can be moved to any pool, so what is said of its hosts rests on all.
    let is_of_pools = table.kind.id == schema::POOLS;
    let hosts: Vec<&Pool> = inventory
        .pools
        .iter()
        .filter(|it| it.holds_central())
        .collect();
    let is_host = |fqdn: &Fqdn| {
        hosts.iter().any(|pool| {
            let store = pool.user_store();
            let servers = [store.server.value.as_ref(), store.mirror.value.as_ref()];
            pool.fqdn == *fqdn || servers.contains(&Some(fqdn))
        })
    };
    let servers = inventory.servers.iter().map(|server| {
        let is_concerned = is_named(Some(&server.fqdn))
            || is_of_pools && (is_named(server.pool.value.as_ref()) || is_host(&server.fqdn));
        (SubjectKind::Server, &server.fqdn, is_concerned)
    });
    let pools = inventory.pools.iter().map(|pool| {
        let store = pool.user_store().server.value.as_ref();
        let is_concerned =
            is_named(Some(&pool.fqdn)) || is_named(store) || is_of_pools && is_host(&pool.fqdn);
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
