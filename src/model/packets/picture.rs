//! The picture of a pool as data: who belongs to it, what it leans on, and what failed. Drawn in `render`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::finding::words;
use crate::inventory::pool::Store;
use crate::inventory::{Pool, Server};
use crate::rows::path::FilePath;
use crate::rows::{Fqdn, Instance};
use crate::topology::{Topology, What};

/// A pool in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Whose it is: the canonical FQDN.
    pub pool: String,
    /// For example "pool01.contoso.com: Front End pool and Central Management store".
    pub title: String,
    /// Whether the whole pool failed.
    pub whole: bool,
    /// What is shown, from top to bottom.
    pub rows: Vec<Row>,
}

/// One row of boxes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What the boxes are to the pool.
    pub title: Cow<'static, str>,
    /// Whether they belong to the pool, rather than serve others as well.
    pub inside: bool,
    /// Whether neighbours work together, as the partners of a mirror do.
    pub linked: bool,
    /// The boxes.
    pub nodes: Vec<Node>,
}

/// One box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The server, pool or share.
    pub name: String,
    /// What it is, in few words.
    pub what: String,
    /// How it is marked.
    pub mark: Mark,
}

/// How a box is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Not at all.
    Plain,
    /// It failed.
    Failed,
    /// The worksheets should name it and do not.
    Blank,
    /// The servers or pools worksheet has no row for it.
    Stranger,
}

impl Node {
    /// What stands below the name.
    pub fn note(&self) -> String {
        match self.mark {
            Mark::Failed => format!("FAILED: {}", self.what),
            Mark::Stranger => format!("no row: {}", self.what),
            Mark::Plain | Mark::Blank => self.what.clone(),
        }
    }
}

impl Picture {
    /// The picture in sentences, one for each row.
    pub fn description(&self) -> Vec<String> {
        let rows = self.rows.iter().map(|row| {
            let nodes = row
                .nodes
                .iter()
                .map(|node| format!("{} ({})", node.name, node.note()));
            format!("{}: {}.", row.title, words::list(nodes))
        });
        let whole = self.whole.then(|| "The whole pool failed.".to_owned());
        whole.into_iter().chain(rows).collect()
    }
}

/// The pools a server has to do with: its own, those whose databases or file stores it holds, those it witnesses.
pub(super) fn of_server(topology: &Topology<'_>, server: &Server) -> Vec<Picture> {
    let pools = topology.concerned(server).into_iter();
    pools
        .map(|pool| Artist::new(topology, pool, Some(&server.fqdn)).picture())
        .collect()
}

/// The pool itself, lost whole.
pub(super) fn of_pool(topology: &Topology<'_>, pool: &Pool) -> Vec<Picture> {
    vec![Artist::new(topology, pool, None).picture()]
}

struct Artist<'a> {
    topology: &'a Topology<'a>,
    pool: &'a Pool,
    failed: Option<&'a Fqdn>,
}

impl<'a> Artist<'a> {
    fn new(topology: &'a Topology<'a>, pool: &'a Pool, failed: Option<&'a Fqdn>) -> Self {
        Self {
            topology,
            pool,
            failed,
        }
    }

    fn picture(&self) -> Picture {
        let types = self
            .pool
            .types
            .value
            .iter()
            .flatten()
            .map(|kind| kind.printed);
        let central = &self.topology.inventory.product.central;
        let central = self.pool.holds_central().then_some(central.label.as_str());
        let types = words::list(types.chain(central));
        let rows = [
            self.members(),
            self.user_store(),
            self.file_store(),
            self.databases(),
            self.next_hop(),
            self.backup_pool(),
        ];
        Picture {
            pool: self.pool.fqdn.to_string(),
            title: if types.is_empty() {
                self.pool.name.text.clone()
            } else {
                format!("{}: {types}", self.pool.name.text)
            },
            whole: self.failed.is_none(),
            rows: rows
                .into_iter()
                .filter(|row| !row.nodes.is_empty())
                .collect(),
        }
    }

    fn members(&self) -> Row {
        let members = self.topology.members(self.pool).map(|server| {
            let roles = server.roles.value.iter().flatten().map(|role| role.printed);
            self.server(&server.fqdn, &words::list(roles))
        });
        let mut nodes: Vec<Node> = members.collect();
        if nodes.is_empty() {
            nodes.push(blank("no server names this pool"));
        }
        row("Members", true, nodes)
    }

