//! Where documents and worksheets say different things, and which cells of the worksheets that concerns.
//!
//! Entry point: [`differences`]. One cause is one difference: a pool that bears another name, or a mirror whose halves
//! stand the other way round, is said once, with all the cells it concerns.

use std::collections::BTreeSet;

use crate::finding::{Code, Place, Severity};
use crate::product::schema::{POOLS, SERVERS};
use crate::product::{List, Product, StoreKind};
use crate::rows::{Table, cell_words, parse};

use super::agree::{agree, host, same_host, would_be_named};
use super::difference::{At, Difference, Drift};
use super::{Manner, Testimony, ToldCell, ToldRow};

/// Holds the documents against the tables; the worst come first.
pub fn differences(
    product: &'static Product,
    tables: &[Table],
    testimony: &Testimony,
) -> Vec<Difference> {
    if testimony.rows.is_empty() {
        return Vec::new();
    }
    let mut beside = Beside {
        product,
        tables,
        testimony,
        found: Vec::new(),
    };
    let renamed = beside.renamed();
    for row in &testimony.rows {
        beside.row(row, &renamed);
    }
    beside.only_typed(&renamed);
    let mut found = beside.found;
    found.sort_by(|a, b| {
        let key = |it: &Difference| {
            (
                it.severity,
                it.drift,
                it.kind.clone(),
                it.name.to_lowercase(),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.column.cmp(&b.column))
    });
    found
}

/// A pool that bears another name: the typed one, and what the document calls it.
struct Renamed<'t> {
    old: String,
    new: &'t str,
}

struct Beside<'t> {
    product: &'static Product,
    tables: &'t [Table],
    testimony: &'t Testimony,
    found: Vec<Difference>,
}

