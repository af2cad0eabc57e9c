//! What a place is named after: `se02-UserData.zip` in the row of `se01` is the export of another pool.
//!
//! Organizations name the files and folders of backups after computers, pools and databases. Where the row is about another
//! one of them, one of its cells is a slip, and nothing says which: the place is not used, and both are named.
//!
//! Only names with a digit in them count, since `Archive` and `Chat` are words as well as computers.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, words};
use crate::product::{List, Product};

use super::Inventory;
use super::backup::{DatabaseBackup, FileStoreBackup};
use super::certificate::Certificate;
use super::pool::Pool;
use crate::rows::field::Field;
use crate::rows::fqdn::Fqdn;
use crate::rows::path::FilePath;

/// Takes out the places that are named after what another row is about.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let names = Names::of(inventory);
    let product = inventory.product;
    for row in &mut inventory.databases {
        let own = names.around_backup(row, product);
        backup(row, &names, &own, product, findings);
    }
    for row in &mut inventory.file_stores {
        let own = names.around(row.pool.value.as_ref(), row.server.value.as_ref());
        let destination = row.destination.value.as_ref().map(FilePath::to_string);
        let other = destination.and_then(|it| names.other(&it, &own));
        if let (Some(other), Some(subject)) = (other, first(&[&row.pool, &row.server])) {
            findings.push(of_other(&row.destination, other, subject));
            row.destination.value = None;
        }
    }
    for row in &mut inventory.servers {
        let image = row.system_image.value.as_deref();
        // An image may be of all members of a pool, and then bears its name and not that of one of them.
        let own = row.pool.value.iter().chain([&row.fqdn]);
        let own = own.map(|it| it.computer_name().to_owned()).collect();
        let image = image.filter(|it| FilePath::is_rooted(it));
        if let Some(other) = image.and_then(|it| names.other(it, &own)) {
            findings.push(of_other(&row.system_image, other, &row.name));
            row.system_image.value = None;
        }
    }
    local_paths(&mut inventory.file_stores, findings);
    for row in &mut inventory.certificates {
        let own = names.around(None, Some(&row.fqdn));
        let other = row.backup.value.as_deref();
        let other = other.and_then(|it| names.other(it, &own));
        if let Some(other) = other.filter(|_| !is_of_all(row, product)) {
            findings.push(of_other(&row.backup, other, &row.name));
            row.backup.value = None;
        }
    }
}

/// Folders that bear the name of another share than the one the row is about.
fn local_paths(rows: &mut [FileStoreBackup], findings: &mut Vec<Finding>) {
    let name = |row: &FileStoreBackup| {
        let share = row.share.value.as_ref();
        share.and_then(FilePath::share_name).map(str::to_lowercase)
    };
    let known: BTreeSet<String> = rows.iter().filter_map(name).collect();
    for row in rows {
        let folder = row.local_path.value.as_ref();
        let folder = folder.and_then(|it| it.inner().rsplit('\\').next());
        let (Some(folder), Some(own)) = (folder.map(str::to_lowercase), name(row)) else {
            continue;
        };
        if folder == own || !known.contains(&folder) {
            continue;
        }
        let message = format!(
            "`{}` is named as another share is, but the row is about `{}` ({}), so it is not used",
            words::excerpt(&row.local_path.text),
            words::excerpt(&row.share.text),
            row.share.place
        );
        let finding = Finding::new(Code::ContradictingCells, message).at(&row.local_path.place);
        findings.push(finding.help(HELP));
        row.local_path.value = None;
    }
}

/// Whether a deployment has one certificate of this use, so that any server's name may stand in its place.
fn is_of_all(row: &Certificate, product: &Product) -> bool {
    let mut uses = row.uses.value.iter().flatten();
    uses.any(|name| {
        let mut known = product.uses.iter();
        known.any(|it| it.id == name.id && it.replicated)
    })
}

/// The computers and pools, by what paths call them: the first part of their names, in small letters.
struct Names {
    /// Those with a digit in it.
    known: BTreeMap<String, Fqdn>,
    /// For each pool the names of all that belong to it: its own, its members', those of the servers that hold its stores.
    circles: Vec<BTreeSet<String>>,
    /// The circles a pool or a server is in.
    of: BTreeMap<Fqdn, Vec<usize>>,
    /// The circle of each pool.
    pools: BTreeMap<Fqdn, usize>,
    /// The circles of pools that host what a deployment has one of.
    central: Vec<usize>,
}