    fn user_store(&self) -> Row {
        let mut nodes = Vec::new();
        let store = self.pool.user_store();
        if self.pool.keeps(store.kind) {
            match &store.server.value {
                Some(_) => nodes.extend(self.store(store)),
                None => nodes.push(blank(&format!("SQL Server of the {}", store.kind.label))),
            }
            let witness = self.topology.witness(self.pool);
            nodes.extend(witness.map(|fqdn| self.server(fqdn, "witness")));
        }
        Row {
            linked: true,
            ..row(words::capital(&store.kind.label), true, nodes)
        }
    }

    /// The SQL Server of a store and its mirror.
    fn store(&self, store: &Store) -> Vec<Node> {
        let what = &store.kind.short;
        let instance = |instance: &Option<Instance>| match instance {
            Some(instance) => format!(", {instance}"),
            None => ", instance ?".to_owned(),
        };
        let primary = store.server.value.as_ref().map(|fqdn| {
            let part = if store.mirror.value.is_some() {
                ", primary"
            } else {
                ""
            };
            self.server(
                fqdn,
                &format!("{what}{part}{}", instance(&store.instance.value)),
            )
        });
        let mirror = store.mirror.value.as_ref().map(|fqdn| {
            self.server(
                fqdn,
                &format!("{what}, mirror{}", instance(&store.mirror_instance.value)),
            )
        });
        primary.into_iter().chain(mirror).collect()
    }

    fn file_store(&self) -> Row {
        let share = &self.pool.file_store;
        let nodes = match share.value.as_ref() {
            Some(path) => {
                let host = self.topology.file_store_host(self.pool);
                vec![match host {
                    Some(server) => self.server(&server.fqdn, &share.text),
                    None => Node {
                        name: share.text.clone(),
                        what: match FilePath::host(path) {
                            Some(_) => "share; its host has no row".to_owned(),
                            None => "share".to_owned(),
                        },
                        mark: Mark::Plain,
                    },
                }]
            }
            None if self.pool.kinds().any(|kind| kind.file_store) => {
                vec![blank("share of the file store")]
            }
            None => Vec::new(),
        };
        row("File store", true, nodes)
    }

    fn databases(&self) -> Row {
        let mut nodes: Vec<Node> = Vec::new();
        for store in self.pool.stores.iter().filter(|it| !it.kind.users) {
            for node in self.store(store) {
                match nodes.iter_mut().find(|known| known.name == node.name) {
                    Some(known) => known.what = format!("{}; {}", known.what, node.what),
                    None => nodes.push(node),
                }
            }
        }
        row("Databases", false, nodes)
    }

    fn next_hop(&self) -> Row {
        let hop = self.topology.named(self.pool, What::NextHop);
        let mut kinds = self.pool.kinds().peekable();
        let goes_on = kinds.peek().is_some() && kinds.all(|kind| kind.cut_off.is_none());
        let what = if goes_on {
            "recorded as next hop; this pool goes on without it"
        } else {
            "next hop pool"
        };
        row(
            "Next hop",
            false,
            hop.map(|hop| self.other_pool(hop, what))
                .into_iter()
                .collect(),
        )
    }

    fn backup_pool(&self) -> Row {
        let partner = self.topology.partner(self.pool).map(|pool| &pool.fqdn);
        let partner = partner.or_else(|| self.topology.named(self.pool, What::PairedWith));
        let node = partner.map(|fqdn| self.other_pool(fqdn, "can take the users over"));
        row("Backup pool", false, node.into_iter().collect())
    }

    fn server(&self, fqdn: &Fqdn, what: &str) -> Node {
        let known = self.topology.server(fqdn);
        Node {
            name: known.map_or_else(|| fqdn.to_string(), |server| server.name.text.clone()),
            what: what.to_owned(),
            mark: match known {
                _ if self.failed == Some(fqdn) => Mark::Failed,
                Some(_) => Mark::Plain,
                None => Mark::Stranger,
            },
        }
    }

    fn other_pool(&self, fqdn: &Fqdn, what: &str) -> Node {
        let known = self.topology.pool(fqdn);
        Node {
            name: known.map_or_else(|| fqdn.to_string(), |pool| pool.name.text.clone()),
            what: what.to_owned(),
            mark: if known.is_some() {
                Mark::Plain
            } else {
                Mark::Stranger
            },
        }
    }
}

fn row(title: impl Into<Cow<'static, str>>, inside: bool, nodes: Vec<Node>) -> Row {
    Row {
        title: title.into(),
        inside,
        linked: false,
        nodes,
    }
}

fn blank(what: &str) -> Node {
    Node {
        name: "not recorded".to_owned(),
        what: what.to_owned(),
        mark: Mark::Blank,
    }
}
