//! A cell as the judge of rows looks at it: once, however many columns it is held against.

use core::net::IpAddr;
use std::collections::BTreeMap;

use super::super::cell_words::says_nothing;
use super::super::date;
use super::super::fqdn::Fqdn;
use super::super::path::FilePath;
use super::super::text::text_of;
use super::Cells;
use crate::text::plain::plain;

/// The cells of a row, looked at.
pub(super) type Looks = BTreeMap<u32, Look>;

/// A cell that was looked at.
pub(super) struct Look {
    /// What stands in it.
    pub(super) text: String,
    /// The same as it is compared.
    pub(super) plain: String,
    /// What it looks like.
    pub(super) shape: Shape,
    /// Whether it says that there is nothing to say.
    pub(super) says_nothing: bool,
}

impl Look {
    /// Looks at a text.
    pub(super) fn of_text(text: String) -> Self {
        Self {
            plain: plain(&text),
            shape: Shape::of(&text),
            says_nothing: says_nothing(&text),
            text,
        }
    }
}

/// Looks at the cells of a row.
pub(super) fn at(cells: &Cells) -> Looks {
    let looks = cells
        .iter()
        .map(|(column, value)| (*column, Look::of_text(text_of(value))));
    looks.collect()
}

/// What a text looks like, whatever it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// The full name of a computer, or of a file.
    Name,
    /// An IP address.
    Address,
    /// A date.
    Date,
    /// A number.
    Number,
    /// A path.
    Path,
    /// Anything else.
    Words,
}

impl Shape {
    fn of(text: &str) -> Self {
        let is_file = || FilePath::parse(text).is_ok_and(|path| path.is_backup_file());
        if text.contains('\\') || text.starts_with('$') || is_file() {
            Self::Path
        } else if text.parse::<IpAddr>().is_ok() {
            Self::Address
        } else if text.parse::<f64>().is_ok() {
            Self::Number
        } else if date::read(text).is_ok() {
            Self::Date
        } else if Fqdn::parse(text).is_ok_and(|name| !name.is_short()) {
            Self::Name
        } else {
            Self::Words
        }
    }
}
