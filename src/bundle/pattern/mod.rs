//! Values that are told by their look, wherever they stand: network addresses, phone numbers, e-mail addresses, the hosts
//! of shares, entries of vaults.
//!
//! All look at the view of a text (`view.rs`), so full-width digits, Word's dashes and invisible characters hide nothing.
//! What is found carries a key: two spellings of one address have one.

mod address;
mod card;
mod cursor;
mod host;
mod phone;
mod vault;

use std::ops::Range;

use serde::Deserialize;

pub use phone::{find_known, numbers};

/// A look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// `+1 206 555 0142`, `0171 5550142`, `ext. 4711`.
    Phone,
    /// `somebody@example.com`.
    EMail,
    /// IPv4 and IPv6 in all their forms, and the addresses of network cards.
    IpAddress,
    /// The host in front of a share's name: `\\host\share`, `//host/share`, `smb://host`, `host:/share`.
    ShareHost,
    /// What follows the word for a vault.
    VaultEntry,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands in the view.
    pub range: Range<usize>,
    /// What it is, whatever its spelling.
    pub key: String,
}

impl Pattern {
    /// Where the view of a text has it.
    pub fn find(self, view: &str) -> Vec<Found> {
        match self {
            Self::Phone => phone::find(view),
            Self::EMail => mails(view),
            Self::IpAddress => address::find(view),
            Self::ShareHost => host::find(view),
            Self::VaultEntry => vault::find(view),
        }
    }
}

/// The longest runs of the characters of a mail address that are one.
fn mails(view: &str) -> Vec<Found> {
    let belongs = |c: char| c.is_alphanumeric() || "@._-+".contains(c);
    let mut found = Vec::new();
    let mut start = 0;
    for part in view.split(|c| !belongs(c)) {
        let token = part.trim_matches(['.', '-', '_', '+']);
        let is_mail = token.split_once('@').is_some_and(|(name, domain)| {
            !name.is_empty() && domain.contains('.') && !domain.contains('@')
        });
        if is_mail {
            let at = start + part.len() - part.trim_start_matches(['.', '-', '_', '+']).len();
            found.push(Found {
                range: at..at + token.len(),
                key: token.to_owned(),
            });
        }
        let end = start + part.len();
        start = end + view[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

#[cfg(test)]
mod tests;
