//! Produces packets: assembled, issued and, where anything changed, rendered, in parallel; then the pages about
//! all of them.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use crate::finding::{Costs, Finding, Subject};
use crate::inventory;
use crate::packets::{Assembler, Changes, Content, Issue, Packet, card};
use crate::publish::{
    FileEntry, Files, Manifest, PacketEntry, RenderKeys, Standing, TRUSTED, kept_bytes,
    kept_packet, key_name,
};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};

use super::editions::Editions;
use super::hold::Hold;
use super::maker::{Maker, One, Outcome, Stays};
use super::read::Reading;
use super::refresh::Made;
use super::reuse::Reuse;
use super::unchanged::MadeFrom;
use super::{Error, Options, Result, Watcher, Weight};

pub use super::choose::{Chosen, choose};

/// Everything produced.
#[derive(Default)]
pub struct Produced {
    /// The files that were rendered, by path below the output folder.
    pub files: Files,
    /// Files that are no packet's.
    pub common: Vec<FileEntry>,
    /// The packets, servers first, each in order of name.
    pub packets: Vec<PacketEntry>,
    /// The packets of this run with what they say.
    pub made: Vec<Made>,
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

/// Produces the chosen packets, the index and the cycle sheet.
///
/// # Errors
/// A layout that cannot be used: without it nothing can be issued.
pub fn produce(
    reading: &Reading,
    chosen: &[Chosen<'_>],
    editions: &Editions,
    reuse: &Reuse<'_>,
    hold: &Hold,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Produced> {
    let estate = &reading.estate;
    let assembler = Assembler::new(
        &reading.inventory,
        &reading.table,
        &reading.engine,
        &estate.sources,
        &reading.findings,
    )
    .with_routine(options.routine.clone());
    let in_order = inventory::sorted(&reading.inventory);
    let canonical = Assembler::new(
        &in_order,
        &reading.table,
        &reading.engine,
        &estate.sources,
        &reading.findings,
    )
    .with_routine(options.routine.clone());
    let maker = Maker {
        reading,
        assembler,
        in_order: &in_order,
        canonical,
        editions,
        reuse,
        formats: &options.formats,
        worksheets: estate.sources.iter().map(|it| it.path.as_str()).collect(),
    };
    let done = AtomicUsize::new(0);
    let rendered: Result<Vec<Outcome>> = threads(options)?.install(|| {
        let ones = chosen.par_iter().map(|subject| {
            let one = maker.one(*subject);
            watcher.step(1 + done.fetch_add(1, Ordering::Relaxed), chosen.len());
            one
        });
        ones.collect()
    });
    let mut produced = Produced::default();
    let mut routine = Vec::new();
    let mut concerns = Vec::new();
    for outcome in rendered? {
        match outcome {
            Outcome::Made(mut one) => {
                concerns.append(&mut one.concerns);
                produced.take(*one, hold, &mut routine, watcher)?;
            }
            Outcome::Stays(it) => produced.leave(*it, &mut routine, editions, reuse),
        }
    }
    produced.costs = concerns.into_iter().collect();
    produced.hold(hold, reuse, &mut routine)?;
    // After `--only` index and binder still hold every packet that is issued, as it was issued.
    for subject in choose(&reading.inventory, &[])?
        .iter()
        .filter(|it| !chosen.contains(it))
        .filter(|it| !hold.holds(it.key().0, it.key().1))
    {
        let packet = maker.assemble(*subject).packet;
        routine.push((packet.title.clone(), Content::routine(&packet)));
        let (kind, fqdn) = subject.key();
        if reuse.has(kind, fqdn) {
            produced.list_as_issued(packet, editions, reuse);
        }
    }
    produced.routine = Content::of_cycle(&estate.cycle, routine);
    produced.index.sort();
    common(reading, &options.formats, &mut produced)?;
    Ok(produced)
}

/// As many threads as the options say.
///
/// # Errors
/// The system has none to give.
pub fn threads(options: &Options) -> Result<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.get());
    pool.build()
        .map_err(|error| Error::system(format!("cannot start {} threads: {error}", options.jobs)))
}

/// What the last run made, where nothing changed since: its packets as they stand, and the pages about all of
/// them, which say what day it is. `None` where packets have to be made.
///
/// # Errors
/// A layout that cannot be used.
pub fn again(
    inputs: &MadeFrom,
    reading: &Reading,
    standing: &Standing,
    reuse: &Reuse<'_>,
    formats: &[Format],
) -> Result<Option<Produced>> {
    let (Some(last), Some(routine), Some(manifest)) = (
        inputs.last(&standing.state, reuse),
        standing.state.routine(),
        &standing.manifest,
    ) else {
        return Ok(None);
    };
    let mut produced = Produced {
        packets: manifest.packets.clone(),
        keys: reuse.keys().clone(),
        routine,
        findings: last.findings,
        costs: last.costs,
        index: last.index,
        ..Produced::default()
    };
    common(reading, formats, &mut produced)?;
    Ok(Some(produced))
}

impl Produced {
    fn take(
        &mut self,
        mut one: One,
        hold: &Hold,
        routine: &mut Vec<(String, Content)>,
        watcher: &dyn Watcher,
    ) -> Result<()> {
        let since = hold.since(&one.entry);
        one.entry.not_refreshed_since.clone_from(&since);
        one.index.not_refreshed_since = since;
        let Made { kind, fqdn, .. } = &one.made;
        if let Some(why) = &one.why {
            watcher.note(
                Weight::Detail,
                &format!("rendered {} {fqdn}: {why}", kind.as_str()),
            );
        }
        self.keys.insert(key_name(*kind, fqdn), one.key);
        for (path, bytes) in one.files {
            self.add(path, bytes)?;
        }
        self.packets.push(one.entry);
        self.made.push(one.made);
        self.findings.extend(one.findings);
        self.index.push(one.index);
        routine.push(one.routine);
        Ok(())
    }

