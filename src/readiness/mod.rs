//! Readiness: rules over the inventory. One rule is one function and raises one code.
//!
//! Entry point: [`check`]. Rules look at the joined records; what is wrong with a single cell was said when
//! it was read.

mod backups;
mod certificates;
mod deployment;
mod joins;
pub mod product;
mod stores;

use jiff::civil::Date;

use crate::finding::{Finding, Subject, SubjectKind};
use crate::inventory::{Inventory, Pool, Server};

/// What rules judge.
struct Case<'a> {
    inventory: &'a Inventory,
    /// The day the worksheets are judged against.
    as_of: Date,
}

type Rule = fn(&Case<'_>, &mut Vec<Finding>);

/// Every rule, in the order of the packet.
const RULES: &[Rule] = &[
    joins::unknown_server,
    joins::unknown_pool,
    joins::pool_without_members,
    joins::unpaired_pool,
    joins::ambiguous_host,
    joins::role_mismatch,
    joins::back_end_without_pool,
    joins::unused_row,
    stores::conflicting_instance,
    stores::half_mirror,
    stores::unsupported_sql,
    deployment::no_cms,
    deployment::two_cms,
    deployment::as_of_too_early,
    backups::no_backup,
    backups::ambiguous_backup,
    backups::backup_expired,
    backups::backup_on_itself,
    certificates::expired,
    certificates::lost,
    certificates::missing,
];

/// Applies every rule.
pub fn check(inventory: &Inventory, as_of: Date) -> Vec<Finding> {
    let case = Case { inventory, as_of };
    let mut findings = Vec::new();
    for rule in RULES {
        rule(&case, &mut findings);
    }
    findings
}

fn server_subject(server: &Server) -> Subject {
    Subject {
        kind: SubjectKind::Server,
        fqdn: server.fqdn.to_string(),
    }
}

fn pool_subject(pool: &Pool) -> Subject {
    Subject {
        kind: SubjectKind::Pool,
        fqdn: pool.fqdn.to_string(),
    }
}
