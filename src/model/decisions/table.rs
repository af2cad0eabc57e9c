//! The decision table: the built-in rows of `decision-table.toml` in the product's folder, or an organization's own.

#[cfg(test)]
mod tests;

use serde::Deserialize;

use crate::finding::{Code, Finding, Place, suggest, words};
use crate::inventory::DecisionRow;
use crate::product;
use crate::product::Product;

use super::names::{self, key};
use super::own::{inherit, several, without_subject};
use super::raw::RawRow;
use super::row::Row;

/// The file of the built-in rows among the templates.
pub const FILE: &str = "decision-table.toml";

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
            let raw = inherit(built_in.product, row, known);
            if raw.applies_to.is_empty() {
                findings.push(without_subject(row, built_in.product, &built_in.rows));
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
