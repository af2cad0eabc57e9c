//! What there is to say about entries: findings with a fixed code and the cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::filled::Outcome;
use super::time::{self, Reading};
use crate::finding::{Code, Finding, Place, Severity, suggest, words};
use crate::rows::{cell_words, secret};
use crate::text::reserved;
use crate::workbook::RawValue;

/// Collects findings about one checklist.
#[derive(Debug)]
pub struct Remarks {
    file: Place,
    /// The findings so far.
    pub findings: Vec<Finding>,
    /// Words that people wrote in place of a result, with what they were taken for, and how often.
    habits: BTreeMap<(String, Outcome), usize>,
}

impl Remarks {
    /// About the file of this name.
    pub fn new(file: &Arc<str>) -> Self {
        Self {
            file: Place::file(Arc::clone(file)),
            findings: Vec::new(),
            habits: BTreeMap::new(),
        }
    }

    /// None yet, about the same file.
    #[must_use]
    pub fn empty(&self) -> Self {
        Self {
            file: self.file.clone(),
            findings: Vec::new(),
            habits: BTreeMap::new(),
        }
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|it| it.severity == Severity::Error)
    }

    /// Says something of a cell, or of the whole file.
    pub fn say(
        &mut self,
        code: Code,
        place: Option<&Place>,
        message: impl Into<String>,
        help: &str,
    ) {
        let finding = Finding::new(code, message)
            .at(place.unwrap_or(&self.file))
            .help(help);
        self.findings.push(finding);
    }

    /// The file is no checklist of this program.
    pub fn foreign(&mut self, message: impl Into<String>) {
        self.say(
            Code::ForeignChecklist,
            None,
            message,
            "name a checklist that was filled in: a packet's .xlsx, or the .record.json that its page exports",
        );
    }

    /// Takes out of texts the characters that no page could print; the first is reported.
    pub fn private<'t>(&mut self, what: &str, texts: impl Iterator<Item = &'t mut String>) {
        let marks: Vec<char> = texts.filter_map(reserved::replace).collect();
        if let Some(mark) = marks.first() {
            self.findings.push(reserved::found(what, *mark, &self.file));
        }
    }

    /// Withholds entries that look like a secret, each with a warning: what was done is recorded without them.
    pub fn secrets<'t>(&mut self, what: &str, texts: impl Iterator<Item = &'t mut String>) {
        for text in texts {
            if let Some(looks) = secret::looks_like(text) {
                let message =
                    format!("{what}: an entry looks like {looks}; it is kept out of all output");
                let finding = Finding::new(Code::Secret, message).at(&self.file);
                self.withheld([finding.help("change the secret: it has been seen")]);
                *text = cell_words::WITHHELD.to_owned();
            }
        }
    }

    /// Says which cells were withheld; the rest of the checklist counts.
    pub fn withheld(&mut self, findings: impl IntoIterator<Item = Finding>) {
        let warnings = findings.into_iter().map(|finding| Finding {
            severity: Severity::Warning,
            ..finding
        });
        self.findings.extend(warnings);
    }

    /// A time as it stands in a cell; what is none is reported.
    pub fn time(&mut self, what: &str, value: &RawValue, place: &Place) -> Option<Reading> {
        time::of_cell(value).unwrap_or_else(|why| {
            self.bad_time(what, &shown(value), &why, Some(place));
            None
        })
    }

    /// A time as it was exported; what is none is reported.
    pub fn time_text(&mut self, what: &str, text: &str) -> Option<Reading> {
        if text.trim().is_empty() {
            return None;
        }
        let read = time::read(text);
        if let Err(why) = &read {
            self.bad_time(what, text, why, None);
        }
        read.ok()
    }

    fn bad_time(&mut self, what: &str, text: &str, why: &str, place: Option<&Place>) {
        let message = format!("{what}: `{}` {why}", words::excerpt(text));
        let help = "correct the cell and record again; the time is not counted";
        self.say(Code::BadTime, place, message, help);
    }

    /// What a step came to; a word that is none is reported.
    pub fn outcome(&mut self, step: &str, word: &str, place: Option<&Place>) -> Option<Outcome> {
        if word.trim().is_empty() {
            return None;
        }
        if let Some(outcome) = Outcome::parse(word) {
            return Some(outcome);
        }
        if let Some(outcome) = Outcome::of_habit(word) {
            let key = (word.trim().to_lowercase(), outcome);
            *self.habits.entry(key).or_default() += 1;
            return Some(outcome);
        }
        let known = Outcome::ALL.map(Outcome::as_str);
        let lower = word.trim().to_lowercase();
        let help = suggest::did_you_mean(&lower, known);
        let message = format!("step {step}: `{}` is no result", words::excerpt(word));
        let help = help.unwrap_or_else(|| "write done, skipped or failed".to_owned());
        self.say(Code::BadResult, place, message, &help);
        None
    }

    /// Says once which words were taken for results.
    pub fn habits(&mut self) {
        let taken = std::mem::take(&mut self.habits);
        let taken = taken.iter().map(|((word, outcome), count)| {
            let steps = words::count(*count, "step", "steps");
            format!("`{word}` in {steps} is taken for {}", outcome.as_str())
        });
        let message = words::list(taken);
        if !message.is_empty() {
            let help = "choose done, skipped or failed from the list in the cell";
            self.say(Code::ResultTaken, None, message, help);
        }
    }
}

/// A cell as messages quote it.
pub fn shown(value: &RawValue) -> String {
    match value {
        RawValue::Text(text)
        | RawValue::Error(text)
        | RawValue::Uncached(text)
        | RawValue::PartlyStruck { text, .. } => text.clone(),
        RawValue::Renewing { result, .. } => shown(result),
        RawValue::Number(number) | RawValue::Formatted(number, _) => number.to_string(),
        RawValue::Bool(truth) => truth.to_string(),
        RawValue::Date(moment) => moment.to_string(),
    }
}
