//! Lanes: of what a packet may hold, exactly the steps that one state of the outage asks for, in order.
//!
//! Entry point: `settle`. Its steps:
//!
//! 1. which answers are possible together, from what the worksheets record (`facts.rs`, `possible.rs`);
//! 2. which steps are in which of these combinations, by the conditions that stand with them;
//! 3. which questions make a difference, and so are asked (`asked.rs`);
//! 4. parts: neighbouring steps of the same lanes, numbered together, so that a part is walked whole or not at all
//!    (`parts.rs`).

mod asked;
mod facts;
mod parts;
mod possible;

pub use facts::Facts;

use crate::product::Condition;
use crate::product::states::States;

use super::model::{Lane, Procedure, Question};

/// A part as its template has it, with the conditions of each of its steps, in order.
#[derive(Clone, Debug)]
pub struct Written {
    /// The part; nothing of it is left out yet.
    pub part: Procedure,
    /// When each of its steps is carried out.
    pub only: Vec<Condition>,
}

/// The lanes of a packet, and its parts as they are printed.
pub(super) struct Settled {
    /// What must be known before; none where there is one lane.
    pub questions: Vec<Question>,
    /// The lanes, in the order of their letters.
    pub lanes: Vec<Lane>,
    /// The parts in order, numbered from 1.
    pub parts: Vec<Procedure>,
}

/// Which of the lanes a step is in.
type Mask = Vec<bool>;

/// Puts the parts of a packet into lanes. Parts without a step in any lane are left out, but for those that had none.
pub(super) fn settle(states: &'static States, facts: &Facts, written: Vec<Written>) -> Settled {
    let all = possible::combinations(states, facts);
    let masks: Vec<Vec<Mask>> = written
        .iter()
        .map(|it| it.only.iter().map(|only| mask(only, facts, &all)).collect())
        .collect();
    let asked = asked::of(&all, states.questions.len(), &masks.concat());
    let masks = masks
        .into_iter()
        .map(|part| part.iter().map(|mask| asked.narrowed(mask)).collect())
        .collect();
    let mut lanes = asked.lanes(states, facts, &all);
    let parts = parts::split(written, masks, &lanes);
    for lane in &mut lanes {
        let own = parts.iter().filter(|part| part.lanes.contains(&lane.id));
        lane.parts = own.map(|part| part.number).collect();
    }
    Settled {
        questions: asked.questions(states, facts, &all),
        lanes,
        parts,
    }
}

fn mask(only: &Condition, facts: &Facts, all: &[Vec<&'static str>]) -> Mask {
    let holds = |answers: &Vec<&str>| only.holds(|id| answers.contains(&id) || facts.are(id));
    all.iter().map(holds).collect()
}
