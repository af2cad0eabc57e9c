//! The commands of the product with their parameter sets, `commands.json`, and what is wrong with a procedure by them.
//!
//! Entry point: [`Commands::judge`]. It looks at a template as it stands, so that whatever branch a command stands in, it is
//! judged, with its line; what a branch decides is taken to fit if any branch does.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::{Code, Finding, Place, suggest, words};

use super::calls::{BRANCH, Call, calls};
use super::read::Reader;

/// The file of the commands.
pub(super) const FILE: &str = "commands.json";

/// How a block of commands begins, and how it ends.
const BLOCK: (&str, &str) = ("```powershell", "```");

/// The commands, by name.
#[derive(Debug, Default, Deserialize)]
pub struct Commands {
    /// The parameters that every one takes.
    common: Vec<String>,
    cmdlets: BTreeMap<String, Vec<ParameterSet>>,
}

/// Parameters that go together.
#[derive(Debug, Deserialize)]
struct ParameterSet {
    set: String,
    required: Vec<String>,
    optional: Vec<String>,
}

impl ParameterSet {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.required.iter().chain(&self.optional)
    }
}

/// What is wrong with a command, and what may have been meant.
struct Wrong {
    message: String,
    help: String,
}

impl Commands {
    /// Reads the file.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let text = reader.text(FILE);
        if text.is_empty() {
            return Self::default();
        }
        serde_json::from_str(text).unwrap_or_else(|error| {
            reader.unreadable(FILE, &error.to_string(), error.line());
            Self::default()
        })
    }

    /// What is wrong with the commands of a procedure's template, each at its line.
    pub fn judge(&self, name: &str, template: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (line, command) in commands_of(template) {
            let wrong = calls(&command)
                .into_iter()
                .filter_map(|call| self.wrong(&call));
            let place = Place::file(name).line(u32::try_from(line).unwrap_or(0));
            findings.extend(wrong.map(|wrong| {
                let finding = Finding::new(Code::TemplateError, wrong.message);
                finding.at(&place).help(wrong.help)
            }));
        }
        findings
    }

    fn wrong(&self, call: &Call) -> Option<Wrong> {
        let is = |name: &&String| name.eq_ignore_ascii_case(&call.name);
        match self.cmdlets.iter().find(|(name, _)| is(name)) {
            Some((name, sets)) => {
                let strange = self.strange_parameter(name, sets, call);
                strange.or_else(|| self.unfit(name, sets, call))
            }
            None => self.strange_name(&call.name),
        }
    }

    /// A command that is none of the product's and looks like one: its noun begins as theirs do. Of others nothing is known.
    fn strange_name(&self, name: &str) -> Option<Wrong> {
        let (_, noun) = name.split_once('-')?;
        let prefix = self.prefix();
        let begins = noun.get(..prefix.len());
        if prefix.len() < 2 || !begins.is_some_and(|it| it.eq_ignore_ascii_case(prefix)) {
            return None;
        }
        let near = suggest::did_you_mean(name, self.cmdlets.keys().map(String::as_str));
        Some(Wrong {
            message: format!("the product has no command `{name}`"),
            help: near.unwrap_or_else(|| format!("if it has, describe it in `{FILE}`")),
        })
    }

    /// What the nouns of all commands begin with.
    fn prefix(&self) -> &str {
        let mut nouns = self
            .cmdlets
            .keys()
            .filter_map(|name| Some(name.split_once('-')?.1));
        let Some(first) = nouns.next() else {
            return "";
        };
        nouns.fold(first, |shared, noun| {
            let same = shared.bytes().zip(noun.bytes()).take_while(|(a, b)| a == b);
            shared.get(..same.count()).unwrap_or("")
        })
    }

    fn strange_parameter(&self, name: &str, sets: &[ParameterSet], call: &Call) -> Option<Wrong> {
        let known = || sets.iter().flat_map(ParameterSet::all).chain(&self.common);
        let mut given = call.parameters.iter().map(|(given, _)| given);
        let strange = given.find(|given| !known().any(|it| means(given, it)))?;
        let near = suggest::nearest(strange, known().map(String::as_str));
        Some(Wrong {
            message: format!("`{name}` has no parameter `-{strange}`"),
            help: match near {
                Some(near) => format!("did you mean `-{near}`?"),
                None => format!("if it has, describe it in `{FILE}`"),
            },
        })
    }

    /// Parameters that no set has together, or a set's parameter that is missing.
    fn unfit(&self, name: &str, sets: &[ParameterSet], call: &Call) -> Option<Wrong> {
        if call.is_splatted || sets.iter().any(|set| self.fits(set, call)) {
            return None;
        }
        let given = call.parameters.iter().map(|(given, _)| format!("-{given}"));
        let given: Vec<String> = given.collect();
        let said = if given.is_empty() {
            "no parameter".to_owned()
        } else {
            words::quoted(&given)
        };
        let sets = sets.iter().map(|set| {
            let required = set.required.iter().map(|it| format!("-{it}"));
            let required: Vec<String> = required.collect();
            match required.as_slice() {
                [] => format!("`{}`, which needs none", set.set),
                some => format!("`{}`, which needs {}", set.set, words::quoted(some)),
            }
        });
        Some(Wrong {
            message: format!("`{name}` with {said} fits none of its parameter sets"),
            help: format!("they are {}", words::list(sets)),
        })
    }

    fn fits(&self, set: &ParameterSet, call: &Call) -> bool {
        let given = |it: &&String| call.parameters.iter().any(|(given, _)| means(given, it));
        let missing = set.required.iter().filter(|it| !given(it)).count();
        let known = || set.all().chain(&self.common);
        let mut certain = call.parameters.iter().filter(|(_, optional)| !optional);
        missing <= call.positional && certain.all(|(given, _)| known().any(|it| means(given, it)))
    }
}

