//! Publishing into real folders: fresh, unchanged, changed, retired, interrupted, obstructed.

use std::collections::BTreeMap;
use std::time::SystemTime;

use tempfile::TempDir;

use super::*;
use crate::publish::{
    CycleEntry, FileEntry, Kind, MANIFEST, PacketEntry, STAGED, StatusEntry, preview,
};

/// An output folder and what was issued to it last.
struct Desk {
    folder: TempDir,
    previous: Option<Manifest>,
}

/// A run that issues these files, all as servers' packets.
fn run(contents: &[(&str, &str)]) -> (Files, Manifest) {
    let mut files = Files::new();
    let mut packets = Vec::new();
    for (path, text) in contents {
        files.insert(*path, *text).unwrap();
        packets.push(PacketEntry {
            kind: Kind::Server,
            fqdn: (*path).to_owned(),
            title: String::new(),
            edition: 1,
            fingerprint: String::new(),
            issued: "2014-06-01".to_owned(),
            valid_until: None,
            status: StatusEntry::Ready,
            scenarios: Vec::new(),
            files: vec![FileEntry::of(*path, "md", text.as_bytes())],
            findings: Vec::new(),
            read: Vec::new(),
            not_refreshed_since: None,
        });
    }
    let manifest = Manifest {
        schema: Manifest::SCHEMA,
        tool: "restore-packets".to_owned(),
        as_of: "2014-06-01".to_owned(),
        cycle: CycleEntry::default(),
        sources: Vec::new(),
        files: Vec::new(),
        packets,
        records: Vec::new(),
        changes: None,
        state: Vec::new(),
        ledger: None,
        bundle: None,
    };
    (files, manifest)
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            previous: None,
        }
    }

    /// A desk with these files issued.
    fn with(contents: &[(&str, &str)]) -> Self {
        let mut desk = Self::new();
        desk.publish(contents);
        desk
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn publish(&mut self, contents: &[(&str, &str)]) -> Report {
        let (files, manifest) = run(contents);
        let previous = self.previous.replace(manifest);
        let folder = OutputFolder::open(self.root()).unwrap();
        let manifest = self.previous.as_ref().unwrap();
        folder.publish(&files, manifest, previous.as_ref()).unwrap()
    }

    /// Runs as far as the journal says, then is killed: the journal of the phase is on disk, and so many
    /// moves have been made.
    fn killed(&mut self, contents: &[(&str, &str)], phase: Phase, moves: usize) {
        let (files, manifest) = run(contents);
        let previous = self.previous.replace(manifest);
        let folder = OutputFolder::open(self.root()).unwrap();
        let manifest = self.previous.as_ref().unwrap();
        let body = Body::Held(manifest_bytes(self.root(), manifest).unwrap());
        let parts = (manifest, &body);
        let nothing = BTreeSet::new();
        let plan = Plan::make(self.root(), &files, parts, previous.as_ref(), &nothing).unwrap();
        let (journal, _) = folder.stage(&plan).unwrap();
        if phase == Phase::Moving {
            journal.write(self.root()).unwrap();
        }
        for one in &journal.moves[..moves] {
            one.carry_out(self.root()).unwrap();
        }
        if phase == Phase::Staging {
            self.previous = previous;
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        disk::create_parent(&path).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }

    /// Everything in the folder but the lock and the manifest.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        let mut folders = vec![self.root().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.root()).unwrap();
                    let name = name.to_string_lossy().replace('\\', "/");
                    tree.insert(name, fs::read_to_string(path).unwrap());
                }
            }
        }
        tree.remove(LOCK);
        tree.remove(MANIFEST);
        tree
    }

    fn modified(&self, path: &str) -> SystemTime {
        let metadata = fs::metadata(self.root().join(path)).unwrap();
        metadata.modified().unwrap()
    }
}

