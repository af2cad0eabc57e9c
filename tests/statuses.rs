//! `ready` is a promise, and `check` makes the same as `build`: over the sample and slips in its cells, on two days; over its
//! variants, which `lanes/variants.toml` holds, and estates in which they come together. Whatever one of their packets marks
//! as missing has a finding.

#[path = "lanes/cases.rs"]
mod cases;
#[path = "common/gaps.rs"]
mod gaps;

use std::collections::BTreeMap;

use cases::Estate;
use jiff::civil::{Date, date};
use restore_packets::contract::StatusData;
use restore_packets::packets::Concerning;
use restore_packets::{Format, IssuedBefore, Manifest, Options, Unwatched, assemble, issue, read};

/// What `check` says of each packet, and what `build` writes down of them.
fn both(estate: &Estate, options: &Options) -> (BTreeMap<(String, String), String>, Manifest) {
    let mut reading = read(estate.inputs(), options).expect("they are read");
    let assembly = assemble(&reading, options, &Unwatched).expect("packets are made");
    for packet in &assembly.packets {
        let unsaid = gaps::unsaid(packet, &reading.findings, &assembly.findings);
        assert_eq!(unsaid, Vec::<String>::new(), "{}", estate.name);
    }
    let day = Concerning::on_the_day(&reading.findings);
    let statuses = assembly.packets.iter().map(|it| StatusData::new(it, &day));
    let named = statuses.map(|it| ((it.kind.to_owned(), it.fqdn), it.status.to_owned()));
    let checked = named.collect();
    let standing = IssuedBefore::default();
    let issued = issue(&mut reading, &standing, options, &Unwatched).expect("they are issued");
    (checked, issued.expect("there are packets").manifest)
}

fn holds(what: &str, estate: &Estate, day: Date) {
    let options = Options {
        formats: vec![Format::Json],
        ..Options::on(day)
    };
    let (checked, Manifest { packets, .. }) = both(estate, &options);
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
        holds("the sample", &Estate::sample(), day);
    }
}

#[test]
fn they_agree_on_every_variant_of_it_and_where_variants_come_together() {
    for estate in cases::all().iter().chain(&cases::generated(4)) {
        holds(&estate.name, estate, date(2014, 6, 10));
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
    let whole = Estate::sample();
    let mut count = 0;
    for (name, rows) in &whole.sheets {
        for (row, cells) in rows.iter().enumerate().skip(1) {
            for (column, heading) in rows[0].iter().enumerate().take(cells.len()) {
                count += 1;
                if count % STEP != 0 {
                    continue;
                }
                let slip = slips[(count / STEP) % slips.len()];
                let mut estate = whole.clone();
                let sheet = estate.sheets.get_mut(name).expect("a sheet");
                slip.clone_into(&mut sheet[row][column]);
                let what = format!("{name}, row {row}, {heading}: `{slip}`");
                holds(&what, &estate, date(2014, 6, 10));
            }
        }
    }
    assert!(count / STEP >= 8, "{count} cells");
}
