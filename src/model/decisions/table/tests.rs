//! Tests of the decision table: what it holds, what it refuses, and what a worksheet row inherits.

use super::*;

/// The table this program comes with.
fn built_in() -> String {
    crate::template::builtin()[FILE].clone()
}

#[test]
fn the_built_in_table_has_the_ten_rows_and_no_findings() {
    let (table, findings) = Table::read(Product::built_in(), &built_in());
    assert_eq!(findings, []);
    let ids: Vec<&str> = table.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "standard-edition-server",
            "central-management-store",
            "back-end-server",
            "mirrored-back-end-primary",
            "mirrored-back-end-mirror",
            "member-server",
            "pool",
            "file-store",
            "monitoring-archiving-database",
            "persistent-chat-database",
        ]
    );
}

#[test]
fn a_row_that_repeats_the_words_of_another_means_the_same() {
    let (built_in, _) = Table::read(Product::built_in(), &built_in());
    let rows = built_in.rows.iter().enumerate();
    let rows =
        rows.map(|(number, row)| format!("{},Page {number},r{number}\n", row.if_this_failed));
    let csv = format!(
        "If this failed,See this section,Id\n{}",
        rows.collect::<String>()
    );
    let mut sheets = crate::workbook::read(&"own.csv".into(), csv.as_bytes()).sheets;
    let own = crate::inventory::read(&mut sheets).inventory.decisions;
    let (own, findings) = Table::of_worksheet(&own, &built_in);
    assert_eq!(findings, []);
    assert_eq!(own.rows.len(), built_in.rows.len());
    for (own, row) in own.rows.iter().zip(&built_in.rows) {
        assert_ne!(own.id, row.id);
        assert_eq!((&own.means, own.marks), (&row.means, row.marks));
        assert_eq!(own.yields_to, row.yields_to);
    }
}

#[test]
fn an_unknown_word_is_reported_and_the_nearest_named() {
    let text = built_in().replace("applies-to = [\"pool\"]", "applies-to = [\"pol\"]");
    let (_, findings) = Table::read(Product::built_in(), &text);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `pool`?"));
    let line = text
        .lines()
        .position(|line| line.contains("\"pol\""))
        .unwrap();
    let place = findings[0].place.as_ref().unwrap().short();
    assert_eq!(place, format!("{FILE}:{}", line + 1));
}

/// A row of an older file would mean something else in silence.
#[test]
fn a_row_that_does_not_say_what_it_is_about_or_when_it_fits_is_refused() {
    for line in ["about = \"file-store\"\n", "fits = \"primary-lost\"\n"] {
        let text = built_in().replacen(line, "", 1);
        let (table, findings) = Table::read(Product::built_in(), &text);
        assert!(table.rows.is_empty(), "{line}");
        assert_eq!(findings[0].code, Code::TemplateError, "{line}");
    }
}

#[test]
fn a_broken_file_is_one_finding_with_its_line() {
    let (table, findings) = Table::read(Product::built_in(), "[[row]]\nid = 3\n");
    assert!(table.rows.is_empty());
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, Code::TemplateError);
}
