//! How a run judges and what it makes, decided by whoever runs it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::contained::Containment;
use crate::finding::{Code, Finding, Severity};
use crate::packets::Routine;
use crate::readiness::Limits;
use crate::render::Format;
use crate::rows::Accepted;

/// Where a run reads and writes.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Worksheet files and folders.
    pub worksheets: Vec<PathBuf>,
    /// A folder of templates that replace the built-in ones of the same name.
    pub templates: Option<PathBuf>,
    /// The topology document; where none is named, one that lies among the worksheets counts.
    pub topology: Option<PathBuf>,
    /// The output folder, which is never read as worksheets.
    pub output: PathBuf,
}

/// How a run judges and what it makes.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day the worksheets are judged against.
    pub as_of: Date,
    /// The formats, in the order of [`Format::ALL`].
    pub formats: Vec<Format>,
    /// Which packets, as people name them: `FQDN`, `server:FQDN`, `pool:FQDN`; empty for all.
    pub only: Vec<String>,
    /// Which facts a new backup cycle changes without a new edition.
    pub routine: Routine,
    /// Cells that look like secrets and are none.
    pub accepted: Accepted,
    /// Other severities than the usual ones; `None` switches a code off.
    pub severity: BTreeMap<Code, Option<Severity>>,
    /// Where rules draw their lines.
    pub limits: Limits,
    /// Columns in which the topology is right where worksheets say something else.
    pub topology_wins: Vec<String>,
    /// Whether rows that are merely gone are meant to be, however many.
    pub retire: bool,
    /// How many threads work at once.
    pub jobs: NonZeroUsize,
    /// Where workbooks are read.
    pub containment: Containment,
}

impl Options {
    /// The usual ones on a day: every packet in every format, on one thread, workbooks read in this process.
    pub fn on(as_of: Date) -> Self {
        Self {
            as_of,
            formats: Format::ALL.to_vec(),
            only: Vec::new(),
            routine: Routine::default(),
            accepted: Accepted::default(),
            severity: BTreeMap::new(),
            limits: Limits::default(),
            topology_wins: Vec::new(),
            retire: false,
            jobs: NonZeroUsize::MIN,
            containment: Containment::InProcess,
        }
    }

    /// Gives findings their severities, and drops those that are switched off.
    pub fn weigh(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| match self.severity.get(&finding.code) {
            None => true,
            Some(None) => false,
            Some(Some(severity)) => {
                finding.severity = *severity;
                true
            }
        });
    }
}
