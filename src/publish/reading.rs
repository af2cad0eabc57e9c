//! What a run read, sheet by sheet, as the manifest remembers it; and what was read last time and is missing now.
//!
//! Entry point: [`lost`]. Rows that moved to another sheet or file are not lost, and a file of an older manifest,
//! which says nothing of sheets, is lost as a whole.

use super::{Kind, Manifest, PacketEntry, SheetEntry, SourceEntry};
use crate::finding::{Code, Finding};
use crate::product::schema;

/// Why rows of last time are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The file or the sheet cannot be read, or its rows cannot be told.
    Unreadable,
    /// Nothing is wrong but that the rows are not there.
    Gone,
    /// So many packets would lose their rows at once that somebody has to say so.
    Sudden,
    /// Most of its rows are gone, of which none makes a packet.
    Thinned,
    /// Columns that said something are empty or gone.
    Emptied,
    /// It holds rows whose names cannot be used, which may be those of packets.
    Unusable,
    /// It holds names that differ from those of packets in their ending alone.
    Renamed,
}

/// A sheet whose rows of last time are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The file.
    pub path: String,
    /// Its sheet as last time; nothing where a manifest of an older version knew of files only.
    pub sheet: Option<SheetEntry>,
    /// How many rows of the kind are there now.
    pub now: usize,
    /// The day its rows were read last.
    pub since: String,
    pub why: Lack,
    /// The headings whose cells say nothing any longer, where that is why.
    pub headings: Vec<String>,
}

impl Lost {
    /// Whether a sheet is the one that is missing.
    pub fn covers(&self, path: &str, sheet: Option<&str>) -> bool {
        let is_sheet = |known: &SheetEntry| known.sheet.as_deref() == sheet;
        self.path == path && self.sheet.as_ref().is_none_or(is_sheet)
    }
}

/// What was read now: the sources, and every problem met in reading them.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// The files with their sheets.
    pub sources: &'a [SourceEntry],
    /// The findings, of which those about reading count.
    pub findings: &'a [Finding],
}

/// The sheets whose rows of last time are missing, but for those of which too many packets lost theirs at once:
/// see [`sudden`].
pub fn lost(before: &Manifest, now: Now<'_>) -> Vec<Lost> {
    let mut lost = Vec::new();
    for (source, sheet) in tables(&before.sources) {
        if let Some(why) = now.lack(before, source, sheet) {
            lost.push(entry(before, source, Some(sheet), now, why));
        }
    }
    if tables(&before.sources).next().is_none() {
        lost.extend(before.sources.iter().filter_map(|source| {
            let why = now.lack_of_file(source)?;
            Some(entry(before, source, None, now, why))
        }));
    }
    lost
}

/// The sheets of backups, certificates and people that lost more than half of their rows, and more than a few.
pub fn thinned(before: &Manifest, now: Now<'_>) -> Vec<Lost> {
    const FEW: usize = 2;
    let found = tables(&before.sources).filter_map(|(source, sheet)| {
        let is_of_packets = [schema::SERVERS, schema::POOLS].contains(&sheet.kind.as_str());
        let left = now.rows(source, sheet) + now.newcomers(before, &sheet.kind);
        let is_thin = left > 0 && left * 2 < sheet.rows && sheet.rows - left > FEW;
        (is_thin && !is_of_packets).then(|| entry(before, source, Some(sheet), now, Lack::Thinned))
    });
    found.collect()
}

/// The sheets whose rows are there while columns of theirs, which said something in several rows, say nothing in any.
pub fn emptied(before: &Manifest, now: Now<'_>) -> Vec<Lost> {
    const SEVERAL: usize = 2;
    let found = tables(&before.sources).filter_map(|(source, sheet)| {
        if now.rows(source, sheet) == 0 || now.newcomers(before, &sheet.kind) > 0 {
            return None;
        }
        let is_empty = |heading: &str| now.filled(source, sheet, heading) == 0;
        let filled = sheet.filled.iter().filter(|(_, count)| **count >= SEVERAL);
        let headings = filled.map(|(heading, _)| heading.clone());
        let headings: Vec<String> = headings.filter(|it| is_empty(it)).collect();
        (!headings.is_empty()).then(|| Lost {
            headings,
            ..entry(before, source, Some(sheet), now, Lack::Emptied)
        })
    });
    found.collect()
}

