//! What is true before a lane, what each thing that is done needs and gives, and what must be true in the end: read from
//! `deployment.toml`, whose head describes its language.

use std::collections::BTreeSet;

use restore_packets::data;
use restore_packets::product::Condition;
use serde::Deserialize;

use crate::actions::{Action, Doing, names};
use crate::cases;
use crate::deployment::Deployment;

/// `deployment.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub start: Vec<Start>,
    pub lost: Vec<Claim>,
    pub rule: Vec<Rule>,
    pub goal: Vec<Claim>,
}

/// What is true of everything of a kind while nothing is lost.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    pub each: String,
    pub facts: Vec<String>,
}

/// Facts that a packet's lane loses, or has to reach.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    #[serde(default, rename = "if")]
    pub only: Condition,
    pub facts: Vec<String>,
}

/// What a command, or something done by hand, needs and gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The command, or the words a statement begins with; several with bars between them.
    pub command: Option<String>,
    /// Of what is done by hand: words its step says.
    pub says: Option<String>,
    /// Words the command's line holds.
    #[serde(default)]
    pub has: Vec<String>,
    /// Words it does not hold.
    #[serde(default)]
    pub lacks: Vec<String>,
    #[serde(default, rename = "if")]
    pub only: Condition,
    /// Names that must be there.
    #[serde(default, rename = "where")]
    pub names: String,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub takes: Vec<String>,
    #[serde(default)]
    pub gives: Vec<String>,
}

impl Rules {
    pub fn read() -> Self {
        data::parse(&cases::text("deployment.toml")).expect("it parses")
    }
}

impl Rule {
    /// Whether it is about this line.
    pub fn is_of(&self, action: &Action) -> bool {
        let Some(commands) = &self.command else {
            return false;
        };
        let mut commands = commands.split('|').map(str::trim);
        let is = |it: &str| it == "*" || it.eq_ignore_ascii_case(&action.command);
        let has = |it: &String| action.line.contains(it.as_str());
        commands.any(is) && self.has.iter().all(has) && !self.lacks.iter().any(has)
    }

    /// Whether it is about what this step says.
    pub fn is_said(&self, doing: &Doing) -> bool {
        let has = |it: &String| doing.text.contains(it.as_str());
        let says = self.says.as_ref().is_some_and(has);
        says && self.has.iter().all(has) && !self.lacks.iter().any(has)
    }
}

/// Where the names in braces are looked up.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub deployment: &'a Deployment,
    /// The packet's own server or pool.
    pub this: &'a str,
    pub doing: Option<&'a Doing>,
    pub action: Option<&'a Action>,
}

impl Scope<'_> {
    /// Every fact that a pattern stands for: one for each name in each pair of braces.
    pub fn facts(&self, pattern: &str) -> BTreeSet<String> {
        let Some((before, rest)) = pattern.split_once('{') else {
            return BTreeSet::from([pattern.to_owned()]);
        };
        let (inner, after) = rest.split_once('}').expect("a closing brace");
        let names = self.names(inner);
        let filled = names.iter().map(|name| format!("{before}{name}{after}"));
        filled.flat_map(|pattern| self.facts(&pattern)).collect()
    }

    fn names(&self, inner: &str) -> Vec<String> {
        let mut parts = inner.split('>');
        let first = parts.next().unwrap_or_default();
        let names = first.split('|').map(|it| self.base(it));
        let names = names
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_default();
        parts.fold(names, |names, relation| {
            let related = names.iter().flat_map(|name| self.related(relation, name));
            let related: BTreeSet<String> = related.collect();
            related.into_iter().collect()
        })
    }

    fn base(&self, name: &str) -> Vec<String> {
        match name {
            "this" => vec![self.this.to_owned()],
            "host" => self.hosts(),
            "named" => self.doing.map(|it| names(&it.text)).unwrap_or_default(),
            "title" => self.doing.map(|it| names(&it.title)).unwrap_or_default(),
            "last" => self.last(),
            "cms" | "cms-pool" => self.deployment.related(name, ""),
            _ => {
                let values = self.action.and_then(|it| it.values.get(name));
                let bare = |it: &String| it.rsplit("server:").next().unwrap_or(it).to_owned();
                let bare = |it: &String| bare(it).trim_start_matches("registrar:").to_owned();
                values
                    .map(|it| it.iter().map(bare).collect())
                    .unwrap_or_default()
            }
        }
    }

    /// The last word of the title: the database it is about.
    fn last(&self) -> Vec<String> {
        let title = self.doing.map(|it| it.title.as_str());
        let last = title.and_then(|it| it.split_whitespace().last());
        last.map(str::to_lowercase).into_iter().collect()
    }

    /// The computers a step is done on.
    fn hosts(&self) -> Vec<String> {
        let Some(doing) = self.doing else {
            return Vec::new();
        };
        if doing.hosts.is_empty() && doing.text.contains("On each member") {
            return self.deployment.related("members", self.this);
        }
        doing.hosts.clone()
    }

    fn related(&self, relation: &str, name: &str) -> Vec<String> {
        let cut = |at: Option<(&str, &str)>, first: bool| match at {
            Some((before, after)) => vec![if first { before } else { after }.to_owned()],
            None => vec![name.to_owned()],
        };
        match relation {
            "computer" => cut(name.split_once('\\'), true),
            "key" => cut(name.split_once('='), true),
            "folder" => cut(name.rsplit_once('\\'), true),
            "name" => cut(name.rsplit_once('\\'), false),
            _ => self.deployment.related(relation, name),
        }
    }
}
