//! The questions of the card "What failed?": `card.toml`.

use serde::Deserialize;

use super::Sentence;
use super::read::Reader;

/// The file.
pub(super) const FILE: &str = "card.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) symptom: Vec<Symptom>,
}

/// Something people see.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symptom {
    /// For example "Users of a pool cannot sign in".
    pub title: String,
    /// What the questions are asked for.
    pub each: Each,
    /// Whether the questions are short and many.
    #[serde(default)]
    pub list: bool,
    /// What to ask, until an answer is "no".
    pub question: Vec<Question>,
}

/// What questions are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// Each pool of a site.
    Pool,
    /// Each server of a site.
    Server,
    /// The site itself.
    Site,
}

impl Each {
    /// What can be named of it.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Pool => &[
                "pool",
                "written",
                "types",
                "over-first",
                "primary",
                "mirror",
                "copies",
                "address",
                "share",
                "one",
                "hop",
                "members",
            ],
            Self::Server => &["server", "written", "duties"],
            Self::Site => &[
                "site",
                "paired",
                "central",
                "central-host",
                "central-elsewhere",
                "central-unknown",
            ],
        }
    }
}

/// A yes/no question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The types of pools it is asked for; none for all.
    #[serde(default)]
    pub types: Vec<String>,
    /// What must be known beside what it names.
    #[serde(default)]
    pub with: Vec<String>,
    /// What must not be.
    #[serde(default)]
    pub without: Vec<String>,
    /// The question.
    pub ask: Sentence,
    /// What to do if the answer is "no".
    pub no: Sentence,
    /// Whose packets help then.
    #[serde(default)]
    pub packets: Vec<String>,
}

/// Holds every name against what can be named.
pub(super) fn check(symptoms: &[Symptom], types: &[&str], reader: &mut Reader<'_>) {
    for symptom in symptoms {
        let names = symptom.each.names();
        for question in &symptom.question {
            reader.known(FILE, &question.types, "type of pool", types);
            let named = [&question.with, &question.without, &question.packets];
            reader.known(
                FILE,
                named.into_iter().flatten(),
                "thing to ask for here",
                names,
            );
            reader.places(FILE, &question.ask, names);
            reader.places(FILE, &question.no, names);
        }
    }
}
