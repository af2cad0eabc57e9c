//! How long something takes, in words.

/// Hours as printed: "6 h", "1.5 h".
pub fn hours(hours: f64) -> String {
    let text = format!("{hours:.2}");
    format!("{} h", text.trim_end_matches('0').trim_end_matches('.'))
}

/// "1 h 05 min", "20 min"; seconds only where it took less than a minute.
pub fn took(seconds: i64) -> String {
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}
