//! What is wrong with a cell, before anybody knows where the cell stands.

use crate::finding::{Code, Finding, Place, words};
use crate::product::Refused;

use super::lookalike;

/// What is wrong with a cell; the place is added by the caller, who knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The finding's code.
    pub code: Code,
    /// The message.
    pub message: String,
    /// The help line.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with a help line.
    pub fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: Some(help.into()),
        }
    }

    /// The problem of something that the product does not know, no longer or not yet.
    pub(crate) fn refused(text: &str, refused: &Refused) -> Self {
        let message = format!(
            "`{}` has no place here: {}",
            words::excerpt(text),
            refused.says
        );
        Self::new(Code::NotInProduct, message, refused.help.as_str())
    }

    /// The problem of a letter that only looks like the one that belongs there.
    pub(super) fn look_alike(text: &str, odd: char) -> Self {
        Self::new(
            Code::LookAlike,
            format!(
                "`{odd}` in `{}` is a {} letter among Latin ones",
                words::excerpt(text),
                lookalike::script(odd)
            ),
            format!(
                "is `{}` meant?",
                words::excerpt(&lookalike::latinised(text))
            ),
        )
    }

    /// The problem as a finding at its cell.
    pub(super) fn finding(self, place: &Place) -> Finding {
        Finding::new(self.code, self.message)
            .at(place)
            .help_if(self.help)
    }
}

/// What a parser answers: a value, nothing (the cell is blank or left as published), or a problem.
pub type Parsed<T> = Result<Option<T>, Problem>;
