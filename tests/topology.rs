//! Topology documents: the sample written as one comes back cell for cell, nothing invented; each kind of drift is found,
//! and none on a clean pair.

#[path = "topology/writer.rs"]
mod writer;

#[expect(dead_code, reason = "each test uses what it needs of it")]
#[path = "common/worksheets.rs"]
mod worksheets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use restore_packets::documents::{self, Document};
use restore_packets::product::Product;
use restore_packets::testimony;
use restore_packets::workbook::{self, RawValue};
use serde_json::Value;

use worksheets::{Estate, Sheet};
use writer::{Row, canonical, cell, rows, topology};

fn run(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
    command.current_dir(folder).args(words);
    command.output().expect("the program starts")
}

fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// The sample, and beside its worksheets the topology of it.
fn sample() -> Estate {
    let mut estate = Estate::sample();
    let text = of(&mut estate);
    std::fs::write(estate.path().join("topology.xml"), text).expect("it is written");
    estate
}

fn of(estate: &mut Estate) -> String {
    let find = |name: &str| estate.sheets.iter().find(|it| it.name == name);
    let (servers, pools) = (find("servers"), find("pools"));
    topology(servers.expect("servers"), pools.expect("pools"))
}

/// The filled cells of a written worksheet, by the text in the first column and the heading.
fn cells(path: &Path) -> BTreeMap<(String, String), String> {
    let bytes = std::fs::read(path).expect("a worksheet");
    let read = workbook::read(&Arc::from("it.xlsx"), &bytes);
    let sheet = read.sheets.first().expect("a sheet");
    let text = |value: &RawValue| value.as_text().unwrap_or_default().to_owned();
    let heads: BTreeMap<u32, String> = sheet.rows[&0]
        .iter()
        .map(|(at, it)| (*at, text(it)))
        .collect();
    let mut found = BTreeMap::new();
    for row in sheet.rows.range(1..).map(|(_, row)| row) {
        let key = canonical(&text(&row[&0]));
        for (column, value) in row.iter().skip(1) {
            found.insert((key.clone(), heads[column].clone()), text(value));
        }
    }
    found
}

