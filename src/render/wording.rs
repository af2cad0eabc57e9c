//! Sentences that more than one format prints, so that paper, screen and workbook say the same.

use crate::packets::{Packet, Procedure, Status, procedures};

/// The first question of every packet.
pub(super) const TRIAGE: &str = "First: has troubleshooting failed?";

/// What the question is about.
pub(super) const TRIAGE_RULE: &str = "A restore starts from a clean computer and takes hours. Restore only when the \
     fault cannot be cleared in place, and when one of those who may has declared the restore.";

/// What stands in the place of the chooser where no row of the decision table applies.
pub(super) const NO_PROCEDURE: &str = "No row of the decision table covers this, so there is no procedure here. \
     The facts, the general preparation and the checks follow.";

/// The same where what brings it back is practice.
pub(super) const PRACTICE: &str = "No row of the decision table covers this. What brings it back stands in a part of its \
     own below: it is practice, and no published procedure.";

/// The line for a packet in which something cannot be taken back.
const NO_WAY_BACK: &str = "Point of no return passed";

/// What is signed when the restore is over, each with a person or value, a time and a signature.
const SIGN_OFF: [&str; 9] = [
    "Restore declared",
    "Restore started, backup cycle used",
    NO_WAY_BACK,
    "Checks passed",
    "Service back",
    "RTO met (yes or no)",
    "Backup taken after the restore",
    "Steps left out, and why",
    "Copy number, signed",
];

/// What is signed of this packet.
pub(super) fn sign_off(packet: &Packet) -> Vec<&'static str> {
    let mut steps = procedures(packet).flat_map(Procedure::steps);
    let has_one = steps.any(|step| step.point_of_no_return);
    let lines = SIGN_OFF.into_iter();
    lines
        .filter(|line| has_one || *line != NO_WAY_BACK)
        .collect()
}

/// A symbol for a status, which prints in black and white.
pub(super) fn symbol(status: Status) -> &'static str {
    match status {
        Status::Blocked => "✕",
        Status::Gaps => "△",
        Status::Ready => "✓",
    }
}

/// What a status means for the reader.
pub(super) fn meaning(status: Status) -> &'static str {
    match status {
        Status::Blocked => "at least one step cannot be carried out as recorded",
        Status::Gaps => "something must be filled in before it can be carried out",
        Status::Ready => "nothing is missing",
    }
}
