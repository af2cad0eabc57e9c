//! How the tool bears an estate of two thousand servers. Run it by hand, and read the figures:
//! `cargo test --release --test generated estate -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::date;
use restore_packets::inventory;
use restore_packets::readiness::{self, Limits};
use restore_packets::workbook::{self, Sheet};

use crate::pipeline;

/// Five hundred pools of four Front End Servers, each pool with a SQL Server, a file share, a certificate per server
/// and its backups.
fn estate(pools: usize) -> Vec<Sheet> {
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
    let texts = [servers, pool_rows, certificates, databases, stores];
    let read = texts
        .iter()
        .map(|text| workbook::read(&Arc::from("a.csv"), text.as_bytes()));
    read.flat_map(|read| read.sheets).collect()
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
            &read.inventory,
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
