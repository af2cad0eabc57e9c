//! What a restore order for several losses knows of the product: `plan.toml` and `once.toml`.

use serde::Deserialize;

use super::Sentence;
use super::read::Reader;

/// The file of the order.
pub(super) const FILE: &str = "plan.toml";

/// The file of what is done once.
pub(super) const ONCE: &str = "once.toml";

/// The restore order.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The lanes of a wave, those first on which most depends.
    #[serde(rename = "stage")]
    pub stages: Vec<Stage>,
    /// Why a server waits for another.
    pub waits: Waits,
    /// What the packets take for granted.
    pub outside: Vec<Outside>,
    /// What else to know.
    pub notes: Notes,
}

/// A lane.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// For example `sql`.
    pub id: String,
    /// For example "SQL Server".
    pub label: String,
    /// The ids of the roles that belong in it.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The ids of the stores that do.
    #[serde(default)]
    pub stores: Vec<String>,
    /// What else does.
    #[serde(default)]
    pub holds: Vec<Held>,
    /// Whether it is restored after the members of the pools it serves.
    #[serde(default)]
    pub last: bool,
}

/// What a server can be to a deployment beside its roles and stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// A pool of one computer.
    OneComputer,
    /// The holder of the Central Management store.
    Central,
    /// The witness of a mirror.
    Witness,
    /// The host of shares, and no more.
    Shares,
}

/// Why a server waits for another, in words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Waits {
    /// The topology is read from there.
    pub central: String,
    /// Its databases are there.
    pub database: String,
    /// Its file store is there.
    pub file_store: String,
    /// Publishing the topology changes something there.
    pub publish: String,
    /// A mirror is made from that primary.
    pub mirror: String,
    /// A mirror is made through a share there.
    pub mirror_share: String,
    /// A mirror is made together with that witness.
    pub witness: String,
    /// It passes calls and messages on to it.
    pub next_hop: String,
    /// It comes later only because others matter more.
    pub later: String,
}

/// Something the packets take for granted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// For example "DNS".
    pub what: String,
    /// What must be true of it.
    pub why: String,
}

/// Notes of a plan.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Notes {
    /// Where to work while everything is lost: `{computer}`.
    pub elsewhere: Sentence,
    /// The same where no administration computer is recorded.
    pub no_computer: String,
    /// The Central Management store fails over with its pool.
    pub central_moved: String,
    /// Nobody knows which pool hosts it.
    pub central_unknown: String,
}

/// What is done once for several packets.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Once {
    /// Marks of commands that each server needs for itself.
    own: Vec<String>,
    work: Vec<Work>,
}

/// A kind of work that is done once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// The cmdlet, or the words of the title.
    mark: String,
    /// When it is done.
    pub moment: Moment,
    /// Why once is enough, and when.
    pub why: String,
    /// Whether it rebuilds the Central Management store.
    #[serde(default)]
    pub rebuilds: bool,
}

/// When a shared step is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// With the first packet that carries it.
    First,
    /// With the packet of the last file store, else with the last that carries it.
    FileStores,
    /// When the last server is there whose packet carries it, mirrors included.
    Together,
    /// Before the imports of a pool, with the first packet that carries it.
    Before,
    /// With the packet of the pool, if it is lost whole; else with the last.
    Pool,
}

impl Once {
    /// The work that a command, or the title of a step without one, is; `None` for what each server needs for itself.
    pub fn work(&self, text: &str) -> Option<&Work> {
        let is_own = self.own.iter().any(|mark| text.contains(mark.as_str()));
        let mut known = self.work.iter().filter(|_| !is_own);
        known.find(|work| text.contains(work.mark.as_str()))
    }
}

impl Plan {
    /// Holds the roles and stores of the lanes against those there are.
    pub(super) fn check(&self, roles: &[&str], stores: &[&str], reader: &mut Reader<'_>) {
        for stage in &self.stages {
            reader.known(FILE, &stage.roles, "role", roles);
            reader.known(FILE, &stage.stores, "store", stores);
        }
        reader.places(FILE, &self.notes.elsewhere, &["computer"]);
    }
}
