//! Text on its way out: quoting, escaping, prose; and the names derived from content.
//!
//! - [`slot`]: a worksheet value, known or a gap
//! - [`seal`]: how such a value travels through a template and a Markdown parser unread
//! - [`reserved`]: what seals are made of, in texts from outside
//! - [`plain`]: the form in which texts are compared
//! - [`powershell`], [`sql`]: quoting for commands and for T-SQL statements
//! - [`typed`]: which texts can be typed from paper at all
//! - [`markdown`]: escaping for prose that is written as Markdown
//! - [`prose`]: blocks of text, parsed once, written in every format
//! - [`visible`]: worksheet text made fit to be shown
//! - [`duration`], [`spans`]: hours, and numbers of steps, in words
//! - [`width`]: how wide text is on a terminal
//! - [`digest`], [`fingerprint`], [`filename`]: names derived from content
//! - [`base64`]: bytes where only letters may stand

pub mod base64;
pub mod digest;
pub mod duration;
pub mod filename;
pub mod fingerprint;
pub mod hosts;
pub mod markdown;
pub mod plain;
pub mod powershell;
pub mod prose;
pub mod reserved;
pub mod seal;
pub mod slot;
pub mod spans;
pub mod sql;
pub mod typed;
pub mod visible;
pub mod width;

pub use crate::finding::Gap;
pub use slot::Slot;
