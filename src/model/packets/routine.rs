//! Routine and material: which facts a new backup cycle changes every time. The list is `shared/routine.toml`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::product::Product;
use crate::text::reserved;

use super::fact::FactGroup;

/// The routine facts, by the heading of their column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine(BTreeSet<String>);

impl Default for Routine {
    fn default() -> Self {
        Self(Product::built_in().routine.clone())
    }
}

impl Routine {
    /// The built-in list with some facts added to it and some taken away.
    pub fn adjusted(routine: &[String], material: &[String]) -> Self {
        let mut list = Self::default();
        // Headings are free of such characters, so the names are, too.
        let names = routine.iter().map(|it| reserved::replaced(it));
        list.0.extend(names.map(Cow::into_owned));
        for name in material {
            list.0.remove(&*reserved::replaced(name));
        }
        list
    }

    /// Whether the fact of this name is routine.
    pub fn holds(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Marks the routine facts. A blank among them never makes a packet wait: the cycle sheet has the value.
    pub(super) fn mark(&self, groups: &mut [FactGroup]) {
        let facts = groups.iter_mut().flat_map(|group| &mut group.facts);
        for fact in facts.filter(|fact| self.holds(&fact.name)) {
            fact.routine = true;
            fact.required = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::schema::schema;

    #[test]
    fn every_routine_fact_is_a_column() {
        for name in Routine::default().0 {
            let mut columns = schema().kinds.iter().flat_map(|kind| &kind.columns);
            assert!(columns.any(|column| column.heading == name), "{name}");
        }
    }

    #[test]
    fn the_project_file_changes_the_list_both_ways() {
        let list = Routine::adjusted(&["Last restore test".into()], &["Last backup".into()]);
        let held = ["Backup set", "Last backup", "Last restore test"].map(|name| list.holds(name));
        assert_eq!(held, [true, false, true]);
    }
}
