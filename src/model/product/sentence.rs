//! Sentences with places to fill in: "Pool {pool}: does its one server answer?"

use serde::Deserialize;

/// A sentence of a product's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Sentence(String);

impl Sentence {
    /// As it stands in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names in its places, in order.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        let rest = self.0.split('{').skip(1);
        rest.filter_map(|rest| Some(rest.split_once('}')?.0))
    }

    /// With these values in its places; `None` if one has none.
    pub fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
        let mut parts = self.0.split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}')?;
            text.push_str(value(name)?);
            text.push_str(rest);
        }
        Some(text)
    }

    /// With one value in its places; reading the file has made sure that there is no other name.
    pub fn with(&self, name: &str, value: &str) -> String {
        self.with_all(&[(name, value)])
    }

    /// The same with several.
    pub fn with_all(&self, values: &[(&str, &str)]) -> String {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name);
        let filled = self.fill(|name| value(name).map(|(_, value)| *value));
        filled.unwrap_or_else(|| self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_or_nothing_is_said() {
        let sentence = Sentence("Pool {pool}: does {host} answer?".to_owned());
        assert_eq!(sentence.places().collect::<Vec<_>>(), ["pool", "host"]);
        let known = |name: &str| (name == "pool").then_some("p");
        assert_eq!(sentence.fill(known), None);
        let filled = sentence.fill(|name| known(name).or(Some("h")));
        assert_eq!(filled.as_deref(), Some("Pool p: does h answer?"));
    }
}
