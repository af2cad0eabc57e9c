//! What is hidden, and what is not, beyond the packets of a bundle.

use std::collections::BTreeSet;

/// What is known beyond the contents of a bundle, as views have it.
#[derive(Clone, Debug, Default)]
pub struct Beyond {
    /// The names of all servers and pools, which are no secret.
    pub names: BTreeSet<String>,
    /// Every value of the sheets that the profile leaves out.
    pub values: BTreeSet<String>,
    /// Values that the program itself offers in columns of those sheets, which stay there: heading and value.
    pub offered: BTreeSet<(String, String)>,
}
