//! Gathering: what is read from folders, what is left out and said, and how files are named.

use std::fs;
use std::path::{Path, PathBuf};

use restore_packets::finding::Code;
use restore_packets::sources::{Gathered, MAX_FILE, gather};

fn write(folder: &Path, name: &str, content: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    fs::write(path, content).expect("it is written");
}

fn names(gathered: &Gathered) -> Vec<&str> {
    gathered
        .sources
        .iter()
        .map(|source| &*source.name)
        .collect()
}

fn findings(gathered: &Gathered) -> Vec<(String, Code)> {
    let finding = |finding: &restore_packets::finding::Finding| {
        let place = finding.place.as_ref().expect("a place");
        (place.path.to_string(), finding.code)
    };
    gathered.findings.iter().map(finding).collect()
}

#[test]
fn a_folder_gives_its_worksheets_and_names_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in [
        "servers.XLSX",
        "site/pools.csv",
        "notes.docx",
        ".hidden.csv",
        "~$servers.xlsx",
        ".~lock.pools.ods#",
        "restore-packets.toml",
        "Thumbs.db",
    ] {
        write(folder.path(), name, "abc");
    }
    let gathered = gather(&[folder.path().into()]).expect("it is read");
    assert_eq!(names(&gathered), ["servers.XLSX", "site/pools.csv"]);
    assert_eq!(
        findings(&gathered),
        [("notes.docx".into(), Code::UnsupportedFile)]
    );
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(gathered.sources[0].sha256, abc);
    assert_eq!(&*gathered.sources[0].bytes, b"abc");
}

#[test]
fn files_of_one_name_become_distinct_and_one_file_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["north/servers.csv", "south/servers.csv", "south/pools.csv"] {
        write(folder.path(), name, name);
    }
    let below = |name: &str| folder.path().join(name);
    let paths = [
        below("north"),
        below("south"),
        below("south/pools.csv"),
        below("north/../south"),
    ];
    let gathered = gather(&paths).expect("they are read");
    assert_eq!(
        names(&gathered),
        ["north/servers.csv", "pools.csv", "south/servers.csv"]
    );
}

#[test]
fn a_file_named_by_itself_is_read_whatever_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "servers.txt", "a\tb");
    let gathered = gather(&[folder.path().join("servers.txt")]).expect("it is read");
    assert_eq!(names(&gathered), ["servers.txt"]);
}

#[test]
fn a_path_that_does_not_exist_is_an_error_that_names_it() {
    let error = gather(&[PathBuf::from("no/such/folder")]).expect_err("it is missing");
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[test]
fn a_file_of_unbearable_size_is_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = fs::File::create(folder.path().join("big.csv")).expect("it is made");
    file.set_len(MAX_FILE + 1).expect("it grows");
    let gathered = gather(&[folder.path().into()]).expect("the folder is read");
    assert_eq!(
        findings(&gathered),
        [("big.csv".into(), Code::UnreadableFile)]
    );
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_never_a_trap() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let below = |name: &str| folder.path().join(name);
    write(folder.path(), "servers.csv", "a,b");
    symlink(below("servers.csv"), below("again.csv")).expect("a link to a file");
    symlink(folder.path(), below("loop")).expect("a link to its own folder");
    symlink("/dev/zero", below("device.csv")).expect("a link to a device");
    symlink("nowhere", below("dangling.csv")).expect("a link to nothing");
    let made = std::process::Command::new("mkfifo")
        .arg(below("pipe.csv"))
        .status();
    assert!(made.expect("`mkfifo` runs").success());
    let gathered = gather(&[folder.path().into()]).expect("the folder is read");
    // The file and the link to it are one file.
    assert_eq!(names(&gathered), ["servers.csv"]);
    assert_eq!(
        findings(&gathered),
        [
            ("dangling.csv".into(), Code::UnreadableFile),
            ("device.csv".into(), Code::UnreadableFile),
            ("loop".into(), Code::UnsupportedFile),
            ("pipe.csv".into(), Code::UnreadableFile),
        ]
    );
}