/// A page with the mark it gets when it is retired.
fn retired(text: &str) -> String {
    let marked = crate::publish::mark::retired("a.md", text.as_bytes(), "2014-06-01");
    String::from_utf8(marked.unwrap()).unwrap()
}

fn tree(contents: &[(&str, &str)]) -> BTreeMap<String, String> {
    contents
        .iter()
        .map(|(path, text)| {
            let marked = path.starts_with("retired/").then(|| retired(text));
            (
                (*path).to_owned(),
                marked.unwrap_or_else(|| (*text).to_owned()),
            )
        })
        .collect()
}

const ONE: &[(&str, &str)] = &[
    ("index.md", "index"),
    ("servers/a.md", "a1"),
    ("servers/b.md", "b1"),
];
const TWO: &[(&str, &str)] = &[
    ("index.md", "index"),
    ("servers/a.md", "a2"),
    ("servers/c.md", "c1"),
];
/// What stands in the folder after `ONE`, then `TWO`.
const AFTER: &[(&str, &str)] = &[
    ("index.md", "index"),
    ("retired/servers/b.md", "b1"),
    ("servers/a.md", "a2"),
    ("servers/c.md", "c1"),
];

#[test]
fn a_fresh_folder_receives_everything() {
    let mut desk = Desk::new();
    let report = desk.publish(ONE);
    assert_eq!(desk.tree(), tree(ONE));
    let written = ["index.md", "servers/a.md", "servers/b.md", MANIFEST];
    assert_eq!(report.written, written);
    assert_eq!(Manifest::read(desk.root()).unwrap(), desk.previous);
}

#[test]
fn what_would_not_change_is_not_touched() {
    let mut desk = Desk::with(ONE);
    let paths = ["index.md", "servers/a.md", "servers/b.md", MANIFEST];
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_400_000_000);
    for path in paths {
        let file = fs::OpenOptions::new()
            .write(true)
            .open(desk.root().join(path));
        file.unwrap().set_modified(long_ago).unwrap();
    }
    let report = desk.publish(ONE);
    assert_eq!(report.unchanged, paths);
    assert_eq!(
        report,
        Report {
            unchanged: report.unchanged.clone(),
            ..Report::default()
        }
    );
    for path in paths {
        assert_eq!(desk.modified(path), long_ago, "{path}");
    }
}

#[test]
fn changed_files_are_replaced_and_rows_that_are_gone_retire() {
    let mut desk = Desk::with(ONE);
    desk.write("servers/notes.txt", "somebody's own");
    let (files, manifest) = run(TWO);
    let foreseen = preview(desk.root(), &files, &manifest, desk.previous.as_ref()).unwrap();
    let report = desk.publish(TWO);
    let mut expected = tree(AFTER);
    expected.insert("servers/notes.txt".into(), "somebody's own".into());
    assert_eq!(desk.tree(), expected);
    assert_eq!(report.written, ["servers/a.md", "servers/c.md", MANIFEST]);
    assert_eq!(report.unchanged, ["index.md"]);
    assert_eq!(report, foreseen);
}

#[test]
fn a_second_retired_file_of_one_name_does_not_replace_the_first() {
    let mut desk = Desk::with(ONE);
    desk.publish(TWO);
    desk.publish(&[("servers/b.md", "b2")]);
    desk.publish(TWO);
    assert_eq!(desk.text("retired/servers/b.md"), Some(retired("b1")));
    assert_eq!(desk.text("retired/servers/b~2.md"), Some(retired("b2")));
}

#[test]
fn what_somebody_filled_in_is_kept_before_it_is_replaced() {
    let mut desk = Desk::with(ONE);
    desk.write("servers/a.md", "a1, signed");
    let report = desk.publish(TWO);
    assert_eq!(desk.text("servers/a.md").as_deref(), Some("a2"));
    assert_eq!(
        desk.text("retired/servers/a.md").as_deref(),
        Some("a1, signed")
    );
    assert_eq!(report.kept.len(), 1);

    let mut taken = Desk::new();
    taken.write("index.md", "not ours");
    taken.publish(ONE);
    assert_eq!(taken.text("retired/index.md").as_deref(), Some("not ours"));
}

