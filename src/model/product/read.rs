//! Reads the files of a product's folder; what cannot be read is a finding with its line.

use serde::de::DeserializeOwned;

use crate::data;
use crate::finding::{Code, Finding, Place, suggest, words};

use super::{Sentence, Texts};

/// Reads files and collects what is wrong with them.
pub(super) struct Reader<'t> {
    texts: &'t Texts,
    findings: Vec<Finding>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(texts: &'t Texts) -> Self {
        Self {
            texts,
            findings: Vec::new(),
        }
    }

    /// The text of a file; nothing where it is not there.
    pub(super) fn text(&mut self, name: &str) -> &'t str {
        let text = self.texts.get(name);
        text.map_or_else(
            || {
                let message = format!("the product has no `{name}`");
                let finding = Finding::new(Code::TemplateError, message);
                self.findings.push(finding.at(&Place::file(name)));
                ""
            },
            String::as_str,
        )
    }

    /// What a file says; nothing where it cannot be read.
    pub(super) fn file<T: DeserializeOwned + Default>(&mut self, name: &str) -> T {
        let Some(text) = self.texts.get(name) else {
            let message = format!("the product has no `{name}`");
            self.findings
                .push(Finding::new(Code::TemplateError, message).at(&Place::file(name)));
            return T::default();
        };
        parsed(name, text).unwrap_or_else(|finding| {
            self.findings.push(finding);
            T::default()
        })
    }

    /// Whether all of the ids that a file names are known; `what` is what they should be.
    pub(super) fn known<'a>(
        &mut self,
        file: &str,
        named: impl IntoIterator<Item = &'a String>,
        what: &str,
        known: &[&str],
    ) {
        for id in named {
            if known.contains(&id.as_str()) {
                continue;
            }
            let text = self.texts.get(file).map_or("", String::as_str);
            let help = suggest::did_you_mean(id, known.iter().copied());
            let finding = Finding::new(Code::TemplateError, format!("`{id}` is no {what}"))
                .at(&place_of(file, text, id))
                .help(help.unwrap_or_else(|| format!("there are {}", words::quoted(known))));
            self.findings.push(finding);
        }
    }

    /// Whether a sentence has no other places than these.
    pub(super) fn places(&mut self, file: &str, sentence: &Sentence, known: &[&str]) {
        for name in sentence.places().filter(|name| !known.contains(name)) {
            let text = self.texts.get(file).map_or("", String::as_str);
            let message = format!("`{{{name}}}` cannot be filled in here");
            let help = suggest::did_you_mean(name, known.iter().copied());
            let finding = Finding::new(Code::TemplateError, message)
                .at(&place_of(file, text, sentence.as_str()))
                .help_if(help);
            self.findings.push(finding);
        }
    }

    /// Says that a file cannot be read from a line on, counted from one.
    pub(super) fn unreadable(&mut self, file: &str, message: &str, line: usize) {
        let line = u32::try_from(line.saturating_sub(1)).unwrap_or(0);
        let finding = Finding::new(Code::TemplateError, words::excerpt(message));
        self.findings
            .push(finding.at(&Place::file(file).line(line)));
    }

    /// Says that a file lacks what the program reads.
    pub(super) fn lacks(&mut self, file: &str, what: &str, near: Option<String>) {
        let message = format!("{what} is missing; the program reads it");
        let finding = Finding::new(Code::TemplateError, message).at(&Place::file(file));
        self.findings.push(finding.help_if(near));
    }

    /// Says what is wrong at the first line that holds a word.
    pub(super) fn wrong(&mut self, file: &str, word: &str, message: &str, help: Option<String>) {
        let text = self.texts.get(file).map_or("", String::as_str);
        let line = text.lines().position(|line| line.contains(word));
        let line = line.and_then(|line| u32::try_from(line).ok());
        let place = Place::file(file).line(line.unwrap_or(0));
        let finding = Finding::new(Code::TemplateError, message).at(&place);
        self.findings.push(finding.help_if(help));
    }

    /// Whether nothing was wrong so far.
    pub(super) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// What a data file among the templates says.
///
/// # Errors
/// Why it cannot be read, with the line.
pub fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Finding> {
    data::parse(text).map_err(|error| {
        let place = Place::file(name);
        let place = match u32::try_from(error.line()) {
            Ok(line) => place.line(line),
            Err(_) => place,
        };
        Finding::new(Code::TemplateError, words::excerpt(error.message()))
            .at(&place)
            .help("compare the file with the one `restore-packets templates` writes")
            .help_if(near_key(error.message()))
    })
}

/// The first line of a file in which a word stands in quotation marks.
pub fn place_of(name: &str, text: &str, word: &str) -> Place {
    let quoted = format!("\"{word}\"");
    let line = text.lines().position(|line| line.contains(&quoted));
    match line.and_then(|line| u32::try_from(line).ok()) {
        Some(line) => Place::file(name).line(line),
        None => Place::file(name),
    }
}

/// "unknown field `if-this-faild`, expected one of `id`, …" leads to `if-this-failed`.
fn near_key(message: &str) -> Option<String> {
    let (field, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
    suggest::did_you_mean(field, known.split('`').skip(1).step_by(2))
}
