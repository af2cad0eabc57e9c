//! Rules about the product: whether the worksheets name one that is covered, and whether the recorded builds are of it.

use crate::finding::{Code, Finding, suggest, words};
use crate::inventory::Server;
use crate::product::Build;

use super::{Case, pool_subject, server_subject};

/// A product that nothing here is about: each step of each packet would be another product's. Or one that is covered in
/// part, so that the steps may be.
pub(super) fn unsupported_product(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let product = case.inventory.product;
    let Some(cell) = case.inventory.deployment.setting("Product") else {
        return;
    };
    let Some(text) = &cell.value else { return };
    let is_known = product.offers.iter().any(|offer| offer.is_meant(text));
    let typed = words::excerpt(text);
    let (message, help) = match &product.names.lacks {
        None if is_known => return,
        Some(lacks) if is_known => (
            format!("`{typed}` is covered in part: {lacks}"),
            "take the packets for drafts, and have somebody who knows the product go through each"
                .to_owned(),
        ),
        _ => {
            let known = product.offers.iter().map(|offer| offer.name.as_str());
            let near = suggest::did_you_mean(text, known.clone());
            let help =
                near.unwrap_or_else(|| format!("these packets cover {}", words::quoted(known)));
            (format!("`{typed}` is no product that is covered"), help)
        }
    };
    let mut finding = Finding::new(Code::UnsupportedProduct, message)
        .at(&cell.place)
        .help(help);
    let servers = case.inventory.servers.iter().map(server_subject);
    let pools = case.inventory.pools.iter().map(pool_subject);
    finding.about.extend(servers.chain(pools));
    findings.push(finding);
}

/// Nothing says which product it is.
pub(super) fn product_not_said(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    let cell = inventory.deployment.setting("Product");
    if inventory.servers.is_empty() && inventory.pools.is_empty()
        || cell.is_some_and(|cell| !cell.is_blank())
    {
        return;
    }
    let product = inventory.product;
    let mut builds = inventory
        .servers
        .iter()
        .filter_map(|it| built(case, it))
        .peekable();
    let is_recorded = builds.peek().is_some();
    let why = if is_recorded && builds.all(|(_, build)| product.names.version.has(&build)) {
        ", as the recorded builds say"
    } else {
        ""
    };
    let message = format!(
        "no product is named; it is taken for {}{why}",
        product.names.name
    );
    let finding = Finding::new(Code::ProductNotSaid, message);
    let place = cell.map(|cell| &cell.place);
    let finding = match place.or(inventory.deployment.sheet.as_ref()) {
        Some(place) => finding.at(place),
        None => finding,
    };
    findings.push(finding.help("write it beside `Product` in the `deployment` worksheet"));
}

/// A build of another product, one without any update, or a cell that holds none.
pub(super) fn odd_build(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let product = case.inventory.product;
    let version = &product.names.version;
    if !version.is_told() {
        return;
    }
    for server in &case.inventory.servers {
        let Some(text) = text(case, server) else {
            continue;
        };
        let typed = words::excerpt(text);
        let build = version.build_in(text);
        let other = build.as_ref().and_then(|it| other_edition(case, it));
        let finding = match build {
            None => Finding::new(Code::OddValue, format!("`{typed}` holds no build number")).help(
                format!("write it in full, for example `{}`", version.example),
            ),
            Some(build) if !version.has(&build) => {
                let others = product.offers.iter();
                let other = others
                    .filter(|it| it.version.has(&build))
                    .map(|it| &it.name)
                    .next();
                let own = &product.names.name;
                let message = match other {
                    Some(other) => format!("`{typed}` is a build of {other}, not of {own}"),
                    None => format!("`{typed}` is no build of {own}"),
                };
                Finding::new(Code::VersionOfOtherProduct, message)
                    .help("correct the cell, or `Product`; servers of two products need two folders of worksheets")
            }
            Some(_) if other.is_some() => {
                let (own, named) = other.unwrap_or_default();
                let message = format!("`{typed}` is a build of {own}, not of {named}");
                Finding::new(Code::VersionOfOtherProduct, message)
                    .help("correct the cell, or `Product`")
            }
            Some(build) if version.is_released(&build) => {
                let message = format!("`{typed}` is the release before any update");
                Finding::new(Code::NoUpdateRecorded, message)
                    .help("record the build of the last cumulative update: the replacement must get the same")
            }
            Some(_) => continue,
        };
        findings.push(
            finding
                .at(&server.version.place)
                .about(server_subject(server)),
        );
    }
}

/// The names of the edition that a build is of and of the one the deployment names, where they are two.
fn other_edition<'a>(case: &Case<'a>, build: &Build) -> Option<(&'a str, &'a str)> {
    let version = &case.inventory.product.names.version;
    let cell = case.inventory.deployment.setting("Product")?;
    let named = version.edition_named(cell.value.as_deref()?)?;
    let own = version.edition_of(build)?;
    (own != named).then_some((own.name.as_str(), named.name.as_str()))
}

/// Members of one pool with different builds.
pub(super) fn builds_differ(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for pool in &case.inventory.pools {
        let members = case.topology.members(pool);
        let built: Vec<(&Server, Build)> = members.filter_map(|it| built(case, it)).collect();
        let Some(((first, common), others)) = built.split_first() else {
            continue;
        };
        for (server, _) in others.iter().filter(|(_, build)| build != common) {
            let message = format!(
                "`{}` has `{}`, but `{}` of the same pool has `{}` ({})",
                server.fqdn,
                words::excerpt(&server.version.text),
                first.fqdn,
                words::excerpt(&first.version.text),
                first.version.place
            );
            let finding = Finding::new(Code::VersionsDiffer, message).at(&server.version.place);
            findings.push(
                finding
                    .help("look at the servers themselves, and correct the cell or install the update")
                    .about(pool_subject(pool)),
            );
        }
    }
}

/// A server with services, and the build that its row holds.
fn built<'a>(case: &Case<'_>, server: &'a Server) -> Option<(&'a Server, Build)> {
    let version = &case.inventory.product.names.version;
    Some((server, version.build_in(text(case, server)?)?))
}

/// What stands in the cell for the version, of a server that runs services of the product.
fn text<'a>(case: &Case<'_>, server: &'a Server) -> Option<&'a str> {
    let text = server.version.value.as_deref()?;
    case.topology.runs_services(server).then_some(text)
}
