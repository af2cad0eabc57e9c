//! How old an organization's templates are: which are ours as an older version wrote them, and which stand in for some
//! of ours that have changed since. The first silently bring old procedures back, the second miss what was corrected.
//!
//! Entry points: [`Stamp`], which `templates` writes beside what it writes, and [`findings`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contract::TOOL;
use crate::finding::{Code, Finding, Place, words};
use crate::template;
use crate::text::digest;

/// The stamp's file in the folder of the templates.
pub const STAMP: &str = ".restore-packets.json";

/// A layout that is larger makes every page large that includes it.
const LARGE: usize = 100_000;

/// From so many files on, a folder is one that an older version wrote, even where no stamp says so.
const WHOLE: usize = 40;

/// What was written, and by which version.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// The version that wrote last.
    pub tool: String,
    /// SHA-256 of each text as it was written, by path.
    pub files: BTreeMap<String, String>,
}

impl Stamp {
    /// The stamp that a file holds; a blank one where it is none.
    pub fn parse(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// Notes a text that is written.
    pub fn add(&mut self, path: &str, text: &str) {
        TOOL.clone_into(&mut self.tool);
        self.files.insert(path.to_owned(), sha256(text));
    }

    /// The file's text.
    pub fn to_json(&self) -> String {
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{json}\n")
    }
}

/// Editors of Windows end lines in their own way, which is no change.
fn sha256(text: &str) -> String {
    digest::sha256_hex(text.replace("\r\n", "\n").as_bytes())
}

/// What there is to say of templates that stand in for ours; `stamp` is the text of the folder's, if it has one.
pub fn findings(own: &BTreeMap<String, String>, stamp: Option<&str>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = own.iter().filter_map(large).collect();
    let built_in = template::files();
    let differs = |(path, text): &(&String, &String)| {
        let ours = built_in.get(*path);
        ours.is_some_and(|ours| sha256(ours) != sha256(text))
    };
    let differing: Vec<(&String, &String)> = own.iter().filter(differs).collect();
    let Some(stamp) = stamp.map(Stamp::parse) else {
        let standing_in = own.keys().filter(|path| built_in.contains_key(*path));
        if standing_in.count() >= WHOLE && !differing.is_empty() {
            findings.push(unstamped(&differing));
        }
        return findings;
    };
    let (mut older, mut changed) = (Vec::new(), Vec::new());
    for (path, text) in differing {
        match (stamp.files.get(path), built_in.get(path)) {
            (Some(written), _) if *written == sha256(text) => older.push(path.as_str()),
            (Some(written), Some(ours)) if *written != sha256(ours) => changed.push(path.as_str()),
            _ => {}
        }
    }
    let by = &stamp.tool;
    findings.extend(about(&older, Code::OldTemplates, |count, names| {
        let still = words::count(count, "template is still", "templates are still");
        format!("{still} what {by} wrote, and the program has newer text: {names}")
    }));
    findings.extend(about(&changed, Code::OutgrownTemplates, |count, names| {
        let are = words::count(count, "template is yours", "templates are yours");
        format!("{are}, and what {by} wrote there has changed since: {names}")
    }));
    findings
}

fn about(paths: &[&str], code: Code, message: impl Fn(usize, String) -> String) -> Option<Finding> {
    let first = paths.first()?;
    let help = match code {
        Code::OldTemplates => {
            "remove them, and the new ones are used; `restore-packets templates DIR --diff` shows what differs"
        }
        _ => {
            "`restore-packets templates DIR --diff` shows what differs; take over what was corrected"
        }
    };
    let finding = Finding::new(code, message(paths.len(), names(paths)));
    Some(finding.at(&Place::file(*first)).help(help))
}

fn unstamped(differing: &[(&String, &String)]) -> Finding {
    let paths: Vec<&str> = differing.iter().map(|(path, _)| path.as_str()).collect();
    let differ = words::count(paths.len(), "template differs", "templates differ");
    let names = names(&paths);
    let message = format!(
        "{differ} from the program's own, and nothing says which version wrote them: {names}"
    );
    Finding::new(Code::OldTemplates, message)
        .at(&Place::file(paths.first().copied().unwrap_or_default()))
        .help("keep only those you changed; `restore-packets templates DIR --diff` shows what differs")
}

/// The first paths, and how many more there are.
fn names(paths: &[&str]) -> String {
    const SHOWN: usize = 3;
    match paths.len().saturating_sub(SHOWN) {
        0 => words::list(paths),
        more => format!("{} and {more} more", paths[..SHOWN].join(", ")),
    }
}

/// A picture inside a layout is printed by every page that includes it.
fn large((path, text): (&String, &String)) -> Option<Finding> {
    let is_layout = path.starts_with(super::own::LAYOUT);
    (is_layout && text.len() > LARGE).then(|| {
        let size = text.len() / 1000;
        let message =
            format!("this layout has {size} kB, and every page that includes it grows by as much");
        Finding::new(Code::LargeTemplate, message)
            .at(&Place::file(path.as_str()))
            .help("make its picture smaller: a logo needs no more than 100 kB")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(own: &[(&str, &str)], stamp: Option<&Stamp>) -> Vec<(Code, String)> {
        let own = own
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let stamp = stamp.map(Stamp::to_json);
        let findings = findings(&own.collect(), stamp.as_deref());
        findings
            .into_iter()
            .map(|it| (it.code, it.message))
            .collect()
    }

    #[test]
    fn what_is_ours_and_old_is_told_from_what_was_changed() {
        let mut stamp = Stamp::default();
        stamp.add("layout/value.md", "old");
        stamp.add("layout/value.html", "old");
        stamp.add(
            "layout/people.html",
            &template::files()["layout/people.html"],
        );
        "restore-packets 0.1.0".clone_into(&mut stamp.tool);
        let own = [
            ("layout/value.md", "old"),
            ("layout/value.html", "old, and ours"),
            // Changed, and the program's is as it was.
            ("layout/people.html", "ours"),
            ("layout/own.html", "ours alone"),
        ];
        let found = found(&own, Some(&stamp));
        let expected = [
            (
                Code::OldTemplates,
                "1 template is still what restore-packets 0.1.0 wrote, and the program has newer text: layout/value.md",
            ),
            (
                Code::OutgrownTemplates,
                "1 template is yours, and what restore-packets 0.1.0 wrote there has changed since: layout/value.html",
            ),
        ];
        assert_eq!(found, expected.map(|(code, text)| (code, text.to_owned())));
    }

    #[test]
    fn line_ends_are_no_change_and_a_few_files_of_ones_own_are_no_old_folder() {
        let ours = &template::files()["layout/value.md"];
        let ours = ours.replace('\n', "\r\n");
        assert_eq!(found(&[("layout/value.md", &ours)], None), []);
        assert_eq!(found(&[("layout/value.md", "x")], None), []);
        let files = template::files();
        let all: Vec<(&str, String)> = files
            .iter()
            .map(|(path, text)| (path.as_str(), format!("{text}x")))
            .collect();
        let all: Vec<(&str, &str)> = all
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        assert!(
            found(&all, None)
                .iter()
                .any(|(code, _)| *code == Code::OldTemplates)
        );
        let large = "x".repeat(100_001);
        assert_eq!(
            found(&[("layout/brand.html", &large)], None)[0].0,
            Code::LargeTemplate
        );
    }
}
