//! The sample organization from its committed worksheets to its packets, byte for byte.
//!
//! `sample/golden/` holds what a handful of packets say, and what becomes of all of them. `UPDATE_CASES=1` rewrites
//! it; a change there gets a sentence in the commit.

#[path = "common/golden.rs"]
mod golden;
#[path = "common/powershell.rs"]
mod powershell;
#[path = "common/records.rs"]
mod records;
#[path = "common/schema.rs"]
mod schema;
#[path = "sample/whole.rs"]
mod whole;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};

use restore_packets::finding::Code;
use restore_packets::inventory;
use restore_packets::rows::parse::text_of;
use restore_packets::topology::{End, Part, Share, Topology, What};
use restore_packets::workbook;
use serde_json::Value;
use tempfile::TempDir;

/// Packets whose whole text is kept: one of each kind of procedure, and some with gaps.
const KEPT: [&str; 9] = [
    "servers/se01.contoso.com",
    "servers/sql01.contoso.com",
    "servers/sql02.contoso.com",
    "servers/sql03.contoso.com",
    "servers/sql05.contoso.com",
    "servers/edge01.contoso.com",
    "servers/fs02.contoso.com",
    "servers/sqlwit01.contoso.com",
    "pools/pool01.contoso.com",
];

/// The value of `$Backup` in the sample, which no command may say.
const SHARE: &str = r"\\bkp01.contoso.com\LyncBackup";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str], folder: &Path) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_restore-packets"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    output.stdout
}

/// Builds the committed worksheets.
fn build(jobs: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().to_string_lossy().into_owned();
    run(
        &["build", "-q", "--output", &output, "--jobs", jobs],
        root(),
    );
    folder
}

/// One build for all tests that only look.
fn output() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| files(build("4").path()))
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below the folder");
            let name = name.to_string_lossy().replace('\\', "/");
            // The lock names the process that holds it.
            if name == ".state/publish.lock" {
                continue;
            }
            found.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    found
}

fn text(name: &str) -> String {
    let bytes = output().get(name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).expect(name)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The packets of the manifest.
fn packets() -> Vec<Value> {
    array(&json("manifest.json")["packets"]).to_vec()
}

fn stem(packet: &Value) -> String {
    let path = array(&packet["files"])[0]["path"].as_str().expect("a path");
    path.rsplit_once('.').expect("an ending").0.to_owned()
}

/// Every step of a packet's JSON.
fn steps(packet: &Value) -> Vec<Value> {
    let common = ["gather", "prepare", "checks"].map(|name| packet[name].clone());
    let parts = common.iter().chain(array(&packet["procedures"]));
    parts
        .flat_map(|part| array(&part["steps"]).to_vec())
        .collect()
}

#[test]
fn the_committed_worksheets_are_what_new_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    run(&["new", "worksheets", "--sample"], folder.path());
    let made = files(&folder.path().join("worksheets"));
    let committed = files(&root().join("worksheets"));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&committed));
    for (name, bytes) in &made {
        let same = if bytes.starts_with(b"PK") {
            parts(bytes) == parts(&committed[name])
        } else {
            *bytes == committed[name]
        };
        assert!(same, "worksheets/{name} is not what `new --sample` writes");
    }
}

/// The parts of a workbook.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part");
        parts.insert(part.name().expect("a name").into_owned(), content);
    }
    parts
}

#[test]
fn packets_read_as_they_did() {
    let mut golden = BTreeMap::new();
    for name in KEPT {
        let file = format!("{}.md", name.replace('/', "-"));
        golden.insert(file, plain(&text(&format!("{name}.md"))));
    }
    for name in ["index.md", "cycle.md"] {
        golden.insert(name.to_owned(), plain(&text(name)));
    }
    let gaps = "servers/sql05.contoso.com";
    golden.insert(
        "servers-sql05.json".to_owned(),
        plain(&text(&format!("{gaps}.json"))),
    );
    golden.insert(
        "servers-sql05.xlsx.txt".to_owned(),
        cells(&output()[&format!("{gaps}.xlsx")]),
    );
    golden.insert("packets.txt".to_owned(), summary());
    golden.insert("ties.txt".to_owned(), ties());
    golden::compare("tests/sample/golden", &golden);
}