#[test]
fn a_run_killed_while_staging_is_undone() {
    let mut desk = Desk::with(ONE);
    desk.killed(TWO, Phase::Staging, 0);
    assert_ne!(desk.tree(), tree(ONE), "the staged files are there");
    let folder = OutputFolder::open(desk.root()).unwrap();
    assert_eq!(folder.recovered(), &Report::default());
    drop(folder);
    assert_eq!(desk.tree(), tree(ONE));
    desk.publish(TWO);
    assert_eq!(desk.tree(), tree(AFTER));
}

#[test]
fn a_run_killed_after_any_number_of_moves_is_finished() {
    // One file retires, two are placed, then the manifest.
    for made in 0..=4 {
        let mut desk = Desk::with(ONE);
        desk.killed(TWO, Phase::Moving, made);
        let folder = OutputFolder::open(desk.root()).unwrap();
        let recovered = folder.recovered();
        assert_eq!(recovered.written.len() + recovered.retired.len(), 4 - made);
        assert_eq!(folder.manifest().unwrap(), desk.previous);
        drop(folder);
        assert_eq!(desk.tree(), tree(AFTER), "after {made} moves");
    }
}

#[test]
fn a_damaged_journal_is_named_and_nothing_is_moved() {
    for journal in [
        "{",
        r#"{"phase":"moving","moves":[{"retire":{"from":"../x","to":"y"}}]}"#,
    ] {
        let desk = Desk::with(ONE);
        desk.write(crate::publish::JOURNAL, journal);
        let error = OutputFolder::open(desk.root()).unwrap_err().to_string();
        assert!(error.contains("publish.journal"), "{error}");
        assert!(error.contains("is damaged"), "{error}");
    }
}

/// The files with their bodies staged.
fn staged(folder: &OutputFolder, files: &Files) -> Files {
    let staging = folder.staging();
    let mut all = Files::new();
    for (path, body) in files.iter() {
        let Body::Held(bytes) = body else {
            panic!("{path} is staged");
        };
        let body = staging.body(path, bytes.clone());
        assert!(matches!(body, Body::Staged { .. }), "{path} is held");
        assert_eq!(staging.read(path).as_ref(), Some(bytes));
        all.insert_body(path.to_owned(), body).unwrap();
    }
    all
}

#[test]
fn staged_bodies_are_published_and_nothing_is_left_of_those_that_were_there() {
    let desk = Desk::with(ONE);
    let folder = OutputFolder::open(desk.root()).unwrap();
    let (files, manifest) = run(TWO);
    let report = folder
        .publish(&staged(&folder, &files), &manifest, desk.previous.as_ref())
        .unwrap();
    assert!(report.failed.is_empty(), "{:?}", report.failed);
    drop(folder);
    assert_eq!(desk.tree(), tree(AFTER));
}

#[test]
fn what_was_staged_and_never_published_is_taken_away() {
    let desk = Desk::with(ONE);
    let before = desk.tree();
    let (files, _) = run(TWO);
    let folder = OutputFolder::open(desk.root()).unwrap();
    staged(&folder, &files);
    assert_ne!(desk.tree(), before);
    // Killed: nobody discards it.
    drop(folder);
    let folder = OutputFolder::open(desk.root()).unwrap();
    assert_eq!(desk.tree(), before);
    staged(&folder, &files);
    folder.discard().unwrap();
    assert_eq!(desk.tree(), before);
}

#[test]
fn a_body_that_cannot_be_staged_is_held() {
    let desk = Desk::new();
    desk.write("servers", "a file where a folder belongs");
    let folder = OutputFolder::open(desk.root()).unwrap();
    let staging = folder.staging();
    for path in ["servers/a.md", "../a.md", "retired/a.md", "manifest.json"] {
        let body = staging.body(path, b"a".to_vec());
        assert_eq!(body, Body::Held(b"a".to_vec()), "{path}");
    }
}

