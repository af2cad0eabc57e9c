//! What a run has rendered or keeps, as it grows: files, entries of the manifest, lines of the index, keys, findings.

use serde::Serialize;

use crate::editions::{Changes, Content};
use crate::finding::{Costs, Finding, Subject};
use crate::packets::Issue;
use crate::publish::{
    Body, FileEntry, Files, Manifest, PacketEntry, RenderKeys, TRUSTED, kept_bytes, kept_packet,
    key_name,
};
use crate::render::{self, Format, IndexEntry};

use super::refresh::IssuedPacket;
use super::run::Run;
use super::{Error, Reading, Result};

/// Everything rendered or kept.
#[derive(Default)]
pub struct Rendered {
    /// The files that were rendered, by path below the output folder.
    pub files: Files,
    /// Files that are no packet's.
    pub common: Vec<FileEntry>,
    /// The packets, servers first, each in order of name.
    pub packets: Vec<PacketEntry>,
    /// The packets of this run with what they say.
    pub issued: Vec<IssuedPacket>,
    /// What each packet was rendered from.
    pub keys: RenderKeys,
    /// What the backup cycle says, on its sheet and in packets.
    pub routine: Content,
    /// The lines of the index.
    pub index: Vec<IndexEntry>,
    /// Whether a packet that stands and was not made is not on file as it was issued.
    pub off_file: bool,
    /// Findings raised on the way.
    pub findings: Vec<Finding>,
    /// What each cell costs the packets.
    pub costs: Costs,
}

impl Rendered {
    /// Adds a file by its path.
    ///
    /// # Errors
    /// A path that leads out of the output folder.
    pub(super) fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<()> {
        self.add_body(path, Body::Held(bytes))
    }

    /// The same for a body that may be staged already.
    ///
    /// # Errors
    /// A path that leads out of the output folder.
    pub(super) fn add_body(&mut self, path: String, body: Body) -> Result<()> {
        self.files
            .insert_body(path, body)
            .map_err(|error| Error::system(error.to_string()))
    }

    /// A packet that stands after this run.
    ///
    /// # Errors
    /// Its data are lost.
    pub fn issue(&self, subject: &Subject, run: &Run<'_>) -> Result<Issue> {
        let reuse = &run.reuse;
        let name = key_name(subject.kind.into(), &subject.fqdn);
        let key = self.keys.get(&name).or_else(|| reuse.keys().get(&name));
        let data = key.and_then(|key| key.data.as_ref());
        let issue = data.and_then(|data| match self.files.get(&data.path) {
            Some(bytes) => kept_packet(bytes),
            None if self.files.contains(&data.path) => kept_packet(&run.staging?.read(&data.path)?),
            None => reuse.issued(data),
        });
        issue.ok_or_else(|| Error::system(format!("the packet of {name} is not on file")))
    }

    /// Adds an HTML page that is no packet's.
    ///
    /// # Errors
    /// A path that leads out of the output folder.
    pub fn add_html(&mut self, path: String, bytes: Vec<u8>, run: &Run<'_>) -> Result<()> {
        let format = Format::Html.extension();
        self.common.push(FileEntry::of(&path, format, &bytes));
        let body = run.body(&path, bytes);
        self.add_body(path, body)
    }

    /// Adds what later commands and runs need.
    ///
    /// # Errors
    /// None that is known.
    pub fn keep(&mut self, path: &str, value: &impl Serialize) -> Result<()> {
        let bytes = kept_bytes(value)?;
        self.add(path.to_owned(), bytes)
    }

    /// What the manifest says of what is kept; of what this run did not keep anew, what the one before said.
    pub fn state(&self, previous: Option<&Manifest>) -> Vec<FileEntry> {
        let before = |path| {
            let mut known = previous.into_iter().flat_map(|it| &it.state);
            known.find(|file| file.path == path).cloned()
        };
        let entries = TRUSTED
            .iter()
            .filter_map(|path| match self.files.get(path) {
                Some(bytes) => Some(FileEntry::of(*path, "json", bytes)),
                None => before(*path),
            });
        entries.collect()
    }

    /// Adds a page that is no packet's.
    pub(super) fn add_page(&mut self, name: &str, format: Format, bytes: Vec<u8>) -> Result<()> {
        let path = format!("{name}.{}", format.extension());
        self.common
            .push(FileEntry::of(&path, format.extension(), &bytes));
        self.add(path, bytes)
    }

    /// Adds the pages that say what changed.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn add_changes(
        &mut self,
        reading: &Reading,
        changes: &Changes,
        formats: &[Format],
    ) -> Result<()> {
        for format in formats {
            let page = render::changes(*format, &reading.engine, changes, &reading.estate);
            if let Some(bytes) = page.map_err(|error| reading.unusable(&error))? {
                self.add_page("changes", *format, bytes)?;
            }
        }
        Ok(())
    }
}