impl Names {
    fn of(inventory: &Inventory) -> Self {
        let mut names = Self {
            known: BTreeMap::new(),
            circles: Vec::new(),
            of: BTreeMap::new(),
            pools: BTreeMap::new(),
            central: Vec::new(),
        };
        for pool in &inventory.pools {
            names.pool(pool);
        }
        for server in &inventory.servers {
            names.know(&server.fqdn);
            let pool = server.pool.value.as_ref();
            if let Some(circle) = pool.and_then(|it| names.pools.get(it)) {
                names.join(*circle, &server.fqdn);
            }
        }
        names
    }

    fn pool(&mut self, pool: &Pool) {
        let circle = self.circles.len();
        self.circles.push(BTreeSet::new());
        self.pools.insert(pool.fqdn.clone(), circle);
        if pool.holds_central() {
            self.central.push(circle);
        }
        self.know(&pool.fqdn);
        self.join(circle, &pool.fqdn);
        let stores = pool.stores.iter();
        for server in stores
            .flat_map(|it| [&it.server.value, &it.mirror.value])
            .flatten()
        {
            self.join(circle, server);
        }
    }

    fn know(&mut self, fqdn: &Fqdn) {
        let name = fqdn.computer_name();
        if name.contains(|c: char| c.is_ascii_digit()) {
            self.known
                .entry(name.to_owned())
                .or_insert_with(|| fqdn.clone());
        }
    }

    fn join(&mut self, circle: usize, fqdn: &Fqdn) {
        self.circles[circle].insert(fqdn.computer_name().to_owned());
        self.of.entry(fqdn.clone()).or_default().push(circle);
    }

    /// Every name a row of this pool or server may go by; a server alone is of all pools it has to do with.
    fn around(&self, pool: Option<&Fqdn>, server: Option<&Fqdn>) -> BTreeSet<String> {
        let circles = match (pool, server) {
            (Some(pool), _) => self.pools.get(pool).map(std::slice::from_ref),
            (None, Some(server)) => self.of.get(server).map(Vec::as_slice),
            (None, None) => None,
        };
        let circles = circles.unwrap_or_default().iter();
        let mut own: BTreeSet<String> = circles.flat_map(|it| self.circles[*it].clone()).collect();
        let named = pool.into_iter().chain(server);
        own.extend(named.map(|it| it.computer_name().to_owned()));
        own
    }

    /// The same for a backup of a database: what a deployment has one of is of the pool that hosts it too.
    fn around_backup(&self, row: &DatabaseBackup, product: &Product) -> BTreeSet<String> {
        let mut own = self.around(row.pool.value.as_ref(), row.server.value.as_ref());
        let mut central = product.central.databases.iter();
        let database = row.database.value;
        if database.is_some_and(|name| central.any(|it| it.id == name.id)) {
            own.extend(self.central.iter().flat_map(|it| self.circles[*it].clone()));
        }
        own
    }

    /// What the deepest part of a path that has a name in it is named after, if that is none of the row's own.
    fn other(&self, path: &str, own: &BTreeSet<String>) -> Option<&Fqdn> {
        let lower = path.to_lowercase();
        let below = match lower.strip_prefix(r"\\") {
            Some(share) => share.split_once('\\').map_or("", |(_, below)| below),
            None => &lower,
        };
        for part in below.rsplit('\\') {
            let words = phrases(part);
            if words.iter().any(|it| own.contains(*it)) {
                return None;
            }
            if let Some(other) = words.iter().find_map(|it| self.known.get(*it)) {
                return Some(other);
            }
        }
        None
    }
}

/// Every run of whole words in a part of a path, the longest first: the names of computers may hold hyphens.
fn phrases(part: &str) -> Vec<&str> {
    // The longest that a part of a name in DNS can be.
    const LABEL: usize = 63;
    let is_word = |c: char| c.is_alphanumeric();
    let ends: Vec<usize> = part
        .char_indices()
        .map(|(at, _)| at)
        .chain([part.len()])
        .collect();
    let before = |at: usize| part[..at].chars().next_back().is_some_and(is_word);
    let after = |at: usize| part[at..].chars().next().is_some_and(is_word);
    let starts = ends.iter().filter(|at| !before(**at) && after(**at));
    let stops: Vec<usize> = ends
        .iter()
        .copied()
        .filter(|at| before(*at) && !after(*at))
        .collect();
    let runs = starts.flat_map(|start| {
        let is_near = move |stop: &&usize| **stop > *start && **stop - start <= LABEL;
        let stops = stops.iter().filter(is_near);
        stops.map(move |stop| &part[*start..*stop])
    });
    let mut runs: Vec<&str> = runs.collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    runs
}

