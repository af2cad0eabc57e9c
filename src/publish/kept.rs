//! What packets were rendered from, kept for the commands that read no worksheets and render anew: `bundle`,
//! and for runs that find nothing changed.
//!
//! - `.state/packets/<kind>-<fqdn>.json`: a packet with its edition, written whenever its files are rendered
//! - `.state/estate.json`: what is true of the whole run, the organization's own layouts, the worksheets'
//!   sheets of servers and pools, from which a restore order is drawn up, their other sheets, and where in them
//!   secrets stood
//! - `.state/run.json`: the digest of everything the last run was made from, and the lines of its index
//!
//! These files are the program's own and no contract: they hold the model itself, carry the program's version,
//! and are read by the very same version only. Files of retired packets stay and are not looked at.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{ESTATE, FileEntry, Kind, LAST_RUN, PublishError, State, disk, state_bytes};
use crate::contained::KeptSheet;
use crate::finding::{Costs, Finding};
use crate::inventory::{self, Inventory, Read};
use crate::packets::{Estate, Issue};
use crate::product::Product;
use crate::render::IndexEntry;
use crate::rows::{Accepted, Table};
use crate::testimony::Testimony;
use crate::text::{digest, filename::SafeName};

/// Where a packet is kept.
pub fn packet_path(kind: Kind, fqdn: &str) -> String {
    let name = SafeName::of(&format!("{}-{fqdn}", kind.as_str()));
    format!(".state/packets/{}", name.with_extension("json"))
}

/// What is true of all packets.
#[derive(Serialize, Deserialize)]
pub struct KeptEstate {
    /// Organization, cycle, paper.
    pub estate: Estate,
    /// What is not the built-in layout and not the first of the built-in products, by name.
    pub templates: BTreeMap<String, String>,
    /// The sheets of servers and pools.
    pub sheets: Vec<KeptSheet>,
    /// The other sheets that rows were read from, for a run that cannot read them.
    #[serde(default)]
    pub others: Vec<KeptSheet>,
    /// What was said of secrets in the worksheets, whomever they concern.
    #[serde(default)]
    pub secrets: Vec<Finding>,
    /// What was found that hangs on the day of the run.
    #[serde(default)]
    pub dated: Vec<Finding>,
    /// What a document beside the worksheets said of them.
    #[serde(default)]
    pub testimony: Testimony,
}

impl KeptEstate {
    /// The servers and pools, as far as a restore order needs them; `None` if a sheet is not whole.
    pub fn inventory(
        sheets: Vec<KeptSheet>,
        own: &BTreeMap<String, String>,
        testimony: &Testimony,
    ) -> Option<Inventory> {
        Self::read(sheets, own, testimony).map(|read| read.inventory)
    }

    /// The tables of sheets, with the columns nothing reads; `None` if a sheet is not whole.
    pub fn tables(sheets: Vec<KeptSheet>, own: &BTreeMap<String, String>) -> Option<Vec<Table>> {
        Self::read(sheets, own, &Testimony::default()).map(|read| read.tables)
    }

    fn read(
        sheets: Vec<KeptSheet>,
        own: &BTreeMap<String, String>,
        testimony: &Testimony,
    ) -> Option<Read> {
        let sheets = sheets.into_iter().map(KeptSheet::sheet);
        let mut sheets = sheets.collect::<Option<Vec<_>>>()?;
        let product = Product::with(own);
        Some(inventory::read_beside(
            product,
            &mut sheets,
            &Accepted::default(),
            testimony,
        ))
    }
}

/// What the last run made, for the next one that finds nothing changed.
#[derive(Serialize, Deserialize)]
pub struct LastRun {
    /// The digest of what it was made from; `None` where only some packets were made.
    pub inputs: Option<String>,
    /// The lines of the index.
    pub index: Vec<IndexEntry>,
    /// The findings raised in making packets.
    pub findings: Vec<Finding>,
    /// What each cell cost the packets.
    #[serde(default)]
    pub costs: Costs,
}

/// A kept value with the version of the program that wrote it.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    tool: String,
    data: T,
}

/// The version, before anything else is understood.
#[derive(Deserialize)]
struct Version {
    tool: String,
}

