//! One packet as a workbook: Packet, Facts, Checklist, Summary, Sources.

use super::page::{Margins, properties};
use super::style::Styles;
use super::{Result, book, checklist, cover, facts, sources, summary};
use crate::packets::{Estate, Issue};

/// Writes a packet.
///
/// # Errors
///
/// Only where the packet exceeds what the format can hold.
pub fn packet(issue: &Issue, estate: &Estate) -> Result<Vec<u8>> {
    let styles = Styles::new(book::BASE);
    let margins = Margins::of_packet(issue, estate);
    let (checklist, parts) = checklist::sheet(issue, &styles, &margins)?;
    let sheets = vec![
        cover::sheet(issue, estate, &styles, &margins)?,
        facts::sheet(&issue.packet, &styles, &margins)?,
        checklist,
        summary::sheet(&parts, &styles, &margins)?,
        sources::sheet(issue, &styles, &margins)?,
    ];
    book::bytes(&properties(issue, estate)?, sheets)
}

#[cfg(test)]
mod tests {
    use super::super::unzip::Parts;
    use super::*;
    use crate::render::fixture;

    fn parts() -> Parts {
        Parts::of(&packet(&fixture::with_gaps(), &fixture::estate()).unwrap())
    }

    #[test]
    fn the_same_packet_gives_the_same_bytes() {
        let once = packet(&fixture::issue(), &fixture::estate()).unwrap();
        let again = packet(&fixture::issue(), &fixture::estate()).unwrap();
        assert_eq!(once, again);
    }

    #[test]
    fn the_sheets_are_those_of_the_interface() {
        assert_eq!(
            parts().sheet_names(),
            ["Packet", "Facts", "Checklist", "Summary", "Sources"]
        );
    }

    #[test]
    fn nothing_becomes_a_formula() {
        let mut issue = fixture::issue();
        let evil = "=HYPERLINK(\"http://example.com\")";
        issue.packet.facts[0].facts[0].value = Some(evil.into());
        let parts = Parts::of(&packet(&issue, &fixture::estate()).unwrap());
        assert!(parts.strings().contains(&evil.to_owned()));
        // The summary counts; what it counts with is made of row numbers.
        for sheet in [1, 2, 3, 5] {
            assert!(!parts.sheet(sheet).contains("<f>"));
        }
        assert!(!parts.sheet(4).contains("HYPERLINK"));
    }

    #[test]
    fn a_withheld_command_shouts_and_is_not_printed() {
        let issue = fixture::hostile(fixture::with_gaps());
        let parts = Parts::of(&packet(&issue, &fixture::estate()).unwrap());
        let strings = parts.strings_of(3);
        let shout =
            |s: &&String| s.starts_with("GAP: the command is withheld") && s.contains("cell J4");
        assert_eq!(strings.iter().filter(shout).count(), 2);
        let printed = |s: &String| s.contains("Must-Never");
        assert!(!parts.strings().iter().any(printed));
    }

    #[test]
    fn routine_facts_stand_in_the_strip_only() {
        let parts = parts();
        let routine = "Name: Rtc-pool03-2014-06-07\nExpiration: 2014-07-05".to_owned();
        assert!(parts.strings_of(1).contains(&routine));
        assert!(!parts.strings_of(2).contains(&routine));
        assert!(parts.strings_of(1).contains(&"Never exercised".to_owned()));
        // The strip stands above the print area.
        assert!(parts.part("xl/workbook.xml").contains("Packet!$A$16:$D$"));
    }

    #[test]
    fn the_checklist_is_locked_but_for_what_is_filled_in() {
        let parts = parts();
        let sheet = parts.sheet(3);
        assert!(sheet.contains("<sheetProtection sheet=\"1\""));
        assert!(sheet.contains("\"done,skipped,failed\""));
        assert!(sheet.contains("type=\"custom\" allowBlank=\"1\""));
        assert!(sheet.contains("AND(ISNUMBER(E7),"));
        assert!(sheet.contains("type=\"date\""));
        assert!(sheet.contains("fitToHeight=\"0\""));
        assert!(!sheet.contains("password"));
    }

    #[test]
    fn the_document_says_what_it_is() {
        let mut estate = fixture::estate();
        estate.change = Some("CHG0012345".into());
        let parts = Parts::of(&packet(&fixture::with_gaps(), &estate).unwrap());
        let own = parts.part("docProps/custom.xml");
        let fingerprint = fixture::with_gaps().fingerprint;
        let pairs = [
            ("fingerprint", fingerprint.as_str()),
            ("edition", "3"),
            ("kind", "server"),
            ("fqdn", "sql05.contoso.com"),
            ("change", "CHG0012345"),
        ];
        for (name, value) in pairs {
            let (_, rest) = own
                .split_once(&format!("name=\"restore-packets {name}\">"))
                .unwrap_or_else(|| panic!("no {name}: {own}"));
            assert!(rest.starts_with(&format!("<vt:lpwstr>{value}</vt:lpwstr>")));
        }
        let core = parts.part("docProps/core.xml");
        for text in ["sql05.contoso.com</dc:subject>", "gaps</cp:contentStatus>"] {
            assert!(core.contains(text), "{core}");
        }
    }

    #[test]
    fn the_summary_counts_each_part_and_shows_a_checklist_not_begun() {
        let parts = parts();
        let sheet = parts.sheet(4);
        let formula = |f: &str, v: &str| format!("<f>{f}</f><v>{v}</v>");
        let done = formula("COUNTIF(Checklist!$G$9:$G$10,\"done\")", "0");
        let steps = formula("COUNTIF(Checklist!$A$9:$A$10,\"2.*\")", "1");
        let all = formula("SUM(B4:B12)", "35");
        for formula in [done, steps, all] {
            assert!(sheet.contains(&formula), "{formula}: {sheet}");
        }
    }
}
