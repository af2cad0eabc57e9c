//! The worksheets as data: which sheet kinds there are, their columns, and the names people give them.
//!
//! Entry point: [`Schema`]. The data stand in `columns.toml` and `column-names.toml` of the product; the reader, `new` and
//! the documentation all use them, so they cannot disagree.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::finding::suggest;
use crate::text::plain::normalise;

use super::Refused;
use super::read::Reader;

/// The file of the columns.
pub(super) const COLUMNS: &str = "columns.toml";
/// The file of their translations.
pub(super) const NAMES: &str = "column-names.toml";

/// The sheet kind of one row per server.
pub const SERVERS: &str = "servers";
/// The sheet kind of one row per pool.
pub const POOLS: &str = "pools";
/// The sheet kind of one row per certificate.
pub const CERTIFICATES: &str = "certificates";
/// Microsoft's database worksheet.
pub const DATABASE_BACKUPS: &str = "database-backups";
/// Microsoft's file store worksheet.
pub const FILE_STORE_BACKUPS: &str = "file-store-backups";
/// Microsoft's settings worksheet.
pub const SETTINGS_BACKUPS: &str = "settings-backups";
/// The sheet kind of one row per fact about the whole organization.
pub const DEPLOYMENT: &str = "deployment";
/// The sheet kind of one row per responsibility.
pub const CONTACTS: &str = "contacts";
/// The sheet kind of one row per installation medium.
pub const MEDIA: &str = "media";
/// An organization's own decision table.
pub const DECISION_TABLE: &str = "decision-table";

/// Everything known about the worksheets' form.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// How the names of types begin that the product's shell prints where a cell should hold a text.
    pub objects: Vec<String>,
    /// What people add to a heading in brackets without changing its meaning.
    hints: Vec<String>,
    /// Every heading of every kind, normalised.
    #[serde(skip)]
    names: BTreeSet<String>,
    /// The sheet kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
    /// What the `Setting` column of the `deployment` kind may hold.
    #[serde(rename = "setting")]
    pub settings: Vec<Setting>,
}

/// A sheet kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// For example `database-backups`.
    pub id: String,
    /// The sheet's name as `new` writes it, for example "Databases".
    pub title: String,
    /// The columns, in the order `new` writes them.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// From normalised name to the column's index.
    #[serde(skip)]
    index: BTreeMap<String, usize>,
    /// [`Schema::hints`], normalised.
    #[serde(skip)]
    hints: BTreeSet<String>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// IP addresses, of both versions.
    Addresses,
    /// The SHA-1 thumbprint of a certificate.
    Thumbprint,
    /// The serial number of a certificate.
    SerialNumber,
    /// Folders on a drive of the row's computer.
    Drive,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// The name of a product, a release or a tool: anything but a sentence.
    Name,
    /// Where a thing is kept: anything but a word for a kind of backup.
    Kept,
    /// The full name of a computer or a domain.
    Fqdn,
    /// Several of them.
    Fqdns,
    /// Yes or no.
    YesNo,
    /// An account of a domain: `DOMAIN\name`.
    Account,
    /// The short name of a domain, which stands before accounts.
    ShortDomain,
    /// A SIP address.
    SipAddress,
    /// A TCP port.
    Port,
    /// A TCP port, or one for each SQL instance: `inst1=1433`.
    Ports,
    /// Routes, one a line: `10.0.0.0/8 via 10.0.9.1`.
    Routes,
}

impl Type {
    /// Whether what fits it looks like nothing else.
    pub fn has_form(self) -> bool {
        !matches!(self, Self::Name | Self::Kept)
    }
}

