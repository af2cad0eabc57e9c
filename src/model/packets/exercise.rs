//! When a packet was last exercised: routine, so no part of its edition, and shown on screen only.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fact::Fact;

/// The last exercise of a packet, whatever edition it was of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Exercise {
    /// The day it began.
    pub date: Date,
    /// The initials of all who signed, as a fact, so that a profile can leave them out of a copy.
    pub by: Fact,
}

impl Exercise {
    /// Of a day, signed with these initials.
    pub fn new(date: Date, by: &str) -> Self {
        Self {
            date,
            by: Fact {
                value: (!by.is_empty()).then(|| by.to_owned()),
                text: by.to_owned(),
                routine: true,
                ..Fact::absent("Exercised by")
            },
        }
    }

    /// "Last exercised 2014-06-07 by AB and CD", or that it never was.
    pub fn sentence(last: Option<&Self>) -> String {
        let Some(Self { date, by }) = last else {
            return "Never exercised".to_owned();
        };
        match &by.value {
            Some(by) => format!("Last exercised {date} by {by}"),
            None => format!("Last exercised {date}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_sentence_says_who_only_where_somebody_signed() {
        let day = date(2014, 6, 7);
        let sentence = |by| Exercise::sentence(Some(&Exercise::new(day, by)));
        assert_eq!(
            sentence("AB and CD"),
            "Last exercised 2014-06-07 by AB and CD"
        );
        assert_eq!(sentence(""), "Last exercised 2014-06-07");
        assert_eq!(Exercise::sentence(None), "Never exercised");
    }
}
