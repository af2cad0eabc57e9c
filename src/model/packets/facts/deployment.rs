//! Facts of the whole deployment: document control, the backup cycle, people.

use crate::inventory::Inventory;
use crate::inventory::backup::BackupSet;
use crate::rows::Field;
use crate::text::powershell;

use super::super::estate::{Cycle, CycleSet};
use super::super::fact::Fact;
use super::super::model::Person;
use super::super::validity;
use super::{fact, path};

/// Document control: who owns, approved and classified the document.
pub fn control(inventory: &Inventory) -> Vec<Fact> {
    [
        "Organization",
        "Classification",
        "Document owner",
        "Approved by",
        "Effective date",
        "Review due",
        "Copies",
        "RPO (hours)",
    ]
    .map(|name| setting(inventory, name))
    .to_vec()
}

/// The current backup cycle.
pub fn cycle(inventory: &Inventory) -> Cycle {
    let share = inventory.deployment.backup_share();
    Cycle {
        name: setting(inventory, "Backup cycle"),
        completed: setting(inventory, "Backup completed"),
        next: setting(inventory, "Next backup"),
        location: setting(inventory, "Backup location"),
        assignment: share
            .and_then(|share| powershell::path(share).ok())
            .map(|literal| format!("$Backup = {literal}")),
        valid_until: validity::of_cycle(inventory),
        sets: sets(inventory),
    }
}

fn setting(inventory: &Inventory, name: &str) -> Fact {
    let found = inventory.deployment.setting(name);
    Fact {
        name: name.to_owned(),
        ..found.map_or_else(|| Fact::absent(name), fact)
    }
}

fn sets(inventory: &Inventory) -> Vec<CycleSet> {
    let databases = inventory.databases.iter().map(|row| {
        let set = row.set.value.as_ref();
        let set_name = set.and_then(|set| set.name.clone());
        let file = row.location().map(|path| path.to_string());
        CycleSet {
            content: Fact {
                value: row.database.value.map(|name| name.printed.to_owned()),
                ..fact(&row.database)
            },
            server: whose(&row.server, &row.pool),
            set: Fact {
                value: set_name.or(file),
                ..fact(&row.set)
            },
            expires: expiration(&row.set),
            last_backup: fact(&row.last_backup),
            destination: path(&row.destination),
        }
    });
    let shares = inventory.file_stores.iter().map(|row| CycleSet {
        content: fact(&row.content),
        server: whose(&row.server, &row.pool),
        set: fact(&row.share),
        expires: Fact::absent("Expiration"),
        last_backup: fact(&row.last_backup),
        destination: path(&row.destination),
    });
    databases.chain(shares).collect()
}

/// When a set expires. The settings worksheet has no column for it, so there is no cell to be blank.
fn expiration(set: &Field<BackupSet>) -> Fact {
    if set.place.at_column().is_none() {
        return Fact::absent("Expiration");
    }
    let expires = set.value.as_ref().and_then(|set| set.expires);
    Fact {
        name: "Expiration".to_owned(),
        value: expires.map(|date| date.to_string()),
        ..fact(set)
    }
}

/// The pool, where the row names one: a server may hold the same database of several.
fn whose<T>(server: &Field<T>, pool: &Field<T>) -> Fact {
    if pool.value.is_some() {
        fact(pool)
    } else {
        fact(server)
    }
}

/// Whom to call.
pub fn people(inventory: &Inventory) -> Vec<Person> {
    let rows = inventory.contacts.iter().map(|row| Person {
        responsibility: fact(&row.responsibility),
        name: fact(&row.name),
        phone: fact(&row.phone),
        email: fact(&row.email),
        alternate: fact(&row.alternate),
        alternate_phone: fact(&row.alternate_phone),
    });
    rows.collect()
}
