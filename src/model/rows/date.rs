//! Dates written as text: read where their order is certain, refused where it is not.
//!
//! Entry point: [`read`]. The names of months and the words around them are data, in `dates.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::text::plain::plain;

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADate {
    /// Two readings are possible: day first, month first.
    Ambiguous(Date, Date),
    /// It would be a date if the year had four digits; no century is ever guessed.
    ShortYear,
    /// No reading is.
    Unreadable,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    months: Vec<Vec<String>>,
    fillers: BTreeSet<String>,
    ordinals: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    crate::data::parse(include_str!("dates.toml")).expect("dates.toml is part of the program")
});

/// The months by their names.
static MONTHS: LazyLock<BTreeMap<&str, i8>> = LazyLock::new(|| {
    let months = (1..).zip(&WORDS.months);
    months
        .flat_map(|(number, names)| names.iter().map(move |name| (name.as_str(), number)))
        .collect()
});

/// Reads `2014-05-31`, `20140531`, `2014年5月31日`, `31.05.2014` (with dots the day comes first everywhere),
/// `31 May 2014`, `May 31st, 2014`, `31 de mayo de 2014`, `5/31/2014` and `31/5/2014`; a time behind the date is
/// ignored.
///
/// # Errors
/// Ambiguous (`03/04/2014`) or unreadable.
pub fn read(text: &str) -> Result<Date, NotADate> {
    let text = with_separators(&plain(text));
    let text = without_time(&text);
    let parts: Vec<&str> = text
        .split(|c: char| matches!(c, '-' | '/' | '.' | ',' | '(' | ')') || c.is_whitespace())
        .filter(|part| !part.is_empty() && !WORDS.fillers.contains(*part))
        .collect();
    let [first, second, third] = match parts.as_slice() {
        [compact] => split_compact(compact).ok_or(NotADate::Unreadable)?,
        [first, second, third] => [*first, *second, *third],
        _ => return Err(NotADate::Unreadable),
    };
    match (month_name(first), month_name(second)) {
        (Some(month), None) => civil(third, month, second),
        (None, Some(month)) if is_year(first) => civil(first, month, third),
        (None, Some(month)) => civil(third, month, first),
        (Some(_), Some(_)) => Err(NotADate::Unreadable),
        (None, None) if is_year(first) => civil(first, number(second)?, third),
        (None, None) if text.contains('.') => civil(third, number(second)?, first),
        (None, None) => day_or_month_first(first, second, third),
    }
}

/// The characters for year, month and day as separators, where they follow a digit: elsewhere they are parts of words.
fn with_separators(text: &str) -> String {
    let mut after_digit = false;
    let separated = text.chars().map(|c| {
        let separator = match c {
            '年' | '月' if after_digit => '-',
            '日' if after_digit => ' ',
            c => c,
        };
        after_digit = c.is_ascii_digit();
        separator
    });
    separated.collect()
}

fn day_or_month_first(first: &str, second: &str, year: &str) -> Result<Date, NotADate> {
    let day_first = civil(year, number(second)?, first);
    let month_first = civil(year, number(first)?, second);
    match (day_first, month_first) {
        (Ok(one), Ok(other)) if one != other => Err(NotADate::Ambiguous(one, other)),
        (Ok(date), _) | (_, Ok(date)) => Ok(date),
        (Err(NotADate::ShortYear), _) | (_, Err(NotADate::ShortYear)) => Err(NotADate::ShortYear),
        _ => Err(NotADate::Unreadable),
    }
}

/// A four-digit year, so that no century is ever guessed.
fn civil(year: &str, month: i8, day: &str) -> Result<Date, NotADate> {
    let ordinal = WORDS.ordinals.iter();
    let day = ordinal
        .map(String::as_str)
        .find_map(|ending| day.strip_suffix(ending))
        .unwrap_or(day);
    let length = year.len();
    let year: i16 = year.parse().map_err(|_| NotADate::Unreadable)?;
    let date = |year| Date::new(year, month, number(day)?).map_err(|_| NotADate::Unreadable);
    match length {
        4 => date(year),
        // 2000 is a leap year, in which every day exists.
        2 => date(2000).and(Err(NotADate::ShortYear)),
        _ => Err(NotADate::Unreadable),
    }
}

/// ISO 8601 without hyphens: `20140531`, in the years in which worksheets are kept.
fn split_compact(text: &str) -> Option<[&str; 3]> {
    let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = is_date && (text.starts_with("19") || text.starts_with("20"));
    sound.then(|| [&text[..4], &text[4..6], &text[6..]])
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Result<i8, NotADate> {
    text.parse().map_err(|_| NotADate::Unreadable)
}

fn month_name(text: &str) -> Option<i8> {
    MONTHS.get(text).copied()
}

/// The text before a time of day: `2014-05-31t08:00`, `31.05.2014 08:00`, `5/31/2014 8:00 pm`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else {
        return text;
    };
    let day = |c: char| c == 't' || c.is_whitespace();
    let Some(end) = text[..colon].rfind(day) else {
        return text;
    };
    // What stands before the colon of a drive is no hour: two values share the cell.
    let hour = text[end..colon].trim_start_matches(day);
    if number(hour).is_ok() {
        text[..end].trim_end()
    } else {
        text
    }
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
            "2014-05-31T22:00:00Z",
            "2014/05/31",
            "20140531",
            "31.05.2014",
            "31.5.2014 08:00",
            "31 May 2014",
            "31-May-2014",
            "May 31, 2014",
            "May 31st, 2014",
            "Saturday, the 31st of May 2014",
            "5/31/2014",
            "5/31/2014 8:00 PM",
            "31/05/2014",
            "31. Mai 2014",
            "Samstag, den 31. Mai 2014",
            "31 mai 2014",
            "31 de mayo de 2014",
            "31 de maio de 2014",
            "31 мая 2014 г.",
            "2014年5月31日",
            "２０１４年５月３１日",
            "2014年5月31日 (土曜日)",
            "2014 May 31",
        ] {
            assert_eq!(read(text), Ok(date), "{text}");
        }
        assert_eq!(read("05/05/2014"), Ok(jiff::civil::date(2014, 5, 5)));
        assert_eq!(read("1er août 2014"), Ok(jiff::civil::date(2014, 8, 1)));
        assert_eq!(read("3. März 2014"), Ok(jiff::civil::date(2014, 3, 3)));
    }

    #[test]
    fn uncertain_dates_are_refused() {
        let both =
            NotADate::Ambiguous(jiff::civil::date(2014, 4, 3), jiff::civil::date(2014, 3, 4));
        assert_eq!(read("03/04/2014"), Err(both));
        for text in [
            "",
            "soon",
            "2014",
            "31.02.2014",
            "41760",
            "99999999",
            "marble 3 2014",
            "2014-05-31 / C:\\Lync",
            "平成26年5月31日x",
        ] {
            assert_eq!(read(text), Err(NotADate::Unreadable), "{text}");
        }
        for text in ["31/05/14", "31-May-14", "31.05.14", "03/04/14"] {
            assert_eq!(read(text), Err(NotADate::ShortYear), "{text}");
        }
    }

    #[test]
    fn there_are_twelve_months_and_no_word_stands_for_two() {
        assert_eq!(WORDS.months.len(), 12);
        for (number, names) in (1..).zip(&WORDS.months) {
            for name in names {
                assert_eq!(month_name(name), Some(number), "{name}");
                assert_eq!(plain(name), *name);
                assert!(!WORDS.fillers.contains(name), "{name}");
            }
        }
    }
}