/// What a topology can know of the sample's servers.
fn known_of_server(server: &Row, pools: &[Row]) -> Vec<(&'static str, String)> {
    let (role, pool) = (cell(server, "Role"), cell(server, "Pool FQDN"));
    let is_told = !role.starts_with("Persistent");
    let roles = role.replace('\n', "; ");
    let mut known = vec![("Site", cell(server, "Site").to_owned())];
    if is_told {
        known.push(("Role", roles));
        known.push(("Pool FQDN", pool.to_owned()));
    }
    if role == "Edge Server" {
        known.push(("IP address", cell(server, "IP address").to_owned()));
    }
    // Mirrors, witnesses and what holds nothing stand in no topology.
    let name = canonical(cell(server, "Server FQDN"));
    let short = name.split('.').next().unwrap_or_default().to_owned();
    let named = |pool: &Row| {
        let columns = [
            "SQL Server FQDN",
            "Archiving SQL Server FQDN",
            "Monitoring SQL Server FQDN",
            "File store",
        ];
        columns.iter().any(|column| {
            let text = canonical(cell(pool, column));
            text == name
                || text.starts_with(&format!(r"\\{name}"))
                || text.starts_with(&format!(r"\\{short}\"))
        })
    };
    let is_listed = !pool.is_empty() || role.starts_with("Office") || pools.iter().any(named);
    known.retain(|(_, text)| is_listed && !text.is_empty());
    known
}

/// What a topology can know of the sample's pools.
fn known_of_pool(pool: &Row) -> Vec<(&'static str, String)> {
    const COLUMNS: [&str; 9] = [
        "Pool type",
        "Site",
        "SQL Server FQDN",
        "SQL instance",
        "File store",
        "Archiving SQL Server FQDN",
        "Archiving SQL instance",
        "Monitoring SQL Server FQDN",
        "Monitoring SQL instance",
    ];
    if cell(pool, "Pool type").starts_with("Persistent") {
        return Vec::new();
    }
    let mut known: Vec<(&str, String)> = COLUMNS.map(|it| (it, cell(pool, it).to_owned())).to_vec();
    known.push((
        "Next hop pool FQDN",
        cell(pool, "Next hop pool FQDN").to_owned(),
    ));
    // A topology says of each pool that does not host the store that it does not.
    let central = match cell(pool, "Central Management store") {
        "" => "no",
        said => said,
    };
    known.push(("Central Management store", central.to_owned()));
    known.retain(|(_, text)| !text.is_empty());
    for (_, text) in &mut known {
        *text = text.replace(r"\\fs01\", r"\\fs01.contoso.com\");
    }
    known
}

#[test]
fn the_sample_as_a_topology_comes_back_cell_for_cell() {
    let mut estate = sample();
    let output = run(
        estate.path(),
        &["import", "topology.xml", "--worksheets", "made"],
    );
    assert!(output.status.success(), "{}", said(&output));
    let pools = rows(estate.sheet("pools"));
    let servers = rows(estate.sheet("servers"));
    let mut expected = BTreeMap::new();
    for server in &servers {
        for (column, text) in known_of_server(server, &pools) {
            expected.insert(
                (canonical(cell(server, "Server FQDN")), column.to_owned()),
                text,
            );
        }
    }
    assert_eq!(cells(&estate.path().join("made/servers.xlsx")), expected);
    let mut expected = BTreeMap::new();
    for pool in &pools {
        for (column, text) in known_of_pool(pool) {
            expected.insert(
                (cell(pool, "Pool FQDN").to_owned(), column.to_owned()),
                text,
            );
        }
    }
    assert_eq!(cells(&estate.path().join("made/pools.xlsx")), expected);
}

/// The differences that are found, and the exit code.
fn drift(estate: &Estate) -> (Vec<(String, String, String)>, Option<i32>, Value) {
    let output = run(
        estate.path(),
        &[
            "drift",
            "worksheets",
            "--topology",
            "topology.xml",
            "--format",
            "json",
        ],
    );
    let code = output.status.code();
    let document: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", said(&output)));
    let found = document["differences"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
            (text("kind"), text("name"), text("column"))
        });
    (found.collect(), code, document)
}

fn only(kind: &str, name: &str, column: &str) -> Vec<(String, String, String)> {
    vec![(kind.to_owned(), name.to_owned(), column.to_owned())]
}

#[test]
fn a_clean_pair_has_no_drift() {
    let (found, code, document) = drift(&sample());
    assert_eq!((found, code), (Vec::new(), Some(0)));
    assert!(document["older"].is_null());
}

/// Changes one thing, and expects one difference.
fn seeded(change: impl FnOnce(&mut Estate), expected: (&str, &str, &str)) {
    let mut estate = sample();
    change(&mut estate);
    estate.write();
    let (kind, name, column) = expected;
    let (found, code, _) = drift(&estate);
    assert_eq!((found, code), (only(kind, name, column), Some(1)));
}

fn set(row: &str, column: &str, text: &str) -> impl FnOnce(&mut Estate) {
    move |estate| estate.set("pools", row, column, text)
}

fn without(sheet: &str, row: &str) -> impl FnOnce(&mut Estate) {
    move |estate| estate.sheet(sheet).rows.retain(|cells| cells[0] != row)
}

fn with(sheet: &str, cells: [&str; 2]) -> impl FnOnce(&mut Estate) {
    move |estate| {
        let sheet = estate.sheet(sheet);
        let mut row = vec![String::new(); sheet.rows[0].len()];
        row[0] = cells[0].to_owned();
        row[1] = cells[1].to_owned();
        sheet.rows.push(row);
    }
}

#[test]
fn each_kind_of_drift_is_found_once() {
    let pool = "pool01.contoso.com";
    seeded(
        without("servers", "fe02.contoso.com"),
        ("only-in-topology", "fe02.contoso.com", ""),
    );
    seeded(
        without("pools", "medpool02.contoso.com"),
        ("only-in-topology", "medpool02.contoso.com", ""),
    );
    seeded(
        with("servers", ["fe99.contoso.com", "Front End Server"]),
        ("only-in-worksheets", "fe99.contoso.com", ""),
    );
    seeded(
        with("pools", ["pool99.contoso.com", "Front End pool"]),
        ("only-in-worksheets", "pool99.contoso.com", ""),
    );
    seeded(set(pool, "Site", "Tacoma"), ("cell-differs", pool, "Site"));
    seeded(
        set(pool, "SQL Server FQDN", "sql03.contoso.com"),
        ("cell-differs", pool, "SQL Server FQDN"),
    );
    seeded(
        set(pool, "SQL instance", "MSSQLSERVER"),
        ("cell-differs", pool, "SQL instance"),
    );
    seeded(
        set(pool, "Archiving SQL Server FQDN", "none"),
        ("cell-differs", pool, "Archiving SQL Server FQDN"),
    );
    seeded(
        set(pool, "Central Management store", "no"),
        ("cell-differs", pool, "Central Management store"),
    );
    seeded(
        set(
            "edgepool01.contoso.com",
            "Next hop pool FQDN",
            "dirpool01.contoso.com",
        ),
        (
            "cell-differs",
            "edgepool01.contoso.com",
            "Next hop pool FQDN",
        ),
    );
    seeded(
        set(pool, "File store", r"\\fs02.contoso.com\LyncShare"),
        ("share-moved", pool, "File store"),
    );
    seeded(set(pool, "File store", ""), ("blank", pool, "File store"));
    seeded(
        |estate| {
            estate.set(
                "servers",
                "fe01.contoso.com",
                "Role",
                "Front End Server; Mediation Server",
            );
        },
        ("cell-differs", "fe01.contoso.com", "Role"),
    );
    seeded(
        |estate| {
            estate.set("servers", "edge01.contoso.com", "IP address", "10.1.50.71");
        },
        ("cell-differs", "edge01.contoso.com", "IP address"),
    );
    seeded(
        |estate| {
            estate.set("pools", pool, "SQL Server FQDN", "sql02.contoso.com");
            estate.set("pools", pool, "Mirror SQL Server FQDN", "sql01.contoso.com");
        },
        ("mirror-swapped", pool, "SQL Server FQDN"),
    );
}

#[test]
fn a_pool_with_another_name_is_one_difference() {
    let rename = |estate: &mut Estate| {
        for sheet in ["servers", "pools"] {
            for cell in estate.sheet(sheet).rows.iter_mut().flatten() {
                *cell = cell.replace("pool01.contoso.com", "oldpool.contoso.com");
                for kept in ["dir", "med", "chat", "edge"] {
                    *cell = cell.replace(&format!("{kept}oldpool"), &format!("{kept}pool01"));
                }
            }
        }
    };
    seeded(rename, ("pool-renamed", "oldpool.contoso.com", "Pool FQDN"));
}

#[test]
fn a_topology_of_before_the_worksheets_is_said_to_be() {
    let estate = sample();
    let file = std::fs::File::options()
        .write(true)
        .open(estate.path().join("topology.xml"));
    let past = SystemTime::now() - Duration::from_secs(40 * 86_400);
    file.expect("the file")
        .set_modified(past)
        .expect("it was long ago");
    let (found, code, document) = drift(&estate);
    assert_eq!((found, code), (Vec::new(), Some(1)));
    assert!(document["older"]["topology"].as_str() < document["older"]["worksheets"].as_str());
}

#[test]
fn a_folder_takes_the_report_in_every_format() {
    let mut estate = sample();
    estate.set("pools", "pool01.contoso.com", "Site", "Tacoma");
    estate.write();
    let output = run(
        estate.path(),
        &[
            "drift",
            "worksheets",
            "--topology",
            "topology.xml",
            "--output",
            "report",
        ],
    );
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let names: BTreeSet<String> = std::fs::read_dir(estate.path().join("report"))
        .expect("a folder")
        .map(|it| {
            it.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let all = ["drift.html", "drift.json", "drift.md", "drift.xlsx"].map(str::to_owned);
    assert_eq!(names, BTreeSet::from(all));
    for name in ["drift.html", "drift.md"] {
        let page =
            std::fs::read_to_string(estate.path().join("report").join(name)).expect("a page");
        assert!(
            page.contains("Tacoma") && page.contains("topology.xml: Cluster 1:"),
            "{page}"
        );
    }
}

#[test]
fn forty_servers_are_read_in_no_time() {
    let head = |name: &str| {
        vec![
            name.to_owned(),
            "Role".to_owned(),
            "Pool FQDN".to_owned(),
            "Site".to_owned(),
        ]
    };
    let mut servers = Sheet {
        name: "servers".to_owned(),
        rows: vec![head("Server FQDN")],
    };
    let mut pools = Sheet {
        name: "pools".to_owned(),
        rows: vec![
            ["Pool FQDN", "Pool type", "Site", "File store"]
                .map(str::to_owned)
                .to_vec(),
        ],
    };
    for number in 0..40 {
        let name = format!("se{number:02}.contoso.com");
        let row = [&name, "Standard Edition server", &name, "North"];
        servers.rows.push(row.map(str::to_owned).to_vec());
        let share = format!(r"\\{name}\Share");
        let row = [name.as_str(), "Standard Edition server", "North", &share];
        pools.rows.push(row.map(str::to_owned).to_vec());
    }
    let text = topology(&servers, &pools);
    let start = Instant::now();
    let Ok(Document::Blueprint(blueprint)) = documents::read(&Arc::from("t.xml"), text.as_bytes())
    else {
        panic!("no topology");
    };
    let (told, findings) = testimony::of_blueprint(Product::built_in(), &blueprint);
    assert_eq!((told.len(), findings.len()), (80, 0));
    // Ten times what the program may take, since tests are compiled without care.
    assert!(
        start.elapsed() < Duration::from_millis(500),
        "{:?}",
        start.elapsed()
    );
}
