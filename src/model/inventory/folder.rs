//! The folders behind shares: a share has one folder on its server, whatever number of pools has a row for it.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, words};

use super::Inventory;
use super::backup::FileStoreBackup;
use crate::rows::fqdn::Fqdn;

/// A share of a server, in small letters.
type Share = (Fqdn, String);

/// Takes out the folders that rows of one share place differently: the one would fill a folder that the other's command does
/// not share.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let rows = &mut inventory.file_stores;
    let mut roots: BTreeMap<Share, Vec<(usize, String)>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some((share, root)) = root(row) {
            roots.entry(share).or_default().push((index, root));
        }
    }
    for claims in roots.values() {
        for (index, root) in claims {
            let Some((other, _)) = claims.iter().find(|(_, other)| other != root) else {
                continue;
            };
            let (cell, other) = (&rows[*index].local_path, &rows[*other].local_path);
            let message = format!(
                "`{}` is another folder than that of the same share in {}, so neither is used",
                words::excerpt(&cell.text),
                other.place
            );
            let finding = Finding::new(Code::ContradictingCells, message).at(&cell.place);
            findings.push(finding.help(
                "look on the server which folder the share has, and correct the other cell or its share",
            ));
        }
    }
    for claims in roots.values() {
        let first = claims.first().map(|(_, root)| root);
        if claims.iter().any(|(_, root)| Some(root) != first) {
            for (index, _) in claims {
                rows[*index].local_path.value = None;
            }
        }
    }
}

/// The share of a row, and the folder it has: where the row is about a folder below the share, what is above that.
fn root(row: &FileStoreBackup) -> Option<(Share, String)> {
    let share = row.share.value.as_ref()?;
    let server = row.server.value.clone()?;
    let name = share.share_name()?.to_lowercase();
    let folder = row.local_path.value.as_ref()?.inner().to_lowercase();
    let root = match share.below_share()?.to_lowercase().as_str() {
        "" => folder,
        below => folder.strip_suffix(below)?.strip_suffix('\\')?.to_owned(),
    };
    Some(((server, name), root))
}
