//! A row as it is written, in the built-in file or by an organization, and the row it makes.

use serde::Deserialize;

use crate::finding::{Code, Finding, Place, suggest, words};
use crate::product::{self, Product};

use super::claims::Trait;
use super::marks::{About, Fits, Marks};
use super::row::{Condition, Names, Row};

const CONDITIONS: [(Condition, &str); 3] = [
    (Condition::Mirrored, "mirrored"),
    (Condition::StandAlone, "stand-alone"),
    (Condition::OneComputer, "one-computer"),
];

/// A row whose words are not looked at yet.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRow {
    pub(super) id: String,
    pub(super) if_this_failed: String,
    pub(super) see_this_section: String,
    pub(super) situation: String,
    pub(super) situation_mirrored: Option<String>,
    pub(super) situation_of_mirror: Option<String>,
    pub(super) applies_to: Vec<String>,
    #[serde(default)]
    pub(super) condition: Vec<String>,
    #[serde(default)]
    pub(super) yields_to: Vec<String>,
    pub(super) means: Option<String>,
    #[serde(default)]
    pub(super) only: product::Condition,
    pub(super) about: About,
    pub(super) fits: Fits,
    #[serde(default)]
    pub(super) publishes_topology: bool,
    #[serde(default)]
    pub(super) also: Names,
    pub(super) procedure: String,
}

impl RawRow {
    /// What other rows call it.
    pub(super) fn means(&self) -> &str {
        self.means.as_ref().unwrap_or(&self.id)
    }

    /// The row, if every word in it is known: without one of them it would apply to something else.
    pub(super) fn checked(
        self,
        product: &'static Product,
        applies_to_place: &Place,
        condition_place: &Place,
        findings: &mut Vec<Finding>,
    ) -> Option<Row> {
        let before = findings.len();
        let traits = Trait::named(product);
        let mut applies_to = Vec::new();
        for name in &self.applies_to {
            match traits.iter().find(|(_, known)| known == name) {
                Some((what, _)) => applies_to.push(*what),
                None => findings.push(unknown(
                    name,
                    "nothing a row can apply to",
                    traits.iter().map(|it| it.1),
                    applies_to_place,
                )),
            }
        }
        let mut conditions = Vec::new();
        for text in &self.condition {
            let (name, wanted) = match text.strip_prefix("not ") {
                Some(name) => (name.trim(), false),
                None => (text.as_str(), true),
            };
            match CONDITIONS.iter().find(|(_, known)| *known == name) {
                Some((condition, _)) => conditions.push((*condition, wanted)),
                None => findings.push(unknown(
                    name,
                    "no condition",
                    CONDITIONS.iter().map(|it| it.1),
                    condition_place,
                )),
            }
        }
        (findings.len() == before).then(|| Row {
            if_this_failed: self.if_this_failed,
            see: self.see_this_section,
            situation: self.situation,
            situation_mirrored: self.situation_mirrored,
            situation_of_mirror: self.situation_of_mirror,
            applies_to,
            conditions,
            yields_to: self.yields_to,
            means: self.means.unwrap_or_else(|| self.id.clone()),
            only: self.only,
            marks: Marks {
                about: self.about,
                fits: self.fits,
                publishes_topology: self.publishes_topology,
            },
            also: self.also,
            procedure: self.procedure,
            id: self.id,
        })
    }
}

fn unknown(
    name: &str,
    what: &str,
    known: impl Iterator<Item = &'static str> + Clone,
    place: &Place,
) -> Finding {
    let help = suggest::did_you_mean(name, known.clone())
        .unwrap_or_else(|| format!("the known ones are {}", words::quoted(known)));
    Finding::new(
        Code::UnknownCondition,
        format!("`{}` is {what}; the row is not used", words::excerpt(name)),
    )
    .at(place)
    .help(help)
}

/// What a row applies to, in the words it is written in.
pub(super) fn names_of(product: &'static Product, traits: &[Trait]) -> Vec<String> {
    let named = Trait::named(product);
    let names = named.iter().filter(|(what, _)| traits.contains(what));
    names.map(|(_, name)| (*name).to_owned()).collect()
}

/// Its conditions, in the words they are written in.
pub(super) fn conditions_of(conditions: &[(Condition, bool)]) -> Vec<String> {
    let name = |wanted: &Condition| {
        CONDITIONS
            .iter()
            .find(|(condition, _)| condition == wanted)
            .map_or("", |(_, name)| *name)
    };
    let text = |(condition, holds): &(Condition, bool)| match holds {
        true => name(condition).to_owned(),
        false => format!("not {}", name(condition)),
    };
    conditions.iter().map(text).collect()
}
