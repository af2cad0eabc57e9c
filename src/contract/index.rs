//! The index: what failed, which packet helps, and how ready the estate is.

use serde::Serialize;

use super::estate::EstateData;
use super::finding::ReasonData;
use super::packet::ValidData;
use crate::finding::Subject;
use crate::plan::card::{Card, Question, Symptom};

/// The schema that indexes name.
pub const INDEX_SCHEMA: &str = "restore-packets/index/1";

/// Every packet of an output folder, and what leads to it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "Index of restore packets")
)]
pub struct IndexData {
    /// The version of this shape: `restore-packets/index/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// How many packets are ready, have gaps, are blocked.
    pub readiness: ReadinessData,
    /// From symptoms to packets, a card for each site.
    pub cards: Vec<CardData>,
    /// The packets, servers before pools, each by FQDN.
    pub packets: Vec<EntryData>,
}

/// How many packets of each status there are.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReadinessData {
    /// Packets without a blank.
    pub ready: usize,
    /// Packets with a blank.
    pub gaps: usize,
    /// Packets with a step that cannot be carried out as recorded.
    pub blocked: usize,
}

/// A packet, and what leads to it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntryData {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// The packet's title.
    pub title: String,
    /// The site.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase.
    pub role: String,
    /// `blocked`, `gaps` or `ready` as of the day: what is expired then makes it `gaps`.
    pub status: &'static str,
    /// Why it is not ready.
    pub reasons: Vec<ReasonData>,
    /// The edition, from 1.
    pub edition: u32,
    /// The day this edition was first issued, ISO 8601.
    pub issued: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// Until when the packet may be trusted; null where no worksheet gives a date.
    pub valid_until: Option<ValidData>,
    /// The day it was last exercised, ISO 8601; null if it never was.
    pub exercised: Option<String>,
    /// The day it was refreshed last, where a worksheet it was made from could not be had since; else null.
    pub not_refreshed_since: Option<String>,
    /// The rows of the decision table that apply.
    pub scenarios: Vec<ScenarioData>,
    /// Pools: the FQDNs of the servers, in restore order.
    pub members: Vec<String>,
    /// Its files without their endings, relative to the index: `servers/fe01.contoso.com`.
    pub path: String,
}

/// A situation that leads to a procedure of a packet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScenarioData {
    /// The decision row's id.
    pub id: String,
    /// The situation in words.
    pub situation: String,
}

/// The card "What failed?" of a site.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CardData {
    /// The site; null for what stands in none.
    pub site: Option<String>,
    /// What people see.
    pub symptoms: Vec<SymptomData>,
}

/// Something people see.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SymptomData {
    /// For example "Users of a pool cannot sign in".
    pub title: String,
    /// Whether the questions are one for each server or pool, to be printed close together.
    pub list: bool,
    /// What to ask, in this order, until an answer is "no".
    pub questions: Vec<QuestionData>,
}

/// A yes/no question. "Yes" leads to the next one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionData {
    /// The question.
    pub text: String,
    /// What "no" means.
    pub no: String,
    /// The packets that help then.
    pub packets: Vec<SubjectData>,
}

/// A server or a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SubjectData {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
}

impl From<&Subject> for SubjectData {
    fn from(subject: &Subject) -> Self {
        Self {
            kind: subject.kind.as_str(),
            fqdn: subject.fqdn.clone(),
        }
    }
}

impl From<&Card> for CardData {
    fn from(card: &Card) -> Self {
        Self {
            site: card.site.clone(),
            symptoms: card.symptoms.iter().map(SymptomData::from).collect(),
        }
    }
}

impl From<&Symptom> for SymptomData {
    fn from(symptom: &Symptom) -> Self {
        Self {
            title: symptom.title.to_owned(),
            list: symptom.list,
            questions: symptom.questions.iter().map(QuestionData::from).collect(),
        }
    }
}

impl From<&Question> for QuestionData {
    fn from(question: &Question) -> Self {
        Self {
            text: question.text.clone(),
            no: question.no.clone(),
            packets: question.packets.iter().map(SubjectData::from).collect(),
        }
    }
}
