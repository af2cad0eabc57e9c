//! What is true of a whole run, as the deployment worksheet has it: organization, paper, backup cycle.

use jiff::civil::Date;

use crate::inventory::Inventory;
use crate::packets::{Estate, Paper, SourceDigest, facts};

/// What is true of a run with these worksheets.
pub fn estate(inventory: &Inventory, sources: Vec<SourceDigest>, as_of: Date) -> Estate {
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
        cycle: facts::cycle(inventory),
        sources,
    }
}
