//! A worksheet that cannot be had retires nothing, and the next good run is quiet.

#[path = "common/worksheets.rs"]
mod worksheets;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use worksheets::{Estate, editions};

const DAY: [&str; 4] = ["--as-of", "2014-06-11", "--format", "md"];

/// The bytes of every packet's files, by path.
fn packets(estate: &Estate) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["servers", "pools"] {
        for entry in std::fs::read_dir(estate.output().join(folder)).expect("packets") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = std::fs::read(&path).expect("a packet");
            files.insert(format!("{folder}/{name}"), bytes);
        }
    }
    files
}

/// Builds what is in the folder, a day after the first run.
fn again(estate: &Estate, more: &[&str]) -> (Option<i32>, String) {
    let output = estate.run(&[&["build", "--message-format", "short"], &DAY[..], more].concat());
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    (output.status.code(), said)
}

fn marked(manifest: &Value) -> Vec<String> {
    let packets = manifest["packets"].as_array().expect("packets");
    let marked = packets
        .iter()
        .filter(|it| it["not_refreshed_since"] == "2014-06-10");
    marked
        .map(|it| format!("{} {}", it["kind"], it["fqdn"]))
        .collect()
}

fn is_quiet(estate: &Estate, before: &Value, files: &BTreeMap<String, Vec<u8>>) {
    let (code, said) = again(estate, &[]);
    assert_ne!(code, Some(3), "{said}");
    assert!(!said.contains("not-refreshed"), "{said}");
    assert!(!said.contains("retired"), "{said}");
    let after = estate.manifest();
    assert_eq!(editions(before), editions(&after));
    assert_eq!(marked(&after), Vec::<String>::new());
    assert_eq!(before["ledger"], after["ledger"]);
    assert!(packets(estate) == *files, "a good run renews nothing");
}

/// Spoils a worksheet, builds, looks, and builds once more when it is back.
fn spoilt(name: &str, spoil: impl Fn(&Path)) {
    let estate = Estate::sample();
    let before = estate.issue(&["--format", "md"]);
    let files = packets(&estate);
    for run in 1..=2 {
        spoil(&estate.worksheets().join(name));
        let (code, said) = again(&estate, &[]);
        assert_eq!(code, Some(1), "run {run}: {said}");
        assert!(said.contains("not-refreshed"), "run {run}: {said}");
        let now = estate.manifest();
        assert_eq!(editions(&before), editions(&now), "run {run}");
        assert_eq!(before["ledger"], now["ledger"], "run {run}");
        assert!(packets(&estate) == files, "run {run}: no packet is touched");
        assert!(!estate.output().join("retired").exists(), "run {run}");
        assert!(!marked(&now).is_empty(), "run {run}: {said}");
        let index = std::fs::read_to_string(estate.output().join("index.md")).expect("an index");
        assert!(
            index.contains("not refreshed since 2014-06-10"),
            "run {run}"
        );
        let verified = estate.run(&["verify", "--on", "2014-06-11"]);
        assert_eq!(verified.status.code(), Some(0), "run {run}");
    }
    estate.write();
    is_quiet(&estate, &before, &files);
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("written");
}

fn head(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let end = text.find("\r\n").map_or(text.len(), |end| end + 2);
    text[..end].to_owned()
}

#[test]
fn servers_that_cannot_be_read_retire_nothing() {
    spoilt("servers.csv", |path| write(path, b""));
    spoilt("servers.csv", |path| write(path, b"PK\x03\x04 torn"));
    spoilt("servers.csv", |path| {
        let _ = std::fs::remove_file(path);
    });
}

#[test]
fn servers_without_rows_or_key_retire_nothing() {
    spoilt("servers.csv", |path| write(path, head(path).as_bytes()));
    spoilt("servers.csv", |path| {
        let text = std::fs::read_to_string(path).expect("text");
        write(path, text.replacen("Server FQDN", "Thing", 1).as_bytes());
    });
    spoilt("servers.csv", |path| {
        let text = std::fs::read_to_string(path).expect("text");
        let cut = text.len() / 2;
        write(
            path,
            format!("{}\"", &text[..text.floor_char_boundary(cut)]).as_bytes(),
        );
    });
}

#[test]
fn every_other_kind_is_missed_too() {
    for name in [
        "pools.csv",
        "certificates.csv",
        "database-backups.csv",
        "file-store-backups.csv",
        "settings-backups.csv",
        "deployment.csv",
        "contacts.csv",
    ] {
        spoilt(name, |path| write(path, b""));
    }
}