impl<'t> Beside<'t> {
    /// Every row of a kind: its table, its number and its name.
    fn typed(&self, kind: &'t str) -> impl Iterator<Item = (usize, u32, String)> + use<'t> {
        let tables = self.tables;
        let of_kind = tables
            .iter()
            .enumerate()
            .filter(move |(_, it)| it.kind.id == kind);
        of_kind.flat_map(move |(position, table)| {
            let rows = table.rows.keys();
            let rows = rows.map(move |row| (position, *row, key(table, *row)));
            rows.filter(|(.., name)| !name.is_empty())
        })
    }

    /// The row about a thing; `None` where there is none, or a short name might be any of several.
    fn find(&self, kind: &'t str, name: &str) -> Option<(usize, u32)> {
        let exact = self.typed(kind).find(|(.., it)| host(it) == host(name));
        let near = || {
            let mut near = self.typed(kind).filter(|(.., it)| same_host(it, name));
            near.next().filter(|_| near.next().is_none())
        };
        exact.or_else(near).map(|(table, row, _)| (table, row))
    }

    /// Pools that either side has alone, and whose members are the same.
    fn renamed(&self) -> Vec<Renamed<'t>> {
        let alone: Vec<&ToldRow> = self.testimony.of(POOLS).collect();
        let alone = alone
            .into_iter()
            .filter(|it| self.find(POOLS, &it.key).is_none());
        let gone: Vec<String> = self.typed(POOLS).map(|(.., name)| name).collect();
        let gone: Vec<String> = gone
            .into_iter()
            .filter(|name| !self.testimony.of(POOLS).any(|it| same_host(&it.key, name)))
            .collect();
        let pair = |row: &'t ToldRow| {
            let members = self.told_members(&row.key);
            let mut same = gone
                .iter()
                .filter(|old| !members.is_empty() && self.typed_members(old) == members);
            let old = same.next().filter(|_| same.next().is_none())?;
            Some(Renamed {
                old: old.clone(),
                new: &row.key,
            })
        };
        alone.filter_map(pair).collect()
    }

    fn told_members(&self, pool: &str) -> BTreeSet<String> {
        let members = self.testimony.of(SERVERS).filter(|row| {
            let cell = row.cell("Pool FQDN");
            cell.is_some_and(|it| same_host(&it.text, pool))
        });
        members.map(|row| short(&row.key)).collect()
    }

    fn typed_members(&self, pool: &str) -> BTreeSet<String> {
        let members = self.typed(SERVERS).filter(|(table, row, _)| {
            same_host(&text(&self.tables[*table], *row, "Pool FQDN"), pool)
        });
        members.map(|(.., name)| short(&name)).collect()
    }

    /// Holds a row of the document against the worksheets'.
    fn row(&mut self, row: &'t ToldRow, renamed: &[Renamed<'_>]) {
        if let Some(pair) = renamed
            .iter()
            .find(|it| it.new == row.key && row.kind == POOLS)
        {
            self.rename(row, pair);
        }
        let old = renamed.iter().find(|it| it.new == row.key);
        let name = old
            .filter(|_| row.kind == POOLS)
            .map_or(row.key.as_str(), |it| &it.old);
        let Some((table, number)) = self.find(&row.kind, name) else {
            let found = self.only_told(row);
            self.found.push(found);
            return;
        };
        let swapped = self.swapped(row, table, number);
        for cell in row.cells.iter().skip(1) {
            let at = At {
                table,
                row: number,
                column: cell.column.clone(),
            };
            let is_said = swapped.iter().flat_map(|it| &it.cells).any(|it| *it == at);
            let is_renamed = renamed.iter().any(|it| {
                let typed = text(&self.tables[table], number, &cell.column);
                same_host(&typed, &it.old) && same_host(&cell.text, it.new)
            });
            if !is_said && !is_renamed {
                self.found.extend(self.cell(row, cell, at));
            }
        }
        self.found.extend(swapped);
    }

    /// A cell that is blank or says something else.
    fn cell(&self, row: &ToldRow, cell: &ToldCell, at: At) -> Option<Difference> {
        let table = &self.tables[at.table];
        let typed = text(table, at.row, &cell.column);
        let told = Some((cell.text.clone(), cell.place.clone()));
        let place = place(table, at.row, &cell.column);
        let name = key(table, at.row);
        let difference = |drift: Drift, severity, typed, cells| Difference {
            drift,
            severity,
            kind: row.kind.clone(),
            name: name.clone(),
            column: Some(cell.column.clone()),
            typed: Some((typed, place)),
            told,
            cells,
        };
        if typed.is_empty() && self.is_idle(row, cell) {
            return None;
        }
        if typed.is_empty() {
            let code = Code::TopologyFills;
            return Some(difference(Drift::Fills, code.severity(), typed, vec![at]));
        }
        if agree(self.product, &typed, cell)? {
            return None;
        }
        let drift = match cell.manner {
            Manner::Share if share_name(&typed) == share_name(&cell.text) => Drift::Moved,
            _ => Drift::Differs,
        };
        let severity = Code::TopologyDiffers.severity();
        Some(difference(drift, severity, typed, vec![at]))
    }

    /// Whether a blank says as much: a pool without users does not host the store of the configuration, and nobody asks.
    fn is_idle(&self, row: &ToldRow, cell: &ToldCell) -> bool {
        let types = row.cell("Pool type").map_or("", |it| it.text.as_str());
        let (names, _) = parse::several(self.product, List::Pool, Code::UnknownPoolType, "", types);
        let mut types = names.iter().filter_map(|name| self.product.pool(name.id));
        cell.manner == Manner::Central && cell.text == "no" && !types.any(|it| it.users)
    }

    /// A store whose primary the document takes for what the worksheet takes for its mirror.
    fn swapped(&self, row: &ToldRow, table: usize, number: u32) -> Vec<Difference> {
        let sheet = &self.tables[table];
        let kinds = self.product.stores.iter().filter(|_| row.kind == POOLS);
        let found = kinds.filter_map(|kind: &StoreKind| {
            let columns = &kind.columns;
            let cell = row.cell(&columns.server)?;
            let (primary, mirror) = (
                text(sheet, number, &columns.server),
                text(sheet, number, &columns.mirror),
            );
            let is_swapped = !primary.is_empty()
                && !mirror.is_empty()
                && !same_host(&primary, &cell.text)
                && same_host(&mirror, &cell.text);
            let all = [
                &columns.server,
                &columns.instance,
                &columns.mirror,
                &columns.mirror_instance,
            ];
            let cells = all.map(|column| At {
                table,
                row: number,
                column: column.clone(),
            });
            is_swapped.then(|| Difference {
                drift: Drift::Swapped,
                severity: Code::MirrorSwapped.severity(),
                kind: row.kind.clone(),
                name: row.key.clone(),
                column: Some(columns.server.clone()),
                typed: Some((primary, place(sheet, number, &columns.server))),
                told: Some((cell.text.clone(), cell.place.clone())),
                cells: cells.to_vec(),
            })
        });
        found.collect()
    }

    /// A pool that bears another name, with every cell that says the old one where the document says the new.
    fn rename(&mut self, row: &'t ToldRow, pair: &Renamed<'_>) {
        let Some((table, number)) = self.find(POOLS, &pair.old) else {
            return;
        };
        let mut cells = Vec::new();
        for told in &self.testimony.rows {
            let Some((table, row)) = self.find(&told.kind, &told.key) else {
                continue;
            };
            let said = told.cells.iter().skip(1);
            cells.extend(
                said.filter(|it| same_host(&it.text, pair.new))
                    .map(|it| At {
                        table,
                        row,
                        column: it.column.clone(),
                    }),
            );
        }
        cells.retain(|at| same_host(&text(&self.tables[at.table], at.row, &at.column), &pair.old));
        self.found.push(Difference {
            drift: Drift::Renamed,
            severity: Code::PoolRenamed.severity(),
            kind: POOLS.to_owned(),
            name: pair.old.clone(),
            column: Some("Pool FQDN".to_owned()),
            typed: Some((
                pair.old.clone(),
                place(&self.tables[table], number, "Pool FQDN"),
            )),
            told: Some((row.key.clone(), row.place.clone())),
            cells,
        });
    }

    fn only_told(&self, row: &ToldRow) -> Difference {
        let roles = row.cell("Role").map_or("", |it| it.text.as_str());
        let (names, _) = parse::several(self.product, List::Role, Code::UnknownRole, "", roles);
        let has_packet = row.kind == POOLS
            || names.is_empty()
            || names.iter().any(|name| {
                let role = self.product.role(name.id);
                role.is_some_and(|it| it.services || it.databases || it.shares)
            });
        let severity = if has_packet {
            Code::OnlyInTopology.severity()
        } else {
            Severity::Info
        };
        let told = Some((row.key.clone(), row.place.clone()));
        whole(Drift::OnlyTold, severity, [&row.kind, &row.key], None, told)
    }

    /// Rows that the document does not list, and would if they were there.
    fn only_typed(&mut self, renamed: &[Renamed<'_>]) {
        for kind in [SERVERS, POOLS] {
            for (table, row, name) in self.typed(kind).collect::<Vec<_>>() {
                let is_told = self.testimony.of(kind).any(|it| same_host(&it.key, &name))
                    || renamed.iter().any(|it| kind == POOLS && it.old == name);
                let sheet = &self.tables[table];
                if !is_told && self.would_be_listed(sheet, row) {
                    let key = sheet
                        .kind
                        .columns
                        .first()
                        .map_or("", |it| it.heading.as_str());
                    let typed = Some((name.clone(), place(sheet, row, key)));
                    let severity = Code::NotInTopology.severity();
                    let found = whole(Drift::OnlyTyped, severity, [kind, &name], typed, None);
                    self.found.push(found);
                }
            }
        }
    }

    fn would_be_listed(&self, table: &Table, row: u32) -> bool {
        let several = |list, heading| {
            let typed = text(table, row, heading);
            parse::several(self.product, list, Code::UnknownRole, "", &typed).0
        };
        if table.kind.id == SERVERS {
            let roles = several(List::Role, "Role");
            return roles.iter().any(|it| would_be_named(self.product, it.id));
        }
        let entries = &self.product.network.clusters;
        let types = several(List::Pool, "Pool type");
        let is_known = |id: &str| entries.iter().any(|it| it.pool.as_deref() == Some(id));
        types.iter().any(|it| is_known(it.id))
    }
}

