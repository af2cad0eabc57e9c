//! The decision table: the built-in rows of `decision-table.toml` in the product's folder, or an organization's own.

mod own;
#[cfg(test)]
mod tests;

use serde::Deserialize;

use crate::finding::{Code, Finding, Place, suggest, words};
use crate::inventory::DecisionRow;
use crate::product;
use crate::product::Product;

use super::claims::Trait;
use super::marks::{About, Fits, Marks};
use super::names::{self, key};
use super::row::{Condition, Names, Row};
use own::{raw, several, without_subject};

/// The file of the built-in rows among the templates.
pub const FILE: &str = "decision-table.toml";

const CONDITIONS: [(Condition, &str); 3] = [
    (Condition::Mirrored, "mirrored"),
    (Condition::StandAlone, "stand-alone"),
    (Condition::OneComputer, "one-computer"),
];

/// The rows, in order.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The product whose words they use.
    pub product: &'static Product,
    /// The rows.
    pub rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<RawRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRow {
    id: String,
    if_this_failed: String,
    see_this_section: String,
    situation: String,
    situation_mirrored: Option<String>,
    situation_of_mirror: Option<String>,
    applies_to: Vec<String>,
    #[serde(default)]
    condition: Vec<String>,
    #[serde(default)]
    yields_to: Vec<String>,
    means: Option<String>,
    #[serde(default)]
    only: product::Condition,
    about: About,
    fits: Fits,
    #[serde(default)]
    publishes_topology: bool,
    #[serde(default)]
    also: Names,
    procedure: String,
}

impl RawRow {
    fn means(&self) -> &str {
        self.means.as_ref().unwrap_or(&self.id)
    }
}

impl Table {
    /// Reads the rows of a decision-table file. What cannot be read is left out and reported.
    pub fn read(product: &'static Product, text: &str) -> (Self, Vec<Finding>) {
        let file: File = match product::parsed(FILE, text) {
            Ok(file) => file,
            Err(finding) => return (Self::default(), vec![finding]),
        };
        let place = Place::file(FILE);
        let mut findings = Vec::new();
        let ids: Vec<String> = file.row.iter().map(|raw| raw.means().to_owned()).collect();
        let mut table = Self {
            product,
            ..Self::default()
        };
        for raw in file.row {
            let strange = raw.yields_to.iter().filter(|id| !ids.contains(id));
            unknown_ids(&raw.id, strange, &ids, &place, &mut findings);
            unknown_states(product, &raw, &place, &mut findings);
            table
                .rows
                .extend(raw.checked(product, &place, &place, &mut findings));
        }
        table.check_ids(&place, &mut findings);
        let findings = findings.into_iter().map(|it| on_its_line(it, text));
        let findings = findings.collect();
        (table, findings)
    }

    /// The organization's own rows; `built_in` supplies what a row leaves blank.
    pub fn of_worksheet(rows: &[DecisionRow], built_in: &Self) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut table = Self {
            product: built_in.product,
            ..Self::default()
        };
        let mut drafts: Vec<(RawRow, &DecisionRow)> = Vec::new();
        for row in rows {
            let known = built_in.similar(row);
            let raw = raw(built_in.product, row, known);
            if raw.applies_to.is_empty() {
                findings.push(without_subject(row, built_in));
                continue;
            }
            if drafts
                .iter()
                .any(|(other, _)| key(&other.id) == key(&raw.id))
            {
                findings.push(
                    Finding::new(
                        Code::Duplicate,
                        format!("the id `{}` stands in a row above already", raw.id),
                    )
                    .at(&row.id.place)
                    .help("give each row an id of its own"),
                );
                continue;
            }
            drafts.push((raw, row));
        }
        let ids: Vec<String> = drafts.iter().map(|(raw, _)| raw.id.clone()).collect();
        let means: Vec<String> = drafts
            .iter()
            .map(|(raw, _)| raw.means().to_owned())
            .collect();
        for (mut raw, row) in drafts {
            // What a row inherits may name built-in rows that the organization left out; what it says must be there.
            let typed = several(&row.yields_to.text);
            let place = &row.yields_to.place;
            let meant = |named: &String| {
                let is = |it: &&String| key(it) == key(named);
                let of_id = ids.iter().zip(&means).find(|(id, _)| is(id));
                let of_id = of_id.map(|(_, means)| means);
                of_id.or_else(|| means.iter().find(is)).cloned()
            };
            let strange = typed.iter().filter(|it| meant(it).is_none());
            unknown_ids(&raw.id, strange, &ids, place, &mut findings);
            if !typed.is_empty() {
                raw.yields_to = typed.iter().filter_map(meant).collect();
            }
            let (applies_to, condition) = (&row.applies_to.place, &row.condition.place);
            let checked = raw.checked(table.product, applies_to, condition, &mut findings);
            table.rows.extend(checked);
        }
        (table, findings)
    }

    /// The built-in row an organization's row means.
    fn similar(&self, row: &DecisionRow) -> Option<&Row> {
        names::find(&self.rows, &row.if_this_failed.text, &row.id.text)
    }

    fn check_ids(&self, place: &Place, findings: &mut Vec<Finding>) {
        for (index, row) in self.rows.iter().enumerate() {
            if self.rows[..index].iter().any(|other| other.id == row.id) {
                findings.push(
                    Finding::new(Code::Duplicate, format!("the id `{}` stands twice", row.id))
                        .at(place),
                );
            }
        }
    }
}

/// A finding about a row of the file, at the line of what it quotes first.
fn on_its_line(finding: Finding, text: &str) -> Finding {
    let quoted = finding.message.split('`').nth(1);
    let place = quoted.map(|word| product::place_of(FILE, text, word));
    match place.filter(|place| place.address().is_some()) {
        Some(place) => finding.at(&place),
        None => finding,
    }
}

/// Rows a row yields to that do not exist.
fn unknown_ids<'a>(
    row: &str,
    strange: impl Iterator<Item = &'a String>,
    ids: &[String],
    place: &Place,
    findings: &mut Vec<Finding>,
) {
    for id in strange {
        let message = format!("`{row}` yields to `{id}`, which is no row");
        let help = suggest::did_you_mean(id, ids.iter().map(String::as_str));
        findings.push(
            Finding::new(Code::UnknownCondition, message)
                .at(place)
                .help(help.unwrap_or_else(|| format!("the rows are {}", words::quoted(ids)))),
        );
    }
}

/// States a row is for that are none.
fn unknown_states(product: &Product, raw: &RawRow, place: &Place, findings: &mut Vec<Finding>) {
    let states = || product.states.known();
    for id in raw.only.ids().filter(|id| !states().any(|it| it == *id)) {
        let message = format!(
            "`{id}` is no state; `{}` is only for states that there are",
            raw.id
        );
        let help = suggest::did_you_mean(id, states());
        let help = help.unwrap_or_else(|| format!("the states are {}", words::quoted(states())));
        findings.push(
            Finding::new(Code::UnknownCondition, message)
                .at(place)
                .help(help),
        );
    }
}

impl RawRow {
    /// The row, if every word in it is known: without one of them it would apply to something else.
    fn checked(
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
