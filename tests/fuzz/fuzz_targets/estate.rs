//! The sample organization with its cells, rows and columns changed in any way, through the whole of a run. No panic, no
//! refusal, the same packets twice, and no packet that says READY above a command it cannot print.

#![no_main]

use std::sync::LazyLock;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use restore_packets::packets::{self, Status};
use restore_packets::{Inputs, Options, Unwatched, assemble, read, starter};

/// One change: table, row and column (each counted round), what is done, and a text for it. A line of the fuzzer's input.
struct Change<'a> {
    at: [usize; 3],
    kind: u8,
    text: &'a str,
}

impl<'a> Change<'a> {
    fn of(line: &'a [u8]) -> Option<Self> {
        let ([table, row, column, kind], text) = line.split_first_chunk()?;
        Some(Self {
            at: [*table, *row, *column].map(usize::from),
            kind: *kind,
            text: std::str::from_utf8(text).unwrap_or("\u{fffd}"),
        })
    }
}

/// A table with its name.
type Table = (String, Vec<Vec<String>>);

fuzz_target!(|bytes: &[u8]| {
    let mut tables = SAMPLE.clone();
    for change in bytes
        .split(|it| *it == b'\n')
        .take(20)
        .filter_map(Change::of)
    {
        let at = change.at[0] % tables.len();
        apply(&mut tables[at].1, &change);
    }
    let options = Options::on(date(2014, 6, 10));
    let run = || {
        let files = tables.iter().map(|(name, rows)| (name.as_str(), csv(rows)));
        let reading =
            read(Inputs::of_files(files), &options).expect("worksheets alone stop no run");
        assemble(&reading, &options, &Unwatched)
            .expect("nor do they stop packets")
            .packets
    };
    let packets = run();
    for packet in packets.iter().filter(|it| it.status == Status::Ready) {
        for step in packets::procedures(packet).flat_map(|it| it.steps()) {
            assert!(
                step.gaps.is_empty(),
                "{} is ready but for {}",
                packet.subject.fqdn,
                step.title
            );
        }
    }
    assert_eq!(format!("{packets:?}"), format!("{:?}", run()));
});

/// The sample's worksheets.
static SAMPLE: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let sheets = starter::sample().into_iter().flat_map(|file| file.sheets);
    sheets
        .map(|sheet| {
            let headings = sheet.kind.columns.iter().map(|it| it.heading.clone());
            let mut rows = vec![headings.chain(sheet.extras).collect()];
            // A few of each make a run short enough to be repeated.
            rows.extend(sheet.rows.into_iter().take(10));
            (format!("{}.csv", sheet.kind.id), rows)
        })
        .collect()
});

fn apply(rows: &mut Vec<Vec<String>>, change: &Change<'_>) {
    let (height, width) = (rows.len(), rows[0].len());
    if height < 2 {
        return;
    }
    let row = 1 + change.at[1] % (height - 1);
    let column = change.at[2] % width;
    match change.kind % 8 {
        0 => rows[row][column] = change.text.to_owned(),
        1 => rows[row][column].push_str(change.text),
        2 => rows[row][column] = rows[height - row][width - 1 - column].clone(),
        3 => drop(rows.remove(row)),
        4 => rows.push(rows[row].clone()),
        5 => {
            rows[row].remove(column);
            rows[row].push(change.text.to_owned());
        }
        6 => drop(rows[row][column].pop()),
        _ => rows[0][column] = change.text.to_owned(),
    }
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect::<String>().into_bytes()
}
