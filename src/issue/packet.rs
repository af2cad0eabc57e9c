//! Renders one packet: issued under its edition and, where anything it was rendered from changed, rendered.
//!
//! Entry point: [`Renderer::packet`], which `render` calls for each packet, in parallel. A packet
//! that cannot be written costs itself and no other: its last edition stays, or, if there is none, it is issued bare and
//! blocked.

use crate::editions::Content;
use crate::finding::{Code, Finding, Subject, SubjectKind};
use crate::packets::{Assembler, Issue, Packet};
use crate::publish::{
    FileEntry, FindingEntry, PacketEntry, RenderKey, ValidEntry, kept_bytes, packet_path,
};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};
use crate::rows::Fqdn;
use crate::workbook::quiet;

use super::hold;
use super::numbering::Numbering;
use super::refresh::IssuedPacket;
use super::reuse::Reuse;
use super::{Error, Reading, Result};

/// What became of one packet.
pub enum Outcome {
    /// It was rendered, or need not be.
    Rendered(Box<RenderedPacket>),
    /// It could not be written, so its last edition stays.
    Stays(Box<StandingPacket>),
}

/// A packet whose last edition stays.
pub struct StandingPacket {
    /// The packet as it would have been.
    pub packet: Packet,
    /// What the manifest says of it.
    pub entry: PacketEntry,
    /// Why it could not be written.
    pub finding: Finding,
}

/// One packet, rendered or kept.
pub struct RenderedPacket {
    /// The files that were rendered, by path below the output folder.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the manifest says of it.
    pub entry: PacketEntry,
    /// Its line of the index.
    pub index: IndexEntry,
    /// What it says, for ledger and changes.
    pub issued: IssuedPacket,
    /// What it was rendered from.
    pub key: RenderKey,
    /// What the backup cycle says in it, by its title.
    pub routine: (String, Content),
    /// Why it was rendered; `None` where it was kept.
    pub why: Option<String>,
    /// Why it could not be written whole, if so.
    pub finding: Option<Finding>,
}

/// Renders packets.
pub struct Renderer<'a> {
    /// Everything read.
    pub reading: &'a Reading,
    /// Assembles packets from the inventory in an order of its own: what is compared.
    pub canonical: Assembler<'a>,
    /// What was issued before.
    pub editions: &'a Numbering,
    /// What need not be rendered again.
    pub reuse: &'a Reuse<'a>,
    /// The formats to render.
    pub formats: &'a [Format],
    /// The names of the worksheets, which are no part of a packet's content.
    pub worksheets: Vec<&'a str>,
}

