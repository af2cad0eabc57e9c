//! How many days lie between two backups: `shared/schedules.toml`.

use serde::Deserialize;

use super::Product;

/// The file.
pub(super) const FILE: &str = "shared/schedules.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schedule: Vec<Schedule>,
    pub(super) outdated: Outdated,
}

/// When a backup is too old to restore from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outdated {
    /// How many of its own intervals it may have missed.
    missed: i64,
    /// How many days older than the cycle no backup is too old; a day that is further from the worksheets' own is wrong.
    pub days: i64,
    /// How many days older it may be where its schedule tells no interval.
    unsaid: i64,
}

/// What people write for one frequency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Schedule {
    words: Vec<String>,
    days: i64,
}

impl Product {
    /// How many days older than the cycle a backup of this schedule may be.
    pub fn days_until_outdated(&self, schedule: &str) -> i64 {
        let outdated = &self.outdated;
        let own = self
            .schedule_days(schedule)
            .map(|days| days * outdated.missed);
        own.unwrap_or(outdated.unsaid).max(outdated.days)
    }

    /// How many days a schedule allows between two backups; `None` where it does not say.
    pub fn schedule_days(&self, text: &str) -> Option<i64> {
        let lower = text.to_lowercase();
        let said = self
            .schedules
            .iter()
            .flat_map(|it| it.words.iter().map(move |word| (word, it.days)));
        said.filter(|(word, _)| lower.contains(word.as_str()))
            .max_by_key(|(word, _)| word.len())
            .map(|(_, days)| days)
    }
}
