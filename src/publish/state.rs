//! `.state/`: what later runs, `verify` and `history` need and no reader opens.
//!
//! - `.state/editions/<fingerprint>.json`: what an edition says, written once and never changed
//! - `.state/keys.json`: what each packet was rendered from ([`RenderKey`])
//! - `.state/routine.json`: what the current backup cycle says
//! - `.state/packets/` and `.state/estate.json`: what the packets were rendered from (`kept.rs`)

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{FileEntry, Kind, PublishError, disk};
use crate::packets::Content;

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
    /// The formats.
    pub formats: String,
    /// The program and its version.
    pub tool: String,
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
    format!(".state/editions/{fingerprint}.json")
}

/// The state of an output folder, read as it is asked for. What is lost or damaged is `None`: packets are
/// rendered again then, and changes cannot be named.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) root: PathBuf,
}

impl State {
    /// The state of this output folder.
    pub fn of(output: &Path) -> Self {
        Self {
            root: output.to_owned(),
        }
    }

    /// What an edition said; only if it still bears its fingerprint.
    pub fn edition(&self, fingerprint: &str) -> Option<Content> {
        let content: Content = self.read(&edition_path(fingerprint))?;
        (content.fingerprint().to_string() == fingerprint).then_some(content)
    }

    /// Whether an edition's content is there.
    pub fn has_edition(&self, fingerprint: &str) -> bool {
        self.root.join(edition_path(fingerprint)).is_file()
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
        let bytes = disk::read(&self.root.join(path)).ok()??;
        serde_json::from_slice(&bytes).ok()
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
