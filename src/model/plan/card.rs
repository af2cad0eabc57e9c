//! The card "What failed?": from what people see, through yes/no questions, to the packet that helps.
//!
//! One card for each site, so that each fits a sheet of paper on the wall of that site. What is asked stands in the
//! product's `card.toml`; everything it is asked about comes from the worksheets. A server with two roles stands under both.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Subject, SubjectKind, words};
use crate::inventory::{Pool, Server};
use crate::product::card::{self, Each};
use crate::rows::Fqdn;
use crate::topology::Topology;

/// The card of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The site; `None` for what stands in none.
    pub site: Option<String>,
    /// What people see, and where it leads.
    pub symptoms: Vec<Symptom>,
}

/// Something people see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symptom {
    /// For example "Users of a pool cannot sign in".
    pub title: &'static str,
    /// Whether the questions are one for each server or pool, to be printed close together.
    pub list: bool,
    /// What to ask, in this order, until an answer is "no".
    pub questions: Vec<Question>,
}

/// A yes/no question. "Yes" leads to the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What to do if the answer is "no", in few words.
    pub no: String,
    /// The packets that help then.
    pub packets: Vec<Subject>,
}

impl Card {
    /// Every packet it leads to.
    pub fn packets(&self) -> impl Iterator<Item = &Subject> {
        let questions = self.symptoms.iter().flat_map(|it| &it.questions);
        questions.flat_map(|question| &question.packets)
    }
}

/// The cards, one for each site in order of name; last what stands in no site.
pub fn cards(topology: &Topology<'_>) -> Vec<Card> {
    let sites = super::sites(topology.inventory).into_iter().map(Some);
    sites
        .chain([None])
        .map(|site| OfSite { topology, site }.card())
        .filter(|card| !card.symptoms.is_empty())
        .collect()
}

/// What questions can name of one thing they are asked for.
#[derive(Default)]
struct Known {
    /// The types of the pool they are asked for.
    types: Vec<&'static str>,
    values: BTreeMap<&'static str, (String, Vec<Subject>)>,
}

impl Known {
    /// Adds a text to name, and the packets that help.
    fn add(&mut self, name: &'static str, text: impl Into<String>, packets: Vec<Subject>) {
        self.values.insert(name, (text.into(), packets));
    }

    /// The question, where all that it names is known.
    fn ask(&self, question: &card::Question) -> Option<Question> {
        let is_of = |kind: &String| self.types.contains(&kind.as_str());
        if !question.types.is_empty() && !question.types.iter().any(is_of) {
            return None;
        }
        let has = |name: &String| self.values.contains_key(name.as_str());
        if !question.with.iter().all(has) || question.without.iter().any(has) {
            return None;
        }
        let value = |name: &str| self.values.get(name).map(|(text, _)| text.as_str());
        let packets = question.packets.iter();
        let packets = packets.map(|name| Some(self.values.get(name.as_str())?.1.clone()));
        Some(Question {
            text: question.ask.fill(value)?,
            no: question.no.fill(value)?,
            packets: packets.collect::<Option<Vec<_>>>()?.concat(),
        })
    }
}

/// Draws up the card of one site.
struct OfSite<'a> {
    topology: &'a Topology<'a>,
    site: Option<String>,
}

