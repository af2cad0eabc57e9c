//! Why a file or a sheet cannot be read: a problem without a place, which the caller that knows it adds.

use crate::finding::{Code, Finding, Place};

use super::limits::MAX_SHEETS;

/// A reason that ends the reading of a file or of a sheet.
#[derive(Debug)]
pub(super) struct Trouble {
    code: Code,
    found: String,
    help: &'static str,
}

impl Trouble {
    /// The file cannot be read; `found` says what it is or what is wrong with it.
    pub(super) fn unreadable(found: impl Into<String>) -> Self {
        Self {
            code: Code::UnreadableFile,
            found: found.into(),
            help: "open the file in a spreadsheet program and save it as a new .xlsx workbook",
        }
    }

    /// There is nothing in the file.
    pub(super) fn empty() -> Self {
        Self {
            help: "delete the file, or take the last good copy from its backup",
            ..Self::unreadable("the file is empty (0 bytes)")
        }
    }

    /// The file is something else, and saving it anew would not help.
    pub(super) fn not_a_worksheet(found: impl Into<String>) -> Self {
        Self {
            help: "keep worksheets as .xlsx, .xlsm, .xlsb, .xls, .ods or .csv files, and other files elsewhere",
            ..Self::unreadable(found)
        }
    }

    /// A part of a zipped workbook that its library refused.
    pub(super) fn damaged(error: &dyn std::fmt::Display) -> Self {
        let why = plain(error);
        Self::unreadable(format!("the workbook is damaged or incomplete: {why}"))
    }

    /// The workbook opens only with a password.
    pub(super) fn protected() -> Self {
        Self {
            code: Code::ProtectedFile,
            found: "this is a password-protected workbook, which cannot be read".into(),
            help: "save a copy without the password to open it, where only those who may read it have access",
        }
    }

    /// The file, or one of its sheets, exceeds a bound.
    pub(super) fn oversized(found: impl Into<String>) -> Self {
        Self {
            code: Code::OversizedSheet,
            found: found.into(),
            help: "copy the rows that belong to the worksheets into a new workbook",
        }
    }

    /// The workbook has more sheets than are read.
    pub(super) fn too_many_sheets(number: usize) -> Self {
        Self::oversized(format!(
            "the workbook has {number} sheets, more than the {MAX_SHEETS} that are read"
        ))
    }

    /// One sheet cannot be read; the others can.
    pub(super) fn sheet(error: &dyn std::fmt::Display) -> Self {
        let why = plain(error);
        Self {
            code: Code::UnreadableSheet,
            found: format!("this sheet is damaged and was not read: {why}"),
            help: "open the workbook in a spreadsheet program and save it as a new .xlsx workbook",
        }
    }

    /// The finding, now that the place is known.
    pub(super) fn at(self, place: &Place) -> Finding {
        Finding::new(self.code, self.found)
            .at(place)
            .help(self.help)
    }
}

/// What the libraries of the formats say when they give up, by words of theirs, and what it means to who saved the file.
const MEANINGS: [(&str, &str); 12] = [
    ("eocd", "its end is missing, as when a copy was cut off"),
    (
        "end of file",
        "its end is missing, as when a copy was cut off",
    ),
    ("eof", "its end is missing, as when a copy was cut off"),
    (
        "to fill whole buffer",
        "its end is missing, as when a copy was cut off",
    ),
    (
        "too small",
        "its end is missing, as when a copy was cut off",
    ),
    ("xml", "a part of it is no sound XML"),
    ("checksum", "a part of it was changed after it was saved"),
    ("not found", "a part of it is missing"),
    ("missing", "a part of it is missing"),
    ("deflate", "a part of it cannot be unpacked"),
    ("compress", "a part of it cannot be unpacked"),
    ("records", "its records are malformed"),
];

/// An error in the words of whoever has to mend the file.
fn plain(error: &dyn std::fmt::Display) -> &'static str {
    let error = error.to_string().to_lowercase();
    let known = MEANINGS.iter().find(|(word, _)| error.contains(word));
    known.map_or("a part of it cannot be read", |(_, meaning)| meaning)
}
