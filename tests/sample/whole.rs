//! That the pages are short, and that nothing is lost for it: what the data of a packet says, its Markdown says too.

use std::path::Path;

use serde_json::Value;

use super::{array, json, output, packets, stem, steps, text};

/// How many lines of Markdown the sample takes, at most.
const LINES: usize = 20_060;

#[test]
fn the_sample_takes_no_more_lines_of_markdown() {
    let names = output()
        .keys()
        .filter(|name| Path::new(name).extension() == Some("md".as_ref()));
    let lines: usize = names.map(|name| text(name).lines().count()).sum();
    println!("{lines} lines");
    assert!(lines <= LINES, "{lines} lines");
}

#[test]
fn no_fact_step_expectation_signing_place_or_source_is_lost_in_the_markdown() {
    let mut lost = Vec::new();
    for packet in packets() {
        let stem = stem(&packet);
        let (data, page) = (json(&format!("{stem}.json")), text(&format!("{stem}.md")));
        let (page, steps) = (bare(&page), steps(&data));
        let said = (facts(&data).into_iter())
            .chain(sources(&data))
            .chain(steps.iter().flat_map(of_step));
        let missing = said.filter(|it| !page.contains(&bare(it)));
        lost.extend(missing.map(|it| format!("{stem}: {it}")));
    }
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost.join("\n"));
}

/// Letters and digits alone: escapes and marks differ, words do not.
fn bare(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

fn said(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Names and values, with their cells; what changes with every cycle stands on the cycle sheet.
fn facts(packet: &Value) -> Vec<String> {
    let facts = array(&packet["facts"]).iter();
    let printed = facts.filter(|fact| fact["routine"] != true);
    let parts = printed.flat_map(|fact| {
        let cell = said(&fact["source"]["cell"]);
        let cell = if cell.is_empty() {
            String::new()
        } else {
            format!("{cell} of")
        };
        [said(&fact["name"]), said(&fact["value"]), cell]
    });
    parts.collect()
}

fn sources(packet: &Value) -> Vec<String> {
    let sources = array(&packet["sources"]).iter();
    let parts = sources.flat_map(|it| [said(&it["path"]), said(&it["sha256"])]);
    parts.collect()
}

/// Title, where, as whom, explanation, command, expectation, and the place to sign.
fn of_step(step: &Value) -> Vec<String> {
    let number = said(&step["number"]);
    let mut parts = vec![
        format!("{number} {}", said(&step["text"])),
        said(&step["run_on"]),
        said(&step["account"]),
        said(&step["expect"]),
        format!("{number} done"),
    ];
    for key in ["detail", "command"] {
        let text = said(&step[key]);
        parts.extend(text.lines().map(str::to_owned));
    }
    parts
}
