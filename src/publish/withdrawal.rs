//! Withdrawals: a record that was a mistake is taken back, and the ledger says so.
//!
//! The line stays that says it was recorded; a later one names it, and what it names counts no more.

use serde::{Deserialize, Serialize};

/// One withdrawal, as a line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The version of this layout.
    pub schema: u32,
    /// The line's number, from 1.
    pub seq: u64,
    /// SHA-256 of the line before, in hex.
    pub prev: String,
    /// `withdrawn`.
    pub event: Withdrawn,
    /// The number of the line that is withdrawn.
    pub record: u64,
    /// The day somebody did so.
    pub day: String,
}

/// The event of such a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Withdrawn {
    /// A record was taken back.
    Withdrawn,
}

impl Withdrawn {
    /// The word in the ledger.
    pub(super) const WORD: &str = "withdrawn";
}
