//! The names by which a checklist is read back after it was filled in. The writer uses them too, so that the two
//! cannot drift apart; how they stand on the sheet is told in `checklist.rs`.

/// The sheet of a packet's workbook that is filled in, and the only one read back.
pub const SHEET: &str = "Checklist";

/// The heading row, from the first column on.
pub const HEADINGS: [&str; 9] = [
    "Step",
    "What to do",
    "Where and as whom",
    "Expected result",
    "Start",
    "End",
    "Result",
    "Initials",
    "Deviation",
];

/// What a step can come to.
pub const RESULTS: [&str; 3] = ["done", "skipped", "failed"];

/// Stands before each line of a command.
pub const PROMPT: &str = "PS>";

/// Stands before each line of T-SQL, which is never broken: its window knows no mark that it goes on.
pub const STATEMENT: &str = "SQL";

/// Stands before the rest of a line that is broken: what PowerShell shows there, too.
pub const CONTINUED: &str = ">>";

/// Stands in the place of a command that is withheld.
pub const WITHHELD: &str = "GAP";

/// Stands left of the day on which the work began, to which times without a date belong.
pub const BEGUN: &str = "Date started";

/// Stands left of the cell in which the lane is chosen that is worked through; absent where a packet has one.
pub const LANE: &str = "Lane";

/// Marks a step as one of a lane, in the lane's column right of the table.
pub const IN_LANE: &str = "●";

/// The document's own properties, which say what it is. Their names begin with [`MARK`](crate::workbook::MARK).
pub mod property {
    /// The fingerprint of the edition.
    pub const FINGERPRINT: &str = "restore-packets fingerprint";
    /// The edition's number.
    pub const EDITION: &str = "restore-packets edition";
    /// `server` or `pool`.
    pub const KIND: &str = "restore-packets kind";
    /// The canonical FQDN.
    pub const FQDN: &str = "restore-packets fqdn";
    /// What a document is that is no packet: an index, a plan, a list of findings, a marked copy.
    pub const DOCUMENT: &str = "restore-packets document";
    /// The change record; absent in packets of no change.
    pub const CHANGE: &str = "restore-packets change";
}

/// The lines of a command, put together from its rows: each row's mark and text. The inverse of what the writer did.
pub fn command<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut command = String::new();
    for (mark, text) in rows {
        if mark == CONTINUED {
            let broken = command.strip_suffix('`').map(str::len);
            command.truncate(broken.unwrap_or(command.len()));
        } else if !command.is_empty() {
            command.push('\n');
        }
        command.push_str(text);
    }
    command
}
