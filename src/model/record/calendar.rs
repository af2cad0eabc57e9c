//! Clocks become moments: over midnight, and from one zone into another.
//!
//! Entry point: [`Calendar::start`] and [`Calendar::end`], called in the order of the checklist. A clock without a day is
//! taken to be on the day that brings it nearest to the time before it, for steps follow each other; an end is
//! the first such clock after its start.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::time::Reading;

/// A moment of an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds from an epoch that all moments of a record share.
    seconds: i64,
    /// What a clock in the record's zone shows.
    civil: DateTime,
    /// Its distance from UTC, where the record has a zone.
    offset: Option<Offset>,
}

impl Moment {
    /// The seconds from this moment to another; negative where that is earlier.
    pub fn until(self, other: Self) -> i64 {
        other.seconds - self.seconds
    }

    /// The day on a calendar in the record's zone.
    pub fn day(self) -> Date {
        self.civil.date()
    }
}

impl std::fmt::Display for Moment {
    /// `2014-06-10 03:05`, with seconds where there are any, and the distance from UTC where it is known.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let form = if self.civil.second() == 0 {
            "%Y-%m-%d %H:%M"
        } else {
            "%Y-%m-%d %H:%M:%S"
        };
        f.write_str(&self.civil.strftime(form).to_string())?;
        match self.offset {
            Some(offset) if offset.seconds() == 0 => f.write_str(" UTC"),
            Some(offset) => {
                let (sign, minutes) = (offset.seconds().signum(), offset.seconds().abs() / 60);
                let sign = if sign < 0 { '-' } else { '+' };
                write!(f, " {sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            None => Ok(()),
        }
    }
}

/// Why a clock is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing says which day it is.
    NoDay,
    /// The end would be more than half a day after its start, or is before it.
    EndFirst,
    /// No calendar has this moment.
    Impossible,
}

/// Longer than this no step is believed to take where the end has no day of its own.
const LONGEST_STEP: i64 = 12 * 3_600;

const DAY: i64 = 86_400;

/// Reads one checklist from its first line to its last.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Option<TimeZone>,
    /// The day the work began, if somebody wrote it down.
    first: Option<Date>,
    /// The moment before.
    last: Option<Moment>,
}

impl Calendar {
    /// A calendar in this zone; without one, clocks are compared as they stand.
    pub fn new(zone: Option<TimeZone>, first: Option<Date>) -> Self {
        Self {
            zone,
            first,
            last: None,
        }
    }

    /// When a step began.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub fn start(&mut self, reading: Reading) -> Result<Moment, Lost> {
        let moment = match (reading.day, self.last) {
            (Some(day), _) => self.moment(day, reading)?,
            (None, Some(last)) => self.nearest(last, reading)?,
            (None, None) => self.moment(self.first.ok_or(Lost::NoDay)?, reading)?,
        };
        self.last = Some(moment);
        Ok(moment)
    }

    /// When a step ended that began then.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub fn end(&mut self, reading: Reading, start: Option<Moment>) -> Result<Moment, Lost> {
        let Some(start) = start else {
            return self.start(reading);
        };
        let moment = match reading.day {
            Some(day) => self.moment(day, reading)?,
            None => self.first_after(start, reading)?,
        };
        if start.until(moment) < 0 {
            return Err(Lost::EndFirst);
        }
        self.last = Some(moment);
        Ok(moment)
    }

    /// The clock on the day that brings it nearest to a moment.
    fn nearest(&self, to: Moment, reading: Reading) -> Result<Moment, Lost> {
        let days = self.around(to, reading)?;
        days.into_iter()
            .min_by_key(|it| (to.until(*it).abs(), it.seconds))
            .ok_or(Lost::Impossible)
    }

    /// The first such clock that is not before a moment.
    fn first_after(&self, start: Moment, reading: Reading) -> Result<Moment, Lost> {
        let days = self.around(start, reading)?;
        let after = days.into_iter().filter(|it| start.until(*it) >= 0);
        after
            .min()
            .filter(|it| start.until(*it) <= LONGEST_STEP)
            .ok_or(Lost::EndFirst)
    }

    /// The clock on the days around a moment.
    fn around(&self, moment: Moment, reading: Reading) -> Result<Vec<Moment>, Lost> {
        // Two days each way: another zone and a clock that runs on may each take one.
        (-2..=2)
            .map(|days| {
                let day = moment.day().checked_add(jiff::Span::new().days(days));
                self.moment(day.map_err(|_| Lost::Impossible)?, reading)
            })
            .collect()
    }

    fn moment(&self, day: Date, reading: Reading) -> Result<Moment, Lost> {
        let seconds = SignedDuration::from_secs(i64::from(reading.seconds));
        let civil = day.at(0, 0, 0, 0).checked_add(seconds);
        let civil = civil.map_err(|_| Lost::Impossible)?;
        let instant = match (reading.offset, &self.zone) {
            (Some(offset), _) => offset.to_timestamp(civil).map_err(|_| Lost::Impossible)?,
            (None, Some(zone)) => {
                let zoned = zone
                    .to_zoned_datetime(civil)
                    .map_err(|_| Lost::Impossible)?;
                zoned.timestamp()
            }
            (None, None) => return Ok(unzoned(civil)),
        };
        Ok(self.zoned(instant, reading.offset))
    }

    /// A moment as a clock in the record's zone shows it; in the writer's own where the record has none.
    fn zoned(&self, instant: Timestamp, offset: Option<Offset>) -> Moment {
        let zone = self.zone.clone();
        let zone = zone.unwrap_or_else(|| TimeZone::fixed(offset.unwrap_or(Offset::UTC)));
        let zoned = instant.to_zoned_datetime(zone);
        Moment {
            seconds: instant.as_second(),
            civil: zoned.datetime(),
            offset: Some(zoned.offset()),
        }
    }
}

