//! The restore plan for several losses.

use serde::Serialize;

use super::cycle::CycleView;
use super::identity::{EstateView, PageView};
use super::linked_format;
use crate::finding::{Subject, SubjectKind};
use crate::packets::Estate;
use crate::packets::plan::{Failover, Once, Plan, Task, Wave, hours};
use crate::render::format::packet_stem;
use crate::render::pen::Pen;
use crate::render::{css, svg};

/// The page `plan.html` or `plan.md`.
#[derive(Clone, Debug, Serialize)]
pub struct PlanPage {
    /// For example "Restore plan for site Seattle".
    pub title: String,
    /// What is true of the whole run.
    pub estate: EstateView,
    /// Texts for the running heads and feet, made safe for a CSS string.
    pub page: PageView,
    /// The current backup cycle.
    pub cycle: CycleView,
    /// How many servers there are to restore.
    pub servers: usize,
    /// Pools that fail over first.
    pub failovers: Vec<FailoverView>,
    /// What must work before the first wave.
    pub outside: Vec<OutsideView>,
    /// The waves.
    pub waves: Vec<WaveView>,
    /// Pools lost whole, whose own packets lead.
    pub whole_pools: Vec<LinkView>,
    /// Lost servers that no procedure covers.
    pub others: Vec<OtherView>,
    /// Steps that are done once.
    pub once: Vec<OnceView>,
    /// How long it takes.
    pub time: TimeView,
    /// What else to know; markup.
    pub notes: Vec<String>,
}

/// A name and its packet.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// The FQDN.
    pub name: String,
    /// The packet, relative to the output folder; `None` where there is none.
    pub link: Option<String>,
}

/// A pool that fails over.
#[derive(Clone, Debug, Serialize)]
pub struct FailoverView {
    /// The lost pool.
    pub pool: LinkView,
    /// Its backup pool.
    pub partner: LinkView,
    /// Whether the Central Management store moves with it.
    pub cms: bool,
    /// Whether the backup pool is lost as well.
    pub impossible: bool,
    /// The cell that pairs them, in words; markup.
    pub because: String,
    /// The cell, short.
    pub source: String,
}

/// Something the packets take for granted.
#[derive(Clone, Debug, Serialize)]
pub struct OutsideView {
    /// For example "DNS".
    pub what: String,
    /// What must be true of it.
    pub why: String,
}

/// A wave.
#[derive(Clone, Debug, Serialize)]
pub struct WaveView {
    /// From 1.
    pub number: usize,
    /// Its bar charts as inline SVG; markup, none on Markdown pages.
    pub charts: Vec<String>,
    /// The servers, in their lanes.
    pub tasks: Vec<TaskView>,
}

/// The restoration of one server.
#[derive(Clone, Debug, Serialize)]
pub struct TaskView {
    /// What it is to the deployment.
    pub lane: String,
    /// The server.
    pub server: LinkView,
    /// Its roles.
    pub role: String,
    /// A mirror lost with its primary: the primary, whose packet restores both.
    pub with: Option<String>,
    /// The procedures of its packet that fit.
    pub procedures: Vec<String>,
    /// Whom it waits for.
    pub waits: Vec<WaitView>,
    /// Its RTO; `None` is a blank that shouts.
    pub rto: Option<String>,
    /// When it is back, from the start.
    pub end: String,
    /// Whether it lies on the longest path.
    pub critical: bool,
}

/// Why a server waits: one reason, and all it waits for because of that.
#[derive(Clone, Debug, Serialize)]
pub struct WaitView {
    /// The servers, as a phrase.
    pub on: String,
    /// Why.
    pub why: String,
    /// The cell, short.
    pub source: String,
}

/// A lost server that no procedure covers.
#[derive(Clone, Debug, Serialize)]
pub struct OtherView {
    /// The server.
    pub server: LinkView,
    /// Its roles.
    pub role: String,
}

/// A step that is done once.
#[derive(Clone, Debug, Serialize)]
pub struct OnceView {
    /// What is done.
    pub what: String,
    /// When, and why once is enough.
    pub when: String,
    /// The step to carry out.
    pub step: String,
    /// The steps to pass over.
    pub instead_of: Vec<String>,
}

