//! Rows of the `certificates` worksheet.

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, words};

use crate::product::{List, Name};
use crate::rows::Table;
use crate::rows::field::{Extra, Field};
use crate::rows::fqdn::Fqdn;
use crate::rows::path::FilePath;
use crate::rows::row::Row;

/// A certificate of a server or of a pool.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// `FQDN`, canonical.
    pub fqdn: Fqdn,
    /// The same cell.
    pub name: Field<Fqdn>,
    /// `Certificate use`: one or several.
    pub uses: Field<Vec<Name>>,
    /// `Subject`.
    pub subject: Field<String>,
    /// `Subject alternative names`.
    pub alternative_names: Field<String>,
    /// `Issuer`.
    pub issuer: Field<String>,
    /// `Serial number`.
    pub serial_number: Field<String>,
    /// `Thumbprint`.
    pub thumbprint: Field<String>,
    /// `Valid from`.
    pub valid_from: Field<Date>,
    /// `Expires`.
    pub expires: Field<Date>,
    /// `Private key exportable`.
    pub exportable: Field<bool>,
    /// `Can be re-enrolled`.
    pub reenrollable: Field<bool>,
    /// `Backup location`: free text, since a safe is a location too.
    pub backup: Field<String>,
    /// `Vault entry`: a name, never a secret.
    pub vault: Field<String>,
    /// `Notes`.
    pub notes: Field<String>,
    /// Columns the tool does not know.
    pub extras: Vec<Extra>,
    /// The row.
    pub row: Place,
}

/// How a certificate comes back on a new computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the backup of certificate and key.
    Restore,
    /// From the certification authority.
    ReEnrol,
    /// Neither exportable and backed up nor re-enrollable: it cannot come back.
    Lost,
    /// The worksheet does not say enough.
    Undecided,
}

impl Certificate {
    /// How it comes back: an exportable key that is backed up, else re-enrolment.
    pub fn way(&self) -> Way {
        let backed_up = !self.backup.is_blank() && self.backup.value.is_some();
        match (self.exportable.value, backed_up, self.reenrollable.value) {
            (Some(true), true, _) => Way::Restore,
            (_, _, Some(true)) => Way::ReEnrol,
            (Some(false), _, Some(false)) => Way::Lost,
            // A cell that was left out or cannot be read is no "there is none".
            (Some(true), false, Some(false))
                if self.backup.is_blank() && self.backup.place.at_column().is_some() =>
            {
                Way::Lost
            }
            _ => Way::Undecided,
        }
    }

    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let name = row.fqdn("FQDN");
            row.key(&name)?;
            Some(Self {
                fqdn: name.value.clone()?,
                name,
                uses: row.names(
                    "Certificate use",
                    List::Use,
                    Code::UnknownUse,
                    "certificate use",
                ),
                subject: row.text("Subject"),
                alternative_names: row.text("Subject alternative names"),
                issuer: row.text("Issuer"),
                serial_number: row.text("Serial number"),
                thumbprint: row.text("Thumbprint"),
                valid_from: row.date("Valid from"),
                expires: row.date("Expires"),
                exportable: row.yes_no("Private key exportable"),
                reenrollable: row.yes_no("Can be re-enrolled"),
                backup: backup(row),
                vault: row.text("Vault entry"),
                notes: row.text("Notes"),
                extras: row.extras(),
                row: row.place(),
            })
        })
    }
}

/// Where certificate and key are kept: a safe is a place, too. What begins as a path does has to be one, since a command
/// would use it.
fn backup(row: &mut Row<'_>) -> Field<String> {
    let mut field = row.text("Backup location");
    let Some(text) = field.value.as_deref() else {
        return field;
    };
    if !FilePath::is_rooted(text) {
        if is_name(text) {
            let message = format!("`{}` is neither a path nor a place", words::excerpt(text));
            let finding = Finding::new(Code::OddValue, message).at(&field.place);
            row.say(finding.help("write where certificate and key are kept"));
        }
        return field;
    }
    let wrong = match FilePath::parse(text) {
        Ok(path) => odd_ending(&path),
        Err(why) => Some(why),
    };
    if let Some(why) = wrong {
        let message = format!("`{}` is no path: {why}", words::excerpt(text));
        let finding = Finding::new(Code::BadPath, message)
            .at(&field.place)
            .help(r"write the file, for example `$Backup\Certificates\edge.pfx`");
        row.say(finding);
        field.value = None;
    }
    field
}

/// How long the ending of a file's name is at most: `.pfx`, `.p7b`.
const ENDING: usize = 4;

/// What is wrong with a name that ends as no file does, as when another cell was joined to it.
fn odd_ending(path: &FilePath) -> Option<String> {
    let last = path.inner().rsplit('\\').next()?;
    let (_, ending) = last.rsplit_once('.')?;
    let is_odd = ending.chars().count() > ENDING && ending.contains(['-', '_', '$']);
    is_odd.then(|| format!("no file's name ends in `.{ending}`"))
}

/// A single word in parts, as entries of vaults are called.
fn is_name(text: &str) -> bool {
    let is_one = !text.contains(char::is_whitespace);
    is_one && text.contains(['-', '_']) && text.contains(char::is_alphabetic)
}