    /// Takes over the packets that are left as they are.
    fn hold(
        &mut self,
        hold: &Hold,
        reuse: &Reuse<'_>,
        routine: &mut Vec<(String, Content)>,
    ) -> Result<()> {
        for entry in hold.packets() {
            let name = key_name(entry.kind, &entry.fqdn);
            let (Some(key), Some(issue)) = (reuse.keys().get(&name), reuse.as_issued(&name)) else {
                return Err(Error::system(format!(
                    "nothing was issued: a worksheet that {name} was made from cannot be had, and the packet is not on file as it was issued"
                ))
                .help("mend the worksheet and build again; every packet stands as it was"));
            };
            self.keys.insert(name, key.clone());
            self.packets.push(entry.clone());
            let packet = &issue.packet;
            routine.push((packet.title.clone(), Content::routine(packet)));
            self.index.push(IndexEntry {
                not_refreshed_since: entry.not_refreshed_since.clone(),
                ..IndexEntry::new(&issue, packet_stem(&packet.subject))
            });
        }
        self.packets
            .sort_by(|a, b| (a.kind, &a.fqdn).cmp(&(b.kind, &b.fqdn)));
        Ok(())
    }

    /// Takes over a packet whose last edition stays.
    fn leave(
        &mut self,
        stays: Stays,
        routine: &mut Vec<(String, Content)>,
        editions: &Editions,
        reuse: &Reuse<'_>,
    ) {
        let Stays {
            packet,
            entry,
            findings,
        } = stays;
        let name = key_name(entry.kind, &entry.fqdn);
        if let Some(key) = reuse.keys().get(&name) {
            self.keys.insert(name, key.clone());
        }
        routine.push((packet.title.clone(), Content::routine(&packet)));
        self.packets.push(entry);
        self.findings.extend(findings);
        self.list_as_issued(packet, editions, reuse);
    }

    /// Adds the line of the index of a packet that stands and is not made by this run.
    fn list_as_issued(&mut self, packet: Packet, editions: &Editions, reuse: &Reuse<'_>) {
        let name = key_name(packet.subject.kind.into(), &packet.subject.fqdn);
        let issued = reuse.as_issued(&name);
        self.off_file |= issued.is_none();
        if let Some(issue) = issued.or_else(|| editions.standing(packet)) {
            let stem = packet_stem(&issue.packet.subject);
            let (kind, fqdn) = (issue.packet.subject.kind.into(), &issue.packet.subject.fqdn);
            self.index.push(IndexEntry {
                not_refreshed_since: reuse.not_refreshed_since(kind, fqdn),
                ..IndexEntry::new(&issue, stem)
            });
        }
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<()> {
        self.files
            .insert(path, bytes)
            .map_err(|error| Error::system(error.to_string()))
    }

    /// A packet that stands after this run.
    ///
    /// # Errors
    /// Its data are lost.
    pub fn issue(&self, subject: &Subject, reuse: &Reuse<'_>) -> Result<Issue> {
        let name = key_name(subject.kind.into(), &subject.fqdn);
        let key = self.keys.get(&name).or_else(|| reuse.keys().get(&name));
        let data = key.and_then(|key| key.data.as_ref());
        let issue = data.and_then(|data| match self.files.get(&data.path) {
            Some(bytes) => kept_packet(bytes),
            None => reuse.issued(data),
        });
        issue.ok_or_else(|| Error::system(format!("the packet of {name} is not on file")))
    }

    /// Adds an HTML page that is no packet's.
    ///
    /// # Errors
    /// A path that leads out of the output folder.
    pub fn add_html(&mut self, path: String, bytes: Vec<u8>) -> Result<()> {
        let format = Format::Html.extension();
        self.common.push(FileEntry::of(&path, format, &bytes));
        self.add(path, bytes)
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
    fn add_page(&mut self, name: &str, format: Format, bytes: Vec<u8>) -> Result<()> {
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

/// The pages about the whole estate.
fn common(reading: &Reading, formats: &[Format], produced: &mut Produced) -> Result<()> {
    let cards = card::cards(&reading.inventory);
    for format in formats {
        let index = render::index(
            *format,
            &reading.engine,
            &produced.index,
            &cards,
            &reading.estate,
        );
        let cycle = render::cycle(*format, &reading.engine, &reading.estate);
        for (name, page) in [("index", index), ("cycle", cycle)] {
            if let Some(bytes) = page.map_err(|error| reading.unusable(&error))? {
                produced.add_page(name, *format, bytes)?;
            }
        }
    }
    Ok(())
}
