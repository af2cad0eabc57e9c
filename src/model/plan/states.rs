//! Which lanes of a packet an outage leaves: what is lost settles some answers, and people may give others.
//!
//! Entry points: [`Answers::of`] checks what people say against the packets' questions; [`Outage::lanes`] says which lanes
//! of a packet apply.

use std::collections::BTreeSet;

use crate::finding::{SubjectKind, suggest, words};
use crate::packets::{Lane, Packet};
use crate::rows::Fqdn;
use crate::topology::{Part, Topology};

use super::Packets;
use super::losses::Losses;
use super::model::Failover;

/// Answers to the packets' questions, each given once for the whole outage.
#[derive(Clone, Debug, Default)]
pub struct Answers(Vec<(String, String)>);

/// Why an answer cannot be taken, and what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadAnswer {
    /// What is wrong.
    pub message: String,
    /// The nearest name or answer.
    pub help: Option<String>,
}

impl Answers {
    /// Reads `pool01=failed-over`; a name may be short where one server or pool alone has it.
    ///
    /// # Errors
    /// What is no answer, names nobody, or answers nothing that is asked of the one it names.
    pub fn of(texts: &[String], packets: &Packets) -> Result<Self, BadAnswer> {
        let given = texts.iter().map(|text| answer(text.trim(), packets));
        given.collect::<Result<_, _>>().map(Self)
    }

    fn given<'a>(&'a self, about: &'a [String]) -> impl Iterator<Item = &'a str> {
        let own = self.0.iter().filter(|(fqdn, _)| about.contains(fqdn));
        own.map(|(_, answer)| answer.as_str())
    }

    /// Whether what is said of a pool leaves room for a fact of the plan.
    pub(super) fn allow(&self, topology: &Topology<'_>, fqdn: &str, fact: &str) -> bool {
        let questions = topology.inventory.product.states.questions.iter();
        let answers = questions.flat_map(|it| &it.answers);
        let mut said = answers.filter(|it| {
            let is_it = |(known, given): &(String, String)| known == fqdn && *given == it.id;
            self.0.iter().any(is_it)
        });
        said.all(|it| {
            it.planned
                .as_ref()
                .is_none_or(|it| it.holds(|id| id == fact))
        })
    }
}

fn answer(text: &str, packets: &Packets) -> Result<(String, String), BadAnswer> {
    let Some((name, given)) = text.split_once('=') else {
        return Err(BadAnswer {
            message: format!("`{text}` is no answer"),
            help: Some("write it as NAME=ANSWER, such as `pool01=failed-over`".to_owned()),
        });
    };
    let (name, given) = (name.trim(), given.trim());
    let asked = || packets.values().flat_map(|packet| &packet.questions);
    let names: BTreeSet<&str> = asked()
        .flat_map(|it| &it.about)
        .map(String::as_str)
        .collect();
    let fqdn = named(name, &names).ok_or_else(|| BadAnswer {
        message: format!("no packet of what is lost asks anything of `{name}`"),
        help: Some(
            suggest::did_you_mean(name, names.iter().copied())
                .unwrap_or_else(|| format!("asked is about {}", words::quoted(&names))),
        ),
    })?;
    let own = asked().filter(|it| it.about.iter().any(|about| about == fqdn));
    let known: BTreeSet<&str> = own
        .flat_map(|it| &it.answers)
        .map(|it| it.id.as_str())
        .collect();
    if known.contains(given) {
        return Ok((fqdn.to_owned(), given.to_owned()));
    }
    Err(BadAnswer {
        message: format!("`{given}` is no answer to what is asked of `{fqdn}`"),
        help: Some(
            suggest::did_you_mean(given, known.iter().copied())
                .unwrap_or_else(|| format!("the answers are {}", words::quoted(&known))),
        ),
    })
}

/// The name in full: as it stands, or the only one that begins with it.
fn named<'a>(name: &str, names: &BTreeSet<&'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let is = |full: &&&str| **full == wanted || full.split('.').next() == Some(wanted.as_str());
    let mut found = names.iter().filter(is);
    let first = found.next()?;
    found.next().is_none().then_some(*first)
}

/// What is known of an outage.
pub(super) struct Outage<'a> {
    pub topology: &'a Topology<'a>,
    pub losses: &'a Losses,
    pub failovers: &'a [Failover],
    pub answers: &'a Answers,
}

