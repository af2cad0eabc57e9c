//! What stands in an output folder: manifest, ledger and state, and whether they belong together.
//!
//! Entry points: [`IssuedBefore::read`], which refuses what is damaged or lost, and [`IssuedBefore::adopt`], which
//! rebuilds what can be rebuilt. Editions are never guessed.

use std::collections::BTreeMap;
use std::path::Path;

use super::{
    Edition, Event, JOURNAL, Kind, LEDGER, Ledger, LedgerFault, MANIFEST, Manifest, PacketEntry,
    PublishError, State, StatusEntry, disk,
};
use crate::finding::words;

/// What was issued to an output folder; by default nothing.
#[derive(Clone, Debug, Default)]
pub struct IssuedBefore {
    /// The manifest; `None` in a new folder, or where it was lost.
    pub manifest: Option<Manifest>,
    /// The ledger; empty in a new folder.
    pub ledger: Ledger,
    /// Contents of editions, and what they were rendered from.
    pub state: State,
    /// What was rebuilt, in sentences; empty unless adopted.
    pub rebuilt: Vec<String>,
    /// Files that could not be used, to be kept aside before they are replaced.
    pub aside: Vec<&'static str>,
}

impl IssuedBefore {
    /// Reads manifest and ledger.
    ///
    /// # Errors
    ///
    /// When one of them is damaged, newer, or lost, or when they do not belong together.
    pub fn read(output: &Path) -> Result<Self, PublishError> {
        Self::read_whole(output).map_err(|error| {
            // Half a run explains what does not belong together; the next one finishes it.
            if error.is_about_records() && output.join(JOURNAL).exists() {
                PublishError::Interrupted(output.to_owned())
            } else {
                error
            }
        })
    }

    fn read_whole(output: &Path) -> Result<Self, PublishError> {
        let manifest = Manifest::read(output)?;
        let ledger = read_ledger(output)?;
        let ledger = match (&manifest, ledger) {
            (None, None) => Ledger::default(),
            (None, Some(_)) => return Err(PublishError::Lost(output.join(MANIFEST))),
            // Folders older than the ledger: what the manifest names is taken over.
            (Some(manifest), None) if manifest.ledger.is_none() => {
                let mut ledger = Ledger::default();
                take_over(&mut ledger, named(manifest))?;
                ledger
            }
            (Some(_), None) => return Err(PublishError::Lost(output.join(LEDGER))),
            (Some(manifest), Some(ledger)) => {
                let head = manifest.ledger.as_ref();
                head.map_or(Ok(()), |head| ledger.matches(head))
                    .map_err(|fault| PublishError::Ledger(output.join(LEDGER), fault))?;
                ledger
            }
        };
        let empty = Self::empty(output);
        let state = match &manifest {
            Some(manifest) => empty.state.clone().issued_with(manifest),
            None => empty.state.clone(),
        };
        Ok(Self {
            manifest,
            ledger,
            state,
            ..empty
        })
    }

    /// Reads what can be used, and rebuilds the rest: a lost ledger from the manifest or from the packets, a lost
    /// manifest by the run that follows.
    ///
    /// # Errors
    ///
    /// When a file cannot be read at all.
    pub fn adopt(output: &Path) -> Result<Self, PublishError> {
        let mut standing = Self::empty(output);
        match Manifest::read(output) {
            Ok(manifest) => standing.manifest = manifest,
            Err(PublishError::Manifest(error)) => standing.spoilt(MANIFEST, &error.to_string()),
            Err(error) => return Err(error),
        }
        match read_ledger(output) {
            Ok(ledger) => standing.ledger = ledger.unwrap_or_default(),
            Err(PublishError::Ledger(path, fault)) => {
                standing.spoilt(LEDGER, &format!("`{}`: {fault}", path.display()));
            }
            Err(error) => return Err(error),
        }
        let (editions, source) = match &standing.manifest {
            Some(manifest) => (named(manifest), "the manifest names"),
            None if standing.ledger.is_empty() => (found(output)?, "the packets themselves name"),
            None => (Vec::new(), ""),
        };
        let count = take_over(&mut standing.ledger, editions)?;
        if count > 0 {
            standing.rebuilt.push(format!(
                "The ledger took over {} that {source}.",
                words::count(count, "edition", "editions")
            ));
        }
        Ok(standing)
    }

