//! `bundle`: packets for one change record, rendered anew with its number on every page.
//!
//! 1. The output folder must stand as it was issued (`kept.rs`).
//! 2. Which packets, and for which losses the restore order is drawn up (`choice.rs`).
//! 3. What the profile leaves out is taken away, and the rest rendered (`pages.rs`).
//! 4. No hidden value may stand in any file; the zips are packed, signed and written.

mod choice;
mod pages;
mod target;

use rayon::prelude::*;

use crate::bundle::signature::Signer;
use crate::bundle::{self, Cover, File, Limits, Packed, Profile, Withheld, withhold};
use crate::finding::{Code, Place, words};
use crate::packets::Issue;
use crate::publish::{self, CycleEntry, Manifest, SourceEntry, ValidEntry};
use crate::text::digest;

use super::args::{Args, Bundle};
use super::failure::{Exit, Failure};
use super::kept::{self, Kept, refused};
use super::shell::Shell;
use super::{produce, settings, size};
use choice::Choice;
use pages::Copies;
use target::Target;

/// Runs the command.
pub fn run(args: &Bundle, all: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), &all.shared)?;
    let shell = &shell.completed(published.manner);
    let target = Target::of(&args.file)?;
    let change = target::change(&args.change)?;
    let limits = limits(args)?;
    let signer = args.sign.as_deref().map(target::signer).transpose()?;
    let kept = Kept::read(&published.output)?;
    let choice = Choice::of(&args.which, &kept)?;
    kept::as_issued(&published.output)?;
    without_secrets(&kept, &choice.issues)?;
    let contents = choice.forms(&kept.estate).map_err(Failure::nothing)?;
    let headings = withhold::headings(&contents);
    let profile = Profile::named(&args.profile, &published.profiles, &headings)
        .map_err(|bad| Failure::usage(bad.message).help(bad.help))?;
    let withheld = Withheld::of(&profile, &contents).map_err(Failure::nothing)?;
    let copies = Copies::of(&kept, &choice, &withheld, change)?;
    let packets = copies.packets()?;
    let zips = zips(&kept, &copies, &packets, &profile, limits)?;
    for zip in &zips {
        looked_through(&withheld, &zip.files)?;
    }
    write(&target, &zips, signer.as_ref(), shell)?;
    shell.say(&format!(
        "{} for change {change}, profile {}{}.",
        words::count(packets.len(), "packet", "packets"),
        profile.name,
        match withheld.needed() {
            0 => String::new(),
            needed => format!(
                "; {} because commands need {}",
                words::count(needed, "hidden value stays", "hidden values stay"),
                if needed == 1 { "it" } else { "them" }
            ),
        }
    ));
    Ok(Exit::Done)
}

/// A zip, and what is in it.
struct Zip {
    files: Vec<File>,
    bytes: Vec<u8>,
}

fn limits(args: &Bundle) -> Result<Limits, Failure> {
    let all = args.max_size.as_deref();
    Ok(Limits {
        file: size::parse("--max-file-size", &args.max_file_size)?,
        all: all
            .map(|text| size::parse("--max-size", text))
            .transpose()?,
    })
}

