//! Lines that several commands say of editions and of what changed in them.

use crate::editions::Difference;
use crate::finding::words;
use crate::publish::Edition;

/// "  Server: Site: `Redmond` is now `Seattle` (servers.xlsx:Servers!D3)"
pub fn difference_line(difference: &Difference) -> String {
    let quoted = |text: &Option<String>| match text {
        Some(text) if !text.is_empty() => format!("`{}`", words::excerpt(text)),
        _ => "nothing".to_owned(),
    };
    let cell = difference.cell.as_ref();
    format!(
        "  {}: {} is now {}{}",
        difference.what,
        quoted(&difference.before),
        quoted(&difference.after),
        cell.map(|cell| format!(" ({cell})")).unwrap_or_default()
    )
}

/// "On 2014-05-01 edition 2 was valid."
pub fn on_day(day: &str, valid: Option<&Edition>) -> String {
    match valid {
        Some(valid) => format!("On {day}: {}, {}.", named(valid), valid.fingerprint),
        None => format!("On {day} no edition was valid."),
    }
}

/// "40 packets as of 2014-06-10: 29 ready, 8 with gaps and 3 blocked.", from the status of each; `day` is " as of …", or
/// nothing.
pub fn standing(statuses: &[&str], day: &str) -> String {
    let counts = [
        ("ready", "ready"),
        ("gaps", "with gaps"),
        ("blocked", "blocked"),
    ];
    let counts = counts.map(|(status, name)| {
        let count = statuses.iter().filter(|it| **it == status).count();
        (count, name)
    });
    let named = counts.iter().filter(|(count, _)| *count > 0);
    format!(
        "{}{day}: {}.",
        words::count(statuses.len(), "packet", "packets"),
        words::list(named.map(|(count, name)| format!("{count} {name}")))
    )
}

/// An edition by number, packet and day.
pub fn named(edition: &Edition) -> String {
    format!(
        "edition {} of {} {}, issued {}",
        edition.edition,
        edition.kind.as_str(),
        edition.fqdn,
        edition.issued
    )
}