/// A column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent marks of a line in columns.toml, not states"
)]
pub struct Column {
    /// The canonical English heading.
    pub heading: String,
    /// What the program calls it, where the heading names the product.
    #[serde(default)]
    pub field: Option<String>,
    /// Whether a sheet without it is not of this kind.
    #[serde(default)]
    pub key: bool,
    /// Whether it says which thing a row is about: two rows that agree in all such columns are about the same.
    #[serde(default)]
    pub identity: bool,
    /// Whether a sheet of this kind must have it.
    #[serde(default)]
    pub required: bool,
    /// Whether its cells hold dates.
    #[serde(default)]
    pub date: bool,
    /// Whether its cells hold texts that look like numbers, and suffer if a program takes them for numbers.
    #[serde(default)]
    pub text: bool,
    /// Whether its cells hold remarks, in which "none" or "unknown" may be prose.
    #[serde(default)]
    pub prose: bool,
    /// Whether a "no" in it says that there is none.
    #[serde(default)]
    pub optional: bool,
    /// What it means that there is none, as in "none means that no backup is made"; where absent, no more than a
    /// blank does.
    #[serde(default)]
    pub none: Option<String>,
    /// What its cells are, and so what they are checked for.
    #[serde(default, rename = "type")]
    pub kind: Option<Type>,
    /// What to do about a cell that is none of these, where more can be said than for the type.
    #[serde(default)]
    pub help: Option<String>,
    /// What procedures call its cells (`this.recorded.…`), of which the program itself knows nothing.
    #[serde(default, rename = "as")]
    pub named: Option<String>,
    /// Whether it holds addresses of the server's own adapters, which no other server has.
    #[serde(default, rename = "own-address")]
    pub own_address: bool,
    /// Whether `values` only suggests: other texts, or several of them, are as good.
    #[serde(default)]
    pub open: bool,
    /// Whether the product has no such thing, so that `new` does not write it (`refused.toml`).
    #[serde(skip)]
    pub refused: bool,
    /// What to put there, in a sentence or two.
    pub note: String,
    /// What a drop-down offers; empty where there is none.
    #[serde(default)]
    pub values: Vec<String>,
    /// Other headings that mean this column, translations included.
    #[serde(default, rename = "aliases")]
    pub names: Vec<String>,
}

/// A name that the `Setting` column may hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// For example "Backup location".
    pub name: String,
    /// What to put beside it.
    pub note: String,
    /// Whether its value is a date.
    #[serde(default)]
    pub date: bool,
    /// What its value is, and so what it is checked for.
    #[serde(default, rename = "type")]
    pub kind: Option<Type>,
    /// What procedures call it (`deployment.…`), of which the program itself knows nothing.
    #[serde(default, rename = "as")]
    pub named: Option<String>,
    /// What it means that there is none; where absent, no more than a blank does.
    #[serde(default)]
    pub none: Option<String>,
    /// What a drop-down offers; empty where there is none.
    #[serde(default)]
    pub values: Vec<String>,
    /// Other names of the same setting.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Schema {
    /// Takes in the translations and prepares the look-up.
    pub(super) fn complete(&mut self, translations: &Translations) {
        let hints = self.hints.iter().map(|hint| normalise(hint)).collect();
        for kind in &mut self.kinds {
            kind.complete(translations.get(&kind.id), &hints);
            self.names.extend(kind.index.keys().cloned());
        }
    }

    /// Marks the columns of what the product refuses.
    pub(super) fn refuse(&mut self, refused: &[Refused]) {
        let columns = self.kinds.iter_mut().flat_map(|kind| &mut kind.columns);
        for column in columns {
            let mut all = refused.iter().flat_map(|it| &it.columns);
            column.refused = all.any(|it| *it == column.heading);
        }
    }

    /// Holds an organization's own columns against the program's: it may add columns, names, notes and values, but
    /// what the program reads, and others exchange, must be there.
    pub(super) fn check(&self, built_in: &Self, reader: &mut Reader<'_>) {
        for kind in &built_in.kinds {
            let Some(own) = self.kind(&kind.id) else {
                let known = self.kinds.iter().map(|own| own.id.as_str());
                reader.lacks(
                    COLUMNS,
                    &format!("the sheet kind `{}`", kind.id),
                    suggest::did_you_mean(&kind.id, known),
                );
                continue;
            };
            for column in kind.columns.iter().filter(|column| !own.has(column)) {
                let lacking = format!("the column `{}` of the kind `{}`", column.called(), kind.id);
                let known = own.columns.iter().map(Column::called);
                reader.lacks(
                    COLUMNS,
                    &lacking,
                    suggest::did_you_mean(column.called(), known),
                );
            }
        }
        for kind in &self.kinds {
            kind.check_names(reader);
        }
        for setting in &built_in.settings {
            if self.settings.iter().all(|own| own.name != setting.name) {
                let known = self.settings.iter().map(|own| own.name.as_str());
                reader.lacks(
                    COLUMNS,
                    &format!("the setting `{}`", setting.name),
                    suggest::did_you_mean(&setting.name, known),
                );
            }
        }
    }

    /// The kind with this id.
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    /// Whether a [`normalise`]d text is a heading of any kind.
    pub fn knows(&self, normalised: &str) -> bool {
        let names = &self.names;
        names.contains(normalised)
            || normalised.ends_with(')')
                && self
                    .kinds
                    .iter()
                    .any(|kind| kind.column_named(normalised).is_some())
    }

    /// The setting a cell of the `Setting` column names.
    pub fn setting(&self, typed: &str) -> Option<&Setting> {
        let typed = normalise(typed);
        self.settings.iter().find(|setting| {
            let mut names = std::iter::once(&setting.name).chain(&setting.aliases);
            names.any(|name| normalise(name) == typed)
        })
    }
}

