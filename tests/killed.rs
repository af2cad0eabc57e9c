//! Commands beside `build` survive: killed at any moment, on a slow disk, on a full one, and when their folder disappears.
//!
//! `interrupted.rs` has the same for `build`, and `attach.rs` for what goes over the network.

#[path = "common/stopped.rs"]
mod stopped;
#[path = "common/worksheets.rs"]
#[expect(dead_code, reason = "no test here compares editions")]
mod worksheets;

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stopped::stopped;
use worksheets::Estate;

const SMALL: [&str; 2] = ["--format", "json,html"];

/// How many moments of a run are tried.
const MOMENTS: u32 = 8;

/// A command with what it leaves: a file beside the output folder, or something in it.
struct Job {
    arguments: &'static [&'static str],
    file: Option<&'static str>,
}

const JOBS: [Job; 4] = [
    Job {
        arguments: &["bundle", "b.zip", "--change", "CHG0012345"],
        file: Some("b.zip"),
    },
    Job {
        arguments: &["binder", "b.html"],
        file: Some("b.html"),
    },
    Job {
        arguments: &["printed", "--all", "--on", "2014-06-10"],
        file: None,
    },
    Job {
        arguments: &["record", "done.record.json"],
        file: None,
    },
];

/// A few packets of the sample, issued once, and a checklist of one of them.
fn issued() -> Estate {
    let mut estate = Estate::sample();
    let keep = [
        "edge01.contoso.com",
        "fs01.contoso.com",
        "wac01.contoso.com",
    ];
    for name in ["servers", "pools", "certificates"] {
        let rows = &mut estate.sheet(name).rows;
        let heading = rows[0].clone();
        rows.retain(|row| *row == heading || keep.contains(&row[0].as_str()));
    }
    estate.issue(&SMALL);
    let packet = estate.output().join("servers/edge01.contoso.com.json");
    let packet = std::fs::read(packet).expect("a packet");
    let packet: Value = serde_json::from_slice(&packet).expect("JSON");
    std::fs::write(estate.path().join("done.record.json"), done(&packet)).expect("a checklist");
    estate
}

/// The checklist of a packet, with every step done.
fn done(packet: &Value) -> String {
    let mut steps = Vec::new();
    collect(packet, &mut steps);
    let identity = &packet["identity"];
    let exported = json!({
        "schema": "restore-packets/record/1", "kind": identity["kind"], "fqdn": identity["fqdn"],
        "edition": identity["edition"], "fingerprint": identity["fingerprint"], "steps": steps,
    });
    exported.to_string()
}

fn collect(value: &Value, steps: &mut Vec<Value>) {
    match value {
        Value::Object(map) if map.contains_key("run_on") && map.contains_key("number") => {
            steps.push(json!({
                "number": map["number"], "title": map["text"], "command": map["command"], "result": "done",
                "start": "2014-06-10T03:00:00+02:00", "end": "2014-06-10T03:05:00+02:00", "initials": "AB",
            }));
        }
        Value::Object(map) => map.values().for_each(|it| collect(it, steps)),
        Value::Array(items) => items.iter().for_each(|it| collect(it, steps)),
        _ => {}
    }
}

