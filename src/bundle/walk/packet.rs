//! The texts of a packet and of what is true of the whole run.

use super::{Texts, Visitor, each};
use crate::packets::picture::{Node, Picture, Row};
use crate::packets::{
    Answer, Choice, Cycle, CycleSet, Estate, Exercise, Fact, FactGroup, Issue, Lane, Member,
    Packet, Person, Procedure, Question, Reason, Section, SourceDigest, Step, ValidUntil,
};

impl Texts for Issue {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            packet,
            edition: _,
            issued: _,
            fingerprint,
            exercise,
        } = self;
        visitor.name(fingerprint);
        each(visitor, &mut [packet, exercise]);
    }
}

impl Texts for Exercise {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { date: _, by } = self;
        by.walk(visitor);
    }
}

impl Texts for Packet {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            subject,
            name,
            title,
            site,
            role,
            control,
            valid_until,
            ends,
            expiries,
            status: _,
            missing,
            reasons,
            effect,
            chooser,
            questions,
            lanes,
            findings,
            facts,
            members,
            pictures,
            gather,
            prepare,
            procedures,
            checks,
            people,
            sources,
        } = self;
        each(
            visitor,
            &mut [
                subject,
                name,
                title,
                site,
                role,
                control,
                valid_until,
                ends,
                expiries,
            ],
        );
        each(
            visitor,
            &mut [missing, reasons, effect, chooser, findings, facts],
        );
        each(visitor, &mut [questions, lanes]);
        each(visitor, &mut [members, pictures, gather, prepare]);
        each(visitor, &mut [procedures, checks, people, sources]);
    }
}

impl Texts for ValidUntil {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            date: _,
            why,
            place,
        } = self;
        each(visitor, &mut [why, place]);
    }
}

impl Texts for Reason {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { text, place } = self;
        each(visitor, &mut [text, place]);
    }
}

impl Texts for Choice {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            id,
            means,
            marks: _,
            situation,
            procedure,
            because,
        } = self;
        visitor.name(id);
        visitor.name(means);
        each(visitor, &mut [situation, procedure, because]);
    }
}

impl Texts for Question {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            id,
            text,
            about,
            answers,
        } = self;
        visitor.name(id);
        for name in about {
            visitor.name(name);
        }
        each(visitor, &mut [text, answers]);
    }
}

impl Texts for Answer {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { id, text } = self;
        visitor.name(id);
        text.walk(visitor);
    }
}

impl Texts for Lane {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            id,
            only_if,
            answers: _,
            states: _,
            parts: _,
        } = self;
        visitor.name(id);
        only_if.walk(visitor);
    }
}

impl Texts for FactGroup {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { title, facts } = self;
        each(visitor, &mut [title, facts]);
    }
}

impl Texts for Fact {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        visitor.fact(self);
        let Self {
            name,
            value,
            text,
            place,
            asked_by,
            required: _,
            routine: _,
            extra: _,
        } = self;
        each(visitor, &mut [name, value, text, place, asked_by]);
    }
}

impl Texts for Procedure {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            number: _,
            id,
            whole,
            lanes: _,
            title,
            because,
            intro,
            sections,
        } = self;
        visitor.name(id);
        visitor.name(whole);
        each(visitor, &mut [title, because, intro, sections]);
    }
}

impl Texts for Section {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            title,
            intro,
            steps,
        } = self;
        each(visitor, &mut [title, intro, steps]);
    }
}

impl Texts for Step {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            number,
            title,
            run_on,
            account,
            expect,
            point_of_no_return: _,
            body,
            command,
            language: _,
            gaps,
            blanks,
        } = self;
        visitor.name(number);
        each(visitor, &mut [title, run_on, account, expect, body]);
        if let Some(command) = command {
            visitor.command(command);
        }
        each(visitor, &mut [gaps, blanks]);
    }
}

impl Texts for Member {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            order: _,
            fqdn,
            role,
            address,
            rto: _,
            packet: _,
        } = self;
        visitor.name(fqdn);
        each(visitor, &mut [role, address]);
    }
}

impl Texts for Person {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            responsibility,
            name,
            phone,
            email,
            alternate,
            alternate_phone,
        } = self;
        each(visitor, &mut [responsibility, name, phone, email]);
        each(visitor, &mut [alternate, alternate_phone]);
    }
}

impl Texts for SourceDigest {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { path, sha256 } = self;
        visitor.name(sha256);
        path.walk(visitor);
    }
}

impl Texts for Picture {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            pool,
            title,
            whole: _,
            rows,
        } = self;
        visitor.name(pool);
        each(visitor, &mut [title, rows]);
    }
}

impl Texts for Row {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            title,
            inside: _,
            linked: _,
            nodes,
        } = self;
        each(visitor, &mut [title, nodes]);
    }
}

impl Texts for Node {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            name,
            what,
            mark: _,
        } = self;
        each(visitor, &mut [name, what]);
    }
}

impl Texts for Estate {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            organization,
            product,
            classification,
            change,
            paper: _,
            as_of: _,
            on_the_day: _,
            cycle,
            sources,
        } = self;
        each(visitor, &mut [organization, product, classification]);
        each(visitor, &mut [change, cycle, sources]);
    }
}

impl Texts for Cycle {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            name,
            completed,
            next,
            location,
            assignment,
            valid_until,
            sets,
        } = self;
        each(visitor, &mut [name, completed, next, location]);
        if let Some(assignment) = assignment {
            visitor.command(assignment);
        }
        each(visitor, &mut [valid_until, sets]);
    }
}

impl Texts for CycleSet {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            content,
            server,
            set,
            expires,
            last_backup,
            destination,
        } = self;
        each(visitor, &mut [content, server, set]);
        each(visitor, &mut [expires, last_backup, destination]);
    }
}
