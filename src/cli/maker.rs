//! Makes one packet: assembled, issued under its edition and, where anything it was rendered from changed, rendered.
//!
//! Entry point: [`Maker::one`], which `produce` calls for each packet, in parallel.

use crate::finding::{Concern, Finding};
use crate::inventory::Inventory;
use crate::packets::{Assembled, Assembler, Content, Issue, concerns};
use crate::publish::{
    FileEntry, FindingEntry, PacketEntry, RenderKey, ValidEntry, kept_bytes, packet_path,
};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};

use super::choose::Chosen;
use super::editions::Editions;
use super::failure::Failure;
use super::hold;
use super::load::Loaded;
use super::produce::broken_at;
use super::refresh::Made;
use super::reuse::Reuse;

/// One packet, rendered or kept.
pub struct One {
    /// The files that were rendered, by path below the output folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the manifest says of it.
    pub entry: PacketEntry,
    /// Its line of the index.
    pub index: IndexEntry,
    /// What it says, for ledger and changes.
    pub made: Made,
    /// What it was rendered from.
    pub key: RenderKey,
    /// What the backup cycle says in it, by its title.
    pub routine: (String, Content),
    /// Findings raised on the way.
    pub findings: Vec<Finding>,
    /// The cells it rests on.
    pub concerns: Vec<Concern>,
    /// Why it was rendered; `None` where it was kept.
    pub why: Option<String>,
}

/// Makes packets.
pub struct Maker<'a> {
    /// Everything read.
    pub loaded: &'a Loaded,
    /// Assembles packets as they are printed.
    pub assembler: Assembler<'a>,
    /// The inventory in an order of its own.
    pub in_order: &'a Inventory,
    /// Assembles packets from it: what is compared.
    pub canonical: Assembler<'a>,
    /// What was issued before.
    pub editions: &'a Editions,
    /// What need not be rendered again.
    pub reuse: &'a Reuse<'a>,
    /// The formats to render.
    pub formats: &'a [Format],
    /// The names of the worksheets, which are no part of a packet's content.
    pub worksheets: Vec<&'a str>,
}

impl Maker<'_> {
    /// The packet as it is printed.
    pub fn assemble(&self, subject: Chosen<'_>) -> Assembled {
        match subject {
            Chosen::Server(server) => self.assembler.server(server),
            Chosen::Pool(pool) => self.assembler.pool(pool),
        }
    }

    /// What a packet says, whatever the order of the rows it was read from.
    fn content(&self, subject: Chosen<'_>) -> Content {
        let same = match subject {
            Chosen::Server(server) => self
                .in_order
                .server(&server.fqdn)
                .map(|it| self.canonical.server(it)),
            Chosen::Pool(pool) => self
                .in_order
                .pool(&pool.fqdn)
                .map(|it| self.canonical.pool(it)),
        };
        let assembled = same.unwrap_or_else(|| self.assemble(subject));
        Content::of(&assembled.packet, &self.worksheets)
    }

    /// Makes one packet: assembled, issued and, where anything changed, rendered.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn one(&self, subject: Chosen<'_>) -> Result<One, Failure> {
        let Assembled { packet, findings } = self.assemble(subject);
        let content = self.content(subject);
        let issue = self.editions.issue(packet, &content);
        let mut key = self.reuse.key(&issue);
        let kind = issue.packet.subject.kind.into();
        let stem = packet_stem(&issue.packet.subject);
        let (files, listed, why) = match self.reuse.files(kind, &issue.packet.subject.fqdn, &key) {
            Ok((listed, data)) => {
                key.data = Some(data);
                (Vec::new(), listed, None)
            }
            Err(why) => {
                let (mut files, listed) = self.render(&issue, &stem)?;
                let (path, bytes) = data(&issue)?;
                key.data = Some(FileEntry::of(&path, "json", &bytes));
                files.push((path, bytes));
                (files, listed, Some(why))
            }
        };
        Ok(One {
            entry: PacketEntry {
                read: hold::read(&issue.packet, self.loaded),
                ..entry(&issue, listed)
            },
            index: IndexEntry::new(&issue, stem),
            routine: (issue.packet.title.clone(), Content::routine(&issue.packet)),
            made: Made::new(&issue, content, self.loaded.estate.as_of),
            concerns: concerns(&issue.packet),
            files,
            key,
            findings,
            why,
        })
    }

    #[expect(
        clippy::type_complexity,
        reason = "a pair of lists, named where it is used"
    )]
    fn render(
        &self,
        issue: &Issue,
        stem: &str,
    ) -> Result<(Vec<(String, Vec<u8>)>, Vec<FileEntry>), Failure> {
        let mut files = Vec::new();
        let mut listed = Vec::new();
        for format in self.formats {
            let path = format!("{stem}.{}", format.extension());
            let bytes = render::packet(*format, &self.loaded.engine, issue, &self.loaded.estate)
                .map_err(|error| broken_at(&error, &self.loaded.worksheets))?;
            listed.push(FileEntry::of(&path, format.extension(), &bytes));
            files.push((path, bytes));
        }
        Ok((files, listed))
    }
}

/// The packet as data, and where it is kept.
fn data(issue: &Issue) -> Result<(String, Vec<u8>), Failure> {
    let subject = &issue.packet.subject;
    let bytes = kept_bytes(issue).map_err(|error| Failure::nothing(error.to_string()))?;
    Ok((packet_path(subject.kind.into(), &subject.fqdn), bytes))
}

/// What the manifest says of a packet with these files.
pub fn entry(issue: &Issue, files: Vec<FileEntry>) -> PacketEntry {
    let packet = &issue.packet;
    PacketEntry {
        kind: packet.subject.kind.into(),
        fqdn: packet.subject.fqdn.clone(),
        title: packet.title.clone(),
        edition: issue.edition,
        fingerprint: issue.fingerprint.clone(),
        issued: issue.issued.to_string(),
        valid_until: packet.valid_until.as_ref().map(ValidEntry::of),
        status: packet.status.into(),
        scenarios: packet
            .chooser
            .iter()
            .map(|choice| choice.id.clone())
            .collect(),
        files,
        findings: packet.findings.iter().map(FindingEntry::of).collect(),
        read: Vec::new(),
        not_refreshed_since: None,
    }
}
