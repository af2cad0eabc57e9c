//! Which answers are possible together.

use crate::product::states::States;

use super::Facts;

/// Every combination of answers, one for each question in their order; a question to which no answer is possible
/// rules the combination out.
pub(super) fn combinations(states: &'static States, facts: &Facts) -> Vec<Vec<&'static str>> {
    let mut all: Vec<Vec<&'static str>> = vec![Vec::new()];
    for question in &states.questions {
        let next = all.iter().flat_map(|before| {
            let is_true = |id: &str| before.contains(&id) || facts.are(id);
            let possible = question.answers.iter();
            let possible = possible.filter(move |it| it.possible.holds(is_true));
            possible.map(|it| before.iter().copied().chain([it.id.as_str()]).collect())
        });
        all = next.collect();
    }
    all
}
