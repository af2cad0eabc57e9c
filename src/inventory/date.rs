//! Dates written as text: read where their order is certain, refused where it is not.

use jiff::civil::Date;

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// Two readings are possible: day first, month first.
    Ambiguous(Date, Date),
    /// No reading is.
    Unreadable,
}

/// The English months, by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads `2014-05-31`, `2014/05/31`, `31.05.2014` (with dots the day comes first everywhere),
/// `31 May 2014`, `May 31, 2014`, `5/31/2014` and `31/5/2014`; a time behind the date is ignored.
///
/// # Errors
/// Ambiguous (`03/04/2014`) or unreadable.
pub fn read(text: &str) -> Result<Date, NotADate> {
    let text = without_time(text);
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return Err(NotADate::Unreadable);
    };
    match (month_name(first), month_name(second)) {
        (Some(month), None) => civil(third, month, second),
        (None, Some(month)) if first.len() == 4 => civil(first, month, third),
        (None, Some(month)) => civil(third, month, first),
        (Some(_), Some(_)) => Err(NotADate::Unreadable),
        (None, None) if first.len() == 4 => civil(first, number(second)?, third),
        (None, None) if text.contains('.') => civil(third, number(second)?, first),
        (None, None) => day_or_month_first(first, second, third),
    }
}

fn day_or_month_first(first: &str, second: &str, year: &str) -> Result<Date, NotADate> {
    let day_first = civil(year, number(second)?, first);
    let month_first = civil(year, number(first)?, second);
    match (day_first, month_first) {
        (Ok(one), Ok(other)) if one != other => Err(NotADate::Ambiguous(one, other)),
        (Ok(date), _) | (_, Ok(date)) => Ok(date),
        _ => Err(NotADate::Unreadable),
    }
}

/// A four-digit year, so that no century is ever guessed.
fn civil(year: &str, month: i8, day: &str) -> Result<Date, NotADate> {
    if year.len() != 4 {
        return Err(NotADate::Unreadable);
    }
    let year = year.parse().map_err(|_| NotADate::Unreadable)?;
    Date::new(year, month, number(day)?).map_err(|_| NotADate::Unreadable)
}

fn number(text: &str) -> Result<i8, NotADate> {
    text.parse().map_err(|_| NotADate::Unreadable)
}

fn month_name(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let start = lower.get(..3)?;
    let index = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(index + 1).ok()
}

/// The text before a time of day: `2014-05-31T08:00`, `31.05.2014 08:00`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else {
        return text;
    };
    text[..colon]
        .rfind(|c: char| c == 'T' || c.is_whitespace())
        .map_or(text, |end| text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certain_dates_are_read() {
        let date = jiff::civil::date(2014, 5, 31);
        for text in [
            "2014-05-31",
            "2014-05-31T22:00",
            "2014/05/31",
            "31.05.2014",
            "31.5.2014 08:00",
            "31 May 2014",
            "31-May-2014",
            "May 31, 2014",
            "5/31/2014",
            "31/05/2014",
        ] {
            assert_eq!(read(text), Ok(date), "{text}");
        }
        assert_eq!(read("05/05/2014"), Ok(jiff::civil::date(2014, 5, 5)));
    }

    #[test]
    fn uncertain_dates_are_refused() {
        let both =
            NotADate::Ambiguous(jiff::civil::date(2014, 4, 3), jiff::civil::date(2014, 3, 4));
        assert_eq!(read("03/04/2014"), Err(both));
        for text in ["", "soon", "31/05/14", "2014", "31.02.2014", "41760"] {
            assert_eq!(read(text), Err(NotADate::Unreadable), "{text}");
        }
    }
}
