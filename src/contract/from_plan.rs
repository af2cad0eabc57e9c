//! From the plan to its data: a plain copy, field by field.

use super::estate::EstateData;
use super::place::{BecauseData, SourceCell};
use super::plan::{
    FailoverData, OnceData, OtherData, OutsideData, PLAN_SCHEMA, PlanData, PlannedData, StepOfData,
    TaskData, TimeData, WaitData, WaveData,
};
use crate::packets::Estate;
use crate::plan::{
    Failover, Once, Other, Outside, Plan, PlannedProcedure, StepOf, Task, Time, WaitReason, Wave,
};

impl PlanData {
    /// A plan drawn up in this run.
    pub fn new(plan: &Plan, estate: &Estate) -> Self {
        Self {
            schema: PLAN_SCHEMA,
            tool: super::TOOL,
            estate: EstateData::from(estate),
            title: plan.title.clone(),
            servers: plan.waves.iter().map(|wave| wave.tasks.len()).sum(),
            failovers: plan.failovers.iter().map(FailoverData::from).collect(),
            outside: plan.outside.iter().map(OutsideData::from).collect(),
            waves: plan.waves.iter().map(WaveData::from).collect(),
            whole_pools: plan.whole_pools.clone(),
            others: plan.others.iter().map(OtherData::from).collect(),
            once: plan.once.iter().map(OnceData::from).collect(),
            time: TimeData::from(&plan.time),
            notes: plan.notes.clone(),
        }
    }
}

impl From<&Failover> for FailoverData {
    fn from(failover: &Failover) -> Self {
        Self {
            pool: failover.pool.clone(),
            partner: failover.partner.clone(),
            central: failover.central.is_some(),
            impossible: failover.impossible,
            because: BecauseData::from(&failover.because),
        }
    }
}

impl From<&Outside> for OutsideData {
    fn from(outside: &Outside) -> Self {
        Self {
            what: outside.what.to_string(),
            why: outside.why.to_string(),
        }
    }
}

impl From<&Wave> for WaveData {
    fn from(wave: &Wave) -> Self {
        Self {
            number: wave.number,
            tasks: wave.tasks.iter().map(TaskData::from).collect(),
        }
    }
}

impl From<&Task> for TaskData {
    fn from(task: &Task) -> Self {
        Self {
            fqdn: task.fqdn.clone(),
            name: task.name.clone(),
            role: task.role.clone(),
            site: task.site.clone(),
            lane: task.stage.as_str().to_owned(),
            packet: task.packet,
            with: task.with.clone(),
            procedures: task.procedures.iter().map(PlannedData::from).collect(),
            packet_lanes: task.lanes.clone(),
            waits: task.reasons().iter().map(WaitData::from).collect(),
            rto: task.rto,
            start: task.start,
            end: task.end,
            critical: task.critical,
        }
    }
}

impl From<&PlannedProcedure> for PlannedData {
    fn from(procedure: &PlannedProcedure) -> Self {
        Self {
            id: procedure.id.clone(),
            title: procedure.title.clone(),
        }
    }
}

impl From<&WaitReason<'_>> for WaitData {
    fn from(reason: &WaitReason<'_>) -> Self {
        Self {
            on: reason.on.iter().map(|&on| on.to_owned()).collect(),
            because: BecauseData {
                text: reason.why.to_owned(),
                source: SourceCell::at(reason.place),
            },
        }
    }
}

impl From<&Other> for OtherData {
    fn from(other: &Other) -> Self {
        Self {
            fqdn: other.fqdn.clone(),
            role: other.role.clone(),
            packet: other.packet,
        }
    }
}

impl From<&Once> for OnceData {
    fn from(once: &Once) -> Self {
        Self {
            what: once.what.clone(),
            when: once.when.clone(),
            step: StepOfData::from(&once.step),
            instead_of: once.instead_of.iter().map(StepOfData::from).collect(),
        }
    }
}

impl From<&StepOf> for StepOfData {
    fn from(step: &StepOf) -> Self {
        Self {
            kind: if step.pool { "pool" } else { "server" },
            fqdn: step.fqdn.clone(),
            number: step.number.clone(),
            text: step.to_string(),
        }
    }
}

impl From<&Time> for TimeData {
    fn from(time: &Time) -> Self {
        Self {
            sum: time.sum,
            longest: time.longest,
            way: time.way.clone(),
            blanks: time.blanks.clone(),
        }
    }
}
