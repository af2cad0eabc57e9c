//! Lanes spoiled on purpose: in a wrong order (`orders.toml`), or without one of their steps.

use restore_packets::data;
use serde::Deserialize;

use crate::actions::Doing;
use crate::cases;
use crate::deployment::Deployment;
use crate::rules::Rules;
use crate::walk::{self, Way};

/// `orders.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Orders {
    order: Vec<Order>,
}

/// A wrong order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub why: String,
    pub packet: String,
    /// In which estate; the sample, filled in, if it is not said.
    #[serde(default)]
    pub estate: Option<String>,
    pub lane: Vec<String>,
    #[serde(default, rename = "move")]
    moved: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    replace: Option<[String; 2]>,
    pub refused: String,
}

/// Every wrong order.
pub fn all() -> Vec<Order> {
    let orders: Orders = data::parse(&cases::text("orders.toml")).expect("it parses");
    orders.order
}

impl Order {
    /// The lane in this order.
    pub fn of(&self, way: &Way) -> Way {
        let mut spoiled = way.clone();
        if let Some([from, to]) = &self.replace {
            let lines = spoiled.steps.iter_mut().map(|it| it.replace(from, to));
            assert!(lines.sum::<usize>() > 0, "{}: nothing to replace", self.why);
            return spoiled;
        }
        let at = |text: &str| {
            let found = spoiled.steps.iter().position(|it| it.says(text));
            found.unwrap_or_else(|| panic!("{}: no step says {text}", self.why))
        };
        let (from, to) = (at(&self.moved), at(&self.before));
        assert!(from > to, "{}: it is in that order", self.why);
        let step = spoiled.steps.remove(from);
        spoiled.steps.insert(to, step);
        spoiled
    }
}

/// The steps with commands without which a lane is refused, and those without which it is not.
pub fn needed(rules: &Rules, deployment: &Deployment, way: &Way) -> (usize, Vec<String>) {
    let mut count = 0;
    let mut idle = Vec::new();
    for (index, step) in way.steps.iter().enumerate() {
        if !step.has_commands() {
            continue;
        }
        let mut without = way.clone();
        without.steps.remove(index);
        if walk::walk(rules, deployment, &without).is_empty() {
            idle.push(step.title.clone());
        } else {
            count += 1;
        }
    }
    (count, idle)
}

impl Doing {
    /// Whether its commands or its text hold these words.
    fn says(&self, words: &str) -> bool {
        self.text.contains(words) || self.actions.iter().any(|it| it.line.contains(words))
    }
}
