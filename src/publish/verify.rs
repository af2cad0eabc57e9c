//! Verifying: does every file of a folder or a bundle stand as it was issued?
//!
//! Entry point: [`verify`]. Problems are findings about files, so that they are written as every other.

use std::collections::BTreeSet;

use super::files::is_inside;
use super::manifest::Manifest;
use super::{
    BundleEntry, FileEntry, JOURNAL, KEYS, LEDGER, Ledger, MANIFEST, RenderKeys, ValidEntry,
    key_name,
};
use crate::finding::{Code, Finding, Place, Severity};
use crate::text::digest;

/// Where the files are: a folder, or an archive.
pub trait Shelf {
    /// Every file, relative with `/`; what the program keeps for itself is left out.
    fn paths(&self) -> Vec<String>;

    /// A file's bytes, or as many of them as the limit and one more; `None` if there is none or it cannot be read.
    fn bytes(&mut self, path: &str, limit: u64) -> Option<Vec<u8>>;

    /// Whether packets are issued here, so that the ledger must be here too.
    fn is_issued_to(&self) -> bool;

    /// Whether a folder stands where a file belongs.
    fn is_folder(&self, _path: &str) -> bool {
        false
    }

    /// Where bytes stand that belong to no file; `None` where there are none, or can be none.
    fn stray(&self) -> Option<&'static str> {
        None
    }
}

/// What was found.
#[derive(Debug)]
pub struct Verified {
    /// How many files are as issued.
    pub good: usize,
    /// What is not as it should be.
    pub findings: Vec<Finding>,
    /// Which bundle it is, if it is one.
    pub bundle: Option<BundleEntry>,
}

/// A manifest or ledger larger than this is none.
const LARGEST_RECORD: u64 = 256 << 20;

/// Compares every file with the manifest, follows the ledger, and names what has expired on a day.
pub fn verify(shelf: &mut dyn Shelf, on: &str) -> Verified {
    let mut verified = Verified {
        good: 0,
        findings: Vec::new(),
        bundle: None,
    };
    let Some(bytes) = shelf.bytes(MANIFEST, LARGEST_RECORD) else {
        verified.missing(
            shelf,
            MANIFEST,
            "without the manifest nothing can be verified",
        );
        return verified;
    };
    let manifest = match Manifest::from_bytes(&bytes) {
        Ok(manifest) => manifest,
        Err(why) => {
            verified.say(Code::AlteredFile, MANIFEST, &why);
            return verified;
        }
    };
    for file in manifest.issued_files() {
        match shelf.bytes(&file.path, file.bytes) {
            None => verified.missing(shelf, &file.path, "the manifest names this file"),
            Some(bytes) if digest::sha256_hex(&bytes) == file.sha256 => verified.good += 1,
            Some(_) => verified.say(
                Code::AlteredFile,
                &file.path,
                "this file is not what was issued",
            ),
        }
    }
    verified.state(shelf, &manifest);
    verified.ledger(shelf, &manifest);
    verified.extra(shelf, &manifest);
    verified.stray(shelf);
    verified.expired(&manifest, on);
    verified.bundle = manifest.bundle;
    verified
}

impl Verified {
    fn say(&mut self, code: Code, path: &str, message: &str) {
        let finding = Finding::new(code, message).at(&Place::file(path));
        self.findings.push(finding);
    }

    fn missing(&mut self, shelf: &dyn Shelf, path: &str, message: &str) {
        if shelf.is_folder(path) {
            let message = format!("{message}, and a folder stands in its place");
            self.say(Code::MissingFile, path, &message);
        } else {
            self.say(Code::MissingFile, path, message);
        }
    }

