//! Every expectation, warning and impact sentence names what it rests on, and few of them rest on practice alone.
//!
//! The marks stand in the files of the product beside the sentences and are never printed; `sources.toml` says what they
//! mean.

use std::collections::{BTreeMap, BTreeSet};

use restore_packets::template::builtin;

/// How many sentences may rest on practice: as many as the facts these procedures were written from mark so.
const MOST_PRACTICE: usize = 48;

/// The files of sentences on what a loss stops.
const DATA: [&str; 2] = ["effects.toml", "pools.toml"];

#[derive(serde::Deserialize)]
struct Legend {
    source: BTreeMap<String, String>,
}

/// The sentences without a mark, and what the marks of the others say.
fn marks(text: &str, is_sentence: fn(&str) -> bool) -> (Vec<String>, Vec<String>) {
    let (mut bare, mut found) = (Vec::new(), Vec::new());
    for line in text.lines().filter(|line| is_sentence(line)) {
        match mark(line) {
            Some(mark) => found.extend(mark.split(", ").map(str::to_owned)),
            None => bare.push(line.to_owned()),
        }
    }
    (bare, found)
}

/// Whether a line of a procedure holds an expectation, or begins a warning.
fn is_of_procedure(line: &str) -> bool {
    line.starts_with("- Expect:") || line.starts_with("> ") && line.contains("[!")
}

/// Whether a line of data holds a sentence.
fn is_of_data(line: &str) -> bool {
    let value = line.split_once(" = \"").map(|(_, value)| value);
    !line.starts_with('#') && value.is_some_and(|it| it.contains(". ") || it.contains(".\""))
}

fn mark(line: &str) -> Option<&str> {
    let (_, behind) = line.split_once("# [")?;
    Some(behind.split_once(']')?.0)
}

#[test]
fn every_expectation_warning_and_impact_names_its_source() {
    let texts = builtin();
    let legend: Legend = toml::from_str(&texts["sources.toml"]).expect("sources.toml");
    let held = |name: &str| name.starts_with("procedures/") || DATA.contains(&name);
    let mut used: Vec<String> = Vec::new();
    let mut bare: Vec<String> = Vec::new();
    for (name, text) in texts.iter().filter(|(name, _)| held(name)) {
        let is_data = DATA.contains(&name.as_str());
        let (without, with) = marks(text, if is_data { is_of_data } else { is_of_procedure });
        bare.extend(without.iter().map(|line| format!("{name}: {line}")));
        used.extend(with);
    }
    assert_eq!(bare, Vec::<String>::new(), "sentences without a source");
    let known: BTreeSet<&String> = legend.source.keys().collect();
    let unknown: Vec<&String> = used.iter().filter(|it| !known.contains(it)).collect();
    assert_eq!(
        unknown,
        Vec::<&String>::new(),
        "marks that sources.toml does not explain"
    );
    let unused: Vec<&&String> = known.iter().filter(|it| !used.contains(it)).collect();
    let practice = used.iter().filter(|it| *it == "practice").count();
    println!(
        "{} sentences, {practice} of practice; pages no mark names: {unused:?}",
        used.len()
    );
    assert!(
        practice <= MOST_PRACTICE,
        "{practice} sentences rest on practice"
    );
    assert!(used.len() > 180, "only {} marks were found", used.len());
}

#[test]
fn a_sentence_without_a_mark_is_noticed() {
    let text = "- Expect: it works\n- Expect: {# [CMS] #}it works\n> [!TIP]\n> {# [UX, C] #}[!TIP]\n> text\n";
    let (bare, found) = marks(text, is_of_procedure);
    assert_eq!(bare.len(), 2);
    assert_eq!(found, ["CMS", "UX", "C"]);
    let data = "down = \"It stops.\"\nup = \"It goes on.\" # [UX]\nid = \"x\"\n";
    let (bare, found) = marks(data, is_of_data);
    assert_eq!((bare.len(), found), (1, vec!["UX".to_owned()]));
}
