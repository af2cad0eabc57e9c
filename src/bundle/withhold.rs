//! Withholding: what a profile leaves out is taken out of the packets before they are rendered.
//!
//! 1. Collect the hidden values: facts by their heading, and whatever has the look of a hidden kind.
//! 2. Take those out that a command of the bundle needs: they stay, or the procedure could not be carried out.
//! 3. Replace the rest in every text of packets, estate and restore order.
//!
//! The serde forms of the model are walked instead of its types, so that a text added tomorrow is not forgotten.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::profile::Profile;
use super::values::Values;

/// The keys of texts that people run as they stand.
const COMMANDS: [&str; 2] = ["command", "assignment"];
/// The keys whose texts are the model's own words or names of packets.
const FIXED: [&str; 9] = [
    "kind", "code", "severity", "status", "mark", "stage", "date", "issued", "fqdn",
];

/// What a bundle leaves out.
pub struct Withheld {
    profile: Profile,
    values: Values,
    needed: BTreeSet<String>,
}

impl Withheld {
    /// For a bundle with these contents.
    ///
    /// # Errors
    /// A value without a form in JSON, which none is known to be; too many values.
    pub fn of(profile: &Profile, contents: &[Value]) -> Result<Self, String> {
        let mut hidden = BTreeSet::new();
        let mut commands = Vec::new();
        for content in contents {
            walk(content, &mut |seen| match seen {
                Seen::Fact(name, texts) if profile.facts.contains(name) => {
                    let lines = texts.iter().flat_map(|text| text.lines().chain([*text]));
                    hidden.extend(lines.map(|line| line.trim().to_owned()));
                }
                Seen::Fact(..) => {}
                Seen::Text(key, text) => {
                    if COMMANDS.contains(&key) {
                        commands.push(text);
                    }
                    let found = profile
                        .patterns
                        .iter()
                        .flat_map(|pattern| pattern.find(text));
                    hidden.extend(found.map(str::to_owned));
                }
            });
        }
        let (needed, hidden) = split(&hidden, &commands)?;
        Ok(Self {
            profile: profile.clone(),
            values: Values::new(hidden)?,
            needed,
        })
    }

    /// The values that must not stand in any file.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// How many values stay because a command needs them.
    pub fn needed(&self) -> usize {
        self.needed.len()
    }

    /// A part of the model without what is left out.
    ///
    /// # Errors
    /// A hidden value that is also one of the model's own words.
    pub fn from<T: Serialize + DeserializeOwned>(&self, model: &T) -> Result<T, String> {
        let mut value = form(model)?;
        self.apply("", &mut value);
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    fn apply(&self, key: &str, value: &mut Value) {
        match value {
            Value::String(text) if !FIXED.contains(&key) => *text = self.text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply(key, item)),
            Value::Object(map) => {
                if fact(map).is_some_and(|(name, texts)| self.hides(name, &texts)) {
                    let stand_in = Value::String(self.profile.stand_in());
                    map.insert("text".to_owned(), stand_in.clone());
                    map.insert("value".to_owned(), stand_in);
                }
                for (key, value) in map {
                    self.apply(key, value);
                }
            }
            _ => {}
        }
    }

    /// Whether a fact is withheld whole: a hidden one that is known and not needed.
    fn hides(&self, name: &str, texts: &[&str]) -> bool {
        let is_needed = |text: &&str| self.needed.contains(text.trim());
        !texts.is_empty() && self.profile.facts.contains(name) && !texts.iter().all(is_needed)
    }

