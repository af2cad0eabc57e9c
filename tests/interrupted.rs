//! Publishing survives: killed after every step, two at once, full and protected disks.

#[path = "common/stopped.rs"]
mod stopped;
#[path = "common/worksheets.rs"]
mod worksheets;

use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use stopped::stopped;
use worksheets::{Estate, editions};

/// Few packets in one format, so that there are few steps to be killed after.
const SMALL: [&str; 2] = ["--format", "json,md"];

/// The build that is stopped.
const BUILD: [&str; 5] = ["build", "--as-of", "2014-06-10", "--format", "json,md"];

/// A small organization that has been issued once.
fn issued() -> Estate {
    let mut estate = Estate::sample();
    let keep = [
        "edge01.contoso.com",
        "fs01.contoso.com",
        "wac01.contoso.com",
    ];
    for name in ["servers", "pools", "certificates"] {
        let rows = &mut estate.sheet(name).rows;
        let mut number = 0;
        rows.retain(|row| {
            number += 1;
            number == 1 || keep.contains(&row[0].as_str())
        });
    }
    estate.issue(&SMALL);
    estate
}

/// A new edition, a retired packet and a new one.
fn change(estate: &mut Estate) {
    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    estate
        .sheet("servers")
        .rows
        .retain(|row| row[0] != "wac01.contoso.com");
    let mut row = estate.sheet("servers").rows[1].clone();
    row[0] = "new01.contoso.com".to_owned();
    estate.sheet("servers").rows.push(row);
    estate.write();
}

fn is_whole(estate: &Estate, when: &str) {
    let verified = estate.run(&["verify", "--on", "2014-06-10"]);
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert_eq!(verified.status.code(), Some(0), "{when}: {said}");
    assert!(!said.contains("extra-file"), "{when}: {said}");
}

#[test]
fn killed_after_any_step_the_next_run_finishes() {
    let mut plain = issued();
    change(&mut plain);
    let expected = editions(&plain.issue(&SMALL));
    let mut step = 1;
    loop {
        let mut estate = issued();
        let first = editions(&estate.manifest());
        change(&mut estate);
        let Some(mut child) = stopped(&mut estate.command(&BUILD), step) else {
            break;
        };
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        // Whatever was reached, the manifest is one of the two, and whole.
        let seen = editions(&estate.manifest());
        assert!(seen == first || seen == expected, "step {step}");
        assert_eq!(editions(&estate.issue(&SMALL)), expected, "step {step}");
        is_whole(&estate, &format!("step {step}"));
        let retired = estate.output().join("retired/servers/wac01.contoso.com.md");
        let retired = std::fs::read_to_string(retired).expect("it was moved aside");
        assert!(retired.starts_with("> [!CAUTION]"), "step {step}");
        step += 1;
    }
    assert!(step > 20, "only {step} steps");
}

/// How many moments of a run are tried.
const MOMENTS: u32 = 12;

#[test]
fn killed_at_any_moment_under_load_the_next_run_finishes() {
    let mut plain = issued();
    change(&mut plain);
    let start = Instant::now();
    let expected = editions(&plain.issue(&SMALL));
    let whole_run = start.elapsed();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // Other runs keep the machine busy, so that the moments fall elsewhere each time.
        for _ in 0..2 {
            scope.spawn(|| {
                let other = issued();
                while !done.load(Ordering::Relaxed) {
                    other.build(&SMALL);
                }
            });
        }
        let ended = std::panic::catch_unwind(|| {
            for moment in 0..MOMENTS {
                killed(whole_run * moment / MOMENTS * 2, &expected);
            }
        });
        // Whatever came of it, the others must end.
        done.store(true, Ordering::Relaxed);
        if let Err(panic) = ended {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Kills a run after some time, and lets the next one finish what it left.
fn killed(after: Duration, expected: &[String]) {
    let mut estate = issued();
    let first = editions(&estate.manifest());
    change(&mut estate);
    let arguments = ["build", "--as-of", "2014-06-10", "--format", "json,md"];
    let mut child = estate
        .command(&arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    std::thread::sleep(after);
    // It may have ended by then, which is a moment like any other.
    let _ = child.kill();
    child.wait().expect("it is gone");
    let when = format!("killed after {after:?}");
    let seen = editions(&estate.manifest());
    assert!(seen == first || seen == *expected, "{when}");
    assert_eq!(editions(&estate.issue(&SMALL)), *expected, "{when}");
    is_whole(&estate, &when);
}

#[test]
fn two_builds_at_once_do_not_meet() {
    let mut estate = issued();
    change(&mut estate);
    let mut child = stopped(&mut estate.command(&BUILD), 3).expect("it stands still");
    let second = estate.build(&SMALL);
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(
        said.contains(&format!("another run (process {})", child.id())),
        "{said}"
    );
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    // The lock file is still there, and nobody holds it.
    assert!(estate.output().join(".state/publish.lock").exists());
    estate.issue(&SMALL);
    is_whole(&estate, "after a stale lock");
}

#[test]
fn what_is_in_the_way_is_named_and_the_rest_goes_ahead() {
    let mut estate = issued();
    change(&mut estate);
    let target = estate.output().join("servers/edge01.contoso.com.md");
    std::fs::remove_file(&target).expect("it is removed");
    std::fs::create_dir(&target).expect("a folder in its place");
    let notes = estate.output().join("notes.txt");
    std::fs::write(&notes, "mine").expect("a foreign file");
    let output = estate.build(&SMALL);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("a folder stands in its place"), "{said}");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains("1 file that no run issued, left alone: notes.txt"),
        "{told}"
    );
    assert!(
        estate
            .output()
            .join("servers/new01.contoso.com.md")
            .is_file()
    );
    std::fs::remove_dir(&target).expect("the folder goes");
    estate.issue(&SMALL);
    assert_eq!(std::fs::read_to_string(notes).ok().as_deref(), Some("mine"));
    assert!(target.is_file());
}

#[test]
fn a_protected_page_is_named_and_kept_and_the_rest_goes_ahead() {
    let mut estate = issued();
    change(&mut estate);
    let target = estate.output().join("servers/edge01.contoso.com.md");
    let before = std::fs::read(&target).expect("a page");
    let protect = |on| {
        let mut permissions = target.metadata().expect("a page").permissions();
        permissions.set_readonly(on);
        std::fs::set_permissions(&target, permissions).expect("it is changed");
    };
    protect(true);
    let output = estate.build(&SMALL);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("edge01.contoso.com.md") && said.contains("read-only"),
        "{said}"
    );
    assert_eq!(std::fs::read(&target).ok(), Some(before));
    let new = estate.output().join("servers/new01.contoso.com.md");
    assert!(new.is_file(), "the others go ahead");
    protect(false);
    estate.issue(&SMALL);
    is_whole(&estate, "after it was made writable");
}

#[test]
fn a_protected_ledger_stops_the_run_before_anything_is_touched() {
    let mut estate = issued();
    let before = editions(&estate.manifest());
    change(&mut estate);
    let ledger = estate.output().join("ledger.jsonl");
    let mut permissions = ledger.metadata().expect("a ledger").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&ledger, permissions).expect("it is protected");
    let output = estate.build(&SMALL);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains("ledger.jsonl") && said.contains("read-only"),
        "{said}"
    );
    assert_eq!(editions(&estate.manifest()), before);
    is_whole(&estate, "after a refused run");
}
