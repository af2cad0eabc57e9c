//! Rules about installation media: whether they can be found, would outlive what is lost, and are new enough.

use crate::finding::{Code, Finding, words};
use crate::inventory::{Medium, Server};
use crate::product::Build;
use crate::rows::FilePath;

use super::{Case, pool_subject, server_subject};

/// Media nobody can find at 3 a.m.
pub(super) fn medium_without_location(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in case
        .inventory
        .media
        .iter()
        .filter(|row| row.location.value.is_none())
    {
        findings.push(
            Finding::new(
                Code::MediumWithoutLocation,
                format!("nothing says where `{}` is kept", row.item.text),
            )
            .at(&row.location.place)
            .help("fill in `Location`"),
        );
    }
}

/// A medium on one of the servers that are to be restored: whoever loses that server has nothing to restore it from.
pub(super) fn medium_on_server(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.media {
        let path = row.location.value.as_deref().map(FilePath::parse);
        let Some(Ok(path)) = path else { continue };
        let host = path.host().and_then(|host| case.topology.host(host));
        let Some(server) = host else { continue };
        let message = format!(
            "`{}` lies on `{}`, one of the servers that are restored with it",
            words::excerpt(&row.location.text),
            server.fqdn
        );
        findings.push(
            Finding::new(Code::MediumOnServer, message)
                .at(&row.location.place)
                .help("keep a copy on a computer that has no packet, or on a disk, and record that")
                .about(server_subject(server)),
        );
    }
}

/// Servers whose recorded build is newer than the newest medium of the product: they cannot be brought to it again.
pub(super) fn medium_outdated(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let version = &case.inventory.product.names.version;
    let of_product = |text: &str| version.build_in(text).filter(|it| version.has(it));
    let media = case.inventory.media.iter();
    let media = media.filter_map(|row| Some((of_product(row.version.value.as_deref()?)?, row)));
    let Some((newest, row)) = media.max_by(|(one, _), (other, _)| one.cmp(other)) else {
        return;
    };
    let servers = case.inventory.servers.iter();
    let built = servers.filter(|it| case.topology.runs_services(it));
    let built = built.filter_map(|it| Some((it, of_product(it.version.value.as_deref()?)?)));
    let newer: Vec<(&Server, Build)> = built.filter(|(_, build)| *build > newest).collect();
    if let Some((first, _)) = newer.first() {
        let servers = newer.iter().map(|(server, _)| *server).collect::<Vec<_>>();
        findings.push(outdated(case, row, first, &servers));
    }
}

fn outdated(case: &Case<'_>, row: &Medium, first: &Server, servers: &[&Server]) -> Finding {
    let message = format!(
        "`{}` is the newest that is at hand, but `{}` had `{}` ({}){}",
        words::excerpt(&row.version.text),
        first.fqdn,
        words::excerpt(&first.version.text),
        first.version.place,
        match servers.len() {
            1 => String::new(),
            count => format!(
                ", and so had {}",
                words::count(count - 1, "other server", "other servers")
            ),
        }
    );
    let mut finding = Finding::new(Code::MediumOutdated, message)
        .at(&row.version.place)
        .help("get the update that the servers have, and record where it is kept and its version");
    for server in servers {
        finding = finding.about(server_subject(server));
        if let Some(pool) = case.topology.pool_of(server) {
            let pool = pool_subject(pool);
            if !finding.about.contains(&pool) {
                finding = finding.about(pool);
            }
        }
    }
    finding
}
