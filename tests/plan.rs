//! The restore order for several losses: waves, circles, hours, and the sample's plan as printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use restore_packets::finding::{Code, Finding, SubjectKind};
use restore_packets::inventory::{self, Inventory};
use restore_packets::plan::{self, Losses, Plan};
use restore_packets::rows::Fqdn;
use restore_packets::text::duration::hours;
use restore_packets::topology::Topology;
use restore_packets::workbook;

/// An inventory of two worksheets, one line per row.
fn inventory(servers: &str, pools: &str) -> Inventory {
    let servers = format!("Server FQDN,Role,Pool FQDN,Site,RTO (hours)\n{servers}");
    let pools = format!(
        "Pool FQDN,Pool type,SQL Server FQDN,Mirror SQL Server FQDN,File store,Central Management store,Backup pool FQDN,Next hop pool FQDN\n{pools}"
    );
    let mut sheets = Vec::new();
    for (name, text) in [("servers.csv", servers), ("pools.csv", pools)] {
        sheets.extend(workbook::read(&Arc::from(name), text.as_bytes()).sheets);
    }
    inventory::read(&mut sheets).inventory
}

const SERVERS: &str = "\
fe1.x.com,Front End Server,p1.x.com,North,4
fe2.x.com,Front End Server,p1.x.com,North,2
sql1.x.com,Back End Server,,North,6
sql2.x.com,Back End Server,,South,6
fs1.x.com,File Server,,North,1
edge1.x.com,Edge Server,e1.x.com,South,8
";
const POOLS: &str = "\
p1.x.com,Front End pool,sql1.x.com,sql2.x.com,\\\\fs1.x.com\\lync,yes,,
e1.x.com,Edge pool,,,,,,p1.x.com
";

fn everything(inventory: &Inventory) -> (Plan, Vec<Finding>) {
    let topology = Topology::of(inventory);
    plan::plan(
        &topology,
        &Losses::all(&topology),
        &BTreeMap::new(),
        &plan::Answers::default(),
    )
}

fn named(inventory: &Inventory, names: &[(SubjectKind, &str)]) -> Plan {
    let names: Vec<_> = names
        .iter()
        .map(|(kind, name)| (*kind, Fqdn::parse(name).expect("the test names an FQDN")))
        .collect();
    let topology = Topology::of(inventory);
    let losses = Losses::named(&topology, &names);
    plan::plan(
        &topology,
        &losses,
        &BTreeMap::new(),
        &plan::Answers::default(),
    )
    .0
}

/// "sql1 | fs1 | …": the waves by computer names.
fn waves(plan: &Plan) -> String {
    let mut text = String::new();
    for wave in &plan.waves {
        let names = wave
            .tasks
            .iter()
            .filter_map(|task| task.fqdn.split('.').next());
        let names: Vec<_> = names.collect();
        let bar = if text.is_empty() { "" } else { " | " };
        write!(text, "{bar}{}", names.join(" ")).expect("a String takes all");
    }
    text
}

#[test]
fn waves_follow_the_dependencies() {
    let (plan, findings) = everything(&inventory(SERVERS, POOLS));
    assert_eq!(findings, []);
    assert_eq!(waves(&plan), "sql1 | fs1 sql2 | fe1 fe2 | edge1");
    // What follows from others is not printed again: the Edge waits for the Front Ends alone.
    let edge = &plan.waves[3].tasks[0];
    let on: Vec<_> = edge.waits.iter().map(|wait| wait.on.as_str()).collect();
    assert_eq!(on, ["fe1.x.com", "fe2.x.com"]);
    assert_eq!(edge.waits[0].because.place.short(), "pools.csv:H3");
}

#[test]
fn only_what_is_lost_is_waited_for() {
    let inventory = inventory(SERVERS, POOLS);
    let servers = |names: &[&'static str]| -> Vec<(SubjectKind, &str)> {
        names
            .iter()
            .map(|name| (SubjectKind::Server, *name))
            .collect()
    };
    let cases = [
        (vec!["fe1.x.com", "edge1.x.com"], "fe1 | edge1"),
        (vec!["edge1.x.com", "sql2.x.com"], "sql2 edge1"),
        (vec!["fs1.x.com", "fe1.x.com"], "fs1 | fe1"),
    ];
    for (names, expected) in cases {
        assert_eq!(waves(&named(&inventory, &servers(&names))), expected);
    }
    let pool = named(&inventory, &[(SubjectKind::Pool, "p1.x.com")]);
    assert_eq!(waves(&pool), "sql1 | fs1 sql2 | fe1 fe2");
    assert_eq!(pool.whole_pools, ["p1.x.com"]);
}

#[test]
fn members_do_not_wait_for_a_primary_whose_mirror_runs() {
    let pools = POOLS.replace(",yes,", ",no,");
    let inventory = inventory(SERVERS, &pools);
    let names = [
        (SubjectKind::Server, "sql1.x.com"),
        (SubjectKind::Server, "fe1.x.com"),
    ];
    assert_eq!(waves(&named(&inventory, &names)), "sql1 fe1");
}

#[test]
fn hours_are_summed_and_follow_the_longest_path() {
    let (plan, _) = everything(&inventory(SERVERS, POOLS));
    assert_eq!(hours(plan.time.sum), "27 h");
    // 6 for SQL Server, 1 for the file store, 4 for the slower Front End, 8 for the Edge.
    assert_eq!(hours(plan.time.longest), "19 h");
    assert_eq!(
        plan.time.way,
        ["sql1.x.com", "fs1.x.com", "fe1.x.com", "edge1.x.com"]
    );
    assert!(plan.time.blanks.is_empty());
}

