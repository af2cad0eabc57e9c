//! Records: a filled-in checklist becomes an execution record beside the packets.
//!
//! Entry point: [`record`], which proves a checklist against the edition it bears; then [`Proved::render`] and
//! [`Proved::publish`].

mod edition;

use std::sync::Arc;

use crate::contained::{self, Containment};
use crate::finding::{Finding, Place, settle};
use crate::publish::{
    Edition, Event, FileEntry, Files, IssuedBefore, LedgerEntry, OutputFolder, RECORDS,
    RecordEntry, Report,
};
use crate::record::{self, Execution, Given, Remarks};
use crate::render::{self, Format};
use crate::text::digest;
use crate::text::filename::SafeName;

use super::{Error, Result};
use edition::KnownEdition;

/// The formats of a record.
const FORMATS: [Format; 3] = [Format::Md, Format::Html, Format::Json];

/// A filled-in checklist.
#[derive(Clone, Copy, Debug)]
pub struct Checklist<'a> {
    /// The name of its file.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// Whether it was an exercise, and no restore, even if the checklist does not say so.
    pub drill: bool,
    /// What it need not say itself.
    pub given: &'a Given,
}

/// What became of a checklist.
pub enum Recording<'a> {
    /// It was recorded before, as the same kind of run.
    Before(&'a RecordEntry),
    /// It was recorded before, as the other kind: one run is not both.
    Otherwise(&'a RecordEntry),
    /// It was looked at, with what was found; `None` where it is refused.
    Now(Vec<Finding>, Option<Box<Proved<'a>>>),
}

/// An execution that was proved against the edition it is of.
pub struct Proved<'a> {
    /// The execution.
    pub run: Execution,
    edition: &'a Edition,
    event: Event,
}

/// A record, not yet written.
pub struct RecordFiles {
    files: Files,
    entry: RecordEntry,
    stem: SafeName,
}

/// Looks at a checklist of an output folder.
pub fn record<'a>(
    standing: &'a IssuedBefore,
    checklist: &Checklist<'_>,
    containment: &Containment,
) -> Recording<'a> {
    let sha256 = digest::sha256_hex(checklist.bytes);
    let checklist = &Checklist {
        drill: checklist.drill || record::is_exercise(checklist.bytes),
        ..*checklist
    };
    let event = if checklist.drill {
        Event::Drilled
    } else {
        Event::Recorded
    };
    if let Some((line, known)) = standing.ledger.record_of(&sha256) {
        return if line.event == event {
            Recording::Before(known)
        } else {
            Recording::Otherwise(known)
        };
    }
    let name: Arc<str> = Arc::from(checklist.name);
    let mut remarks = Remarks::new(&name);
    let read = evaluated(
        standing,
        checklist,
        containment,
        (&name, sha256),
        &mut remarks,
    );
    settle(&mut remarks.findings);
    let proved = read.map(|(edition, run)| Proved {
        run: Execution {
            remarks: remarks.findings.iter().map(remark).collect(),
            ..run
        },
        edition,
        event,
    });
    Recording::Now(remarks.findings, proved.map(Box::new))
}

/// The execution, and the edition it is of; `None` where the checklist is refused.
fn evaluated<'a>(
    standing: &'a IssuedBefore,
    checklist: &Checklist<'_>,
    containment: &Containment,
    (name, sha256): (&Arc<str>, String),
    remarks: &mut Remarks,
) -> Option<(&'a Edition, Execution)> {
    let workbook = || contained::read(name, checklist.bytes, containment);
    let filled = record::read(name, checklist.bytes, workbook, remarks)?;
    let known = KnownEdition::find(standing, &filled.identity, remarks)?;
    let content = known.content(standing, remarks)?;
    let said = known.said(standing, &content);
    // The worksheets' places are no part of an edition.
    let sources = standing.manifest.iter().flat_map(|it| &it.sources);
    let sources: Vec<&str> = sources.map(|it| it.path.as_str()).collect();
    let parts = record::proved(&filled, said, &sources, remarks);
    edition::is_filled(&filled, remarks);
    edition::is_possible(&filled, remarks);
    if remarks.has_errors() {
        return None;
    }
    let given = Given {
        rto: edition::rto(&content),
        ..checklist.given.clone()
    };
    let head = known.head(&content, &filled.identity, checklist.drill, (name, sha256));
    let mut run = record::evaluate(head, &filled, &parts, &given, remarks);
    edition::follows(&mut run, &filled, known.edition, remarks);
    edition::has_day(&run, remarks).then_some((known.edition, run))
}

