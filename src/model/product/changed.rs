//! What a product does otherwise than the one it builds on, step by step: `changes.toml`.
//!
//! A procedure that differs in a step is no file of its own: the change names the text it stands beside, or takes the place
//! of, and why. The text must stand there once. It is looked for as this product says it, its own names put in already,
//! so that a change upstream is an error here and no step of another product.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::data;
use crate::finding::{Code, Finding, Place, suggest};

use super::Texts;

/// The file.
pub(super) const FILE: &str = "changes.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    change: Vec<Change>,
}

/// A change of one file that is taken over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Change {
    /// The file, by its name in the folder.
    r#in: String,
    /// The text that goes; without any of the three, all of the file.
    instead_of: Option<String>,
    /// Where that ends, if it does not say all of it: what follows goes too, up to the first of this, with it.
    through: Option<String>,
    /// The text that the new one follows.
    after: Option<String>,
    /// The text that the new one precedes.
    before: Option<String>,
    /// The new text; nothing where something only goes.
    #[serde(default)]
    write: String,
    /// What it rests on: a page, or "practice" with its reason.
    source: String,
}

/// What a change does to the text it finds.
#[derive(Clone, Copy)]
enum Way {
    /// The new one takes its place.
    Instead,
    /// The new one follows it.
    After,
    /// The new one precedes it.
    Before,
}

