//! Produces packets: assembled, issued and rendered in parallel, then the pages about all of them.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::finding::{Finding, Severity, SubjectKind, suggest};
use crate::inventory::{Fqdn, Inventory, Pool, Server};
use crate::packets::{Assembled, Assembler, Content, Issue, card};
use crate::publish::{FileEntry, Files, FindingEntry, Kind, PacketEntry};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};

use super::editions::Editions;
use super::failure::{Exit, Failure};
use super::load::Loaded;
use super::progress::Progress;
use super::settings::Settings;
use super::shell::Shell;

/// What a packet is made for.
#[derive(Clone, Copy)]
pub enum Chosen<'a> {
    /// A server.
    Server(&'a Server),
    /// A pool.
    Pool(&'a Pool),
}

impl Chosen<'_> {
    /// Kind and name, as the manifest has them.
    pub fn key(&self) -> (Kind, &str) {
        match self {
            Self::Server(server) => (Kind::Server, server.fqdn.as_str()),
            Self::Pool(pool) => (Kind::Pool, pool.fqdn.as_str()),
        }
    }
}

impl PartialEq for Chosen<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

/// Everything rendered.
pub struct Produced {
    /// The files, by path below the output folder.
    pub files: Files,
    /// Files that are no packet's.
    pub common: Vec<FileEntry>,
    /// The packets, servers first, each in order of name.
    pub packets: Vec<PacketEntry>,
    /// Findings raised on the way.
    pub findings: Vec<Finding>,
}

/// One packet, rendered.
struct One {
    files: Vec<(String, Vec<u8>)>,
    entry: PacketEntry,
    index: IndexEntry,
    findings: Vec<Finding>,
}

/// The servers and pools `--only` names, or all of them.
///
/// # Errors
/// A name that is neither.
pub fn choose<'a>(inventory: &'a Inventory, only: &[String]) -> Result<Vec<Chosen<'a>>, Failure> {
    let mut wanted: BTreeSet<(SubjectKind, Fqdn)> = BTreeSet::new();
    for text in only {
        let found = named(inventory, text);
        if found.is_empty() {
            let servers = inventory.servers.iter().map(|server| server.fqdn.as_str());
            let names = servers.chain(inventory.pools.iter().map(|pool| pool.fqdn.as_str()));
            return Err(
                Failure::usage(format!("no server or pool is named `{text}`"))
                    .help_if(suggest::did_you_mean(text, names)),
            );
        }
        wanted.extend(found);
    }
    let is_wanted = |kind, fqdn: &Fqdn| only.is_empty() || wanted.contains(&(kind, fqdn.clone()));
    let mut servers: Vec<&Server> = inventory
        .servers
        .iter()
        .filter(|it| is_wanted(SubjectKind::Server, &it.fqdn))
        .collect();
    let mut pools: Vec<&Pool> = inventory
        .pools
        .iter()
        .filter(|it| is_wanted(SubjectKind::Pool, &it.fqdn))
        .collect();
    servers.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    pools.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    let servers = servers.into_iter().map(Chosen::Server);
    Ok(servers.chain(pools.into_iter().map(Chosen::Pool)).collect())
}

fn named(inventory: &Inventory, text: &str) -> Vec<(SubjectKind, Fqdn)> {
    let (kind, name) = match text.split_once(':') {
        Some(("server", name)) => (Some(SubjectKind::Server), name),
        Some(("pool", name)) => (Some(SubjectKind::Pool), name),
        _ => (None, text),
    };
    let Ok(fqdn) = Fqdn::parse(name) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if kind != Some(SubjectKind::Pool) && inventory.server(&fqdn).is_some() {
        found.push((SubjectKind::Server, fqdn.clone()));
    }
    if kind != Some(SubjectKind::Server) && inventory.pool(&fqdn).is_some() {
        found.push((SubjectKind::Pool, fqdn));
    }
    found
}

