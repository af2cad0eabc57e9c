//! What stands in an output folder, for commands that render its packets anew without worksheets.

use std::path::Path;

use jiff::civil::Date;

use crate::finding::{Finding, Place, Severity};
use crate::inventory::Inventory;
use crate::packets::{Concerning, Estate, Issue};
use crate::publish::{
    self, Folder, IssuedBefore, KeptError, KeptEstate, Manifest, PacketEntry, RenderKeys, Shelf,
    State, Verified, Zip, key_name,
};
use crate::render::IndexEntry;
use crate::render::format::packet_stem;
use crate::rows::Table;
use crate::template::{self, Engine};

use super::{Error, Result};

/// The packets of a folder as data.
pub struct KeptPackets {
    /// What stands.
    pub manifest: Manifest,
    /// What is true of all packets.
    pub estate: Estate,
    /// The layouts they were rendered with.
    pub engine: Engine,
    /// The servers and pools of the worksheets.
    pub inventory: Inventory,
    /// The other worksheets, for what a profile leaves out of them.
    pub others: Vec<Table>,
    /// What was said of secrets in the worksheets.
    pub secrets: Vec<Finding>,
    /// What hung on the day of the run.
    dated: Vec<Finding>,
    state: State,
    keys: RenderKeys,
}

impl KeptPackets {
    /// Reads what a folder keeps.
    ///
    /// # Errors
    /// No packets; a run that was interrupted; data that are lost or another version's.
    pub fn read(output: &Path) -> Result<Self> {
        let standing = standing(output)?;
        if publish::is_interrupted(output) {
            return Err(Error::output(format!(
                "a run was interrupted while it wrote to `{}`",
                output.display()
            ))
            .help("build again, which finishes it"));
        }
        let manifest = standing.manifest.ok_or_else(|| {
            Error::output(format!("`{}` has no manifest", output.display())).help("build again")
        })?;
        let state = standing.state;
        let KeptEstate {
            estate,
            templates,
            sheets,
            others,
            secrets,
            dated,
            testimony,
        } = state.estate().map_err(|error| lost(&error))?;
        let damaged = || {
            Error::output("the kept sheets of the worksheets are damaged".to_owned())
                .help("build again")
        };
        let inventory = KeptEstate::inventory(sheets, &templates, &testimony);
        let inventory = inventory.ok_or_else(damaged)?;
        let others = KeptEstate::tables(others, &templates).ok_or_else(damaged)?;
        let templates = template::overlay(template::builtin(), templates);
        let (engine, _) = Engine::load(&templates);
        Ok(Self {
            manifest,
            estate,
            engine,
            inventory,
            others,
            secrets,
            dated,
            keys: state.keys(),
            state,
        })
    }

    /// The lines of the index, as they were on the day of the run.
    ///
    /// # Errors
    /// Data that are lost, altered, or another version's.
    pub fn index(&self) -> Result<Vec<IndexEntry>> {
        let day = Concerning::on_the_day(&self.dated);
        let entries = self.manifest.packets.iter().map(|entry| {
            let issue = self.issue(entry)?;
            Ok(IndexEntry {
                not_refreshed_since: entry.not_refreshed_since.clone(),
                ..IndexEntry::new(&issue, packet_stem(&issue.packet.subject)).on(&day)
            })
        });
        let mut entries = entries.collect::<Result<Vec<_>>>()?;
        entries.sort();
        Ok(entries)
    }

    /// A packet as it was issued.
    ///
    /// # Errors
    /// Data that are lost, altered, or another version's.
    pub fn issue(&self, entry: &PacketEntry) -> Result<Issue> {
        let key = self.keys.get(&key_name(entry.kind, &entry.fqdn));
        let Some(data) = key.and_then(|key| key.data.as_ref()) else {
            let what = format!("{} {} is not kept as data", entry.kind.as_str(), entry.fqdn);
            return Err(Error::output(what).help("build again"));
        };
        self.state.packet(data).map_err(|error| lost(&error))
    }
}

/// Compares every file of an output folder with its manifest and ledger, and names what has expired on a day.
pub fn verify(output: &Path, on: Date) -> Verified {
    publish::verify(&mut Folder::at(output), &on.to_string())
}

/// The same for a zip that holds an output folder or a bundle.
///
/// # Errors
/// Why the archive cannot be trusted: damaged, two files of one name, a name that climbs out, or a bomb.
pub fn verify_zip(bytes: &[u8], on: Date) -> std::result::Result<Verified, String> {
    let mut shelf = Zip::open(bytes)?;
    let shelf: &mut dyn Shelf = &mut shelf;
    Ok(publish::verify(shelf, &on.to_string()))
}

/// Whether every file of a folder stands as it was issued.
///
/// # Errors
/// One that does not.
pub fn as_issued(output: &Path, day: Date) -> Result<()> {
    let verified = verify(output, day);
    let mut wrong = verified.findings.iter();
    match wrong.find(|finding| finding.severity == Severity::Error) {
        None => Ok(()),
        Some(finding) => {
            let place = finding.place.as_ref().map(Place::short);
            Err(Error::output(format!(
                "`{}` is not as it was issued: {}: {}",
                output.display(),
                place.unwrap_or_default(),
                finding.message
            ))
            .help("`restore-packets verify` names every such file; build again"))
        }
    }
}

fn lost(error: &KeptError) -> Error {
    Error::output(error.to_string()).help("build again, which keeps it anew")
}

/// Manifest, ledger and state of an output folder that packets were issued to.
///
/// # Errors
/// Records that are damaged or do not belong together; a folder without any.
pub fn standing(output: &Path) -> Result<IssuedBefore> {
    let standing = IssuedBefore::read(output).map_err(|error| Error::output(error.to_string()))?;
    if standing.ledger.is_empty() {
        return Err(
            Error::request(format!("no packets were issued to `{}`", output.display()))
                .help("name the output folder with --output"),
        );
    }
    Ok(standing)
}
