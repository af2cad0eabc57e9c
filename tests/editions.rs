//! Editions: what rises them, and what does not.

#[path = "common/worksheets.rs"]
mod worksheets;

use std::path::PathBuf;
use std::time::SystemTime;

use worksheets::{Estate, editions};

#[test]
fn reordered_rows_moved_columns_and_renamed_files_are_no_change() {
    let mut estate = Estate::sample();
    let before = editions(&estate.issue(&["--format", "json"]));
    for sheet in &mut estate.sheets {
        sheet.rows[1..].reverse();
        for row in &mut sheet.rows {
            row.reverse();
        }
        sheet.name = format!("copy of {}", sheet.name);
    }
    let after = editions(&estate.issue(&["--format", "json"]));
    assert_eq!(before, after);
}

/// The sample with a decision table whose rows have these ids, or none: its packets' fingerprints, its index, and the plan
/// for the loss of everything. What a row yields to is said by these ids, too.
fn with_ids(ids: &[String]) -> (Vec<String>, String, String) {
    let text = &restore_packets::template::builtin()[restore_packets::decisions::FILE];
    let product = restore_packets::product::Product::built_in();
    let (table, _) = restore_packets::decisions::Table::read(product, text);
    let mut rows =
        vec![["If this failed", "See this section", "Id", "Yields to"].map(str::to_owned)];
    for (at, row) in table.rows.iter().enumerate() {
        let yields = row.yields_to.iter().map(|means| {
            let of = table.rows.iter().position(|row| row.means == *means);
            ids.get(of.expect("a row"))
                .map_or(String::new(), |id| id.to_uppercase())
        });
        let yields: Vec<String> = yields.collect();
        let id = ids.get(at).cloned().unwrap_or_default();
        rows.push([
            row.if_this_failed.clone(),
            row.see.clone(),
            id,
            yields.join("; "),
        ]);
    }
    let mut estate = Estate::sample();
    estate.sheets.push(worksheets::Sheet {
        name: "decision-table".to_owned(),
        rows: rows.into_iter().map(Vec::from).collect(),
    });
    let manifest = estate.issue(&["--format", "md"]);
    let index = std::fs::read_to_string(estate.output().join("index.md")).expect("an index");
    let plan = estate.run(&["plan", "--all", "--as-of", "2014-06-10"]);
    assert!(plan.status.success());
    let plan = String::from_utf8(plan.stdout).expect("a text");
    (editions(&manifest), index, plan)
}

#[test]
fn ids_of_ones_own_change_no_packet_no_index_and_no_plan() {
    let before = with_ids(&[]);
    let text = &restore_packets::template::builtin()[restore_packets::decisions::FILE];
    let product = restore_packets::product::Product::built_in();
    let (table, _) = restore_packets::decisions::Table::read(product, text);
    // The worst names there are: those of the other rows.
    let mut ids: Vec<String> = table.rows.iter().map(|row| row.id.clone()).collect();
    ids.rotate_left(1);
    assert_eq!(before, with_ids(&ids));
    let numbers: Vec<String> = (1..=ids.len())
        .map(|number| format!("Row {number}"))
        .collect();
    assert_eq!(before, with_ids(&numbers));
}

#[test]
fn another_format_of_the_same_worksheets_is_no_change() {
    let estate = Estate::sample();
    let before = editions(&estate.issue(&["--format", "json"]));
    let written = estate.run(&["new", "workbooks", "--sample"]);
    assert!(written.status.success());
    let built = estate.run(&[
        "build",
        "--worksheets",
        "workbooks",
        "--output",
        "output",
        "--format",
        "json",
    ]);
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    assert_eq!(before, editions(&estate.manifest()));
}

#[test]
fn a_new_backup_cycle_is_no_change_of_any_packet() {
    let mut estate = Estate::sample();
    let before = editions(&estate.issue(&["--format", "json"]));
    next_cycle(&mut estate);
    let after = editions(&estate.issue(&["--format", "json"]));
    assert_eq!(before, after);
}

