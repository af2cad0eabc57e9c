//! Where a page finds the packets it names.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Subject, SubjectKind};
use crate::render::Format;
use crate::render::format::packet_stem;

/// The packets a page names: `links.server[fqdn]` and `links.pool[fqdn]`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Links {
    /// Servers, by canonical FQDN.
    server: BTreeMap<String, Reference>,
    /// Pools, by canonical FQDN.
    pool: BTreeMap<String, Reference>,
}

/// How a page refers to a packet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reference {
    /// The packet's page, or its place in a binder; `None` where there is none.
    pub link: Option<String>,
    /// In a binder: the packet's tab, in words.
    pub tab: Option<String>,
}

impl Reference {
    /// To a page of its own.
    pub fn to(link: Option<String>) -> Self {
        Self { link, tab: None }
    }
}

impl Links {
    /// Adds a server or pool.
    pub fn add(&mut self, subject: &Subject, reference: Reference) {
        let known = match subject.kind {
            SubjectKind::Server => &mut self.server,
            SubjectKind::Pool => &mut self.pool,
        };
        known.insert(subject.fqdn.clone(), reference);
    }

    /// Of these servers and pools.
    pub fn of<'a>(
        subjects: impl IntoIterator<Item = &'a Subject>,
        refer: impl Fn(&Subject) -> Reference,
    ) -> Self {
        let mut links = Self::default();
        for subject in subjects {
            links.add(subject, refer(subject));
        }
        links
    }
}

/// A server of this name.
pub(super) fn server(fqdn: &str) -> Subject {
    Subject {
        kind: SubjectKind::Server,
        fqdn: fqdn.to_owned(),
    }
}

/// A pool of this name.
pub(super) fn pool(fqdn: &str) -> Subject {
    Subject {
        kind: SubjectKind::Pool,
        fqdn: fqdn.to_owned(),
    }
}

/// A packet's file below the output folder.
pub(super) fn file(subject: &Subject, format: Format) -> String {
    format!("{}.{}", packet_stem(subject), format.extension())
}
