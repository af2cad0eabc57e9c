//! Times as people write them into a checklist: on a clock of 12 or 24 hours, with or without a day or a zone.
//!
//! Entry points: [`read`] for text, [`of_cell`] for cells. What could mean two things is refused with a reason.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::rows::date;
use crate::workbook::RawValue;

/// A time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day, where one was written.
    pub day: Option<Date>,
    /// The seconds since midnight; more than a day's for a clock that runs on, such as `27:05`.
    pub seconds: i32,
    /// The distance from UTC, where one was written.
    pub offset: Option<Offset>,
}

const HOUR: i32 = 3_600;
const DAY: i32 = 24 * HOUR;

impl Reading {
    fn at(moment: DateTime) -> Self {
        Self {
            day: Some(moment.date()),
            seconds: seconds(moment.time()),
            offset: None,
        }
    }
}

/// Whether anything can have been restored on a day.
pub fn is_possible(day: Date) -> bool {
    (2000..=2100).contains(&day.year())
}

/// Reads a cell; `None` where it is blank.
///
/// # Errors
/// Why it is no time, as the end of a sentence that begins with the text.
pub fn of_cell(value: &RawValue) -> Result<Option<Reading>, String> {
    match value {
        RawValue::Text(text) if text.trim().is_empty() => Ok(None),
        RawValue::Text(text) => read(text).map(Some),
        RawValue::Number(number) | RawValue::Formatted(number, _) => of_number(*number).map(Some),
        RawValue::Date(moment) if moment.year() < 2000 => Err(format!(
            "is {moment} in this workbook: a number was typed where a time belongs; write it as 15:05"
        )),
        RawValue::Date(moment) => Ok(Some(Reading::at(*moment))),
        RawValue::Renewing { .. } => Err(
            "is renewed by its formula whenever the workbook is opened, so it proves nothing; write it as 15:05"
                .to_owned(),
        ),
        RawValue::Bool(_)
        | RawValue::Error(_)
        | RawValue::Uncached(_)
        | RawValue::PartlyStruck { .. } => Err("holds no time; write it as 15:05".to_owned()),
    }
}

/// A number without a time's format: a part of a day, or digits typed without a colon.
fn of_number(number: f64) -> Result<Reading, String> {
    let clock = |seconds| Reading {
        day: None,
        seconds,
        offset: None,
    };
    if (0.0..1.0).contains(&number) {
        return Ok(clock(whole(number * f64::from(DAY))));
    }
    if number.fract() == 0.0 && (100.0..2_400.0).contains(&number) {
        return read(&format!("{number:04}"));
    }
    // From 2000 to 2100: a day and a time in one number.
    if (36_526.0..73_050.0).contains(&number) {
        let epoch = jiff::civil::date(1899, 12, 30);
        let day = epoch.checked_add(jiff::Span::new().days(whole(number.trunc())));
        let seconds = whole(number.fract() * f64::from(DAY));
        return day
            .map(|day| Reading {
                day: Some(day),
                ..clock(seconds)
            })
            .map_err(|error| format!("is no time: {error}"));
    }
    Err("is a number and no time; write it as 15:05".to_owned())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "callers have looked at the range: at most the days of a century, or the seconds of a day"
)]
fn whole(number: f64) -> i32 {
    number.round() as i32
}

/// Reads `15:05`, `03.05`, `15h05`, `0305`, `3:05 PM`, `3 pm`, `27:05`, each with or without a day in front and a zone
/// behind: `2014-06-10 03:05 +02:00`, `10.06.2014 3:05`, `03:05Z`.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<Reading, String> {
    let text = text.trim().replace(['\u{a0}', '\u{202f}'], " ");
    let lower = text.to_lowercase();
    let (rest, offset) = split_offset(&lower)?;
    let (day, clock) = split_day(rest.trim())?;
    let seconds = clock_of(clock).ok_or_else(|| no_time(clock))?;
    Ok(Reading {
        day,
        seconds,
        offset,
    })
}

fn no_time(clock: &str) -> String {
    let zone = clock.rsplit(' ').next().unwrap_or_default();
    let is_name = zone.len() >= 3 && zone.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_name && clock.starts_with(|first: char| first.is_ascii_digit()) {
        format!(
            "ends in `{}`, which several zones are called; write the distance from UTC, as +02:00",
            zone.to_uppercase()
        )
    } else {
        "is no time; write it as 15:05 or 3:05 PM".to_owned()
    }
}

