//! The sheet Facts: what the worksheets say, each with its cell, and blanks for what they do not.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::cover::value;
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use crate::packets::{Fact, Packet};

/// The columns' widths: together one page on its side.
const WIDTHS: [f64; 5] = [30.0, 28.0, 42.0, 30.0, 34.0];

/// Writes the sheet. What changes with every backup cycle is left out: it stands in the strip.
pub(super) fn sheet(packet: &Packet, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let mut sheet = Sheet::new("Facts", &WIDTHS)?;
    let headings = [
        "Group",
        "Fact",
        "Value",
        "As typed, where it differs",
        "Source",
    ];
    let head = sheet.row(&headings.map(|heading| Cell::new(heading, &styles.head)))?;
    for group in &packet.facts {
        for fact in group.facts.iter().filter(|fact| !fact.routine) {
            row(&mut sheet, &group.title, fact, styles)?;
        }
    }
    let bottom = sheet.next_row() - 1;
    let right = sheet.columns() - 1;
    sheet.inner.autofilter(head, 0, bottom, right)?;
    sheet.inner.set_repeat_rows(head, head)?;
    sheet.inner.set_freeze_panes(head + 1, 2)?;
    sheet.inner.set_tab_color(0x001F_4E9E_u32);
    margins.apply(&mut sheet.inner, Way::Landscape);
    protect(&mut sheet.inner);
    sheet.finish()
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
