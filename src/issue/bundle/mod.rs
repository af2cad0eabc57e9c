//! Bundles: packets that were issued, rendered anew for one change record and packed.
//!
//! Entry point: [`bundle`].
//!
//! 1. The output folder must stand as it was issued (`kept.rs`).
//! 2. Which packets, and for which losses the restore order is drawn up (`choice.rs`).
//! 3. What the profile leaves out is taken away, and the rest rendered (`pages.rs`).
//! 4. No hidden value may stand in any file; the zips are packed.

mod beyond;
mod choice;
mod pages;
mod secrets;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::bundle::{self, Cover, File, Hide, Limits, Packed, Profile, Withheld, withhold};
use crate::finding::{Code, Place};
use crate::packets::Issue;
use crate::publish::{CycleEntry, Manifest, SourceEntry, ValidEntry};

use crate::rows::Accepted;

use super::choose::Selection;
use super::kept::{self, KeptPackets};
use super::{Error, Result};
use choice::Choice;
use pages::{Contents, Copies};

/// What a bundle is to be.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The change record, as it is printed on every page.
    pub change: &'a str,
    /// Which packets.
    pub selection: Selection,
    /// The name of the profile that says what the copies leave out.
    pub profile: &'a str,
    /// Profiles beyond the built-in ones.
    pub profiles: &'a BTreeMap<String, Hide>,
    /// What looks like a secret and is none.
    pub accepted: &'a Accepted,
    /// How large zips may be.
    pub limits: Limits,
}

/// A bundle, not yet written.
pub struct Bundle {
    /// How many packets it holds.
    pub packets: usize,
    /// The profile's name.
    pub profile: String,
    /// How many hidden values stay because commands need them.
    pub needed: usize,
    /// Hidden values that are short or ordinary words, so that they stand elsewhere: only their own cells leave them out.
    pub elsewhere: Vec<String>,
    /// Its zips.
    pub zips: Vec<Zip>,
}

