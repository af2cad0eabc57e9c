//! The texts of a restore order.

use super::{Texts, Visitor, each};
use crate::plan::{
    Failover, Once, Other, Outside, Plan, PlannedProcedure, StepOf, Task, Time, Wait, Wave,
};

impl Texts for Plan {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            title,
            failovers,
            outside,
            waves,
            whole_pools,
            others,
            once,
            time,
            notes,
        } = self;
        each(
            visitor,
            &mut [title, failovers, outside, waves, whole_pools],
        );
        each(visitor, &mut [others, once, time, notes]);
    }
}

impl Texts for Failover {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            pool,
            partner,
            central: _,
            impossible: _,
            because,
        } = self;
        each(visitor, &mut [pool, partner, because]);
    }
}

impl Texts for Outside {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { what, why } = self;
        each(visitor, &mut [what, why]);
    }
}

impl Texts for Wave {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { number: _, tasks } = self;
        tasks.walk(visitor);
    }
}

impl Texts for Task {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            fqdn,
            name,
            role,
            site,
            stage: _,
            packet: _,
            with,
            procedures,
            lanes: _,
            waits,
            rto: _,
            start: _,
            end: _,
            critical: _,
        } = self;
        visitor.name(fqdn);
        each(visitor, &mut [name, role, site, with, procedures, waits]);
    }
}

impl Texts for PlannedProcedure {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            id,
            title,
            about: _,
        } = self;
        visitor.name(id);
        title.walk(visitor);
    }
}

impl Texts for Wait {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { on, why, because } = self;
        each(visitor, &mut [on, why, because]);
    }
}

impl Texts for Other {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            fqdn,
            role,
            packet: _,
        } = self;
        visitor.name(fqdn);
        role.walk(visitor);
    }
}

impl Texts for Once {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            what,
            when,
            step,
            instead_of,
        } = self;
        each(visitor, &mut [what, when, step, instead_of]);
    }
}

impl Texts for StepOf {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            pool: _,
            fqdn,
            number,
        } = self;
        visitor.name(fqdn);
        visitor.name(number);
    }
}

impl Texts for Time {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            sum: _,
            longest: _,
            path,
            way,
            spans: _,
            blanks,
        } = self;
        each(visitor, &mut [path, way, blanks]);
    }
}
