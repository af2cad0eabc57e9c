//! What the worksheets say of a packet, before its procedures are written: that costs little, and says whether the packet
//! would be the one it was.

use crate::decisions::{self, Match, Table};
use crate::finding::{Place, Subject, SubjectKind, words};
use crate::inventory::{Pool, Server};
use crate::product::Name;
use crate::rows::Field;
use crate::topology::Topology;

use super::context::Context;
use super::fact::FactGroup;
use super::lanes::Facts;
use super::model::Member;
use super::picture::Picture;
use super::validity::Validity;
use super::{effect, facts, fill, members, picture, validity};

/// What the worksheets say of a packet: everything it is made from, but for the findings. Equal drafts of one run give
/// equal packets.
#[derive(Debug, PartialEq)]
pub struct Draft<'t> {
    pub(super) subject: Subject,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) site: Option<String>,
    pub(super) facts: Vec<FactGroup>,
    pub(super) members: Vec<Member>,
    pub(super) pictures: Vec<Picture>,
    pub(super) effect: Vec<String>,
    pub(super) validity: Validity,
    pub(super) context: Context,
    /// Whether its role is that of servers which hold databases.
    pub(super) may_hold: bool,
    pub(super) states: Facts,
    pub(super) place: Place,
    /// The rows of the decision table that apply.
    pub(super) matches: Vec<Match<'t>>,
}

impl Draft<'_> {
    /// The title of its packet.
    pub fn title(&self) -> String {
        let Subject { fqdn, .. } = &self.subject;
        format!("Restore packet for {} {fqdn}", kind_phrase(self))
    }
}

impl<'t> Draft<'t> {
    /// What the worksheets say of a server.
    pub(super) fn of_server(table: &'t Table, topology: &Topology<'_>, server: &Server) -> Self {
        let matches = decisions::for_server(table, topology, server);
        let published = matches.iter().any(|it| it.row.marks.publishes_topology);
        Self {
            subject: Subject {
                kind: SubjectKind::Server,
                fqdn: server.fqdn.to_string(),
            },
            name: server.name.text.clone(),
            role: printed(&server.roles),
            site: server.site.value.clone(),
            facts: facts::of_server(topology, server),
            members: Vec::new(),
            pictures: picture::of_server(topology, server),
            effect: effect::of_server(topology, server),
            validity: validity::of_server(topology, server),
            context: fill::for_server(topology, server, published),
            may_hold: topology.has(server, |role| role.databases),
            states: Facts::of_server(topology, server),
            place: server.name.place.clone(),
            matches,
        }
    }

    /// What the worksheets say of a pool.
    pub(super) fn of_pool(table: &'t Table, topology: &Topology<'_>, pool: &Pool) -> Self {
        let matches = decisions::for_pool(table, pool);
        Self {
            subject: Subject {
                kind: SubjectKind::Pool,
                fqdn: pool.fqdn.to_string(),
            },
            name: pool.name.text.clone(),
            role: printed(&pool.types),
            site: pool.site.value.clone(),
            facts: facts::of_pool(topology, pool),
            members: members::of_pool(topology, pool),
            pictures: picture::of_pool(topology, pool),
            effect: effect::of_pool(topology, pool),
            validity: validity::of_pool(topology, pool),
            context: fill::for_pool(topology, pool),
            may_hold: false,
            states: Facts::of_pool(topology, pool),
            place: pool.name.place.clone(),
            matches,
        }
    }
}

fn printed(names: &Field<Vec<Name>>) -> String {
    match &names.value {
        Some(names) => words::list(names.iter().map(|name| name.printed)),
        None => String::new(),
    }
}

fn kind_phrase(draft: &Draft<'_>) -> String {
    let fallback = match draft.subject.kind {
        SubjectKind::Server => "server",
        SubjectKind::Pool => "pool",
    };
    if draft.role.is_empty() {
        fallback.to_owned()
    } else {
        draft.role.clone()
    }
}
