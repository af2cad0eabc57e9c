//! `.state/`: what later runs, `verify` and `history` need and no reader opens.
//!
//! - `.state/editions/<fingerprint>.zip`: what an edition says, packed, written once and never changed
//! - `.state/keys.json`: what each packet was rendered from ([`RenderKey`])
//! - `.state/routine.json`: what the current backup cycle says
//! - `.state/packets/` and `.state/estate.json`: what the packets were rendered from (`kept.rs`)

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{FileEntry, Kind, Manifest, Presence, PublishError, disk};
use crate::archive::{self, Archive};
use crate::editions::Content;
use crate::text::digest;

/// Where the estate is kept.
pub const ESTATE: &str = ".state/estate.json";
/// Where what the last run made is kept.
pub const LAST_RUN: &str = ".state/run.json";
/// Where the render keys stand.
pub const KEYS: &str = ".state/keys.json";
/// Where the routine content stands.
pub const ROUTINE: &str = ".state/routine.json";

/// Digests of everything a packet was rendered from: nothing else can change its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderKey {
    /// Edition, date and fingerprint.
    pub edition: String,
    /// Facts, findings, people, and their cells.
    pub facts: String,
    /// Procedures and their steps.
    pub steps: String,
    /// The last exercise, which is no part of the edition.
    #[serde(default)]
    pub exercise: String,
    /// What is true of the whole run and printed on each packet: organization, paper, the cycle's strip.
    pub estate: String,
    /// The layout templates.
    pub layout: String,
    pub formats: String,
    /// The program and its version.
    pub tool: String,
    /// What the packet was made from, before any of it was written; it saves making it again, and is not compared.
    #[serde(default)]
    pub draft: String,
    /// The file of the packet as data; nothing is rendered from it, so it is not compared.
    #[serde(default)]
    pub data: Option<FileEntry>,
}

impl RenderKey {
    /// What differs, as phrases; empty where nothing does.
    pub fn differences(&self, before: &Self) -> Vec<&'static str> {
        let parts = [
            (&self.edition, &before.edition, "its edition"),
            (&self.facts, &before.facts, "its facts or their cells"),
            (&self.steps, &before.steps, "its steps"),
            (&self.exercise, &before.exercise, "its last exercise"),
            (
                &self.estate,
                &before.estate,
                "the backup cycle or the organization",
            ),
            (&self.layout, &before.layout, "the layout"),
            (&self.formats, &before.formats, "the formats"),
            (&self.tool, &before.tool, "the program"),
        ];
        let changed = parts.into_iter().filter(|(now, then, _)| now != then);
        changed.map(|(_, _, name)| name).collect()
    }
}

/// The keys of all packets, by "server fe01.contoso.com".
pub type RenderKeys = BTreeMap<String, RenderKey>;

/// The name under which a packet's key is kept.
pub fn key_name(kind: Kind, fqdn: &str) -> String {
    format!("{} {fqdn}", kind.as_str())
}

/// Where an edition's content stands.
pub fn edition_path(fingerprint: &str) -> String {
    format!(".state/editions/{fingerprint}.zip")
}

/// What an edition's file holds.
const EDITION: &str = "edition.json";

/// The largest content of an edition, unpacked.
const LARGEST_EDITION: u64 = 64 << 20;

/// The bytes of an edition's file: they are kept for as long as the folder is, so they are packed.
///
/// # Errors
///
/// None that is known, as of [`state_bytes`].
pub fn edition_bytes(content: &Content) -> Result<Vec<u8>, PublishError> {
    let json = state_bytes(content)?;
    archive::pack([(EDITION, json.as_slice())])
        .map_err(|why| PublishError::disk("write", Path::new(".state"))(std::io::Error::other(why)))
}

/// What an edition's file says; `None` if it is damaged.
fn edition_of(bytes: &[u8]) -> Option<Content> {
    let mut packed = Archive::open(bytes).ok()?;
    let (_, index) = packed
        .names()
        .into_iter()
        .find(|(name, _)| name == EDITION)?;
    let part = packed.part(index)?.take(LARGEST_EDITION);
    serde_json::from_reader(std::io::BufReader::new(part)).ok()
}

