//! From the packet to its data: a plain copy, field by field, so that the model can change on its own.

use super::fact::{FactData, PersonData};
use super::finding::FindingData;
use super::packet::{
    ChoiceData, ControlData, ExerciseData, IdentityData, LaneAnswerData, LaneData, MemberData,
    PACKET_SCHEMA, PacketData, StateAnswerData, StateQuestionData, ValidData,
};
use super::place::{BecauseData, SourceCell, SourceFile};
use super::step::ProcedureData;
use crate::packets::{
    Estate, Issue, Lane, Member, Packet, Procedure, Question, ValidUntil, procedures,
};

impl PacketData {
    /// The packet of an issue; of the run it says who owns it and which change it is for.
    pub fn new(issue: &Issue, estate: &Estate) -> Self {
        let packet = &issue.packet;
        Self {
            schema: PACKET_SCHEMA,
            identity: identity(issue, estate),
            control: control(packet, estate),
            effect: packet.effect.clone(),
            chooser: chooser(packet),
            questions: packet
                .questions
                .iter()
                .map(StateQuestionData::from)
                .collect(),
            lanes: packet.lanes.iter().map(|it| lane(it, packet)).collect(),
            findings: packet.findings.iter().map(FindingData::from).collect(),
            facts: facts(packet),
            members: packet.members.iter().map(MemberData::from).collect(),
            gather: ProcedureData::new(&packet.gather),
            prepare: ProcedureData::new(&packet.prepare),
            procedures: packet.procedures.iter().map(ProcedureData::new).collect(),
            checks: ProcedureData::new(&packet.checks),
            people: packet.people.iter().map(PersonData::from).collect(),
            sources: packet.sources.iter().map(SourceFile::from).collect(),
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
        valid_until: packet.valid_until.as_ref().map(ValidData::from),
        status: packet.status.as_str(),
        missing: (!packet.missing.is_empty()).then(|| packet.missing.clone()),
        ready_until: packet.ready_until().map(ValidData::from),
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
            .map(|control| FactData::new("Document control", control))
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
            because: choice.because.iter().map(BecauseData::from).collect(),
        })
        .collect()
}

fn facts(packet: &Packet) -> Vec<FactData> {
    let groups = packet.facts.iter();
    let facts =
        groups.flat_map(|group| group.facts.iter().map(|it| FactData::new(&group.title, it)));
    facts.collect()
}

impl From<&Question> for StateQuestionData {
    fn from(question: &Question) -> Self {
        let answers = question.answers.iter();
        Self {
            id: question.id.clone(),
            text: question.text.clone(),
            about: question.about.clone(),
            answers: answers
                .map(|it| StateAnswerData {
                    id: it.id.clone(),
                    text: it.text.clone(),
                })
                .collect(),
        }
    }
}

fn lane(lane: &Lane, packet: &Packet) -> LaneData {
    let own = procedures(packet).filter(|part| part.lanes.contains(&lane.id));
    let steps = own.flat_map(Procedure::steps);
    let answers = lane.answers.iter();
    LaneData {
        id: lane.id.clone(),
        only_if: lane.only_if.clone(),
        answers: answers
            .map(|it| LaneAnswerData {
                question: it.question.clone(),
                answer: it.answer.clone(),
            })
            .collect(),
        parts: lane.parts.clone(),
        steps: steps.map(|step| step.number.clone()).collect(),
    }
}

impl From<&ValidUntil> for ValidData {
    fn from(until: &ValidUntil) -> Self {
        Self {
            date: until.date.to_string(),
            why: until.why.clone(),
            source: SourceCell::at(&until.place),
        }
    }
}

impl From<&Member> for MemberData {
    fn from(member: &Member) -> Self {
        Self {
            order: member.order,
            fqdn: member.fqdn.clone(),
            role: member.role.clone(),
            address: member.address.clone(),
            rto: member.rto,
            packet: member.packet,
        }
    }
}
