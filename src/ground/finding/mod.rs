//! Findings: everything the tool has to say about the worksheets.
//!
//! A [`Finding`] is a value, not an error: a code, a severity, a place, a message and a help line. Stages
//! collect findings and go on; only the shell decides what they cost. Disk trouble and bugs are errors
//! (`Result`) and never become findings.
//!
//! - [`code`]: the list of codes, each explained in `codes.md`
//! - [`place`]: where a value stands (file, sheet, cell)
//! - [`cost`]: what a finding costs
//! - [`words`]: the small grammar of messages ("1 row", "`a` and `b`")
//! - [`suggest`]: "did you mean"

pub mod code;
pub mod cost;
pub mod place;
pub mod suggest;
pub mod words;

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use code::Code;
pub use cost::{Concern, Cost, Costs};
pub use place::Place;

/// How much a finding weighs.
///
/// The order is the order of printing: errors first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something recorded is wrong or cannot be used; the exit code becomes 1.
    Error,
    /// Something should be mended before an outage.
    Warning,
    /// Something worth knowing.
    Info,
}

impl Severity {
    /// The word used in messages, in JSON and in the manifest.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A server or a pool; the two have separate name spaces, so the kind belongs to the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Whether the name is a server's or a pool's.
    pub kind: SubjectKind,
    /// The canonical FQDN: lower case, no trailing dot.
    pub fqdn: String,
}

/// The two kinds of thing a packet is issued for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    /// One row of the `servers` worksheet.
    Server,
    /// One row of the `pools` worksheet.
    Pool,
}

impl SubjectKind {
    /// `server` or `pool`, as in the manifest and before the colon of `server:FQDN`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Pool => "pool",
        }
    }
}

/// One thing the tool has to say about the worksheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which rule speaks.
    pub code: Code,
    /// How much it weighs; starts as the code's own severity.
    pub severity: Severity,
    /// What stands there and what was expected, in one sentence without a full stop.
    pub message: String,
    /// Where: file, sheet and cell as far as they are known.
    pub place: Option<Place>,
    /// How to clear it, in one sentence without a full stop.
    pub help: Option<String>,
    /// Packets it concerns beyond those that use the row it points at.
    pub about: Vec<Subject>,
    /// The day it was judged by, where it hangs on the day; `None` where it holds on any. What hangs on the day stands
    /// in no packet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

impl Finding {
    /// A finding without a place; callers that know the place add it with [`Finding::at`].
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            place: None,
            help: None,
            about: Vec::new(),
            as_of: None,
        }
    }

    /// Adds the place.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }

    /// Adds the help line.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the help line if there is one.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Says that the finding concerns this server or pool even where its row is not the place.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.about.push(subject);
        self
    }

    /// Says that the finding hangs on the day it was judged by.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// The message, with the day it was judged by where it hangs on one.
    pub fn said(&self) -> Cow<'_, str> {
        match self.as_of {
            Some(day) => format!("{} (as of {day})", self.message).into(),
            None => self.message.as_str().into(),
        }
    }

    /// The key of the total order: place first (file, sheet, row, column), then severity, code, message.
    fn key(&self) -> (Option<&Place>, Severity, &'static str, &str) {
        (
            self.place.as_ref(),
            self.severity,
            self.code.as_str(),
            &self.message,
        )
    }
}

impl PartialOrd for Finding {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finding {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// A value that no worksheet gives: where it belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    /// What is missing, for example "SQL instance".
    pub what: String,
    /// Why it is missing and how to supply it, naming worksheet, row and column, for example
    /// "fill in `SQL instance` of pool01.contoso.com (pools.xlsx, sheet Pools, cell E3)".
    pub cure: String,
    /// The cell that would supply it, or the row where the sheet has no such column; where a whole row is missing, the
    /// cell that asks for it. `None` where a sheet is missing, or where a template asks for what has no cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The heading over the place, or the setting beside it; `None` where another cell than its own would supply it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Gap {
    /// A gap that no cell by itself would fill.
    pub fn new(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cure: cure.into(),
            place: None,
            column: None,
        }
    }

    /// The same, of this column or setting.
    #[must_use]
    pub fn of(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same, filled by this cell.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.clone());
        self
    }
}

/// Sorts findings into their total order and says each thing once, about all whom it concerns.
pub fn settle(findings: &mut Vec<Finding>) {
    findings.sort();
    findings.dedup_by(|next, kept| {
        let same = next.cmp(&kept).is_eq() && next.help == kept.help;
        if same {
            kept.about.append(&mut next.about);
            kept.about.sort();
            kept.about.dedup();
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_order_by_place_and_repetitions_go() {
        let place = |row| Place::file("a.xlsx").sheet("S").cell(row, 0);
        let at = |row| Finding::new(Code::UnknownServer, "m").at(&place(row));
        let mut findings = vec![at(2), at(1), at(2), Finding::new(Code::NoCms, "x")];
        settle(&mut findings);
        assert_eq!(findings.len(), 3);
        assert_eq!(findings[0].code, Code::NoCms);
        assert_eq!(findings[1], at(1));
    }

    #[test]
    fn what_concerns_several_is_said_once() {
        let subject = |fqdn: &str| Subject {
            kind: SubjectKind::Pool,
            fqdn: fqdn.to_owned(),
        };
        let about = |fqdn| Finding::new(Code::NoCms, "m").about(subject(fqdn));
        let mut findings = vec![about("b"), about("a"), about("b")];
        settle(&mut findings);
        let both = about("a").about(subject("b"));
        assert_eq!(findings, [both]);
    }
}
