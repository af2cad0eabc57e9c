//! Readiness: rules over the inventory. One rule is one function and raises one code.
//!
//! Entry point: [`check`]. Rules look at the joined records; what is wrong with a single cell was said when
//! it was read. Exercises stand in no worksheet: [`unexercised`] is told of them.

mod addresses;
mod agreement;
mod availability;
mod backups;
mod certificates;
mod deployment;
mod evidence;
mod exercises;
mod freshness;
mod instances;
mod issued;
mod joins;
mod media;
mod members;
mod people;
mod product;
mod roles;
mod stores;
pub mod uses;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::finding::{Finding, Subject, SubjectKind};
use crate::inventory::{Inventory, Pool, Server};
use crate::topology::Topology;

/// What rules judge.
struct Case<'a> {
    inventory: &'a Inventory,
    topology: &'a Topology<'a>,
}

/// What rules judge that hang on the day: what they find stands in no packet, or the calendar would raise editions.
struct Day<'a> {
    inventory: &'a Inventory,
    /// The day the worksheets are judged against.
    as_of: Date,
    limits: Limits,
}

impl Day<'_> {
    /// Whether the last cycle was complete so long after the day that the worksheets cannot be judged by it.
    fn is_far_too_early(&self) -> bool {
        let completed = self.inventory.deployment.date("Backup completed");
        let far = self.inventory.product.outdated.days;
        completed.is_some_and(|completed| completed.saturating_sub(far.days()) > self.as_of)
    }
}

/// Where the rules draw their lines; the project file may draw them elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many days before its end a certificate is mentioned, and how many days before it is warned of.
    pub certificate_days: [u16; 2],
    /// How many days a restore test counts.
    pub restore_test_days: u16,
    /// How many days an exercise of a packet counts; `None` where nothing is to be said of exercises.
    pub drill_days: Option<u16>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            certificate_days: [60, 30],
            restore_test_days: 365,
            drill_days: None,
        }
    }
}

pub use exercises::unexercised;

type Rule = fn(&Case<'_>, &mut Vec<Finding>);
type DatedRule = fn(&Day<'_>, &mut Vec<Finding>);

/// The rules whose findings hold on any day, in the order of the packet.
const RULES: &[Rule] = &[
    joins::unknown_server,
    joins::unknown_pool,
    joins::pool_without_members,
    joins::unpaired_pool,
    joins::next_hop_missing,
    joins::ambiguous_host,
    roles::role_mismatch,
    roles::back_end_without_pool,
    roles::witness_without_pool,
    joins::unused_row,
    instances::conflicting_instance,
    instances::instance_of_backup,
    stores::half_mirror,
    stores::half_of_folders,
    instances::instance_missing,
    stores::versions_differ,
    stores::unsupported_sql,
    stores::unsupported_edition,
    stores::share_on_partner,
    stores::file_store_on_front_end,
    stores::file_store_host_differs,
    product::unsupported_product,
    product::product_not_said,
    product::odd_build,
    product::builds_differ,
    deployment::no_share,
    deployment::no_cms,
    deployment::two_cms,
    deployment::lone_standby,
    backups::no_backup,
    backups::ambiguous_backup,
    agreement::tool_and_file,
    agreement::file_of_other,
    agreement::days_in_order,
    issued::certificate_of_other,
    issued::certificate_twice,
    issued::thumbprint_of_other,
    issued::serial_number_of_other,
    issued::subject_not_listed,
    issued::use_of_other_role,
    issued::replicated_differs,
    evidence::backup_without_store,
    evidence::central_of_other_pool,
    evidence::backup_of_what_is_not,
    evidence::backup_twice,
    evidence::server_of_other_pool,
    evidence::share_of_other_pool,
    evidence::file_store_differs,
    addresses::shared_address,
    addresses::address_not_listed,
    backups::backup_on_itself,
    backups::backup_in_pool,
    freshness::missed_cycle,
    freshness::outdated,
    freshness::never_made,
    backups::said_expired,
    freshness::never_tested,
    certificates::edge_differs,
    certificates::lost,
    certificates::missing,
    members::server_without_pool,
    members::unclear_member,
    members::role_of_other_pool,
    members::certificate_of_other_pool,
    members::site_of_other,
    members::pool_of_nothing_held,
    members::type_without_member,
    members::pool_too_large,
    members::pool_size_refused,
    availability::listener_missing,
    availability::not_said,
    availability::edition_for_group,
    availability::replicas_differ,
    members::pair_differs,
    media::medium_without_location,
    media::medium_on_server,
    media::medium_outdated,
    people::nobody_responsible,
];

/// The rules whose findings hang on the day.
const DATED: &[DatedRule] = &[
    deployment::as_of_too_early,
    backups::backup_expired,
    freshness::set_expires_early,
    freshness::overdue,
    freshness::untested,
    freshness::future,
    certificates::expired,
    certificates::not_yet_valid,
    certificates::expiring,
    deployment::review_overdue,
];

/// Applies every rule.
pub fn check(topology: &Topology<'_>, as_of: Date, limits: Limits) -> Vec<Finding> {
    let inventory = topology.inventory;
    let case = Case {
        inventory,
        topology,
    };
    let mut findings = Vec::new();
    for rule in RULES {
        rule(&case, &mut findings);
    }
    let day = Day {
        inventory,
        as_of,
        limits,
    };
    let mut dated = Vec::new();
    for rule in DATED {
        rule(&day, &mut dated);
    }
    findings.extend(dated.into_iter().map(|finding| finding.on(as_of)));
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
