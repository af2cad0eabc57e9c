//! Cells of the worksheets that procedures name and the program only hands on.

use crate::product::Product;
use crate::product::schema::Type;
use crate::rows::recorded::{Cell, Value};
use crate::rows::{Instance, Route};
use crate::template::Slot;

use super::super::context::{Recorded, RecordedContext, RouteContext};

/// The cells of a record, for its owner (a server or a pool, as a phrase).
pub(super) fn recorded(cells: &crate::rows::Recorded, owner: &str) -> Recorded {
    let named = cells.cells();
    named
        .map(|(name, cell)| (name, context(cell, owner)))
        .collect()
}

/// The port of an instance, out of those of its server.
pub(super) fn port(
    cells: &crate::rows::Recorded,
    instance: &Instance,
    instances: usize,
    owner: &str,
) -> Option<Slot> {
    Some(match cells.port(instance, instances)? {
        Ok(port) => Slot::Text(port.to_string()),
        Err(field) => Slot::Gap(field.gap(owner)),
    })
}

fn context(cell: &Cell, owner: &str) -> RecordedContext {
    let field = &cell.field;
    let gap = || Slot::Gap(field.gap(owner));
    let texts = |texts: &[String]| texts.iter().cloned().map(Slot::Text).collect();
    match (&field.value, cell.kind) {
        (Some(Value::Text(text)), _) => RecordedContext::One(Slot::Text(text.clone())),
        (Some(Value::Answer(yes)), _) => RecordedContext::Answer(if *yes { "yes" } else { "no" }),
        (Some(Value::List(list)), _) => RecordedContext::Many(texts(list)),
        (Some(Value::Routes(routes)), _) => {
            RecordedContext::Routes(routes.iter().map(route).collect())
        }
        (Some(Value::Ports(_)), _) => RecordedContext::One(Slot::Text(field.text.clone())),
        (None, kind) if field.is_blank() => blank(kind),
        (None, Some(Type::YesNo)) => blank(cell.kind),
        (None, Some(Type::Fqdns)) => RecordedContext::Many(vec![gap()]),
        (None, Some(Type::Routes)) => RecordedContext::Routes(vec![RouteContext {
            network: gap(),
            mask: gap(),
            gateway: gap(),
        }]),
        (None, _) => RecordedContext::One(gap()),
    }
}

/// What the names of a sheet kind give while no row says anything.
pub(super) fn blanks(product: &'static Product, kind: &str) -> Recorded {
    let columns = product.schema.kind(kind).map(|kind| &kind.columns);
    let named = columns.into_iter().flatten().filter_map(|column| {
        let name = column.named.as_deref()?;
        Some((name, blank(column.kind)))
    });
    named.collect()
}

/// What a name gives whose row is missing.
pub(super) fn blank(kind: Option<Type>) -> RecordedContext {
    match kind {
        Some(Type::YesNo) => RecordedContext::Answer("unknown"),
        Some(Type::Fqdns) => RecordedContext::Many(Vec::new()),
        Some(Type::Routes) => RecordedContext::Routes(Vec::new()),
        _ => RecordedContext::Blank,
    }
}

fn route(route: &Route) -> RouteContext {
    RouteContext {
        network: Slot::Text(route.network.clone()),
        mask: Slot::Text(route.mask.clone()),
        gateway: Slot::Text(route.gateway.clone()),
    }
}
