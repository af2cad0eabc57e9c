//! The crates the program is built from: where they come from, under which licences they stand, and which of those
//! in the lock file are built by nobody.
//!
//! It needs nothing but Rust. `cargo test` has fetched what `cargo metadata --offline` and `cargo tree --offline` read;
//! `--features attach` adds the crates of that feature. Crates of other platforms are not fetched: their sources stand
//! in the lock file, their licences are seen where they are built.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// The licences that are accepted, and why. Where a crate leaves the choice, one of them is enough.
const LICENCES: [(&str, &str); 7] = [
    ("MIT", "our own; asks for its text beside copies"),
    ("Apache-2.0", "our own; the same, and grants patents"),
    ("BSD-3-Clause", "as MIT, and no advertising with names"),
    ("ISC", "as MIT in fewer words: TLS"),
    ("Zlib", "asks only not to claim the origin"),
    ("Unicode-3.0", "the tables of Unicode, as MIT"),
    (
        "CDLA-Permissive-2.0",
        "the list of certificate authorities, which is data",
    ),
];

/// Licences that only crates of `attach` need.
const OF_ATTACH: [&str; 2] = ["ISC", "CDLA-Permissive-2.0"];

/// Where crates may come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What the lock file holds and no build does: crate, what it would serve, why nobody asks for it. The lock file has
/// them because cargo locks whatever a feature of the form `name?/feature` could mean.
const IDLE: [(&str, &str, &str); 9] = [
    ("ssh-key", "rsa", "keys are Ed25519 alone"),
    ("ssh-key", "p256", "keys are Ed25519 alone"),
    ("ssh-key", "p384", "keys are Ed25519 alone"),
    ("ssh-key", "p521", "keys are Ed25519 alone"),
    ("ssh-key", "sec1", "the form of the keys above"),
    (
        "digest",
        "const-oid 0.9",
        "names of digests in certificates",
    ),
    ("num-traits", "libm", "arithmetic without `std`"),
    (
        "rand_core",
        "getrandom 0.2",
        "random numbers come from `rand`",
    ),
    ("rustix", "errno", "Linux is called without the C library"),
];

/// Runs a command of cargo and returns what it prints.
fn cargo(command: &str, arguments: &[&str]) -> String {
    let features: &[&str] = if cfg!(feature = "attach") {
        &["--features", "attach"]
    } else {
        &[]
    };
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([command, "--offline", "--locked"])
        .args(features)
        .args(arguments)
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {command}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

/// The platform of this machine, as rustc calls it.
fn host() -> String {
    let output = Command::new(env!("CARGO")).arg("-vV").output();
    let said = String::from_utf8(output.expect("cargo").stdout).expect("text");
    let mut lines = said.lines();
    let host = lines.find_map(|line| line.strip_prefix("host: "));
    host.expect("a host").to_owned()
}

fn metadata() -> Value {
    let arguments = ["--format-version", "1", "--filter-platform", &host()];
    serde_json::from_str(&cargo("metadata", &arguments)).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// A crate with its version, as `cargo tree` writes it without the `v`.
fn named(package: &Value) -> String {
    format!("{} {}", text(package, "name"), text(package, "version"))
}

/// Whether a licence expression can be met with these. Brackets are read as if each `OR` stood in some: that asks
/// for too much rather than for too little.
fn is_met(expression: &str, accepted: &BTreeSet<&str>) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" AND ").all(|part| {
        let mut choices = part.split(" OR ").map(str::trim);
        choices.any(|licence| accepted.contains(licence))
    })
}

fn licences_without(left_out: &str) -> BTreeSet<&'static str> {
    let names = LICENCES.iter().map(|(name, _)| *name);
    names.filter(|name| *name != left_out).collect()
}

#[test]
fn every_licence_is_one_of_those_accepted() {
    let metadata = metadata();
    let accepted = licences_without("");
    for package in list(&metadata["packages"]) {
        let licence = text(package, "license");
        let name = named(package);
        assert!(
            is_met(licence, &accepted),
            "{name} stands under `{licence}`"
        );
    }
}

#[test]
fn every_accepted_licence_is_needed() {
    let metadata = metadata();
    let packages = list(&metadata["packages"]);
    for (name, why) in LICENCES {
        let rest = licences_without(name);
        let mut licences = packages.iter().map(|package| text(package, "license"));
        let is_needed = licences.any(|licence| !is_met(licence, &rest));
        let is_idle = OF_ATTACH.contains(&name) && !cfg!(feature = "attach");
        assert!(is_needed || is_idle, "no crate needs {name} ({why})");
    }
}

