//! Routine and material: which facts a new backup cycle changes every time. The list is `shared/routine.toml`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::product::Product;
use crate::text::reserved;

use super::fact::FactGroup;

/// What an organization adds to the product's list of routine facts, and takes from it, by the headings of their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routine {
    added: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Routine {
    /// The product's list with some facts added to it and some taken away.
    pub fn adjusted(routine: &[String], material: &[String]) -> Self {
        // Headings are free of such characters, so the names are, too.
        let names = |names: &[String]| {
            let names = names.iter().map(|it| reserved::replaced(it));
            names.map(Cow::into_owned).collect()
        };
        Self {
            added: names(routine),
            taken: names(material),
        }
    }

    /// Whether the fact of this name is routine.
    pub fn holds(&self, product: &Product, name: &str) -> bool {
        !self.taken.contains(name) && (self.added.contains(name) || product.routine.contains(name))
    }

    /// Marks the routine facts. A blank among them never makes a packet wait: the cycle sheet has the value.
    pub(super) fn mark(&self, product: &Product, groups: &mut [FactGroup]) {
        let facts = groups.iter_mut().flat_map(|group| &mut group.facts);
        for fact in facts.filter(|fact| self.holds(product, &fact.name)) {
            fact.routine = true;
            fact.required = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_routine_fact_is_a_column() {
        let product = Product::built_in();
        for name in &product.routine {
            let mut columns = product.schema.kinds.iter().flat_map(|kind| &kind.columns);
            assert!(columns.any(|column| column.heading == *name), "{name}");
        }
    }

    #[test]
    fn the_project_file_changes_the_list_both_ways() {
        let list = Routine::adjusted(&["Last restore test".into()], &["Last backup".into()]);
        let held = ["Backup set", "Last backup", "Last restore test"]
            .map(|name| list.holds(Product::built_in(), name));
        assert_eq!(held, [true, false, true]);
    }
}