/// Who holds what for whom in the sample, one tie a line, each with its cell.
fn ties() -> String {
    let committed = files(&root().join("worksheets"));
    let sheets = committed.iter().map(|(name, bytes)| {
        let read = workbook::read(&Arc::from(name.as_str()), bytes);
        read.sheets
    });
    let inventory = inventory::read(&mut sheets.flatten().collect::<Vec<_>>()).inventory;
    let topology = Topology::of(&inventory);
    let lines = topology.ties().iter().map(|tie| {
        let because = tie.because();
        let (from, to, place) = (end(tie.from), end(tie.to), because.place.short());
        format!(
            "{from} {} {to}: {} ({place})\n",
            what(tie.what),
            because.text
        )
    });
    lines.collect()
}

fn end(end: End<'_>) -> String {
    match end {
        End::Server(fqdn) => format!("server {fqdn}"),
        End::Pool(fqdn) => format!("pool {fqdn}"),
        End::Deployment => "the deployment".to_owned(),
    }
}

fn what(what: What) -> String {
    match what {
        What::MemberOf => "is a member of".to_owned(),
        What::Holds(kind, Part::Primary) => format!("holds the {} of", kind.label),
        What::Holds(kind, Part::Mirror) => format!("mirrors the {} of", kind.label),
        What::Holds(kind, Part::Copy) => format!("holds with others the {} of", kind.label),
        What::Witnesses => "witnesses".to_owned(),
        What::Hosts(Share::FileStore) => "hosts the file store of".to_owned(),
        What::Hosts(Share::Mirror) => "hosts the mirroring share of".to_owned(),
        What::NextHop => "hands on to".to_owned(),
        What::PairedWith => "is paired with".to_owned(),
        What::Manages => "manages".to_owned(),
    }
}

/// A text without digests, which say that a file differs and not how.
fn plain(text: &str) -> String {
    let is_digest = |word: &str| word.len() == 64 && word.chars().all(|c| c.is_ascii_hexdigit());
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_digest(bare) {
                word.replace(bare, "(sha256)")
            } else {
                word.to_owned()
            }
        })
        .collect()
}

/// The cells of a workbook, one line each.
fn cells(bytes: &[u8]) -> String {
    let read = workbook::read(&Arc::from("packet.xlsx"), bytes);
    let own = read.findings.iter().all(|it| it.code == Code::OwnOutput);
    assert!(own, "{:?}", read.findings);
    let mut lines = String::new();
    for sheet in &read.sheets {
        for (row, cells) in &sheet.rows {
            for (column, value) in cells {
                let place = sheet.place.clone().cell(*row, *column);
                let text = text_of(value).replace('\n', "\\n");
                let _ = writeln!(lines, "{}: {}", place.short(), plain(&text));
            }
        }
    }
    lines
}

