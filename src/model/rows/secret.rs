//! Secrets in worksheets: a password, a private key or a token goes nowhere.
//!
//! A secret is known by the heading above it first ([`under_headings`]), whatever it looks like; then by the word in front of
//! it and by its shape ([`withhold`]). Such cells are replaced before anything else reads them, so no packet, message, copy
//! or kept data can show them; only their place is known afterwards. What is none is accepted by its digest.

mod heading;
mod label;
mod shape;
mod typed;

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Place};
use crate::text::digest::sha256_hex;
use crate::text::visible::is_hidden;
use crate::workbook::{RawValue, Sheet};

use super::cell_words::WITHHELD;
use super::lookalike;
use super::table::Table;
use super::text::text_of;
use crate::product::schema::{self, Type};

/// Texts that look like secrets and are none, by the SHA-256 digests of the cells.
#[derive(Clone, Debug, Default)]
pub struct Accepted(BTreeSet<String>);

impl Accepted {
    /// From digests in hexadecimal, in either case.
    pub fn new(digests: &[String]) -> Self {
        Self(digests.iter().map(|it| it.trim().to_lowercase()).collect())
    }

    /// What a text looks like, if it looks like a secret and was not accepted.
    pub fn unless_accepted(&self, text: &str) -> Option<&'static str> {
        looks_like(text).filter(|_| !self.holds(text))
    }

    /// Whether a text is accepted.
    pub fn holds(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&sha256_hex(text.trim().as_bytes()))
    }
}

/// Replaces every cell of a sheet that gives a secret away by itself, with one finding each.
pub fn withhold(sheet: &mut Sheet, accepted: &Accepted) -> Vec<Finding> {
    let mut findings: Vec<Finding> = name_of_sheet(sheet, accepted).into_iter().collect();
    for (row, cells) in &mut sheet.rows {
        for (column, value) in cells {
            let text = match &*value {
                RawValue::Uncached(formula) => Some(formula.as_str()),
                other => other.as_text(),
            };
            let Some(text) = text else {
                continue;
            };
            if let Some(what) = accepted.unless_accepted(text) {
                let place = sheet.place.clone().cell(*row, *column);
                findings.push(found(&format!("looks like {what}"), &place));
                *value = RawValue::Text(WITHHELD.to_owned());
            }
        }
    }
    findings
}

/// Gives a sheet another name whose own gives a secret away.
fn name_of_sheet(sheet: &mut Sheet, accepted: &Accepted) -> Option<Finding> {
    let what = accepted.unless_accepted(sheet.place.in_sheet()?)?;
    sheet.place = Place::file(sheet.place.path.clone()).sheet(WITHHELD);
    let message = format!("the name of this sheet looks like {what}; it is kept out of all output");
    let help = "give the sheet another name, and change the secret: it has been seen";
    Some(
        Finding::new(Code::Secret, message)
            .at(&sheet.place)
            .help(help),
    )
}

/// Replaces every cell under a heading, and the value of every setting, that means a secret, with one finding each.
pub fn under_headings(
    table: &mut Table,
    sheets: &mut [Sheet],
    accepted: &Accepted,
) -> Vec<Finding> {
    let secret: Vec<(u32, u32, String)> = table
        .rows
        .iter()
        .flat_map(|(row, cells)| {
            let cells = cells.iter().filter_map(|(column, value)| {
                let text = text_of(value);
                let why = if is_hash_there(table, *column, &text) {
                    "looks like the hash of a password".to_owned()
                } else {
                    let name = name_of(table, *row, *column)?;
                    // A heading that looked like a secret itself has lost its words.
                    let is_secret = (name == WITHHELD || heading::is_heading(&name))
                        && label::is_value(&text)
                        || heading::is_under_access(&name, &text);
                    is_secret
                        .then(|| format!("stands under `{name}`, and so is taken for a secret"))?
                };
                (!accepted.holds(&text)).then_some((*row, *column, why))
            });
            cells.collect::<Vec<_>>()
        })
        .collect();
    let sheet = sheets.iter_mut().find(|sheet| sheet.place == table.place);
    let mut rows = [Some(&mut table.rows), sheet.map(|sheet| &mut sheet.rows)];
    let mut findings = Vec::new();
    for (row, column, why) in secret {
        for rows in rows.iter_mut().flatten() {
            if let Some(value) = rows.get_mut(&row).and_then(|cells| cells.get_mut(&column)) {
                *value = RawValue::Text(WITHHELD.to_owned());
            }
        }
        let place = table.place.clone().cell(row, column);
        findings.push(found(&why, &place));
    }
    findings
}

/// Whether a cell holds a hash, in a column that asks for no such digits: serial numbers and checksums look alike.
fn is_hash_there(table: &Table, column: u32, text: &str) -> bool {
    if !shape::is_bare_hash(text) {
        return false;
    }
    let known = table.columns.iter().find(|(_, number)| **number == column);
    let kind = known.and_then(|(heading, _)| table.kind.column(heading)?.kind);
    let heading = table.extras.get(&column).map(|it| it.to_lowercase());
    let names = [
        "serial",
        "guid",
        "uuid",
        "checksum",
        "md5",
        "thumbprint",
        "identifier",
    ];
    let is_named = heading.is_some_and(|it| names.iter().any(|name| it.contains(name)));
    !is_named && !matches!(kind, Some(Type::SerialNumber | Type::Thumbprint))
}

/// What names a cell, unless the name is one of ours: the heading of an unknown column, or an unknown setting.
fn name_of(table: &Table, row: u32, column: u32) -> Option<String> {
    if table.kind.id == schema::DEPLOYMENT && table.columns.get("Value") == Some(&column) {
        let setting = table.rows.get(&row)?.get(table.columns.get("Setting")?)?;
        let setting = text_of(setting);
        return table
            .product
            .schema
            .setting(&setting)
            .is_none()
            .then_some(setting);
    }
    table.extras.get(&column).cloned()
}

fn found(why: &str, place: &Place) -> Finding {
    Finding::new(Code::Secret, format!("this cell {why}; it is kept out of all output"))
        .at(place)
        .help("keep secrets in a vault, write the name of the vault entry, and change this one: it has been seen")
}

/// Whether every cell under a heading is taken for a secret.
pub fn is_heading(heading: &str) -> bool {
    heading::is_heading(heading)
}

/// What a text looks like, if it looks like a secret.
pub fn looks_like(text: &str) -> Option<&'static str> {
    let visible: String = text
        .chars()
        .filter(|c| *c == '\n' || !is_hidden(*c))
        .collect();
    let visible = lookalike::unmasked(&visible);
    // A label may stand on the line above its value, too.
    let in_one_line = || {
        let lines: Vec<&str> = visible.lines().collect();
        lines.len() > 1 && label::is_in(&lines.join(" "))
    };
    // A word of another script may consist of nothing but letters that look Latin.
    let disguised = || {
        let latin = lookalike::latinised(&visible);
        latin != visible && latin.lines().any(label::is_in)
    };
    let labelled = || visible.lines().any(label::is_in) || in_one_line() || disguised();
    let labelled = || labelled().then_some("a password");
    shape::of(&visible).or_else(labelled)
}

#[cfg(test)]
mod tests;
