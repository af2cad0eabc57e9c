//! The product: what is true of it and not of restoring in general, as data.
//!
//! Entry points: [`Product::built_in`], and [`Product::read`] with an organization's own files in place of some. The
//! files lie in `templates/products/<id>/`, one for each topic; rules are Rust, but ask the product and never know an
//! id. What all products share lies in `templates/shared/`.

mod calls;
pub mod card;
mod certificate;
mod changed;
mod codes;
mod commands;
mod condition;
mod effects;
mod meanings;
mod names;
pub mod network;
pub mod plan;
mod pool;
mod published;
mod quorum;
mod read;
mod refused;
mod renamed;
mod role;
mod schedule;
pub mod schema;
mod sentence;
mod shelf;
mod sql;
pub mod states;
mod store;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::Finding;
use crate::template;

pub use certificate::CertificateUse;
pub use commands::Commands;
pub use condition::Condition;
pub use effects::{Also, Effects, OfStore};
pub use names::{List, Name};
pub use pool::PoolType;
pub use published::{Label, Published};
pub use quorum::Quorum;
pub use read::{parsed, place_of};
pub use refused::Refused;
pub use role::Role;
pub use schema::Schema;
pub use sentence::Sentence;
pub use shelf::{Folder, Offer, Shelf};
pub use sql::SqlVersion;
pub use store::{Availability, Central, Database, Export, StoreKind};
pub use version::{Build, Version};

use read::Reader;

/// The file that says what a product is called.
const NAMES: &str = "product.toml";

/// The texts of a product's folder, by their names in it.
pub type Texts = BTreeMap<String, String>;

/// A product, as its folder describes it.
#[derive(Debug)]
pub struct Product {
    /// What it and its tools are called.
    pub names: Names,
    /// This one and the others that the deployment worksheet may name.
    pub offers: Vec<Offer>,
    /// What its worksheets look like.
    pub schema: Schema,
    /// The roles of servers.
    pub roles: Vec<Role>,
    /// The types of pools.
    pub pools: Vec<PoolType>,
    /// The certificate uses.
    pub uses: Vec<CertificateUse>,
    /// The versions and editions of SQL Server.
    pub sql: sql::SqlServers,
    /// What the published worksheets say before anybody fills them in.
    pub published: Published,
    /// What free texts of the worksheets mean.
    pub meanings: meanings::Meanings,
    /// How many members must start first.
    pub quorum: Quorum,
    /// The facts that every backup cycle changes.
    pub routine: BTreeSet<String>,
    schedules: Vec<schedule::Schedule>,
    /// When a backup is too old to restore from.
    pub outdated: schedule::Outdated,
    lists: names::Lists,
    codes: codes::Codes,
    /// The commands of its tools.
    pub commands: Commands,
    /// What pools keep on database servers; the store of the users is the first.
    pub stores: Vec<StoreKind>,
    /// The store of the configuration.
    pub central: Central,
    /// In which ways several servers hold the store of the users together.
    pub availability: Vec<Availability>,
    /// What the product does not know any longer, or not yet.
    pub refused: Vec<Refused>,
    /// What the databases of each type are called on SQL Servers.
    sql_names: store::SqlNames,
    /// What stops and what goes on while something is down.
    pub effects: Effects,
    /// The restore order for several losses.
    pub plan: plan::Plan,
    /// What is done once for all of them.
    pub once: plan::Once,
    /// What to ask when something failed.
    pub card: Vec<card::Symptom>,
    /// What must be known of an outage before a packet is worked from.
    pub states: states::States,
    /// What topology documents say, and in which words.
    pub network: network::Network,
}

/// What the product and its tools are called: `product.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Names {
    /// The name of the folder.
    pub id: String,
    /// What pages say where the worksheets do not name the product.
    pub name: String,
    /// The same without its version.
    pub short: String,
    /// What a `Product` cell may say for it.
    pub words: Vec<String>,
    /// The product whose folder says whatever this one does not.
    pub extends: Option<String>,
    /// What it calls the things that the other calls otherwise: the other's names, each with its own.
    #[serde(default)]
    pub renamed: BTreeMap<String, String>,
    /// The folder on the restored server that collects what is fetched from the backups.
    pub work: String,
    /// What the folder does not say of the product, so that no packet can be ready; a part of a sentence.
    pub lacks: Option<String>,
    /// Which builds are its own; where nothing says so, none is judged.
    #[serde(default)]
    pub version: Version,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Routine {
    facts: BTreeSet<String>,
}

/// Whether a file of a product's folder is part of the sample, which nothing can stand in for.
pub fn is_sample(name: &str) -> bool {
    name.starts_with("sample/")
}

