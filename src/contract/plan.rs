//! The restore plan for several losses. Hours are numbers, counted from the start.

use serde::Serialize;

use super::estate::EstateData;
use super::place::BecauseData;

/// The schema that plans name.
pub const PLAN_SCHEMA: &str = "restore-packets/plan/1";

/// The restore order for several losses.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "Restore plan"))]
pub struct PlanData {
    /// The version of this shape: `restore-packets/plan/1`.
    pub schema: &'static str,
    /// The program and its version.
    pub tool: &'static str,
    /// What is true of the whole run.
    pub estate: EstateData,
    /// For example "Restore plan for site Seattle".
    pub title: String,
    /// How many servers there are to restore.
    pub servers: usize,
    /// Pools that fail over to their backup pool before anything is restored.
    pub failovers: Vec<FailoverData>,
    /// What is outside the packets and must work before the first wave.
    pub outside: Vec<OutsideData>,
    /// What is restored, wave after wave; what stands in one wave can be done at the same time.
    pub waves: Vec<WaveData>,
    /// The FQDNs of pools lost whole, whose own packets lead.
    pub whole_pools: Vec<String>,
    /// Lost servers that no procedure covers.
    pub others: Vec<OtherData>,
    /// Steps that several packets carry and that are done once.
    pub once: Vec<OnceData>,
    /// How long it takes, as far as RTOs are recorded.
    pub time: TimeData,
    /// What else to know, in plain sentences.
    pub notes: Vec<String>,
}

/// A pool whose users are served by another one while it is restored.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FailoverData {
    /// The FQDN of the lost pool.
    pub pool: String,
    /// The FQDN of its backup pool.
    pub partner: String,
    /// Whether the store of the configuration moves with it.
    pub central: bool,
    /// Whether the backup pool is lost as well, so that there is nothing to fail over to.
    pub impossible: bool,
    /// The cell that pairs the two.
    pub because: BecauseData,
}

/// Something the packets take for granted.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutsideData {
    /// For example "DNS".
    pub what: String,
    /// What must be true of it.
    pub why: String,
}

/// What can be restored at the same time, once the waves before it are done.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaveData {
    /// From 1.
    pub number: usize,
    /// The servers, those first on which most depends.
    pub tasks: Vec<TaskData>,
}

/// The restoration of one server.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TaskData {
    /// The canonical FQDN.
    pub fqdn: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// Its roles, as one phrase.
    pub role: String,
    /// Its site.
    pub site: Option<String>,
    /// What it is to the deployment.
    pub lane: String,
    /// Whether it has a packet.
    pub packet: bool,
    /// A mirror lost with its primary: the FQDN of the primary, whose packet restores both.
    pub with: Option<String>,
    /// The procedures of its packet that fit these losses.
    pub procedures: Vec<PlannedData>,
    /// The letters of the lanes of its packet that these losses leave; empty where the packet has one.
    pub packet_lanes: Vec<String>,
    /// Whom it waits for, by the cells that say so.
    pub waits: Vec<WaitData>,
    /// The RTO recorded for it, in hours; null where none is.
    pub rto: Option<f64>,
    /// When it can begin; the least, where RTOs are missing.
    pub start: f64,
    /// When it is back.
    pub end: f64,
    /// Whether it lies on the longest path.
    pub critical: bool,
}

/// A procedure of a packet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PlannedData {
    /// The decision row's id.
    pub id: String,
    /// Its number and title in the packet.
    pub title: String,
}

/// All that a server waits for because of one cell.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WaitData {
    /// The FQDNs of the servers it waits for.
    pub on: Vec<String>,
    /// Why, and the cell.
    pub because: BecauseData,
}

/// A lost server that no procedure covers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OtherData {
    /// The canonical FQDN.
    pub fqdn: String,
    /// Its roles, as one phrase.
    pub role: String,
    /// Whether it has a packet.
    pub packet: bool,
}

/// A step that several packets carry.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OnceData {
    /// What is done.
    pub what: String,
    /// When, and why once is enough.
    pub when: String,
    /// The step to carry out.
    pub step: StepOfData,
    /// The steps to pass over.
    pub instead_of: Vec<StepOfData>,
}

/// A step of a packet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepOfData {
    /// Whose packet: `server` or `pool`.
    pub kind: &'static str,
    /// The packet's FQDN.
    pub fqdn: String,
    /// The step's number.
    pub number: String,
    /// All of it in words: "fe01.contoso.com, step 4.2".
    pub text: String,
}

/// Hours, from the RTOs of the servers worksheet.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimeData {
    /// All RTOs together: one after the other, with one pair of hands.
    pub sum: f64,
    /// The RTOs along the longest path: with a crew for each lane.
    pub longest: f64,
    /// The servers of the longest path, in their order.
    pub way: Vec<String>,
    /// How to supply each missing RTO; where there are any, the hours are too few.
    pub blanks: Vec<String>,
}
