//! Dependencies as a graph: waves, cycles, and what is worth printing.

use std::collections::{BTreeMap, BTreeSet};

use crate::rows::Fqdn;

use super::edge::Edge;

/// Servers that wait for each other.
#[derive(Debug)]
pub(super) struct Cycle {
    /// Round and round.
    pub(super) edges: Vec<Edge>,
    /// The weakest of them, which the plan leaves out.
    pub(super) dropped: Edge,
}

/// The edges without those that would close a circle, and the circles.
pub(super) fn without_cycles(
    nodes: &BTreeSet<Fqdn>,
    mut edges: Vec<Edge>,
) -> (Vec<Edge>, Vec<Cycle>) {
    let mut cycles = Vec::new();
    while let Some(round) = cycle(nodes, &edges) {
        let Some(dropped) = round.iter().max_by_key(|edge| edge.kind).cloned() else {
            break;
        };
        edges.retain(|edge| *edge != dropped);
        cycles.push(Cycle {
            edges: round,
            dropped,
        });
    }
    (edges, cycles)
}

/// Rounds of servers: each waits for earlier rounds only. What stands in a circle is in no round.
pub(super) fn waves(nodes: &BTreeSet<Fqdn>, edges: &[Edge]) -> Vec<Vec<Fqdn>> {
    let mut waiting: BTreeMap<&Fqdn, usize> = nodes.iter().map(|node| (node, 0)).collect();
    let mut waiters: BTreeMap<&Fqdn, Vec<&Fqdn>> = BTreeMap::new();
    for edge in edges {
        *waiting.entry(&edge.waits).or_default() += 1;
        waiters.entry(&edge.on).or_default().push(&edge.waits);
    }
    let free = |waiting: &BTreeMap<&Fqdn, usize>| -> Vec<Fqdn> {
        let free = waiting.iter().filter(|(_, number)| **number == 0);
        free.map(|(node, _)| (*node).clone()).collect()
    };
    let mut rounds = Vec::new();
    loop {
        let round = free(&waiting);
        if round.is_empty() {
            return rounds;
        }
        for node in &round {
            waiting.remove(node);
            for waiter in waiters.get(node).into_iter().flatten() {
                if let Some(number) = waiting.get_mut(waiter) {
                    *number -= 1;
                }
            }
        }
        rounds.push(round);
    }
}

/// A circle, if there is one: from a server that no wave reaches, along its edges until a server comes twice.
fn cycle(nodes: &BTreeSet<Fqdn>, edges: &[Edge]) -> Option<Vec<Edge>> {
    let reached: BTreeSet<Fqdn> = waves(nodes, edges).into_iter().flatten().collect();
    let stuck = |edge: &&Edge| !reached.contains(&edge.waits) && !reached.contains(&edge.on);
    let mut way: Vec<&Edge> = Vec::new();
    let mut at = nodes.iter().find(|node| !reached.contains(*node))?;
    loop {
        if let Some(start) = way.iter().position(|edge| edge.waits == *at) {
            return Some(way[start..].iter().map(|edge| (*edge).clone()).collect());
        }
        let next = edges.iter().filter(stuck).find(|edge| edge.waits == *at)?;
        way.push(next);
        at = &next.on;
    }
}

/// The edges of each server without those that follow from others: who waits for B, and B for C, waits for C.
pub(super) fn reduced(rounds: &[Vec<Fqdn>], edges: &[Edge]) -> BTreeMap<Fqdn, Vec<Edge>> {
    let mut direct: BTreeMap<Fqdn, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        direct
            .entry(edge.waits.clone())
            .or_default()
            .push(edge.clone());
    }
    let mut behind: BTreeMap<&Fqdn, BTreeSet<&Fqdn>> = BTreeMap::new();
    for node in rounds.iter().flatten() {
        let on = edges
            .iter()
            .filter(|edge| edge.waits == *node)
            .map(|edge| &edge.on);
        let mut all = BTreeSet::new();
        for on in on {
            all.extend(behind.get(on).into_iter().flatten().copied());
            all.insert(on);
        }
        behind.insert(node, all);
    }
    for edges in direct.values_mut() {
        let others: Vec<Fqdn> = edges.iter().map(|edge| edge.on.clone()).collect();
        edges.retain(|edge| {
            let through =
                |other: &Fqdn| behind.get(other).is_some_and(|set| set.contains(&edge.on));
            !others.iter().any(through)
        });
    }
    direct
}
