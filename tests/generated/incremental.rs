//! A run makes only what changed, and gives what a run from nothing gives: the sample edited in random ways, and issued
//! again and again to one folder, beside a first issue of the same worksheets.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use jiff::civil::date;
use restore_packets::{
    Format, Inputs, Issued, IssuedBefore, Manifest, Options, OutputFolder, Stage, Watcher, Weight,
    issue, read,
};
use serde_json::Value;

use crate::grid::{self, Cell, Grid};
use crate::mutations::Dice;

/// What a run said of how many packets it assembled.
#[derive(Default)]
struct Counts(Mutex<Vec<String>>);

impl Watcher for Counts {
    fn note(&self, _: Weight, text: &str) {
        self.0.lock().expect("no panic").push(text.to_owned());
    }

    fn step(&self, _: Stage, _: usize, _: usize) {}
}

impl Counts {
    /// How many packets were assembled, and how many rendered.
    fn made(&self) -> (usize, usize) {
        let notes = self.0.lock().expect("no panic");
        let counts = notes.iter().find_map(|it| it.strip_prefix("assembled "));
        let assembled = counts.and_then(|it| it.split(' ').next()?.parse().ok());
        let is_packet = |it: &&String| {
            ["rendered server ", "rendered pool "]
                .iter()
                .any(|start| it.starts_with(start))
        };
        (
            assembled.unwrap_or(0),
            notes.iter().filter(is_packet).count(),
        )
    }
}

fn options() -> Options {
    Options {
        formats: vec![Format::Md, Format::Json],
        retire: true,
        ..Options::on(date(2014, 6, 10))
    }
}

/// Issues the grids for what stands.
fn issued(grids: &[Grid], standing: &IssuedBefore) -> (Issued, (usize, usize)) {
    let files: Vec<(String, Vec<u8>)> = grids
        .iter()
        .map(|grid| (format!("{}.csv", grid.name), csv(grid)))
        .collect();
    let files = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.clone()));
    let counts = Counts::default();
    let mut reading = read(Inputs::of_files(files), &options()).expect("it is read");
    let issued = issue(&mut reading, standing, &options(), &counts);
    (
        issued.expect("it is issued").expect("there are servers"),
        counts.made(),
    )
}

fn csv(grid: &Grid) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &grid.rows {
        writer
            .write_record(row.iter().map(Cell::shown))
            .expect("a row");
    }
    writer.into_inner().expect("bytes")
}

/// Issues the grids to the folder.
fn publish(grids: &[Grid], folder: &Path) -> (Issued, (usize, usize)) {
    let open = OutputFolder::open(folder).expect("it opens");
    let standing = IssuedBefore::read(folder).expect("what stands");
    let (issued, counts) = issued(grids, &standing);
    let report = issued.publish(&open, &standing, &Counts::default());
    assert!(report.expect("it is published").failed.is_empty());
    (issued, counts)
}

/// One edit: a cell, or the rows.
fn edit(grids: &mut [Grid], dice: &mut Dice) -> String {
    let at = dice.roll(grids.len());
    let grid = &mut grids[at];
    let (one, other) = (
        1 + dice.roll(grid.rows.len() - 1),
        1 + dice.roll(grid.rows.len() - 1),
    );
    let column = dice.roll(grid.rows[0].len());
    let what = match dice.roll(8) {
        0 => {
            grid.rows.swap(one, other);
            "rows swapped"
        }
        1 if grid.rows.len() > 4 => {
            grid.rows.remove(one);
            "a row removed"
        }
        2 => {
            let row = grid.rows[one].clone();
            grid.rows.push(row);
            "a row repeated"
        }
        3 => {
            grid.rows[one][column] = Cell::text("");
            "a cell blanked"
        }
        4 => {
            grid.rows[one][column] = Cell::text("something else");
            "a cell rewritten"
        }
        _ => {
            grid.rows[one][column] = grid.rows[other][column].clone();
            "a cell copied"
        }
    };
    format!("{}: {what} ({one}, {other}; column {column})", grid.name)
}

/// A packet's document, without what an edition before gives it.
fn document(text: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(text).expect("JSON");
    value["identity"]["edition"] = Value::Null;
    // The digests of the worksheets are of the day the packet was rendered.
    for source in value["sources"].as_array_mut().into_iter().flatten() {
        source["sha256"] = Value::Null;
    }
    value
}

/// The same manifest, as far as a first issue gives it.
fn first(mut manifest: Manifest) -> Vec<String> {
    for packet in &mut manifest.packets {
        packet.edition = 1;
        packet.files.clear();
    }
    manifest
        .packets
        .iter()
        .map(|it| format!("{it:?}"))
        .collect()
}

fn compare(folder: &Path, again: Issued, grids: &[Grid], history: &[String]) {
    let (fresh, _) = issued(grids, &IssuedBefore::default());
    let history = history.join("\n");
    assert_eq!(again.findings, fresh.findings, "{history}");
    for packet in &fresh.manifest.packets {
        let file = packet.files.iter().find(|file| file.format == "json");
        let path = &file.expect("JSON").path;
        let stands = fs::read(folder.join(path)).expect(path);
        let expected = fresh.files.get(path).expect(path);
        assert_eq!(document(&stands), document(expected), "{path}: {history}");
    }
    assert_eq!(first(again.manifest), first(fresh.manifest), "{history}");
}

#[test]
fn random_edits_give_what_a_run_from_nothing_gives() {
    for seed in [0x5eed, 0xfeed_beef] {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut grids, mut dice) = (grid::sample(), Dice(seed));
        publish(&grids, folder.path());
        let mut history = Vec::new();
        for _ in 0..8 {
            history.push(edit(&mut grids, &mut dice));
            let (again, _) = publish(&grids, folder.path());
            compare(folder.path(), again, &grids, &history);
        }
    }
}

#[test]
fn one_changed_row_makes_the_packets_that_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut grids = grid::sample();
    let (first, (assembled, rendered)) = publish(&grids, folder.path());
    let all = first.manifest.packets.len();
    assert_eq!((assembled, rendered), (all, all));
    let servers = grids.iter_mut().find(|grid| grid.name == "Servers");
    let servers = servers.expect("servers");
    let headings = &servers.rows[0];
    let location = headings.iter().position(|it| *it == Cell::text("Location"));
    servers.rows[1][location.expect("a column")] = Cell::text("another rack");
    let (again, (assembled, rendered)) = publish(&grids, folder.path());
    assert_eq!((assembled, rendered), (1, 1));
    compare(folder.path(), again, &grids, &[]);
    let (_, made) = publish(&grids, folder.path());
    assert_eq!(made, (0, 0), "nothing changed");
}
