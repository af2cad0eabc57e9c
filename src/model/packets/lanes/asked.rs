//! Which questions make a difference to a packet: only those are asked, and their answers make its lanes.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::words;
use crate::product::states::States;

use super::{Facts, Mask};
use crate::packets::model::{Answer, Lane, LaneAnswer, Question};

/// The questions that are asked, and the combinations of answers that stand for the lanes.
pub(super) struct Asked {
    /// Positions of questions.
    questions: Vec<usize>,
    /// Positions of combinations: one for each lane.
    lanes: Vec<usize>,
}

/// Finds out what is asked, in the order of the questions: one is if, all that is asked before it being the same, its
/// answers lead to different steps.
pub(super) fn of(all: &[Vec<&'static str>], count: usize, steps: &[Mask]) -> Asked {
    let said = |lane: usize| steps.iter().map(|mask| mask[lane]).collect::<Vec<bool>>();
    let mut questions: Vec<usize> = Vec::new();
    for question in 0..count {
        // What may be done by the answers before, and by those with this one.
        let mut ways: BTreeMap<Vec<&str>, BTreeMap<&str, BTreeSet<Vec<bool>>>> = BTreeMap::new();
        for (lane, answers) in all.iter().enumerate() {
            let before = questions.iter().map(|it| answers[*it]).collect();
            let by_answer = ways.entry(before).or_default();
            by_answer
                .entry(answers[question])
                .or_default()
                .insert(said(lane));
        }
        let differ = |by_answer: &BTreeMap<&str, BTreeSet<Vec<bool>>>| {
            let mut ways = by_answer.values();
            let first = ways.next();
            ways.any(|it| Some(it) != first)
        };
        if ways.values().any(differ) {
            questions.push(question);
        }
    }
    let given = |lane: usize| {
        questions
            .iter()
            .map(|it| all[lane][*it])
            .collect::<Vec<_>>()
    };
    let mut seen = BTreeSet::new();
    let lanes = (0..all.len()).filter(|lane| seen.insert(given(*lane)));
    Asked {
        lanes: lanes.collect(),
        questions,
    }
}

impl Asked {
    /// Whether, by the answers before it, more than one answer to a question is possible.
    fn is_open(&self, lane: usize, rank: usize, all: &[Vec<&'static str>]) -> bool {
        let (question, before) = match self.questions.get(..rank).and_then(<[_]>::split_last) {
            Some(found) => found,
            None => return false,
        };
        let alike = |other: usize| before.iter().all(|it| all[lane][*it] == all[other][*it]);
        let mut others = self.lanes.iter().filter(|it| alike(**it));
        others.any(|other| all[*other][*question] != all[lane][*question])
    }

    /// Of a step's combinations, its lanes.
    pub(super) fn narrowed(&self, mask: &Mask) -> Mask {
        self.lanes.iter().map(|lane| mask[*lane]).collect()
    }

    /// The questions with the answers that are possible in some lane.
    pub(super) fn questions(
        &self,
        states: &'static States,
        facts: &Facts,
        all: &[Vec<&'static str>],
    ) -> Vec<Question> {
        let questions = self.questions.iter().enumerate().map(|(rank, position)| {
            let question = &states.questions[*position];
            let only_if = self.only_if(rank, states, facts, all);
            let given = |id: &str| self.lanes.iter().any(|lane| all[*lane][*position] == id);
            let answers = question.answers.iter().filter(|it| given(&it.id));
            Question {
                id: question.id.clone(),
                text: [facts.said(&question.text)]
                    .into_iter()
                    .chain(only_if)
                    .collect(),
                about: facts.about(question),
                answers: answers
                    .map(|it| Answer {
                        id: it.id.clone(),
                        text: facts.said(&it.text),
                    })
                    .collect(),
            }
        });
        questions.collect()
    }

    /// Where only some answers before it leave a choice: which, as a sentence in parentheses.
    fn only_if(
        &self,
        rank: usize,
        states: &'static States,
        facts: &Facts,
        all: &[Vec<&'static str>],
    ) -> Option<String> {
        let before = &self.questions[..rank];
        let mut ways: BTreeMap<Vec<&str>, BTreeSet<&str>> = BTreeMap::new();
        for lane in &self.lanes {
            let given = before.iter().map(|it| all[*lane][*it]).collect();
            let answers = ways.entry(given).or_default();
            answers.insert(all[*lane][self.questions[rank]]);
        }
        let mut clauses = Vec::new();
        for (index, position) in before.iter().enumerate() {
            let open = ways.iter().filter(|(_, answers)| answers.len() > 1);
            let open: BTreeSet<&str> = open.map(|(given, _)| given[index]).collect();
            let count = ways.len();
            ways.retain(|given, _| open.contains(given[index]));
            if ways.len() < count {
                let answers = states.questions[*position].answers.iter();
                let means = answers.filter(|it| open.contains(it.id.as_str()));
                clauses.push(words::either(means.map(|it| facts.said(&it.means))));
            }
        }
        (!clauses.is_empty()).then(|| format!(" (Only if {}.)", words::list(clauses)))
    }

    /// The lanes; which parts each has is not known yet.
    pub(super) fn lanes(
        &self,
        states: &'static States,
        facts: &Facts,
        all: &[Vec<&'static str>],
    ) -> Vec<Lane> {
        let lanes = self.lanes.iter().enumerate().map(|(index, lane)| {
            let open = (1..)
                .zip(&self.questions)
                .filter(|(rank, _)| self.is_open(*lane, *rank, all));
            let given = open.filter_map(|(_, position)| {
                let question = &states.questions[*position];
                let mut answers = question.answers.iter();
                let answer = answers.find(|it| it.id == all[*lane][*position])?;
                Some((question, answer))
            });
            let (answers, means): (Vec<_>, Vec<_>) = given
                .map(|(question, answer)| {
                    let given = LaneAnswer {
                        question: question.id.clone(),
                        answer: answer.id.clone(),
                    };
                    (given, facts.said(&answer.means))
                })
                .unzip();
            Lane {
                id: letter(index),
                only_if: means.join("; "),
                answers,
                states: all[*lane].iter().map(|id| (*id).to_owned()).collect(),
                parts: Vec::new(),
            }
        });
        lanes.collect()
    }
}

/// A, B, …, Z, AA, AB, …
fn letter(index: usize) -> String {
    let last = char::from(b'A' + u8::try_from(index % 26).unwrap_or_default());
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_asked_if_a_step_depends_on_it() {
        let all = vec![
            vec!["a", "x"],
            vec!["a", "y"],
            vec!["b", "x"],
            vec!["b", "y"],
        ];
        let of_first = vec![true, true, false, false];
        let asked = of(&all, 2, &[of_first.clone(), vec![true; 4]]);
        assert_eq!((asked.questions, asked.lanes), (vec![0], vec![0, 2]));
        let of_second = vec![true, false, true, false];
        let asked = of(&all, 2, std::slice::from_ref(&of_second));
        assert_eq!((asked.questions, asked.lanes), (vec![1], vec![0, 1]));
        let asked = of(&all, 2, &[of_first, of_second]);
        assert_eq!((asked.questions, asked.lanes.len()), (vec![0, 1], 4));
        let asked = of(&all, 2, &[vec![true; 4]]);
        assert_eq!((asked.questions, asked.lanes), (vec![], vec![0]));
    }

    #[test]
    fn what_follows_from_earlier_answers_is_not_asked() {
        let all = vec![vec!["a", "x"], vec!["b", "y"]];
        let asked = of(&all, 2, &[vec![true, false]]);
        assert_eq!(asked.questions, [0]);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 52].map(letter), ["A", "Z", "AA", "BA"]);
    }
}