#[test]
fn a_staged_body_that_is_gone_stops_the_run() {
    let desk = Desk::with(ONE);
    let before = desk.tree();
    let folder = OutputFolder::open(desk.root()).unwrap();
    let (files, manifest) = run(TWO);
    let files = staged(&folder, &files);
    fs::remove_file(desk.root().join("servers").join(format!("{STAGED}a.md"))).unwrap();
    let error = folder.publish(&files, &manifest, desk.previous.as_ref());
    assert!(error.unwrap_err().to_string().contains("a.md"));
    drop(folder);
    drop(OutputFolder::open(desk.root()).unwrap());
    assert_eq!(desk.tree(), before);
}

#[test]
fn one_target_that_cannot_be_replaced_does_not_hold_up_the_others() {
    let mut desk = Desk::new();
    desk.write("servers/a.md/keep.txt", "a folder");
    desk.write("servers/b.md", "protected");
    let protected = desk.root().join("servers/b.md");
    let mut permissions = fs::metadata(&protected).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&protected, permissions).unwrap();
    desk.write("pools", "a file where a folder belongs");

    let mut contents = ONE.to_vec();
    contents.push(("pools/p.md", "p1"));
    let report = desk.publish(&contents);
    let failed: Vec<String> = report.failed.iter().map(ToString::to_string).collect();
    let expected = [
        ("pools/p.md", "cannot create the folder"),
        ("servers/a.md", "a folder stands in its place"),
        ("servers/b.md", "the file is read-only"),
    ];
    assert_eq!(failed.len(), expected.len(), "{failed:?}");
    for (failure, (path, reason)) in failed.iter().zip(expected) {
        let path = desk.root().join(path).display().to_string();
        assert!(
            failure.contains(&path) && failure.contains(reason),
            "{failure}"
        );
    }
    assert_eq!(report.written, ["index.md", MANIFEST]);
    assert_eq!(desk.text("servers/b.md").as_deref(), Some("protected"));
    assert!(!desk.tree().keys().any(|path| path.contains(STAGED)));
}

#[test]
fn a_file_that_could_not_retire_is_retired_by_the_next_run() {
    let mut desk = Desk::with(ONE);
    desk.write("retired", "a file where the folder belongs");
    let report = desk.publish(TWO);
    assert_eq!(report.failed.len(), 1, "{:?}", report.failed);
    assert_eq!(desk.text("servers/a.md").as_deref(), Some("a2"));
    assert_eq!(desk.text("servers/b.md").as_deref(), Some("b1"));

    fs::remove_file(desk.root().join("retired")).unwrap();
    let folder = OutputFolder::open(desk.root()).unwrap();
    assert_eq!(folder.recovered().retired.len(), 1);
    drop(folder);
    assert_eq!(desk.tree(), tree(AFTER));
}

#[test]
fn a_manifest_that_cannot_be_written_stops_the_run_before_it_starts() {
    let desk = Desk::new();
    desk.write("manifest.json/x", "");
    let (files, manifest) = run(ONE);
    let folder = OutputFolder::open(desk.root()).unwrap();
    let error = folder
        .publish(&files, &manifest, None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("manifest.json"), "{error}");
    assert_eq!(desk.text("index.md"), None);
}

#[test]
fn two_runs_at_once_are_refused() {
    let desk = Desk::new();
    let first = OutputFolder::open(desk.root()).unwrap();
    let error = OutputFolder::open(desk.root()).unwrap_err().to_string();
    assert!(
        error.contains(&format!("another run (process {})", std::process::id())),
        "{error}"
    );
    drop(first);
    OutputFolder::open(desk.root()).unwrap();
}
