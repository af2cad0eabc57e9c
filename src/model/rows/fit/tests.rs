//! Rows of separated text as hands and programs write them.

use std::sync::Arc;

use crate::finding::Code;
use crate::inventory;
use crate::workbook;

/// The rows that were used, by their numbers, and what was said of rows.
fn read(text: &str) -> (Vec<u32>, Vec<(Code, u32)>) {
    let mut sheets = workbook::read(&Arc::from("servers.csv"), text.as_bytes()).sheets;
    let read = inventory::read(&mut sheets);
    let rows = read.tables[0].rows.keys().map(|row| row + 1).collect();
    let findings = read.findings.iter().filter_map(|finding| {
        let row = finding.place.as_ref()?.at_row()?;
        let is_fit = matches!(
            finding.code,
            Code::RowMisfit | Code::ShortRows | Code::UnclosedQuote
        );
        is_fit.then_some((finding.code, row + 1))
    });
    (rows, findings.collect())
}

const HEAD: &str = "Server FQDN,Role,Pool FQDN,Site,Operating system,IP address,Location,RTO (hours),System image,Notes\n";
const FE01: &str = "fe01.contoso.com,Front End Server,pool01.contoso.com,Seattle,Windows Server 2012,10.1.10.11,rack A1,4,,\n";
const FE02: &str = "fe02.contoso.com,Front End Server,pool01.contoso.com,Seattle,Windows Server 2012,10.1.10.12,rack A2,4,,\n";

fn table(rows: &[&str]) -> (Vec<u32>, Vec<(Code, u32)>) {
    read(&format!("{HEAD}{FE01}{FE02}{}", rows.concat()))
}

#[test]
fn rows_whose_cells_moved_are_taken_out() {
    let unfit = [
        "sql01.contoso.com,Back End Server,,Seattle,Windows, Standard,10.1.20.11,rack C1,6,,\n",
        "sql01.contoso.com,Back End Server,Seattle,Windows Server 2012,10.1.20.11,rack C1,6,,\n",
        "sql01.contoso.com,Back End Server,,Seattle,Windows Server 2012,10.1.20.11,rack C1,6,img,note,more\n",
        "sql01.contoso.com,,Seattle,Windows Server 2012,10.1.20.11\n",
        "sql01.contoso.com\n",
        "fs01.contoso.com,File Server,,Seattle,,10.1.30.11,rack C1,6,image of May\n",
    ];
    for row in unfit {
        let expected = (vec![2, 3], vec![(Code::RowMisfit, 4)]);
        // Without anything behind `Notes` elsewhere, a row may end early: the last one lacks a cell that others fill.
        let filled = FE02.replace(",,\n", ",,by hand\n");
        let found = read(&format!("{HEAD}{FE01}{filled}{row}"));
        assert_eq!(found, expected, "{row}");
    }
}

#[test]
fn rows_that_leave_blanks_out_are_used() {
    let trimmed = [
        "sql01.contoso.com,Back End Server\n",
        "sql01.contoso.com,Back End Server,,Seattle\n",
        "sql01.contoso.com,Back End Server,,Seattle,Windows Server 2012,10.1.20.11,rack C1,6\n",
        "sql01.contoso.com,Back End Server,,Seattle,Windows Server 2012,10.1.20.11,rack C1,6,,,\n",
    ];
    for row in trimmed {
        let expected = (vec![2, 3, 4], vec![(Code::ShortRows, 4)]);
        assert_eq!(table(&[row]), expected, "{row}");
    }
    let block = [
        "fs01.contoso.com,File Server,,,,,,,\n",
        "fs02.contoso.com,File Server,,,,,,,\n",
    ];
    assert_eq!(
        table(&block),
        (vec![2, 3, 4, 5], vec![(Code::ShortRows, 4)])
    );
}

#[test]
fn rows_that_all_end_with_a_separator_are_whole_unless_all_have_moved() {
    let head = "Item,Location,Version,Notes\n";
    let padded = read(&format!("{head}A,room 1,1,,\nB,room 2,2,,\nC,room 3,3,,\n"));
    assert_eq!(padded, (vec![2, 3, 4], vec![]));
    let moved = read(&format!(
        "{head}A,room 1, left,1,\nB,room 2, left,2,\nC,room 3, left,3,\n"
    ));
    let expected = [2, 3, 4].map(|row| (Code::RowMisfit, row));
    assert_eq!(moved, (vec![], expected.to_vec()));
}

#[test]
fn headings_that_moved_take_their_rows_with_them() {
    let rows = "A,room 1,1,\nB,room 2,2,\nC,room 3,3,\n";
    for head in [
        "Item,Location,,Version,Notes\n",
        "Item,Location,VersionNotes\n",
    ] {
        let found = read(&format!("{head}{rows}"));
        assert_eq!(found.0, Vec::<u32>::new(), "{head}");
    }
    let open = read("Item,Location,Version,Notes\nA,room one\",1,\nB,room 2,2,\n");
    assert_eq!(open, (vec![3], vec![(Code::RowMisfit, 2)]));
}

