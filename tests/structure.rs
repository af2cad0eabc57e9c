//! Reads the sources and holds them to the architecture: dependencies point one way, each foreign crate is named
//! in one place, and the middle of the pipeline touches neither files nor clock nor terminal.
//!
//! Test modules are exempt: what counts is the program.

#[path = "structure/circles.rs"]
mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules, each of which may use those before it: the foundations, then the pipeline as `lib.rs` lists it.
const ORDER: [&str; 29] = [
    "named_file",
    "finding",
    "text",
    "template",
    "data",
    "archive",
    "sources",
    "workbook",
    "contained",
    "documents",
    "product",
    "rows",
    "testimony",
    "inventory",
    "topology",
    "decisions",
    "readiness",
    "packets",
    "editions",
    "plan",
    "record",
    "starter",
    "contract",
    "render",
    "publish",
    "bundle",
    "issue",
    "attach",
    "cli",
];

/// Crates that several modules name, and why.
const SHARED: [(&str, &str); 3] = [
    ("serde", "derives on the types that are read or written"),
    (
        "serde_json",
        "the packet, the manifest, and what the child process says are JSON",
    ),
    ("jiff", "a date is a value like a text or a number"),
];

/// Crates of the terminal: what stands before the command line knows none.
const TERMINAL: [&str; 6] = [
    "anstream",
    "anstyle",
    "clap",
    "clap_complete",
    "clap_mangen",
    "indicatif",
];

/// What reaches out of the program. Values and bytes go into these modules, values and bytes come out.
const OUTSIDE: [&str; 11] = [
    "std::fs",
    "std::env",
    "std::time",
    "std::net",
    "std::process",
    "std::thread",
    "io::stdout",
    "io::stderr",
    "println!",
    "Timestamp::now",
    "ZonedDateTime::now",
];

/// Modules that may: they are the ends of the pipeline.
const ENDS: [&str; 7] = [
    "named_file",
    "sources",
    "contained",
    "publish",
    "attach",
    "cli",
    "main",
];

/// What opens a file to read it, without asking whether it is one and how large.
const OPENING: [&str; 3] = ["File::open(", "fs::read(", "fs::read_to_string("];

/// What may: the one place that asks, and the one that opens a folder.
const OPENERS: [(&str, &str); 2] = [
    ("ground/named_file.rs", "it asks"),
    ("publish/disk.rs", "a folder is opened to be synced"),
];

/// The crates below `src/`, each a folder with a `Cargo.toml`, and what the root calls them.
const CRATES: [&str; 4] = ["attach", "ground", "input", "model"];

/// Cells that name what something is to a pool. Whoever follows the name asks the ties, which know both ends.
const FOLLOWED: [&str; 4] = ["witness", "backup_pool", "next_hop", "mirror_share"];

/// What reads such a cell for what stands in it: it judges, prints or fills it.
const CELL_READERS: [&str; 5] = [
    "model/inventory/",
    "model/topology/",
    "model/readiness/",
    "model/packets/facts/",
    "model/packets/fill/",
];

/// A source file without comments and without what only tests see.
struct Source {
    path: String,
    module: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.rs` file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a source file")
}

/// Modules declared for tests alone: `#[cfg(test)]` above `mod name;`.
fn test_modules(all: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for path in all {
        let text = read(path);
        let mut lines = text.lines().map(str::trim);
        while let Some(line) = lines.next() {
            let declared = (line == "#[cfg(test)]").then(|| lines.next()).flatten();
            let name = declared.and_then(|it| it.strip_suffix(';')?.rsplit_once("mod "));
            let Some((_, name)) = name else { continue };
            let folder = if path.ends_with("mod.rs") || path.ends_with("lib.rs") {
                path.parent().expect("a folder").to_owned()
            } else {
                path.with_extension("")
            };
            found.insert(folder.join(name));
            found.insert(folder.join(name).with_extension("rs"));
        }
    }
    found
}

/// The lines of the program: no comments, and no items behind `#[cfg(test)]`.
fn code(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        if line.trim() != "#[cfg(test)]" {
            kept.extend([line, "\n"]);
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let is_end = |line: &str| line.trim_start() == "}" && line.len() == indent + 1;
        // An item of one line ends where it stands, another at the brace below its own beginning.
        let first = lines.next().unwrap_or_default();
        if !first.ends_with(';') {
            lines.by_ref().find(|line| is_end(line));
        }
    }
    kept
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let all = files(&src);
    let tests = test_modules(&all);
    let of_tests = |path: &PathBuf| path.ancestors().any(|it| tests.contains(it));
    let program = all.iter().filter(|path| !of_tests(path));
    program
        .map(|path| {
            let inside = path.strip_prefix(&src).expect("below src");
            let first = |path: &Path| {
                let name = path.iter().next().expect("a name").to_string_lossy();
                name.trim_end_matches(".rs").to_owned()
            };
            // A crate of several modules is no module itself.
            let of_crate = CRATES.iter().find_map(|name| {
                let below = inside.strip_prefix(name).ok()?;
                Some(first(below)).filter(|it| ORDER.contains(&it.as_str()))
            });
            Source {
                path: inside.display().to_string(),
                module: of_crate.unwrap_or_else(|| first(inside)),
                code: code(&read(path)),
            }
        })
        .collect()
}

/// The names behind each `prefix` in a text.
fn names_after<'a>(text: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(prefix).skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// Whether a text names a crate: `name::`, not as part of a longer path or word.
fn names_crate(text: &str, name: &str) -> bool {
    text.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | ':' | '.'))
    })
}