fn unzoned(civil: DateTime) -> Moment {
    let days = i64::from(
        civil
            .date()
            .since(jiff::civil::date(1970, 1, 1))
            .map_or(0, |it| it.get_days()),
    );
    let time = civil.time();
    let seconds = i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60;
    Moment {
        seconds: days * DAY + seconds + i64::from(time.second()),
        civil,
        offset: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::time::read;
    use super::*;
    use jiff::civil::date;

    /// The moments of "start end" lines, as they are printed.
    fn moments(zone: Option<TimeZone>, day: Option<Date>, lines: &[&str]) -> Vec<String> {
        let mut calendar = Calendar::new(zone, day);
        let mut shown = Vec::new();
        for line in lines {
            let (start, end) = line.split_once(" | ").unwrap();
            let start = calendar.start(read(start).unwrap()).unwrap();
            let end = calendar.end(read(end).unwrap(), Some(start));
            let end = end.map_or_else(
                |lost| format!("{lost:?}"),
                |end| format!("{end}, {} min", start.until(end) / 60),
            );
            shown.push(format!("{start} to {end}"));
        }
        shown
    }

    const DAY: Option<Date> = Some(date(2014, 6, 9));

    #[test]
    fn clocks_run_over_midnight() {
        let found = moments(
            None,
            DAY,
            &[
                "23:10 | 23:40",
                "23:50 | 00:20",
                "00:10 | 00:15",
                "11:58 PM | 12:02 AM",
            ],
        );
        assert_eq!(
            found,
            [
                "2014-06-09 23:10 to 2014-06-09 23:40, 30 min",
                "2014-06-09 23:50 to 2014-06-10 00:20, 30 min",
                "2014-06-10 00:10 to 2014-06-10 00:15, 5 min",
                "2014-06-09 23:58 to 2014-06-10 00:02, 4 min",
            ]
        );
    }

    #[test]
    fn an_end_before_its_start_is_refused_unless_midnight_explains_it() {
        let found = moments(None, DAY, &["15:20 | 15:05", "22:00 | 26:30"]);
        assert_eq!(found[0], "2014-06-09 15:20 to EndFirst");
        assert_eq!(found[1], "2014-06-09 22:00 to 2014-06-10 02:30, 270 min");
    }

    #[test]
    fn zones_are_brought_together() {
        let berlin = TimeZone::fixed(Offset::constant(2));
        let found = moments(
            Some(berlin),
            DAY,
            &["23:30 | 22:15Z", "00:30 | 18:45 -04:00"],
        );
        assert_eq!(
            found,
            [
                "2014-06-09 23:30 +02:00 to 2014-06-10 00:15 +02:00, 45 min",
                "2014-06-10 00:30 +02:00 to 2014-06-10 00:45 +02:00, 15 min",
            ]
        );
    }

    #[test]
    fn a_clock_without_any_day_is_lost() {
        let mut calendar = Calendar::new(None, None);
        assert_eq!(calendar.start(read("03:05").unwrap()), Err(Lost::NoDay));
        let dated = calendar.start(read("2014-06-10 03:05").unwrap()).unwrap();
        let next = calendar.start(read("03:15").unwrap()).unwrap();
        assert_eq!(dated.until(next), 600);
    }
}
