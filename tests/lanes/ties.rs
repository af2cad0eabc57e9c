//! A packet names no server, pool or role that its ties do not hold: whatever a step names must be near its server or pool.

use std::collections::BTreeSet;

use restore_packets::packets::{Packet, Procedure, Step, procedures};
use restore_packets::product::Product;
use restore_packets::text::prose;

use crate::actions;
use crate::deployment::Deployment;

/// What steps name that is not near, each with its step.
pub fn strangers(packet: &Packet, deployment: &Deployment) -> BTreeSet<String> {
    let this = packet.subject.fqdn.to_lowercase();
    let near = deployment.near(&this);
    let roles = far_roles(deployment, &near);
    let mut found = BTreeSet::new();
    for step in procedures(packet).flat_map(Procedure::steps) {
        let said = said(step);
        let names = actions::names(&said).into_iter();
        let names = names.filter(|it| deployment.has(it) && !near.contains(it));
        let acts = format!("{} {}", step.title, step.run_on);
        let roles = roles.iter().filter(|role| says(&acts, role));
        for name in names.chain(roles.cloned()) {
            found.insert(format!("{this}: {}: {name}", step.title));
        }
    }
    found
}

/// All that a step says, but for the server a password is fetched from, which is of another pool on purpose, and the
/// computer that the tools run on.
fn said(step: &Step) -> String {
    let body = prose::to_text(&step.body);
    let command = step.command.as_deref().unwrap_or_default();
    let lines = command.lines().filter(|it| !it.contains("-FromComputer"));
    let command: Vec<&str> = lines.collect();
    [&step.title, &body, &command.join("\n"), &step.expect]
        .map(String::as_str)
        .join("\n")
}

/// The names of the roles that no server nearby has; no step is about one of them, or done on one.
fn far_roles(deployment: &Deployment, near: &BTreeSet<String>) -> Vec<String> {
    let roles = Product::built_in().roles.iter();
    // Any machine may get SQL Server, whatever it is called in the worksheets.
    let far = roles.filter(|role| {
        role.services && !near.iter().any(|it| deployment.is("server", it, &role.id))
    });
    far.map(|role| role.names[0].clone()).collect()
}

/// Whether a role is named, one of it or several: "Active Directory" names no Director.
fn says(text: &str, role: &str) -> bool {
    let mut found = text.match_indices(role);
    found.any(|(at, _)| {
        let rest = &text[at + role.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !rest.starts_with(char::is_alphabetic)
    })
}