    fn empty(output: &Path) -> Self {
        Self {
            state: State::of(output),
            ..Self::default()
        }
    }

    fn spoilt(&mut self, file: &'static str, why: &str) {
        self.rebuilt
            .push(format!("{why}. It is kept in `retired/`."));
        self.aside.push(file);
    }

    /// The packets that stand, issued and not retired since, by kind and name.
    pub fn standing(&self) -> impl Iterator<Item = &Edition> {
        let mut last = BTreeMap::new();
        for entry in self.ledger.entries() {
            last.insert((entry.edition.kind, &entry.edition.fqdn), entry);
        }
        last.into_values()
            .filter(|entry| entry.event != Event::Retired)
            .map(|entry| &entry.edition)
    }

    /// The edition that was issued last.
    pub fn newest(&self) -> Option<&Edition> {
        let editions = self.ledger.entries().iter().map(|entry| &entry.edition);
        editions.max_by(|a, b| a.issued.cmp(&b.issued))
    }
}

/// Whether a run was interrupted while it published, so that files of two runs may stand side by side.
pub fn is_interrupted(output: &Path) -> bool {
    output.join(JOURNAL).exists()
}

/// The ledger of a folder; `None` where there is none.
fn read_ledger(output: &Path) -> Result<Option<Ledger>, PublishError> {
    let path = output.join(LEDGER);
    let Some(bytes) = disk::read(&path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        let fault = LedgerFault::Unreadable(1, "it is no text".to_owned());
        PublishError::Ledger(path.clone(), fault)
    })?;
    let ledger = Ledger::parse(&text).map_err(|fault| PublishError::Ledger(path, fault))?;
    Ok(Some(ledger))
}

/// The editions a manifest names.
fn named(manifest: &Manifest) -> Vec<Edition> {
    let of = |packet: &PacketEntry| Edition {
        kind: packet.kind,
        fqdn: packet.fqdn.clone(),
        edition: packet.edition,
        fingerprint: packet.fingerprint.clone(),
        issued: packet.issued.clone(),
        as_of: manifest.as_of.clone(),
        valid_until: packet.valid_until.as_ref().map(|until| until.date.clone()),
        scenarios: packet.scenarios.clone(),
        status: packet.status,
        what: "taken over from the manifest".to_owned(),
    };
    manifest.packets.iter().map(of).collect()
}

/// Adds the editions that are newer than what the ledger knows; returns how many.
fn take_over(ledger: &mut Ledger, editions: Vec<Edition>) -> Result<usize, PublishError> {
    let mut count = 0;
    for edition in editions {
        let known = ledger.last(edition.kind, &edition.fqdn);
        if known.is_none_or(|known| known.edition.edition < edition.edition) {
            ledger.append(Event::Adopted, edition)?;
            count += 1;
        }
    }
    Ok(count)
}

/// The editions that the packets' own `.json` files name.
fn found(output: &Path) -> Result<Vec<Edition>, PublishError> {
    let mut editions = Vec::new();
    for (folder, kind) in [("servers", Kind::Server), ("pools", Kind::Pool)] {
        for path in disk::files_in(&output.join(folder))? {
            if path.extension().is_some_and(|it| it == "json")
                && let Some(bytes) = disk::read(&path)?
            {
                editions.extend(identity(&bytes, kind));
            }
        }
    }
    Ok(editions)
}

fn identity(bytes: &[u8], kind: Kind) -> Option<Edition> {
    let packet: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let identity = &packet["identity"];
    let text = |key: &str| identity[key].as_str().map(str::to_owned);
    Some(Edition {
        kind,
        fqdn: text("fqdn")?,
        edition: u32::try_from(identity["edition"].as_u64()?).ok()?,
        fingerprint: text("fingerprint")?,
        issued: text("issued")?,
        as_of: text("issued")?,
        valid_until: None,
        scenarios: Vec::new(),
        status: match text("status")?.as_str() {
            "blocked" => StatusEntry::Blocked,
            "gaps" => StatusEntry::Gaps,
            _ => StatusEntry::Ready,
        },
        what: "taken over from the packet".to_owned(),
    })
}
