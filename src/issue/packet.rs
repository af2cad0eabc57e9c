//! Makes one packet: assembled, issued under its edition and, where anything it was rendered from changed, rendered.
//!
//! Entry point: [`Renderer::make`], which `render` calls for each packet, in parallel. A packet
//! that cannot be written costs itself and no other: its last edition stays, or, if there is none, it is issued bare and
//! blocked.

use crate::editions::Content;
use crate::finding::{Code, Finding, Subject};
use crate::packets::{Assembled, Assembler, Draft, Issue, Packet, concerns};
use crate::publish::{
    FileEntry, FindingEntry, PacketEntry, RenderKey, ValidEntry, edition_bytes, edition_path,
    kept_bytes, packet_path,
};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};
use crate::text::digest;
use crate::workbook::quiet;

use super::as_it_was::LastLines;
use super::choose::Chosen;
use super::hold;
use super::made::{Made, Outcome, RenderedPacket, StandingPacket};
use super::refresh::IssuedPacket;
use super::run::Run;
use super::{Error, Reading, Result};

/// Makes packets, and renders them.
pub struct Renderer<'a> {
    /// What goes into the run.
    pub run: &'a Run<'a>,
    /// Everything read.
    pub reading: &'a Reading,
    /// Assembles packets as they are printed.
    pub printed: Assembler<'a>,
    /// Assembles packets from the inventory in an order of its own: what is compared.
    pub canonical: Assembler<'a>,
    /// The names of the worksheets, which are no part of a packet's content.
    pub worksheets: Vec<&'a str>,
    /// What the last run said of each packet.
    pub last: LastLines,
}

/// What the worksheets say of a packet.
struct Drafts<'t> {
    /// In their own order: what is printed.
    printed: Draft<'t>,
    /// In an order of its own, where that makes a difference: what is compared.
    compared: Option<Draft<'t>>,
}

impl<'a> Renderer<'a> {
    /// Makes a packet, and renders it where anything changed.
    ///
    /// # Errors
    /// None that is known.
    pub fn make(&self, chosen: &Chosen<'_>) -> Result<Made> {
        let drafts = self.drafts(chosen);
        let key = self.draft_key(&drafts);
        let facts = || self.printed.facts(&drafts.printed);
        if let Some(made) = self.last.packet(self.run, chosen, &key, facts) {
            return Ok(made);
        }
        let (Assembled { packet, findings }, content) = self.assembled(drafts);
        let concerns = concerns(&packet);
        let mut outcome = self.packet(packet, content)?;
        if let Outcome::Rendered(packet) = &mut outcome {
            packet.key.draft = key;
        }
        Ok(Made {
            outcome,
            findings,
            concerns,
            was: false,
        })
    }

    /// The digest of everything a packet is made from, in both orders of the rows.
    fn draft_key(&self, drafts: &Drafts<'_>) -> String {
        let printed = self.printed.key(&drafts.printed);
        let compared = drafts.compared.as_ref();
        let compared = compared.map(|draft| self.canonical.key(draft));
        digest::of_value(&(printed, compared, &self.reading.templates))
    }

    fn drafts(&self, chosen: &Chosen<'_>) -> Drafts<'a> {
        let printed = chosen.draft(&self.printed);
        let same = chosen.in_order(self.canonical.topology());
        let compared = same.map(|it| it.draft(&self.canonical));
        Drafts {
            compared: compared.filter(|it| *it != printed),
            printed,
        }
    }

    /// A packet as it is printed, and what it says whatever the order of the rows it was read from. It is assembled once,
    /// unless the order makes a difference to it.
    fn assembled(&self, drafts: Drafts<'_>) -> (Assembled, Content) {
        let assembled = self.printed.finish(drafts.printed);
        let content = match drafts.compared {
            None => Content::of(&assembled.packet, &self.worksheets),
            Some(draft) => Content::of(&self.canonical.finish(draft).packet, &self.worksheets),
        };
        (assembled, content)
    }

    /// The packet as it is issued, rendered where anything changed.
    fn packet(&self, packet: Packet, content: Content) -> Result<Outcome> {
        let issue = self.run.editions.issue(packet, &content);
        let mut key = self.run.reuse.key(&issue);
        let Subject { kind, fqdn } = &issue.packet.subject;
        let why = match self.run.reuse.files((*kind).into(), fqdn, &key) {
            Ok((listed, data)) => {
                key.data = Some(data);
                let kept = self.listed(&issue, &content, key, listed)?;
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
        let mut packet = self.listed(&issue, &content, key, listed)?;
        let files = written.into_iter().map(|it| (it.path, it.bytes));
        for (path, bytes) in files.chain([(path, bytes)]) {
            let body = self.run.body(&path, bytes);
            packet.files.push((path, body));
        }
        packet.why = Some(why);
        Ok(packet)
    }

    /// A packet with these files. What it says is among those of the run if it is not on file.
    fn listed(
        &self,
        issue: &Issue,
        content: &Content,
        key: RenderKey,
        listed: Vec<FileEntry>,
    ) -> Result<RenderedPacket> {
        let stem = packet_stem(&issue.packet.subject);
        let (as_of, standing) = (self.reading.estate.as_of, self.run.standing);
        let issued = IssuedPacket::new(issue, content, as_of, standing);
        let mut files = Vec::new();
        if issued.is_to_be_kept(standing) {
            let path = edition_path(&issued.edition.fingerprint);
            let body = self.run.body(&path, edition_bytes(content)?);
            files.push((path, body));
        }
        Ok(RenderedPacket {
            entry: PacketEntry {
                read: hold::read(&issue.packet, self.canonical.topology()),
                ..entry(issue, listed)
            },
            index: IndexEntry::new(issue, stem),
            routine: (
                issue.packet.title.clone(),
                Content::routine(&issue.packet.facts),
            ),
            issued,
            files,
            key,
            why: None,
            finding: None,
        })
    }

    /// A packet that could not be written: what was issued stays, or it is issued bare.
    fn without(&self, issue: Issue, failed: &NotWritten, why: String) -> Result<Outcome> {
        let packet = issue.packet;
        let standing = self.run.reuse.entry(&packet.subject);
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
        let issue = self.run.editions.issue(bare, &content);
        let key = self.run.reuse.key(&issue);
        let formats = self.run.options.formats.iter();
        let files = formats.filter_map(|format| self.file(*format, &issue).ok());
        let files = files.collect();
        Ok(Outcome::Rendered(Box::new(RenderedPacket {
            finding: Some(finding),
            ..self.fresh((issue, content), key, files, why)?
        })))
    }

    /// The packet in every format.
    fn written(&self, issue: &Issue) -> Result<Vec<Written>, NotWritten> {
        let formats = self.run.options.formats.iter();
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
