//! The copies: packets, estate and restore order without what the profile leaves out, rendered.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::bundle::{File, Packed, Texts, Visitor, Withheld};
use crate::packets::{Estate, Issue};
use crate::plan::Plan;
use crate::publish::{FileEntry, PacketEntry};
use crate::render::format::packet_stem;
use crate::render::{self, Format, IndexEntry};
use crate::template::Engine;

use super::super::kept::KeptPackets;
use super::super::packet;
use super::Result;

/// What a bundle shows.
pub struct Contents {
    /// What is true of all packets.
    pub estate: Estate,
    /// The packets.
    pub issues: Vec<Issue>,
    /// The restore order.
    pub plan: Plan,
}

impl Texts for Contents {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            estate,
            issues,
            plan,
        } = self;
        estate.walk(visitor);
        issues.walk(visitor);
        plan.walk(visitor);
    }
}

/// Everything a bundle is rendered from.
pub struct Copies<'a> {
    /// With the change number.
    pub estate: Estate,
    /// The change number.
    pub change: &'a str,
    engine: &'a Engine,
    entries: &'a [PacketEntry],
    issues: Vec<Issue>,
    plan: Plan,
}

impl<'a> Copies<'a> {
    /// The copies of what was chosen.
    pub fn of(
        kept: &'a KeptPackets,
        entries: &'a [PacketEntry],
        mut contents: Contents,
        withheld: &Withheld,
        change: &'a str,
    ) -> Self {
        withheld.leave_out(&mut contents.estate);
        withheld.leave_out(&mut contents.plan);
        contents
            .issues
            .par_iter_mut()
            .for_each(|issue| withheld.leave_out(issue));
        Self {
            estate: Estate {
                change: Some(change.to_owned()),
                ..contents.estate
            },
            change,
            engine: &kept.engine,
            entries,
            issues: contents.issues,
            plan: contents.plan,
        }
    }

    /// The packets in every format they were issued in.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn packets(&self) -> Result<Vec<Packed>> {
        let pairs = self.issues.par_iter().zip(self.entries);
        pairs
            .map(|(issue, entry)| self.packet(issue, entry))
            .collect()
    }

    fn packet(&self, issue: &Issue, issued: &PacketEntry) -> Result<Packed> {
        let stem = packet_stem(&issue.packet.subject);
        let mut files = Vec::new();
        for format in formats(std::slice::from_ref(issued)) {
            let bytes = render::packet(format, self.engine, issue, &self.estate)?;
            files.push((format!("{stem}.{}", format.extension()), bytes));
        }
        let listed = files.iter().map(|(path, bytes)| {
            let format = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            FileEntry::of(path, format, bytes)
        });
        Ok(Packed {
            entry: PacketEntry {
                status: issued.status,
                ..packet::entry(issue, listed.collect())
            },
            files,
        })
    }

    /// Index, cycle sheet and restore order for some of the packets.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn pages(&self, range: Range<usize>) -> Result<Vec<File>> {
        let packets = self.issues.iter().zip(self.entries).skip(range.start);
        let index = packets.take(range.len()).map(|(issue, issued)| IndexEntry {
            // As of the day of the run, like the manifest; why is in the packet's dates.
            status: issued.status.into(),
            ..IndexEntry::new(issue, packet_stem(&issue.packet.subject))
        });
        let mut index: Vec<IndexEntry> = index.collect();
        index.sort();
        let mut pages = Vec::new();
        for format in formats(self.entries) {
            // The card "What failed?" is about the whole deployment and stays on its wall.
            let rendered = [
                (
                    "index",
                    render::index(format, self.engine, &index, &[], &self.estate),
                ),
                (
                    "cycle",
                    render::cycle(format, self.engine, &index, &self.estate),
                ),
                (
                    "restore-order",
                    render::plan(format, self.engine, &self.plan, &self.estate),
                ),
            ];
            for (name, page) in rendered {
                let page = page?;
                pages.extend(page.map(|bytes| (format!("{name}.{}", format.extension()), bytes)));
            }
        }
        Ok(pages)
    }
}

/// The formats packets were issued in, in the usual order.
fn formats(entries: &[PacketEntry]) -> Vec<Format> {
    let files = entries.iter().flat_map(|entry| &entry.files);
    let issued: BTreeSet<&str> = files.map(|file| file.format.as_str()).collect();
    let all = Format::ALL.iter().copied();
    all.filter(|format| issued.contains(format.extension()))
        .collect()
}
