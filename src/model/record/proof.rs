//! Whether a checklist still says what its edition said.
//!
//! Entry point: [`proved`]. Places are left out of the comparison, since they are no part of an edition, and so are the
//! blanks, which are there to be written into. Runs of white space count as one.

use std::collections::BTreeSet;

use super::contract;
use super::filled::{Filled, FilledStep, Printed};
use super::numbers::as_printed;
use super::printed::{NO_RETURN, is_title, plain};
use super::remark::Remarks;
use crate::editions::{EditionPart, EditionStep, without_places};
use crate::finding::{Code, suggest, words};

/// The parts of the edition as the checklist has them. `said` holds what the edition said in the forms it is known in; one
/// of them must agree with the checklist, else every difference from the first is reported. `files` are the
/// worksheets, whose places are left out.
pub fn proved(
    filled: &Filled,
    said: Vec<Vec<EditionPart>>,
    files: &[&str],
    remarks: &mut Remarks,
) -> Vec<EditionPart> {
    let mut first = None;
    for parts in said {
        let parts = as_printed(parts, filled);
        let mut found = remarks.empty();
        prove(filled, &parts, files, &mut found);
        if !found.has_errors() {
            remarks.findings.append(&mut found.findings);
            return parts;
        }
        first.get_or_insert((parts, found));
    }
    let (parts, mut found) = first.unwrap_or_else(|| (Vec::new(), remarks.empty()));
    remarks.findings.append(&mut found.findings);
    parts
}

/// Reports every step that is not as these parts have it.
fn prove(filled: &Filled, parts: &[EditionPart], files: &[&str], remarks: &mut Remarks) {
    let mut lanes = parts.iter().flat_map(|part| &part.lanes);
    if let Some(lane) = &filled.lane
        && !lanes.any(|it| it == lane)
    {
        let message = format!("the edition has no lane {}", words::excerpt(lane));
        remarks.say(Code::AlteredChecklist, None, message, LANES);
    }
    let mut seen = BTreeSet::new();
    for step in &filled.steps {
        let said = parts.iter().flat_map(|part| &part.steps);
        let mut same = said.clone().filter(|said| said.number == step.number);
        let Some(said) = same.next() else {
            let known = said.map(|it| it.number.as_str());
            let near = suggest::did_you_mean(&step.number, known);
            let help = near.unwrap_or_else(|| HELP.to_owned());
            let message = format!("the edition has no step {}", words::excerpt(&step.number));
            let place = step.places.row.as_ref();
            remarks.say(Code::AlteredChecklist, place, message, &help);
            continue;
        };
        if !seen.insert(step.number.as_str()) {
            let message = format!("step {} stands here a second time", step.number);
            let place = step.places.row.as_ref();
            remarks.say(Code::AlteredChecklist, place, message, HELP);
        }
        compare(step, said, files, remarks);
    }
}

const HELP: &str = "write deviations into their own column, and leave the rest as it was issued";

const LANES: &str = "choose the lane from those the packet has, or none";

fn compare(step: &FilledStep, said: &EditionStep, files: &[&str], remarks: &mut Remarks) {
    let mut altered = |what: &str, is: &str, was: &str, place| {
        let (is, was) = apart(is, was);
        let message = format!(
            "the {what} of step {} is not as issued: it is `{is}`, and was `{was}`",
            step.number
        );
        remarks.say(Code::AlteredChecklist, place, message, HELP);
    };
    let row = step.places.row.as_ref();
    let mut added = Vec::new();
    let was = said.command.as_deref().unwrap_or_default();
    match &step.printed {
        Printed::Brief { title, command } => {
            if !is_title(title, said) {
                altered("title", title, &said.title, row);
            }
            let is = command.as_deref().unwrap_or_default();
            if lines(is) != lines(was) {
                altered("command", is, was, row);
            }
        }
        Printed::Row {
            what,
            where_,
            expect,
            command,
        } => {
            let is = [what, where_, expect].map(String::as_str);
            let differs = differences(is, said, files);
            let whole = [0, 1, 2].map(|column| joined(step, is[column], column));
            let whole = whole.each_ref().map(String::as_str);
            if step.more.is_empty() || !differences(whole, said, files).is_empty() {
                for (what, is, was) in differs {
                    altered(what, &is, &was, row);
                }
                added.extend(&step.more);
            }
            let rows = command.iter();
            let is = contract::command(rows.map(|(mark, text)| (mark.as_str(), text.as_str())));
            if lines(&is) != lines(was) {
                altered("command", &is, was, step.places.command.as_ref().or(row));
            }
        }
    }
    for more in added {
        let text = words::excerpt(&more.printed.join(" "));
        let message = format!("this row was added to the checklist: `{text}`");
        remarks.say(Code::AddedRow, Some(&more.place), message, HELP);
    }
}