#[test]
fn a_quotation_that_swallows_rows_is_noticed_and_a_long_text_is_none() {
    let open = FE02.replace("rack A2", "\"rack A2");
    let close = "fs01.contoso.com,File Server,,,,,rack C7\",6,,\n";
    let later = FE01.replace("fe01", "fe09");
    let found = read(&format!("{HEAD}{FE01}{open}{close}{later}"));
    assert_eq!(found, (vec![2, 4], vec![(Code::RowMisfit, 3)]));
    let first = read(&format!("{HEAD}{FE01}\"{FE02}{close}{FE01}"));
    assert_eq!(first.1, [(Code::RowMisfit, 3)]);
    let prose = FE02.replace(",,\n", ",,\"a, b, c, d, e, f, g, h, i, j,\nk, l\"\n");
    assert_eq!(read(&format!("{HEAD}{FE01}{prose}")), (vec![2, 3], vec![]));
    let small = "Setting,Value\nPaper size,\"A4, or Letter,\nas you like\"\nCopies,2\n";
    assert_eq!(read(small), (vec![2, 3], vec![]));
    let torn = "Setting,Value\nPaper size,\"A4\nCopies,2\"\nRPO (hours),4\n";
    assert_eq!(read(torn), (vec![3], vec![(Code::RowMisfit, 2)]));
}

#[test]
fn a_row_in_one_cell_is_no_title() {
    let semicolons = FE02.trim_end().replace(',', ";");
    let folded = [
        semicolons.clone(),
        semicolons.replace(';', "\t"),
        semicolons.replace(';', "|"),
        format!("{semicolons},,,,"),
        format!("\"{}\"", FE02.trim_end()),
        "\"fe02.contoso.com, Front End Server, pool01.contoso.com, Seattle, Windows, 10.1.10.12\""
            .to_owned(),
        "fe02.contoso.com;Front End Server".to_owned(),
        semicolons.replace("fe02.contoso.com", "fe02"),
    ];
    for row in folded {
        let found = read(&format!(
            "{HEAD}{FE01}{row}\n{}",
            FE01.replace("fe01", "fe09")
        ));
        assert_eq!(found, (vec![2, 4], vec![(Code::RowMisfit, 3)]), "{row}");
    }
    let titles = [
        "\"Servers, site Bern, as of June\"",
        "Servers; site Bern; as of June",
        "Servers | site Bern | as of June",
        "\"fe01.contoso.com, fe02.contoso.com: both are virtual\"",
        "\"* fe01.contoso.com: see the plan, page 4\"",
    ];
    for row in titles {
        let found = read(&format!("{HEAD}{FE01}{row}\n{FE02}"));
        assert_eq!(found, (vec![2, 4], vec![]), "{row}");
    }
}

const PATHS: &str = "Server FQDN,Role,Pool FQDN,SQL instance,SQL data path,SQL log path,IP address,Location,Owner,RTO (hours),System image,Notes\n";

/// A table of one row that is not known to be good, with three good ones.
fn with_paths(row: &str, ending: &str) -> (Vec<u32>, Vec<(Code, u32)>) {
    let good = [
        "fe01.contoso.com,Front End Server,pool01.contoso.com,,,,10.1.10.11,rack A1,UC,4",
        "sql01.contoso.com,Back End Server,,RTC,E:\\SQLData,F:\\SQLLogs,10.1.20.11,rack C1,DB,6",
        "fs01.contoso.com,File Server,,,,,10.1.30.11,rack C7,Win,6",
    ];
    let good = good.map(|row| format!("{row}{ending}\n")).concat();
    read(&format!("{PATHS}{good}{row}\n"))
}

#[test]
fn values_that_stand_beside_their_columns_are_noticed_in_rows_of_any_width() {
    let moved = [
        "fe02.contoso.com,Front End Server,pool01.contoso.com,,,10.1.10.12,rack A2,UC,4",
        "fe02.contoso.com,Front End Server,pool01.contoso.com,,,,,10.1.10.12,rack A2,UC,4",
        "sql02.contoso.com,Back End Server,,RTC,E:\\SQLData F:\\SQLLogs,10.1.20.12,rack C1,DB,6,,,",
        "sql02.contoso.com,Back End Server,,RTC,E:\\SQLData,10.1.20.12,F:\\SQLLogs,rack C1,DB,6,,",
    ];
    for row in moved {
        for ending in ["", ",,"] {
            let found = with_paths(row, ending);
            assert_eq!(found.0, vec![2, 3, 4], "{row}");
            assert!(found.1.contains(&(Code::RowMisfit, 5)), "{row}");
        }
    }
    let good = [
        "fe02.contoso.com,Front End Server,pool01.contoso.com,,,,by DHCP,rack A2,UC,four,,",
        "fe02.contoso.com,Front End Server,pool01.contoso.com,,,,,host 10.1.1.1,UC,tbd,,",
        "sql02.contoso.com,Back End Server,,SQL02\\RTC,,F:\\SQLLogs,10.1.20.12,room 4,2,,\\\\nas\\img,10.1.1.1",
    ];
    for row in good {
        assert_eq!(with_paths(row, ",,"), (vec![2, 3, 4, 5], vec![]), "{row}");
    }
}
