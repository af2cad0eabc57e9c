//! `ready` is a promise, and `check` makes the same as `build`: over the sample and slips in its cells, on two days.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use restore_packets::contract::StatusData;
use restore_packets::packets::Concerning;
use restore_packets::starter;
use restore_packets::{
    Format, Inputs, IssuedBefore, Manifest, Options, Unwatched, assemble, issue, read,
};

/// Worksheets as CSV, by name: rows of cells, the first the headings.
type Sheets = BTreeMap<String, Vec<Vec<String>>>;

fn sample() -> Sheets {
    let files = starter::sample();
    let sheets = files.iter().flat_map(|file| &file.sheets).map(|sheet| {
        let columns = sheet.kind.columns.iter();
        let head: Vec<String> = columns.map(|column| column.heading.clone()).collect();
        let rows = std::iter::once(head).chain(sheet.rows.clone());
        (sheet.kind.id.clone(), rows.collect())
    });
    sheets.collect()
}

fn inputs(sheets: &Sheets) -> Inputs {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let named = sheets.iter().map(|(name, rows)| {
        let text: String = rows.iter().map(line).collect();
        (format!("{name}.csv"), text.into_bytes())
    });
    let named: Vec<(String, Vec<u8>)> = named.collect();
    Inputs::of_files(
        named
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.clone())),
    )
}

/// What `check` says of each packet, and what `build` writes down of them.
fn both(sheets: &Sheets, options: &Options) -> (BTreeMap<(String, String), String>, Manifest) {
    let mut reading = read(inputs(sheets), options).expect("they are read");
    let assembly = assemble(&reading, options, &Unwatched).expect("packets are made");
    let day = Concerning::on_the_day(&reading.findings);
    let statuses = assembly.packets.iter().map(|it| StatusData::new(it, &day));
    let named = statuses.map(|it| ((it.kind.to_owned(), it.fqdn), it.status.to_owned()));
    let checked = named.collect();
    let standing = IssuedBefore::default();
    let issued = issue(&mut reading, &standing, options, &Unwatched).expect("they are issued");
    (checked, issued.expect("there are packets").manifest)
}

fn holds(what: &str, sheets: &Sheets, day: Date) {
    let options = Options {
        formats: vec![Format::Json],
        ..Options::on(day)
    };
    let (checked, Manifest { packets, .. }) = both(sheets, &options);
    assert_eq!(checked.len(), packets.len(), "{what}");
    for packet in packets {
        let name = (packet.kind.as_str().to_owned(), packet.fqdn.clone());
        assert_eq!(checked[&name], packet.status.as_str(), "{what}: {name:?}");
        if packet.status.as_str() == "ready" {
            assert!(
                !packet.scenarios.is_empty(),
                "{what}: {name:?} has no procedure"
            );
            let findings = serde_json::to_value(&packet.findings).expect("they have a form");
            let mut findings = findings.as_array().expect("a list").iter();
            assert!(
                findings.all(|it| it["severity"] != "error"),
                "{what}: {name:?}"
            );
        }
    }
}

#[test]
fn check_and_build_agree_on_the_sample_and_no_ready_packet_has_an_error() {
    for day in [date(2014, 6, 10), date(2015, 9, 17)] {
        holds("the sample", &sample(), day);
    }
}

#[test]
fn they_agree_where_a_cell_is_wrong() {
    // Every so many cells, so that each sheet has its turn and a run stays short.
    const STEP: usize = 149;
    let slips = [
        "",
        "TBD",
        "fe01.contoso.com",
        "see notes",
        "sql05.contoso.com\\RTC",
    ];
    let whole = sample();
    let mut count = 0;
    for (name, rows) in &whole {
        for (row, cells) in rows.iter().enumerate().skip(1) {
            for (column, heading) in rows[0].iter().enumerate().take(cells.len()) {
                count += 1;
                if count % STEP != 0 {
                    continue;
                }
                let slip = slips[(count / STEP) % slips.len()];
                let mut sheets = whole.clone();
                slip.clone_into(&mut sheets.get_mut(name).expect("a sheet")[row][column]);
                let what = format!("{name}, row {row}, {heading}: `{slip}`");
                holds(&what, &sheets, date(2014, 6, 10));
            }
        }
    }
    assert!(count / STEP >= 8, "{count} cells");
}
