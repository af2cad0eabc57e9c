//! The index as a workbook: what failed, and which packet helps; readiness at a glance.

use rust_xlsxwriter::Worksheet;

use super::cover::unmarked;
use super::page::{Margins, dated, marked};
use super::sheet::Cell;
use super::style::Styles;
use super::table::Table;
use super::{Result, book};
use crate::finding::{Subject, SubjectKind};
use crate::packets::Estate;
use crate::plan::card::Card;
use crate::render::format::packet_stem;
use crate::render::index::{IndexEntry, Readiness, weakest_first};

/// Writes the index.
///
/// # Errors
///
/// Only where the index exceeds what the format can hold.
pub fn index(entries: &[IndexEntry], cards: &[Card], estate: &Estate) -> Result<Vec<u8>> {
    let styles = Styles::new(book::BASE);
    let margins = Margins::of_estate("Restore packets", estate);
    let sheets = vec![
        card(entries, cards, &styles, &margins)?,
        chooser(entries, &styles, &margins)?,
        packets(entries, &styles, &margins)?,
        readiness(entries, estate, &styles, &margins)?,
    ];
    let properties = marked(dated(estate.as_of)?, "index")
        .set_title("Restore packets: index")
        .set_company(estate.organization.as_deref().unwrap_or_default());
    book::bytes(&properties, sheets)
}

/// From symptoms to packets: one row per question and packet.
fn card(
    entries: &[IndexEntry],
    cards: &[Card],
    styles: &Styles,
    margins: &Margins,
) -> Result<Worksheet> {
    let table = Table {
        name: "Card",
        headings: &[
            "Site",
            "What do people see?",
            "Ask",
            "If no",
            "Open the packet",
        ],
        frozen: 1,
        tab: 0x00B0_0020,
    };
    table.write(styles, margins, |sheet| {
        for card in cards {
            for symptom in &card.symptoms {
                for question in &symptom.questions {
                    let mut packets: Vec<Option<&Subject>> =
                        question.packets.iter().map(Some).collect();
                    if packets.is_empty() {
                        packets.push(None);
                    }
                    for packet in packets {
                        sheet.row(&[
                            Cell::new(card.site.as_deref().unwrap_or("no site"), &styles.cell),
                            Cell::new(symptom.title, &styles.label),
                            Cell::new(question.text.as_str(), &styles.cell),
                            Cell::new(question.no.as_str(), &styles.cell),
                            leading_to(packet, entries, styles),
                        ])?;
                    }
                }
            }
        }
        Ok(())
    })
}

/// The link to a packet, if one has been issued.
fn leading_to<'s>(
    packet: Option<&Subject>,
    entries: &[IndexEntry],
    styles: &'s Styles,
) -> Cell<'s> {
    let Some(subject) = packet else {
        return Cell::new("", &styles.cell);
    };
    let text = format!("{} {}", subject.kind.as_str(), subject.fqdn);
    let issued = entries
        .iter()
        .any(|it| it.kind == subject.kind && it.fqdn == subject.fqdn);
    if issued {
        Cell::new(text, &styles.link).link(format!("{}.xlsx", packet_stem(subject)))
    } else {
        Cell::new(format!("{text}: no packet"), &styles.gap)
    }
}

/// One row per packet and situation: find what failed, open the packet.
fn chooser(entries: &[IndexEntry], styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let table = Table {
        name: "What failed",
        headings: &[
            "What failed?",
            "Kind",
            "Site",
            "Role",
            "Situation",
            "Packet",
        ],
        frozen: 1,
        tab: 0x001F_4E9E,
    };
    table.write(styles, margins, |sheet| {
        for entry in entries {
            for situation in situations(entry) {
                sheet.row(&[
                    Cell::new(entry.name.as_str(), &styles.label),
                    Cell::new(entry.kind.as_str(), &styles.cell),
                    Cell::new(entry.site.as_deref().unwrap_or_default(), &styles.cell),
                    Cell::new(entry.role.as_str(), &styles.cell),
                    Cell::new(situation, &styles.cell),
                    open(entry, styles),
                ])?;
            }
        }
        Ok(())
    })
}

/// One row per packet, with edition and status, the weakest first.
fn packets(entries: &[IndexEntry], styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let table = Table {
        name: "Packets",
        headings: &[
            "Packet",
            "Kind",
            "Site",
            "Status",
            "Why",
            "Edition",
            "Fingerprint",
            "Last exercised",
            "Rows of the decision table",
        ],
        frozen: 1,
        tab: 0x0022_2B36,
    };
    table.write(styles, margins, |sheet| {
        for entry in weakest_first(entries) {
            let ids: Vec<_> = entry.scenarios.iter().map(|row| row.id.as_str()).collect();
            sheet.row(&[
                Cell::new(entry.name.as_str(), &styles.link).link(target(entry)),
                Cell::new(entry.kind.as_str(), &styles.cell),
                Cell::new(entry.site.as_deref().unwrap_or_default(), &styles.cell),
                Cell::new(state(entry), &styles.strong),
                Cell::new(why(entry), &styles.cell),
                Cell::new(entry.edition.to_string(), &styles.cell),
                Cell::new(entry.fingerprint.as_str(), &styles.code),
                Cell::new(exercised(entry), &styles.cell),
                Cell::new(ids.join("\n"), &styles.cell),
            ])?;
        }
        Ok(())
    })
}

