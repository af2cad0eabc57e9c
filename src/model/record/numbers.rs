//! The numbers under which steps were printed.
//!
//! An edition says the same whatever the order of worksheet rows, so of steps that come one for each row (the file
//! stores of a server, say) its content does not know which was printed first. The checklist does: a step is known
//! by its title and command, and takes the number it has there.

use super::contract;
use super::filled::{Filled, FilledStep, Printed};
use super::printed::{NO_RETURN, is_title, plain};
use crate::editions::{EditionPart, EditionStep};

/// The parts of an edition with the numbers of a checklist. Steps it does not have take the numbers that are left.
pub fn as_printed(parts: Vec<EditionPart>, filled: &Filled) -> Vec<EditionPart> {
    let parts = parts.into_iter();
    parts.map(|part| renumbered(part, &filled.steps)).collect()
}

fn renumbered(mut part: EditionPart, steps: &[FilledStep]) -> EditionPart {
    let count = part.steps.len();
    let mut numbers: Vec<Option<usize>> = vec![None; count];
    // Whoever has title and command comes first, then whoever has the title alone.
    for is_same in [has_both, has_title] {
        for step in steps {
            let Some(number) = number_in(&step.number, part.number, count) else {
                continue;
            };
            if numbers.contains(&Some(number)) {
                continue;
            }
            let free = (0..count).filter(|index| numbers[*index].is_none());
            let mut same = free.filter(|index| is_same(step, &part.steps[*index]));
            if let Some(index) = same.next() {
                numbers[index] = Some(number);
            }
        }
    }
    let mut left = (1..=count).filter(|number| !numbers.contains(&Some(*number)));
    let numbers: Vec<usize> = numbers
        .iter()
        .map(|number| number.or_else(|| left.next()).unwrap_or_default())
        .collect();
    let mut steps: Vec<(usize, EditionStep)> = numbers.into_iter().zip(part.steps).collect();
    steps.sort_by_key(|(number, _)| *number);
    let steps = steps.into_iter().map(|(number, step)| EditionStep {
        number: format!("{}.{number}", part.number),
        ..step
    });
    part.steps = steps.collect();
    part
}

/// The second half of "4.2" in part 4, if the part has so many steps.
fn number_in(text: &str, part: usize, count: usize) -> Option<usize> {
    let number = text.strip_prefix(&format!("{part}."))?.parse().ok()?;
    (1..=count).contains(&number).then_some(number)
}

fn has_title(step: &FilledStep, said: &EditionStep) -> bool {
    let title = match &step.printed {
        Printed::Brief { title, .. } => title,
        Printed::Row { what, .. } => what.lines().next().unwrap_or_default(),
    };
    is_title(title.strip_prefix(NO_RETURN).unwrap_or(title), said)
}

fn has_both(step: &FilledStep, said: &EditionStep) -> bool {
    let command = match &step.printed {
        Printed::Brief { command, .. } => command.clone().unwrap_or_default(),
        Printed::Row { command, .. } => {
            let rows = command.iter();
            contract::command(rows.map(|(mark, text)| (mark.as_str(), text.as_str())))
        }
    };
    has_title(step, said) && plain(&command) == plain(said.command.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(title: &str, command: &str) -> EditionStep {
        EditionStep {
            title: title.to_owned(),
            command: Some(command.to_owned()),
            ..EditionStep::default()
        }
    }

    fn filled(number: &str, title: &str, command: &str) -> FilledStep {
        FilledStep {
            number: number.to_owned(),
            printed: Printed::Brief {
                title: title.to_owned(),
                command: Some(command.to_owned()),
            },
            ..FilledStep::default()
        }
    }

    #[test]
    fn steps_take_the_numbers_they_were_printed_under() {
        let part = EditionPart {
            number: 3,
            title: "Copy".into(),
            lanes: Vec::new(),
            steps: vec![
                said("Copy", "a"),
                said("Copy", "b"),
                said("Share", "c"),
                said("Look", ""),
            ],
        };
        let filled = Filled {
            steps: vec![
                filled("3.1", "Copy", "b"),
                filled("3.2", "Copy", "a"),
                filled("3.4", "Share", "x"),
            ],
            ..Filled::default()
        };
        let found = as_printed(vec![part], &filled);
        let found: Vec<String> = found[0]
            .steps
            .iter()
            .map(|it| {
                format!(
                    "{} {} {}",
                    it.number,
                    it.title,
                    it.command.as_deref().unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(
            found,
            ["3.1 Copy b", "3.2 Copy a", "3.3 Look ", "3.4 Share x"]
                .map(|it| it.replace(" x", " c"))
        );
    }
}
