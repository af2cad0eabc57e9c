//! A walk along one lane: step by step, each refused if what it needs is not there yet.

use std::collections::BTreeSet;

use restore_packets::packets::{Lane, Packet, procedures};
use restore_packets::product::Condition;

use crate::actions::{Action, Doing};
use crate::deployment::Deployment;
use crate::rules::{Claim, Rule, Rules, Scope};

/// A lane of a packet, ready to be walked.
#[derive(Clone)]
pub struct Way {
    /// The packet's server or pool, and the lane.
    pub name: String,
    this: String,
    kind: &'static str,
    /// The states that are true in it.
    states: Vec<String>,
    pub steps: Vec<Doing>,
}

/// Why a lane does not work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The step's title; "the end" for what was never reached.
    pub step: String,
    pub why: String,
}

impl Way {
    pub fn of(packet: &Packet, lane: &Lane) -> Self {
        let own = procedures(packet).filter(|part| part.lanes.contains(&lane.id));
        let steps = own.flat_map(restore_packets::packets::Procedure::steps);
        let mut steps: Vec<Doing> = steps.map(Doing::of).collect();
        for index in 1..steps.len() {
            // "In the same query window": where the step before was done.
            if steps[index].hosts.is_empty() && steps[index].text.contains("same query window") {
                steps[index].hosts = steps[index - 1].hosts.clone();
            }
        }
        let kind = packet.subject.kind.as_str();
        Self {
            name: format!(
                "{kind}:{}, lane {} ({})",
                packet.subject.fqdn, lane.id, lane.only_if
            ),
            this: packet.subject.fqdn.clone(),
            kind,
            states: lane.states.clone(),
            steps,
        }
    }

    /// Whether it is a lane of this packet (`server:FQDN`), for these states.
    pub fn is_in(&self, packet: &str, states: &[String]) -> bool {
        let is_packet = format!("{}:{}", self.kind, self.this) == packet;
        is_packet && states.iter().all(|it| self.states.contains(it))
    }

    /// Whether a command is withheld somewhere, so that nobody could walk it to its end.
    pub fn is_cut(&self) -> bool {
        self.steps.iter().any(|it| it.is_withheld)
    }

    fn is(&self, id: &str, deployment: &Deployment) -> bool {
        self.states.iter().any(|it| it == id) || deployment.is(self.kind, &self.this, id)
    }
}

/// A walk: what is true so far.
struct Walk<'a> {
    rules: &'a Rules,
    deployment: &'a Deployment,
    way: &'a Way,
    facts: BTreeSet<String>,
    refusals: Vec<Refusal>,
}

/// What is true of a deployment of which nothing is lost.
pub fn sound(rules: &Rules, deployment: &Deployment) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for start in &rules.start {
        let all = deployment.kinds.get(start.each.as_str());
        for this in all.into_iter().flatten() {
            let scope = Scope {
                deployment,
                this,
                doing: None,
                action: None,
            };
            facts.extend(start.facts.iter().flat_map(|it| scope.facts(it)));
        }
    }
    facts
}

/// Walks a lane; what is wrong with it. A lane that is cut is walked up to there.
pub fn walk(rules: &Rules, deployment: &Deployment, way: &Way) -> Vec<Refusal> {
    let mut walk = Walk {
        rules,
        deployment,
        way,
        facts: BTreeSet::new(),
        refusals: Vec::new(),
    };
    walk.facts.clone_from(&deployment.sound);
    for lost in walk.claims(&rules.lost) {
        walk.facts.remove(&lost);
    }
    for doing in &way.steps {
        if doing.is_withheld {
            return walk.refusals;
        }
        walk.step(doing);
    }
    walk.end();
    walk.refusals
}

impl Walk<'_> {
    fn scope(&self) -> Scope<'_> {
        Scope {
            deployment: self.deployment,
            this: &self.way.this,
            doing: None,
            action: None,
        }
    }

    fn claims(&self, claims: &[Claim]) -> BTreeSet<String> {
        let own = claims.iter().filter(|it| self.holds(&it.only));
        let patterns = own.flat_map(|it| &it.facts);
        patterns.flat_map(|it| self.scope().facts(it)).collect()
    }

    fn holds(&self, only: &Condition) -> bool {
        only.holds(|id| self.way.is(id, self.deployment))
    }

    fn step(&mut self, doing: &Doing) {
        let said = self.rules.rule.iter().filter(|it| it.is_said(doing));
        for rule in said.collect::<Vec<_>>() {
            self.apply(rule, doing, None);
        }
        for action in &doing.actions {
            let of_it: Vec<&Rule> = self
                .rules
                .rule
                .iter()
                .filter(|it| it.is_of(action))
                .collect();
            let known = |it: &&&Rule| it.command.as_deref() != Some("*");
            if !of_it.iter().any(|it| known(&it)) {
                self.refuse(doing, format!("nothing is known of `{}`", action.line));
            }
            for rule in of_it {
                self.apply(rule, doing, Some(action));
            }
        }
    }

    fn apply(&mut self, rule: &Rule, doing: &Doing, action: Option<&Action>) {
        if !self.holds(&rule.only) {
            return;
        }
        let scope = Scope {
            doing: Some(doing),
            action,
            ..self.scope()
        };
        if scope.facts(&rule.names).is_empty() {
            return;
        }
        let of = |patterns: &[String]| -> Vec<String> {
            patterns.iter().flat_map(|it| scope.facts(it)).collect()
        };
        let (needs, takes, gives) = (of(&rule.needs), of(&rule.takes), of(&rule.gives));
        for need in needs {
            let holds = match need.strip_prefix("not ") {
                Some(fact) => !self.facts.contains(fact),
                None => self.facts.contains(&need),
            };
            if !holds {
                let what = action.map_or("it", |it| it.line.as_str());
                self.refuse(doing, format!("`{what}` needs: {need}"));
            }
        }
        self.facts.retain(|it| !takes.contains(it));
        self.facts.extend(gives);
    }

    fn refuse(&mut self, doing: &Doing, why: String) {
        let step = doing.title.clone();
        self.refusals.push(Refusal { step, why });
    }

    fn end(&mut self) {
        for fact in self.claims(&self.rules.goal) {
            if !self.facts.contains(&fact) {
                let step = "the end".to_owned();
                let why = format!("not reached: {fact}");
                self.refusals.push(Refusal { step, why });
            }
        }
    }
}
