//! What the four systems have in common: a record that holds files, can be added to, and can be read back.

use super::record::{Attached, Outgoing};
use super::trouble::Trouble;

/// A record in a ticket system.
pub trait System {
    /// What the record holds, oldest first.
    ///
    /// # Errors
    /// The record is unknown or may not be seen, or the server does not answer.
    fn look(&self) -> Result<Vec<Attached>, Trouble>;

    /// The largest file the system takes, where it says so.
    ///
    /// # Errors
    /// The server does not answer.
    fn limit(&self) -> Result<Option<u64>, Trouble> {
        Ok(None)
    }

    /// Texts on the record among which is the note, if there is one, that was added with this file.
    ///
    /// # Errors
    /// They may not be seen, or the server does not answer.
    fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble>;

    /// The bytes of a file, or as many as are expected and one more.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble>;

    /// Adds files, and the note where the system takes both at once.
    ///
    /// # Errors
    /// A file could not be added; those before it may stand.
    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble>;

    /// Whether files and note are one change; else the note is said once the files are read back.
    fn takes_both(&self) -> bool;

    /// Adds a note by itself.
    ///
    /// # Errors
    /// The note could not be added.
    fn say(&self, note: &str) -> Result<(), Trouble>;
}