/// Hours.
#[derive(Clone, Debug, Serialize)]
pub struct TimeView {
    /// One after the other.
    pub sum: String,
    /// Along the longest path.
    pub longest: String,
    /// The longest path, as a phrase.
    pub way: String,
    /// How to supply each missing RTO; markup.
    pub blanks: Vec<String>,
}

impl PlanPage {
    pub(in crate::render) fn new(plan: &Plan, estate: &Estate, pen: Pen) -> Self {
        let mut page = PageView::of_estate(estate);
        page.title = css::string(&plan.title);
        page.edition = css::string(&format!("Worksheets of {}", estate.as_of));
        Self {
            title: pen.text(&plan.title),
            estate: EstateView::new(estate, pen),
            page,
            cycle: CycleView::new(&estate.cycle, pen),
            servers: plan.waves.iter().map(|wave| wave.tasks.len()).sum(),
            failovers: plan.failovers.iter().map(|it| failover(it, pen)).collect(),
            outside: plan
                .outside
                .iter()
                .map(|it| OutsideView {
                    what: pen.text(&it.what),
                    why: pen.text(&it.why),
                })
                .collect(),
            waves: plan
                .waves
                .iter()
                .map(|wave| wave_view(plan, wave, pen))
                .collect(),
            whole_pools: plan
                .whole_pools
                .iter()
                .map(|pool| link(SubjectKind::Pool, pool, true, pen))
                .collect(),
            others: plan
                .others
                .iter()
                .map(|other| OtherView {
                    server: link(SubjectKind::Server, &other.fqdn, other.packet, pen),
                    role: pen.text(&other.role),
                })
                .collect(),
            once: plan.once.iter().map(|it| once(it, pen)).collect(),
            time: TimeView {
                sum: hours(plan.time.sum),
                longest: hours(plan.time.longest),
                way: pen.text(&plan.time.way.join(", then ")),
                blanks: plan
                    .time
                    .blanks
                    .iter()
                    .map(|cure| pen.message(cure))
                    .collect(),
            },
            notes: plan.notes.iter().map(|note| pen.message(note)).collect(),
        }
    }
}

fn failover(failover: &Failover, pen: Pen) -> FailoverView {
    FailoverView {
        pool: link(SubjectKind::Pool, &failover.pool, true, pen),
        partner: link(SubjectKind::Pool, &failover.partner, true, pen),
        cms: failover.cms,
        impossible: failover.impossible,
        because: pen.message(&failover.because.text),
        source: pen.text(&failover.because.place.short()),
    }
}

fn wave_view(plan: &Plan, wave: &Wave, pen: Pen) -> WaveView {
    WaveView {
        number: wave.number,
        charts: match pen {
            Pen::Html => svg::waves::charts(plan, wave),
            Pen::Markdown => Vec::new(),
        },
        tasks: wave.tasks.iter().map(|task| task_view(task, pen)).collect(),
    }
}

fn task_view(task: &Task, pen: Pen) -> TaskView {
    let mut server = link(SubjectKind::Server, &task.fqdn, task.packet, pen);
    server.name = pen.text(&task.name);
    TaskView {
        lane: task.stage.as_str().to_owned(),
        server,
        role: pen.text(&task.role),
        with: task.with.as_deref().map(|with| pen.text(with)),
        procedures: task
            .procedures
            .iter()
            .map(|it| pen.text(&it.title))
            .collect(),
        waits: task
            .reasons()
            .into_iter()
            .map(|group| WaitView {
                on: pen.text(&crate::finding::words::list(&group.on)),
                why: pen.text(group.why),
                source: pen.text(&group.place.short()),
            })
            .collect(),
        rto: task.rto.map(hours),
        end: hours(task.end),
        critical: task.critical,
    }
}

fn once(once: &Once, pen: Pen) -> OnceView {
    OnceView {
        what: pen.text(&once.what),
        when: pen.text(&once.when),
        step: pen.text(&once.step.to_string()),
        instead_of: once
            .instead_of
            .iter()
            .map(|it| pen.text(&it.to_string()))
            .collect(),
    }
}

fn link(kind: SubjectKind, fqdn: &str, packet: bool, pen: Pen) -> LinkView {
    let subject = Subject {
        kind,
        fqdn: fqdn.to_owned(),
    };
    let path = || {
        format!(
            "{}.{}",
            packet_stem(&subject),
            linked_format(pen).extension()
        )
    };
    LinkView {
        name: pen.text(fqdn),
        link: packet.then(path),
    }
}