impl OfSite<'_> {
    fn card(self) -> Card {
        let symptoms = self.topology.inventory.product.card.iter();
        let symptoms = symptoms.map(|symptom| Symptom {
            title: &symptom.title,
            list: symptom.list,
            questions: self.questions(symptom),
        });
        Card {
            symptoms: symptoms.filter(|it| !it.questions.is_empty()).collect(),
            site: self.site,
        }
    }

    fn questions(&self, symptom: &card::Symptom) -> Vec<Question> {
        let known: Vec<Known> = match symptom.each {
            Each::Pool => self.pools().map(|pool| self.of_pool(pool)).collect(),
            Each::Server => self.servers().map(|it| self.of_server(it)).collect(),
            Each::Site => vec![self.of_site()],
        };
        let asked = known.iter().flat_map(|known| {
            let questions = symptom.question.iter();
            questions.filter_map(|question| known.ask(question))
        });
        asked.collect()
    }

    fn pools(&self) -> impl Iterator<Item = &Pool> {
        let pools = self.topology.inventory.pools.iter();
        pools.filter(|pool| pool.site.value == self.site)
    }

    /// A server without a site stands where its pool does.
    fn servers(&self) -> impl Iterator<Item = &Server> {
        self.topology.inventory.servers.iter().filter(|server| {
            let pool = self.topology.pool_of(server);
            let site = server.site.value.as_ref();
            site.or_else(|| pool.and_then(|pool| pool.site.value.as_ref())) == self.site.as_ref()
        })
    }

    fn of_pool(&self, pool: &Pool) -> Known {
        let topology = self.topology;
        let types = pool.types.value.iter().flatten();
        let mut known = Known {
            types: types.clone().map(|kind| kind.id).collect(),
            ..Known::default()
        };
        known.add("pool", pool.fqdn.as_str(), vec![of_pool(pool)]);
        known.add("written", &pool.name.text, vec![of_pool(pool)]);
        known.add(
            "types",
            words::list(types.map(|kind| kind.printed)),
            Vec::new(),
        );
        known.add("over-first", self.over_first(pool), Vec::new());
        if pool.is_one_computer() {
            known.add("one", pool.fqdn.as_str(), vec![of_server(&pool.fqdn)]);
        }
        let store = pool.user_store();
        if let Some(copies) = &pool.copies {
            let servers = copies.servers.iter().filter_map(|it| it.value.as_ref());
            let names: Vec<&str> = servers.clone().map(Fqdn::as_str).collect();
            known.add(
                "copies",
                words::list(&names),
                servers.map(of_server).collect(),
            );
            known.add("address", &copies.address.text, Vec::new());
        }
        let alone = pool.copies.is_none();
        for (name, holder) in [("primary", &store.server), ("mirror", &store.mirror)] {
            if let Some(holder) = holder.value.as_ref().filter(|_| alone) {
                known.add(name, holder.as_str(), vec![of_server(holder)]);
            }
        }
        let host = topology.file_store_host(pool);
        if let Some(host) = host.filter(|_| pool.file_store.value.is_some()) {
            known.add("share", &pool.file_store.text, vec![of_server(&host.fqdn)]);
        }
        if let Some(hop) = topology.next_hop(pool) {
            known.add("hop", hop.fqdn.as_str(), vec![of_pool(hop)]);
        }
        let members = topology.members(pool).map(|it| of_server(&it.fqdn));
        let members: Vec<Subject> = members.collect();
        if members.len() > 1 {
            known.add("members", "", members);
        }
        known
    }

    fn of_server(&self, server: &Server) -> Known {
        let mut known = Known::default();
        let packet = vec![of_server(&server.fqdn)];
        known.add("server", server.fqdn.as_str(), packet);
        known.add("written", &server.name.text, Vec::new());
        known.add("duties", self.duties(server), Vec::new());
        known
    }

    fn of_site(&self) -> Known {
        let mut known = Known::default();
        if let Some(site) = &self.site {
            known.add("site", site, Vec::new());
            let paired = self.pools();
            let paired = paired.filter(|pool| self.topology.partner(pool).is_some());
            known.add("paired", "", paired.map(of_pool).collect());
        }
        let Some(pool) = self.topology.central_pool() else {
            known.add("central-unknown", "", Vec::new());
            return known;
        };
        let is_here = pool.site.value == self.site;
        let name = if is_here {
            "central"
        } else {
            "central-elsewhere"
        };
        known.add(name, pool.fqdn.as_str(), vec![of_pool(pool)]);
        let host = self.topology.central_host();
        if let Some(host) = host.filter(|_| is_here) {
            known.add("central-host", host.as_str(), vec![of_server(host)]);
        }
        known
    }

    /// Everything a server is, so that double roles are seen.
    fn duties(&self, server: &Server) -> String {
        let roles = server.roles.value.iter().flatten();
        let mut duties: Vec<String> = roles.map(|role| role.printed.to_owned()).collect();
        let holdings = self.topology.holdings(&server.fqdn);
        duties.extend(
            holdings
                .iter()
                .map(|it| format!("{} of {}", it.kind.label, it.pool.fqdn)),
        );
        if holdings
            .iter()
            .any(|it| it.kind.users && it.pool.holds_central())
            || (self.topology.is_one_computer(server)
                && self.topology.holds_central(server).is_some())
        {
            duties.push(self.topology.inventory.product.central.label.clone());
        }
        let stores = self.topology.file_stores_on(server).into_iter();
        duties.extend(stores.map(|pool| format!("file store of {}", pool.fqdn)));
        let mut seen = BTreeSet::new();
        duties.retain(|duty| seen.insert(duty.clone()));
        words::list(duties)
    }

    /// "; fail over to pool02 first", where there is such a pool.
    fn over_first(&self, pool: &Pool) -> String {
        match self.topology.partner(pool) {
            Some(partner) => format!("; fail over to {} first", partner.fqdn),
            None => String::new(),
        }
    }
}