/// How many packets are ready, of servers, of pools and together.
fn readiness(
    entries: &[IndexEntry],
    estate: &Estate,
    styles: &Styles,
    margins: &Margins,
) -> Result<Worksheet> {
    let of = |kind| entries.iter().filter(move |entry| entry.kind == kind);
    let rows = [
        ("Servers", Readiness::of(of(SubjectKind::Server))),
        ("Pools", Readiness::of(of(SubjectKind::Pool))),
        ("Together", Readiness::of(entries)),
    ];
    let table = Table {
        name: "Readiness",
        headings: &["As of", "Packets of", "Blocked", "Gaps", "Ready", "All"],
        frozen: 1,
        tab: 0x002E_7D32,
    };
    table.write(styles, margins, |sheet| {
        let as_of = estate.as_of.to_string();
        for (name, counts) in rows {
            let numbers = [counts.blocked, counts.gaps, counts.ready, counts.total()];
            let numbers = numbers.map(|n| Cell::number(n, &styles.count));
            let names = [
                Cell::new(as_of.as_str(), &styles.cell),
                Cell::new(name, &styles.label),
            ];
            let cells: Vec<_> = names.into_iter().chain(numbers).collect();
            sheet.row(&cells)?;
        }
        Ok(())
    })
}

/// What can have happened to a server or pool: one line for each row that applies, or an honest none.
fn situations(entry: &IndexEntry) -> Vec<&str> {
    if entry.scenarios.is_empty() {
        return vec![
            "No row of the decision table covers this: facts and general preparation only",
        ];
    }
    let situations = entry.scenarios.iter();
    situations.map(|row| row.situation.as_str()).collect()
}

/// Why the packet is not ready: one line for each reason, with its cell.
fn why(entry: &IndexEntry) -> String {
    let lines = entry.reasons.iter().map(|reason| {
        let place = reason
            .place
            .as_ref()
            .map(|place| format!(" ({})", place.short()));
        format!("{}{}", unmarked(&reason.text), place.unwrap_or_default())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// How ready the packet is, and since when it was not refreshed.
fn state(entry: &IndexEntry) -> String {
    let status = entry.status.as_str();
    match &entry.not_refreshed_since {
        Some(since) => format!("{status}\nnot refreshed since {since}"),
        None => status.to_owned(),
    }
}

/// The day of the last exercise, or that there was none.
fn exercised(entry: &IndexEntry) -> String {
    let day = entry.exercised.map(|day| day.to_string());
    day.unwrap_or_else(|| "never".to_owned())
}

/// The link to the packet, which says how ready it is.
fn open<'s>(entry: &IndexEntry, styles: &'s Styles) -> Cell<'s> {
    let words = format!("open ({})", entry.status.as_str());
    Cell::new(words, &styles.link).link(target(entry))
}

/// The packet's workbook, relative to the index.
fn target(entry: &IndexEntry) -> String {
    format!("{}.xlsx", entry.stem)
}

#[cfg(test)]
mod tests {
    use super::super::unzip::Parts;
    use super::*;
    use crate::packets::Status;
    use crate::render::fixture;

    #[test]
    fn every_situation_leads_to_its_packet() {
        let mut entry = IndexEntry::new(&fixture::issue(), "servers/sql03.contoso.com");
        entry.status = Status::Gaps;
        let situation = entry.scenarios[0].situation.clone();
        let bytes = index(&[entry], &[], &fixture::estate()).unwrap();
        let parts = Parts::of(&bytes);
        assert_eq!(
            parts.sheet_names(),
            ["Card", "What failed", "Packets", "Readiness"]
        );
        let links = parts.part("xl/worksheets/_rels/sheet2.xml.rels");
        assert_eq!(
            links
                .matches("Target=\"servers/sql03.contoso.com.xlsx\"")
                .count(),
            2
        );
        let rows = parts.strings_of(2);
        assert!(rows.contains(&situation));
        assert_eq!(rows.iter().filter(|text| *text == "open (gaps)").count(), 2);
    }

    #[test]
    fn an_empty_estate_has_an_index_too() {
        let bytes = index(&[], &[], &fixture::estate()).unwrap();
        let parts = Parts::of(&bytes);
        assert_eq!(parts.sheet(4).matches("\"><v>0</v>").count(), 12);
    }
}
