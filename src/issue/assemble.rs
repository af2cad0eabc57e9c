//! Assembles packets: what they say, and what was found in making them. Nothing is rendered.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::finding::{Concern, Costs, Finding};
use crate::packets::{Assembled, Assembler, Packet, concerns};
use crate::topology::Topology;

use super::choose::{Chosen, choose};
use super::{Error, Options, Reading, Result, Stage, Watcher};

/// The packets of a run.
#[derive(Debug, Default)]
pub struct Assembly {
    /// The packets, servers first, each in order of name.
    pub packets: Vec<Packet>,
    /// What was found in making them, beyond what reading found.
    pub findings: Vec<Finding>,
    /// What each cell costs them.
    pub costs: Costs,
}

/// Assembles the packets that the options choose; none where no server and no pool was read.
///
/// # Errors
/// A name that is none of the worksheets'.
pub fn assemble(reading: &Reading, options: &Options, watcher: &dyn Watcher) -> Result<Assembly> {
    let chosen = choose(&reading.inventory, &options.only)?;
    let topology = Topology::of(&reading.inventory);
    assemble_chosen(reading, &topology, &chosen, options, watcher)
}

/// The same for packets that were chosen already.
pub fn assemble_chosen(
    reading: &Reading,
    topology: &Topology<'_>,
    chosen: &[Chosen<'_>],
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Assembly> {
    let assembler = assembler(topology, reading, options);
    let done = AtomicUsize::new(0);
    let made: Vec<(Assembled, Vec<Concern>)> = threads(options)?.install(|| {
        let made = chosen.par_iter().map(|subject| {
            let assembled = subject.assembled(&assembler);
            let done = 1 + done.fetch_add(1, Ordering::Relaxed);
            watcher.step(Stage::Assembling, done, chosen.len());
            let concerns = concerns(&assembled.packet);
            (assembled, concerns)
        });
        made.collect()
    });
    let mut assembly = Assembly::default();
    let mut of_all = Vec::new();
    for (Assembled { packet, findings }, mut concerns) in made {
        assembly.packets.push(packet);
        assembly.findings.extend(findings);
        of_all.append(&mut concerns);
    }
    assembly.costs = of_all.into_iter().collect();
    Ok(assembly)
}

/// What assembles packets from what was read, in whatever order.
pub fn assembler<'a>(
    topology: &'a Topology<'a>,
    reading: &'a Reading,
    options: &Options,
) -> Assembler<'a> {
    Assembler::new(
        topology,
        &reading.table,
        &reading.engine,
        &reading.estate.sources,
        &reading.findings,
    )
    .with_routine(options.routine.clone())
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