/// The cells of one backup of a database: its file, its folder and its set.
fn backup(
    row: &mut DatabaseBackup,
    names: &Names,
    own: &BTreeSet<String>,
    product: &'static Product,
    findings: &mut Vec<Finding>,
) {
    let set = row.set.value.as_ref().and_then(|it| it.name.clone());
    let file = row.file.value.as_ref().map(FilePath::to_string);
    let folder = row.destination.value.as_ref().map(FilePath::to_string);
    // A file in a folder is told by its own name before that of the folder.
    let whole = match (&folder, &file) {
        (Some(folder), Some(file)) => Some(format!("{folder}\\{file}")),
        (folder, file) => file.clone().or_else(|| folder.clone()),
    };
    let subject = first(&[&row.pool, &row.server]);
    let named = |text: &Option<String>| text.as_deref().and_then(|it| names.other(it, own));
    let mut said = Vec::new();
    if let (Some(other), Some(subject)) = (named(&whole), subject) {
        let is_in_file = named(&file).is_some();
        let cell = if is_in_file {
            &row.file
        } else {
            &row.destination
        };
        said.push(of_other(cell, other, subject));
    } else if let (Some(other), Some(subject)) = (named(&set), subject) {
        said.push(of_other(&row.set, other, subject));
    }
    said.extend(database_of_other(row, product));
    if said.is_empty() {
        return;
    }
    // What the cells say besides could name another file, and be as wrong.
    let is_slip = said
        .iter()
        .any(|it| it.place.as_ref() == Some(&row.destination.place));
    let names_file = |it: &FilePath| it.is_backup_file();
    if is_slip || row.destination.value.as_ref().is_some_and(names_file) {
        row.destination.value = None;
    }
    row.file.value = None;
    if let Some(set) = &mut row.set.value {
        set.name = None;
    }
    findings.append(&mut said);
}

/// A file or a set that is named after another database than the row's.
fn database_of_other(row: &DatabaseBackup, product: &'static Product) -> Option<Finding> {
    let own = row.database.value?;
    let stem = |path: &FilePath| {
        let name = path.inner().rsplit('\\').next().unwrap_or_default();
        name.rsplit_once('.').map(|(stem, _)| stem.to_owned())
    };
    let set = row.set.value.as_ref().and_then(|it| it.name.as_deref());
    let file = row.file.value.as_ref().and_then(stem);
    let folder = row
        .destination
        .value
        .as_ref()
        .filter(|it| it.is_backup_file());
    let folder = folder.and_then(stem);
    let cells = [
        (file.as_deref(), &row.file.text, &row.file.place),
        (
            folder.as_deref(),
            &row.destination.text,
            &row.destination.place,
        ),
        (set, &row.set.text, &row.set.place),
    ];
    cells.into_iter().find_map(|(name, text, place)| {
        let named = product.databases_meant(name?);
        let other = named.iter().next().filter(|_| !named.contains(own.id))?;
        let message = format!(
            "`{}` is named after `{}`, but the row is about `{}` ({}), so it is not used",
            words::excerpt(text),
            product.printed_as(List::Database, other),
            own.printed,
            row.database.place
        );
        let finding = Finding::new(Code::ContradictingCells, message).at(place);
        Some(finding.help(HELP))
    })
}

const HELP: &str = "look what lies there, and correct the cell that is wrong";

fn of_other<T>(cell: &Field<T>, other: &Fqdn, subject: &Field<Fqdn>) -> Finding {
    let message = format!(
        "`{}` is named after `{other}`, but the row is about `{}` ({}), so it is not used",
        words::excerpt(&cell.text),
        subject.text,
        subject.place
    );
    Finding::new(Code::ContradictingCells, message)
        .at(&cell.place)
        .help(HELP)
}

/// The first of the cells that names somebody.
fn first<'a>(cells: &[&'a Field<Fqdn>]) -> Option<&'a Field<Fqdn>> {
    cells.iter().copied().find(|cell| cell.value.is_some())
}
