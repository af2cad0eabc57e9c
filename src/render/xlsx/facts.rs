//! The sheet Facts: what the worksheets say, each with its cell, and blanks for what they do not.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::cover::value;
use super::page::Margins;
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use super::table::Table;
use crate::packets::{Fact, Packet};

const FACTS: Table<'_> = Table {
    name: "Facts",
    headings: &[
        "Group",
        "Fact",
        "Value",
        "As typed, where it differs",
        "Source",
    ],
    frozen: 2,
    tab: 0x001F_4E9E,
};

/// Writes the sheet. What changes with every backup cycle is left out: it stands in the strip.
pub(super) fn sheet(packet: &Packet, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    FACTS.write(styles, margins, |sheet| {
        for group in &packet.facts {
            for fact in group.facts.iter().filter(|fact| !fact.routine) {
                row(sheet, &group.title, fact, styles)?;
            }
        }
        Ok(())
    })
}

/// One fact.
fn row(sheet: &mut Sheet, group: &str, fact: &Fact, styles: &Styles) -> Result<()> {
    let differs = fact.value.as_deref() != Some(fact.text.as_str());
    let typed = if differs { fact.text.as_str() } else { "" };
    let source = match &fact.place {
        Some(place) => place.short(),
        None => "no worksheet row".to_owned(),
    };
    sheet.row(&[
        Cell::new(group, &styles.cell),
        Cell::new(fact.name.as_str(), &styles.label),
        value(fact, styles),
        Cell::new(typed, &styles.cell),
        Cell::new(source, &styles.cell),
    ])?;
    Ok(())
}