/// Produces the chosen packets, the index and the cycle sheet.
///
/// # Errors
/// A layout that cannot be used: without it nothing can be issued.
pub fn produce(
    loaded: &Loaded,
    chosen: &[Chosen<'_>],
    editions: &Editions,
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
    );
    let progress = Progress::new(chosen.len(), shell);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.jobs.get())
        .build()
        .map_err(|error| {
            Failure::nothing(format!("cannot start {} threads: {error}", settings.jobs))
        })?;
    let rendered: Result<Vec<One>, Failure> = pool.install(|| {
        chosen
            .par_iter()
            .map(|subject| {
                let one = one(loaded, &assembler, *subject, editions, &settings.formats);
                progress.step();
                one
            })
            .collect()
    });
    let mut produced = Produced {
        files: Files::new(),
        common: Vec::new(),
        packets: Vec::new(),
        findings: Vec::new(),
    };
    let mut entries = Vec::new();
    for one in rendered? {
        for (path, bytes) in one.files {
            add(&mut produced.files, path, bytes)?;
        }
        produced.packets.push(one.entry);
        produced.findings.extend(one.findings);
        entries.push(one.index);
    }
    // After `--only` the index still leads to every packet that is issued.
    for subject in choose(&loaded.inventory, &[])?
        .iter()
        .filter(|it| !chosen.contains(it))
    {
        entries.extend(unbuilt(&assembler, *subject, editions));
    }
    entries.sort();
    common(loaded, &entries, &settings.formats, &mut produced)?;
    Ok(produced)
}

/// The index entry of a packet that an earlier run issued and this one does not build.
fn unbuilt(
    assembler: &Assembler<'_>,
    subject: Chosen<'_>,
    editions: &Editions,
) -> Option<IndexEntry> {
    let issue = editions.standing(assemble(assembler, subject).packet)?;
    let stem = packet_stem(&issue.packet.subject);
    Some(IndexEntry::new(&issue, stem))
}

fn assemble(assembler: &Assembler<'_>, subject: Chosen<'_>) -> Assembled {
    match subject {
        Chosen::Server(server) => assembler.server(server),
        Chosen::Pool(pool) => assembler.pool(pool),
    }
}

fn one(
    loaded: &Loaded,
    assembler: &Assembler<'_>,
    subject: Chosen<'_>,
    editions: &Editions,
    formats: &[Format],
) -> Result<One, Failure> {
    let Assembled { packet, findings } = assemble(assembler, subject);
    let files: Vec<&str> = loaded
        .estate
        .sources
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    let content = Content::of(&packet, &files);
    let issue = editions.issue(packet, &content);
    let stem = packet_stem(&issue.packet.subject);
    let mut files = Vec::new();
    let mut listed = Vec::new();
    for format in formats {
        let path = format!("{stem}.{}", format.extension());
        let bytes = render::packet(*format, &loaded.engine, &issue, &loaded.estate)
            .map_err(|error| broken(&error))?;
        listed.push(FileEntry::of(&path, format.extension(), &bytes));
        files.push((path, bytes));
    }
    Ok(One {
        entry: entry(&issue, listed),
        index: IndexEntry::new(&issue, stem),
        files,
        findings,
    })
}

fn entry(issue: &Issue, files: Vec<FileEntry>) -> PacketEntry {
    let packet = &issue.packet;
    PacketEntry {
        kind: packet.subject.kind.into(),
        fqdn: packet.subject.fqdn.clone(),
        title: packet.title.clone(),
        edition: issue.edition,
        fingerprint: issue.fingerprint.clone(),
        issued: issue.issued.to_string(),
        status: packet.status.into(),
        scenarios: packet
            .chooser
            .iter()
            .map(|choice| choice.id.clone())
            .collect(),
        files,
        findings: packet.findings.iter().map(FindingEntry::of).collect(),
    }
}

/// The pages about the whole estate.
fn common(
    loaded: &Loaded,
    entries: &[IndexEntry],
    formats: &[Format],
    produced: &mut Produced,
) -> Result<(), Failure> {
    let cards = card::cards(&loaded.inventory);
    for format in formats {
        let index = render::index(*format, &loaded.engine, entries, &cards, &loaded.estate);
        let cycle = render::cycle(*format, &loaded.engine, &loaded.estate);
        for (name, page) in [("index", index), ("cycle", cycle)] {
            if let Some(bytes) = page.map_err(|error| broken(&error))? {
                let path = format!("{name}.{}", format.extension());
                produced
                    .common
                    .push(FileEntry::of(&path, format.extension(), &bytes));
                add(&mut produced.files, path, bytes)?;
            }
        }
    }
    Ok(())
}

fn add(files: &mut Files, path: String, bytes: Vec<u8>) -> Result<(), Failure> {
    files
        .insert(path, bytes)
        .map_err(|error| Failure::nothing(error.to_string()))
}

/// A layout that cannot be used, or a bug.
pub fn broken(error: &render::Error) -> Failure {
    match error {
        render::Error::Template(finding) => {
            let place = finding
                .place
                .as_ref()
                .map(|place| format!("{}: ", place.short()))
                .unwrap_or_default();
            Failure::usage(format!("{place}{}", finding.message)).help_if(finding.help.clone())
        }
        render::Error::Internal(message) => Failure::nothing(message.clone()),
    }
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