#[test]
fn siblings_are_refreshed_as_ever() {
    let mut estate = Estate::sample();
    let before = estate.issue(&["--format", "md"]);
    estate.set("pools", "pool01.contoso.com", "Notes", "new words");
    estate.write();
    std::fs::remove_file(estate.worksheets().join("file-store-backups.csv")).expect("removed");
    let (code, said) = again(&estate, &[]);
    assert_eq!(code, Some(1), "{said}");
    let now = estate.manifest();
    let held = marked(&now);
    let is_held = |it: &Value| held.contains(&format!("{} {}", it["kind"], it["fqdn"]));
    let all = |manifest: &Value| manifest["packets"].as_array().expect("packets").clone();
    for (old, new) in all(&before).iter().zip(all(&now)) {
        if is_held(&new) {
            assert_eq!(old["fingerprint"], new["fingerprint"], "{}", new["fqdn"]);
        }
    }
    assert!(held.len() < all(&now).len(), "{held:?}");
}

#[test]
fn much_at_once_is_asked_about() {
    let mut estate = Estate::sample();
    let before = estate.issue(&["--format", "md"]);
    let files = packets(&estate);
    let whole = estate.sheet("servers").rows.clone();
    estate.sheet("servers").rows.truncate(5);
    estate.write();
    let (code, said) = again(&estate, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("servers.csv: error[not-refreshed]"), "{said}");
    assert!(!said.contains("deployment.csv"), "{said}");
    assert_eq!(editions(&before), editions(&estate.manifest()));
    assert!(packets(&estate) == files);
    let (_, said) = again(&estate, &["--retire"]);
    assert!(said.contains("retired server"), "{said}");
    assert!(!said.contains("not-refreshed"), "{said}");
    estate.sheet("servers").rows = whole;
    estate.write();
    let (_, said) = again(&estate, &[]);
    assert!(said.contains("reinstated server"), "{said}");
}

#[test]
fn a_few_are_retired_without_a_word() {
    let mut estate = Estate::sample();
    estate.issue(&["--format", "md"]);
    estate.sheet("servers").rows.pop();
    estate.write();
    let (_, said) = again(&estate, &[]);
    assert!(said.contains("retired server"), "{said}");
    assert!(!said.contains("not-refreshed"), "{said}");
}

#[test]
fn half_of_the_pools_is_much_however_many_servers_there_are() {
    let mut estate = Estate::sample();
    estate.issue(&["--format", "md"]);
    let pools = &mut estate.sheet("pools").rows;
    pools.truncate(pools.len() / 2);
    estate.write();
    let (_, said) = again(&estate, &[]);
    assert!(said.contains("not-refreshed"), "{said}");
    assert!(!said.contains("retired pool"), "{said}");
}

#[test]
fn what_is_gone_on_purpose_goes_with_retire_and_what_is_locked_does_not() {
    let estate = Estate::sample();
    estate.issue(&["--format", "md"]);
    let contacts = estate.worksheets().join("contacts.csv");
    write(&contacts, b"");
    let (code, said) = again(&estate, &["--retire"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("not-refreshed"), "{said}");
    std::fs::remove_file(&contacts).expect("removed");
    let (_, said) = again(&estate, &[]);
    assert!(said.contains("not-refreshed"), "{said}");
    let (_, said) = again(&estate, &["--retire"]);
    assert!(!said.contains("not-refreshed"), "{said}");
    let (_, said) = again(&estate, &[]);
    assert!(!said.contains("not-refreshed"), "{said}");
}

#[test]
fn a_renamed_worksheet_is_the_same() {
    let estate = Estate::sample();
    let before = estate.issue(&["--format", "md"]);
    let path = estate.worksheets();
    std::fs::rename(path.join("servers.csv"), path.join("computers.csv")).expect("renamed");
    let (_, said) = again(&estate, &[]);
    assert!(!said.contains("not-refreshed"), "{said}");
    assert_eq!(editions(&before), editions(&estate.manifest()));
}

#[test]
fn a_manifest_of_an_older_version_is_read_and_guards_as_well() {
    let estate = Estate::sample();
    let before = estate.issue(&["--format", "md"]);
    let files = packets(&estate);
    let mut old = estate.manifest();
    let keys = ["sheets", "read", "not_refreshed_since"];
    let lists = ["sources", "packets"];
    for entry in lists
        .iter()
        .filter_map(|list| old[*list].clone().as_array().cloned())
        .flatten()
    {
        assert!(keys.iter().any(|key| entry.get(*key).is_some()));
    }
    for list in lists {
        for entry in old[list].as_array_mut().expect("a list") {
            let entry = entry.as_object_mut().expect("an entry");
            entry.retain(|key, _| !keys.contains(&key.as_str()));
        }
    }
    old.as_object_mut().expect("a manifest").remove("state");
    let manifest = estate.output().join("manifest.json");
    write(&manifest, &serde_json::to_vec_pretty(&old).expect("JSON"));
    write(&estate.worksheets().join("servers.csv"), b"");
    let (code, said) = again(&estate, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(editions(&before), editions(&estate.manifest()));
    assert!(packets(&estate) == files);
    estate.write();
    is_quiet_md(&estate, &before);
}

fn is_quiet_md(estate: &Estate, before: &Value) {
    let (_, said) = again(estate, &[]);
    assert!(!said.contains("not-refreshed"), "{said}");
    assert_eq!(editions(before), editions(&estate.manifest()));
}
