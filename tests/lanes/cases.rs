//! The estates that lanes are walked in: the sample, its variants in `variants.toml`, and generated ones.

#[path = "../common/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use restore_packets::starter;
use restore_packets::{Inputs, data};
use serde::Deserialize;
use table::table;

/// An organization's worksheets, by name: rows of cells, the first the headings.
#[derive(Clone, Debug)]
pub struct Estate {
    /// What it shows.
    pub name: String,
    /// Its sheets.
    pub sheets: BTreeMap<String, Vec<Vec<String>>>,
}

/// `variants.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variants {
    filled: Changes,
    variant: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    name: String,
    #[serde(flatten)]
    changes: Changes,
}

/// What differs from the sample.
#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    copy: Vec<[String; 3]>,
    #[serde(default)]
    cells: Vec<[String; 4]>,
    #[serde(default)]
    gone: Vec<[String; 2]>,
}

/// The sample as it is, the sample with its blanks filled in, and every variant of that.
pub fn all() -> Vec<Estate> {
    let variants = Variants::read();
    let filled = variants.filled();
    let varied = variants.variant.iter().map(|variant| {
        let mut estate = filled.clone();
        estate.name.clone_from(&variant.name);
        estate.change(&variant.changes);
        estate
    });
    let varied: Vec<Estate> = varied.collect();
    [Estate::sample(), filled]
        .into_iter()
        .chain(varied)
        .collect()
}

/// So many estates in which three variants come together; the same on every run.
pub fn generated(count: usize) -> Vec<Estate> {
    // Steps that share no divisor with any number of variants below them, so that trios seldom repeat.
    const STEPS: [usize; 3] = [7, 11, 17];
    let variants = Variants::read();
    let trio = |number: usize| {
        let mut estate = variants.filled();
        estate.name = format!("generated {number}");
        for step in STEPS {
            let variant = &variants.variant[(number * step + step) % variants.variant.len()];
            if estate.has_rows_of(&variant.changes) {
                estate.change(&variant.changes);
                let _ = write!(estate.name, "; {}", variant.name);
            }
        }
        estate
    };
    (0..count).map(trio).collect()
}

impl Variants {
    fn read() -> Self {
        data::parse(&text("variants.toml")).expect("it parses")
    }

    /// The sample without its blanks.
    fn filled(&self) -> Estate {
        let mut estate = Estate::sample();
        "the sample, filled in".clone_into(&mut estate.name);
        estate.change(&self.filled);
        estate
    }
}

impl Estate {
    /// The sample organization.
    pub fn sample() -> Self {
        let files = starter::sample();
        let sheets = files.iter().flat_map(|file| &file.sheets);
        let sheets = sheets.map(|sheet| (sheet.kind.id.clone(), table(sheet)));
        Self {
            name: "the sample".to_owned(),
            sheets: sheets.collect(),
        }
    }

    fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<String>> {
        let found = self.sheets.get_mut(sheet);
        found.unwrap_or_else(|| panic!("no sheet {sheet}"))
    }

    /// Whether what is to be copied and taken out is there.
    fn has_rows_of(&self, changes: &Changes) -> bool {
        let copied = changes.copy.iter().map(|[sheet, row, _]| (sheet, row));
        let gone = changes.gone.iter().map(|[sheet, row]| (sheet, row));
        copied
            .chain(gone)
            .all(|(sheet, row)| at(&self.sheets[sheet], row).is_some())
    }

    fn change(&mut self, changes: &Changes) {
        for [sheet, row, name] in &changes.copy {
            let rows = self.rows(sheet);
            let mut copied = rows[at(rows, row).expect("the row")].clone();
            copied[0].clone_from(name);
            rows.push(copied);
        }
        for [sheet, row, column, text] in &changes.cells {
            self.set(sheet, row, column, text);
        }
        for [sheet, row] in &changes.gone {
            let rows = self.rows(sheet);
            let index = at(rows, row).unwrap_or_else(|| panic!("no row {row}"));
            rows.remove(index);
        }
    }

    /// Writes a cell; a row that is not there is made.
    fn set(&mut self, sheet: &str, row: &str, column: &str, text: &str) {
        let rows = self.rows(sheet);
        let index = at(rows, row).unwrap_or_else(|| {
            let mut made = vec![String::new(); rows[0].len()];
            for (cell, key) in made.iter_mut().zip(row.split(" / ")) {
                key.clone_into(cell);
            }
            rows.push(made);
            rows.len() - 1
        });
        let column = rows[0].iter().position(|it| it == column).expect(column);
        text.clone_into(&mut rows[index][column]);
    }

    /// What the program reads.
    pub fn inputs(&self) -> Inputs {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
        let text = |rows: &Vec<Vec<String>>| rows.iter().map(line).collect::<String>();
        let files = self.sheets.iter().map(|(name, rows)| (name, text(rows)));
        let files: Vec<(String, String)> = files
            .map(|(name, text)| (format!("{name}.csv"), text))
            .collect();
        Inputs::of_files(
            files
                .iter()
                .map(|(name, text)| (name.as_str(), text.clone().into_bytes())),
        )
    }
}

/// The row of this name: its first cell, or that and another with a slash between them.
fn at(rows: &[Vec<String>], name: &str) -> Option<usize> {
    let is = |row: &Vec<String>| match name.split_once(" / ") {
        Some((first, other)) => row[0] == first && row[1..].iter().any(|it| it == other),
        None => row[0] == name,
    };
    rows.iter().position(is)
}

/// A file of this folder. It is read when the tests run, so that a change of data compiles nothing.
pub fn text(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lanes");
    std::fs::read_to_string(folder.join(name)).expect(name)
}