impl Outage<'_> {
    /// The lanes of a packet that the answers leave; all of them where they contradict each other.
    pub(super) fn lanes<'p>(&self, packet: &'p Packet) -> Vec<&'p Lane> {
        let facts = self.facts(packet);
        let product = self.topology.inventory.product;
        let mut left: Vec<&Lane> = packet.lanes.iter().collect();
        for question in &packet.questions {
            let stated: Vec<&str> = self.answers.given(&question.about).collect();
            let known = product
                .states
                .questions
                .iter()
                .find(|it| it.id == question.id);
            let answers = known.into_iter().flat_map(|it| &it.answers);
            let holds = |id: &&str| facts.contains(id);
            let planned = answers.clone().filter(|it| {
                let planned = it.planned.as_ref();
                planned.is_some_and(|it| it.holds(|id| holds(&id)))
            });
            let ids = answers.clone().map(|it| it.id.as_str());
            let stated = ids.filter(|id| stated.contains(id)).collect::<Vec<_>>();
            let settled = if stated.is_empty() {
                planned.map(|it| it.id.as_str()).collect()
            } else {
                stated
            };
            let is_left = |lane: &&Lane| {
                let is_true = |id: &&str| lane.states.iter().any(|state| state == id);
                settled.is_empty() || settled.iter().any(is_true)
            };
            let narrowed: Vec<&Lane> = left.iter().copied().filter(is_left).collect();
            if !narrowed.is_empty() {
                left = narrowed;
            }
        }
        left
    }

    /// What the losses say of a packet, by the names of `product::states::PLANNED`.
    fn facts(&self, packet: &Packet) -> BTreeSet<&'static str> {
        let mut facts = BTreeSet::new();
        let Ok(fqdn) = Fqdn::parse(&packet.subject.fqdn) else {
            return facts;
        };
        let mut hold = |fact, holds: bool| {
            if holds {
                facts.insert(fact);
            }
        };
        let fails_over = |pool: &str| {
            let mut possible = self.failovers.iter().filter(|it| !it.impossible);
            possible.any(|it| it.pool == pool)
        };
        let cut_off = packet.questions.iter().flat_map(|it| &it.about);
        hold("fails-over", cut_off.clone().any(|pool| fails_over(pool)));
        match packet.subject.kind {
            SubjectKind::Server => {
                let lost = |part| self.partners_lost(&fqdn, part);
                hold("server-lost", self.losses.servers.contains(&fqdn));
                hold("mirror-lost", lost(Part::Primary));
                hold("primary-lost", lost(Part::Mirror));
                hold("copies-lost", self.copies_lost(&fqdn));
            }
            SubjectKind::Pool => {
                hold("users-store-lost", self.store_lost(&fqdn));
                hold("files-lost", self.files_lost(&fqdn));
            }
        }
        facts
    }

    /// Whether every partner of what a server holds as this half is lost too.
    fn partners_lost(&self, fqdn: &Fqdn, part: Part) -> bool {
        let holdings = self.topology.holdings(fqdn);
        let own = holdings.iter().filter(|it| it.part == part);
        let mut partners = own.filter_map(crate::topology::Holding::partner);
        partners.all(|it| self.losses.servers.contains(it))
    }

    /// Whether every other server is lost too that holds something together with this one.
    fn copies_lost(&self, fqdn: &Fqdn) -> bool {
        let holdings = self.topology.holdings(fqdn);
        let mut others = holdings.iter().flat_map(crate::topology::Holding::others);
        others.all(|it| self.losses.servers.contains(it))
    }

    /// Whether nothing of the store of a pool's users is left.
    fn store_lost(&self, pool: &Fqdn) -> bool {
        let users = self.topology.inventory.product.user_store();
        let pool = self.topology.pool(pool);
        pool.is_some_and(|it| self.topology.is_lost_with(&self.losses.servers, it, users))
    }

    fn files_lost(&self, pool: &Fqdn) -> bool {
        let pool = self.topology.pool(pool);
        let host = pool.and_then(|it| self.topology.file_store_host(it));
        host.is_some_and(|it| self.losses.servers.contains(&it.fqdn))
    }
}
