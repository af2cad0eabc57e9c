//! Decisions: which rows of the decision table apply to a server or a pool, and why, in worksheet cells.
//!
//! Entry points: [`Table::read`] or [`Table::of_worksheet`], then [`for_server`] and [`for_pool`]. A
//! server makes *claims* (`claims.rs`: "holds the user store of pool01, because of cell D3"); a row applies
//! to the claims it names, if its conditions hold, unless a row it yields to applies too.

mod claims;
mod idle;
mod marks;
mod names;
mod own;
mod raw;
mod row;
mod table;

use std::collections::BTreeSet;

use crate::inventory::{Pool, Server};
use crate::rows::Fqdn;
use crate::topology::{Part, Topology};

use crate::topology::Because;
pub use claims::{Claim, Trait};
pub use idle::idle_rows;
pub use marks::{About, Fits, Marks};
pub use row::{Condition, Row};
pub use table::{FILE, Table};

/// A row of the decision table that applies.
#[derive(Clone, Debug)]
pub struct Match<'t> {
    /// The row.
    pub row: &'t Row,
    /// The cells that made it apply, each once.
    pub because: Vec<Because>,
    /// The pools concerned, in worksheet order.
    pub pools: Vec<Fqdn>,
    /// Whether the user store concerned is mirrored, which changes what the situation is called.
    pub mirrored: bool,
    /// Whether this server is only ever the mirror of it: its loss alone is then no such situation.
    pub only_mirror: bool,
}

/// Rows of one table: the same row is the same one.
impl PartialEq for Match<'_> {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            row,
            because,
            pools,
            mirrored,
            only_mirror,
        } = self;
        std::ptr::eq(*row, other.row)
            && (because, pools, mirrored, only_mirror)
                == (
                    &other.because,
                    &other.pools,
                    &other.mirrored,
                    &other.only_mirror,
                )
    }
}

impl Match<'_> {
    /// The situation in words.
    pub fn situation(&self) -> &str {
        let row = self.row;
        let of_mirror = row.situation_of_mirror.as_ref();
        let of_mirror = of_mirror.filter(|_| self.only_mirror);
        let mirrored = row.situation_mirrored.as_ref();
        let mirrored = mirrored.filter(|_| self.mirrored);
        of_mirror.or(mirrored).unwrap_or(&row.situation)
    }
}

/// The rows that apply to a server, in the table's order.
pub fn for_server<'t>(
    table: &'t Table,
    topology: &Topology<'_>,
    server: &Server,
) -> Vec<Match<'t>> {
    let is_one_computer = topology.is_one_computer(server);
    let claims = claims::of_server(topology, server);
    let users = topology.inventory.product.user_store();
    let facts = Facts {
        stand_alone: !claims
            .iter()
            .any(|claim| claim.what == Trait::Holds(users, None) || claim.is_shared()),
        one_computer: is_one_computer,
    };
    applying(table, &claims, &facts)
}

/// The rows that apply to a pool.
pub fn for_pool<'t>(table: &'t Table, pool: &Pool) -> Vec<Match<'t>> {
    let facts = Facts {
        stand_alone: true,
        one_computer: pool.is_one_computer(),
    };
    applying(table, &[claims::of_pool(pool)], &facts)
}

/// What conditions ask of a server as a whole.
struct Facts {
    stand_alone: bool,
    one_computer: bool,
}

impl Facts {
    fn hold(&self, row: &Row, claim: &Claim) -> bool {
        row.conditions.iter().all(|(condition, wanted)| {
            let holds = match condition {
                Condition::Mirrored => claim.mirrored,
                Condition::StandAlone => self.stand_alone,
                Condition::OneComputer => self.one_computer,
            };
            holds == *wanted
        })
    }
}

fn applying<'t>(table: &'t Table, claims: &[Claim], facts: &Facts) -> Vec<Match<'t>> {
    let matches: Vec<Match<'t>> = table
        .rows
        .iter()
        .filter_map(|row| matching(row, claims, facts))
        .collect();
    let yields = |row: &Row| {
        matches
            .iter()
            .any(|other| row.yields_to.contains(&other.row.means))
    };
    let kept: Vec<Match<'t>> = matches
        .iter()
        .filter(|it| !yields(it.row))
        .cloned()
        .collect();
    kept
}

fn matching<'t>(row: &'t Row, claims: &[Claim], facts: &Facts) -> Option<Match<'t>> {
    let fitting = claims
        .iter()
        .filter(|claim| row.applies_to.contains(&claim.what) && facts.hold(row, claim));
    let mut found = Match {
        row,
        because: Vec::new(),
        pools: Vec::new(),
        mirrored: false,
        only_mirror: false,
    };
    let mut parts = BTreeSet::new();
    for claim in fitting {
        if !found.because.contains(&claim.because) {
            found.because.push(claim.because.clone());
        }
        if let Some(pool) = claim
            .pool
            .as_ref()
            .filter(|pool| !found.pools.contains(pool))
        {
            found.pools.push(pool.clone());
        }
        found.mirrored |= claim.mirrored;
        parts.extend(claim.part);
    }
    found.only_mirror = parts.contains(&Part::Mirror) && !parts.contains(&Part::Primary);
    (!found.because.is_empty()).then_some(found)
}
