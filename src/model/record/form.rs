//! Whether a file can be what the working mode of a page exports.
//!
//! Entry points: [`text`], then [`of`]. Only the page writes such files, so nothing in them is guessed: each value is as
//! the page writes it, or the file is refused. The page reads them too (`layout/work/reading.js`), and refuses the same in
//! the same words; `tests/data/records.json` holds both to that.

use jiff::civil::Date;
use serde_json::Value;

use super::contract::RESULTS;
use super::time;
use crate::finding::words;
use crate::text::visible::visible;

/// The schema that is read.
pub(super) const SCHEMA: &str = "restore-packets/record/1";

/// An exported checklist is far smaller; what is larger is none.
const LARGEST: usize = 4 << 20;

/// The text of a file, which may be UTF-16, as `PowerShell` writes it.
///
/// # Errors
/// Why it is none.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    if bytes.len() > LARGEST {
        return Err("it is larger than 4 MiB, and no record of a packet is".to_owned());
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            String::from_utf8(rest.to_vec()).ok()
        }
    };
    text.ok_or_else(|| "its text is neither UTF-8 nor UTF-16".to_owned())
}

fn utf_16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Option<String> = char::decode_utf16(units).map(Result::ok).collect();
    text.filter(|_| rest.is_empty())
}

/// The record that a text holds, if each of its fields can be what it says.
///
/// # Errors
/// The first that cannot.
pub(super) fn of(text: &str) -> Result<Value, String> {
    let record: Value = serde_json::from_str(text).map_err(|_| "it is no whole JSON".to_owned())?;
    if record["schema"] != SCHEMA {
        return Err(format!("it does not say that its schema is {SCHEMA}"));
    }
    for name in ["kind", "fqdn", "fingerprint"] {
        if !record[name].is_string() {
            return Err(format!("its {name} is no text"));
        }
    }
    if edition(&record["edition"]).is_none() {
        return Err("its edition is no number".to_owned());
    }
    if !is_text(&record["change"]) {
        return Err("its change is no text".to_owned());
    }
    if !(record["exercise"].is_null() || record["exercise"].is_boolean()) {
        return Err("its exercise is neither true nor false".to_owned());
    }
    timed("begun", &record["begun"])?;
    timed("service back", &record["recovered"])?;
    if !is_text(&record["lane"]) {
        return Err("its lane is no text".to_owned());
    }
    let Some(steps) = record["steps"].as_array() else {
        return Err("it has no list of steps".to_owned());
    };
    steps.iter().try_for_each(step)?;
    Ok(record)
}

/// A whole number, which may be written as `3.0`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is looked at before"
)]
pub(super) fn edition(value: &Value) -> Option<u32> {
    let number = value.as_f64()?;
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    is_whole.then_some(number as u32)
}

/// Nothing at all is a blank.
fn is_text(value: &Value) -> bool {
    value.is_null() || value.is_string()
}

fn step(step: &Value) -> Result<(), String> {
    let Some(number) = step["number"].as_str() else {
        return Err("a step has no number".to_owned());
    };
    let name = format!("step {}", quoted(number));
    if !step["title"].is_string() {
        return Err(format!("{name}, title: it is no text"));
    }
    for field in ["command", "initials", "deviation"] {
        if !is_text(&step[field]) {
            return Err(format!("{name}, {field}: it is no text"));
        }
    }
    let result = &step["result"];
    let is_known = |it: &str| it.is_empty() || RESULTS.contains(&it);
    if !(result.is_null() || result.as_str().is_some_and(is_known)) {
        let result = quoted(&plain(result));
        return Err(format!(
            "{name}, result: `{result}` is none of done, skipped, failed"
        ));
    }
    timed(&format!("{name}, start"), &step["start"])?;
    timed(&format!("{name}, end"), &step["end"])
}

fn timed(what: &str, value: &Value) -> Result<(), String> {
    let fits = |text: &str| text.is_empty() || is_time(text);
    if value.is_null() || value.as_str().is_some_and(fits) {
        return Ok(());
    }
    Err(format!(
        "{what}: `{}` is no time as 2014-06-10T03:12:00+02:00",
        quoted(&plain(value))
    ))
}

/// Whether a text is a time as the page stamps it, on a day that there is.
fn is_time(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00+00:00";
    let fits = |(is, form): (u8, &u8)| match form {
        b'0' => is.is_ascii_digit(),
        b'+' => matches!(is, b'+' | b'-'),
        form => is == *form,
    };
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(fits)
        && text[..10].parse::<Date>().is_ok_and(time::is_possible)
        && text[11..13] < *"24"
        && text[14..16] < *"60"
        && text[17..19] < *"60"
        && text[20..] <= *"14:00"
        && text[23..] < *"60"
}

/// A text as messages quote it.
fn quoted(text: &str) -> String {
    visible(&words::excerpt(text))
}

/// A value as it is written; of a text what it says.
fn plain(value: &Value) -> String {
    let text = value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| value.to_string())
}
