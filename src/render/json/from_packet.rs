//! From the packet to its data: a plain copy, field by field, so that the model can change on its own.

use super::SCHEMA_ID;
use super::data::{
    BecauseData, ChoiceData, ControlData, ExerciseData, FactData, FindingData, IdentityData,
    MemberData, PacketData, PersonData, SourceCell, SourceFile, ValidData,
};
use super::steps::ProcedureData;
use crate::finding::{Finding, Place};
use crate::packets::{Because, Estate, Fact, Issue, Packet, Person};

impl PacketData {
    pub(super) fn new(issue: &Issue, estate: &Estate) -> Self {
        let packet = &issue.packet;
        Self {
            schema: SCHEMA_ID,
            identity: identity(issue, estate),
            control: control(packet, estate),
            effect: packet.effect.clone(),
            chooser: chooser(packet),
            findings: packet.findings.iter().map(finding).collect(),
            facts: facts(packet),
            members: members(packet),
            gather: ProcedureData::new(&packet.gather),
            prepare: ProcedureData::new(&packet.prepare),
            procedures: packet.procedures.iter().map(ProcedureData::new).collect(),
            checks: ProcedureData::new(&packet.checks),
            people: packet.people.iter().map(person).collect(),
            sources: sources(packet),
        }
    }
}

fn identity(issue: &Issue, estate: &Estate) -> IdentityData {
    let packet = &issue.packet;
    IdentityData {
        kind: packet.subject.kind.as_str(),
        fqdn: packet.subject.fqdn.clone(),
        title: packet.title.clone(),
        edition: issue.edition,
        issued: issue.issued.to_string(),
        fingerprint: issue.fingerprint.clone(),
        exercise: issue.exercise.as_ref().map(|it| ExerciseData {
            date: it.date.to_string(),
            by: it.by.value.clone(),
        }),
        change: estate.change.clone(),
        valid_until: packet.valid_until.as_ref().map(|until| ValidData {
            date: until.date.to_string(),
            why: until.why.clone(),
            source: cell(&until.place),
        }),
        status: packet.status.as_str(),
        site: packet.site.clone(),
        role: packet.role.clone(),
    }
}

fn control(packet: &Packet, estate: &Estate) -> ControlData {
    ControlData {
        organization: estate.organization.clone(),
        product: estate.product.clone(),
        classification: estate.classification.clone(),
        facts: packet
            .control
            .iter()
            .map(|control| fact("Document control", control))
            .collect(),
    }
}

fn chooser(packet: &Packet) -> Vec<ChoiceData> {
    packet
        .chooser
        .iter()
        .map(|choice| ChoiceData {
            id: choice.id.clone(),
            situation: choice.situation.clone(),
            procedure: choice.procedure.clone(),
            because: because(&choice.because),
        })
        .collect()
}

pub(super) fn because(because: &[Because]) -> Vec<BecauseData> {
    because
        .iter()
        .map(|because| BecauseData {
            text: because.text.clone(),
            source: cell(&because.place),
        })
        .collect()
}

fn finding(finding: &Finding) -> FindingData {
    FindingData {
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        source: finding.place.as_ref().map(cell),
    }
}

fn facts(packet: &Packet) -> Vec<FactData> {
    let groups = packet.facts.iter();
    groups
        .flat_map(|group| group.facts.iter().map(|each| fact(&group.title, each)))
        .collect()
}

fn fact(group: &str, fact: &Fact) -> FactData {
    FactData {
        group: group.to_owned(),
        name: fact.name.clone(),
        value: fact.value.clone(),
        text: fact.text.clone(),
        missing: fact.value.is_none(),
        routine: fact.routine,
        source: fact.place.as_ref().map(cell),
    }
}

fn cell(place: &Place) -> SourceCell {
    SourceCell {
        path: place.path.to_string(),
        sheet: place.sheet.as_deref().map(str::to_owned),
        cell: place.address(),
    }
}

fn members(packet: &Packet) -> Vec<MemberData> {
    packet
        .members
        .iter()
        .map(|member| MemberData {
            order: member.order,
            fqdn: member.fqdn.clone(),
            role: member.role.clone(),
            packet: member.packet,
        })
        .collect()
}

fn person(person: &Person) -> PersonData {
    PersonData {
        responsibility: person.responsibility.value.clone(),
        name: person.name.value.clone(),
        phone: person.phone.value.clone(),
        email: person.email.value.clone(),
        alternate: person.alternate.value.clone(),
        alternate_phone: person.alternate_phone.value.clone(),
    }
}

fn sources(packet: &Packet) -> Vec<SourceFile> {
    packet
        .sources
        .iter()
        .map(|source| SourceFile {
            path: source.path.clone(),
            sha256: source.sha256.clone(),
        })
        .collect()
}
