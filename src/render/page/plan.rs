//! The restore plan for several losses.

use serde::Serialize;

use super::cycle::CyclePage;
use super::heads::Heads;
use super::links::{self, Links, Reference};
use crate::contract::{EstateData, PlanData};
use crate::finding::Subject;
use crate::packets::Estate;
use crate::plan::Plan;
use crate::render::{Format, css, svg};

/// What `plan.html` and `plan.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct PlanContext {
    pub plan: PlanData,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// The current backup cycle.
    pub cycle: CyclePage,
    /// What only the page needs.
    pub page: PlanPage,
}

/// What only the page needs.
#[derive(Clone, Debug, Serialize)]
pub struct PlanPage {
    /// The running heads and feet.
    #[serde(flatten)]
    pub heads: Heads,
    /// The packets of what is lost and of backup pools.
    pub links: Links,
    /// The bar charts of each wave as inline SVG; markup, none on Markdown pages.
    pub charts: Vec<Vec<String>>,
}

impl PlanContext {
    pub(in crate::render) fn new(plan: &Plan, estate: &Estate, format: Format) -> Self {
        let links = links(plan, |subject| {
            Reference::to(Some(links::file(subject, format)))
        });
        let waves = plan.waves.iter();
        let charts = waves.map(|wave| match format {
            Format::Html => svg::waves::charts(plan, wave),
            _ => Vec::new(),
        });
        Self {
            plan: PlanData::new(plan, estate),
            estate: EstateData::from(estate),
            cycle: CyclePage::new(&estate.cycle),
            page: PlanPage {
                heads: Heads {
                    title: css::string(&plan.title),
                    edition: css::string(&format!("Worksheets of {}", estate.as_of)),
                    ..Heads::of_estate(estate)
                },
                links,
                charts: charts.collect(),
            },
        }
    }
}

/// The packets a plan names. A server without one has no link.
pub(super) fn links(plan: &Plan, refer: impl Fn(&Subject) -> Reference) -> Links {
    let mut links = Links::default();
    let tasks = plan.waves.iter().flat_map(|wave| &wave.tasks);
    let servers = tasks.map(|task| (&task.fqdn, task.packet));
    let others = plan.others.iter().map(|other| (&other.fqdn, other.packet));
    for (fqdn, packet) in servers.chain(others) {
        let subject = links::server(fqdn);
        let reference = if packet {
            refer(&subject)
        } else {
            Reference::default()
        };
        links.add(&subject, reference);
    }
    let failovers = plan.failovers.iter().flat_map(|it| [&it.pool, &it.partner]);
    for fqdn in failovers.chain(&plan.whole_pools) {
        let subject = links::pool(fqdn);
        links.add(&subject, refer(&subject));
    }
    links
}
