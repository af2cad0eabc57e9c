//! The shape of a packet as data: procedures and steps.

use serde::Serialize;

use super::place::BecauseData;
use crate::packets::{Gap, Procedure, Section, Step};
use crate::text::prose;

/// A numbered part of the packet with its steps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProcedureData {
    /// The decision row's id, or `service-first`, `gather`, `prepare`, `checks`; a later part of the same has a number
    /// behind it.
    pub id: String,
    /// The same id without that number.
    pub part_of: String,
    /// The letters of the lanes that its steps are in.
    pub lanes: Vec<String>,
    /// The number before the point in its steps' numbers.
    pub number: usize,
    /// The title.
    pub title: String,
    /// Why it is in this packet.
    pub because: Vec<BecauseData>,
    /// What is said before the first step.
    pub intro: String,
    /// The headings under which the steps stand.
    pub sections: Vec<SectionData>,
    /// The steps.
    pub steps: Vec<StepData>,
}

/// A heading within a procedure.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionData {
    /// The heading; empty for steps before the first one.
    pub title: String,
    /// What is said once for all its steps.
    pub intro: String,
}

/// One step.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepData {
    /// For example "4.2".
    pub number: String,
    /// The letters of the lanes it is in.
    pub lanes: Vec<String>,
    /// The heading the step stands under; empty before the first one.
    pub section: String,
    /// What is done, as an imperative.
    pub text: String,
    /// Explanation, notes and warnings, as plain text.
    pub detail: String,
    /// The command, complete and quoted; null where there is none or where `gap` withholds it.
    pub command: Option<String>,
    /// What the command is typed into: `powershell` or `sql`; null where there is none.
    pub language: Option<&'static str>,
    /// What is missing for the command, and where to fill it in; null where nothing is.
    pub gap: Option<String>,
    /// Blanks in the step's text, which withhold nothing.
    pub blanks: Vec<BlankData>,
    /// Where it is done.
    pub run_on: String,
    /// As whom: the groups the account must be in.
    pub account: String,
    /// What one sees when it worked.
    pub expect: String,
    /// Whether nothing can be taken back after this step.
    pub point_of_no_return: bool,
}

/// A blank to fill in by hand.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BlankData {
    /// What is missing.
    pub what: String,
    /// How to supply it.
    pub cure: String,
}

impl ProcedureData {
    /// A part of a packet with all its steps.
    pub fn new(procedure: &Procedure) -> Self {
        Self {
            id: procedure.id.clone(),
            part_of: procedure.whole.clone(),
            lanes: procedure.lanes.clone(),
            number: procedure.number,
            title: procedure.title.clone(),
            because: procedure.because.iter().map(BecauseData::from).collect(),
            intro: prose::to_text(&procedure.intro),
            sections: procedure.sections.iter().map(section).collect(),
            steps: procedure
                .sections
                .iter()
                .flat_map(|it| steps(it, &procedure.lanes))
                .collect(),
        }
    }
}

fn section(section: &Section) -> SectionData {
    SectionData {
        title: section.title.clone(),
        intro: prose::to_text(&section.intro),
    }
}

fn steps(section: &Section, lanes: &[String]) -> impl Iterator<Item = StepData> {
    let steps = section.steps.iter();
    steps.map(|step| StepData::new(step, &section.title, lanes))
}

impl StepData {
    /// A step under its heading, in these lanes.
    pub fn new(step: &Step, section: &str, lanes: &[String]) -> Self {
        let has_command = step.command.is_some() && step.gaps.is_empty();
        Self {
            number: step.number.clone(),
            lanes: lanes.to_vec(),
            section: section.to_owned(),
            text: step.title.clone(),
            detail: prose::to_text(&step.body),
            // A command that is withheld must not slip through: the gap decides.
            command: step.command.clone().filter(|_| step.gaps.is_empty()),
            language: has_command.then(|| step.language.as_str()),
            gap: gap(step),
            blanks: step.blanks.iter().map(BlankData::from).collect(),
            run_on: step.run_on.clone(),
            account: step.account.clone(),
            expect: step.expect.clone(),
            point_of_no_return: step.point_of_no_return,
        }
    }
}

/// All gaps of a step as one sentence.
fn gap(step: &Step) -> Option<String> {
    let gaps = step.gaps.iter();
    let lines: Vec<String> = gaps
        .map(|gap| format!("{}: {}", gap.what, gap.cure))
        .collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

impl From<&Gap> for BlankData {
    fn from(gap: &Gap) -> Self {
        Self {
            what: gap.what.clone(),
            cure: gap.cure.clone(),
        }
    }
}
