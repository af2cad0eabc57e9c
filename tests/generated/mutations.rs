//! A bounded, repeatable relative of the fuzz targets in `tests/fuzz`: small workbooks of every format this test can make,
//! damaged in a few hundred seeded ways. None may panic, hang or pass without a word.
//!
//! The real fuzzer follows coverage and finds more; `tests/fuzz/Cargo.toml` says how to run it.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use restore_packets::readiness::{self, Limits};
use restore_packets::topology::Topology;
use restore_packets::{inventory, workbook};

use crate::grid::{self, Grid};

/// Numbers that look random and are the same on every run (xorshift).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("a small number")
    }
}

/// The smaller sheets of the sample.
fn grids() -> Vec<Grid> {
    let grids = grid::sample().into_iter();
    grids.filter(|grid| grid.rows.len() < 12).collect()
}

/// Pieces of text that readers and parsers look at closely.
const PIECES: [&str; 24] = [
    "\"",
    "\u{0}",
    "\n",
    "\r",
    "\t",
    ";",
    ",",
    "sep=,\n",
    "\u{feff}",
    "\u{200b}",
    "Name:",
    "Expiration:\n",
    "2014-02-30",
    "31/12/99999",
    "9e999",
    "-0",
    "\\\\host\\",
    "$Backup\\..\\x",
    "Server FQDN",
    "Role",
    "<",
    "&#x0;",
    "]]>",
    "r=\"XFD1048577\"",
];

/// Changes, inserts, deletes, repeats or cuts, a few times.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        match dice.roll(7) {
            0 => bytes.truncate(at),
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
            2 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + dice.roll(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            _ => {
                let piece = PIECES[dice.roll(PIECES.len())].bytes();
                bytes.splice(at..at, piece);
            }
        }
    }
}

/// Reads to the end of the pipeline's first half.
fn read(name: &str, bytes: &[u8], seed: u64) {
    let start = Instant::now();
    let read = workbook::read(&Arc::from(name), bytes);
    assert!(
        !read.sheets.is_empty() || !read.findings.is_empty(),
        "{name}, seed {seed}: not a word"
    );
    let inventory = inventory::read(&mut read.sheets.clone()).inventory;
    readiness::check(
        &Topology::of(&inventory),
        date(2014, 6, 10),
        Limits::default(),
    );
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{name}, seed {seed}: took {:?}",
        start.elapsed()
    );
}

/// An archive whose XML parts are damaged and packed anew, so that the damage reaches the readers of XML.
fn repacked(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let chosen = dice.roll(archive.len());
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part is read");
        if index == chosen || dice.roll(6) == 0 {
            damage(&mut content, dice);
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("a part begins");
        writer.write_all(&content).expect("a part is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

#[test]
fn damaged_texts_are_read_or_refused() {
    let texts: Vec<String> = grid::sample()
        .iter()
        .map(|grid| grid::csv(grid, ';'))
        .collect();
    for seed in 1..=200 {
        let mut dice = Dice(seed);
        let mut bytes = texts[dice.roll(texts.len())].clone().into_bytes();
        damage(&mut bytes, &mut dice);
        read("a.csv", &bytes, seed);
    }
}

#[test]
fn damaged_archives_are_read_or_refused() {
    for (name, whole) in [
        ("a.xlsx", grid::xlsx(&grids())),
        ("a.ods", grid::ods(&grids())),
    ] {
        for seed in 1..=60 {
            let mut dice = Dice(seed);
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut dice);
            read(name, &bytes, seed);
            read(name, &repacked(&whole, &mut dice), seed);
        }
    }
}

#[test]
fn shuffled_cells_are_read_or_refused() {
    for seed in 1..=40 {
        let mut dice = Dice(seed);
        let mut grids = grid::sample();
        let texts: Vec<String> = grids
            .iter()
            .flat_map(|grid| &grid.rows)
            .flatten()
            .map(grid::Cell::shown)
            .collect();
        for _ in 0..30 {
            let grid = dice.roll(grids.len());
            let row = dice.roll(grids[grid].rows.len());
            let column = dice.roll(grids[grid].rows[row].len());
            let mut text = texts[dice.roll(texts.len())].clone();
            if dice.roll(3) == 0 {
                text.push_str(PIECES[dice.roll(PIECES.len())]);
            }
            grids[grid].rows[row][column] = grid::Cell::Text(text);
        }
        for grid in &grids {
            read("a.csv", grid::csv(grid, '\t').as_bytes(), seed);
        }
    }
}
