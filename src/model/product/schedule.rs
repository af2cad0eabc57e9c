//! How many days lie between two backups: `shared/schedules.toml`.

use serde::Deserialize;

use super::Product;

/// The file.
pub(super) const FILE: &str = "shared/schedules.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schedule: Vec<Schedule>,
}

/// What people write for one frequency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Schedule {
    words: Vec<String>,
    days: i64,
}

impl Product {
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
