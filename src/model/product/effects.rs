//! What stops and what goes on while something is down: `effects.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::read::Reader;
use super::{Sentence, StoreKind, store};

/// The file.
pub(super) const FILE: &str = "effects.toml";

/// The sentences.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effects {
    /// A server is lost.
    pub server: OfServer,
    /// A pool is lost whole.
    pub pool: OfPool,
    /// A server is lost that holds a store, by the id of the store.
    pub store: BTreeMap<String, OfStore>,
}

/// What the loss of a server means.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfServer {
    /// It is all there is of a pool.
    pub one_computer: Sentence,
    /// It holds the Central Management store.
    pub central: Sentence,
    /// It holds the mirror of that store alone.
    pub central_mirror: Sentence,
    /// It witnesses the mirror of a pool's databases.
    pub witness: Sentence,
    /// It hosts a pool's file store.
    pub file_store: Sentence,
    /// The same of a pool at which nobody signs in.
    pub file_store_of_rooms: Sentence,
    /// It hosts the share a pool's mirror is made through.
    pub mirror_share: Sentence,
    /// Its pool has one other member.
    pub one_other: Sentence,
    /// Its pool has several.
    pub others: Sentence,
    /// The same where their services start and stop together.
    pub together: Sentence,
}

/// What the loss of a whole pool means.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfPool {
    /// Users sign in at it.
    pub users: Sentence,
    /// It has a backup pool.
    pub partner: Sentence,
    /// It hosts the Central Management store.
    pub central: Sentence,
    /// It is the next hop of a pool of unknown type.
    pub next_hop: Sentence,
}

/// How the service of a store fares.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfStore {
    /// It has no mirror.
    pub down: Sentence,
    /// Only its mirror is lost.
    pub unprotected: Sentence,
    /// Its mirror takes over by itself.
    pub fails_over: Sentence,
    /// Its mirror can take over.
    pub can_fail_over: Sentence,
    /// What may follow if it has no mirror.
    #[serde(default)]
    pub also: Vec<Also>,
}

/// A sentence that is said unless it is known not to hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// The sentence.
    pub says: Sentence,
    /// What makes it needless.
    pub unless: Unless,
}

/// A yes-or-no setting of the deployment, as `columns.toml` names it for procedures, and its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unless {
    /// The setting.
    pub setting: String,
    /// The answer.
    pub is: bool,
}

impl Effects {
    pub(super) fn check(&self, stores: &[StoreKind], reader: &mut Reader<'_>) {
        let told: Vec<&str> = self.store.keys().map(String::as_str).collect();
        let kinds = stores.iter().map(|kind| &kind.id);
        reader.known(
            store::FILE,
            kinds,
            "store of which effects.toml tells the loss",
            &told,
        );
        let server = &self.server;
        let pool = &self.pool;
        let mut allowed: Vec<(&Sentence, &[&str])> = vec![
            (&server.central, &[]),
            (&server.central_mirror, &[]),
            (&server.others, &["pool", "others"]),
            (&server.together, &["pool", "others", "keep", "more"]),
            (&pool.users, &["pool"]),
            (&pool.partner, &["partner"]),
            (&pool.central, &[]),
            (&pool.next_hop, &["pool"]),
        ];
        let of_pool = [
            &server.one_computer,
            &server.witness,
            &server.file_store,
            &server.file_store_of_rooms,
            &server.mirror_share,
            &server.one_other,
        ];
        allowed.extend(of_pool.map(|it| (it, &["pool"] as &[&str])));
        for store in self.store.values() {
            let all = [
                &store.down,
                &store.unprotected,
                &store.fails_over,
                &store.can_fail_over,
            ];
            allowed.extend(all.map(|it| (it, &["pools"] as &[&str])));
            allowed.extend(store.also.iter().map(|it| (&it.says, &[] as &[&str])));
        }
        for (sentence, names) in allowed {
            reader.places(FILE, sentence, names);
        }
    }
}
