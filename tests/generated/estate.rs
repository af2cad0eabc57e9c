//! How the tool bears an estate of two thousand servers. Run it by hand, and read the figures:
//! `cargo test --release --test generated estate -- --ignored --nocapture`. The ratios are of one run, on one machine.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use restore_packets::inventory;
use restore_packets::readiness::{self, Limits};
use restore_packets::topology::Topology;
use restore_packets::workbook::{self, Sheet};

use crate::pipeline;

/// Five hundred pools of four Front End Servers, each pool with a SQL Server, a file share, a certificate per server
/// and its backups.
fn texts(pools: usize) -> [(&'static str, String); 5] {
    let mut servers = "Server FQDN,Role,Pool FQDN,Site,SQL instance\n".to_owned();
    let mut pool_rows =
        "Pool FQDN,Pool type,Site,SQL Server FQDN,SQL instance,File store,Backup pool FQDN\n"
            .to_owned();
    let mut certificates = "FQDN,Certificate use,Expires\n".to_owned();
    let mut databases = "Database,Server name (FQDN),Backup schedule,Database backup tool,Backup set,Backup destination\n".to_owned();
    let mut stores = "Content,Server name (FQDN),Backup schedule,File system backup tool,File share to be backed up,Backup destination\n".to_owned();
    for pool in 0..pools {
        let site = format!("Site {}", pool % 20);
        for member in 0..3 {
            let name = format!("fe{pool}-{member}.contoso.com");
            let _ = writeln!(
                servers,
                "{name},Front End Server,pool{pool}.contoso.com,{site},"
            );
            let _ = writeln!(certificates, "{name},Default,2015-01-01");
        }
        let _ = writeln!(servers, "sql{pool}.contoso.com,Back End Server,,{site},rtc");
        let _ = writeln!(
            pool_rows,
            "pool{pool}.contoso.com,Front End pool,{site},sql{pool}.contoso.com,rtc,\\\\sql{pool}\\LyncShare,pool{}.contoso.com",
            pool ^ 1
        );
        let _ = writeln!(
            databases,
            "Rtc,pool{pool}.contoso.com,daily,Export-CsUserData,Name: x,$Backup\\rtc{pool}.zip"
        );
        let _ = writeln!(
            stores,
            "Share,sql{pool}.contoso.com,daily,Robocopy,\\\\sql{pool}\\LyncShare,$Backup\\share{pool}"
        );
    }
    [
        ("servers.csv", servers),
        ("pools.csv", pool_rows),
        ("certificates.csv", certificates),
        ("databases.csv", databases),
        ("stores.csv", stores),
    ]
}

fn estate(pools: usize) -> Vec<Sheet> {
    let read = texts(pools).map(|(_, text)| workbook::read(&Arc::from("a.csv"), text.as_bytes()));
    read.into_iter().flat_map(|read| read.sheets).collect()
}

#[test]
#[ignore = "prints figures; run it by hand"]
fn two_thousand_servers_take_seconds() {
    for pools in [125, 250, 500] {
        let sheets = estate(pools);
        let start = Instant::now();
        let read = inventory::read(&mut sheets.clone());
        let reading = start.elapsed();
        let mut findings = read.findings;
        let start = Instant::now();
        findings.extend(readiness::check(
            &Topology::of(&read.inventory),
            date(2014, 6, 10),
            Limits::default(),
        ));
        let rules = start.elapsed();
        let start = Instant::now();
        let packets = pipeline::assemble(&read.inventory, &mut findings);
        println!(
            "{:5} servers, {:4} pools: read {reading:?}, checked {rules:?}, assembled {:?} ({} packets, {} findings)",
            read.inventory.servers.len(),
            read.inventory.pools.len(),
            start.elapsed(),
            packets.len(),
            findings.len(),
        );
    }
}

/// The program on worksheets of this size; how long it took.
fn build(folder: &Path, options: &[&str]) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
    command.current_dir(folder).args(["build", "-q"]);
    command.args(["--as-of", "2014-06-10"]).args(options);
    let start = Instant::now();
    let done = command.output().expect("the program runs");
    let took = start.elapsed();
    let code = done.status.code();
    assert!(code.is_some_and(|code| code < 2), "{done:?}");
    took
}

#[test]
#[ignore = "prints figures; run it by hand"]
fn a_run_that_changes_nothing_costs_little_more_than_reading() {
    let folder = tempfile::tempdir().expect("a folder");
    let worksheets = folder.path().join("worksheets");
    std::fs::create_dir(&worksheets).expect("a folder");
    let write = |changed: &str| {
        for (name, text) in texts(500) {
            let text = text.replace("fe7-1.contoso.com,Front End Server", changed);
            std::fs::write(worksheets.join(name), text).expect("it is written");
        }
    };
    write("fe7-1.contoso.com,Front End Server");
    let first = build(folder.path(), &[]);
    let unchanged = build(folder.path(), &[]);
    // Everything is read, and one packet is made.
    let only = ["--only", "fe9-1.contoso.com", "--output", "one"];
    let reading = build(folder.path(), &only);
    write("fe7-1.contoso.com,Mediation Server");
    let one_row = build(folder.path(), &[]);
    let ratio = |took: Duration| took.as_secs_f64() / reading.as_secs_f64();
    println!(
        "2000 servers, 500 pools; in parts of reading them and making one packet, {reading:?}:"
    );
    for (what, took) in [
        ("first run", first),
        ("nothing changed", unchanged),
        ("one row changed", one_row),
    ] {
        println!("{what}: {took:?}, {:.2}", ratio(took));
    }
}
