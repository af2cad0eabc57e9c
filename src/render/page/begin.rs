//! What is done first, for page one: of each lane its first step that is more than gathering, and its first command.

use serde::Serialize;

use crate::contract::{PacketData, ProcedureData, StepData};

/// How one or several lanes begin.
#[derive(Clone, Debug, Serialize)]
pub struct Begin {
    /// The letters of the lanes; none where the packet has one.
    pub lanes: Vec<String>,
    /// The first step.
    pub first: StepData,
    /// The first step with a command that does something, or with a gap in its place; where all of them only look, the
    /// first of those. `None` where no step has one. Without its command where nothing can be taken back after it.
    pub command: Option<StepData>,
}

/// The beginnings of a packet, in the order of its lanes; lanes that begin alike stand together.
pub(super) fn of(packet: &PacketData, parts: &[ProcedureData]) -> Vec<Begin> {
    let mut found: Vec<Begin> = Vec::new();
    for lane in &packet.lanes {
        let own = parts.iter().filter(|part| {
            lane.parts.contains(&part.number) && part.part_of != packet.gather.part_of
        });
        let steps: Vec<&StepData> = own.flat_map(|part| &part.steps).collect();
        let Some(first) = steps.first().map(|step| (*step).clone()) else {
            continue;
        };
        let command = (steps.iter().find(|step| acts(step)))
            .or_else(|| steps.iter().find(|step| step.command.is_some()))
            .map(|step| in_short(step));
        let number = |step: Option<&StepData>| step.map(|step| step.number.clone());
        let known = found.iter_mut().find(|it| {
            it.first.number == first.number
                && number(it.command.as_ref()) == number(command.as_ref())
        });
        match known {
            Some(known) => known.lanes.push(lane.id.clone()),
            None => found.push(Begin {
                lanes: vec![lane.id.clone()],
                first,
                command,
            }),
        }
    }
    if packet.lanes.len() == 1 {
        for begin in &mut found {
            begin.lanes.clear();
        }
    }
    found
}

/// A step as page one names it. A command after which nothing can be taken back stands in its step alone, behind what
/// comes before it.
fn in_short(step: &StepData) -> StepData {
    let mut step = step.clone();
    if step.point_of_no_return {
        step.command = None;
    }
    step
}

/// Verbs of commands that only look.
const LOOKS: [&str; 2] = ["Get-", "Test-"];

/// Whether a step's command does something, or is withheld.
fn acts(step: &StepData) -> bool {
    let does = |command: &String| {
        let mut lines = command.lines().map(str::trim_start);
        lines.any(|line| !line.is_empty() && !LOOKS.iter().any(|verb| line.starts_with(verb)))
    };
    step.gap.is_some() || step.command.as_ref().is_some_and(does)
}
