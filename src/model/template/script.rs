//! Scripts among the templates: no templates themselves, they get into a page as they are, so that the page's
//! security policy can name their digest.

use std::collections::BTreeMap;

use super::report::Trouble;
use crate::finding::Finding;

/// The scripts by name.
pub(super) type Scripts = BTreeMap<String, String>;

/// What ends a script element before its end, or changes how its end is found.
const UNFIT: [&str; 3] = ["</script", "<script", "<!--"];

/// The scripts among the templates, and a finding for each that cannot stand in a page. That one is left out:
/// pages are complete without it.
pub(super) fn load(templates: &BTreeMap<String, String>) -> (Scripts, Vec<Finding>) {
    let mut scripts = Scripts::new();
    let mut findings = Vec::new();
    for (name, text) in templates.iter().filter(|(name, _)| is_script(name)) {
        match unfit(name, text) {
            Some(trouble) => findings.push(trouble.finding()),
            // A browser reads every line end as a line feed before it computes the digest.
            None => drop(scripts.insert(name.clone(), text.replace('\r', "\n"))),
        }
    }
    (scripts, findings)
}

fn is_script(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "js")
}

fn unfit(name: &str, text: &str) -> Option<Trouble> {
    text.lines().enumerate().find_map(|(index, line)| {
        let line = line.to_ascii_lowercase();
        let word = UNFIT.iter().find(|word| line.contains(**word))?;
        let before = line.split(*word).next().unwrap_or_default();
        let message = format!("a script inside a page cannot hold `{word}`");
        let column = before.chars().count() + 1;
        Some(Trouble::at(name, index + 1, column, &message))
    })
}

/// A script with its parts, the parts first.
pub(super) fn joined(scripts: &Scripts, name: &str) -> Option<String> {
    let start = scripts.get(&format!("{name}.js"))?;
    if start.trim().is_empty() {
        return None;
    }
    let folder = format!("{name}/");
    let parts = scripts.iter().filter(|(part, _)| part.starts_with(&folder));
    let texts = parts.map(|(_, text)| text).chain([start]);
    Some(texts.map(String::as_str).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    fn templates(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        list.iter().map(owned).collect()
    }

    #[test]
    fn parts_come_before_what_starts_them() {
        let (scripts, findings) = load(&templates(&[
            ("w.js", "start();"),
            ("w/b.js", "b\r\nb"),
            ("w/a.js", "{{ a }}"),
            ("other.js", "x"),
            ("w/notes.md", "x"),
        ]));
        assert_eq!(findings, []);
        let script = joined(&scripts, "w").unwrap();
        assert_eq!(script, "{{ a }}\nb\n\nb\nstart();");
        assert_eq!(joined(&scripts, "nowhere"), None);
    }

    #[test]
    fn a_blank_start_turns_it_off() {
        let (scripts, _) = load(&templates(&[("w.js", "\n"), ("w/a.js", "a")]));
        assert_eq!(joined(&scripts, "w"), None);
    }

    #[test]
    fn what_would_end_the_element_is_refused_with_its_line() {
        for (unfit, place) in [
            ("</SCRIPT >", "w.js:2:3"),
            ("'<!--'", "w.js:2:4"),
            ("\"<script\"", "w.js:2:4"),
        ] {
            let text = format!("a\nb {unfit}");
            let (scripts, findings) = load(&templates(&[("w.js", &text)]));
            assert!(scripts.is_empty());
            let places = findings.iter().filter_map(|it| it.place.as_ref());
            assert_eq!(places.map(Place::short).collect::<Vec<_>>(), [place]);
        }
    }
}