fn of_server(fqdn: &Fqdn) -> Subject {
    Subject {
        kind: SubjectKind::Server,
        fqdn: fqdn.to_string(),
    }
}

fn of_pool(pool: &Pool) -> Subject {
    Subject {
        kind: SubjectKind::Pool,
        fqdn: pool.fqdn.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{inventory, workbook};

    fn cards_of(servers: &str, pools: &str) -> Vec<Card> {
        let mut sheets = Vec::new();
        for (name, text) in [("servers.csv", servers), ("pools.csv", pools)] {
            sheets.extend(workbook::read(&Arc::from(name), text.as_bytes()).sheets);
        }
        let inventory = inventory::read(&mut sheets).inventory;
        cards(&Topology::of(&inventory))
    }

    const SERVERS: &str = "\
Server FQDN,Role,Pool FQDN,Site
fe1.x.com,Front End Server; Mediation Server,p1.x.com,
sql1.x.com,Back End Server,,North
lone.x.com,Edge Server,,
";
    const POOLS: &str = "\
Pool FQDN,Pool type,Site,SQL Server FQDN,Central Management store,Archiving SQL Server FQDN,Backup pool FQDN
p1.x.com,Front End pool,North,sql1.x.com,yes,sql1.x.com,p2.x.com
p2.x.com,Front End pool,South,,,,
";

    #[test]
    fn every_site_has_a_card_and_every_server_stands_on_one() {
        let cards = cards_of(SERVERS, POOLS);
        let sites: Vec<Option<&str>> = cards.iter().map(|card| card.site.as_deref()).collect();
        assert_eq!(sites, [Some("North"), Some("South"), None]);
        let of = |card: &Card| -> Vec<String> {
            let symptoms = card
                .symptoms
                .iter()
                .filter(|it| it.title == "One server is down");
            let questions = symptoms.flat_map(|it| &it.questions);
            questions
                .map(|it| format!("{} {}", it.packets[0].fqdn, it.no))
                .collect()
        };
        assert_eq!(
            of(&cards[0]),
            [
                "fe1.x.com Front End Server and Mediation Server",
                "sql1.x.com Back End Server, user store of p1.x.com, Archiving database of p1.x.com and Central Management store",
            ]
        );
        assert_eq!(of(&cards[2]), ["lone.x.com Edge Server"]);
    }

    #[test]
    fn a_symptom_leads_to_the_packet_behind_it() {
        let cards = cards_of(SERVERS, POOLS);
        let sign_in = &cards[0].symptoms[0].questions;
        assert_eq!(
            sign_in[0].text,
            "Pool p1.x.com: does its SQL Server sql1.x.com answer?"
        );
        assert_eq!(sign_in[0].no, "restore it; fail over to p2.x.com first");
        assert_eq!(sign_in[0].packets[0].kind, SubjectKind::Server);
        // The other site looks for the fault where the Central Management store stands.
        let south = cards[1]
            .symptoms
            .iter()
            .find(|it| it.title == "Configuration cannot be changed");
        assert_eq!(south.unwrap().questions[0].packets[0].fqdn, "p1.x.com");
    }
}