/// The record that is meant: by the digest of its checklist, or by the name of one of its files.
pub fn find<'a>(
    standing: &'a IssuedBefore,
    name: &str,
    bytes: Option<&[u8]>,
) -> Option<(&'a LedgerEntry, &'a RecordEntry)> {
    let of_checklist = bytes.and_then(|bytes| {
        let sha256 = digest::sha256_hex(bytes);
        standing.ledger.record_of(&sha256)
    });
    let stem = |path: &str| {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let ending = FORMATS
            .iter()
            .find_map(|format| name.strip_suffix(&format!(".{}", format.extension())));
        ending.unwrap_or(name).to_owned()
    };
    let wanted = stem(name);
    let of_name = || {
        let mut records = standing.ledger.recorded();
        records.find(|it| it.1.files.iter().any(|file| stem(&file.path) == wanted))
    };
    of_checklist.or_else(of_name)
}

impl Proved<'_> {
    /// Renders the record with the layouts its packets were issued with.
    ///
    /// # Errors
    /// A layout that cannot be used.
    pub fn render(&self, standing: &IssuedBefore) -> Result<RecordFiles> {
        let run = &self.run;
        let (engine, estate) = edition::layout(standing, run)?;
        let day = run.day.map(|it| it.to_string()).unwrap_or_default();
        let stem = stem(run, &day);
        let (mut files, mut entries) = (Files::new(), Vec::new());
        for format in FORMATS {
            let path = format!("{RECORDS}/{}", stem.with_extension(format.extension()));
            let Some(bytes) = render::record(format, &engine, run, &estate)? else {
                continue;
            };
            entries.push(FileEntry::of(&path, format.extension(), &bytes));
            let inserted = files.insert(path, bytes);
            inserted.map_err(|error| Error::system(error.to_string()))?;
        }
        let entry = RecordEntry {
            day,
            by: run.by(),
            finished: run.is_finished(),
            rto: run.rto.verdict.as_str().to_owned(),
            checklist: run.sha256.clone(),
            files: entries,
        };
        Ok(RecordFiles { files, entry, stem })
    }

    /// Publishes the record.
    ///
    /// # Errors
    /// The disk.
    pub fn publish(
        &self,
        record: &RecordFiles,
        folder: &OutputFolder,
        standing: &IssuedBefore,
    ) -> Result<Report> {
        let (entry, files) = (record.entry.clone(), record.files.clone());
        let report = folder.record(standing, (self.event, self.edition), entry, files);
        Ok(report?)
    }
}

impl RecordFiles {
    /// The record in one format.
    pub fn bytes(&self, format: Format) -> &[u8] {
        self.files.get(&self.path(format)).unwrap_or_default()
    }

    /// Where the record stands in one format, below the output folder.
    pub fn path(&self, format: Format) -> String {
        let name = self.stem.with_extension(format.extension());
        format!("{RECORDS}/{name}")
    }
}

/// `server-fe01.contoso.com-2014-06-10-1a2b3c4d`: the end tells two runs of one day apart.
fn stem(run: &Execution, day: &str) -> SafeName {
    let kind = run.subject.kind.as_str();
    let drill = if run.drill { "-drill" } else { "" };
    let end = &run.sha256[..8];
    SafeName::of(&format!("{kind}-{}-{day}{drill}-{end}", run.subject.fqdn))
}

/// A finding as a sentence with its cell.
fn remark(finding: &Finding) -> String {
    let place = finding.place.as_ref();
    match place.and_then(Place::address) {
        Some(cell) => format!("{} ({cell})", finding.message),
        None => finding.message.clone(),
    }
}
