//! Worksheets in one letter, so that a source fits beside its value: `B14 of S`, with the key `S servers.xlsx:Servers`.

use serde::Serialize;

use crate::contract::SourceCell;
use crate::packets::FactGroup;

/// A worksheet and its letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// One letter, or as many as tell it from the others.
    pub letter: String,
    /// The sheet.
    pub sheet: SourceCell,
}

/// The worksheets of a packet's facts, in the order in which they come first.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters(Vec<Letter>);

impl Letters {
    /// Of these facts, as far as they are printed.
    pub(super) fn of(facts: &[FactGroup]) -> Self {
        let mut letters = Self::default();
        let facts = facts.iter().flat_map(|group| &group.facts);
        let facts = facts.filter(|fact| !fact.routine);
        for place in facts.filter_map(|fact| fact.place.as_ref()) {
            letters.add(SourceCell::at(place));
        }
        letters
    }

    fn add(&mut self, source: SourceCell) {
        if self.letter_of(&source).is_none() {
            let letter = self.free(&source);
            let sheet = SourceCell {
                cell: None,
                ..source
            };
            self.0.push(Letter { letter, sheet });
        }
    }

    fn letter_of(&self, source: &SourceCell) -> Option<&str> {
        let is_its_sheet =
            |it: &&Letter| it.sheet.path == source.path && it.sheet.sheet == source.sheet;
        let known = self.0.iter().find(is_its_sheet);
        known.map(|it| it.letter.as_str())
    }

    /// The start of the sheet's name, or of the file's where it has none, as long as it takes to be its own.
    fn free(&self, source: &SourceCell) -> String {
        let file = source.path.rsplit('/').next().unwrap_or_default();
        let name = source.sheet.as_deref().unwrap_or(file);
        let name: Vec<char> = name.chars().filter(|it| it.is_alphabetic()).collect();
        let starts = (1..=name.len()).map(|length| {
            let (first, rest) = name[..length].split_at(1);
            first
                .iter()
                .flat_map(|it| it.to_uppercase())
                .chain(rest.iter().copied())
                .collect()
        });
        let numbered = (1..).map(|number| format!("W{number}"));
        let is_free = |it: &String| self.0.iter().all(|known| known.letter != *it);
        starts.chain(numbered).find(is_free).unwrap_or_default()
    }

    /// "B14 of S", "row 3 of S", "S".
    pub(super) fn short(&self, source: &SourceCell) -> String {
        let letter = self.letter_of(source).unwrap_or(&source.path);
        match &source.cell {
            Some(cell) => format!("{cell} of {letter}"),
            None => letter.to_owned(),
        }
    }

    /// The key.
    pub(super) fn key(self) -> Vec<Letter> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    #[test]
    fn a_letter_is_the_start_of_a_name_and_no_other_sheets() {
        let mut letters = Letters::default();
        let places = [
            Place::file("a.xlsx").sheet("Servers").cell(2, 3),
            Place::file("b.xlsx").sheet("Settings").row(4),
            Place::file("b.xlsx").sheet("Settings").cell(0, 0),
            Place::file("in/sites.csv").row(2),
            Place::file("c.xlsx").sheet("2014"),
            Place::file("d.xlsx").sheet("2014"),
        ];
        let sources = places.map(|place| SourceCell::at(&place));
        for source in &sources {
            letters.add(source.clone());
        }
        let shown = sources.map(|source| letters.short(&source));
        assert_eq!(
            shown,
            [
                "D3 of S",
                "row 5 of Se",
                "A1 of Se",
                "row 3 of Si",
                "W1",
                "W2"
            ]
        );
    }
}