/// What changes with every backup: the share, the cycle, the sets and the dates.
fn next_cycle(estate: &mut Estate) {
    let share = r"\\backup07.contoso.com\other$\2014-06-14";
    let settings = [
        ("Backup location", share),
        ("Backup cycle", "2014-06-14"),
        ("Backup completed", "2014-06-10"),
        ("Next backup", "2014-06-21"),
    ];
    for (setting, value) in settings {
        estate.set("deployment", setting, "Value", value);
    }
    for name in ["database-backups", "file-store-backups", "settings-backups"] {
        let sheet = estate.sheet(name);
        let column = |heading: &str| sheet.rows[0].iter().position(|head| head == heading);
        let (set, last) = (column("Backup set"), column("Last backup"));
        for row in &mut sheet.rows[1..] {
            if let Some(set) = set {
                row[set] = "Name: Next-Set\nExpiration: 2014-12-31".to_owned();
            }
            if let Some(last) = last {
                row[last] = "2014-06-09".to_owned();
            }
        }
    }
}

#[test]
fn a_changed_fact_is_a_new_edition_of_the_packets_that_hold_it() {
    let mut estate = Estate::sample();
    let before = editions(&estate.issue(&["--format", "json"]));
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    let after = editions(&estate.issue(&["--format", "json"]));
    let changed: Vec<&String> = after.iter().filter(|it| !before.contains(it)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].starts_with(r#""server" "edge01.contoso.com" 2 "#));
}

#[test]
fn a_run_that_changes_nothing_touches_nothing() {
    let estate = Estate::sample();
    estate.issue(&[]);
    let before = times(&estate);
    let output = estate.build(&["-v"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!said.contains("rendered"), "{said}");
    assert!(said.contains(NOTHING_CHANGED), "{said}");
    assert_eq!(before, times(&estate));
    // The same findings are said, and lead to the same exit code, though no packet was made again.
    let first = Estate::sample().build(&["-v"]);
    assert_eq!(first.status.code(), output.status.code());
    assert_eq!(findings(&first), findings(&output));
}

/// What a run says when it takes over what the last one made.
const NOTHING_CHANGED: &str = "nothing changed since the last run";

/// What a run said about the worksheets.
fn findings(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Ten days over three years: before the reviews, among the certificates' last days, and after all of them.
const DAYS: [&str; 10] = [
    "2014-06-10",
    "2014-06-11",
    "2014-07-06",
    "2014-08-21",
    "2014-11-02",
    "2015-03-05",
    "2015-09-17",
    "2016-02-29",
    "2016-12-31",
    "2017-06-10",
];

#[test]
fn no_day_changes_a_packet() {
    let estate = Estate::sample();
    let before = editions(&estate.issue(&["--format", "md,json"]));
    let packets = packet_files(&estate);
    let mut statuses = Vec::new();
    for day in DAYS {
        let built = estate.run(&["build", "--as-of", day, "-v", "--format", "md,json"]);
        let said = String::from_utf8_lossy(&built.stdout).into_owned();
        assert!(said.contains(NOTHING_CHANGED), "{day}: {said}");
        let manifest = estate.manifest();
        assert_eq!(before, editions(&manifest), "{day}");
        assert_eq!(packets, packet_files(&estate), "{day}");
        let index = std::fs::read_to_string(estate.output().join("index.md")).expect("a page");
        assert!(
            index.contains(&format!("## Readiness as of {day}")),
            "{day}"
        );
        statuses.push(ready(&manifest));
    }
    // What expires ends that packets are ready, on that day and no earlier, and nothing makes them ready again.
    assert!(statuses.is_sorted_by(|a, b| a >= b), "{statuses:?}");
    assert!(statuses[0] > statuses[9], "{statuses:?}");
    // Whoever makes packets on the last day makes the same, but for the day they were issued.
    let late = Estate::sample();
    late.run(&["build", "--as-of", DAYS[9], "--format", "md,json"]);
    for (path, bytes) in packet_files(&late) {
        let said = String::from_utf8(bytes).expect("it is text");
        let said = said.replace(DAYS[9], DAYS[0]).into_bytes();
        assert!(
            packets.contains(&(path.clone(), said)),
            "{}",
            path.display()
        );
    }
}

/// The bytes of every file of every packet, by path below the output folder.
fn packet_files(estate: &Estate) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in ["servers", "pools"] {
        for entry in std::fs::read_dir(estate.output().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            let bytes = std::fs::read(&path).expect("a file");
            files.push((PathBuf::from(folder).join(name), bytes));
        }
    }
    files.sort();
    files
}

/// How many packets the manifest calls ready.
fn ready(manifest: &serde_json::Value) -> usize {
    let packets = manifest["packets"].as_array().expect("packets").iter();
    packets.filter(|packet| packet["status"] == "ready").count()
}

#[test]
fn a_run_that_made_some_packets_is_not_taken_over() {
    let mut estate = Estate::sample();
    estate.issue(&["--format", "json"]);
    let location = |estate: &Estate| {
        let path = estate.output().join("servers/edge01.contoso.com.json");
        let text = std::fs::read_to_string(path).expect("a packet");
        text.contains("another rack")
    };
    let old = estate.sheet("servers").rows.clone();
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    estate.issue(&["--format", "json", "--only", "edge01.contoso.com"]);
    assert!(location(&estate));
    // The worksheets say again what the last whole run read, and the packet does not.
    estate.sheet("servers").rows = old;
    estate.issue(&["--format", "json"]);
    assert!(!location(&estate));
}

#[test]
fn a_page_that_was_changed_by_hand_is_made_again() {
    let estate = Estate::sample();
    estate.issue(&["--format", "md"]);
    let page = estate.output().join("servers/edge01.contoso.com.md");
    let before = std::fs::read(&page).expect("a page");
    std::fs::write(&page, "scribble").expect("it is written");
    estate.issue(&["--format", "md"]);
    assert_eq!(std::fs::read(&page).ok(), Some(before));
}

/// When each file of the output folder was last written.
fn times(estate: &Estate) -> Vec<(PathBuf, SystemTime)> {
    let mut files = Vec::new();
    let mut folders = vec![estate.output()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("publish.lock") {
                let written = path.metadata().and_then(|it| it.modified());
                files.push((path, written.expect("a time")));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn one_changed_row_renders_its_packets_and_says_why() {
    let mut estate = Estate::sample();
    estate.issue(&[]);
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    let output = estate.build(&["-v"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let rendered: Vec<&str> = said
        .lines()
        .filter(|it| it.starts_with("rendered"))
        .collect();
    assert_eq!(
        rendered,
        [
            "rendered server edge01.contoso.com: its edition and its facts or their cells changed",
            // It holds that packet, and names the digests of the worksheets.
            "rendered binder.html: its edition, its facts or their cells and the backup cycle or the organization changed",
        ]
    );
}

#[test]
fn one_changed_packet_renews_its_volume_of_the_binder_and_the_front() {
    let mut estate = Estate::sample();
    estate.sheets.retain(|sheet| sheet.name == "servers");
    let rows = &mut estate.sheet("servers").rows;
    let row = rows
        .iter()
        .find(|row| row[0] == "wac01.contoso.com")
        .cloned();
    rows.truncate(1);
    // A volume holds 200.
    rows.extend((0..205).map(|number| {
        let mut row = row.clone().expect("the sample has it");
        row[0] = format!("wac{number:03}.contoso.com");
        row
    }));
    estate.issue(&["--format", "html"]);
    estate.set("servers", "wac204.contoso.com", "Location", "another rack");
    let output = estate.build(&["--format", "html", "-v"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = said
        .lines()
        .filter_map(|line| line.strip_prefix("rendered "));
    let rendered: Vec<&str> = lines
        .filter_map(|line| Some(line.split_once(':')?.0))
        .collect();
    assert_eq!(
        rendered,
        ["server wac204.contoso.com", "binder.html", "binder-3.html"]
    );
}

#[test]
fn a_change_is_told_with_before_after_and_cell() {
    let mut estate = Estate::sample();
    estate.issue(&[]);
    estate.set(
        "servers",
        "edge01.contoso.com",
        "Location",
        "another | rack",
    );
    estate.write();
    let before = times(&estate);
    let dry = estate.build(&["--dry-run"]);
    let said = String::from_utf8_lossy(&dry.stdout).into_owned();
    assert!(
        said.contains("changed server edge01.contoso.com, edition 2"),
        "{said}"
    );
    assert!(
        said.contains("is now `another | rack` (servers.csv:"),
        "{said}"
    );
    assert_eq!(before, times(&estate), "a dry run writes nothing");
    let manifest = estate.issue(&[]);
    let changes = &manifest["changes"];
    assert_eq!(changes["packets"].as_array().map(Vec::len), Some(1));
    assert_eq!(changes["unchanged"], 39);
    let difference = &changes["packets"][0]["differences"][0];
    assert_eq!(difference["what"], "Server: Location");
    assert_eq!(difference["after"], "another | rack");
    assert_eq!(difference["cell"]["path"], "servers.csv");
    assert_eq!(
        changes["reprint"][0]["path"],
        "servers/edge01.contoso.com.html"
    );
    assert_eq!(changes["reprint"].as_array().map(Vec::len), Some(1));
    let page = std::fs::read_to_string(estate.output().join("changes.md")).expect("a page");
    assert!(page.contains(r"another \| rack"), "{page}");
    // What changed last stays on file until something changes again.
    assert_eq!(estate.issue(&[])["changes"], *changes);
}

#[test]
fn a_new_cycle_renews_the_cycle_sheet_and_the_strips() {
    let mut estate = Estate::sample();
    estate.issue(&["--format", "md,html"]);
    let before = times(&estate);
    next_cycle(&mut estate);
    let manifest = estate.issue(&["--format", "md,html"]);
    let changes = &manifest["changes"];
    assert_eq!(changes["packets"].as_array().map(Vec::len), Some(0));
    assert!(changes["routine"]["values"].as_u64() > Some(3), "{changes}");
    let reprint: Vec<&str> = (0..)
        .map_while(|i| changes["reprint"][i]["path"].as_str())
        .collect();
    assert_eq!(reprint, ["cycle.html"]);
    assert_eq!(changes["reprint"][0]["pages"], 1);
    let after = times(&estate);
    let rewritten = after.iter().filter(|file| !before.contains(file));
    let names: Vec<&str> = rewritten
        .filter_map(|(path, _)| path.file_name()?.to_str())
        .collect();
    assert!(names.contains(&"cycle.html") && names.contains(&"cycle.md"));
    assert!(
        names.contains(&"fe01.contoso.com.html"),
        "the strip on its screen page"
    );
    assert!(!names.contains(&"fe01.contoso.com.md") || strip_in_markdown(&estate));
    assert!(!names.contains(&"ledger.jsonl"), "no edition was issued");
}

/// Whether Markdown packets show the cycle they were built with.
fn strip_in_markdown(estate: &Estate) -> bool {
    let path = estate.output().join("servers/fe01.contoso.com.md");
    std::fs::read_to_string(path)
        .expect("a packet")
        .contains("2014-06-14")
}

#[test]
fn no_command_depends_on_the_cycle_but_through_backup() {
    let mut estate = Estate::sample();
    let commands = |estate: &Estate| {
        estate.issue(&["--format", "json"]);
        let mut commands = Vec::new();
        for folder in ["servers", "pools"] {
            let files = std::fs::read_dir(estate.output().join(folder)).expect("a folder");
            let mut paths: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
            paths.sort();
            for path in paths {
                let text = std::fs::read_to_string(path).expect("a packet");
                collect(&serde_json::from_str(&text).expect("JSON"), &mut commands);
            }
        }
        commands
    };
    let before = commands(&estate);
    assert!(before.iter().any(|command| command.contains("$Backup")));
    assert!(
        !before
            .iter()
            .any(|command| command.contains(r"\LyncBackup\2014"))
    );
    next_cycle(&mut estate);
    assert_eq!(before, commands(&estate));
}

/// Every command of a packet.
fn collect(value: &serde_json::Value, commands: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str().filter(|_| name == "command") {
                    Some(command) => commands.push(command.to_owned()),
                    None => collect(value, commands),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|it| collect(it, commands)),
        _ => {}
    }
}

#[test]
fn the_project_file_says_what_is_routine() {
    let mut estate = Estate::sample();
    let config = estate.path().join("project.toml");
    std::fs::write(&config, "routine = [\"Location\"]\n").expect("it is written");
    let more = ["--format", "json", "--config", "project.toml"];
    let before = editions(&estate.issue(&more));
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    let manifest = estate.issue(&more);
    assert_eq!(before, editions(&manifest));
    assert_eq!(manifest["changes"]["routine"]["values"], 1);
}

#[test]
fn an_edition_older_than_the_last_is_refused() {
    let estate = Estate::sample();
    estate.issue(&["--format", "json"]);
    estate.write();
    let output = estate.run(&["build", "--as-of", "2014-06-09"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("2014-06-09 is earlier than 2014-06-10, when edition 1"),
        "{said}"
    );
}

#[test]
fn damaged_and_lost_records_stop_a_build_until_they_are_adopted() {
    let mut estate = Estate::sample();
    estate.issue(&["--format", "json"]);
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    let issued = editions(&estate.issue(&["--format", "json"]));
    let spoil: [(&str, Option<&str>); 6] = [
        (
            "manifest.json",
            Some("{\"schema\": 1, \"tool\": \"restore-packets 0.1.0\"}"),
        ),
        ("manifest.json", Some("{\"schema\": 1, \"too")),
        ("manifest.json", None),
        ("ledger.jsonl", None),
        ("ledger.jsonl", Some("{\"schema\": 9}\n")),
        ("ledger.jsonl", Some("")),
    ];
    for (file, content) in spoil {
        let path = estate.output().join(file);
        match content {
            Some(content) => std::fs::write(&path, content),
            None => std::fs::remove_file(&path),
        }
        .expect("it is spoilt");
        let refused = estate.build(&["--format", "json"]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{said}");
        assert!(said.contains(file) && said.contains("--adopt"), "{said}");
        let manifest = estate.issue(&["--format", "json", "--adopt"]);
        assert_eq!(editions(&manifest), issued, "{file} {content:?}");
        // Everything is in order again.
        assert_eq!(editions(&estate.issue(&["--format", "json"])), issued);
    }
    for file in ["manifest.json", "ledger.jsonl"] {
        std::fs::remove_file(estate.output().join(file)).expect("it is removed");
    }
    let manifest = estate.issue(&["--format", "json", "--adopt"]);
    assert_eq!(editions(&manifest), issued, "rebuilt from the packets");
}

#[test]
fn a_day_before_the_recorded_backup_is_a_warning() {
    let estate = Estate::sample();
    let output = estate.run(&[
        "check",
        "--as-of",
        "2014-06-01",
        "--message-format",
        "short",
    ]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("warning[as-of-too-early]"), "{said}");
}

#[test]
fn a_row_that_is_gone_and_back_keeps_its_number() {
    let mut estate = Estate::sample();
    let more = ["--format", "json"];
    estate.issue(&more);
    estate.set("servers", "wac01.contoso.com", "Location", "another rack");
    let before = editions(&estate.issue(&more));
    let rows = estate.sheet("servers").rows.clone();
    estate
        .sheet("servers")
        .rows
        .retain(|row| row[0] != "wac01.contoso.com");
    let manifest = estate.issue(&more);
    assert_eq!(manifest["changes"]["packets"][0]["change"], "retired");
    estate.sheet("servers").rows = rows;
    let manifest = estate.issue(&more);
    assert_eq!(manifest["changes"]["packets"][0]["change"], "reinstated");
    assert_eq!(editions(&manifest), before);
}
