//! One run, from what was read to what is to be published: nothing is written here.
//!
//! Entry point: [`issue`]. What cannot be had is held, packets are made or kept, the binder is bound, and what changed is
//! written down in ledger, state and manifest.

use std::collections::BTreeSet;
use std::path::Path;

use crate::editions::Changes;
use crate::finding::{Costs, Finding, settle};
use crate::packets::Concerning;
use crate::publish::{
    self, CycleEntry, ESTATE, Files, IssuedBefore, LAST_RUN, Manifest, OutputFolder, Report,
    Staging, ValidEntry,
};

use super::choose::{Chosen, choose};
use super::hold::Hold;
use super::read;
use super::refresh::{self, Refresh};
use super::render;
use super::rendered::Rendered;
use super::run::Run;
use super::unchanged::MadeFrom;
use super::{Error, Options, Reading, Result, Watcher, Weight, bind, on_day};

/// What a run issues.
pub struct Issued {
    /// The files that are new or changed, by path below the output folder.
    pub files: Files,
    /// What stands after the run.
    pub manifest: Manifest,
    /// What this run changes.
    pub changes: Changes,
    /// Everything there is to say of the worksheets, in order.
    pub findings: Vec<Finding>,
}

impl Issued {
    /// Publishes it. Files of the folder that could not be used are kept before they are replaced.
    ///
    /// # Errors
    /// The disk, or a file that cannot be replaced.
    pub fn publish(
        &self,
        folder: &OutputFolder,
        standing: &IssuedBefore,
        watcher: &dyn Watcher,
    ) -> Result<Report> {
        for file in &standing.aside {
            let kept = folder.set_aside(file)?;
            watcher.note(Weight::News, &format!("{file} was kept as {kept}"));
        }
        let before = standing.manifest.as_ref();
        Ok(folder.publish(&self.files, &self.manifest, before)?)
    }

    /// What publishing it to a folder would do.
    ///
    /// # Errors
    /// The disk.
    pub fn preview(&self, output: &Path, standing: &IssuedBefore) -> Result<Report> {
        let before = standing.manifest.as_ref();
        let preview = publish::preview(output, &self.files, &self.manifest, before);
        Ok(preview?)
    }
}

