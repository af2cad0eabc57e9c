//! What an edition said of its steps: as the packet prints them, or read back from its content.
//!
//! Entry points: [`EditionPart::of`] and [`Content::parts`]. Content outlives the packet it was taken from and the version
//! of the program that printed it; but it knows no order of worksheet rows. The reverse of `content.rs`.

use super::content::{Content, LANE, NO_RETURN, Numbers, ORDER, PARTS};
use crate::packets::{Packet, Procedure, Step, procedures};
use crate::text::prose::to_text;

/// A numbered part of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionPart {
    /// The number read aloud before the point: "4" in "step 4.2".
    pub number: usize,
    /// The title.
    pub title: String,
    /// The letters of the lanes it is in; empty where the packet has one.
    pub lanes: Vec<String>,
    /// The steps, in their order.
    pub steps: Vec<EditionStep>,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditionStep {
    /// For example "4.2".
    pub number: String,
    /// What is done.
    pub title: String,
    /// Where.
    pub run_on: String,
    /// As whom.
    pub account: String,
    /// What one sees when it worked.
    pub expect: String,
    /// The text below the title, without the places it names.
    pub body: String,
    /// The command; `None` where there is none, or where it was withheld.
    pub command: Option<String>,
}

impl EditionPart {
    /// The parts of a packet.
    pub fn of(packet: &Packet) -> Vec<Self> {
        let part = |procedure: &Procedure| Self {
            number: procedure.number,
            title: procedure.title.clone(),
            lanes: match packet.lanes.len() {
                0 | 1 => Vec::new(),
                _ => procedure.lanes.clone(),
            },
            steps: procedure.steps().map(EditionStep::of).collect(),
        };
        procedures(packet).map(part).collect()
    }
}

impl EditionStep {
    fn of(step: &Step) -> Self {
        Self {
            number: step.number.clone(),
            title: step.title.clone(),
            run_on: step.run_on.clone(),
            account: step.account.clone(),
            expect: step.expect.clone(),
            body: to_text(&step.body),
            command: step.command.clone().filter(|_| step.gaps.is_empty()),
        }
    }
}

impl Content {
    /// The parts with their steps, in the order of their numbers.
    pub fn parts(&self) -> Vec<EditionPart> {
        let orders = self.items().iter().filter_map(|item| {
            let title = item.what.strip_suffix(ORDER)?;
            let (number, steps) = item.value.split_once(' ')?;
            let steps = steps.strip_prefix(title)?.strip_prefix(": ")?;
            Some((number.parse().ok()?, title, steps))
        });
        let mut parts: Vec<EditionPart> = orders
            .map(|(number, title, steps)| self.part(number, title, steps))
            .collect();
        parts.sort_by_key(|part| part.number);
        parts
    }

    /// The letters of the lanes that a part is in.
    fn lanes_of(&self, part: usize) -> Vec<String> {
        let part = part.to_string();
        let lanes = self.items().iter().filter_map(|item| {
            let letter = item.what.strip_prefix(LANE)?;
            let (_, parts) = item.value.rsplit_once(PARTS)?;
            parts
                .split(", ")
                .any(|it| it == part)
                .then(|| letter.to_owned())
        });
        lanes.collect()
    }

    /// What the packet says of something, by its name.
    pub fn value(&self, what: &str) -> Option<&str> {
        let found = self.items().iter().find(|item| item.what == what)?;
        Some(&found.value)
    }

    fn part(&self, number: usize, title: &str, order: &str) -> EditionPart {
        let mut names = Numbers::default();
        let steps = in_order(number, order).into_iter().map(|(number, step)| {
            let name = format!("{title}, {}", names.number(step));
            self.step(number, step, &name)
        });
        EditionPart {
            number,
            title: title.to_owned(),
            lanes: self.lanes_of(number),
            steps: steps.collect(),
        }
    }

    fn step(&self, number: String, title: &str, name: &str) -> EditionStep {
        // A heading may have the name of a step; of the two the step says where it is done.
        let names = [name.to_owned(), format!("{name} (2)")];
        let texts = names.iter().filter_map(|name| self.value(name));
        let text = texts.into_iter().find_map(|text| {
            let (run_on, rest) = text.strip_prefix("Where: ")?.split_once("\nAs: ")?;
            let (account, rest) = rest.split_once("\nExpect: ")?;
            let (expect, body) = rest.split_once('\n')?;
            let body = body.strip_suffix(NO_RETURN).unwrap_or(body);
            Some([run_on, account, expect, body.trim_end()].map(str::to_owned))
        });
        let [run_on, account, expect, body] = text.unwrap_or_default();
        let command = self.value(&format!("{name}: command"));
        EditionStep {
            number,
            title: title.to_owned(),
            run_on,
            account,
            expect,
            body,
            command: command
                .filter(|command| !command.starts_with("withheld: "))
                .map(str::to_owned),
        }
    }
}

/// "4.1 First; 4.2 Second" as numbers and titles. The numbers count up, so a semicolon in a title does no harm.
fn in_order(part: usize, order: &str) -> Vec<(String, &str)> {
    let mut steps = Vec::new();
    let mut rest = order;
    for count in 1.. {
        let number = format!("{part}.{count}");
        let Some(title) = rest.strip_prefix(&format!("{number} ")) else {
            break;
        };
        let next = format!("; {part}.{} ", count + 1);
        let end = title.find(&next).unwrap_or(title.len());
        steps.push((number, &title[..end]));
        rest = title.get(end + 2..).unwrap_or_default();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_up_whatever_titles_hold() {
        let found = in_order(4, "4.1 Stop; then wait; 4.9 is no step; 4.2 Start");
        let titles: Vec<&str> = found.iter().map(|(_, title)| *title).collect();
        assert_eq!(titles, ["Stop; then wait; 4.9 is no step", "Start"]);
        assert_eq!(in_order(4, ""), []);
    }
}