/// The foreign crates of the lock file, those of all platforms and features.
fn locked() -> Vec<toml::Table> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
    let lock = std::fs::read_to_string(path).expect("Cargo.lock");
    let lock: toml::Table = lock.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages").iter();
    let tables = packages.map(|package| package.as_table().expect("a table").clone());
    // Our own bear the program's name.
    let is_ours = |name: &str| name.starts_with(env!("CARGO_PKG_NAME"));
    tables
        .filter(|it| !it["name"].as_str().is_some_and(is_ours))
        .collect()
}

#[test]
fn every_crate_comes_from_the_registry_with_a_checksum() {
    for package in locked() {
        let source = package.get("source").and_then(toml::Value::as_str);
        assert_eq!(source, Some(SOURCE), "{}", package["name"]);
        assert!(package.contains_key("checksum"), "{}", package["name"]);
    }
}

/// What `cargo` builds here, which it tells in the tree only.
fn built() -> BTreeSet<String> {
    let tree = cargo("tree", &["--prefix", "none", "--no-dedupe"]);
    let lines = tree.lines().filter(|line| !line.is_empty());
    let names = lines.map(|line| {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default();
        let version = words.next().unwrap_or_default();
        format!("{name} {}", version.trim_start_matches('v'))
    });
    names.collect()
}

/// What the graph holds for this platform if nobody follows an idle edge.
fn wanted(metadata: &Value) -> BTreeSet<String> {
    let packages = list(&metadata["packages"]).iter();
    let names: BTreeMap<&str, String> = packages.map(|it| (text(it, "id"), named(it))).collect();
    let nodes = list(&metadata["resolve"]["nodes"]).iter();
    let nodes: BTreeMap<&str, &Value> = nodes.map(|it| (text(it, "id"), it)).collect();
    let mut open = vec![text(&metadata["resolve"], "root")];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        let from = &names[id];
        if !seen.insert(from.clone()) {
            continue;
        }
        let edges = list(&nodes[id]["deps"]).iter().map(|it| text(it, "pkg"));
        open.extend(edges.filter(|to| !is_idle(from, &names[to])));
    }
    seen
}

fn is_idle(from: &str, to: &str) -> bool {
    IDLE.iter()
        .any(|(by, idle, _)| is_crate(from, by) && is_crate(to, idle))
}

/// Whether a crate is the one named, at any version or at one that begins like this.
fn is_crate(it: &str, named: &str) -> bool {
    let rest = it.strip_prefix(named);
    rest.is_some_and(|rest| rest.starts_with([' ', '.']))
}

#[test]
fn what_is_locked_and_not_built_is_known() {
    let built = built();
    let wanted = wanted(&metadata());
    let idle: Vec<&String> = wanted.difference(&built).collect();
    assert!(idle.is_empty(), "locked, and built by nobody: {idle:?}");
    for (_, idle, why) in IDLE.iter().filter(|(by, ..)| *by == "ssh-key") {
        let is_built = built.iter().any(|it| is_crate(it, idle));
        assert!(!is_built, "{idle} is built, though {why}");
    }
}

#[test]
fn what_is_said_to_be_idle_is_locked() {
    let locked = locked();
    for (by, idle, _) in IDLE {
        let mut of_it = locked.iter().filter(|it| it["name"].as_str() == Some(by));
        let is_locked = of_it.any(|package| {
            let needs = package.get("dependencies").and_then(toml::Value::as_array);
            let mut needs = needs.into_iter().flatten().filter_map(toml::Value::as_str);
            needs.any(|it| is_crate(&format!("{it} "), idle))
        });
        assert!(is_locked, "{by} does not name {idle} any longer");
    }
}

#[test]
fn expressions_are_read_strictly() {
    let accepted = BTreeSet::from(["MIT", "BSD-3-Clause"]);
    for met in ["MIT", "MIT/Apache-2.0", "(GPL-3.0 OR MIT) AND BSD-3-Clause"] {
        assert!(is_met(met, &accepted), "{met}");
    }
    for unmet in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0 OR ISC"] {
        assert!(!is_met(unmet, &accepted), "{unmet}");
    }
}
