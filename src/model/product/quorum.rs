//! How many members of a pool must start for it to start for the first time, and run for it to go on: `quorum.toml`.

use serde::Deserialize;

/// The file.
pub(super) const FILE: &str = "quorum.toml";

/// The numbers.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quorum {
    first_start: Vec<usize>,
    keep: Vec<usize>,
    #[serde(default)]
    beyond: usize,
}

impl Quorum {
    /// How many of so many members must start; 0 where nobody says, so that all of them should.
    pub fn of(&self, members: usize) -> usize {
        let Some(before) = members.checked_sub(1) else {
            return 0;
        };
        let known = self.first_start.get(before).copied();
        known.unwrap_or(members * self.beyond / 100)
    }

    /// How many of so many members must run for the pool to go on; `None` where nobody says.
    pub fn keeps(&self, members: usize) -> Option<usize> {
        self.keep.get(members.checked_sub(1)?).copied()
    }
}