    /// What the program keeps and trusts later. A copy of the folder may come without all of it.
    fn state(&mut self, shelf: &mut dyn Shelf, manifest: &Manifest) {
        let mut found = Vec::new();
        for file in &manifest.state {
            found.push((file, shelf.bytes(&file.path, file.bytes)));
        }
        if found.iter().all(|(_, bytes)| bytes.is_none()) {
            return;
        }
        let keys = found.iter().find(|(file, _)| file.path == KEYS);
        let keys = keys.and_then(|(_, bytes)| bytes.clone());
        for (file, bytes) in found {
            self.kept(file, bytes);
        }
        let keys: RenderKeys = keys
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        for packet in &manifest.packets {
            let key = keys.get(&key_name(packet.kind, &packet.fqdn));
            if let Some(data) = key.and_then(|key| key.data.as_ref()) {
                let bytes = shelf.bytes(&data.path, data.bytes);
                self.kept(data, bytes);
            }
        }
    }

    fn kept(&mut self, file: &FileEntry, bytes: Option<Vec<u8>>) {
        match bytes {
            None => self.say(
                Code::MissingFile,
                &file.path,
                "later commands rely on this file",
            ),
            Some(bytes) if digest::sha256_hex(&bytes) == file.sha256 => {}
            Some(_) => self.say(
                Code::AlteredFile,
                &file.path,
                "this file is not what was issued",
            ),
        }
    }

    fn ledger(&mut self, shelf: &mut dyn Shelf, manifest: &Manifest) {
        let Some(bytes) = shelf.bytes(LEDGER, LARGEST_RECORD) else {
            if shelf.is_issued_to() && manifest.ledger.is_some() {
                self.missing(shelf, LEDGER, "the record of all editions is gone");
            }
            return;
        };
        let text = String::from_utf8_lossy(&bytes);
        let sound = Ledger::parse(&text).and_then(|ledger| {
            let head = manifest.ledger.as_ref();
            head.map_or(Ok(()), |head| ledger.matches(head))
        });
        match sound {
            Ok(()) => self.good += 1,
            Err(fault) => self.say(Code::AlteredFile, LEDGER, &fault.to_string()),
        }
    }

    fn extra(&mut self, shelf: &dyn Shelf, manifest: &Manifest) {
        let issued: BTreeSet<&str> = manifest.issued_files().map(|it| it.path.as_str()).collect();
        for path in shelf.paths() {
            if path == JOURNAL {
                self.say(
                    Code::ExtraFile,
                    &path,
                    "a run was interrupted; build again, which finishes it",
                );
            } else if !is_inside(&path) {
                self.say(
                    Code::AlteredFile,
                    &path,
                    "this path leads out of the folder",
                );
            } else if path != MANIFEST && path != LEDGER && !issued.contains(path.as_str()) {
                self.say(
                    Code::ExtraFile,
                    &path,
                    "the manifest does not name this file",
                );
                // People keep notes in a folder; into a bundle nobody puts anything for a good reason.
                if let Some(finding) = self.findings.last_mut().filter(|_| !shelf.is_issued_to()) {
                    finding.severity = Severity::Error;
                }
            }
        }
    }

    fn stray(&mut self, shelf: &dyn Shelf) {
        if let Some(place) = shelf.stray() {
            let message = format!("bytes that belong to no file stand {place}");
            self.findings
                .push(Finding::new(Code::AlteredFile, message).help("fetch the bundle again"));
        }
    }

    fn expired(&mut self, manifest: &Manifest, on: &str) {
        let cycle = manifest.cycle.valid_until.as_ref();
        let sheet = manifest
            .files
            .iter()
            .find(|it| it.path.starts_with("cycle."));
        let cycle = cycle.zip(sheet).map(|(until, file)| (until, &file.path));
        let packets = manifest.packets.iter();
        let packets =
            packets.filter_map(|it| Some((it.valid_until.as_ref()?, &it.files.first()?.path)));
        let all: Vec<(&ValidEntry, &String)> = cycle.into_iter().chain(packets).collect();
        for (until, path) in all
            .into_iter()
            .filter(|(until, _)| until.date.as_str() < on)
        {
            self.say(
                Code::Expired,
                path,
                &format!("this was to be trusted until {}: {}", until.date, until.why),
            );
        }
    }
}
