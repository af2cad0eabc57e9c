//! Readiness: rules over the inventory.

pub mod product;
