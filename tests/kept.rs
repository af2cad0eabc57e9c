//! What the output folder keeps for commands without worksheets: the packets come back whole.

use std::path::Path;
use std::process::Command;

use restore_packets::packets::{Estate, Issue};
use restore_packets::render::{self, Format};
use restore_packets::template::{self, Engine};
use serde::de::DeserializeOwned;

/// Builds the sample into a folder.
fn build(output: &Path, more: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_restore-packets"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["-q", "build", "--output"])
        .arg(output)
        .args(more)
        .status()
        .expect("the program");
    assert!(status.code().is_some_and(|code| code < 2));
}

/// What a kept file holds, whatever version of the program wrote it.
fn kept<T: DeserializeOwned>(output: &Path, path: &str) -> T {
    let bytes = std::fs::read(output.join(path)).expect(path);
    let mut file: serde_json::Value = serde_json::from_slice(&bytes).expect(path);
    serde_json::from_value(file["data"].take()).expect(path)
}

#[test]
fn rendering_from_what_is_kept_gives_the_files_that_were_issued() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path();
    build(output, &[]);
    let estate: serde_json::Value = kept(output, ".state/estate.json");
    let estate: Estate = serde_json::from_value(estate["estate"].clone()).expect("an estate");
    let (engine, findings) = Engine::load(&template::builtin());
    assert!(findings.is_empty());
    let mut packets = 0;
    for entry in std::fs::read_dir(output.join(".state/packets")).expect("packets") {
        let name = entry.expect("a file").file_name();
        let name = format!(".state/packets/{}", name.to_string_lossy());
        let issue: Issue = kept(output, &name);
        let stem = render::format::packet_stem(&issue.packet.subject);
        for format in Format::ALL {
            let path = format!("{stem}.{}", format.extension());
            let bytes = render::packet(*format, &engine, &issue, &estate).expect(&path);
            let issued = std::fs::read(output.join(&path)).expect(&path);
            assert!(bytes == issued, "{path} is rendered differently");
        }
        packets += 1;
    }
    assert!(packets > 20, "{packets} packets");
}

#[test]
fn an_unchanged_packet_is_not_kept_again_and_a_lost_one_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path();
    build(output, &[]);
    let packets = output.join(".state/packets");
    let mut paths: Vec<_> = std::fs::read_dir(&packets)
        .expect("packets")
        .map(|entry| entry.expect("a file").path())
        .collect();
    paths.sort();
    let times = || -> Vec<_> {
        let time = |path| std::fs::metadata(path).and_then(|it| it.modified()).ok();
        paths.iter().map(time).collect()
    };
    let before = times();
    build(output, &[]);
    assert_eq!(times(), before);
    std::fs::remove_file(&paths[0]).expect("removed");
    build(output, &[]);
    let after = times();
    assert!(after[0].is_some() && after[0] != before[0]);
    assert_eq!(after[1..], before[1..]);
}
