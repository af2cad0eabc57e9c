//! What does not count as a change: another order of the rows.

use crate::rows::Field;

use super::Inventory;

/// The same records in an order of their own, so that the order of rows makes no difference to what packets say.
///
/// Packets are printed from the worksheets' own order, which says for example on which Front End commands are
/// typed; they are compared in this one. People stay as written: the first of several is called first.
pub fn sorted(inventory: &Inventory) -> Inventory {
    let mut inventory = inventory.clone();
    inventory.servers.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    inventory.pools.sort_by(|a, b| a.fqdn.cmp(&b.fqdn));
    inventory.certificates.sort_by_cached_key(|row| {
        let cells = [&row.subject, &row.serial_number, &row.thumbprint].map(text);
        (row.fqdn.clone(), text(&row.uses), cells)
    });
    inventory.databases.sort_by_cached_key(|row| {
        let whose = [text(&row.server), text(&row.pool), text(&row.instance)];
        (text(&row.database), whose, text(&row.file))
    });
    inventory
        .file_stores
        .sort_by_cached_key(|row| (text(&row.content), text(&row.server), text(&row.share)));
    inventory
        .media
        .sort_by_cached_key(|row| (text(&row.item), text(&row.version), text(&row.location)));
    inventory
}

fn text<T>(field: &Field<T>) -> String {
    field.text.to_lowercase()
}
