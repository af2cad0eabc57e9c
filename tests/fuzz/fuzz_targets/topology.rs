//! Any bytes as a topology document or an export of objects: no panic in reading it, in making rows of it, and in holding
//! these against worksheets.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use restore_packets::documents::{self, Document};
use restore_packets::product::Product;
use restore_packets::rows::Table;
use restore_packets::testimony::{self, Testimony};
use restore_packets::{inventory, workbook};

fuzz_target!(|bytes: &[u8]| {
    match documents::read(&Arc::from("fuzz.xml"), bytes) {
        Ok(Document::Blueprint(blueprint)) => {
            let product = Product::built_in();
            let (rows, _) = testimony::of_blueprint(product, &blueprint);
            let testimony = Testimony {
                rows,
                ..Testimony::default()
            };
            testimony::settle(product, &mut WORKSHEETS.clone(), &testimony);
        }
        Ok(Document::Objects(sheet)) => drop(inventory::read(&mut [*sheet])),
        Err(finding) => assert!(finding.help.is_some()),
    }
});

/// Worksheets that name what the seeds name.
static WORKSHEETS: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let servers = "Server FQDN,Role,Pool FQDN,Site\n\
                   fe01.contoso.com,Front End Server,pool01.contoso.com,Redmond\n\
                   sql01.contoso.com,SQL Server,,Redmond\n";
    let pools = "Pool FQDN,Pool type,SQL Server FQDN,File store\n\
                 pool01.contoso.com,Enterprise Edition,sql01.contoso.com,\\\\fs01\\share\n";
    let sheets = [("servers.csv", servers), ("pools.csv", pools)].into_iter();
    let mut sheets: Vec<_> = sheets
        .flat_map(|(name, text)| workbook::read(&Arc::from(name), text.as_bytes()).sheets)
        .collect();
    inventory::read(&mut sheets).tables
});
