//! `verify FILE`: what one packet file is, from its digest, its fingerprint and the ledger.
//!
//! A file whose bytes the manifest knows is what was issued. Of any other its fingerprint is looked for, in the text of a
//! page or in the parts of a workbook: then the ledger says what became of that edition, and that the bytes are not its.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::archive::Archive;
use crate::issue::answer;
use crate::issue::kept;
use crate::publish::{self, FileEntry, IssuedBefore, Manifest};
use crate::text::digest;
use crate::text::fingerprint::Fingerprint;

use super::{lines, trust};
use crate::cli::failure::{Exit, Failure};
use crate::cli::settings;
use crate::cli::shell::Shell;

/// The part that every workbook has, and no bundle.
const WORKBOOK: &str = "[Content_Types].xml";

/// How much of a workbook's part is looked through.
const LARGEST_PART: u64 = 64 << 20;

/// What a file is, for programs.
#[derive(Serialize)]
struct Known<'a> {
    /// `issued`, or `altered`.
    file: &'a str,
    /// Its path below the output folder; null where its bytes are not known.
    path: Option<&'a str>,
    /// What became of the edition whose fingerprint it bears.
    edition: Option<answer::Answer<'a>>,
}

/// Whether a file is looked at by itself: it is no archive, or a workbook.
pub fn is_one(path: &Path, bytes: &[u8]) -> bool {
    let is_named_zip = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("zip"));
    match Archive::open(bytes) {
        Ok(archive) => archive.names().iter().any(|(name, _)| name == WORKBOOK),
        Err(_) => !is_named_zip,
    }
}

/// Says what a file is.
///
/// # Errors
/// A folder that nothing was issued to; a file that names no packet, or several.
pub fn run(path: &Path, bytes: &[u8], output: &Path, shell: &Shell) -> Result<Exit, Failure> {
    let output = folder_of(path).unwrap_or_else(|| output.to_owned());
    let standing = kept::standing(&output)?;
    let sha256 = digest::sha256_hex(bytes);
    let issued = standing.manifest.iter().flat_map(Manifest::issued_files);
    let issued = issued.into_iter().find(|file| file.sha256 == sha256);
    let fingerprint = issued
        .and_then(|file| of_packet(&standing, file))
        .or_else(|| only_fingerprint(bytes));
    let edition = fingerprint.and_then(|it| answer::answer(&standing, &it, None));
    if issued.is_none() && edition.is_none() {
        return Err(Failure::refused(format!(
            "`{}` is no file that was issued to `{}`, and bears no fingerprint of a packet there. Do not work from it.",
            path.display(),
            output.display()
        ))
        .help("name the output folder it may come from with --output"));
    }
    let mut said = vec![match issued {
        Some(file) => format!("{} is {}, as it was issued.", path.display(), file.path),
        None => format!(
            "{} is not byte for byte what was issued: it was filled in, belongs to a bundle, or was altered.",
            path.display()
        ),
    }];
    let day = settings::today()?.to_string();
    said.extend(edition.iter().flat_map(|it| lines(it, None)));
    said.extend(edition.as_ref().and_then(|it| trust(it, &day)));
    let is_current = edition
        .as_ref()
        .is_none_or(|it| it.state == answer::EditionState::Current);
    let known = Known {
        file: if issued.is_some() {
            "issued"
        } else {
            "altered"
        },
        path: issued.map(|file| file.path.as_str()),
        edition,
    };
    shell.answer(&known, &said);
    Ok(if issued.is_some() && is_current {
        Exit::Done
    } else {
        Exit::Errors
    })
}

/// The output folder a file lies in: its own, or the one above.
fn folder_of(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    let mut above = path.ancestors().skip(1).take(3);
    let found = above.find(|folder| publish::record_in(folder).is_some());
    found.map(Path::to_owned)
}

/// The fingerprint of the packet a file is one of.
fn of_packet(standing: &IssuedBefore, file: &FileEntry) -> Option<String> {
    let packets = standing.manifest.iter().flat_map(|it| &it.packets);
    let mut own = packets.filter(|packet| packet.files.contains(file));
    own.next().map(|packet| packet.fingerprint.clone())
}

/// The fingerprint that a file bears, if it bears but one.
fn only_fingerprint(bytes: &[u8]) -> Option<String> {
    let mut found = BTreeSet::new();
    if let Ok(mut archive) = Archive::open(bytes) {
        for (_, index) in archive.names() {
            let mut part = Vec::new();
            let read = archive.part(index);
            let read = read.map(|it| it.take(LARGEST_PART).read_to_end(&mut part));
            if matches!(read, Some(Ok(_))) {
                found.extend(fingerprints(&String::from_utf8_lossy(&part)));
            }
        }
    } else {
        found.extend(fingerprints(&String::from_utf8_lossy(bytes)));
    }
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// Every word of the form of a fingerprint whose check symbol is right.
fn fingerprints(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || symbol == '-'));
    let shaped =
        words.filter(|word| word.len() == 14 && word.split('-').map(str::len).eq([4, 4, 4]));
    let parsed = shaped.filter_map(|word| Fingerprint::parse(word).ok());
    parsed.map(|it| it.to_string())
}
