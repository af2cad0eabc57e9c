//! Produces packets: assembled, issued and, where anything changed, rendered, in parallel; then the pages about
//! all of them.

use rayon::prelude::*;
use serde::Serialize;

use crate::finding::{Costs, Finding, Place, Severity, Subject};
use crate::inventory;
use crate::packets::{Assembler, Changes, Content, Issue, Packet, card};
use crate::publish::{
    FileEntry, Files, Manifest, PacketEntry, RenderKeys, Standing, TRUSTED, kept_bytes,
    kept_packet, key_name,
};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};

use super::editions::Editions;
use super::excerpts::Worksheets;
use super::failure::{Exit, Failure};
use super::hold::Hold;
use super::load::Loaded;
use super::maker::{Maker, One, Outcome, Stays};
use super::messages;
use super::progress::Progress;
use super::refresh::Made;
use super::reuse::Reuse;
use super::settings::Settings;
use super::shell::Shell;
use super::unchanged::Inputs;

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
    loaded: &Loaded,
    chosen: &[Chosen<'_>],
    editions: &Editions,
    reuse: &Reuse<'_>,
    hold: &Hold,
    settings: &Settings,
    shell: &Shell,
) -> Result<Produced, Failure> {
    let estate = &loaded.estate;
    let assembler = Assembler::new(
        &loaded.inventory,
        &loaded.table,
        &loaded.engine,
        &estate.sources,
        &loaded.findings,
    )
    .with_routine(settings.routine.clone());
    let in_order = inventory::sorted(&loaded.inventory);
    let canonical = Assembler::new(
        &in_order,
        &loaded.table,
        &loaded.engine,
        &estate.sources,
        &loaded.findings,
    )
    .with_routine(settings.routine.clone());
    let maker = Maker {
        loaded,
        assembler,
        in_order: &in_order,
        canonical,
        editions,
        reuse,
        formats: &settings.formats,
        worksheets: estate.sources.iter().map(|it| it.path.as_str()).collect(),
    };
    let progress = Progress::new(chosen.len(), shell);
    let rendered: Result<Vec<Outcome>, Failure> = threads(settings)?.install(|| {
        let ones = chosen.par_iter().map(|subject| {
            let one = maker.one(*subject);
            progress.step();
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
                produced.take(*one, hold, &mut routine, shell)?;
            }
            Outcome::Stays(it) => produced.leave(*it, &mut routine, editions, reuse),
        }
    }
    produced.costs = concerns.into_iter().collect();
    produced.hold(hold, reuse, &mut routine)?;
    // After `--only` index and binder still hold every packet that is issued, as it was issued.
    for subject in choose(&loaded.inventory, &[])?
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
    common(loaded, &settings.formats, &mut produced)?;
    Ok(produced)
}

/// As many threads as the settings say.
///
/// # Errors
/// The system has none to give.
pub fn threads(settings: &Settings) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.jobs.get());
    pool.build().map_err(|error| {
        Failure::nothing(format!("cannot start {} threads: {error}", settings.jobs))
    })
}

/// What the last run made, where nothing changed since: its packets as they stand, and the pages about all of
/// them, which say what day it is. `None` where packets have to be made.
///
/// # Errors
/// A layout that cannot be used.
pub fn again(
    inputs: &Inputs,
    loaded: &Loaded,
    standing: &Standing,
    reuse: &Reuse<'_>,
    formats: &[Format],
) -> Result<Option<Produced>, Failure> {
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
    common(loaded, formats, &mut produced)?;
    Ok(Some(produced))
}

