//! What is in doubt though no row of a packet shows it: the share of the backups, and which procedures apply.

use std::collections::BTreeSet;

use crate::decisions::Match;
use crate::finding::{Finding, Place, Severity};
use crate::inventory::{Inventory, declares};
use crate::product::schema;
use crate::topology::Topology;

use super::concerning::Concerning;
use super::model::Reason;

/// What is in doubt about one packet.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// Nothing says where the backups of the cycle are.
    pub share: Option<Reason>,
    /// Nobody can be called who may declare a restore.
    pub declaring: Option<Reason>,
    /// Files that could not be read: any of their rows may be about this packet.
    pub files: Vec<Reason>,
    /// Errors in the rows that decided which procedures apply, and in cells that would have had a say. A step can be
    /// carried out all the same, so that none of them blocks.
    pub choice: Vec<Finding>,
}

/// What is in doubt about the packets of a run.
pub(super) struct Doubtful<'a> {
    share: Option<Reason>,
    declaring: Option<Reason>,
    files: Vec<Reason>,
    /// Errors in cells that may name any server which holds databases.
    unread: Vec<&'a Finding>,
}

impl<'a> Doubtful<'a> {
    /// Of these findings.
    pub fn of(topology: &Topology<'a>, findings: &Concerning<'a>) -> Self {
        let unread = topology.unread_holders().flat_map(|cell| {
            let row = cell.place.whole_row();
            let at_cell =
                errors(findings, [&row]).filter(|it| it.place.as_ref() == Some(&cell.place));
            at_cell.collect::<Vec<_>>()
        });
        Self {
            unread: unread.collect(),
            share: no_share(topology.inventory),
            declaring: nobody_declares(topology.inventory),
            files: unread_files(topology.inventory),
        }
    }

    /// About a packet with these procedures, beyond what is found in its `own` rows. `may_hold` says that its role is
    /// that of servers which hold databases.
    pub fn of_packet(
        &self,
        findings: &Concerning<'a>,
        matches: &[Match<'_>],
        own: &BTreeSet<Place>,
        may_hold: bool,
    ) -> Doubts {
        let because = matches.iter().flat_map(|found| &found.because);
        let because: BTreeSet<Place> = because.map(|it| it.place.whole_row()).collect();
        let mut choice: Vec<&Finding> = errors(findings, because.difference(own)).collect();
        if may_hold {
            let others = self.unread.iter().copied();
            let is_own = |it: &&Finding| {
                it.place
                    .as_ref()
                    .is_some_and(|place| own.contains(&place.whole_row()))
            };
            choice.extend(others.filter(|it| !is_own(it)));
        }
        choice.sort();
        choice.dedup();
        Doubts {
            share: self.share.clone(),
            declaring: self.declaring.clone(),
            files: self.files.clone(),
            choice: choice.into_iter().cloned().collect(),
        }
    }
}

fn errors<'a, 'b>(
    findings: &'b Concerning<'a>,
    rows: impl IntoIterator<Item = &'b Place>,
) -> impl Iterator<Item = &'a Finding> {
    let at = findings.at(rows);
    at.filter(|it| it.severity == Severity::Error)
}

/// The setting that holds the value of `$Backup`.
const SHARE: &str = "Backup location";

fn no_share(inventory: &Inventory) -> Option<Reason> {
    let deployment = &inventory.deployment;
    let place = deployment.setting(SHARE).map(|it| it.place.clone());
    deployment.backup_share().is_none().then(|| Reason {
        text: format!("`{SHARE}` is not known, and with it `$Backup`"),
        place,
    })
}

/// The row that says who may declare a restore, if it names nobody who can be called, or could not be used.
fn nobody_declares(inventory: &Inventory) -> Option<Reason> {
    let rows = inventory.contacts.iter();
    let declaring: Vec<_> = rows.filter(|row| row.declares()).collect();
    if declaring.iter().any(|row| row.can_be_called()) {
        return None;
    }
    let refused = inventory
        .unfit
        .iter()
        .filter(|row| row.kind == schema::CONTACTS && row.words.iter().any(|word| declares(word)));
    let rows = declaring.iter().map(|row| &row.name.place);
    let place = rows.chain(refused.map(|row| &row.place)).next()?;
    Some(Reason {
        text: format!("{place} does not say whom to call who may declare a restore"),
        place: Some(place.clone()),
    })
}

fn unread_files(inventory: &Inventory) -> Vec<Reason> {
    let places = inventory.unread.iter();
    let reasons = places.map(|place| Reason {
        text: format!("{place} could not be read, and may say more about it"),
        place: Some(place.clone()),
    });
    reasons.collect()
}
