//! Hours: the recorded RTOs summed, and along the longest path.

use std::collections::BTreeMap;

use crate::rows::Fqdn;
use crate::topology::Topology;

use super::edge::Edge;
use super::model::Time;

/// The hours of a plan. A missing RTO counts as nothing and is named, so that no sum passes for a promise.
pub(super) fn of(topology: &Topology<'_>, rounds: &[Vec<Fqdn>], edges: &[Edge]) -> Time {
    let mut time = Time::default();
    let mut before: BTreeMap<&Fqdn, &Fqdn> = BTreeMap::new();
    for node in rounds.iter().flatten() {
        let ends = |fqdn: &Fqdn| time.spans.get(fqdn.as_str()).map_or(0.0, |span| span.1);
        // The first of several that end together, so that the path is always the same one.
        let last = edges.iter().filter(|edge| edge.waits == *node).fold(
            None,
            |last: Option<&Fqdn>, edge| match last {
                Some(known) if ends(known) >= ends(&edge.on) => Some(known),
                _ => Some(&edge.on),
            },
        );
        let start = last.map_or(0.0, ends);
        if let Some(last) = last {
            before.insert(node, last);
        }
        let hours = hours(topology, node).unwrap_or_else(|cure| {
            time.blanks.push(cure);
            0.0
        });
        time.sum += hours;
        time.spans.insert(node.to_string(), (start, start + hours));
    }
    let ends = |node: &&Fqdn| time.spans.get(node.as_str()).map_or(0.0, |span| span.1);
    let mut at = rounds
        .iter()
        .flatten()
        .fold(None, |last: Option<&Fqdn>, node| match last {
            Some(known) if ends(&known) >= ends(&node) => Some(known),
            _ => Some(node),
        });
    time.longest = at.as_ref().map_or(0.0, ends);
    while let Some(node) = at {
        time.way.insert(0, node.to_string());
        at = before.get(node).copied();
    }
    time.path = time.way.iter().cloned().collect();
    time
}

fn hours(topology: &Topology<'_>, fqdn: &Fqdn) -> Result<f64, String> {
    let owner = format!("`{fqdn}`");
    match topology.server(fqdn) {
        Some(server) => match server.rto.known(&owner) {
            Ok(hours) if hours.is_finite() && *hours >= 0.0 => Ok(*hours),
            _ => Err(server.rto.gap(&owner).cure),
        },
        None => Err(format!(
            "add a row for {owner} to the `servers` worksheet, with its `RTO (hours)`"
        )),
    }
}