#[test]
fn every_module_has_its_rank() {
    let text = read(&root().join("src/lib.rs"));
    let inner = CRATES.map(|name| read(&root().join("src").join(name).join("lib.rs")));
    let code = text.lines().filter(|line| !line.starts_with("//"));
    let declared: BTreeSet<&str> = inner
        .iter()
        .flat_map(|text| names_after(text, "pub mod "))
        .chain(code.flat_map(|line| names_after(line, "mod ")))
        .chain(["attach"])
        .collect();
    assert_eq!(declared, BTreeSet::from(ORDER));
    let listed: Vec<&str> = names_after(&text, "//! | `").collect();
    let pipeline = ORDER.iter().filter(|module| listed.contains(module));
    assert!(listed.iter().eq(pipeline), "lib.rs lists {listed:?}");
}

#[test]
fn dependencies_point_one_way() {
    let rank = |module: &str| ORDER.iter().position(|it| *it == module);
    for source in sources() {
        let Some(own) = rank(&source.module) else {
            continue;
        };
        for used in names_after(&source.code, "crate::") {
            let Some(other) = rank(used) else { continue };
            let path = &source.path;
            assert!(
                other <= own,
                "{path}: `{}` may not use `{used}`",
                source.module
            );
        }
    }
}

/// The foreign crates a crate of ours names in its manifest.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let path = if folder == "." {
        root()
    } else {
        root().join("src").join(folder)
    };
    let manifest: toml::Table = read(&path.join("Cargo.toml")).parse().expect("Cargo.toml");
    let unix = manifest
        .get("target")
        .map(|it| &it["cfg(unix)"]["dependencies"]);
    let tables = [manifest.get("dependencies"), unix].into_iter().flatten();
    let names = tables.flat_map(|table| table.as_table().expect("a table").keys());
    names
        .filter(|name| !name.starts_with("restore-packets"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[test]
fn each_foreign_crate_is_named_in_one_place() {
    let mut crates: BTreeSet<String> = BTreeSet::new();
    for folder in ["."].into_iter().chain(CRATES) {
        crates.extend(dependencies(folder));
    }
    let sources = sources();
    for name in crates {
        let mut places: BTreeMap<&str, &str> = BTreeMap::new();
        for source in &sources {
            if names_crate(&source.code, &name) {
                places.insert(&source.module, &source.path);
            }
        }
        assert!(!places.is_empty(), "`{name}` is named nowhere");
        let shared = SHARED.iter().any(|(known, _)| *known == name);
        assert_eq!(shared, places.len() > 1, "`{name}` is named in {places:?}");
        if TERMINAL.contains(&name.as_str()) {
            assert!(
                places.contains_key("cli"),
                "`{name}` is named in {places:?}"
            );
        }
    }
}

#[test]
fn between_the_ends_nothing_reaches_outside() {
    for source in sources() {
        if ENDS.contains(&source.module.as_str()) {
            continue;
        }
        for word in OUTSIDE {
            assert!(!source.code.contains(word), "{} has `{word}`", source.path);
        }
    }
}

#[test]
fn files_are_opened_in_one_place() {
    let opens = |code: &str| {
        let found = OPENING.iter().flat_map(|word| code.match_indices(word));
        let mut before = found.map(|(at, _)| code[..at].chars().next_back());
        before.any(|it| !it.is_some_and(char::is_alphanumeric))
    };
    for source in sources() {
        let path = source.path.replace('\\', "/");
        let may = OPENERS.iter().any(|(known, _)| path == *known);
        assert_eq!(opens(&source.code), may, "{path}");
    }
    assert!(opens("fs::read(path)") && !opens("CompoundFile::open(bytes)"));
}

#[test]
fn who_is_what_to_a_pool_is_asked_of_the_ties() {
    for source in sources() {
        let path = source.path.replace('\\', "/");
        if CELL_READERS.iter().any(|reader| path.starts_with(reader)) {
            continue;
        }
        for field in FOLLOWED {
            let follows = format!(".{field}.value");
            assert!(!source.code.contains(&follows), "{path} has `{follows}`");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for folder in ["src", "tests"] {
        let all = files(&root().join(folder)).into_iter();
        // What a fuzz run builds is nobody's writing.
        let written = all.filter(|path| path.components().all(|it| it.as_os_str() != "target"));
        for path in written {
            assert!(read(&path).starts_with("//! "), "{}", path.display());
        }
    }
}

/// The reader of sources sees what it is there to see.
#[test]
fn comments_and_test_items_are_left_out() {
    let text = "use std::a;\n// std::b\n#[cfg(test)]\nmod fixture;\nfn c() {}\n#[cfg(test)]\nmod tests {\n    use std::d;\n}\nfn e() {}\n";
    assert_eq!(code(text), "use std::a;\nfn c() {}\nfn e() {}\n");
    assert!(names_crate("    csv::Reader", "csv"));
    assert!(!names_crate("super::csv::Reader", "csv"));
    let names: Vec<&str> = names_after("crate::text::x, crate::data", "crate::").collect();
    assert_eq!(names, ["text", "data"]);
}