    fn text(&self, text: &str) -> String {
        let mut left = String::with_capacity(text.len());
        let mut from = 0;
        for range in self.values.ranges(text) {
            left.push_str(&text[from..range.start]);
            let is_host = text[range.clone()].starts_with(r"\\");
            let (before, after) = if is_host { (r"\\[", r"]\") } else { ("", "") };
            left.extend([before, &self.profile.stand_in(), after]);
            from = range.end;
        }
        left.push_str(&text[from..]);
        left
    }
}

/// A part of the model as JSON.
///
/// # Errors
/// None that is known.
pub fn form(model: &impl Serialize) -> Result<Value, String> {
    serde_json::to_value(model).map_err(|error| error.to_string())
}

/// Every heading of a fact.
pub fn headings(contents: &[Value]) -> BTreeSet<String> {
    let mut headings = BTreeSet::new();
    for content in contents {
        walk(content, &mut |seen| {
            if let Seen::Fact(name, _) = seen {
                headings.insert(name.to_owned());
            }
        });
    }
    headings
}

/// What commands need, and the rest.
fn split(
    hidden: &BTreeSet<String>,
    commands: &[&str],
) -> Result<(BTreeSet<String>, BTreeSet<String>), String> {
    let mut needed = BTreeSet::new();
    for value in hidden {
        let one = Values::new(BTreeSet::from([value.clone()]))?;
        if commands.iter().any(|command| one.first(command).is_some()) {
            needed.insert(value.clone());
        }
    }
    let rest = hidden.difference(&needed).cloned().collect();
    Ok((needed, rest))
}

/// What a walk meets.
enum Seen<'a> {
    /// A known fact: its heading, its value and its text.
    Fact(&'a str, Vec<&'a str>),
    /// A text, with the key it stands under.
    Text(&'a str, &'a str),
}

fn walk<'a>(value: &'a Value, meet: &mut impl FnMut(Seen<'a>)) {
    walk_under("", value, meet);
}

fn walk_under<'a>(key: &'a str, value: &'a Value, meet: &mut impl FnMut(Seen<'a>)) {
    match value {
        Value::String(text) => meet(Seen::Text(key, text)),
        Value::Array(items) => items.iter().for_each(|item| walk_under(key, item, meet)),
        Value::Object(map) => {
            if let Some((name, texts)) = fact(map) {
                meet(Seen::Fact(name, texts));
            }
            map.iter()
                .for_each(|(key, value)| walk_under(key, value, meet));
        }
        _ => {}
    }
}

/// A fact is told by its keys: heading, and value and text where it is known.
fn fact(map: &Map<String, Value>) -> Option<(&str, Vec<&str>)> {
    map.get("required")?.as_bool()?;
    let name = map.get("name")?.as_str()?;
    let value = map.get("value")?.as_str();
    let text = value.and_then(|_| map.get("text")?.as_str());
    Some((name, value.into_iter().chain(text).collect()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;
    use serde_json::json;

    use super::*;
    use crate::packets::Exercise;

    fn fact_of(name: &str, value: &str) -> Value {
        json!({"name": name, "value": value, "text": value, "required": false})
    }

    fn withheld(contents: &Value) -> Withheld {
        let profile = Profile::named("ticket", &BTreeMap::new(), &BTreeSet::new()).unwrap();
        Withheld::of(&profile, std::slice::from_ref(contents)).unwrap()
    }

    #[test]
    fn hidden_values_go_from_every_text_and_others_stay() {
        let contents = json!({
            "facts": [fact_of("Phone", "12345"), fact_of("Owner", "Ops"), fact_of("Vault entry", "safe-7")],
            "message": "call 12345, see SAFE-7 at 10.0.0.5",
            "picture": [{"name": r"\\fs01\share", "what": "call 123456"}],
        });
        let copy: Value = withheld(&contents).from(&contents).unwrap();
        let gone = "withheld in this copy (profile ticket)";
        assert_eq!(copy["facts"][0]["value"], gone);
        assert_eq!(copy["facts"][1]["value"], "Ops");
        assert_eq!(
            copy["message"],
            format!("call {gone}, see {gone} at {gone}")
        );
        assert_eq!(copy["picture"][0]["name"], format!(r"\\[{gone}]\share"));
        assert_eq!(copy["picture"][0]["what"], "call 123456");
    }

    #[test]
    fn only_a_vendor_is_not_told_who_exercised() {
        let exercise = Exercise::new(date(2014, 6, 7), "AB");
        let by = |name| {
            let profile = Profile::named(name, &BTreeMap::new(), &BTreeSet::new()).unwrap();
            let withheld = Withheld::of(&profile, &[form(&exercise).unwrap()]).unwrap();
            let copy: Exercise = withheld.from(&exercise).unwrap();
            assert_eq!(copy.date, exercise.date);
            copy.by.value.unwrap()
        };
        assert_eq!(by("ticket"), "AB");
        assert_eq!(by("vendor"), "withheld in this copy (profile vendor)");
    }

    #[test]
    fn what_a_command_needs_stays_everywhere() {
        let contents = json!({
            "command": r"robocopy \\fs01\a $Backup\b",
            "text": r"from \\fs01\a and \\fs02\a",
            "facts": [fact_of("IP address", "10.0.0.1")],
        });
        let withheld = withheld(&contents);
        assert_eq!(withheld.needed(), 1);
        let copy: Value = withheld.from(&contents).unwrap();
        let text = copy["text"].as_str().unwrap();
        assert!(text.starts_with(r"from \\fs01\a and \\[withheld"), "{text}");
        assert_eq!(copy["command"], contents["command"]);
    }
}