/// What becomes of every packet: status, scenarios, codes of its findings, commands printed and withheld.
fn summary() -> String {
    let mut lines = String::new();
    for packet in packets() {
        let strings = |value: &Value, key: &str| -> String {
            let items = array(value).iter();
            let items = items.map(|it| if key.is_empty() { it } else { &it[key] });
            items
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let all = steps(&json(&format!("{}.json", stem(&packet))));
        let printed = all.iter().filter(|step| !step["command"].is_null()).count();
        let withheld = all.iter().filter(|step| !step["gap"].is_null()).count();
        let _ = writeln!(
            lines,
            "{} {} | {} | {} | {} steps, {printed} commands, {withheld} withheld | {}",
            packet["kind"].as_str().unwrap_or_default(),
            packet["fqdn"].as_str().unwrap_or_default(),
            packet["status"].as_str().unwrap_or_default(),
            strings(&packet["scenarios"], ""),
            all.len(),
            strings(&packet["findings"], "code"),
        );
    }
    lines
}

#[test]
fn every_run_gives_the_same_bytes_whatever_the_threads() {
    let alone = files(build("1").path());
    let together = output();
    assert!(alone.keys().eq(together.keys()), "the same files");
    for (name, bytes) in &alone {
        assert!(*bytes == together[name], "{name} differs");
    }
}

#[test]
fn every_command_is_a_documented_one_and_says_backup_for_the_share() {
    let cmdlets = powershell::Reference::load();
    let mut commands = 0;
    for packet in packets() {
        let name = format!("{}.json", stem(&packet));
        for step in steps(&json(&name)) {
            let Some(command) = step["command"].as_str() else {
                continue;
            };
            commands += 1;
            let language = step["language"].as_str().expect("a language");
            let problems = cmdlets.problems_in(language, command);
            assert_eq!(problems, Vec::<String>::new(), "{name}");
            let says_it = command.to_lowercase().contains(&SHARE.to_lowercase());
            assert!(!says_it, "{name}: {command}");
        }
    }
    assert!(commands > 300, "only {commands} commands");
}

/// A step never has both, and a reader of the Markdown sees the same commands as a reader of the JSON.
#[test]
fn markdown_and_json_print_the_same_commands() {
    for packet in packets() {
        let stem = stem(&packet);
        let markdown = text(&format!("{stem}.md"));
        // Page one repeats the first command, and says the share of the cycle.
        let (_, mut rest) = markdown.split_once("\n## 1 ").expect("a first part");
        for step in steps_in_order(&json(&format!("{stem}.json"))) {
            let both = !step["command"].is_null() && !step["gap"].is_null();
            assert!(!both, "{stem}: {}", step["number"]);
            if let Some(command) = step["command"].as_str() {
                let language = step["language"].as_str().expect("a language");
                let block = format!("```{language}\n{command}\n```");
                let at = rest.find(&block);
                let at = at.unwrap_or_else(|| panic!("{stem}.md lacks {command}"));
                rest = &rest[at + block.len()..];
            }
        }
        let more = rest.contains("```powershell") || rest.contains("```sql");
        assert!(!more, "{stem}.md has more");
    }
}

/// The steps in the order in which the packet prints them.
fn steps_in_order(packet: &Value) -> Vec<Value> {
    let common = ["gather", "prepare", "checks"].map(|name| packet[name].clone());
    let parts = common.iter().chain(array(&packet["procedures"]));
    let mut parts: Vec<&Value> = parts.collect();
    parts.sort_by_key(|part| part["number"].as_u64());
    let steps = parts.into_iter().map(|part| array(&part["steps"]).to_vec());
    steps.flatten().collect()
}

/// Each lane holds its own steps and no other, in the packet's order; a part is walked whole or not at all, so that its
/// numbers have no holes in any lane.
#[test]
fn every_lane_is_walked_without_a_step_of_another() {
    for packet in packets() {
        let stem = stem(&packet);
        let packet = json(&format!("{stem}.json"));
        let steps = steps_in_order(&packet);
        let lanes = array(&packet["lanes"]);
        assert!(!lanes.is_empty(), "{stem}");
        for lane in lanes {
            let own = steps
                .iter()
                .filter(|it| array(&it["lanes"]).contains(&lane["id"]));
            let own: Vec<&Value> = own.map(|it| &it["number"]).collect();
            assert_eq!(
                own,
                array(&lane["steps"]).iter().collect::<Vec<_>>(),
                "{stem}"
            );
            let mut before = (0, 0);
            for number in own {
                let (part, step) = number
                    .as_str()
                    .and_then(|it| it.split_once('.'))
                    .expect(&stem);
                let now: (u64, u64) = (part.parse().expect(part), step.parse().expect(step));
                let follows = now == (before.0, before.1 + 1) || (now.0 > before.0 && now.1 == 1);
                assert!(
                    follows,
                    "{stem}, lane {}: {now:?} after {before:?}",
                    lane["id"]
                );
                before = now;
            }
            let prepared = packet["prepare"]["number"].as_u64();
            assert!(
                Some(before.0) > prepared,
                "{stem}: a lane without more than preparation"
            );
        }
        let homeless = steps.iter().find(|it| array(&it["lanes"]).is_empty());
        assert_eq!(homeless, None, "{stem}");
    }
}

/// What the working mode of a page records and copies. Letter for letter: people run what it copies.
#[test]
fn the_working_mode_knows_the_steps_of_the_json() {
    for packet in packets() {
        let stem = stem(&packet);
        let page = text(&format!("{stem}.html"));
        let (_, rest) = page.split_once("id=\"work-facts\">").expect("its facts");
        let (facts, _) = rest.split_once("</script>").expect("their end");
        let facts: Value = serde_json::from_str(facts).expect("JSON");
        for field in ["kind", "fqdn", "title", "edition", "fingerprint"] {
            assert_eq!(facts[field], packet[field], "{stem}");
        }
        let steps = steps_in_order(&json(&format!("{stem}.json")));
        assert_eq!(array(&facts["steps"]).len(), steps.len(), "{stem}");
        for (known, step) in array(&facts["steps"]).iter().zip(&steps) {
            let is_withheld = !array(&known["withheld"]).is_empty();
            let told = [&known["number"], &known["title"], &known["command"]];
            assert_eq!(told, [&step["number"], &step["text"], &step["command"]]);
            assert_eq!(is_withheld, !step["gap"].is_null(), "{stem} {told:?}");
            assert_eq!(known["point_of_no_return"], step["point_of_no_return"]);
            let anchor = known["anchor"].as_str().expect("an anchor");
            assert!(page.contains(&format!(" id=\"{anchor}\"")), "{anchor}");
        }
    }
}

/// What the published schema of this name does not allow in a document.
fn problems(published: &str, document: &Value) -> Vec<String> {
    let path = root().join(format!("src/contract/schemas/{published}.schema.json"));
    let published = std::fs::read_to_string(path).expect("the schema");
    let published: Value = serde_json::from_str(&published).expect("a schema is JSON");
    schema::problems(&published, document)
}

#[test]
fn every_document_is_what_its_published_schema_says() {
    let folder = build("4");
    let checklist = folder.path().join("done.record.json");
    std::fs::write(&checklist, checklist_of("servers/sql05.contoso.com.json")).expect("a file");
    let (output, checklist) = (folder.path().to_string_lossy(), checklist.to_string_lossy());
    let commands: [(&str, &[&str]); 5] = [
        ("index", &["index", "--output", &output]),
        ("changes", &["changes", "--output", &output]),
        ("plan", &["plan", "--all"]),
        ("check", &["check"]),
        ("execution", &["record", &checklist, "--output", &output]),
    ];
    for (published, arguments) in commands {
        let said = run(&[arguments, &["--format", "json"]].concat(), root());
        let document: Value = serde_json::from_slice(&said).expect(published);
        assert_eq!(document["schema"], format!("restore-packets/{published}/1"));
        let wrong = problems(published, &document);
        assert_eq!(wrong, Vec::<String>::new(), "{published}");
        assert!(document.as_object().is_some_and(|fields| fields.len() > 5));
    }
    for name in ["index", "changes"] {
        let said = run(&[name, "--output", &output], root());
        assert_eq!(String::from_utf8_lossy(&said), text(&format!("{name}.md")));
    }
}

/// The export of a packet's page on which every step is done.
fn checklist_of(packet: &str) -> String {
    let packet = json(packet);
    let done = steps(&packet).into_iter().map(|step| {
        serde_json::json!({
            "number": step["number"], "title": step["text"], "command": step["command"], "result": "done",
            "start": "2014-06-10T03:00:00+02:00", "end": "2014-06-10T03:05:00+02:00", "initials": "AB",
        })
    });
    let identity = &packet["identity"];
    let export = serde_json::json!({
        "schema": "restore-packets/record/1", "kind": identity["kind"], "fqdn": identity["fqdn"],
        "edition": identity["edition"], "fingerprint": identity["fingerprint"],
        "steps": done.collect::<Vec<_>>(),
    });
    export.to_string()
}

/// What no page exported is refused, in the words in which the page refuses it.
#[test]
fn a_record_is_refused_in_the_words_of_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = folder.path().to_string_lossy();
    let only = ["--only", "server:sql05.contoso.com", "--format", "json"];
    run(
        &[&["build", "--output", &output], &only[..]].concat(),
        root(),
    );
    let record = checklist_of("servers/sql05.contoso.com.json");
    let record: Value = serde_json::from_str(&record).expect("JSON");
    let cases = records::cases(&record);
    let name = |number: usize| format!("{number}.record.json");
    for (number, (_, bytes)) in cases.iter().enumerate() {
        std::fs::write(folder.path().join(name(number)), bytes).expect("a file");
    }
    let said = Command::new(env!("CARGO_BIN_EXE_restore-packets"))
        .args(["record", "--output", ".", "--message-format", "short"])
        .args((0..cases.len()).map(name))
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let said = [said.stdout, said.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    for (number, (case, _)) in cases.iter().enumerate() {
        let expected = match case["words"].as_str() {
            Some(words) => format!("-checklist]: {words}"),
            None => "execution of edition 1".to_owned(),
        };
        let mut lines = said.lines().filter(|line| line.starts_with(&name(number)));
        let is_said = lines.any(|line| line.contains(&expected));
        assert!(is_said, "{}: {said}", case["what"]);
    }
}

#[test]
fn every_packet_is_what_the_published_schema_says() {
    for packet in packets() {
        let name = format!("{}.json", stem(&packet));
        assert_eq!(
            problems("packet", &json(&name)),
            Vec::<String>::new(),
            "{name}"
        );
    }
}
