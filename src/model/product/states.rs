//! What must be known of an outage before a packet is worked from, and cannot stand in a worksheet: `states.toml`.
//!
//! Each question has answers, each of which may be possible under conditions only: over what the worksheets record
//! ([`FACTS`]) and over answers to earlier questions. Where one answer is possible nothing is asked.

use serde::Deserialize;

use super::read::Reader;
use super::{Condition, Sentence};

/// The file.
pub(super) const FILE: &str = "states.toml";

/// What the worksheets record about a packet; `packets/lanes/facts.rs` finds it out.
pub const FACTS: [&str; 17] = [
    "server",
    "pool",
    "one-computer",
    "one-of-several",
    "holds-users",
    "holds-databases",
    "hosts-files",
    "backup-pool",
    "mirrored-primary",
    "mirrored-mirror",
    "one-partner",
    "one-of-copies",
    "mixed",
    "follows",
    "configuration-store",
    "configuration-standby",
    "other-pool",
];

/// What a plan knows of an outage from what is lost; `plan/states.rs` finds it out.
pub const PLANNED: [&str; 7] = [
    "server-lost",
    "mirror-lost",
    "primary-lost",
    "copies-lost",
    "users-store-lost",
    "files-lost",
    "fails-over",
];

/// The places of the sentences.
const PLACES: [&str; 8] = [
    "this", "pools", "backup", "mirror", "primary", "others", "sql", "store",
];

/// The questions, in the order in which they are asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// The questions.
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// What data calls it.
    pub id: String,
    /// The question in words.
    pub text: Sentence,
    /// Whether it is asked of the pools whose users are concerned, and not of the packet's server or pool.
    #[serde(default)]
    pub of_pools: bool,
    /// Its answers; the first possible one stands first on paper.
    #[serde(rename = "answer")]
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Answer {
    /// What procedures, the decision table and `--state` call it.
    pub id: String,
    /// The box that is ticked: "Yes".
    pub text: Sentence,
    /// What is then the case, after "Only if": "the users were failed over".
    pub means: Sentence,
    /// When it is possible, over [`FACTS`] and answers of earlier questions.
    #[serde(default, rename = "if")]
    pub possible: Condition,
    /// When a plan takes it for granted, over [`PLANNED`].
    pub planned: Option<Condition>,
}

impl States {
    /// The ids of all answers.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let answers = self.questions.iter().flat_map(|it| &it.answers);
        answers.map(|it| it.id.as_str())
    }

    /// The ids that a condition may name: answers, and facts of the worksheets.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.ids().chain(FACTS)
    }

    pub(super) fn check(&self, reader: &mut Reader<'_>) {
        let mut known: Vec<&str> = FACTS.to_vec();
        for question in &self.questions {
            reader.places(FILE, &question.text, &PLACES);
            for answer in &question.answers {
                reader.known(
                    FILE,
                    answer.possible.ids(),
                    "fact or earlier answer",
                    &known,
                );
                let planned = answer.planned.iter().flat_map(Condition::ids);
                reader.known(FILE, planned, "fact of a plan", &PLANNED);
                reader.places(FILE, &answer.text, &PLACES);
                reader.places(FILE, &answer.means, &PLACES);
            }
            for answer in &question.answers {
                if known.contains(&answer.id.as_str()) {
                    let message = format!("`{}` stands twice", answer.id);
                    reader.wrong(FILE, &answer.id, &message, None);
                }
                known.push(&answer.id);
            }
        }
    }
}
