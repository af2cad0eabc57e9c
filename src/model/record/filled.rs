//! A checklist as it came back: what it says it is, what was printed on it, and what people wrote into it.

use jiff::civil::Date;

use super::time::Reading;
use crate::finding::Place;
use crate::text::visible::acting;

/// A filled-in checklist, from a workbook or from the working mode of a page.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// What it says it is.
    pub identity: Identity,
    /// The day the work began, where it was written down.
    pub day: Option<Date>,
    /// When the service was said to be back.
    pub recovered: Option<Reading>,
    /// The letter of the lane that was chosen.
    pub lane: Option<String>,
    /// The steps, in the order in which they stand there.
    pub steps: Vec<FilledStep>,
    /// What somebody wrote between the steps.
    pub added: Vec<Added>,
}

/// What a checklist says it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The fingerprint, as it stands there.
    pub fingerprint: Option<String>,
    /// `server` or `pool`.
    pub kind: Option<String>,
    /// The server or pool.
    pub fqdn: Option<String>,
    /// The edition that was worked from.
    pub edition: Option<u32>,
    /// The change record.
    pub change: Option<String>,
}

/// One step: what was printed, and what was written beside it.
#[derive(Clone, Debug, Default)]
pub struct FilledStep {
    /// For example "4.2".
    pub number: String,
    /// What was printed.
    pub printed: Printed,
    /// Text in the rows below, which may be the step's or somebody's.
    pub more: Vec<More>,
    /// When it began.
    pub start: Option<Reading>,
    /// When it ended.
    pub end: Option<Reading>,
    /// What it came to.
    pub result: Option<Outcome>,
    /// Who did it.
    pub initials: String,
    /// What was done otherwise, and why.
    pub deviation: String,
    /// What else was written at it: beside the table, in comments, struck out.
    pub notes: Vec<String>,
    /// Where it stands.
    pub places: StepPlaces,
}

/// The cells of a step; `None` where the checklist has none, as in JSON.
#[derive(Clone, Debug, Default)]
pub struct StepPlaces {
    pub row: Option<Place>,
    /// The cell of the start.
    pub start: Option<Place>,
    /// The cell of the end.
    pub end: Option<Place>,
    /// The cell of the result.
    pub result: Option<Place>,
    /// The cell of the initials.
    pub initials: Option<Place>,
    /// The first line of the command.
    pub command: Option<Place>,
}

/// What was printed of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Title and command, as the working mode exports them.
    Brief {
        title: String,
        command: Option<String>,
    },
    /// Everything a row of the workbook holds.
    Row {
        /// Title and text.
        what: String,
        /// Where and as whom.
        where_: String,
        /// The expected result.
        expect: String,
        /// The rows of the command: what stands before each, and its text.
        command: Vec<(String, String)>,
    },
}

impl Default for Printed {
    fn default() -> Self {
        Self::Brief {
            title: String::new(),
            command: None,
        }
    }
}

/// A row below a step's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Its text in the columns of what, where and expected result.
    pub printed: [String; 3],
    /// The row.
    pub place: Place,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It was left out.
    Skipped,
    /// It did not work.
    Failed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Done, Self::Skipped, Self::Failed];

    /// The word on the checklist.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }

    /// The outcome of this name, in any case.
    pub fn parse(word: &str) -> Option<Self> {
        let is_it = |it: &Self| it.as_str().eq_ignore_ascii_case(word.trim());
        Self::ALL.into_iter().find(is_it)
    }

    /// The outcome that people write so instead.
    pub fn of_habit(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let says = |words: &[&str]| words.contains(&word.as_str());
        if says(&["ok", "okay", "x", "y", "yes", "true", "✓", "✔", "☑"]) {
            Some(Self::Done)
        } else if says(&["n/a", "na", "n.a.", "not applicable", "skip"]) {
            Some(Self::Skipped)
        } else if says(&["not ok", "nok", "fail"]) {
            Some(Self::Failed)
        } else {
            None
        }
    }

    /// A word that says why a step was left out says it in the record too.
    pub fn reason(word: &str) -> Vec<String> {
        let is_why = Self::of_habit(word) == Some(Self::Skipped);
        is_why.then(|| word.trim().to_owned()).into_iter().collect()
    }
}

impl Filled {
    /// With everything that was entered shown as what it is: nothing in it rings a bell or turns a page's text round.
    #[must_use]
    pub fn with_marks(mut self) -> Self {
        let entered = self.steps.iter_mut().flat_map(FilledStep::entered);
        let added = self.added.iter_mut().map(|it| &mut it.text);
        let head = self.identity.change.iter_mut().chain(&mut self.lane);
        for text in entered.chain(added).chain(head) {
            *text = acting(text).into_owned();
        }
        self
    }
}

impl FilledStep {
    /// Everything that was entered as text.
    fn entered(&mut self) -> impl Iterator<Item = &mut String> {
        let own = [&mut self.initials, &mut self.deviation];
        own.into_iter().chain(&mut self.notes)
    }

    /// Notes what stands in a cell at it.
    pub fn note(&mut self, text: &str, place: &Place) {
        let cell = place.address().unwrap_or_default();
        self.notes.push(format!("{text} ({cell})"));
    }

    /// What was done otherwise, with everything else that was written at it.
    pub fn said(&self) -> String {
        let own = Some(&self.deviation).filter(|text| !text.is_empty());
        let all: Vec<&str> = own
            .into_iter()
            .chain(&self.notes)
            .map(String::as_str)
            .collect();
        all.join("; ")
    }
}

/// A row that somebody added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}
