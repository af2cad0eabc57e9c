//! The lane that is chosen above the checklist: a drop-down, which turns the parts of the others grey; and right of the
//! printed columns one narrow column for each lane, whose filter hides them. A workbook without macros cannot hide rows by
//! a drop-down, so the filter is one click more.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, DataValidation, Format, Worksheet};

use super::super::Result;
use super::super::contract::{IN_LANE, SHEET};
use super::super::summary::Part;
use crate::packets::{Packet, Procedure, procedures};

/// Room for a letter beside the arrow of its filter.
const FILTER_WIDTH: f64 = 5.0;

/// The letters, each with what must be true for it.
pub(super) fn words(packet: &Packet) -> String {
    let lanes = packet.lanes.iter();
    let lanes: Vec<String> = lanes
        .map(|it| format!("{}: {}", it.id, it.only_if))
        .collect();
    format!(
        "Choose the lane; the parts of the others turn grey and are not worked through. To hide them, open the filter \
         of the lane's letter, right of the table, and untick the blanks. {}.",
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

/// The columns right of the table: a mark in each row of a lane's parts, and the filters.
pub(super) fn filter(
    sheet: &mut Worksheet,
    packet: &Packet,
    parts: &[Part],
    (head, bottom): (u32, u32),
    style: &Format,
) -> Result<()> {
    if packet.lanes.len() < 2 {
        return Ok(());
    }
    let first = u16::try_from(super::HEADINGS.len()).unwrap_or_default();
    let mut last = first;
    for (column, lane) in (first..).zip(&packet.lanes) {
        sheet.set_column_width(column, FILTER_WIDTH)?;
        sheet.write_string_with_format(head, column, &lane.id, style)?;
        let own = procedures(packet).zip(parts);
        for (_, part) in own.filter(|(it, _)| it.lanes.contains(&lane.id)) {
            for row in part.rows.0..=part.rows.1 {
                sheet.write_string(row, column, IN_LANE)?;
            }
        }
        last = column;
    }
    sheet.autofilter(head, first, bottom, last)?;
    sheet.set_print_area(0, 0, bottom, first - 1)?;
    Ok(())
}

/// The letter of one of the first columns.
fn column(index: u16) -> char {
    char::from(b'A' + u8::try_from(index).unwrap_or_default())
}
