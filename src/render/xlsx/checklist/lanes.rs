//! The lane that is chosen above the checklist: a drop-down, and the parts of the others in grey.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, DataValidation, Format, Worksheet};

use super::super::Result;
use super::super::contract::SHEET;
use super::super::summary::Part;
use crate::packets::{Packet, Procedure};

/// The letters, each with what must be true for it.
pub(super) fn words(packet: &Packet) -> String {
    let lanes = packet.lanes.iter();
    let lanes: Vec<String> = lanes
        .map(|it| format!("{}: {}", it.id, it.only_if))
        .collect();
    format!(
        "Choose the lane; the parts of the others turn grey and are not worked through. {}.",
        lanes.join(". ")
    )
}

/// When a part is not in the chosen lane, as a formula; `None` if it is in all.
pub(super) fn other(procedure: &Procedure, count: usize, chosen: (u32, u16)) -> Option<String> {
    (procedure.lanes.len() < count).then(|| {
        let cell = format!("{SHEET}!${}${}", column(chosen.1), chosen.0 + 1);
        let lanes = procedure.lanes.join(" ");
        format!("AND({cell}<>\"\",ISERROR(SEARCH(\" \"&{cell}&\" \",\" {lanes} \")))")
    })
}

/// The drop-down, and the grey.
pub(super) fn restrict(
    sheet: &mut Worksheet,
    packet: &Packet,
    parts: &[Part],
    chosen: (u32, u16),
) -> Result<()> {
    if packet.lanes.len() < 2 {
        return Ok(());
    }
    let letters: Vec<&str> = packet.lanes.iter().map(|it| it.id.as_str()).collect();
    let choice = DataValidation::new()
        .allow_list_strings(&letters)?
        .set_error_title("Lane")?
        .set_error_message("Choose one of the letters in the list.")?;
    sheet.add_data_validation(chosen.0, chosen.1, chosen.0, chosen.1, &choice)?;
    let grey = Format::new().set_font_color(Color::RGB(0x00A6_A6A6));
    for part in parts {
        let Some(other) = &part.other else { continue };
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("={other}").as_str())
            .set_format(grey.clone());
        let last = u16::try_from(super::HEADINGS.len() - 1).unwrap_or_default();
        sheet.add_conditional_format(part.rows.0, 0, part.rows.1, last, &rule)?;
    }
    Ok(())
}

/// The letter of one of the first columns.
fn column(index: u16) -> char {
    char::from(b'A' + u8::try_from(index).unwrap_or_default())
}
