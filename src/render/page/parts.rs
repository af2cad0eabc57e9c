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
    /// What most of its steps have in common.
    #[serde(flatten)]
    pub common: Terms,
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
    /// What a step of it need not say again: its own terms, or those of its part.
    #[serde(flatten)]
    pub common: Terms,
    /// Of these, what is said under its heading.
    pub here: Terms,
    pub steps: Vec<StepPart>,
}

/// Where and as whom several steps are done, which paper says once; empty where they have nothing in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// Where.
    pub run_on: String,
    /// As whom.
    pub account: String,
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
    /// Nothing to type and nothing to sign: a line of a list.
    pub line: bool,
}

/// A step of more rows on paper than this may be torn: kept whole it could leave a third of a page blank.
const LONG_STEP: usize = 7;
/// So many letters of text stand in a row on paper.
const ROW: usize = 100;
/// So many letters of a command.
const COMMAND_ROW: usize = 84;

/// Every part of a packet, by its id.
pub(super) fn of(packet: &Packet) -> BTreeMap<String, Part> {
    let all = procedures(packet);
    all.map(|it| (it.id.clone(), Part::from(it))).collect()
}

impl From<&Procedure> for Part {
    fn from(procedure: &Procedure) -> Self {
        let steps: Vec<&Step> = procedure.steps().collect();
        let of = |common: &Terms| -> Vec<SectionPart> {
            let sections = procedure.sections.iter();
            sections
                .map(|it| SectionPart::new(it, procedure, common))
                .collect()
        };
        let mut common = Terms::of(&steps, &Terms::default());
        let mut sections = of(&common);
        // Of two rules one below the other, nobody knows which holds further down.
        if sections.iter().any(|it| it.here != Terms::default()) {
            common = Terms::default();
            sections = of(&common);
        }
        Self {
            signed: signed(procedure),
            intro: procedure.intro.clone(),
            sections,
            common,
        }
    }
}

/// Whether the steps of a part are signed.
fn signed(procedure: &Procedure) -> bool {
    procedure.whole != "gather"
}

impl SectionPart {
    fn new(section: &Section, procedure: &Procedure, part: &Terms) -> Self {
        let steps: Vec<&Step> = section.steps.iter().collect();
        let common = Terms::of(&steps, part);
        let here = |own: &String, part: &String| {
            if own == part {
                String::new()
            } else {
                own.clone()
            }
        };
        Self {
            title: section.title.clone(),
            intro: section.intro.clone(),
            here: Terms {
                run_on: here(&common.run_on, &part.run_on),
                account: here(&common.account, &part.account),
            },
            common,
            steps: section
                .steps
                .iter()
                .map(|it| StepPart::new(it, &section.title, procedure))
                .collect(),
        }
    }
}

impl Terms {
    /// Of these steps; what they have not in common is as in the whole of which they are a part.
    fn of(steps: &[&Step], whole: &Self) -> Self {
        Self {
            run_on: common(steps, |step| &step.run_on, &whole.run_on),
            account: common(steps, |step| &step.account, &whole.account),
        }
    }
}

/// What more than one step has, and half of them or more, or else what the whole has; nothing where a step is silent,
/// which would then seem to have it too.
fn common(steps: &[&Step], of: impl Fn(&Step) -> &String, whole: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for step in steps.iter().copied() {
        *counts.entry(of(step).as_str()).or_default() += 1;
    }
    if counts.contains_key("") {
        return String::new();
    }
    let most = counts
        .into_iter()
        .max_by_key(|(text, count)| (*count, *text == whole));
    let text = most
        .filter(|(_, count)| *count > 1 && *count * 2 >= steps.len())
        .map_or(whole, |(text, _)| text);
    text.to_owned()
}

impl StepPart {
    fn new(step: &Step, section: &str, procedure: &Procedure) -> Self {
        let has_command = step.command.is_some() || !step.gaps.is_empty();
        Self {
            long: rows(step) > LONG_STEP,
            line: !has_command && !signed(procedure),
            step: StepData::new(step, section, &procedure.lanes),
            body: step.body.clone(),
            gaps: step.gaps.iter().map(BlankData::from).collect(),
        }
    }
}

/// About how many rows a step takes on paper.
fn rows(step: &Step) -> usize {
    let of = |text: &str, row: usize| -> usize {
        let lines = text.lines();
        lines
            .map(|line| line.chars().count().div_ceil(row).max(1))
            .sum()
    };
    let command = step.command.as_deref().unwrap_or_default();
    let text = of(&prose::to_text(&step.body), ROW) + of(&step.expect, ROW);
    // Its title, where and as whom, the line to sign.
    3 + text + of(command, COMMAND_ROW) + 3 * (step.gaps.len() + step.blanks.len())
}