impl Produced {
    fn take(
        &mut self,
        mut one: One,
        hold: &Hold,
        routine: &mut Vec<(String, Content)>,
        shell: &Shell,
    ) -> Result<(), Failure> {
        let since = hold.since(&one.entry);
        one.entry.not_refreshed_since.clone_from(&since);
        one.index.not_refreshed_since = since;
        let Made { kind, fqdn, .. } = &one.made;
        if let Some(why) = &one.why {
            shell.detail(&format!("rendered {} {fqdn}: {why}", kind.as_str()));
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
    ) -> Result<(), Failure> {
        for entry in hold.packets() {
            let name = key_name(entry.kind, &entry.fqdn);
            let (Some(key), Some(issue)) = (reuse.keys().get(&name), reuse.as_issued(&name)) else {
                return Err(Failure::nothing(format!(
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

    fn add(&mut self, path: String, bytes: Vec<u8>) -> Result<(), Failure> {
        self.files
            .insert(path, bytes)
            .map_err(|error| Failure::nothing(error.to_string()))
    }

    /// A packet that stands after this run.
    ///
    /// # Errors
    /// Its data are lost.
    pub fn issue(&self, subject: &Subject, reuse: &Reuse<'_>) -> Result<Issue, Failure> {
        let name = key_name(subject.kind.into(), &subject.fqdn);
        let key = self.keys.get(&name).or_else(|| reuse.keys().get(&name));
        let data = key.and_then(|key| key.data.as_ref());
        let issue = data.and_then(|data| match self.files.get(&data.path) {
            Some(bytes) => kept_packet(bytes),
            None => reuse.issued(data),
        });
        issue.ok_or_else(|| Failure::nothing(format!("the packet of {name} is not on file")))
    }

    /// Adds an HTML page that is no packet's.
    ///
    /// # Errors
    /// A path that leads out of the output folder.
    pub fn add_html(&mut self, path: String, bytes: Vec<u8>) -> Result<(), Failure> {
        let format = Format::Html.extension();
        self.common.push(FileEntry::of(&path, format, &bytes));
        self.add(path, bytes)
    }

    /// Adds what later commands and runs need.
    ///
    /// # Errors
    /// None that is known.
    pub fn keep(&mut self, path: &str, value: &impl Serialize) -> Result<(), Failure> {
        let bytes = kept_bytes(value).map_err(|error| Failure::nothing(error.to_string()))?;
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
    fn add_page(&mut self, name: &str, format: Format, bytes: Vec<u8>) -> Result<(), Failure> {
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
        loaded: &Loaded,
        changes: &Changes,
        formats: &[Format],
    ) -> Result<(), Failure> {
        for format in formats {
            let page = render::changes(*format, &loaded.engine, changes, &loaded.estate);
            if let Some(bytes) = page.map_err(|error| broken_at(&error, &loaded.worksheets))? {
                self.add_page("changes", *format, bytes)?;
            }
        }
        Ok(())
    }
}

/// The pages about the whole estate.
fn common(loaded: &Loaded, formats: &[Format], produced: &mut Produced) -> Result<(), Failure> {
    let cards = card::cards(&loaded.inventory);
    for format in formats {
        let index = render::index(
            *format,
            &loaded.engine,
            &produced.index,
            &cards,
            &loaded.estate,
        );
        let cycle = render::cycle(*format, &loaded.engine, &loaded.estate);
        for (name, page) in [("index", index), ("cycle", cycle)] {
            if let Some(bytes) = page.map_err(|error| broken_at(&error, &loaded.worksheets))? {
                produced.add_page(name, *format, bytes)?;
            }
        }
    }
    Ok(())
}

/// A layout that cannot be used, or a bug; the template's path as the user knows it.
pub fn broken_at(error: &render::Error, worksheets: &Worksheets) -> Failure {
    failure(error, |place| messages::shown(place, worksheets).short())
}

fn failure(error: &render::Error, shown: impl Fn(&Place) -> String) -> Failure {
    match error {
        render::Error::Template(finding) => {
            let place = finding.place.as_ref();
            let place = place.map(|place| format!("{}: ", shown(place)));
            let message = format!("{}{}", place.unwrap_or_default(), finding.message);
            Failure::usage(message).help_if(finding.help.clone())
        }
        render::Error::Internal(message) => Failure::nothing(message.clone()),
    }
}

/// The same, where layouts are known by their names alone: they were kept, or nobody told where they stand.
pub fn unusable(error: &render::Error) -> Failure {
    failure(error, Place::short)
}

/// No server and no pool was read.
pub fn nothing(settings: &Settings) -> Failure {
    let paths = settings
        .worksheets
        .iter()
        .map(|path| format!("`{}`", path.display()));
    Failure::nothing(format!(
        "no `servers` or `pools` worksheet with a usable row was found in {}, so there is nothing to issue",
        crate::finding::words::list(paths)
    ))
    .help("`restore-packets new DIR` writes worksheets to fill in")
}

/// The exit code the findings lead to.
pub fn exit(findings: &[Finding]) -> Exit {
    let errors = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    if errors { Exit::Errors } else { Exit::Done }
}