impl Column {
    /// What the program calls it.
    fn called(&self) -> &str {
        self.field.as_deref().unwrap_or(&self.heading)
    }
}

impl Kind {
    /// The column a heading names, by its canonical heading, an alias or a translation.
    pub fn column(&self, typed: &str) -> Option<&Column> {
        self.column_named(&normalise(typed))
    }

    /// The same for a heading that is [`normalise`]d already.
    pub fn column_named(&self, normalised: &str) -> Option<&Column> {
        let without_hint = || {
            let (heading, hint) = normalised.strip_suffix(')')?.rsplit_once('(')?;
            self.index
                .get(heading)
                .filter(|_| self.hints.contains(hint))
        };
        let index = self.index.get(normalised).or_else(without_hint)?;
        self.columns.get(*index)
    }

    /// The column with this canonical heading.
    pub fn heading(&self, heading: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.heading == heading)
    }

    /// The heading of the column that the program calls so; the name itself where no column is.
    pub fn field(&self, name: &'static str) -> &str {
        let mut columns = self.columns.iter();
        let column = columns.find(|column| column.field.as_deref() == Some(name));
        column.map_or(name, |column| &column.heading)
    }

    /// Whether it has a column that the program calls as it calls this one.
    fn has(&self, column: &Column) -> bool {
        self.columns
            .iter()
            .any(|own| own.called() == column.called())
    }

    /// Whether each name means one column.
    fn check_names(&self, reader: &mut Reader<'_>) {
        for (at, column) in self.columns.iter().enumerate() {
            let mut names = std::iter::once(&column.heading).chain(&column.names);
            let Some((name, first)) = names.find_map(|name| {
                let first = *self.index.get(&normalise(name))?;
                (first != at).then_some((name, first))
            }) else {
                continue;
            };
            let (kind, first) = (&self.id, &self.columns[first].heading);
            let column = &column.heading;
            let message = format!("`{name}` of `{column}` means `{first}` already, in `{kind}`");
            reader.wrong(COLUMNS, name, &message, None);
        }
    }

    /// The columns that `new` writes.
    pub fn offered(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| !column.refused)
    }

    /// The key columns: without them a sheet is not of this kind.
    pub fn keys(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.key)
    }

    /// Takes in the translations and prepares the look-up. Of two columns with one name the first wins; a test
    /// holds that there are none.
    fn complete(
        &mut self,
        translations: Option<&BTreeMap<String, ByLanguage>>,
        hints: &BTreeSet<String>,
    ) {
        self.hints.clone_from(hints);
        for (index, column) in self.columns.iter_mut().enumerate() {
            let translated = translations.and_then(|of_kind| of_kind.get(&column.heading));
            let translated = translated.into_iter().flat_map(BTreeMap::values).flatten();
            self.index
                .entry(normalise(&column.heading))
                .or_insert(index);
            for name in &column.names {
                self.index.entry(normalise(name)).or_insert(index);
            }
            for name in translated {
                // Two languages may share a word, or two translators a wording.
                if let Entry::Vacant(new) = self.index.entry(normalise(name)) {
                    new.insert(index);
                    column.names.push(name.clone());
                }
            }
        }
    }
}

/// Kind, then English heading, then the translated headings.
pub(super) type Translations = BTreeMap<String, BTreeMap<String, ByLanguage>>;

/// Language, then what one text is called in it.
type ByLanguage = BTreeMap<String, Vec<String>>;

#[cfg(test)]
mod tests;
