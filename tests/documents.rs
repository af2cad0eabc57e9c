//! What the documents say is so: their links lead somewhere, the README quotes a packet of the sample, and the reference
//! names every command.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The documents that people read: those at the top, and the reference.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = [root.to_owned(), root.join("docs")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .collect();
    found.sort();
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a document")
}

/// Where the links and pictures of a document lead.
fn links(text: &str) -> Vec<String> {
    let links = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.into_string())
        }
        _ => None,
    });
    links.collect()
}

/// The anchors of a document's headings, as the forges make them: small letters, no punctuation, `-` for a blank.
fn anchors(text: &str) -> BTreeSet<String> {
    let (mut found, mut heading) = (BTreeSet::new(), None::<String>);
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => found.extend(heading.take().map(|it| anchor(&it))),
            _ => {}
        }
    }
    found
}

fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        _ if letter.is_alphanumeric() || matches!(letter, '-' | '_') => {
            Some(letter.to_ascii_lowercase())
        }
        _ => None,
    });
    kept.collect()
}

#[test]
fn links_lead_somewhere() {
    let mut count = 0;
    for document in documents() {
        for link in links(&text(&document)) {
            if link.starts_with("https://") {
                continue;
            }
            count += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => document.clone(),
                _ => document.parent().expect("a folder").join(file),
            };
            assert!(target.exists(), "{}: {link}", document.display());
            let is_there = anchor.is_empty() || anchors(&text(&target)).contains(anchor);
            assert!(is_there, "{}: {link}", document.display());
        }
    }
    assert!(count > 30, "{count} links");
}

fn said(arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_restore-packets");
    let output = Command::new(program).args(arguments).output();
    String::from_utf8(output.expect("the program runs").stdout).expect("UTF-8")
}

#[test]
fn the_reference_names_every_command() {
    let reference = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md"));
    let help = said(&["-h"]);
    let list = help
        .split_once("Commands:\n")
        .and_then(|(_, rest)| rest.split_once("\n\n"));
    let lines = list.expect("a list of commands").0.lines();
    let commands: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .collect();
    assert!(commands.len() > 20, "{commands:?}");
    for command in commands {
        let is_named = [" ", "`"]
            .iter()
            .any(|end| reference.contains(&format!("`{command}{end}")));
        assert!(is_named, "docs/commands.md does not name `{command}`");
    }
}

#[test]
fn the_readme_quotes_a_packet() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documents");
    let (worksheets, output) = (root.join("worksheets"), folder.join("output"));
    let path = |it: &Path| it.to_str().expect("UTF-8").to_owned();
    said(&[
        "build",
        &path(&worksheets),
        "--output",
        &path(&output),
        "--format",
        "md",
        "--only",
        "fe02.contoso.com",
    ]);
    let packet = text(&output.join("servers/fe02.contoso.com.md"));
    let readme = text(&root.join("README.md"));
    let quoted: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .collect();
    assert!(quoted.len() > 5, "{quoted:?}");
    for line in quoted {
        let stands = packet
            .lines()
            .any(|it| it.strip_prefix("> ").unwrap_or(it) == line);
        assert!(stands, "the packet says no such thing: {line}");
    }
}
