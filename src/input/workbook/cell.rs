//! A cell as calamine has it, turned into a [`RawValue`].

use calamine::{Data, DataRef, ExcelDateTime};
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Unit};

use super::RawValue;

/// The value of a cell; `None` if it is blank.
pub(super) fn from_data(data: &Data) -> Option<RawValue> {
    Some(match data {
        Data::Empty => return None,
        Data::String(text) => return text_value(text),
        Data::Float(number) => RawValue::Number(*number),
        Data::Int(number) => integer(*number),
        Data::Bool(truth) => RawValue::Bool(*truth),
        Data::DateTime(moment) => serial(*moment),
        Data::DateTimeIso(text) => iso(text),
        Data::DurationIso(text) => iso_duration(text),
        Data::Error(error) => RawValue::Error(error.to_string()),
    })
}

/// The same for a borrowed cell.
pub(super) fn from_data_ref(data: &DataRef<'_>) -> Option<RawValue> {
    match data {
        DataRef::SharedString(text) => text_value(text),
        DataRef::String(text) => text_value(text),
        other => from_data(&Data::from(other.clone())),
    }
}

/// Text; `None` if there is none.
pub(super) fn text_value(text: &str) -> Option<RawValue> {
    (!text.is_empty()).then(|| RawValue::Text(text.to_owned()))
}

/// Characters that are kept of a text beside the cells.
const LONGEST_BESIDE: usize = 1_000;

/// A text that stands beside the cells, on one line; `None` if there is none.
pub(super) fn beside(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text: String = words.join(" ").chars().take(LONGEST_BESIDE).collect();
    (!text.is_empty()).then_some(text)
}

/// A date written as ISO 8601, or the text itself where it is none.
pub(super) fn iso(text: &str) -> RawValue {
    let plain = text.trim().trim_end_matches('Z');
    let moment = plain
        .parse::<DateTime>()
        .or_else(|_| plain.parse::<Date>().map(|day| day.at(0, 0, 0, 0)));
    match moment {
        Ok(moment) => RawValue::Date(moment),
        Err(_) => RawValue::Text(text.to_owned()),
    }
}

/// A time or duration written as ISO 8601, in the form every format shares.
///
/// LibreOffice writes a moment that is shown as a time of day as the hours since the first day of its calendar.
pub(super) fn iso_duration(text: &str) -> RawValue {
    let duration = text.trim().parse::<SignedDuration>();
    let whole = duration.and_then(|duration| duration.round(Unit::Second));
    let Some(duration) = whole.ok().filter(|duration| !duration.is_negative()) else {
        return RawValue::Text(text.to_owned());
    };
    let moment = FIRST_DAY.at(0, 0, 0, 0).checked_add(duration);
    match moment {
        Ok(moment) if (2000..2100).contains(&moment.year()) => RawValue::Date(moment),
        _ => RawValue::Text(clock(duration)),
    }
}

/// The day from which spreadsheets count.
const FIRST_DAY: Date = jiff::civil::date(1899, 12, 30);

#[expect(
    clippy::cast_precision_loss,
    reason = "spreadsheets hold numbers as f64; beyond 2^53 they have lost digits already"
)]
fn integer(number: i64) -> RawValue {
    RawValue::Number(number as f64)
}

/// A serial number with a date's, a time's or a duration's format.
///
/// A duration and a time of day without a date are text as they are shown, since neither is a moment.
fn serial(moment: ExcelDateTime) -> RawValue {
    let value = moment.as_f64();
    if !(0.0..2_958_466.0).contains(&value) {
        return RawValue::Number(value);
    }
    if moment.is_duration() || value < 1.0 {
        let seconds = SignedDuration::try_from_secs_f64((value * 86_400.0).round());
        return RawValue::Text(clock(seconds.unwrap_or_default()));
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let parts = || {
        let day = date_of(year, month, day)?;
        let time = day.at(small(hour)?, small(minute)?, small(second)?, 0);
        let rest = SignedDuration::from_millis(i64::from(milli));
        time.checked_add(rest).ok()?.round(Unit::Second).ok()
    };
    parts().map_or(RawValue::Number(value), RawValue::Date)
}

fn date_of(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

fn small(number: u8) -> Option<i8> {
    i8::try_from(number).ok()
}

/// A duration as hours, minutes and seconds: half a day is `12:00:00`, a day and a half `36:00:00`.
fn clock(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    format!(
        "{}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType::{DateTime as Moment, TimeDelta};
    use jiff::civil::{date, datetime};

    #[test]
    fn serial_numbers_become_dates_in_both_systems() {
        let cases = [
            (41_760.0, false, datetime(2014, 5, 1, 0, 0, 0, 0)),
            (40_298.0, true, datetime(2014, 5, 1, 0, 0, 0, 0)),
            (41_760.5, false, datetime(2014, 5, 1, 12, 0, 0, 0)),
            (41_759.999_999_9, false, datetime(2014, 5, 1, 0, 0, 0, 0)),
            (1.0, false, datetime(1900, 1, 1, 0, 0, 0, 0)),
        ];
        for (value, is_1904, expected) in cases {
            let read = serial(ExcelDateTime::new(value, Moment, is_1904));
            assert_eq!(read, RawValue::Date(expected), "{value}");
        }
    }

    #[test]
    fn what_is_no_moment_is_not_made_one() {
        let time = serial(ExcelDateTime::new(0.25, Moment, false));
        assert_eq!(time, RawValue::Text("6:00:00".into()));
        let hours = serial(ExcelDateTime::new(1.5, TimeDelta, false));
        assert_eq!(hours, RawValue::Text("36:00:00".into()));
        assert_eq!(iso_duration("PT36H00M00S"), hours);
        let negative = serial(ExcelDateTime::new(-3.0, Moment, false));
        assert_eq!(negative, RawValue::Number(-3.0));
    }

    #[test]
    fn a_moment_shown_as_a_time_of_day_keeps_its_day() {
        let evening = RawValue::Date(datetime(2014, 6, 9, 22, 56, 0, 0));
        assert_eq!(iso_duration("PT1003198H56M00S"), evening);
        assert_eq!(iso_duration("PT1003198H55M59.9999997S"), evening);
        let late = RawValue::Text("23:20:00".into());
        assert_eq!(iso_duration("PT23H19M59.9999S"), late);
    }

    #[test]
    fn iso_dates_are_dates_and_other_text_stays_text() {
        let day = RawValue::Date(date(2014, 5, 1).at(0, 0, 0, 0));
        assert_eq!(iso("2014-05-01"), day);
        assert_eq!(iso("2014-05-01T00:00:00Z"), day);
        assert_eq!(iso("soon"), RawValue::Text("soon".into()));
    }
}