/// Where versions before 0.3 kept it, as it is: what they issued is answered for too.
fn unpacked_edition_path(fingerprint: &str) -> String {
    format!(".state/editions/{fingerprint}.json")
}

/// The state of an output folder, read as it is asked for. What is lost or damaged is `None`: packets are
/// rendered again then, and changes cannot be named.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The output folder; `None` where nothing was issued.
    pub(super) root: Option<PathBuf>,
    /// The digests the manifest knows, by path; none in folders whose manifest is older than they are.
    pub(super) issued: BTreeMap<String, String>,
}

/// What is kept under one name and trusted later, so that the manifest holds its digest. Packets as data have
/// theirs among the keys, and an edition's content bears its fingerprint.
pub const TRUSTED: [&str; 4] = [ESTATE, KEYS, ROUTINE, LAST_RUN];

impl State {
    /// The state of this output folder.
    pub fn of(output: &Path) -> Self {
        Self {
            root: Some(output.to_owned()),
            issued: BTreeMap::new(),
        }
    }

    /// The same, trusted only as far as it is what this manifest says.
    #[must_use]
    pub fn issued_with(mut self, manifest: &Manifest) -> Self {
        let known = manifest.state.iter();
        self.issued = known
            .map(|file| (file.path.clone(), file.sha256.clone()))
            .collect();
        self
    }

    /// Which issued files of the folder still stand; `None` where there is none.
    pub fn presence(&self) -> Option<Presence> {
        self.root.as_deref().map(Presence::of)
    }

    /// The bytes of a file of the folder.
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        disk::read(&self.root.as_ref()?.join(path)).ok()?
    }

    /// A file that is there and is not what the manifest says.
    pub fn altered(&self) -> Option<PathBuf> {
        let altered = self.issued.keys().find(|path| {
            let bytes = self.bytes(path);
            bytes.is_some_and(|bytes| !self.is_issued(path, &bytes))
        });
        Some(self.root.as_ref()?.join(altered?))
    }

    /// Whether these bytes are what was issued, as far as that is known.
    pub(super) fn is_issued(&self, path: &str, bytes: &[u8]) -> bool {
        let known = self.issued.get(path);
        known.is_none_or(|known| *known == digest::sha256_hex(bytes))
    }

    /// What an edition said; only if it still bears its fingerprint.
    pub fn edition(&self, fingerprint: &str) -> Option<Content> {
        let packed = self.bytes(&edition_path(fingerprint));
        let content = match packed {
            Some(bytes) => edition_of(&bytes)?,
            None => self.read(&unpacked_edition_path(fingerprint))?,
        };
        (content.fingerprint().to_string() == fingerprint).then_some(content)
    }

    /// Whether an edition's content is there.
    pub fn has_edition(&self, fingerprint: &str) -> bool {
        let root = self.root.as_ref();
        root.is_some_and(|root| root.join(edition_path(fingerprint)).is_file())
    }

    /// What the packets were rendered from.
    pub fn keys(&self) -> RenderKeys {
        self.read(KEYS).unwrap_or_default()
    }

    /// What the backup cycle said.
    pub fn routine(&self) -> Option<Content> {
        self.read(ROUTINE)
    }

    fn read<T: DeserializeOwned>(&self, path: &str) -> Option<T> {
        let bytes = self.bytes(path)?;
        let issued = self.is_issued(path, &bytes).then_some(bytes)?;
        serde_json::from_slice(&issued).ok()
    }
}

/// The bytes of a state file.
///
/// # Errors
///
/// None that is known: every value of these types has a form in JSON.
pub fn state_bytes(value: &impl Serialize) -> Result<Vec<u8>, PublishError> {
    let mut bytes = serde_json::to_vec(value)
        .map_err(|error| PublishError::disk("write", Path::new(".state"))(error.into()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_what_it_was_when_it_is_unpacked() {
        let content = Content::default();
        let bytes = edition_bytes(&content).expect("bytes");
        assert_eq!(edition_of(&bytes), Some(content));
        assert_eq!(edition_of(&bytes[..bytes.len() / 2]), None);
    }
}