/// The sheets that hold the rows of `gone` packets, and those that have fewer rows than last time.
pub fn sudden(before: &Manifest, now: Now<'_>, gone: &[&PacketEntry]) -> Vec<Lost> {
    let is_concerned = |source: &SourceEntry, sheet: &SheetEntry| {
        gone.iter().any(|it| has_row(it, source, sheet)) || now.rows(source, sheet) < sheet.rows
    };
    let known = tables(&before.sources).filter(|(source, sheet)| is_concerned(source, sheet));
    let known = known.map(|(source, sheet)| (source, Some(sheet)));
    let mut concerned: Vec<_> = known.collect();
    if tables(&before.sources).next().is_none() {
        concerned = before.sources.iter().map(|it| (it, None)).collect();
    }
    let concerned = concerned.into_iter();
    concerned
        .map(|(source, sheet)| entry(before, source, sheet, now, Lack::Sudden))
        .collect()
}

/// The sheets that held the rows of `gone` packets and are as `is_so` says.
pub fn of_gone(
    before: &Manifest,
    now: Now<'_>,
    gone: &[&PacketEntry],
    why: Lack,
    is_so: impl Fn(&str, Option<&str>) -> bool,
) -> Vec<Lost> {
    let found = tables(&before.sources).filter(|(source, sheet)| {
        gone.iter().any(|it| has_row(it, source, sheet))
            && is_so(&source.path, sheet.sheet.as_deref())
    });
    let found = found.map(|(source, sheet)| entry(before, source, Some(sheet), now, why));
    found.collect()
}

/// Whether a packet's row stood on a sheet.
fn has_row(packet: &PacketEntry, source: &SourceEntry, sheet: &SheetEntry) -> bool {
    let of_kind = match packet.kind {
        Kind::Server => schema::SERVERS,
        Kind::Pool => schema::POOLS,
    };
    let mut read = packet.read.iter();
    of_kind == sheet.kind && read.any(|it| it.path == source.path && it.sheet == sheet.sheet)
}

/// How many rows all sheets held.
pub fn rows(sources: &[SourceEntry]) -> usize {
    tables(sources).map(|(_, sheet)| sheet.rows).sum()
}

fn tables(sources: &[SourceEntry]) -> impl Iterator<Item = (&SourceEntry, &SheetEntry)> {
    let each = |source| std::iter::repeat(source);
    sources
        .iter()
        .flat_map(move |source| each(source).zip(&source.sheets))
        .filter(|(_, sheet)| sheet.rows > 0)
}

fn entry(
    before: &Manifest,
    source: &SourceEntry,
    sheet: Option<&SheetEntry>,
    now: Now<'_>,
    why: Lack,
) -> Lost {
    Lost {
        path: source.path.clone(),
        now: sheet.map_or(0, |sheet| now.rows(source, sheet)),
        sheet: sheet.cloned(),
        since: source
            .not_refreshed_since
            .clone()
            .unwrap_or_else(|| before.as_of.clone()),
        why,
        headings: Vec::new(),
    }
}

/// Findings after which a sheet may have more rows than were read.
const CUT: [Code; 6] = [
    Code::UnreadableFile,
    Code::ProtectedFile,
    Code::OversizedSheet,
    Code::UnreadableSheet,
    Code::UnclosedQuote,
    Code::AmbiguousSheet,
];

