//! A run with templates of one's own begins with a trial: each of them is rendered for the sample organization.
//!
//! What fails there would fail anywhere, so nothing is issued. What fails with one packet's data alone is found when that
//! packet is made, and costs that packet.

mod layouts;

use jiff::civil::Date;

use crate::decisions::Table;
use crate::finding::{Finding, Place};
use crate::inventory::{self, Inventory};
use crate::packets;
use crate::product::{Product, schema};
use crate::rows::Accepted;
use crate::starter;
use crate::template::Engine;
use crate::workbook::{RawValue, Sheet};

use super::own::{LAYOUT, Own};

/// Tries the templates on the sample organization, and the procedures on one that knows nothing but names, too.
///
/// # Errors
/// What is wrong with the first that fails.
pub fn run(engine: &Engine, table: &Table, own: &Own, as_of: Date) -> Result<(), Finding> {
    let product = table.product;
    let organizations = [sample(product, |_, _| true), sample(product, is_name)];
    if let Some(finding) = packets::try_procedures(engine, table, &organizations) {
        return Err(finding);
    }
    if own.keys().any(|name| name.starts_with(LAYOUT)) {
        layouts::run(engine, table, &organizations[0], as_of)?;
    }
    Ok(())
}

/// Whether a column says no more than what there is and how it belongs together.
fn is_name(kind: &str, heading: &str) -> bool {
    let is_kept = [schema::SERVERS, schema::POOLS].contains(&kind);
    is_kept && (heading.contains("FQDN") || ["Role", "Pool type"].contains(&heading))
}

/// The sample organization, with the cells of these columns.
fn sample(product: &'static Product, keeps: impl Fn(&str, &str) -> bool) -> Inventory {
    let files = starter::sample();
    let sheets = files.iter().flat_map(|file| {
        file.sheets.iter().map(|sheet| {
            let place = Place::file(file.name).sheet(sheet.kind.title.as_str());
            sheet_of(place, sheet, &keeps)
        })
    });
    let accepted = Accepted::default();
    inventory::read_of(product, &mut sheets.collect::<Vec<_>>(), &accepted).inventory
}

fn sheet_of(place: Place, from: &starter::Sheet, keeps: impl Fn(&str, &str) -> bool) -> Sheet {
    let mut sheet = Sheet::new(place);
    let columns = &from.kind.columns;
    let headings = columns.iter().map(|column| column.heading.as_str());
    let headings: Vec<&str> = headings.collect();
    let is_kept = |heading: &str| keeps(&from.kind.id, heading);
    let rows = from
        .rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect());
    for (row, cells) in (0..).zip(std::iter::once(headings.clone()).chain(rows)) {
        let cells = (0..).zip(headings.iter().zip(cells));
        let kept = cells.filter(|(_, (heading, text))| is_kept(heading) && !text.is_empty());
        let kept = kept.map(|(column, (_, text))| (column, RawValue::Text(text.to_owned())));
        sheet.rows.insert(row, kept.collect());
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_pass() {
        let templates = crate::template::builtin();
        let (engine, _) = Engine::load(&templates);
        let (table, _) = Table::read(
            crate::product::Product::built_in(),
            &templates[crate::decisions::FILE],
        );
        let tried = run(&engine, &table, &templates, jiff::civil::date(2014, 6, 10));
        assert_eq!(tried, Ok(()));
    }

    #[test]
    fn both_organizations_have_every_server_and_pool() {
        let product = Product::built_in();
        let whole = sample(product, |_, _| true);
        let names = sample(product, is_name);
        assert!(whole.servers.len() > 20 && whole.deployment.text("Product").is_some());
        assert_eq!(whole.servers.len(), names.servers.len());
        assert_eq!(whole.pools.len(), names.pools.len());
        assert!(names.certificates.is_empty() && names.deployment.text("Product").is_none());
    }
}