#[test]
fn a_missing_rto_is_named_with_its_cell() {
    let (plan, _) = everything(&inventory(&SERVERS.replace("North,4", "North,"), POOLS));
    assert_eq!(
        plan.time.blanks,
        ["fill in `RTO (hours)` for `fe1.x.com` (servers.csv, cell E2)"]
    );
    assert_eq!(hours(plan.time.sum), "23 h");
}

#[test]
fn a_circle_is_a_finding_and_the_plan_goes_on() {
    let pools = POOLS
        .replace("fs1.x.com", "fe1.x.com")
        .replace(",yes,", ",no,");
    let (plan, findings) = everything(&inventory(SERVERS, &pools));
    let codes: Vec<Code> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::DependencyCycle]);
    assert_eq!(findings[0].place.as_ref().unwrap().short(), "pools.csv:E2");
    let planned: usize = plan.waves.iter().map(|wave| wave.tasks.len()).sum();
    assert_eq!(planned, 5, "the file server serves nobody any longer");
    assert_eq!(waves(&plan), "sql1 | sql2 fe1 | fe2 | edge1");
}

#[test]
fn a_pool_with_a_backup_pool_fails_over_first() {
    let pools = format!("{POOLS}p2.x.com,Front End pool,sql3.x.com,,,standby,p1.x.com,\n");
    let inventory = inventory(SERVERS, &pools);
    let plan = named(&inventory, &[(SubjectKind::Pool, "p1.x.com")]);
    let [failover] = plan.failovers.as_slice() else {
        panic!("one pool fails over: {:?}", plan.failovers);
    };
    assert_eq!(
        (
            failover.partner.as_str(),
            failover.central.is_some(),
            failover.impossible
        ),
        ("p2.x.com", true, false)
    );
    // The Central Management store has moved, so nothing waits for it.
    assert_eq!(waves(&plan), "fs1 | sql1 | sql2 fe1 fe2");
    let (both, _) = everything(&inventory);
    assert!(both.failovers.iter().all(|failover| failover.impossible));
}

#[test]
fn a_site_is_found_whatever_its_case() {
    let inventory = inventory(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    let south = Losses::site(&topology, " south ").unwrap();
    assert_eq!(south.title, "site South");
    assert_eq!(south.servers.len(), 2);
    assert!(Losses::site(&topology, "East").is_none());
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_restore-packets"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[test]
fn the_plan_of_the_sample_is_as_expected() {
    let folder = tempfile::tempdir().unwrap();
    assert!(
        run(folder.path(), &["new", "worksheets", "--sample", "-q"])
            .status
            .success()
    );
    let output = run(folder.path(), &["plan", "--site", "Seattle"]);
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sample-plan.md");
    let expected = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    if text != expected {
        let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-plan.md");
        std::fs::write(&actual, &text).unwrap();
        panic!("{} differs from {}", actual.display(), path.display());
    }
}

#[test]
fn what_is_not_there_is_wrong_usage_with_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    assert!(
        run(folder.path(), &["new", "worksheets", "--sample", "-q"])
            .status
            .success()
    );
    let cases: [(&[&str], &str); 3] = [
        (&["plan", "--site", "Seatle"], "did you mean `Seattle`?"),
        (
            &["plan", "fe01.contso.com"],
            "did you mean `fe01.contoso.com`?",
        ),
        (&["plan"], "--all"),
    ];
    for (arguments, expected) in cases {
        let output = run(folder.path(), arguments);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(expected), "{message}");
    }
    let output = run(folder.path(), &["plan", "--all", "--output", "plans", "-q"]);
    assert!(output.status.success() && output.stdout.is_empty());
    for name in ["plan.md", "plan.html", "plan.xlsx"] {
        assert!(folder.path().join("plans").join(name).is_file(), "{name}");
    }
}

/// The rows of a table of tasks, by their headings.
fn tasks(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize();
    rows.collect::<Result<_, _>>().expect("a table")
}

#[test]
fn every_task_waits_only_for_tasks_above_it() {
    let inventory = inventory(SERVERS, POOLS);
    let (plan, _) = everything(&inventory);
    let text = restore_packets::render::csv::plan(&plan, &BTreeMap::new());
    assert_eq!(
        text,
        restore_packets::render::csv::plan(&plan, &BTreeMap::new())
    );
    let tasks = tasks(&text);
    assert_eq!(tasks.len(), 6);
    for (number, task) in (1..).zip(&tasks) {
        assert_eq!(task["Task ID"], number.to_string());
        let waits = task["Predecessor IDs"]
            .split(';')
            .filter(|id| !id.is_empty());
        for id in waits {
            let id: usize = id.parse().expect("a number");
            assert!((1..number).contains(&id), "{task:?}");
        }
    }
    let named = |name: &str| {
        tasks
            .iter()
            .find(|task| task["Title"].contains(name))
            .expect("a task")
    };
    // The Front Ends wait for the file store, and it for the Central Management store.
    for (later, earlier) in [("fe1", "fs1"), ("fs1", "sql1"), ("sql2", "sql1")] {
        assert_eq!(named(later)["Predecessor IDs"], named(earlier)["Task ID"]);
    }
    assert_eq!(named("sql1")["Planned Duration"], "360");
}
