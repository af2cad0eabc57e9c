//! The facts of a packet, in groups, each with its cell; what no worksheet gives is a blank.
//!
//! Entry points: [`of_server`], [`of_pool`], [`control`] and [`cycle`].

mod backups;
mod certificates;
mod deployment;
mod pools;
mod servers;

use crate::finding::Place;
use crate::rows::{Extra, Field};

use super::fact::Fact;

pub use deployment::{control, cycle, people};
pub use pools::of_pool;
pub use servers::of_server;

/// A cell as a fact, shown as typed. A cell whose text could not be read is a blank: it has its own finding.
fn fact<T>(field: &Field<T>) -> Fact {
    Fact {
        value: field.value.as_ref().map(|_| field.text.clone()),
        text: field.text.clone(),
        place: Some(field.place.clone()),
        ..Fact::absent(field.column)
    }
}

/// A fact without which a step or the whole restore is in doubt.
fn required<T>(field: &Field<T>) -> Fact {
    Fact {
        required: true,
        ..fact(field)
    }
}

/// A path, shown with `$Backup` where it lies below the share, so that a new cycle changes no packet.
fn path(field: &Field<crate::rows::FilePath>) -> Fact {
    Fact {
        value: field.value.as_ref().map(ToString::to_string),
        ..fact(field)
    }
}

/// A fact that no worksheet has a row for, where a restore waits for it because of this cell.
fn lacking(name: &str, asker: &Place) -> Fact {
    Fact {
        required: true,
        asked_by: Some(asker.clone()),
        ..Fact::absent(name)
    }
}

/// The cells that procedures name, in the order of their columns.
fn recorded(cells: &crate::rows::Recorded) -> Vec<Fact> {
    cells.in_order().into_iter().map(fact).collect()
}

fn extras(extras: &[Extra]) -> impl Iterator<Item = Fact> {
    extras.iter().map(|extra| Fact {
        value: extra.value.clone(),
        text: extra.text.clone(),
        place: Some(extra.place.clone()),
        extra: true,
        ..Fact::absent(&extra.heading)
    })
}

/// Leaves out what is blank and not required: an optional column nobody uses is no blank to fill in.
fn filled(facts: Vec<Fact>) -> Vec<Fact> {
    let worth = |fact: &Fact| fact.value.is_some() || fact.required || !fact.text.is_empty();
    facts.into_iter().filter(worth).collect()
}

/// The rows a packet's facts stand in.
pub fn rows<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> std::collections::BTreeSet<Place> {
    facts
        .into_iter()
        .filter_map(|fact| Some(fact.place.as_ref()?.whole_row()))
        .collect()
}