/// Whether a parameter is meant: PowerShell takes the beginning of a name for the name.
fn means(given: &str, parameter: &str) -> bool {
    let begins = parameter.get(..given.len());
    begins.is_some_and(|it| it.eq_ignore_ascii_case(given))
}

/// The commands of a template with their lines from zero, values and branches marked.
fn commands_of(template: &str) -> Vec<(usize, String)> {
    let mut commands: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    let mut goes_on = false;
    for (at, line) in template.lines().enumerate() {
        let bare = line.trim();
        if bare.starts_with(BLOCK.1) {
            inside = bare.starts_with(BLOCK.0);
            goes_on = false;
            continue;
        }
        if !inside {
            continue;
        }
        let line = without_tags(line);
        let continued = line.trim_end().ends_with('`');
        match commands.last_mut().filter(|_| goes_on) {
            Some((_, command)) => {
                command.push('\n');
                command.push_str(&line);
            }
            None => commands.push((at, line)),
        }
        goes_on = continued;
    }
    commands
}

/// A line without what Tera reads: a value is a word, a branch has its marks.
fn without_tags(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = match tag.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                out.push('{');
                rest = &tag[1..];
                continue;
            }
        };
        let inner = tag.find(end).map_or(tag, |length| &tag[..length + 2]);
        match end {
            "}}" => out.push_str("'value'"),
            "%}" => out.extend(branch(inner)),
            _ => {}
        }
        rest = &tag[inner.len()..];
    }
    out.push_str(rest);
    out
}

/// The mark of a tag that begins or ends a branch.
fn branch(tag: &str) -> Option<char> {
    let tag = tag.trim_start_matches(['{', '%', '-']).trim_start();
    let word = tag.split_whitespace().next()?;
    match word.trim_end_matches(['%', '}', '-']) {
        "if" | "for" => Some(BRANCH.0),
        "endif" | "endfor" => Some(BRANCH.1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Product;
    use crate::template;

    #[test]
    fn the_built_in_procedures_are_right() {
        let commands = &Product::built_in().commands;
        let mut seen = 0;
        for (name, text) in template::builtin() {
            let findings = commands.judge(&name, &text);
            assert_eq!(findings, [], "{name}");
            seen += commands_of(&text)
                .iter()
                .flat_map(|it| calls(&it.1))
                .count();
        }
        assert!(seen > 80, "{seen} commands were seen");
    }

    #[test]
    fn branches_of_a_line_are_marked() {
        let line = "Get-It -A {{ a | ps }}{% if b %} -B {{ b }}{% else %} -C{% endif %}";
        let text = without_tags(line);
        assert_eq!(text, "Get-It -A 'value'\u{1} -B 'value' -C\u{2}");
    }
}
