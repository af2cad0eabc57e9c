//! What is true of a whole run, as the deployment worksheet has it: organization, paper, backup cycle.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::packets::{Estate, Paper, SourceDigest, facts};

/// What is true of a run with these worksheets.
pub fn estate(
    inventory: &Inventory,
    sources: Vec<SourceDigest>,
    as_of: Date,
    findings: &[Finding],
) -> Estate {
    let mut on_the_day = BTreeMap::new();
    for finding in findings.iter().filter(|it| it.as_of.is_some()) {
        *on_the_day.entry(finding.code).or_default() += 1;
    }
    let deployment = &inventory.deployment;
    Estate {
        organization: deployment.text("Organization").map(str::to_owned),
        product: deployment
            .text("Product")
            .unwrap_or(&inventory.product.names.name)
            .to_owned(),
        classification: deployment.text("Classification").map(str::to_owned),
        change: None,
        paper: match deployment.text("Paper size") {
            Some(size) if size.eq_ignore_ascii_case("letter") => Paper::Letter,
            _ => Paper::A4,
        },
        as_of,
        on_the_day,
        cycle: facts::cycle(inventory),
        sources,
    }
}
