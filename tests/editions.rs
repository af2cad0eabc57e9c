//! Editions: what rises them, and what does not.

#[path = "common/worksheets.rs"]
mod worksheets;

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
