//! Renders what a run issues: the packets that changed, in parallel, then the pages about all of them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::editions::Content;
use crate::inventory;
use crate::packets::{Concerning, Packet};
use crate::plan::card;
use crate::publish::{Files, IssuedBefore, key_name};
use crate::render::format::packet_stem;
use crate::render::{self, IndexEntry};
use crate::topology::Topology;

use super::as_it_was::LastLines;
use super::assemble::{assembler, threads};
use super::choose::{Chosen, choose};
use super::hold::Hold;
use super::made::{Made, Outcome, RenderedPacket, StandingPacket};
use super::packet::Renderer;
use super::refresh::IssuedPacket;
use super::rendered::Rendered;
use super::reuse::Reuse;
use super::run::Run;
use super::unchanged::MadeFrom;
use super::{Error, Options, Reading, Result, Stage, Watcher, Weight};

/// Makes and renders packets, and the pages about them, for whom nothing was issued before: files by path.
///
/// # Errors
/// A layout that cannot be used: without it nothing can be rendered.
pub fn render(reading: &Reading, options: &Options, watcher: &dyn Watcher) -> Result<Files> {
    let (standing, hold) = (IssuedBefore::default(), Hold::default());
    match Run::of(reading, &standing, options, &hold)? {
        Some(run) => Ok(render_run(&run, watcher)?.files),
        None => Ok(Files::new()),
    }
}

/// Makes the packets of a run, and renders what changed of them, the index and the cycle sheet.
///
/// # Errors
/// A layout that cannot be used: without it nothing can be issued.
pub fn render_run(run: &Run<'_>, watcher: &dyn Watcher) -> Result<Rendered> {
    let (mut rendered, mut routine) = (Rendered::default(), Vec::new());
    let mut concerns = Vec::new();
    let all = make(run, watcher)?;
    let assembled = all.iter().filter(|made| !made.was).count();
    let count = format!("assembled {assembled} of {} packets", all.len());
    watcher.note(Weight::Detail, &count);
    for made in all {
        rendered.findings.extend(made.findings);
        concerns.extend(made.concerns);
        match made.outcome {
            Outcome::Rendered(packet) => rendered.take(*packet, run.hold, &mut routine, watcher)?,
            Outcome::Stays(packet) => rendered.leave(*packet, &mut routine, run),
        }
    }
    rendered.costs = concerns.into_iter().collect();
    rendered.hold(run.hold, &run.reuse, &mut routine)?;
    rendered.others(run, &mut routine)?;
    rendered.routine = Content::of_cycle(&run.reading.estate.cycle, routine);
    rendered.index.sort();
    common(run, &mut rendered)?;
    Ok(rendered)
}

/// The packets of a run, in parallel.
fn make(run: &Run<'_>, watcher: &dyn Watcher) -> Result<Vec<Made>> {
    let (reading, options) = (run.reading, run.options);
    let sorted = inventory::sorted(&reading.inventory);
    let in_order = Topology::of(&sorted);
    let sources = reading.estate.sources.iter();
    let renderer = Renderer {
        run,
        reading,
        printed: assembler(&run.topology, reading, options),
        canonical: assembler(&in_order, reading, options),
        worksheets: sources.map(|it| it.path.as_str()).collect(),
        last: LastLines::of(run),
    };
    let (done, all) = (AtomicUsize::new(0), run.chosen.len());
    threads(options)?.install(|| {
        let made = run.chosen.par_iter().map(|chosen| {
            let made = renderer.make(chosen);
            let done = 1 + done.fetch_add(1, Ordering::Relaxed);
            watcher.step(Stage::Rendering, done, all);
            made
        });
        made.collect()
    })
}

/// What the last run made, where nothing changed since: its packets as they stand, and the pages about all of
/// them, which say what day it is. `None` where packets have to be made.
///
/// # Errors
/// A layout that cannot be used.
pub fn again(run: &Run<'_>, inputs: &MadeFrom) -> Result<Option<Rendered>> {
    let state = &run.standing.state;
    let (Some(last), Some(routine), Some(manifest)) = (
        inputs.last(state, &run.reuse),
        state.routine(),
        &run.standing.manifest,
    ) else {
        return Ok(None);
    };
    let mut rendered = Rendered {
        packets: manifest.packets.clone(),
        keys: run.reuse.keys().clone(),
        routine,
        findings: last.findings,
        costs: last.costs,
        index: last.index,
        ..Rendered::default()
    };
    common(run, &mut rendered)?;
    Ok(Some(rendered))
}