/// The bytes of a kept value.
///
/// # Errors
/// None that is known.
pub fn kept_bytes(data: &impl Serialize) -> Result<Vec<u8>, PublishError> {
    state_bytes(&Kept { tool: tool(), data })
}

/// A packet from the bytes that are kept for it, written or not yet; `None` if they are not whole.
pub fn kept_packet(bytes: &[u8]) -> Option<Issue> {
    let kept: Kept<Issue> = serde_json::from_slice(bytes).ok()?;
    (kept.tool == tool()).then_some(kept.data)
}

/// Why what was kept cannot be used.
#[derive(Debug)]
pub enum KeptError {
    /// It is not there, or was changed.
    Lost(PathBuf),
    /// Another version of the program wrote it.
    Foreign(PathBuf, String),
    /// The disk refused.
    Disk(PublishError),
}

impl fmt::Display for KeptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(path) => write!(f, "`{}` is missing or damaged", path.display()),
            Self::Foreign(path, tool) => {
                write!(
                    f,
                    "`{}` was written by {tool}, this is {}",
                    path.display(),
                    self::tool()
                )
            }
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for KeptError {}

impl State {
    /// A packet as it was issued; only if its data are what was kept for it.
    ///
    /// # Errors
    /// Data that are lost, damaged, or another version's.
    pub fn packet(&self, entry: &FileEntry) -> Result<Issue, KeptError> {
        self.kept(&entry.path, Some(&entry.sha256))
    }

    /// What is true of all packets.
    ///
    /// # Errors
    /// Data that are lost, damaged, or another version's.
    pub fn estate(&self) -> Result<KeptEstate, KeptError> {
        self.kept(ESTATE, None)
    }

    /// What the last run made; `None` where nothing of use is kept.
    pub fn last_run(&self) -> Option<LastRun> {
        self.kept(LAST_RUN, None).ok()
    }

    fn kept<T: DeserializeOwned>(&self, path: &str, sha256: Option<&str>) -> Result<T, KeptError> {
        let name = path;
        let Some(root) = &self.root else {
            return Err(KeptError::Lost(path.into()));
        };
        let path = root.join(path);
        let bytes = disk::read(&path)
            .map_err(KeptError::Disk)?
            .unwrap_or_default();
        if !self.is_issued(name, &bytes) {
            return Err(KeptError::Lost(path));
        }
        let version: Option<Version> = serde_json::from_slice(&bytes).ok();
        match version {
            Some(version) if version.tool != tool() => Err(KeptError::Foreign(path, version.tool)),
            _ if sha256.is_some_and(|known| digest::sha256_hex(&bytes) != known) => {
                Err(KeptError::Lost(path))
            }
            _ => match serde_json::from_slice::<Kept<T>>(&bytes) {
                Ok(kept) => Ok(kept.data),
                Err(_) => Err(KeptError::Lost(path)),
            },
        }
    }
}

/// The program. While it is being worked on its version says nothing, so the size of its file is added.
pub fn tool() -> String {
    let version = concat!("restore-packets ", env!("CARGO_PKG_VERSION"));
    if !cfg!(debug_assertions) {
        return version.to_owned();
    }
    let program = std::env::current_exe().and_then(std::fs::metadata);
    let size = program.map(|metadata| metadata.len()).unwrap_or_default();
    format!("{version} ({size} bytes)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_by_the_same_version_only() {
        let folder = tempfile::tempdir().unwrap();
        let state = State::of(folder.path());
        let path = folder.path().join("kept.json");
        let write = |bytes: &[u8]| std::fs::write(&path, bytes).unwrap();
        let read = || state.kept::<Vec<u32>>("kept.json", None);
        assert!(matches!(read(), Err(KeptError::Lost(_))));
        let bytes = kept_bytes(&vec![1, 2]).unwrap();
        write(&bytes);
        assert_eq!(read().unwrap(), [1, 2]);
        let other = state.kept::<Vec<u32>>("kept.json", Some("00"));
        assert!(matches!(other, Err(KeptError::Lost(_))));
        write(&bytes[..bytes.len() / 2]);
        assert!(matches!(read(), Err(KeptError::Lost(_))));
        // The version is understood even where the rest is not.
        write(b"{\"tool\":\"restore-packets 9\",\"data\":\"new\"}");
        assert!(matches!(read(), Err(KeptError::Foreign(_, tool)) if tool.ends_with('9')));
    }
}
