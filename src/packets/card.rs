//! The card "What failed?": from what people see, through yes/no questions, to the packet that helps.
//!
//! One card for each site, so that each fits a sheet of paper on the wall of that site. Everything on it comes
//! from the worksheets; a server with two roles stands under both.

use std::collections::BTreeSet;

use crate::finding::{Subject, SubjectKind, words};
use crate::inventory::lookup::StoreKind;
use crate::inventory::path::FilePath;
use crate::inventory::{Field, Fqdn, Inventory, Pool, Server};

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

/// The cards, one for each site in order of name; last what stands in no site.
pub fn cards(inventory: &Inventory) -> Vec<Card> {
    let sites = super::plan::sites(inventory).into_iter().map(Some);
    sites
        .chain([None])
        .map(|site| Desk { inventory, site }.card())
        .filter(|card| !card.symptoms.is_empty())
        .collect()
}

/// Draws up one card.
struct Desk<'a> {
    inventory: &'a Inventory,
    site: Option<String>,
}

impl Desk<'_> {
    fn card(self) -> Card {
        let symptoms = [
            ("Users of a pool cannot sign in", false, self.sign_in()),
            (
                "Configuration cannot be changed",
                false,
                self.configuration(),
            ),
            ("External users cannot connect", false, self.external()),
            ("One server is down", true, self.one_server()),
            ("A whole pool is down", true, self.whole_pool()),
            ("The site is down", false, self.whole_site()),
        ];
        let symptoms = symptoms.map(|(title, list, questions)| Symptom {
            title,
            list,
            questions,
        });
        Card {
            symptoms: symptoms
                .into_iter()
                .filter(|it| !it.questions.is_empty())
                .collect(),
            site: self.site,
        }
    }

    fn pools(&self) -> impl Iterator<Item = &Pool> {
        let pools = self.inventory.pools.iter();
        pools.filter(|pool| pool.site.value == self.site)
    }

    /// A server without a site stands where its pool does.
    fn servers(&self) -> impl Iterator<Item = &Server> {
        self.inventory.servers.iter().filter(|server| {
            let pool = self.inventory.pool_of(server);
            let site = server.site.value.as_ref();
            site.or_else(|| pool.and_then(|pool| pool.site.value.as_ref())) == self.site.as_ref()
        })
    }

    fn sign_in(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        for pool in self.pools() {
            if pool.is("standard-edition") {
                questions.push(ask(
                    format!("Pool {}: does its one server answer?", pool.fqdn),
                    "restore the server".to_owned() + &self.over_first(pool),
                    [server(&pool.fqdn)],
                ));
            } else if pool.is("front-end") {
                questions.extend(self.back_end(pool));
                questions.push(ask(
                    format!("Pool {}: do most of its Front End Servers run?", pool.fqdn),
                    "the pool cannot start".to_owned() + &self.over_first(pool),
                    [of_pool(pool)],
                ));
            }
        }
        questions
    }

    /// Whether a pool's databases and file store can be reached.
    fn back_end(&self, pool: &Pool) -> Vec<Question> {
        let store = &pool.user_store;
        let primary = store
            .server
            .value
            .as_ref()
            .map(|primary| match &store.mirror.value {
                Some(mirror) => ask(
                    format!(
                        "Pool {}: does its SQL Server {primary} or its mirror {mirror} answer?",
                        pool.fqdn
                    ),
                    format!("both partners are lost{}", self.over_first(pool)),
                    [server(primary), server(mirror)],
                ),
                None => ask(
                    format!("Pool {}: does its SQL Server {primary} answer?", pool.fqdn),
                    format!("restore it{}", self.over_first(pool)),
                    [server(primary)],
                ),
            });
        let host = self.share_host(&pool.file_store).map(|host| {
            ask(
                format!(
                    "Pool {}: can its file store {} be opened?",
                    pool.fqdn, pool.file_store.text
                ),
                "restore the file store".to_owned(),
                [server(&host.fqdn)],
            )
        });
        primary.into_iter().chain(host).collect()
    }

    fn configuration(&self) -> Vec<Question> {
        let Some(pool) = self
            .inventory
            .cms_pool()
            .filter(|pool| pool.site.value == self.site)
        else {
            return self.configuration_elsewhere();
        };
        let host = if pool.is("standard-edition") {
            Some(&pool.fqdn)
        } else {
            pool.user_store.server.value.as_ref()
        };
        let question = match host {
            Some(host) => ask(
                format!("Does {host}, the host of the Central Management store, answer?"),
                "restore it by its packet; users keep their service meanwhile".to_owned(),
                [server(host)],
            ),
            None => ask(
                format!(
                    "Does the SQL Server of {} answer? The worksheets do not name it.",
                    pool.fqdn
                ),
                "find out which it is, then see the pool's packet".to_owned(),
                [of_pool(pool)],
            ),
        };
        vec![question]
    }

    /// The Central Management store stands in another site, or nowhere.
    fn configuration_elsewhere(&self) -> Vec<Question> {
        if self.site.is_none() {
            return Vec::new();
        }
        let question = match self.inventory.cms_pool() {
            Some(pool) => ask(
                format!("Does pool {}, which hosts the Central Management store, work?", pool.fqdn),
                "see the card of its site".to_owned(),
                [of_pool(pool)],
            ),
            None => ask(
                "Is it known which pool hosts the Central Management store? The worksheets do not say.".to_owned(),
                "find out first".to_owned(),
                [],
            ),
        };
        vec![question]
    }

    fn external(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        for pool in self.pools().filter(|pool| pool.is("edge")) {
            let members: Vec<&Fqdn> = self.inventory.members(pool).map(|it| &it.fqdn).collect();
            questions.push(ask(
                format!(
                    "Edge pool {}: does at least one of its servers run?",
                    pool.fqdn
                ),
                "restore the pool".to_owned(),
                [of_pool(pool)],
            ));
            if members.len() > 1 {
                questions.push(ask(
                    format!("Edge pool {}: do all of them run?", pool.fqdn),
                    "restore the one that does not".to_owned(),
                    members.into_iter().map(server),
                ));
            }
            let hop = pool
                .next_hop
                .value
                .as_ref()
                .and_then(|hop| self.inventory.pool(hop));
            questions.extend(hop.map(|hop| {
                ask(
                    format!("Do users inside sign in at {}, its next hop?", hop.fqdn),
                    "the fault lies there".to_owned(),
                    [of_pool(hop)],
                )
            }));
        }
        questions
    }

    /// Every server with all that it is, so that double roles are seen.
    fn one_server(&self) -> Vec<Question> {
        let servers = self.servers().map(|it| {
            ask(
                format!("Does {} answer?", it.name.text),
                self.duties(it),
                [server(&it.fqdn)],
            )
        });
        servers.collect()
    }

    fn duties(&self, server: &Server) -> String {
        let mut duties: Vec<String> = server
            .roles
            .value
            .iter()
            .flatten()
            .map(|role| role.printed.to_owned())
            .collect();
        let holdings = self.inventory.holdings(&server.fqdn);
        duties.extend(
            holdings
                .iter()
                .map(|it| format!("{} of {}", it.kind.as_str(), it.pool.fqdn)),
        );
        if holdings
            .iter()
            .any(|it| it.kind == StoreKind::User && it.pool.hosts_cms())
            || (self.inventory.is_standard_edition(server)
                && self.inventory.hosts_cms(server).is_some())
        {
            duties.push("Central Management store".to_owned());
        }
        let stores = self.inventory.file_stores_on(server);
        duties.extend(
            stores
                .iter()
                .map(|pool| format!("file store of {}", pool.fqdn)),
        );
        let mut seen = BTreeSet::new();
        duties.retain(|duty| seen.insert(duty.clone()));
        words::list(duties)
    }

    fn whole_pool(&self) -> Vec<Question> {
        let pools = self.pools().map(|pool| {
            let kinds = words::list(pool.types.value.iter().flatten().map(|kind| kind.printed));
            ask(
                format!("Does any of {} work?", pool.name.text),
                format!("{kinds}{}", self.over_first(pool)),
                [of_pool(pool)],
            )
        });
        pools.collect()
    }

    fn whole_site(&self) -> Vec<Question> {
        let Some(site) = &self.site else {
            return Vec::new();
        };
        let paired = self
            .pools()
            .filter(|pool| self.inventory.partner(pool).is_some());
        vec![ask(
            format!("Does anything in {site} work?"),
            format!(
                "draw up the restore order: restore-packets plan --site \"{site}\"; pools with a backup pool fail over first"
            ),
            paired.map(of_pool),
        )]
    }

    /// "; it fails over to pool02 first", where there is such a pool.
    fn over_first(&self, pool: &Pool) -> String {
        match self.inventory.partner(pool) {
            Some(partner) => format!("; fail over to {} first", partner.fqdn),
            None => String::new(),
        }
    }

    fn share_host(&self, share: &Field<FilePath>) -> Option<&Server> {
        let host = share.value.as_ref().and_then(FilePath::host)?;
        self.inventory.host(host)
    }
}

fn ask(text: String, no: String, packets: impl IntoIterator<Item = Subject>) -> Question {
    Question {
        text,
        no,
        packets: packets.into_iter().collect(),
    }
}

fn server(fqdn: &Fqdn) -> Subject {
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
        cards(&inventory::read(&mut sheets).inventory)
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