impl Product {
    /// The product this program comes with, as it comes with it.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<&Product> = LazyLock::new(|| {
            // A test reads every file of the folder; nothing in it can fail here.
            let offers = Shelf::of(&Texts::new())
                .offers()
                .map_err(|finding| vec![finding]);
            let read = offers.and_then(|offers| Product::of(&template::builtin(), offers, None));
            read.unwrap_or_else(|findings| {
                panic!("the built-in product is broken: {:?}", findings.first())
            })
        });
        *BUILT_IN
    }

    /// Whether a template of this name is one of the files a product is read from.
    pub fn reads(name: &str) -> bool {
        let ending = Path::new(name).extension();
        let is_data = ending.is_some_and(|it| it == "toml" || it == "json");
        (is_data || name == codes::FILE) && (!name.contains('/') || name.starts_with("shared/"))
    }

    /// The built-in product with an organization's own files, by name, in place of some; the built-in one where they
    /// cannot be read.
    pub fn with(own: &Texts) -> &'static Self {
        if !own.keys().any(|name| Self::reads(name)) {
            return Self::built_in();
        }
        let texts = template::overlay(template::builtin(), own.clone());
        Self::read(&texts, Self::built_in().offers.clone()).unwrap_or_default()
    }

    /// Reads a product. It lives as long as the program does: its names go into every record, and a run has one.
    ///
    /// # Errors
    /// Everything in the files that cannot be read or names what is not there, each with its line.
    pub fn read(texts: &Texts, offers: Vec<Offer>) -> Result<&'static Self, Vec<Finding>> {
        Self::of(texts, offers, Some(Self::built_in()))
    }

    /// Reads a product, and holds its worksheets against those of the one the program comes with.
    fn of(
        texts: &Texts,
        offers: Vec<Offer>,
        built_in: Option<&Self>,
    ) -> Result<&'static Self, Vec<Finding>> {
        let mut reader = Reader::new(texts);
        let held = reader.file::<store::File>(store::FILE).numbered();
        let scheduled = reader.file::<schedule::File>(schedule::FILE);
        let mut product = Self {
            names: reader.file(NAMES),
            offers,
            schema: reader.file(schema::COLUMNS),
            roles: reader.file::<role::File>("roles.toml").role,
            pools: reader.file::<pool::File>("pools.toml").pool,
            stores: held.store,
            central: held.central,
            sql_names: held.sql_names,
            availability: held.availability,
            refused: reader.file::<refused::File>(refused::FILE).refused,
            uses: reader.file::<certificate::File>(certificate::FILE).r#use,
            sql: reader.file("sql.toml"),
            published: Published::of(reader.file(published::FILE)),
            meanings: reader.file(meanings::FILE),
            quorum: reader.file(quorum::FILE),
            routine: reader.file::<Routine>("shared/routine.toml").facts,
            schedules: scheduled.schedule,
            outdated: scheduled.outdated,
            lists: names::Lists::default(),
            codes: codes::Codes::read(&mut reader),
            commands: Commands::read(&mut reader),
            effects: reader.file(effects::FILE),
            plan: reader.file(plan::FILE),
            once: reader.file(plan::ONCE),
            card: reader.file::<card::File>(card::FILE).symptom,
            states: reader.file(states::FILE),
            network: reader.file(network::FILE),
        };
        product.list(&mut reader);
        let translations = reader.file(schema::NAMES);
        product.schema.complete(&translations);
        product.schema.refuse(&product.refused);
        // A file that cannot be read would leave nothing known of what it names.
        if reader.is_clean() {
            product.check(&mut reader);
            if let Some(built_in) = built_in {
                product.schema.check(&built_in.schema, &mut reader);
            }
        }
        match reader.findings() {
            findings if findings.is_empty() => Ok(Box::leak(Box::new(product))),
            findings => Err(findings),
        }
    }

    /// Makes the lists that names are looked up in.
    fn list(&mut self, reader: &mut Reader<'_>) {
        let lists = &mut self.lists;
        for role in &self.roles {
            lists.add(List::Role, &role.id, &role.names);
        }
        for pool in &self.pools {
            lists.add(List::Pool, &pool.id, &pool.names);
        }
        for one in &self.uses {
            lists.add(List::Use, &one.id, &one.names);
        }
        for one in reader.file::<names::Databases>("databases.toml").database {
            lists.add(List::Database, &one.id, &one.names);
            let export = one.export.map(|it| (one.id, it.to_lowercase()));
            lists.exports.extend(export);
        }
        for one in reader.file::<names::Answers>(names::ANSWERS).answer {
            reader.known(names::ANSWERS, [&one.id], "answer", &["yes", "no"]);
            lists.add(List::Answer, &one.id, &one.names);
        }
    }

    /// Holds every id that one file names against the file it stands in.
    fn check(&self, reader: &mut Reader<'_>) {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.id.as_str()).collect();
        for pool in &self.pools {
            reader.known("pools.toml", &pool.roles, "role", &roles);
            if let Some(sentence) = &pool.cut_off {
                reader.places("pools.toml", sentence, &["pool"]);
            }
        }
        let types: Vec<&str> = self.pools.iter().map(|pool| pool.id.as_str()).collect();
        let uses: Vec<&str> = self.uses.iter().map(|one| one.id.as_str()).collect();
        for role in &self.roles {
            reader.known("roles.toml", &role.certificates, "certificate use", &uses);
        }
        let covering = self.uses.iter().filter_map(|one| one.covered_by.as_ref());
        reader.known(certificate::FILE, covering, "certificate use", &uses);
        card::check(&self.card, &types, reader);
        let stores: Vec<&str> = self.stores.iter().map(|kind| kind.id.as_str()).collect();
        self.effects.check(&self.stores, reader);
        self.plan.check(&roles, &stores, reader);
        store::check(&self.stores, &roles, &types, reader);
        store::check_availability(&self.availability, &self.schema, reader);
        refused::check(self, reader);
        self.states.check(reader);
        self.network.check(&roles, &types, &stores, reader);
    }

    /// What the databases of a type are called on SQL Servers.
    pub fn sql_names(&self, database_type: &str) -> &[String] {
        self.sql_names.get(database_type).map_or(&[], Vec::as_slice)
    }

    /// The store that the users of a pool live in.
    pub fn user_store(&self) -> &StoreKind {
        // A product without one is refused when it is read.
        &self.stores[0]
    }

    /// Whether a store is restored after the members of its pools, which serve without it.
    pub fn comes_last(&self, kind: &StoreKind) -> bool {
        let mut stages = self.plan.stages.iter();
        stages.any(|stage| stage.last && stage.stores.contains(&kind.id))
    }

    /// The store that a database is part of, and the database.
    pub fn database(&self, id: &str) -> Option<(&StoreKind, &Database)> {
        let mut all = self.stores.iter().flat_map(|kind| {
            let databases = kind.databases.iter();
            databases.map(move |database| (kind, database))
        });
        all.find(|(_, database)| database.id == id)
    }

    /// The role of this id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The role of the servers that hold the users' store.
    pub fn role_for_users(&self) -> Option<&Role> {
        self.role(self.user_store().role.as_ref()?)
    }

    /// What servers are called whose services stop and start together with those of their pool.
    pub fn members_together(&self) -> &str {
        let role = self.roles.iter().find(|role| role.together);
        role.map_or("server", Role::printed)
    }

    /// The edition of a pool that keeps its users' store on servers of their own.
    pub fn edition_of_several(&self) -> Option<&str> {
        let mut pools = self.user_store().pools.iter();
        pools.find_map(|id| self.pool(id)?.edition.as_deref())
    }

    /// The type of pool of this id.
    pub fn pool(&self, id: &str) -> Option<&PoolType> {
        self.pools.iter().find(|pool| pool.id == id)
    }
}