/// Makes what a run issues, from what was read and what stands in the output folder. Worksheets that cannot be had are
/// replaced in the reading by what was kept of them.
///
/// `None` where no server and no pool was read.
///
/// # Errors
/// A day before the last run's, an unknown name, a layout that cannot be used, kept data that are lost.
pub fn issue(
    reading: &mut Reading,
    standing: &IssuedBefore,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Option<Issued>> {
    issue_into(None, reading, standing, options, watcher)
}

/// The same, with the bodies of files staged as they are rendered, so that a run holds few of them.
///
/// # Errors
/// As [`issue`].
pub fn issue_into(
    staging: Option<&Staging>,
    reading: &mut Reading,
    standing: &IssuedBefore,
    options: &Options,
    watcher: &dyn Watcher,
) -> Result<Option<Issued>> {
    is_not_earlier(options, standing)?;
    let hold = Hold::of(standing, reading, options.retire)?;
    if !hold.is_empty() {
        hold.rejoin(reading, standing, options)?;
    }
    let Some(run) = Run::of(reading, standing, options, &hold)? else {
        return Ok(None);
    };
    let (issued, costs) = run.staged(staging).make(watcher)?;
    reading.worksheets.weigh(costs);
    Ok(Some(issued))
}

impl Run<'_> {
    /// Makes what is to be issued; what cells cost the packets comes with it.
    fn make(&self, watcher: &dyn Watcher) -> Result<(Issued, Costs)> {
        let inputs = MadeFrom::of(self);
        let mut rendered = if let Some(rendered) = render::again(self, &inputs)? {
            let news = "nothing changed since the last run, so every packet was kept";
            watcher.note(Weight::Detail, news);
            rendered
        } else {
            render::render_run(self, watcher)?
        };
        bind::add(&mut rendered, self, watcher)?;
        let findings = self.findings(&rendered);
        let costs = rendered.costs.clone();
        let (mut manifest, changes) = self.record(&mut rendered)?;
        rendered.keep(ESTATE, &read::kept(self.reading))?;
        self.keep_run(&mut rendered, inputs, &manifest)?;
        manifest.state = rendered.state(self.standing.manifest.as_ref());
        let issued = Issued {
            files: rendered.files,
            manifest,
            changes,
            findings,
        };
        Ok((issued, costs))
    }

    /// What was found in reading and in making the packets, and what was not exercised.
    fn findings(&self, rendered: &Rendered) -> Vec<Finding> {
        let mut findings = self.reading.findings.clone();
        findings.extend(rendered.findings.iter().cloned());
        let (inventory, limits) = (&self.reading.inventory, self.options.limits);
        findings.extend(self.editions.unexercised(inventory, limits));
        self.options.weigh(&mut findings);
        settle(&mut findings);
        findings
    }

    /// Keeps what the next run has to know of this one. A run of some packets that changed none of them leaves what the
    /// last whole run kept.
    fn keep_run(
        &self,
        rendered: &mut Rendered,
        inputs: MadeFrom,
        manifest: &Manifest,
    ) -> Result<()> {
        if self
            .before_part()
            .is_some_and(|before| before.packets == manifest.packets)
        {
            return Ok(());
        }
        let last = inputs.record(rendered);
        rendered.keep(LAST_RUN, &last)
    }

    /// Writes down what this run changes: the pages about it, the ledger, the state, and the manifest.
    fn record(&self, rendered: &mut Rendered) -> Result<(Manifest, Changes)> {
        let Self {
            reading,
            standing,
            options,
            hold,
            ..
        } = self;
        let cycle = &reading.estate.cycle;
        let rows = choose(&reading.inventory, &[])?;
        let rows: BTreeSet<_> = rows.iter().map(Chosen::key).collect();
        let refresh = Refresh::of(
            standing,
            &rendered.issued,
            rendered.routine.clone(),
            cycle.name.value.as_deref(),
            |kind, fqdn| rows.contains(&(kind, fqdn)) || hold.holds(kind, fqdn),
            options.as_of,
        );
        let changes = refresh.changes(&options.formats, cycle.sets.len());
        let now = if refresh.is_empty() {
            Changes {
                unchanged: standing.standing().count(),
                ..Changes::default()
            }
        } else {
            changes.clone()
        };
        let mut keys = rendered.keys.clone();
        if let Some(before) = self.before_part() {
            let standing = standing.state.keys();
            // Of a packet whose draft is another, the last whole run need not have said what this one says.
            for (name, key) in &mut keys {
                if standing.get(name).is_none_or(|it| it.draft != key.draft) {
                    key.draft.clear();
                }
            }
            refresh::keep_keys(&mut keys, &standing, before);
        }
        let ledger = refresh.record(&keys, &mut rendered.files)?;
        rendered.add_changes(reading, &changes, &options.formats)?;
        let mut manifest = Manifest {
            changes: Some(changes),
            ledger: Some(ledger.head()),
            ..self.manifest(rendered)
        };
        hold.mark(&mut manifest.sources);
        manifest.name_records(standing.manifest.as_ref(), &ledger);
        Ok((manifest, now))
    }

    fn manifest(&self, rendered: &Rendered) -> Manifest {
        let reading = self.reading;
        let cycle = &reading.estate.cycle;
        let mut manifest = Manifest {
            schema: Manifest::SCHEMA,
            tool: concat!("restore-packets ", env!("CARGO_PKG_VERSION")).to_owned(),
            as_of: self.options.as_of.to_string(),
            cycle: CycleEntry {
                name: cycle.name.value.clone(),
                completed: reading
                    .inventory
                    .deployment
                    .date("Backup completed")
                    .map(|date| date.to_string()),
                backup_location: cycle.location.value.clone(),
                valid_until: cycle.valid_until.as_ref().map(ValidEntry::of),
            },
            sources: read::sources(reading),
            files: rendered.common.clone(),
            packets: rendered.packets.clone(),
            records: Vec::new(),
            changes: None,
            state: Vec::new(),
            ledger: None,
            bundle: None,
        };
        // After `--only` the other packets stay issued, as long as their rows are there.
        if let Some(before) = self.before_part() {
            let all = choose(&reading.inventory, &[]).unwrap_or_default();
            let others = all.iter().filter(|it| !self.chosen.contains(it));
            let rows: Vec<_> = others.map(Chosen::key).collect();
            manifest.carry_over(before, |packet| {
                rows.contains(&(packet.kind, packet.fqdn.as_str()))
            });
        }
        let day = Concerning::on_the_day(&reading.findings);
        on_day::judge(&mut manifest.packets, &rendered.index, &day);
        manifest
    }
}

/// An edition cannot be older than the one before it.
fn is_not_earlier(options: &Options, standing: &IssuedBefore) -> Result<()> {
    let as_of = options.as_of.to_string();
    match standing.newest() {
        Some(newest) if newest.issued > as_of => Err(Error::request(format!(
            "{as_of} is earlier than {}, when edition {} of {} was issued; editions are issued in order",
            newest.issued, newest.edition, newest.fqdn
        ))
        .help("leave `--as-of` out, or build into another folder with `--output`")),
        _ => Ok(()),
    }
}
