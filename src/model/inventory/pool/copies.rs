//! Servers that hold a pool's store together, behind one name.

use std::collections::BTreeSet;

use crate::product::{Availability, Product};
use crate::rows::field::Field;
use crate::rows::fqdn::Fqdn;
use crate::rows::{Recorded, Value};

/// The servers that hold the store of a pool's users together, behind one name.
#[derive(Clone, Debug)]
pub struct Copies {
    /// In which way.
    pub way: &'static Availability,
    /// The servers, those first that are the store's own; all from the cells that name them.
    pub servers: Vec<Field<Fqdn>>,
    /// The name they are reached by.
    pub address: Field<Fqdn>,
}

impl Copies {
    /// The way of being available that the pool's row records; `None` where it records none. Where cells of several ways
    /// are filled in, the first counts, and the others' cells are said to be those of another way.
    pub(super) fn of(
        product: &'static Product,
        recorded: &Recorded,
        own: &Field<Fqdn>,
    ) -> Option<Self> {
        let mut ways = product.availability.iter();
        ways.find_map(|way| Self::in_way(recorded, own, way))
    }

    fn in_way(recorded: &Recorded, own: &Field<Fqdn>, way: &'static Availability) -> Option<Self> {
        let cell = |name: &str| recorded.named(name);
        let nodes = cell(&way.nodes);
        let address = way.address.as_deref().and_then(cell);
        let is_said = cell(&way.said).is_some_and(|it| way.is_said(&it.text));
        let is_filled = [nodes, address]
            .into_iter()
            .flatten()
            .any(|it| !it.is_blank());
        if !is_said && !is_filled {
            return None;
        }
        let address = match &way.address {
            Some(_) => fqdn(address?)?,
            None => own.clone(),
        };
        let own = Some(own.clone()).filter(|own| own.value.is_some() && own.value != address.value);
        let listed = nodes.into_iter().flat_map(fqdns);
        let mut servers: Vec<Field<Fqdn>> = own.into_iter().chain(listed).collect();
        let mut met = BTreeSet::new();
        servers.retain(|it| it.value.clone().is_some_and(|name| met.insert(name)));
        Some(Self {
            way,
            servers,
            address,
        })
    }
}

/// A cell with a name, as one.
fn fqdn(field: &Field<Value>) -> Option<Field<Fqdn>> {
    let value = match &field.value {
        Some(Value::Text(name)) => Some(Fqdn::parse(name).ok()?),
        _ => None,
    };
    Some(field.clone().with(value))
}

/// A cell with several names, as one for each.
fn fqdns(field: &Field<Value>) -> Vec<Field<Fqdn>> {
    let Some(Value::List(names)) = &field.value else {
        return Vec::new();
    };
    let names = names.iter().filter_map(|name| Fqdn::parse(name).ok());
    names
        .map(|name| Field {
            text: name.to_string(),
            ..field.clone().with(Some(name))
        })
        .collect()
}
