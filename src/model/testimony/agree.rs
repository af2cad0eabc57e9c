//! Whether what somebody typed is what a document says, each by its own rules of spelling.

use core::net::IpAddr;
use std::collections::BTreeSet;

use crate::finding::Code;
use crate::product::{List, Product};
use crate::rows::cell_words::{self, Meaning};
use crate::rows::{FilePath, Instance, parse};
use crate::text::plain::plain;

use super::{Manner, ToldCell};

/// Whether the two agree; `None` where a typed cell says neither one thing nor another, which has a finding of its own.
pub(super) fn agree(product: &Product, typed: &str, told: &ToldCell) -> Option<bool> {
    match cell_words::of(typed) {
        Some(Meaning::None) => return Some(false),
        Some(_) => return None,
        None => {}
    }
    let said = told.text.as_str();
    match told.manner {
        Manner::Host => Some(same_host(typed, said)),
        Manner::Instance => {
            let instance = |text| Instance::parse(text).map(|(_, instance)| instance).ok();
            Some(instance(typed)? == instance(said)?)
        }
        Manner::Roles => {
            let (typed, said) = (
                ids(product, List::Role, typed)?,
                ids(product, List::Role, said)?,
            );
            let mut others = typed.difference(&said);
            Some(said.is_subset(&typed) && !others.any(|id| would_be_named(product, id)))
        }
        Manner::Types => {
            let (typed, said) = (
                ids(product, List::Pool, typed)?,
                ids(product, List::Pool, said)?,
            );
            Some(said.is_subset(&typed))
        }
        Manner::Share => same_share(typed, said),
        Manner::Addresses => Some(addresses(said).is_subset(&addresses(typed))),
        Manner::Central => Some(central(product, typed)? == central(product, said)?),
        Manner::Text => Some(plain(typed) == plain(said)),
    }
}

/// Whether a document that lists a computer would name this role of it.
pub(super) fn would_be_named(product: &Product, role: &str) -> bool {
    let mut entries = product.network.clusters.iter();
    product.role(role).is_some_and(|it| it.services)
        && entries.any(|it| it.role.as_deref() == Some(role))
}

/// Whether two names are one computer's; what stands behind a backslash is an instance. A short name is the one that
/// begins with it.
pub(super) fn same_host(one: &str, other: &str) -> bool {
    let (one, other) = (host(one), host(other));
    let first = |name: &str| name.split('.').next().map(str::to_owned);
    one == other || one.contains('.') != other.contains('.') && first(&one) == first(&other)
}

/// A name in the spelling by which it is compared.
pub(super) fn host(text: &str) -> String {
    let name = text.split('\\').next().unwrap_or_default();
    let name = name.split([',', ':']).next().unwrap_or_default();
    name.trim().trim_end_matches('.').to_lowercase()
}

fn ids(product: &Product, list: List, text: &str) -> Option<BTreeSet<&'static str>> {
    let (names, problems) = parse::several(product, list, Code::UnknownRole, "", text);
    problems
        .is_empty()
        .then(|| names.iter().map(|it| it.id).collect())
}

fn same_share(typed: &str, said: &str) -> Option<bool> {
    let share = |text| FilePath::parse(text).ok().filter(FilePath::is_share);
    let (typed, said) = (share(typed)?, share(said)?);
    let below = |path: &FilePath| {
        let below = path
            .below_share()
            .unwrap_or_default()
            .trim_end_matches('\\');
        let name = path.share_name().unwrap_or_default();
        (name.to_lowercase(), below.to_lowercase())
    };
    Some(same_host(typed.host()?, said.host()?) && below(&typed) == below(&said))
}

fn addresses(text: &str) -> BTreeSet<IpAddr> {
    let parts = text.split(|c: char| c.is_whitespace() || c == ';' || c == ',');
    parts
        .filter_map(|part| part.split('/').next()?.parse().ok())
        .collect()
}

/// What a cell says of the store of the configuration, by the first word of the answer.
fn central(product: &Product, text: &str) -> Option<&'static str> {
    let word = text.trim().to_lowercase();
    if product.central.standby.contains(&word) {
        return Some("standby");
    }
    let is_active = || product.central.active.contains(&word);
    match parse::yes_no(product, text) {
        Ok(Some(true)) => Some("yes"),
        Ok(Some(false)) => Some("no"),
        _ => is_active().then_some("yes"),
    }
}