/// The same estate once more.
fn copy(from: &Estate) -> Estate {
    let estate = Estate::sample();
    std::fs::remove_dir_all(estate.worksheets()).expect("it is removed");
    copy_folder(from.path(), estate.path());
    estate
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

/// What stands is what was issued, and a file that is there is whole.
fn is_whole(estate: &Estate, job: &Job, when: &str) {
    let verified = estate.run(&["verify", "--on", "2014-06-10"]);
    let told = said(&verified);
    assert_eq!(verified.status.code(), Some(0), "{when}: {told}");
    assert!(!told.contains("extra-file"), "{when}: {told}");
    let Some(path) = job
        .file
        .map(|it| estate.path().join(it))
        .filter(|it| it.exists())
    else {
        return;
    };
    if path.extension().is_some_and(|it| it == "zip") {
        let verified = estate.run(&["verify", job.file.expect("a file"), "--on", "2014-06-10"]);
        assert_eq!(
            verified.status.code(),
            Some(0),
            "{when}: {}",
            said(&verified)
        );
    } else {
        let page = std::fs::read_to_string(path).expect("a page");
        assert!(page.trim_end().ends_with("</html>"), "{when}: half a page");
    }
}

/// Runs a job to its end; nothing of a run before is left beside what it writes.
fn finishes(estate: &Estate, job: &Job, when: &str) {
    let mut output = estate.run(job.arguments);
    if said(&output).contains("a run was interrupted") {
        // What was on its way to the output folder is brought there by a build, and the message says so.
        let build = ["build", "--as-of", "2014-06-10", "--format", "json,html"];
        let built = estate.run(&build);
        assert!(
            built.status.code().is_some_and(|it| it < 2),
            "{when}: {}",
            said(&built)
        );
        output = estate.run(job.arguments);
    }
    let told = said(&output);
    assert_eq!(output.status.code(), Some(0), "{when}: {told}");
    is_whole(estate, job, when);
    let names = std::fs::read_dir(estate.path()).expect("a folder");
    let expected = ["worksheets", "output", "done.record.json"];
    for name in names.map(|it| it.expect("an entry").file_name()) {
        let name = name.to_string_lossy().into_owned();
        let is_known = expected.contains(&name.as_str()) || job.file == Some(name.as_str());
        assert!(is_known, "{when}: {name} is left");
    }
}

#[test]
fn killed_at_any_moment_the_next_run_finishes() {
    let base = issued();
    for job in &JOBS {
        let estate = copy(&base);
        let start = Instant::now();
        finishes(&estate, job, "undisturbed");
        let whole = start.elapsed();
        for moment in 0..MOMENTS {
            let estate = copy(&base);
            let mut child = estate
                .command(job.arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the program runs");
            std::thread::sleep(whole * moment / MOMENTS);
            // It may have ended by then, which is a moment like any other.
            let _ = child.kill();
            child.wait().expect("it is gone");
            let when = format!("{} killed at moment {moment}", job.arguments[0]);
            // What a killed run staged is no harm to what stands.
            finishes(&estate, job, &when);
        }
    }
}

#[test]
fn killed_after_any_step_the_next_run_finishes() {
    let base = issued();
    for job in &JOBS {
        for step in 1.. {
            let estate = copy(&base);
            let child = stopped(&mut estate.command(job.arguments), step);
            let is_over = child.is_none();
            if let Some(mut child) = child {
                child.kill().expect("it is killed");
                child.wait().expect("it is gone");
            }
            let when = format!("{} killed after step {step}", job.arguments[0]);
            finishes(&estate, job, &when);
            if is_over {
                assert!(step > 1, "{when}: it made no step");
                break;
            }
        }
    }
}

/// Runs a job under a shell's limit on how much it may write to one file, which is what a full disk comes to.
#[cfg(unix)]
fn on_a_full_disk(estate: &Estate, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_restore-packets");
    let mut command = Command::new("sh");
    command
        .current_dir(estate.path())
        // In blocks of half a kilobyte or of a whole one: no page is so small.
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 4; exec \"$@\"",
            "sh",
            program,
        ])
        .args(arguments);
    command.output().expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_what_stood_stays() {
    let base = issued();
    let build = Job {
        arguments: &["build", "--as-of", "2014-06-10", "--format", "json,html"],
        file: None,
    };
    for job in JOBS
        .iter()
        .chain([&build])
        .filter(|it| it.arguments[0] != "printed")
    {
        let estate = copy(&base);
        if job.arguments[0] == "build" {
            let servers = estate.worksheets().join("servers.csv");
            let text = std::fs::read_to_string(&servers).expect("worksheets");
            let text = text.replace("\"edge01.contoso.com\",", "\"edge09.contoso.com\",");
            std::fs::write(&servers, text).expect("they are written");
        }
        let output = on_a_full_disk(&estate, job.arguments);
        let told = said(&output);
        let name = job.arguments[0];
        assert!(
            matches!(output.status.code(), Some(1..=3)),
            "{name}: {told}"
        );
        assert!(
            told.contains("cannot write") && !told.contains("panicked"),
            "{name}: {told}"
        );
        if let Some(file) = job.file {
            assert!(!estate.path().join(file).exists(), "{name}: half a file");
        }
        is_whole(&estate, job, name);
    }
}

/// How long a slow disk takes for each step.
const SLOW: &str = "40";

#[test]
fn a_folder_that_disappears_is_said_and_the_next_run_builds_it_anew() {
    let base = issued();
    let arguments = [
        "build",
        "--as-of",
        "2014-06-10",
        "--format",
        "json,html",
        "--output",
        "new",
    ];
    let estate = copy(&base);
    let child = estate
        .command(&arguments)
        .env("RESTORE_PACKETS_SLOW", SLOW)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let folder = estate.path().join("new");
    let start = Instant::now();
    while !folder.join(".state").exists() && start.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(5));
    }
    // Files come while they are removed.
    while std::fs::remove_dir_all(&folder).is_err() && folder.exists() {}
    let output = child.wait_with_output().expect("it ends");
    let told = said(&output);
    assert!(!told.contains("panicked"), "{told}");
    assert!(matches!(output.status.code(), Some(1..=3)), "{told}");
    let again = estate.run(&arguments);
    assert!(
        again.status.code().is_some_and(|it| it < 2),
        "{}",
        said(&again)
    );
    let verified = estate.run(&["verify", "--output", "new", "--on", "2014-06-10"]);
    assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
}

#[test]
fn a_slow_disk_changes_nothing_but_the_time() {
    let base = issued();
    for job in &JOBS {
        let estate = copy(&base);
        let mut slow = estate.command(job.arguments);
        let output = slow
            .env("RESTORE_PACKETS_SLOW", SLOW)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        is_whole(&estate, job, "on a slow disk");
    }
}
