//! A tie between two things of the deployment, and the cell that says so.

use serde::{Deserialize, Serialize};

use crate::finding::Place;
use crate::inventory::FileStoreBackup;
use crate::rows::{Field, Fqdn};

use crate::product::StoreKind;

/// What stands at the end of a tie. A name may be one that no worksheet has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End<'a> {
    /// A computer.
    Server(&'a Fqdn),
    /// A pool, also one of a single computer that bears the same name.
    Pool(&'a Fqdn),
    /// Everything there is.
    Deployment,
}

/// What its beginning is to a tie's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A server is a member of a pool, or stands under its name.
    MemberOf,
    /// A server holds a store of a pool.
    Holds(&'static StoreKind, Part),
    /// A server decides between the partners of a pool's mirror.
    Witnesses,
    /// A server hosts a share of a pool.
    Hosts(Share),
    /// A pool hands traffic on to another.
    NextHop,
    /// A pool's users can be taken over by another. Its own row says so; the other's need not.
    PairedWith,
    /// A pool manages the deployment: it hosts the store that all servers read their topology from.
    Manages,
}

/// Which half of a store a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The SQL Server itself; of a mirrored pair, the primary.
    Primary,
    /// The mirror.
    Mirror,
    /// One of several that hold it together, behind a name of their own.
    Copy,
}

/// A share of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// What its users' content lies on.
    FileStore,
    /// What mirrors of its databases are made through.
    Mirror,
}

/// Where a tie was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// From a cell that somebody filled in.
    Worksheet,
}

/// A tie.
#[derive(Clone, Copy, Debug)]
pub struct Tie<'a> {
    /// The end that is something to the other.
    pub from: End<'a>,
    /// What it is to it.
    pub what: What,
    /// The other end.
    pub to: End<'a>,
    /// What says so.
    pub cell: Cell<'a>,
    /// Where that was learned.
    pub source: Source,
}

/// A cell that says something, whatever the type of its value.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    column: &'static str,
    text: &'a str,
    /// Where it stands.
    pub place: &'a Place,
    owner: Owner<'a>,
}

/// What the row of a cell is about.
#[derive(Clone, Copy, Debug)]
enum Owner<'a> {
    /// A server or a pool.
    Row(&'a Fqdn),
    /// The backup of this pool's file store.
    BackupOf(&'a Fqdn),
    /// The backup of a file store whose pool is not named.
    Backup,
}

/// A reason, with the cell it was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Because {
    /// For example "`SQL Server FQDN` of `pool01.contoso.com` is `sql01.contoso.com`".
    pub text: String,
    /// The cell.
    pub place: Place,
}

impl<'a> Cell<'a> {
    /// A cell in the row of a server or a pool.
    pub fn of<T>(field: &'a Field<T>, owner: &'a Fqdn) -> Self {
        Self {
            column: field.column,
            text: &field.text,
            place: &field.place,
            owner: Owner::Row(owner),
        }
    }

    /// The server of a file store's backup, where it tells whose share a pool's is.
    pub(super) fn of_backup(row: &'a FileStoreBackup, pool: &'a Fqdn) -> Self {
        Self {
            owner: match &row.pool.value {
                Some(_) => Owner::BackupOf(pool),
                None => Owner::Backup,
            },
            ..Self::of(&row.server, pool)
        }
    }

    /// The cell as a reason.
    pub fn because(&self) -> Because {
        let lines: Vec<&str> = self.text.lines().map(str::trim).collect();
        let whose = match self.owner {
            Owner::Row(owner) => format!("`{owner}`"),
            Owner::BackupOf(pool) => format!("the file store backup of `{pool}`"),
            Owner::Backup => "a file store backup that names no pool".to_owned(),
        };
        Because {
            text: format!("`{}` of {whose} is `{}`", self.column, lines.join(" / ")),
            place: self.place.clone(),
        }
    }
}

impl Tie<'_> {
    /// Why the tie is there, in the words of its cell.
    pub fn because(&self) -> Because {
        self.cell.because()
    }
}