/// The zone at the end: `Z`, `UTC`, `GMT+1`, `+02:00`, `-0530`.
fn split_offset(text: &str) -> Result<(&str, Option<Offset>), String> {
    for name in ["utc", "gmt", "z"] {
        if let Some(rest) = text.strip_suffix(name) {
            return Ok((rest, Some(Offset::UTC)));
        }
    }
    let Some(at) = text.rfind(['+', '-', '\u{2212}']) else {
        return Ok((text, None));
    };
    let (rest, signed) = text.split_at(at);
    // A hyphen inside a date is none: a zone stands behind a clock.
    if !rest.contains([':', ' ', 't']) || rest.trim_end().is_empty() {
        return Ok((text, None));
    }
    let rest = rest.trim_end();
    let rest = rest
        .strip_suffix("utc")
        .or_else(|| rest.strip_suffix("gmt"))
        .unwrap_or(rest);
    let sign = if signed.starts_with('+') { 1 } else { -1 };
    let digits = signed.trim_start_matches(['+', '-', '\u{2212}']);
    let offset = offset_seconds(digits)
        .and_then(|seconds| Offset::from_seconds(sign * seconds).ok())
        .ok_or_else(|| {
            format!("ends in `{signed}`, which is no distance from UTC; write +02:00")
        })?;
    Ok((rest, Some(offset)))
}

/// `2`, `02`, `0200` or `02:00` as seconds.
fn offset_seconds(digits: &str) -> Option<i32> {
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(hours * HOUR + minutes * 60)
}

/// The day in front of the clock, if there is one.
fn split_day(text: &str) -> Result<(Option<Date>, &str), String> {
    let iso = |at: &usize| {
        let (day, clock) = (&text[..*at], &text[at + 1..]);
        day.ends_with(|c: char| c.is_ascii_digit())
            && clock.starts_with(|c: char| c.is_ascii_digit())
    };
    let split = text.find('t').filter(iso).or_else(|| last_day_end(text));
    let Some(at) = split else {
        return Ok((None, text));
    };
    let day = text[..at].trim_end_matches([',', ' ']);
    match date::read(day) {
        Ok(date) => Ok((Some(date), text[at + 1..].trim())),
        Err(date::NotADate::Ambiguous(one, other)) => Err(format!(
            "could be {one} or {other}; write the day as 2014-05-31"
        )),
        Err(date::NotADate::ShortYear) => {
            Err("has a year of two digits; write the day as 2014-05-31".to_owned())
        }
        Err(date::NotADate::Unreadable) => Ok((None, text)),
    }
}

/// Where the blank stands that parts a day from a clock: before the clock, and before `3:05 pm` as a whole.
fn last_day_end(text: &str) -> Option<usize> {
    let clock = text.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ' '));
    clock.rfind(' ')
}

