//! The screen of `status`: a line for what is as it should be, a short list for what is not.

use std::collections::BTreeMap;

use crate::contract::{
    ComparedData, ExpiryData, OverviewData, PacketChangeData, PageDueData, PrintedData,
};
use crate::finding::words;

/// How many of a list are shown on one screen; `-v` shows them all.
const SHOWN: usize = 8;

/// How many days that are still to come are shown.
const NEXT: usize = 5;

/// The screen.
pub fn lines(overview: &OverviewData, verbose: bool) -> Vec<String> {
    let mut screen = Screen {
        lines: Vec::new(),
        most: if verbose { usize::MAX } else { SHOWN },
    };
    screen.head(overview);
    screen.worksheets(&overview.worksheets);
    screen.paper(&overview.print);
    screen.days(&overview.expires);
    let altered = overview.altered.iter();
    let altered: Vec<String> = altered
        .map(|it| format!("{}: {}", it.path, it.why))
        .collect();
    screen.list(
        "Not as issued",
        &altered,
        "build again: what was changed by hand is kept aside",
    );
    let late = overview.not_refreshed.iter();
    let late: Vec<String> = late
        .map(|it| format!("{}: not refreshed since {}", it.what, it.since))
        .collect();
    screen.list(
        "Not refreshed",
        &late,
        "a worksheet could not be had: `restore-packets check` says which",
    );
    screen.lines.push(String::new());
    screen.lines.push(if overview.due {
        "Something is due.".to_owned()
    } else {
        "Nothing is due.".to_owned()
    });
    screen.lines
}

struct Screen {
    lines: Vec<String>,
    most: usize,
}

impl Screen {
    fn head(&mut self, overview: &OverviewData) {
        let run = &overview.last_run;
        let count = &overview.packets;
        let kinds = [
            (count.ready, "ready"),
            (count.gaps, "with gaps"),
            (count.blocked, "blocked"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds = kinds.map(|(count, name)| format!("{count} {name}"));
        let written = run.written.as_ref().map(|it| format!(", written {it}"));
        self.lines.push(format!(
            "{} as of {}: {}{}",
            words::count(count.all, "packet", "packets"),
            run.as_of,
            words::list(kinds),
            written.unwrap_or_default()
        ));
        let frozen = overview.frozen_by.as_ref();
        let frozen = frozen.map(|file| format!(", as `as-of` in {file} says for every run"));
        self.lines.push(format!(
            "judged here as of {}{}",
            overview.as_of,
            frozen.unwrap_or_default()
        ));
    }

    fn worksheets(&mut self, compared: &ComparedData) {
        if let Some(why) = &compared.why_not {
            let help = "name them: restore-packets status WORKSHEETS";
            return self.list("Worksheets: not compared", std::slice::from_ref(why), help);
        }
        let mut changes: Vec<String> = compared.packets.iter().map(change).collect();
        if compared.cycle_values > 0 {
            let values = words::count(compared.cycle_values, "value", "values");
            changes.push(format!("cycle sheet: {values} of the backup cycle"));
        }
        let files = compared.files.iter();
        let files: Vec<String> = files
            .map(|it| format!("{} is {}", it.path, it.change))
            .collect();
        if changes.is_empty() {
            let files = match files.as_slice() {
                [] => String::new(),
                files => format!(" ({}, and changes no packet)", words::list(files)),
            };
            self.good(
                "Worksheets",
                &format!("the packets say what they say{files}"),
            );
        } else {
            let files = words::list(files.iter());
            let files = if files.is_empty() {
                String::new()
            } else {
                format!(" ({files})")
            };
            let title = format!("Out of date against the worksheets{files}");
            self.list(&title, &changes, "restore-packets build");
        }
        if compared.errors > 0 {
            let errors = words::count(compared.errors, "error", "errors");
            self.lines.push(format!(
                "  the worksheets hold {errors}: restore-packets check"
            ));
        }
    }

    fn paper(&mut self, pages: &[PageDueData]) {
        let (print, gone): (Vec<_>, Vec<_>) = pages.iter().partition(|it| it.todo == "print");
        if print.is_empty() {
            self.good("Paper", "everything that stands is ticked as printed");
        }
        let print = print.into_iter().map(|it| {
            format!(
                "{}{}",
                it.path.as_deref().unwrap_or(&it.what),
                was(it.printed.as_ref())
            )
        });
        let help = "print them, then: restore-packets printed --all, or by name";
        self.list("To print", &print.collect::<Vec<_>>(), help);
        let gone = gone
            .into_iter()
            .map(|it| format!("{}: its row is gone{}", it.what, was(it.printed.as_ref())));
        let help = "take them out of the binder, then: restore-packets printed --all, or by name";
        self.list("To take out", &gone.collect::<Vec<_>>(), help);
    }

    fn days(&mut self, expires: &[ExpiryData]) {
        let (over, next): (Vec<_>, Vec<_>) = expires.iter().partition(|it| it.over);
        let over = by_reason(&over);
        self.list("Over", &over, "renew what they rest on, then build");
        let next = by_reason(&next);
        if next.is_empty() {
            return self.good("Days", "no worksheet gives a day that is still to come");
        }
        let most = if self.most == SHOWN { NEXT } else { self.most };
        self.titled("Next to expire", &next, most);
    }

    fn good(&mut self, what: &str, says: &str) {
        self.lines.push(format!("{what}: {says}"));
    }

    /// A list with what to do about it; nothing where it is empty.
    fn list(&mut self, title: &str, items: &[String], help: &str) {
        if !items.is_empty() {
            self.titled(title, items, self.most);
            self.lines.push(format!("  ({help})"));
        }
    }

    fn titled(&mut self, title: &str, items: &[String], most: usize) {
        self.lines.push(format!("{title}: {}", items.len()));
        let shown = items.iter().take(most);
        self.lines.extend(shown.map(|item| format!("  {item}")));
        if items.len() > most {
            let more = items.len() - most;
            self.lines
                .push(format!("  and {more} more (-v shows them)"));
        }
    }
}

/// What ends on a day for one reason, in one line: a certificate is its pool's and each member's.
fn by_reason(expires: &[&ExpiryData]) -> Vec<String> {
    let mut groups: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for it in expires {
        let group = groups.entry((&it.until, &it.why)).or_default();
        group.push(&it.what);
    }
    let lines = groups.into_iter().map(|((until, why), what)| {
        let shown = match what.as_slice() {
            [first, second, third, _, ..] => {
                let more = format!("{} more", what.len() - 3);
                words::list([*first, *second, *third, more.as_str()])
            }
            few => words::list(few),
        };
        format!("{until}  {why} ({shown})")
    });
    lines.collect()
}

/// "server fe01.contoso.com: Server: Site and 2 other changes".
fn change(packet: &PacketChangeData) -> String {
    let differences = packet.differences.as_deref().unwrap_or_default();
    let what = match differences {
        [] => packet.change.to_owned(),
        [first] => first.what.clone(),
        [first, rest @ ..] => format!(
            "{} and {}",
            first.what,
            words::count(rest.len(), "other change", "other changes")
        ),
    };
    format!("{} {}: {what}", packet.kind, packet.fqdn)
}

/// ", edition 1 on paper since 2014-05-31".
fn was(printed: Option<&PrintedData>) -> String {
    match printed {
        None => String::new(),
        Some(PrintedData {
            edition: Some(edition),
            day,
        }) => format!(", edition {edition} on paper since {day}"),
        Some(PrintedData { edition: None, day }) => format!(", on paper since {day}"),
    }
}