impl Change {
    /// The text it finds, and what it does to it; `None` where it is about the whole file.
    fn of(&self) -> Result<Option<(&str, Way)>, &'static str> {
        let found = [
            (&self.instead_of, Way::Instead),
            (&self.after, Way::After),
            (&self.before, Way::Before),
        ];
        let mut found = found
            .iter()
            .filter_map(|(text, way)| Some((text.as_deref()?, *way)));
        let first = found.next();
        if found.next().is_some() {
            return Err("a change has one of `instead-of`, `after` and `before`");
        }
        match first {
            Some((_, Way::Instead)) => Ok(first),
            _ if self.through.is_some() => Err("`through` says where `instead-of` ends"),
            _ => Ok(first),
        }
    }

    /// A text with the change in it, which finds `old` at `at`.
    fn in_text(&self, text: &str, old: &str, at: usize, way: Way) -> Result<String, Finding> {
        let end = at + old.len();
        let (from, to) = match (way, &self.through) {
            (Way::After, _) => (end, end),
            (Way::Before, _) => (at, at),
            (Way::Instead, None) => (at, end),
            (Way::Instead, Some(last)) => match text[end..].find(last.as_str()) {
                Some(behind) => (at, end + behind + last.len()),
                None => return Err(not_there(&self.r#in, &text[end..], last)),
            },
        };
        Ok(format!("{}{}{}", &text[..from], self.write, &text[to..]))
    }
}

/// Puts the changes of a file into the texts that are taken over; the names of those that were changed.
///
/// # Errors
/// The first that cannot be read, or does not fit what is there.
pub(super) fn put_into(texts: &mut Texts, path: &str, text: &str) -> Result<Vec<String>, Finding> {
    let file: File = data::parse(text).map_err(|error| {
        let at = u32::try_from(error.line()).unwrap_or(0);
        wrong(error.message()).at(&Place::file(path).line(at))
    })?;
    let lines = lines_of_changes(text);
    let mut changed = Vec::new();
    for (change, line) in file.change.iter().zip(lines) {
        let place = Place::file(path).line(line);
        apply(texts, change).map_err(|finding| finding.at(&place))?;
        changed.push(change.r#in.clone());
    }
    Ok(changed)
}

fn apply(texts: &mut BTreeMap<String, String>, change: &Change) -> Result<(), Finding> {
    if change.source.trim().is_empty() {
        return Err(wrong("a change says in `source` what it rests on"));
    }
    let name = &change.r#in;
    let Some(text) = texts.get(name) else {
        let near = suggest::did_you_mean_file(name, texts.keys().map(String::as_str));
        let message = format!("`{name}` is no file that is taken over");
        return Err(wrong(&message).help_if(near));
    };
    let new = match change.of().map_err(wrong)? {
        None => change.write.clone(),
        Some((old, way)) => match text.match_indices(old).collect::<Vec<_>>().as_slice() {
            [] => return Err(not_there(name, text, old)),
            [(at, _)] => change.in_text(text, old, *at, way)?,
            many => {
                let message = format!("the text stands {} times in `{name}`", many.len());
                return Err(wrong(&message).help("name more of it, so that it stands there once"));
            }
        },
    };
    texts.insert(name.clone(), new);
    Ok(())
}

/// A text that the file does not hold, with the line most like its first.
fn not_there(name: &str, text: &str, old: &str) -> Finding {
    let mut lines = old.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let near = suggest::did_you_mean(first, text.lines().filter(|line| !line.trim().is_empty()));
    let message = format!(
        "`{name}` does not hold `{}`",
        crate::finding::words::excerpt(first)
    );
    let usual = "write the text as it stands there, with this product's names in it";
    wrong(&message).help(near.unwrap_or_else(|| usual.to_owned()))
}

/// The lines on which the changes begin.
fn lines_of_changes(text: &str) -> impl Iterator<Item = u32> {
    let lines = (0..).zip(text.lines());
    let begins = lines.filter(|(_, line)| line.trim() == "[[change]]");
    begins.map(|(at, _)| at)
}

fn wrong(message: &str) -> Finding {
    Finding::new(Code::TemplateError, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(changes: &str) -> Result<String, Finding> {
        let text = "# Restore\n\n### Start\nRun it.\n\n### Look\nTwice.\nTwice.\n";
        let mut texts = Texts::from([("procedures/a.md".to_owned(), text.to_owned())]);
        put_into(&mut texts, "products/x/changes.toml", changes)?;
        Ok(texts.remove("procedures/a.md").unwrap_or_default())
    }

    fn change(of: &str) -> String {
        format!("# Ours.\n\n[[change]]\nin = \"procedures/a.md\"\nsource = \"practice\"\n{of}\n")
    }

    #[test]
    fn a_step_is_added_replaced_or_taken_out() {
        let cases = [
            (
                "before = \"### Look\\n\"\nwrite = \"### Wait\\n\"",
                "### Wait\n### Look\n",
            ),
            (
                "after = \"Run it.\\n\"\nwrite = \"Slowly.\\n\"",
                "Run it.\nSlowly.\n",
            ),
            (
                "instead-of = \"Run it.\"\nwrite = \"Walk.\"",
                "### Start\nWalk.\n",
            ),
            (
                "instead-of = \"### Start\"\nthrough = \"### Look\"\nwrite = \"### See\"",
                "# Restore\n\n### See\nTwice.\n",
            ),
        ];
        for (of, expected) in cases {
            let text = changed(&change(of)).unwrap();
            assert!(text.contains(expected), "{text}");
        }
        assert_eq!(changed(&change("")).unwrap(), "");
    }

    #[test]
    fn what_does_not_fit_is_said_where_the_change_stands() {
        let cases = [
            (
                "after = \"### Strat\"",
                "`procedures/a.md` does not hold `### Strat`",
            ),
            (
                "after = \"Twice.\"",
                "the text stands 2 times in `procedures/a.md`",
            ),
            (
                "after = \"### Start\"\nbefore = \"### Look\"",
                "a change has one of `instead-of`, `after` and `before`",
            ),
        ];
        for (of, message) in cases {
            let finding = changed(&change(of)).unwrap_err();
            assert_eq!(finding.message, message);
            let place = finding.place.map(|it| it.to_string());
            assert_eq!(place.as_deref(), Some("products/x/changes.toml, line 3"));
        }
        let unknown = change("").replace("procedures/a.md", "procedures/b.md");
        let finding = changed(&unknown).unwrap_err();
        assert_eq!(
            finding.message,
            "`procedures/b.md` is no file that is taken over"
        );
    }
}
