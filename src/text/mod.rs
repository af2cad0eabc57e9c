//! Text on its way out: quoting, escaping, prose.
//!
//! - [`slot`]: a worksheet value, known or a gap
//! - [`seal`]: how such a value travels through a template and a Markdown parser unread
//! - [`powershell`]: quoting for commands
//! - [`markdown`]: escaping for prose that is written as Markdown
//! - [`prose`]: blocks of text, parsed once, written in every format

pub mod markdown;
pub mod powershell;
pub mod prose;
pub mod seal;
pub mod slot;

pub use slot::{Gap, Slot};
