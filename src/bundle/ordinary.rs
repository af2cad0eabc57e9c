//! Which hidden values are too short or too ordinary to be looked for: they stand in texts that mean something else.
//!
//! A site `Default` or an owner `Lync Server` would tear holes into procedures. Such a value is left out in its own cell
//! and nowhere else.

use std::collections::BTreeSet;

use super::values::{Edge, Values};
use super::view;
use crate::template;

/// Values with fewer letters and digits stand in too many texts by chance.
const SHORTEST: usize = 4;

/// Numbers with fewer digits do.
const SHORTEST_NUMBER: usize = 5;

/// What the program itself prints: procedures, layouts, and what is true of the product. The descriptions of columns and of
/// findings, and the sample, are full of examples.
pub fn own_texts() -> impl Iterator<Item = String> {
    let is_said = |name: &str| {
        let is_page = name.starts_with("procedures/") || name.starts_with("layout/");
        let is_data = name.ends_with("toml") && !name.contains('/') && !name.starts_with("column");
        (is_page && !name.contains("style")) || is_data
    };
    let texts = template::builtin().into_iter();
    texts
        .filter(move |(name, _)| is_said(name))
        .map(|(_, text)| view::plain(&text))
}

/// Those of the values, as views have them, that are short or ordinary: the program's `own` texts say them.
///
/// # Errors
/// More text than can be looked for at once.
pub fn among(values: &BTreeSet<String>, own: &[String]) -> Result<BTreeSet<String>, String> {
    let all = Values::new(values.iter().map(|it| (it.clone(), Edge::Word)))?;
    let mut ordinary: BTreeSet<String> = values.iter().filter(|it| is_short(it)).cloned().collect();
    for text in own {
        ordinary.extend(all.find(text).map(|(_, value)| value.to_owned()));
    }
    Ok(ordinary)
}

fn is_short(value: &str) -> bool {
    let length = value.chars().filter(|c| c.is_alphanumeric()).count();
    let is_number = value.chars().all(|c| c.is_ascii_digit());
    length < SHORTEST || (is_number && length < SHORTEST_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_procedures_say_is_ordinary_and_names_are_not() {
        let values = [
            "2013",
            "default",
            "sql server",
            "k1",
            "4711",
            "dana whitfield",
            "leak-pfx-1",
            "seattle",
        ];
        let own: Vec<String> = own_texts().collect();
        let found = among(&values.map(str::to_owned).into(), &own).unwrap();
        let expected = ["2013", "4711", "default", "k1", "sql server"];
        assert_eq!(found, expected.map(str::to_owned).into());
    }
}
