//! Procedures and their steps.

use serde::Serialize;

use super::anchor;
use super::command::CommandView;
use super::situation::{BecauseView, because};
use crate::packets::{Gap, Procedure, Section, Step};
use crate::render::pen::Pen;

/// A numbered part of the packet.
#[derive(Clone, Debug, Serialize)]
pub struct ProcedureView {
    /// The number read aloud before the point: "4" in "step 4.2".
    pub number: usize,
    /// The anchor in the document: the decision row's id, or `gather`, `prepare`, `checks`.
    pub anchor: String,
    /// The title.
    pub title: String,
    /// Why it is in this packet.
    pub because: Vec<BecauseView>,
    /// What stands before the first step; markup.
    pub intro: String,
    /// The steps under their headings.
    pub sections: Vec<SectionView>,
}

impl ProcedureView {
    pub(super) fn new(procedure: &Procedure, pen: Pen) -> Self {
        Self {
            number: procedure.number,
            anchor: anchor(&procedure.id),
            title: pen.text(&procedure.title),
            because: because(&procedure.because, pen),
            intro: pen.prose(&procedure.intro),
            sections: procedure
                .sections
                .iter()
                .map(|section| SectionView::new(section, pen))
                .collect(),
        }
    }
}

/// Steps that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// The heading; empty for steps before the first one.
    pub title: String,
    /// What is said once for all steps; markup.
    pub intro: String,
    /// The steps.
    pub steps: Vec<StepView>,
}

impl SectionView {
    fn new(section: &Section, pen: Pen) -> Self {
        Self {
            title: pen.text(&section.title),
            intro: pen.prose(&section.intro),
            steps: section
                .steps
                .iter()
                .map(|step| StepView::new(step, pen))
                .collect(),
        }
    }
}

/// One step.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    /// For example "4.2".
    pub number: String,
    /// The step's anchor: "step-4-2".
    pub anchor: String,
    /// What is done.
    pub title: String,
    /// Where it is done; empty where that goes without saying.
    pub run_on: String,
    /// As whom; empty where that goes without saying.
    pub account: String,
    /// What one sees when it worked; empty where the step says so itself.
    pub expect: String,
    /// Set where nothing can be taken back after this step.
    pub point_of_no_return: bool,
    /// Text, notes and warnings; markup.
    pub body: String,
    /// The command; `None` where the step has none or where `gaps` withhold it.
    pub command: Option<CommandView>,
    /// What is missing for the command.
    pub gaps: Vec<GapView>,
    /// Blanks in the step's text.
    pub blanks: Vec<GapView>,
    /// So long that it may be torn between two pages; others are kept whole.
    pub long: bool,
}

/// Text of this many characters fills about half a printed page.
const LONG_STEP: usize = 2_500;

impl StepView {
    fn new(step: &Step, pen: Pen) -> Self {
        // A command that is withheld must not slip through: the gap decides.
        let command = step.command.as_deref().filter(|_| step.gaps.is_empty());
        let body = pen.prose(&step.body);
        Self {
            long: body.len() + command.map_or(0, str::len) > LONG_STEP,
            number: step.number.clone(),
            anchor: step_anchor(&step.number),
            title: pen.message(&step.title),
            run_on: pen.message(&step.run_on),
            account: pen.message(&step.account),
            expect: pen.message(&step.expect),
            point_of_no_return: step.point_of_no_return,
            body,
            command: command.map(CommandView::new),
            gaps: gaps(&step.gaps, pen),
            blanks: gaps(&step.blanks, pen),
        }
    }
}

/// Where a page has the step of this number.
pub(super) fn step_anchor(number: &str) -> String {
    format!("step-{}", anchor(number))
}

/// A value that no worksheet gives.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    /// What is missing; markup.
    pub what: String,
    /// How to supply it, naming worksheet, row and column; markup.
    pub cure: String,
}

pub(super) fn gaps(gaps: &[Gap], pen: Pen) -> Vec<GapView> {
    gaps.iter()
        .map(|gap| GapView {
            what: pen.message(&gap.what),
            cure: pen.message(&gap.cure),
        })
        .collect()
}
