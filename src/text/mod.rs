//! Text on its way out: quoting, escaping, prose; and the names derived from content.

pub mod digest;
pub mod filename;
pub mod fingerprint;
pub mod prose;
