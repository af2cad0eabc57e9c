//! A packet that could not be written, cut down to what surely can be: its name, and why it holds nothing else.

use crate::finding::Finding;

use super::doubts::Doubts;
use super::model::{Packet, Procedure};
use super::status;

impl Packet {
    /// The same packet without anything that was read for it, blocked by a finding.
    #[must_use]
    pub fn bare(&self, why: Finding) -> Self {
        let mut packet = Self {
            subject: self.subject.clone(),
            name: self.subject.fqdn.clone(),
            title: self.title.clone(),
            site: None,
            role: String::new(),
            control: Vec::new(),
            valid_until: None,
            ends: None,
            expiries: Vec::new(),
            status: self.status,
            missing: String::new(),
            reasons: Vec::new(),
            effect: Vec::new(),
            chooser: Vec::new(),
            questions: Vec::new(),
            lanes: Vec::new(),
            findings: vec![why],
            facts: Vec::new(),
            pictures: Vec::new(),
            members: Vec::new(),
            gather: empty(&self.gather),
            prepare: empty(&self.prepare),
            procedures: Vec::new(),
            checks: empty(&self.checks),
            people: Vec::new(),
            sources: self.sources.clone(),
        };
        status::settle(&mut packet, &Doubts::default());
        packet
    }
}

/// A part of the packet's frame without steps.
fn empty(part: &Procedure) -> Procedure {
    Procedure {
        number: part.number,
        title: part.title.clone(),
        ..Procedure::empty(&part.id)
    }
}