/// A secret has been seen by whoever reads the worksheets; it must not set off any further. One in a row that no packet
/// prints counts as well: where a secret stands, others of its kind may stand that nothing could recognize.
fn without_secrets(kept: &Kept, issues: &[Issue]) -> Result<(), Failure> {
    let packets = issues.iter().flat_map(|issue| &issue.packet.findings);
    let findings = kept.secrets.iter().chain(packets);
    let mut secrets = findings.filter(|finding| finding.code == Code::Secret);
    let Some(secret) = secrets.next() else {
        return Ok(());
    };
    let place = secret.place.as_ref().map(Place::short);
    Err(refused(format!(
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
    kept: &Kept,
    copies: &Copies<'_>,
    packets: &[Packed],
    profile: &Profile,
    limits: Limits,
) -> Result<Vec<Zip>, Failure> {
    let cover = Cover {
        organization: copies.estate.organization.as_deref(),
        change: copies.change,
        profile,
        manifest: manifest(kept, copies),
    };
    let part = |range: std::ops::Range<usize>, number| -> Result<Vec<File>, Failure> {
        let pages = copies.pages(range.clone())?;
        let files = cover.files(&kept.engine, &packets[range], pages, number);
        files.map_err(|error| produce::unusable(&error))
    };
    // What every part holds is largest where one part holds everything; packets are counted apart.
    let mut common = part(0..packets.len(), (packets.len(), packets.len()))?;
    common.retain(|(path, _)| {
        packets
            .iter()
            .all(|it| it.files.iter().all(|file| file.0 != *path))
    });
    let parts = bundle::share_out(packets, &common, limits)
        .map_err(Failure::nothing)?
        .map_err(|large| {
            Failure::nothing(large.to_string())
                .help("raise --max-file-size, or bundle fewer formats")
        })?;
    let count = parts.len();
    let mut zips = Vec::new();
    for (number, range) in (1..).zip(parts) {
        let files = part(range, (number, count))?;
        let bytes = bundle::zip(&files).map_err(Failure::nothing)?;
        zips.push(Zip { files, bytes });
    }
    let sizes: Vec<u64> = zips.iter().map(|zip| zip.bytes.len() as u64).collect();
    bundle::together(&sizes, limits).map_err(|large| {
        Failure::nothing(large.to_string())
            .help("raise --max-size, or choose fewer packets with --only")
    })?;
    Ok(zips)
}

/// The manifest of a bundle without its files.
fn manifest(kept: &Kept, copies: &Copies<'_>) -> Manifest {
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
        // Names of sheets are nobody's business but the worksheets'.
        sources: kept.manifest.sources.iter().map(bare).collect(),
        state: Vec::new(),
        changes: None,
        ledger: None,
        bundle: None,
        ..kept.manifest.clone()
    }
}

fn bare(source: &SourceEntry) -> SourceEntry {
    SourceEntry {
        sheets: Vec::new(),
        ..source.clone()
    }
}

/// Nothing the profile leaves out may stand in any file, however it came there.
fn looked_through(withheld: &Withheld, files: &[File]) -> Result<(), Failure> {
    let wrong = files.par_iter().map(|(path, bytes)| {
        match bundle::survivor(withheld.values(), path, bytes) {
            Ok(None) => None,
            Ok(Some(survivor)) => Some(refused(format!("{survivor}; nothing was written")).help(
                "the layout says the same, or a name does: leave that fact out of the profile, or change the cell",
            )),
            Err(why) => Some(Failure::nothing(why)),
        }
    });
    wrong.find_map_first(|failure| failure).map_or(Ok(()), Err)
}

fn write(
    target: &Target,
    zips: &[Zip],
    signer: Option<&Signer>,
    shell: &Shell,
) -> Result<(), Failure> {
    let put = |name: &str, bytes: &[u8]| {
        publish::single(&target.folder, name, bytes)
            .map_err(|error| Failure::nothing(error.to_string()))
    };
    for (number, zip) in (1..).zip(zips) {
        let name = target.name(number, zips.len());
        let signature = signer.map(|signer| signer.sign(&zip.bytes)).transpose();
        let signature = signature.map_err(Failure::nothing)?;
        put(&name, &zip.bytes)?;
        shell.say(&format!(
            "Wrote {} ({} bytes, {})",
            target.folder.join(&name).display(),
            zip.bytes.len(),
            words::count(zip.files.len(), "file", "files")
        ));
        shell.say(&format!("  SHA-256 {}", digest::sha256_hex(&zip.bytes)));
        if let Some(signature) = signature {
            put(&format!("{name}.sig"), signature.as_bytes())?;
            shell.say(&format!("  signed in {name}.sig"));
        }
    }
    Ok(())
}