/// The seconds since midnight on a clock of 12 or 24 hours.
fn clock_of(text: &str) -> Option<i32> {
    let compact = text.replace([' ', '.'], "");
    let half = match compact.get(compact.len().checked_sub(2)?..) {
        Some("am") => Some(0),
        Some("pm") => Some(12),
        _ => None,
    };
    let digits = text.trim_end_matches(['a', 'p', 'm', '.', ' ']);
    let digits = if half.is_some() { digits } else { text };
    let parts: Vec<&str> = digits.trim().split([':', '.', 'h']).collect();
    let [hour, minute, second] = match parts.as_slice() {
        [bare] if bare.len() == 4 && bare.is_ascii() => [&bare[..2], &bare[2..], "0"],
        [hour] if half.is_some() => [*hour, "0", "0"],
        // `15h`
        [hour, ""] => [*hour, "0", "0"],
        [hour, minute] => [*hour, *minute, "0"],
        [hour, minute, second] => [*hour, *minute, *second],
        _ => return None,
    };
    let (hour, minute, second) = (number(hour)?, two(minute)?, two(second)?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    // A clock that runs on past midnight is understood for one more day.
    (hour < 48).then_some(hour * HOUR + minute * 60 + second)
}

fn number(text: &str) -> Option<i32> {
    let sound = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

/// Minutes or seconds. A single digit is a slip that could mean two things, but for the zero written here.
fn two(text: &str) -> Option<i32> {
    number(text).filter(|number| *number < 60 && (text.len() == 2 || text == "0"))
}

fn seconds(time: Time) -> i32 {
    i32::from(time.hour()) * HOUR + i32::from(time.minute()) * 60 + i32::from(time.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    fn clock(hour: i32, minute: i32) -> Reading {
        Reading {
            day: None,
            seconds: hour * HOUR + minute * 60,
            offset: None,
        }
    }

    fn zoned(reading: Reading, hours: i32) -> Reading {
        let offset = Offset::from_seconds(hours * HOUR).unwrap();
        Reading {
            offset: Some(offset),
            ..reading
        }
    }

    #[test]
    fn clocks_of_12_and_24_hours_are_read() {
        let cases = [
            ("15:05", clock(15, 5)),
            ("3:05 PM", clock(15, 5)),
            ("3:05pm", clock(15, 5)),
            ("3.05 p.m.", clock(15, 5)),
            ("03.05", clock(3, 5)),
            ("15h05", clock(15, 5)),
            ("15h", clock(15, 0)),
            ("0305", clock(3, 5)),
            ("3 pm", clock(15, 0)),
            ("12:30 AM", clock(0, 30)),
            ("12:30 PM", clock(12, 30)),
            ("15:05:00", clock(15, 5)),
            ("24:00", clock(24, 0)),
            ("27:05:00", clock(27, 5)),
            ("03:05\u{202f}", clock(3, 5)),
            ("03:05Z", zoned(clock(3, 5), 0)),
            ("03:05 UTC", zoned(clock(3, 5), 0)),
            ("3:05 PM +02:00", zoned(clock(15, 5), 2)),
            ("15:05 -0500", zoned(clock(15, 5), -5)),
            ("15:05 GMT+1", zoned(clock(15, 5), 1)),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn a_day_may_stand_in_front() {
        let on = |reading| Reading {
            day: Some(date(2014, 6, 10)),
            ..reading
        };
        let cases = [
            ("2014-06-10 03:05", on(clock(3, 5))),
            ("2014-06-10T03:05:00", on(clock(3, 5))),
            ("2014-06-10T03:05:00+02:00", zoned(on(clock(3, 5)), 2)),
            ("2014-06-10T03:05:00-05:00", zoned(on(clock(3, 5)), -5)),
            ("10.06.2014 3.05", on(clock(3, 5))),
            ("10 June 2014, 3:05 PM", on(clock(15, 5))),
            ("2014-06-10 3:05 pm", on(clock(15, 5))),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_or_could_be_two_says_so() {
        let cases = [
            ("soon", "is no time"),
            ("25:61", "is no time"),
            ("13:05 PM", "is no time"),
            ("3:5", "is no time"),
            ("99:00", "is no time"),
            ("15:05 CET", "`CET`"),
            ("15:05 +99:00", "no distance"),
            ("06/10/2014 3:05", "2014-06-10 or 2014-10-06"),
            ("10.06.14 3:05", "two digits"),
            ("", "is no time"),
            ("é:äö", "is no time"),
        ];
        for (text, why) in cases {
            let error = read(text).expect_err(text);
            let why = why.replace("2014-06-10 or 2014-10-06", "2014-10-06 or 2014-06-10");
            assert!(error.contains(&why), "{text}: {error}");
        }
    }

    #[test]
    fn cells_hold_parts_of_days_and_moments() {
        let moment = datetime(2014, 6, 10, 3, 5, 0, 0);
        let cases = [
            (RawValue::Number(0.5), clock(12, 0)),
            (RawValue::Number(1505.0), clock(15, 5)),
            (RawValue::Number(305.0), clock(3, 5)),
            (RawValue::Text("3:05:00".into()), clock(3, 5)),
            (RawValue::Date(moment), Reading::at(moment)),
            (
                RawValue::Number(41_800.5),
                Reading::at(datetime(2014, 6, 10, 12, 0, 0, 0)),
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(of_cell(&value), Ok(Some(expected)), "{value:?}");
        }
        let typed = RawValue::Date(datetime(1900, 1, 3, 1, 12, 0, 0));
        assert!(of_cell(&typed).is_err());
        assert!(of_cell(&RawValue::Number(3.05)).is_err());
        assert_eq!(of_cell(&RawValue::Text(" ".into())), Ok(None));
    }
}