impl Renderer<'_> {
    /// What a packet says, whatever the order of the rows it was read from.
    fn content(&self, packet: &Packet) -> Content {
        let Subject { kind, fqdn } = &packet.subject;
        let canonical = &self.canonical;
        let in_order = canonical.topology();
        let same = Fqdn::parse(fqdn).ok().and_then(|fqdn| match kind {
            SubjectKind::Server => Some(canonical.server(in_order.server(&fqdn)?)),
            SubjectKind::Pool => Some(canonical.pool(in_order.pool(&fqdn)?)),
        });
        let same = same.as_ref().map_or(packet, |same| &same.packet);
        Content::of(same, &self.worksheets)
    }

    /// The packet as it is issued, rendered where anything changed.
    ///
    /// # Errors
    /// None that is known.
    pub fn packet(&self, packet: Packet) -> Result<Outcome> {
        let content = self.content(&packet);
        let issue = self.editions.issue(packet, &content);
        let mut key = self.reuse.key(&issue);
        let Subject { kind, fqdn } = &issue.packet.subject;
        let why = match self.reuse.files((*kind).into(), fqdn, &key) {
            Ok((listed, data)) => {
                key.data = Some(data);
                let kept = self.listed(&issue, content, key, listed);
                return Ok(Outcome::Rendered(Box::new(kept)));
            }
            Err(why) => why,
        };
        match self.written(&issue) {
            Ok(files) => {
                let fresh = self.fresh((issue, content), key, files, why)?;
                Ok(Outcome::Rendered(Box::new(fresh)))
            }
            Err(failed) => self.without(issue, &failed, why),
        }
    }

    /// A packet that was rendered.
    fn fresh(
        &self,
        (issue, content): (Issue, Content),
        mut key: RenderKey,
        written: Vec<Written>,
        why: String,
    ) -> Result<RenderedPacket> {
        let listed = written
            .iter()
            .map(|it| FileEntry::of(&it.path, it.format.extension(), &it.bytes));
        let listed: Vec<FileEntry> = listed.collect();
        let (path, bytes) = data(&issue)?;
        key.data = Some(FileEntry::of(&path, "json", &bytes));
        let files = written.into_iter().map(|it| (it.path, it.bytes));
        let files = files.chain([(path, bytes)]).collect();
        Ok(RenderedPacket {
            files,
            why: Some(why),
            ..self.listed(&issue, content, key, listed)
        })
    }

    /// A packet with these files.
    fn listed(
        &self,
        issue: &Issue,
        content: Content,
        key: RenderKey,
        listed: Vec<FileEntry>,
    ) -> RenderedPacket {
        let stem = packet_stem(&issue.packet.subject);
        RenderedPacket {
            entry: PacketEntry {
                read: hold::read(&issue.packet, self.canonical.topology()),
                ..entry(issue, listed)
            },
            index: IndexEntry::new(issue, stem),
            routine: (issue.packet.title.clone(), Content::routine(&issue.packet)),
            issued: IssuedPacket::new(issue, content, self.reading.estate.as_of),
            files: Vec::new(),
            key,
            why: None,
            finding: None,
        }
    }

    /// A packet that could not be written: what was issued stays, or it is issued bare.
    fn without(&self, issue: Issue, failed: &NotWritten, why: String) -> Result<Outcome> {
        let packet = issue.packet;
        let standing = self.reuse.entry(&packet.subject);
        let finding = unrendered(&packet, failed, standing.is_some());
        if let Some(standing) = standing {
            let mut entry = standing.clone();
            entry.findings.push(FindingEntry::of(&finding));
            return Ok(Outcome::Stays(Box::new(StandingPacket {
                packet,
                entry,
                finding,
            })));
        }
        let bare = packet.bare(finding.clone());
        let content = Content::of(&bare, &self.worksheets);
        let issue = self.editions.issue(bare, &content);
        let key = self.reuse.key(&issue);
        let formats = self.formats.iter();
        let files = formats.filter_map(|format| self.file(*format, &issue).ok());
        let files = files.collect();
        Ok(Outcome::Rendered(Box::new(RenderedPacket {
            finding: Some(finding),
            ..self.fresh((issue, content), key, files, why)?
        })))
    }

    /// The packet in every format.
    fn written(&self, issue: &Issue) -> Result<Vec<Written>, NotWritten> {
        let formats = self.formats.iter();
        formats.map(|format| self.file(*format, issue)).collect()
    }

    /// The packet in one format. A library that gives up with a panic costs this packet, too.
    fn file(&self, format: Format, issue: &Issue) -> Result<Written, NotWritten> {
        let (engine, estate) = (&self.reading.engine, &self.reading.estate);
        let rendered = quiet::catch(|| render::packet(format, engine, issue, estate));
        let failed = |why: String, help| NotWritten { format, why, help };
        match rendered {
            Some(Ok(bytes)) => {
                let stem = packet_stem(&issue.packet.subject);
                let path = format!("{stem}.{}", format.extension());
                Ok(Written {
                    path,
                    format,
                    bytes,
                })
            }
            Some(Err(error)) => {
                let failure = self.reading.unusable(&error);
                Err(failed(failure.message, failure.help))
            }
            None => Err(failed("its writer gave up".to_owned(), None)),
        }
    }
}

/// A file of a packet.
struct Written {
    path: String,
    format: Format,
    bytes: Vec<u8>,
}

/// The format in which a packet could not be written, and why.
struct NotWritten {
    format: Format,
    why: String,
    help: Option<String>,
}

fn unrendered(packet: &Packet, failed: &NotWritten, stands: bool) -> Finding {
    let subject = &packet.subject;
    let result = if stands {
        "its last edition stays"
    } else {
        "it holds nothing but its name"
    };
    let message = format!(
        "the packet of {} {} could not be written as {}, and {result}: {}",
        subject.kind.as_str(),
        subject.fqdn,
        failed.format.extension(),
        failed.why
    );
    Finding::new(Code::UnrenderedPacket, message)
        .help_if(failed.help.clone())
        .about(subject.clone())
}

/// The packet as data, and where it is kept.
fn data(issue: &Issue) -> Result<(String, Vec<u8>)> {
    let subject = &issue.packet.subject;
    let bytes = kept_bytes(issue).map_err(|error| Error::system(error.to_string()))?;
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