/// A difference about a whole row: the kind of its sheet, and its name.
fn whole(
    drift: Drift,
    severity: Severity,
    [kind, name]: [&str; 2],
    typed: Option<(String, Place)>,
    told: Option<(String, Place)>,
) -> Difference {
    Difference {
        drift,
        severity,
        kind: kind.to_owned(),
        name: name.to_owned(),
        column: None,
        typed,
        told,
        cells: Vec::new(),
    }
}

/// What a row is about.
fn key(table: &Table, row: u32) -> String {
    let first = table.kind.columns.first();
    text(table, row, first.map_or("", |it| it.heading.as_str()))
}

fn short(name: &str) -> String {
    let name = host(name);
    name.split('.').next().unwrap_or_default().to_owned()
}

fn share_name(path: &str) -> Option<String> {
    let name = path.trim().trim_start_matches('\\').split_once('\\')?.1;
    Some(name.trim_end_matches('\\').to_lowercase())
}

/// What stands in a cell, where that is a word for nothing at all included.
fn text(table: &Table, row: u32, column: &str) -> String {
    let number = table.columns.get(column);
    let cell = number.and_then(|number| table.rows.get(&row)?.get(number));
    let text = cell.map_or_else(String::new, parse::text_of);
    if text == cell_words::WITHHELD {
        String::new()
    } else {
        text
    }
}

/// The cell, or its row where the sheet has no such column.
fn place(table: &Table, row: u32, column: &str) -> Place {
    match table.columns.get(column) {
        Some(number) => table.place.clone().cell(row, *number),
        None => table.place.clone().row(row),
    }
}
