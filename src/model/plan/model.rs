//! The plan as data.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decisions::About;
use crate::finding::Place;
use crate::topology::Because;

/// The restore order for several losses.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// For example "Restore plan for site Seattle".
    pub title: String,
    /// Pools that fail over to their backup pool before anything is restored.
    pub failovers: Vec<Failover>,
    /// What is outside the packets and must work before the first wave.
    pub outside: Vec<Outside>,
    /// What is restored, wave after wave; what stands in one wave can be done at the same time.
    pub waves: Vec<Wave>,
    /// Front End pools lost whole, by FQDN: their own packets lead.
    pub whole_pools: Vec<String>,
    /// Lost servers that no procedure covers.
    pub others: Vec<Other>,
    /// Steps that several packets carry and that are done once.
    pub once: Vec<Once>,
    /// How long it takes, as far as RTOs are recorded.
    pub time: Time,
    /// What else to know, in plain sentences.
    pub notes: Vec<String>,
}

/// A pool whose users are served by another one while it is restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failover {
    /// The lost pool.
    pub pool: String,
    /// Its backup pool.
    pub partner: String,
    /// What the store of the configuration is called, where it moves with it.
    pub central: Option<String>,
    /// Whether the backup pool is lost as well, so that there is nothing to fail over to.
    pub impossible: bool,
    /// The cell that pairs the two.
    pub because: Because,
}

/// Something the packets take for granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outside {
    /// For example "DNS".
    pub what: Cow<'static, str>,
    /// What must be true of it.
    pub why: Cow<'static, str>,
}

/// What can be restored at the same time, once the waves before it are done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wave {
    /// From 1.
    pub number: usize,
    /// The servers, those first on which most depends.
    pub tasks: Vec<Task>,
}

/// The restoration of one server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Task {
    /// Canonical FQDN.
    pub fqdn: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// Its roles, as one phrase.
    pub role: String,
    /// Its site.
    pub site: Option<String>,
    /// What it is to the deployment.
    pub stage: Stage,
    /// Whether it has a packet.
    pub packet: bool,
    /// A mirror lost with its primary: the primary, whose packet restores both.
    pub with: Option<String>,
    /// Which procedures of its packet fit these losses.
    pub procedures: Vec<PlannedProcedure>,
    /// The letters of the lanes of its packet that these losses leave; none where the packet has one.
    pub lanes: Vec<String>,
    /// Whom it waits for, without those it waits for through another.
    pub waits: Vec<Wait>,
    /// The RTO recorded for it, in hours.
    pub rto: Option<f64>,
    /// When it can begin, in hours from the start; the least, where RTOs are missing.
    pub start: f64,
    /// When it is back.
    pub end: f64,
    /// Whether it lies on the longest path.
    pub critical: bool,
}

/// All that a server waits for because of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitReason<'a> {
    /// The servers.
    pub on: Vec<&'a str>,
    /// Why, in words.
    pub why: &'a str,
    /// The cell.
    pub place: &'a Place,
}

impl Task {
    /// Whom it waits for, by the cells that say so.
    pub fn reasons(&self) -> Vec<WaitReason<'_>> {
        let mut reasons: Vec<WaitReason<'_>> = Vec::new();
        for wait in &self.waits {
            let place = &wait.because.place;
            let same = |known: &&mut WaitReason<'_>| known.why == wait.why && known.place == place;
            match reasons.iter_mut().find(same) {
                Some(known) => known.on.push(&wait.on),
                None => reasons.push(WaitReason {
                    on: vec![&wait.on],
                    why: &wait.why,
                    place,
                }),
            }
        }
        reasons
    }
}

/// A procedure of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedProcedure {
    /// The decision row's id.
    pub id: String,
    /// Its number and title in the packet.
    pub title: String,
    /// What it restores.
    pub about: About,
}

/// Why a server comes after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// The server it waits for.
    pub on: String,
    /// Why, in words.
    pub why: Cow<'static, str>,
    /// The cell.
    pub because: Because,
}

/// The lane of a server, by what it is to the deployment; the order is that in which lanes of a wave are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stage {
    /// Which lane it is.
    pub(super) order: usize,
    /// What it is called.
    label: Cow<'static, str>,
}

impl Stage {
    /// A lane of the product's.
    pub(super) fn new(order: usize, label: &'static str) -> Self {
        Self {
            order,
            label: Cow::Borrowed(label),
        }
    }

    /// The lane's name.
    pub fn as_str(&self) -> &str {
        &self.label
    }
}

/// A lost server that no procedure covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Canonical FQDN.
    pub fqdn: String,
    /// Its roles, as one phrase.
    pub role: String,
    /// Whether it has a packet.
    pub packet: bool,
}

/// A step that several packets carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Once {
    /// What is done.
    pub what: String,
    /// Why once is enough, and when.
    pub when: String,
    /// The step to carry out.
    pub step: StepOf,
    /// The steps to pass over.
    pub instead_of: Vec<StepOf>,
}

/// A step of a packet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StepOf {
    /// Whether the packet is a pool's.
    pub pool: bool,
    /// The packet's FQDN.
    pub fqdn: String,
    /// The step's number.
    pub number: String,
}

impl fmt::Display for StepOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.pool { "pool " } else { "" };
        write!(f, "{kind}{}, step {}", self.fqdn, self.number)
    }
}

/// Hours, from the RTOs of the servers worksheet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Time {
    /// All RTOs together: one after the other, with one pair of hands.
    pub sum: f64,
    /// The RTOs along the longest path: with a crew for each lane.
    pub longest: f64,
    /// The servers of the longest path.
    pub path: BTreeSet<String>,
    /// The same, in their order.
    pub way: Vec<String>,
    /// Begin and end of each server.
    pub spans: BTreeMap<String, (f64, f64)>,
    /// How to supply each RTO that is missing; the sums are too small while there is one.
    pub blanks: Vec<String>,
}