impl Rendered {
    fn take(
        &mut self,
        mut packet: RenderedPacket,
        hold: &Hold,
        routine: &mut Vec<(String, Content)>,
        watcher: &dyn Watcher,
    ) -> Result<()> {
        let since = hold.since(&packet.entry);
        packet.entry.not_refreshed_since.clone_from(&since);
        packet.index.not_refreshed_since = since;
        let IssuedPacket { kind, fqdn, .. } = &packet.issued;
        if let Some(why) = &packet.why {
            let note = format!("rendered {} {fqdn}: {why}", kind.as_str());
            watcher.note(Weight::Detail, &note);
        }
        self.keys.insert(key_name(*kind, fqdn), packet.key);
        for (path, body) in packet.files {
            self.add_body(path, body)?;
        }
        self.packets.push(packet.entry);
        self.issued.push(packet.issued);
        self.findings.extend(packet.finding);
        self.index.push(packet.index);
        routine.push(packet.routine);
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
            routine.push((packet.title.clone(), Content::routine(&packet.facts)));
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
        standing: StandingPacket,
        routine: &mut Vec<(String, Content)>,
        run: &Run<'_>,
    ) {
        let StandingPacket {
            packet,
            entry,
            finding,
        } = standing;
        let name = key_name(entry.kind, &entry.fqdn);
        if let Some(key) = run.reuse.keys().get(&name) {
            self.keys.insert(name, key.clone());
        }
        routine.push((packet.title.clone(), Content::routine(&packet.facts)));
        self.packets.push(entry);
        self.findings.push(finding);
        self.list_as_issued(packet, run);
    }

    /// After `--only` index and binder still hold every packet that is issued, as it was issued.
    fn others(&mut self, run: &Run<'_>, routine: &mut Vec<(String, Content)>) -> Result<()> {
        let is_other = |it: &Chosen<'_>| {
            let (kind, fqdn) = it.key();
            !run.chosen.contains(it) && !run.hold.holds(kind, fqdn)
        };
        let mut others = choose(&run.reading.inventory, &[])?;
        others.retain(is_other);
        if others.is_empty() {
            return Ok(());
        }
        let assembler = assembler(&run.topology, run.reading, run.options);
        let lines = run.standing.state.last_run().map(|last| last.index);
        let lines = lines.iter().flatten();
        let last: BTreeMap<_, _> = lines
            .map(|line| ((line.kind.into(), line.fqdn.as_str()), line))
            .collect();
        for other in others {
            let (draft, (kind, fqdn)) = (other.draft(&assembler), other.key());
            let facts = assembler.facts(&draft);
            routine.push((draft.title(), Content::routine(&facts)));
            match last.get(&(kind, fqdn)) {
                _ if !run.reuse.has(kind, fqdn) => {}
                Some(line) if run.reuse.is_on_file(line) => self.index.push(IndexEntry {
                    not_refreshed_since: run.reuse.not_refreshed_since(kind, fqdn),
                    ..(*line).clone()
                }),
                _ => self.list_as_issued(assembler.finish(draft).packet, run),
            }
        }
        Ok(())
    }

    /// Adds the line of the index of a packet that stands and is not made by this run.
    fn list_as_issued(&mut self, packet: Packet, run: &Run<'_>) {
        let (editions, reuse) = (&run.editions, &run.reuse);
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
}

/// The pages about the whole estate.
fn common(run: &Run<'_>, rendered: &mut Rendered) -> Result<()> {
    let reading = run.reading;
    let cards = card::cards(&run.topology);
    let day = Concerning::on_the_day(&reading.findings);
    let entries: Vec<IndexEntry> = rendered.index.iter().map(|it| it.on(&day)).collect();
    for format in &run.options.formats {
        let index = render::index(*format, &reading.engine, &entries, &cards, &reading.estate);
        let cycle = render::cycle(*format, &reading.engine, &entries, &reading.estate);
        for (name, page) in [("index", index), ("cycle", cycle)] {
            if let Some(bytes) = page.map_err(|error| reading.unusable(&error))? {
                rendered.add_page(name, *format, bytes)?;
            }
        }
    }
    Ok(())
}
