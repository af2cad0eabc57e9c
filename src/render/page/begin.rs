//! What is done first, for page one: of each lane its first step, and the command that gives users their service back.

use serde::Serialize;

use crate::contract::{PacketData, ProcedureData, StepData};

/// How one or several lanes begin.
#[derive(Clone, Debug, Serialize)]
pub struct Begin {
    /// The letters of the lanes; none where the packet has one.
    pub lanes: Vec<String>,
    /// The first step.
    pub first: StepData,
    /// Where service comes before everything else and begins with a command, that step, or with a gap in its place; what
    /// only tries the share is passed over. What only builds a computer is typed from its step, where what comes before it
    /// stands too.
    pub command: Option<StepData>,
}

/// The part that gives users their service back.
const SERVICE_FIRST: &str = "service-first";

/// The beginnings of a packet, in the order of its lanes; lanes that begin alike stand together.
pub(super) fn of(packet: &PacketData, parts: &[ProcedureData]) -> Vec<Begin> {
    let mut found: Vec<Begin> = Vec::new();
    for lane in &packet.lanes {
        let own: Vec<&ProcedureData> = (parts.iter())
            .filter(|part| lane.parts.contains(&part.number))
            .collect();
        let Some(first) = own.iter().find_map(|part| part.steps.first()).cloned() else {
            continue;
        };
        let service = own.iter().filter(|part| part.part_of == SERVICE_FIRST);
        let mut steps = service.flat_map(|part| &part.steps);
        let command = steps.find(|step| !only_tries(step)).filter(|step| {
            // What comes after a step without a command is no first command.
            step.command.is_some() || step.gap.is_some()
        });
        match found.iter_mut().find(|it| it.first.number == first.number) {
            Some(known) => known.lanes.push(lane.id.clone()),
            None => found.push(Begin {
                lanes: vec![lane.id.clone()],
                command: command.map(in_short),
                first,
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

/// Whether a step's command does nothing but try whether something can be read.
fn only_tries(step: &StepData) -> bool {
    let tries = |command: &String| {
        let mut lines = command.lines().map(str::trim_start);
        lines.all(|line| line.is_empty() || line.starts_with("Test-"))
    };
    step.gap.is_none() && step.command.as_ref().is_some_and(tries)
}