/// Where nobody says otherwise, it is the product this program comes with.
impl Default for &'static Product {
    fn default() -> Self {
        Product::built_in()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in files with something else in one of them.
    fn with(file: &str, from: &str, to: &str) -> Vec<Finding> {
        let mut texts = template::builtin();
        let text = texts.get_mut(file).expect("a file of the product");
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
        Product::read(&texts, Vec::new())
            .map(|_| ())
            .expect_err("a finding")
    }

    #[test]
    fn the_folder_can_be_read() {
        assert!(Product::read(&template::builtin(), Vec::new()).is_ok());
    }

    #[test]
    fn a_key_nobody_knows_is_said_with_its_line() {
        let findings = with("roles.toml", "services = true", "servces = true");
        assert_eq!(findings.len(), 1);
        let help = findings[0].help.as_deref();
        assert_eq!(help, Some("did you mean `services`?"));
        assert!(
            findings[0]
                .place
                .as_ref()
                .is_some_and(|it| it.address().is_some())
        );
    }

    #[test]
    fn an_id_nobody_knows_is_said_with_the_nearest() {
        let findings = with("pools.toml", "roles = [\"edge\"]", "roles = [\"edg\"]");
        assert_eq!(findings[0].message, "`edg` is no role");
        let help = findings[0].help.as_deref();
        assert_eq!(help, Some("did you mean `edge`?"));
        assert!(
            findings[0]
                .place
                .as_ref()
                .is_some_and(|it| it.address().is_some())
        );
    }
}