/// A zip, and what is in it.
pub struct Zip {
    /// Its files.
    pub files: Vec<File>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes a bundle of packets that stand in an output folder.
///
/// # Errors
/// Packets that are unknown, lost or altered; a secret in the worksheets; a profile that is none, or that leaves a hidden
/// value standing; zips that would be too large.
pub fn bundle(output: &Path, request: &Request<'_>, day: Date) -> Result<Bundle> {
    let kept = KeptPackets::read(output)?;
    let choice = Choice::of(&request.selection, &kept)?;
    kept::as_issued(output, day)?;
    without_secrets(&kept, &choice.issues)?;
    let mut contents = Contents {
        estate: kept.estate.clone(),
        issues: choice.issues,
        plan: choice.plan,
    };
    let mut headings = withhold::headings(&mut contents);
    headings.extend(beyond::headings(&kept));
    let profile = Profile::named(request.profile, request.profiles, &headings)
        .map_err(|bad| Error::request(bad.message).help(bad.help))?;
    let beyond = beyond::beyond(&profile, &kept);
    let withheld = Withheld::of(&profile, &mut contents, &beyond).map_err(Error::system)?;
    let copies = Copies::of(&kept, &choice.entries, contents, &withheld, request.change);
    let packets = copies.packets()?;
    let zips = zips(&kept, &copies, &packets, &withheld, request.limits)?;
    for zip in &zips {
        looked_through(&withheld, &zip.files)?;
        if let Some((path, looks)) = secrets::first(&zip.files, request.accepted) {
            return Err(Error::output(format!("{path} holds what looks like {looks}; nothing was written")).help(
                "look into the templates and the cells behind that file; `explain secret` tells how a text that is none is accepted",
            ));
        }
    }
    Ok(Bundle {
        packets: packets.len(),
        needed: withheld.needed(),
        elsewhere: withheld.elsewhere().iter().cloned().collect(),
        profile: profile.name,
        zips,
    })
}

/// A secret has been seen by whoever reads the worksheets; it must not set off any further. One in a row that no packet
/// prints counts as well: where a secret stands, others of its kind may stand that nothing could recognize.
fn without_secrets(kept: &KeptPackets, issues: &[Issue]) -> Result<()> {
    let packets = issues.iter().flat_map(|issue| &issue.packet.findings);
    let findings = kept.secrets.iter().chain(packets);
    let mut secrets = findings.filter(|finding| finding.code == Code::Secret);
    let Some(secret) = secrets.next() else {
        return Ok(());
    };
    let place = secret.place.as_ref().map(Place::short);
    Err(Error::output(format!(
        "{}: {}; nothing is bundled until the cell is cleared",
        place.unwrap_or_default(),
        secret.message
    ))
    .help(
        "put the secret into a vault, write the name of its entry into the cell, and build again; `explain secret` tells how a cell that is none is accepted",
    ))
}

/// The zips, no larger than asked for.
fn zips(
    kept: &KeptPackets,
    copies: &Copies<'_>,
    packets: &[Packed],
    withheld: &Withheld,
    limits: Limits,
) -> Result<Vec<Zip>> {
    let cover = Cover {
        organization: copies.estate.organization.as_deref(),
        change: copies.change,
        profile: withheld.profile(),
        manifest: manifest(kept, copies, withheld),
    };
    let part = |range: Range<usize>, number| -> Result<Vec<File>> {
        let pages = copies.pages(range.clone())?;
        let files = cover.files(&kept.engine, &packets[range], pages, number);
        Ok(files?)
    };
    // What every part holds is largest where one part holds everything; packets are counted apart.
    let mut common = part(0..packets.len(), (packets.len(), packets.len()))?;
    common.retain(|(path, _)| {
        packets
            .iter()
            .all(|it| it.files.iter().all(|file| file.0 != *path))
    });
    let parts = bundle::share_out(packets, &common, limits)
        .map_err(Error::system)?
        .map_err(|large| {
            Error::system(large.to_string()).help("raise --max-file-size, or bundle fewer formats")
        })?;
    let count = parts.len();
    let mut zips = Vec::new();
    for (number, range) in (1..).zip(parts) {
        let files = part(range, (number, count))?;
        let bytes = bundle::zip(&files).map_err(Error::system)?;
        zips.push(Zip { files, bytes });
    }
    let sizes: Vec<u64> = zips.iter().map(|zip| zip.bytes.len() as u64).collect();
    bundle::together(&sizes, limits).map_err(|large| {
        Error::system(large.to_string())
            .help("raise --max-size, or choose fewer packets with --only")
    })?;
    Ok(zips)
}

/// The manifest of a bundle without its files.
fn manifest(kept: &KeptPackets, copies: &Copies<'_>, withheld: &Withheld) -> Manifest {
    let cycle = &copies.estate.cycle;
    let is_shown = cycle.completed.value == kept.estate.cycle.completed.value;
    let completed = kept.manifest.cycle.completed.clone();
    Manifest {
        cycle: CycleEntry {
            name: cycle.name.value.clone(),
            completed: completed.filter(|_| is_shown),
            backup_location: cycle.location.value.clone(),
            valid_until: cycle.valid_until.as_ref().map(ValidEntry::of),
        },
        files: Vec::new(),
        packets: Vec::new(),
        // Records and the ledger are of other packets too, and are not rendered anew.
        records: Vec::new(),
        sources: kept
            .manifest
            .sources
            .iter()
            .map(|it| bare(it, withheld))
            .collect(),
        state: Vec::new(),
        changes: None,
        ledger: None,
        bundle: None,
        ..kept.manifest.clone()
    }
}

/// Names of sheets are nobody's business but the worksheets'.
fn bare(source: &SourceEntry, withheld: &Withheld) -> SourceEntry {
    SourceEntry {
        path: withheld.text(&source.path),
        sheets: Vec::new(),
        ..source.clone()
    }
}

/// Nothing the profile leaves out may stand in any file, however it came there.
fn looked_through(withheld: &Withheld, files: &[File]) -> Result<()> {
    let wrong = files.par_iter().map(|(path, bytes)| {
        match withheld.survivors().first(path, bytes) {
            Ok(None) => None,
            Ok(Some(survivor)) => Some(Error::output(format!("{survivor}; nothing was written")).help(
                "the layout says the same, or a name does: leave that fact out of the profile, or change the cell",
            )),
            Err(why) => Some(Error::system(why)),
        }
    });
    wrong.find_map_first(|failure| failure).map_or(Ok(()), Err)
}
