//! Conditions on what is true of a packet: `failed-over, not store-here or mirror-gone`.
//!
//! What stands between commas must all be true; of what is joined by `or`, one; after `not`, the reverse.

use std::fmt;

use serde::Deserialize;

/// A condition over ids of states and facts. Nothing said holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Condition(Vec<Vec<Literal>>);

/// An id that must be true, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Literal {
    id: String,
    wanted: bool,
}

impl Condition {
    /// Whether it holds, of the ids that `is_true` says.
    pub fn holds(&self, is_true: impl Fn(&str) -> bool) -> bool {
        let holds = |it: &Literal| is_true(&it.id) == it.wanted;
        self.0.iter().all(|clause| clause.iter().any(holds))
    }

    /// Both conditions.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// Every id it names.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.0.iter().flatten().map(|it| &it.id)
    }

    /// Whether nothing is asked.
    pub fn is_always(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<String> for Condition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        let clauses = text.split(',').map(|clause| {
            let literals = clause.split(" or ").map(literal);
            literals.collect::<Result<Vec<_>, _>>()
        });
        clauses.collect::<Result<_, _>>().map(Self)
    }
}

fn literal(text: &str) -> Result<Literal, String> {
    let text = text.trim();
    let (id, wanted) = match text.strip_prefix("not ") {
        Some(id) => (id.trim(), false),
        None => (text, true),
    };
    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_word = ["not", "or"].contains(&id);
    if id.is_empty() || is_word || !id.chars().all(is_id) {
        return Err(format!(
            "“{text}” is no state: ids stand between commas, joined by `or`, each may follow `not`"
        ));
    }
    Ok(Literal {
        id: id.to_owned(),
        wanted,
    })
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let literal = |it: &Literal| {
            let not = if it.wanted { "" } else { "not " };
            format!("{not}{}", it.id)
        };
        let clause = |it: &Vec<Literal>| it.iter().map(literal).collect::<Vec<_>>().join(" or ");
        let clauses: Vec<_> = self.0.iter().map(clause).collect();
        f.write_str(&clauses.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str, of: &[&str]) -> bool {
        let condition = Condition::try_from(text.to_owned()).expect(text);
        assert_eq!(condition.to_string(), text);
        condition.holds(|id| of.contains(&id))
    }

    #[test]
    fn commas_ask_for_all_and_or_for_one() {
        assert!(holds("", &[]));
        assert!(holds("a, b or not c", &["a", "b", "c"]));
        assert!(holds("a, b or not c", &["a"]));
        assert!(!holds("a, b or not c", &["a", "c"]));
        assert!(!holds("a, b or not c", &["b"]));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["a b", "a, ", "not", "A", "a or"] {
            assert!(Condition::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
