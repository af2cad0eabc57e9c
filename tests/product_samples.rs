//! The sample organizations of the products that build on the first one, from `new` to their packets.
//!
//! `product_samples/` holds what some packets say, and what becomes of all of them, by the folder of the product.
//! `UPDATE_CASES=1` rewrites it; a change there gets a sentence in the commit.

#[path = "common/golden.rs"]
mod golden;
#[path = "common/powershell.rs"]
mod powershell;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use restore_packets::product::Shelf;
use serde_json::Value;

/// The products with a sample of their own, and the packets of it whose whole text is kept.
const SAMPLES: [(&str, &[&str]); 1] = [(
    "sfb-2019",
    &[
        "servers/sqlb.contoso.com",
        "servers/fe02.contoso.com",
        "servers/se01.contoso.com",
        "servers/edge01.contoso.com",
        "pools/pool01.contoso.com",
    ],
)];

fn run(arguments: &[&str], folder: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_restore-packets"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
}

/// What is issued for a product's sample: the manifest, and the texts of its packets by name.
fn issued(product: &str) -> (Value, BTreeMap<String, String>) {
    let folder = tempfile::tempdir().expect("a folder");
    run(
        &["new", "worksheets", "--sample", "--product", product],
        folder.path(),
    );
    run(&["build", "-q", "--format", "md,json"], folder.path());
    let read = |name: &str| {
        let path = folder.path().join("output").join(name);
        std::fs::read_to_string(path).expect(name)
    };
    let manifest: Value = serde_json::from_str(&read("manifest.json")).expect("the manifest");
    let packets = manifest["packets"].as_array().expect("packets").iter();
    let files = packets.flat_map(|it| it["files"].as_array().expect("files"));
    let names = files.filter_map(|it| it["path"].as_str());
    let texts = names.map(|name| (name.to_owned(), read(name))).collect();
    (manifest, texts)
}

/// The commands of a packet's document, each with its language.
fn commands(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(all) => all.iter().for_each(|it| commands(it, found)),
        Value::Object(all) => {
            let language = all.get("language").and_then(Value::as_str);
            let command = all.get("command").and_then(Value::as_str);
            if let Some(command) = command {
                found.push((
                    language.unwrap_or("powershell").to_owned(),
                    command.to_owned(),
                ));
            }
            all.values().for_each(|it| commands(it, found));
        }
        _ => {}
    }
}

#[test]
fn samples_are_ready_and_say_what_they_said() {
    for (product, kept) in SAMPLES {
        let (manifest, texts) = issued(product);
        let packets = manifest["packets"].as_array().expect("packets");
        let mut statuses = String::new();
        for packet in packets {
            let said = |name: &str| packet[name].as_str().unwrap_or_default().to_owned();
            let rows: Vec<&str> = packet["scenarios"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let (kind, fqdn, status) = (said("kind"), said("fqdn"), said("status"));
            assert_eq!(status, "ready", "{kind} {fqdn}");
            writeln!(statuses, "{kind} {fqdn}: {status}: {}", rows.join(", ")).expect("a text");
        }
        let mut golden = BTreeMap::from([("statuses.txt".to_owned(), statuses)]);
        for name in kept {
            let path = format!("{name}.md");
            golden.insert(path.replace('/', "-"), texts[&path].clone());
        }
        golden::compare(&format!("tests/product_samples/{product}"), &golden);
    }
}

#[test]
fn every_command_of_a_sample_is_one_of_its_product() {
    for (product, _) in SAMPLES {
        let reference = powershell::Reference::of(product);
        let (_, texts) = issued(product);
        let mut found = Vec::new();
        for text in texts
            .iter()
            .filter(|(name, _)| name.strip_suffix(".json").is_some())
            .map(|it| it.1)
        {
            commands(&serde_json::from_str(text).expect("a document"), &mut found);
        }
        assert!(found.len() > 200, "only {} commands", found.len());
        let wrong = found.iter().flat_map(|(language, command)| {
            let problems = reference.problems_in(language, command).into_iter();
            problems.map(move |it| format!("{it}\n{command}"))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }
}

/// No product that builds on another prints the name of that one, but where it says what its steps rest on.
#[test]
fn a_product_bears_its_own_name() {
    let shelf = Shelf::of(&BTreeMap::new());
    for (product, _) in SAMPLES {
        let (_, texts) = issued(product);
        let offers = shelf.offers().expect("products");
        let others = offers.iter().filter(|it| it.id != product);
        for other in others {
            for (name, text) in texts
                .iter()
                .filter(|(name, _)| name.strip_suffix(".md").is_some())
            {
                let lines = text.lines().filter(|line| line.contains(&other.name));
                let strange: Vec<&str> = lines
                    .filter(|it| !it.contains("no restore chapter"))
                    .collect();
                assert_eq!(strange, Vec::<&str>::new(), "{name}");
            }
        }
    }
}
