//! A worksheet value on its way into a template: known or a gap, and sealed, so that only a filter prints it.

use serde::{Serialize, Serializer};

use crate::finding::Gap;

/// A value a template can print through a filter and ask with `is known`; nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Text, to be quoted literally.
    Text(String),
    /// A path under the share of the backup cycle, relative to it, with `\`: `$Backup\…`.
    UnderBackup(String),
    /// Missing, and where it belongs.
    Gap(Gap),
}

impl Slot {
    /// Whether the value is known.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Gap(_))
    }
}

impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let _ = serializer;
        unimplemented!("sealed form, see template/mod.rs")
    }
}
