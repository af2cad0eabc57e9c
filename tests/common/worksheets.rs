//! The sample's worksheets as CSV files that a test can change, and the program run on them.

#[path = "table.rs"]
mod table;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use restore_packets::starter;
use table::table;

/// The worksheets and the output folder of one test.
pub struct Estate {
    folder: tempfile::TempDir,
    pub sheets: Vec<Sheet>,
}

/// A worksheet: a heading row and the rows below it.
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<String>>,
}

impl Estate {
    /// The sample organization.
    pub fn sample() -> Self {
        let files = starter::sample();
        let sheets = files.iter().flat_map(|file| &file.sheets);
        let sheets = sheets.map(|sheet| Sheet {
            name: sheet.kind.id.clone(),
            rows: table(sheet),
        });
        let estate = Self {
            folder: tempfile::tempdir().expect("a folder"),
            sheets: sheets.collect(),
        };
        estate.write();
        estate
    }

    /// The worksheet of a kind.
    pub fn sheet(&mut self, name: &str) -> &mut Sheet {
        let found = self.sheets.iter_mut().find(|sheet| sheet.name == name);
        found.expect("the sample has this kind")
    }

    /// Writes a cell: the column of this heading, in the first row that has this text in its first column.
    pub fn set(&mut self, sheet: &str, row: &str, column: &str, text: &str) {
        let sheet = self.sheet(sheet);
        let index = sheet.rows[0].iter().position(|head| head == column);
        let row = sheet.rows.iter_mut().find(|cells| cells[0] == row);
        row.expect("the row")[index.expect("the column")] = text.to_owned();
    }

    /// Writes the worksheets, in place of those that were there.
    pub fn write(&self) {
        let folder = self.worksheets();
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for sheet in &self.sheets {
            let lines = sheet.rows.iter().map(|row| {
                let cells = row
                    .iter()
                    .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
                cells.collect::<Vec<_>>().join(",") + "\r\n"
            });
            let path = folder.join(format!("{}.csv", sheet.name));
            std::fs::write(path, lines.collect::<String>()).expect("it is written");
        }
    }

    pub fn worksheets(&self) -> PathBuf {
        self.folder.path().join("worksheets")
    }

    pub fn output(&self) -> PathBuf {
        self.folder.path().join("output")
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program with these arguments, in the folder that holds `worksheets` and `output`.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
        command.current_dir(self.path()).args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// Writes the worksheets and builds, on the day the sample is judged against.
    pub fn build(&self, more: &[&str]) -> Output {
        self.write();
        let mut arguments = vec!["build", "--as-of", "2014-06-10"];
        arguments.extend(more);
        self.run(&arguments)
    }

    /// Builds and returns the manifest.
    pub fn issue(&self, more: &[&str]) -> serde_json::Value {
        let output = self.build(more);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{errors}"
        );
        self.manifest()
    }

    pub fn manifest(&self) -> serde_json::Value {
        let bytes = std::fs::read(self.output().join("manifest.json")).expect("a manifest");
        serde_json::from_slice(&bytes).expect("it is JSON")
    }
}

/// Kind, FQDN, edition and fingerprint of every packet.
pub fn editions(manifest: &serde_json::Value) -> Vec<String> {
    let packets = manifest["packets"].as_array().expect("packets");
    let name = |packet: &serde_json::Value| {
        let part = |key: &str| packet[key].to_string();
        ["kind", "fqdn", "edition", "fingerprint"]
            .map(part)
            .join(" ")
    };
    packets.iter().map(name).collect()
}
