//! A restore plan as the table that runbook orchestration tools import: one row for each server, and below it one for
//! each of its steps.
//!
//! UTF-8 without a byte order mark, since importers take it for a part of the first heading; lines end in CRLF. A row's
//! predecessors stand above it, so there is no cycle, and each of them exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Subject, SubjectKind};
use crate::packets::{Packet, Procedure, Step, procedures};
use crate::plan::{Packets, Plan, StepOf, Task};
use crate::text::prose::to_text;
use crate::text::visible::acting;

/// The columns, in the order in which they are imported.
const HEADINGS: [&str; 10] = [
    "Task ID",
    "Title",
    "Predecessor IDs",
    "Description",
    "Stream",
    "Sub Stream",
    "Task Type",
    "Planned Duration",
    "Task Level",
    "Assigned Team",
];

/// The plan as CSV. The packets are those it was drawn up from.
pub fn plan(plan: &Plan, packets: &Packets) -> String {
    let mut table = Table {
        text: line(&HEADINGS.map(str::to_owned)),
        last: 0,
    };
    let skipped: BTreeSet<&StepOf> = plan.once.iter().flat_map(|it| &it.instead_of).collect();
    let first = failovers(plan, &mut table);
    // The row that ends each server's restoration.
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for task in plan.waves.iter().flat_map(|wave| &wave.tasks) {
        let waits = task
            .waits
            .iter()
            .filter_map(|wait| ends.get(wait.on.as_str()));
        let waits: BTreeSet<usize> = waits.copied().collect();
        let waits = if waits.is_empty() { &first } else { &waits };
        let mut end = table.add(&server(task), waits);
        for step in steps(task, packets, &skipped) {
            end = table.add(&row_of(step, task), &BTreeSet::from([end]));
        }
        ends.insert(&task.fqdn, end);
    }
    table.text
}

/// Pools that fail over before anything is restored; the rows that everything else waits for.
fn failovers(plan: &Plan, table: &mut Table) -> BTreeSet<usize> {
    let possible = plan.failovers.iter().filter(|it| !it.impossible);
    possible
        .map(|it| {
            let row = Row {
                title: format!("Fail over {} to {}", it.pool, it.partner),
                description: "As the packet of the pool says".to_owned(),
                stream: "Failover".to_owned(),
                kind: "Milestone",
                level: 1,
                ..Row::default()
            };
            table.add(&row, &BTreeSet::new())
        })
        .collect()
}

fn server(task: &Task) -> Row {
    let minutes = task.rto.map(|hours| format!("{:.0}", hours * 60.0));
    Row {
        title: format!("Restore {}", task.name),
        description: task.role.clone(),
        stream: task.stage.as_str().to_owned(),
        sub_stream: task.site.clone().unwrap_or_default(),
        kind: "Milestone",
        minutes: minutes.unwrap_or_default(),
        level: 1,
        ..Row::default()
    }
}

/// The steps of a server's packet that fit these losses, without those that are done once elsewhere.
fn steps<'p>(
    task: &Task,
    packets: &'p Packets,
    skipped: &BTreeSet<&StepOf>,
) -> impl Iterator<Item = &'p Step> {
    let subject = Subject {
        kind: SubjectKind::Server,
        fqdn: task.fqdn.clone(),
    };
    let packet = packets.get(&subject).filter(|_| task.packet);
    let steps = packet.into_iter().flat_map(|packet| fitting(packet, task));
    let steps = steps.filter(|step| {
        !skipped.contains(&StepOf {
            pool: false,
            fqdn: task.fqdn.clone(),
            number: step.number.clone(),
        })
    });
    steps.collect::<Vec<_>>().into_iter()
}

fn fitting<'p>(packet: &'p Packet, task: &Task) -> Vec<&'p Step> {
    let is_planned = |it: &&Procedure| task.procedures.iter().any(|known| known.id == it.whole);
    let common = ["gather", "prepare", "checks"];
    let parts =
        procedures(packet).filter(|it| common.contains(&it.whole.as_str()) || is_planned(it));
    parts
        .filter(|it| it.is_in(&task.lanes))
        .flat_map(Procedure::steps)
        .collect()
}

fn row_of(step: &Step, task: &Task) -> Row {
    let labelled = |label: &str, text: &str| {
        let known = !text.is_empty();
        known.then(|| format!("{label}{text}"))
    };
    let command = match &step.command {
        Some(command) if step.gaps.is_empty() => Some(command.clone()),
        _ if step.gaps.is_empty() => None,
        _ => Some("The command is withheld: a value is missing; see the packet.".to_owned()),
    };
    let parts = [
        labelled("", &step.run_on),
        labelled("", &to_text(&step.body)),
        command,
        labelled("Expected: ", &step.expect),
    ];
    Row {
        title: format!("{} {} ({})", step.number, step.title, task.name),
        description: parts.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        stream: task.stage.as_str().to_owned(),
        sub_stream: task.site.clone().unwrap_or_default(),
        kind: "Normal",
        level: 2,
        team: step.account.clone(),
        ..Row::default()
    }
}

/// What a row says beside its number and its predecessors.
#[derive(Default)]
struct Row {
    title: String,
    description: String,
    stream: String,
    sub_stream: String,
    kind: &'static str,
    minutes: String,
    level: usize,
    team: String,
}

/// The table in the making.
struct Table {
    text: String,
    /// The last number given.
    last: usize,
}

impl Table {
    /// Adds a row behind its predecessors; returns its number.
    fn add(&mut self, row: &Row, predecessors: &BTreeSet<usize>) -> usize {
        self.last += 1;
        let ids: Vec<String> = predecessors.iter().map(usize::to_string).collect();
        self.text += &line(&[
            self.last.to_string(),
            row.title.clone(),
            ids.join(";"),
            row.description.clone(),
            row.stream.clone(),
            row.sub_stream.clone(),
            row.kind.to_owned(),
            row.minutes.clone(),
            row.level.to_string(),
            row.team.clone(),
        ]);
        self.last
    }
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    cells.join(",") + "\r\n"
}

/// A cell, quoted. What a spreadsheet program would take for a formula gets an apostrophe in front; what acts on the text
/// beside it is shown.
fn cell(text: &str) -> String {
    let text = acting(text);
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_in_a_cell_acts() {
        assert_eq!(cell("a\u{202e}b\u{7}\nc"), "\"a<U+202E>b␇\nc\"");
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
        assert_eq!(cell("a \"b\", c\nd"), "\"a \"\"b\"\", c\nd\"");
    }

    proptest! {
        #[test]
        fn quoted_text_is_one_cell(text in "[-=+@,\"\\n\\t a]{0,20}") {
            let quoted = cell(&text);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(quoted.as_bytes());
            let rows: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().expect("a table");
            let [row] = &rows[..] else { panic!("{} rows", rows.len()) };
            let [read] = &row[..] else { panic!("{} cells", row.len()) };
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']));
            let guarded = format!("'{text}");
            prop_assert!(*read == text || *read == guarded);
        }
    }
}
