//! A packet names no database that its ties do not hold. Names of pools and servers come from the worksheets alone, since
//! a template has no other way to them; those of databases stand in the templates, so it is they that are looked at.

use restore_packets::product::Product;
use restore_packets::text::prose;

use crate::context::{Kind, Maker};
use crate::{procedures, steps};

/// The types of databases that a packet has only if it holds them.
const HELD: [&str; 3] = ["Archiving", "Monitoring", "PersistentChat"];

/// The words of a step.
fn words(step: &restore_packets::packets::Step) -> Vec<String> {
    let body = prose::to_text(&step.body);
    let command = step.command.as_deref().unwrap_or_default();
    let all = format!("{} {body} {command} {}", step.title, step.expect);
    let parts = all.split(|c: char| !c.is_alphanumeric());
    parts.map(str::to_lowercase).collect()
}

#[test]
fn a_packet_that_holds_no_such_database_names_none() {
    let product = Product::built_in();
    let names = HELD.iter().flat_map(|id| product.sql_names(id));
    let names: Vec<String> = names.map(|name| name.to_lowercase()).collect();
    assert!(names.len() > 3, "{names:?}");
    for (name, step) in steps(&procedures(|kind| Maker { known: true }.bare_context(kind))) {
        let said = words(step).into_iter().find(|word| names.contains(word));
        assert_eq!(said, None, "{name}: {}", step.title);
    }
}

#[test]
fn a_packet_that_holds_no_users_names_no_database_of_theirs() {
    let product = Product::built_in();
    let names = ["User", "Application"];
    let names = names.iter().flat_map(|id| product.sql_names(id));
    let names: Vec<String> = names.map(|name| name.to_lowercase()).collect();
    let of_others = [Kind::Edge, Kind::FileServer, Kind::FrontEnd, Kind::EdgePool];
    let bare = procedures(|kind| {
        let mut context = Maker { known: true }.bare_context(kind);
        if of_others.contains(&kind) {
            context.pools.clear();
        }
        context
    });
    let others = |name: &str| {
        of_others
            .iter()
            .any(|kind| name.ends_with(&format!("for {kind:?}")))
    };
    for (name, step) in steps(&bare).filter(|(name, _)| others(name)) {
        let said = words(step).into_iter().find(|word| names.contains(word));
        assert_eq!(said, None, "{name}: {}", step.title);
    }
}