impl Now<'_> {
    /// Why a sheet's rows are missing; `None` where they are not, or stand elsewhere.
    fn lack(self, before: &Manifest, source: &SourceEntry, sheet: &SheetEntry) -> Option<Lack> {
        let now = self.rows(source, sheet);
        if now < sheet.rows && self.is_cut(&source.path, sheet) {
            return Some(Lack::Unreadable);
        }
        let newcomers = self.newcomers(before, &sheet.kind);
        if now > 0 || newcomers >= sheet.rows {
            return None;
        }
        // A sheet without its key column is no table any longer, whatever it is called now.
        if self.has_trouble(&source.path) {
            return Some(Lack::Unreadable);
        }
        let all = |sources| {
            let tables = tables(sources).filter(|(_, it)| it.kind == sheet.kind);
            tables.map(|(_, it)| it.rows).sum::<usize>()
        };
        let is_moved = newcomers > 0 || all(self.sources) >= all(&before.sources);
        (!is_moved).then_some(Lack::Gone)
    }

    fn lack_of_file(self, source: &SourceEntry) -> Option<Lack> {
        if self.has_trouble(&source.path) {
            return Some(Lack::Unreadable);
        }
        // A file of another name with the same bytes is the file.
        let is_it = |it: &SourceEntry| it.path == source.path || it.sha256 == source.sha256;
        (!self.sources.iter().any(is_it)).then_some(Lack::Gone)
    }

    /// How many rows of the kind stand on that sheet now.
    fn rows(self, source: &SourceEntry, sheet: &SheetEntry) -> usize {
        let same = |(file, it): &(&SourceEntry, &SheetEntry)| {
            file.path == source.path && it.sheet == sheet.sheet && it.kind == sheet.kind
        };
        let tables = tables(self.sources).filter(same);
        tables.map(|(_, it)| it.rows).sum()
    }

    /// How many cells of a column of that sheet say something now.
    fn filled(self, source: &SourceEntry, sheet: &SheetEntry, heading: &str) -> usize {
        let same = |(file, it): &(&SourceEntry, &SheetEntry)| {
            file.path == source.path && it.sheet == sheet.sheet && it.kind == sheet.kind
        };
        let tables = tables(self.sources).filter(same);
        let counts = tables.filter_map(|(_, it)| it.filled.get(heading));
        counts.sum()
    }

    /// How many rows of a kind stand on sheets that held none of it last time.
    fn newcomers(self, before: &Manifest, kind: &str) -> usize {
        let was_there = |file: &SourceEntry, sheet: &SheetEntry| {
            tables(&before.sources).any(|(source, it)| {
                source.path == file.path && it.sheet == sheet.sheet && it.kind == kind
            })
        };
        let tables = tables(self.sources).filter(|(_, it)| it.kind == kind);
        let new = tables.filter(|(file, sheet)| !was_there(file, sheet));
        new.map(|(_, it)| it.rows).sum()
    }

    fn is_cut(self, path: &str, sheet: &SheetEntry) -> bool {
        self.findings.iter().any(|finding| {
            let place = finding.place.as_ref();
            CUT.contains(&finding.code)
                && place.is_some_and(|place| {
                    let of_sheet = place.in_sheet();
                    &*place.path == path
                        && (of_sheet.is_none() || of_sheet == sheet.sheet.as_deref())
                })
        })
    }

    fn has_trouble(self, path: &str) -> bool {
        self.findings.iter().any(|finding| {
            is_trouble(finding) && finding.place.as_ref().is_some_and(|it| &*it.path == path)
        })
    }
}

/// Findings about rows of which nothing makes a packet, since their names cannot be used.
const NAMELESS: [Code; 5] = [
    Code::MissingKey,
    Code::BadFqdn,
    Code::RowMisfit,
    Code::Duplicate,
    Code::UnusualFqdn,
];

/// Whether a finding says why a row of a sheet makes no packet.
pub fn is_nameless(finding: &Finding) -> bool {
    NAMELESS.contains(&finding.code)
}

/// Whether a finding says that a file or a sheet could not be read, or not as what it was meant to be.
pub fn is_trouble(finding: &Finding) -> bool {
    CUT.contains(&finding.code) || finding.code == Code::MissingColumn
}

#[cfg(test)]
mod tests;
