//! Procedures as pages print them: their prose, and their steps under the headings.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::contract::{BlankData, StepData};
use crate::packets::{Packet, Procedure, Section, Step, procedures};
use crate::text::prose::{self, Block};

/// A numbered part of the packet.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Whether each of its steps is signed: what is gathered is only ticked.
    pub signed: bool,
    /// What is said before the first step; prose.
    pub intro: Vec<Block>,
    /// The steps under their headings.
    pub sections: Vec<SectionPart>,
}

/// Steps that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct SectionPart {
    /// The heading; empty for steps before the first one.
    pub title: String,
    /// What is said once for all steps; prose.
    pub intro: Vec<Block>,
    pub steps: Vec<StepPart>,
}

/// A step, and what a page needs besides.
#[derive(Clone, Debug, Serialize)]
pub struct StepPart {
    #[serde(flatten)]
    pub step: StepData,
    /// Explanation, notes and warnings; prose.
    pub body: Vec<Block>,
    /// What is missing for the command, one by one.
    pub gaps: Vec<BlankData>,
    /// So long that it may be torn between two pages; others are kept whole.
    pub long: bool,
}

/// Text of this many characters fills about half a printed page.
const LONG_STEP: usize = 2_500;

/// Every part of a packet, by its id.
pub(super) fn of(packet: &Packet) -> BTreeMap<String, Part> {
    let all = procedures(packet);
    all.map(|it| (it.id.clone(), Part::from(it))).collect()
}

impl From<&Procedure> for Part {
    fn from(procedure: &Procedure) -> Self {
        Self {
            signed: procedure.whole != "gather",
            intro: procedure.intro.clone(),
            sections: procedure
                .sections
                .iter()
                .map(|it| SectionPart::new(it, &procedure.lanes))
                .collect(),
        }
    }
}

impl SectionPart {
    fn new(section: &Section, lanes: &[String]) -> Self {
        let steps = section.steps.iter();
        Self {
            title: section.title.clone(),
            intro: section.intro.clone(),
            steps: steps
                .map(|it| StepPart::new(it, &section.title, lanes))
                .collect(),
        }
    }
}

impl StepPart {
    fn new(step: &Step, section: &str, lanes: &[String]) -> Self {
        let data = StepData::new(step, section, lanes);
        let command = data.command.as_ref().map_or(0, String::len);
        Self {
            long: prose::to_html(&step.body).len() + command > LONG_STEP,
            step: data,
            body: step.body.clone(),
            gaps: step.gaps.iter().map(BlankData::from).collect(),
        }
    }
}
