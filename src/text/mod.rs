//! Text on its way out: quoting, escaping, prose.

pub mod prose;