/// A step's text in one column, with what stands below it.
fn joined(step: &FilledStep, first: &str, column: usize) -> String {
    let more = step.more.iter().map(|more| more.printed[column].as_str());
    std::iter::once(first)
        .chain(more)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What a row's text, place and expected result are, and as what they were issued, where these differ.
fn differences(
    [what, place, expect]: [&str; 3],
    said: &EditionStep,
    files: &[&str],
) -> Vec<(&'static str, String, String)> {
    let is = printed_text(what, files);
    // What cannot be taken back says so before the title.
    let is = is.strip_prefix(NO_RETURN).unwrap_or(&is);
    let account = match said.account.as_str() {
        "" => String::new(),
        account => format!("As: {account}"),
    };
    let all = [
        (
            "text",
            is.to_owned(),
            printed_text(&format!("{}\n{}", said.title, said.body), files),
        ),
        (
            "place or account",
            plain(place),
            plain(&format!("{} {account}", said.run_on)),
        ),
        ("expected result", plain(expect), plain(&said.expect)),
    ];
    all.into_iter().filter(|(_, is, was)| is != was).collect()
}

/// Title and text of a row without the blanks at its end and the places in it.
fn printed_text(what: &str, files: &[&str]) -> String {
    let kept = what.lines().filter(|line| !line.starts_with("Blank: "));
    text(&without_places(&kept.collect::<Vec<_>>().join("\n"), files))
}

/// A text in which the points of a list stand in one order: that of worksheet rows is no part of an edition.
fn text(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(plain).collect();
    for list in lines.chunk_by_mut(|a, b| a.starts_with('•') && b.starts_with('•')) {
        list.sort();
    }
    plain(&lines.join(" "))
}

/// The lines of a command without blanks at their ends, which nobody sees.
fn lines(command: &str) -> Vec<&str> {
    command.trim_end().lines().map(str::trim_end).collect()
}

/// Two texts from a little before they part, so that a message shows the difference.
fn apart(is: &str, was: &str) -> (String, String) {
    let (is, was) = (plain(is), plain(was));
    let same = is
        .chars()
        .zip(was.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let from = if same > 30 { same - 15 } else { 0 };
    let tail = |text: &str| {
        let tail: String = text.chars().skip(from).collect();
        let dots = if from > 0 { "…" } else { "" };
        words::excerpt(&format!("{dots}{tail}"))
    };
    (tail(&is), tail(&was))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn parts() -> Vec<EditionPart> {
        let step = EditionStep {
            number: "4.1".into(),
            title: "Import".into(),
            run_on: "on fe01".into(),
            account: "Admins".into(),
            expect: "It works".into(),
            body: "See …\n\nnow".into(),
            command: Some("Import-X -A 1\nGet-X".into()),
        };
        vec![EditionPart {
            number: 4,
            title: "Restore".into(),
            lanes: Vec::new(),
            steps: vec![step],
        }]
    }

    fn row(what: &str, command: &[&str]) -> FilledStep {
        FilledStep {
            number: "4.1".into(),
            printed: Printed::Row {
                what: what.into(),
                where_: "on fe01\nAs: Admins".into(),
                expect: "It works".into(),
                command: command
                    .iter()
                    .map(|line| ("PS>".to_owned(), (*line).to_owned()))
                    .collect(),
            },
            ..FilledStep::default()
        }
    }

    fn messages(steps: Vec<FilledStep>) -> Vec<String> {
        let filled = Filled {
            steps,
            ..Filled::default()
        };
        let mut remarks = Remarks::new(&Arc::from("a.xlsx"));
        prove(&filled, &parts(), &["pools.xlsx"], &mut remarks);
        let messages = remarks.findings.into_iter();
        messages.map(|it| it.message).collect()
    }

    #[test]
    fn places_blanks_and_white_space_are_no_difference() {
        let what = "Import\nSee pools.xlsx, sheet Pools, cell D3\nnow\nBlank: x: y.";
        let step = row(what, &["Import-X -A 1 ", "Get-X"]);
        assert_eq!(messages(vec![step]), [""; 0]);
        let step = row(
            "POINT OF NO RETURN. Import\nSee …\nnow",
            &["Import-X -A 1", "Get-X"],
        );
        assert_eq!(messages(vec![step]), [""; 0]);
    }

    #[test]
    fn a_changed_letter_is_a_difference() {
        let what = "Import\nSee …\nnow";
        let step = row(what, &["Import-X -A 2", "Get-X"]);
        let found = messages(vec![step]);
        assert_eq!(
            found,
            [
                "the command of step 4.1 is not as issued: it is `Import-X -A 2 Get-X`, and was `Import-X -A 1 Get-X`"
            ]
        );
        assert_eq!(messages(vec![row(what, &["Import-X -A 1"])]).len(), 1);
        assert_eq!(
            messages(vec![row(
                "Import\nSee …\nlater",
                &["Import-X -A 1", "Get-X"]
            )])
            .len(),
            1
        );
    }

    #[test]
    fn unknown_and_repeated_steps_are_differences() {
        let good = || row("Import\nSee …\nnow", &["Import-X -A 1", "Get-X"]);
        let found = messages(vec![good(), good()]);
        assert_eq!(found, ["step 4.1 stands here a second time"]);
        let other = FilledStep {
            number: "9.9".into(),
            ..good()
        };
        assert_eq!(messages(vec![other]), ["the edition has no step 9.9"]);
    }
}
