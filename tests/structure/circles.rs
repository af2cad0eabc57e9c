//! No files import each other in a circle: what both sides need stands in a file below both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{CRATES, Source, sources};

/// Where a file stands among the modules: its crate (the root's has no name), then the way down.
fn module_path(path: &str) -> Vec<String> {
    let path = path.replace('\\', "/");
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    if !CRATES.contains(&parts[0].as_str()) {
        parts.insert(0, String::new());
    }
    let last = parts.pop().unwrap_or_default();
    if !["mod.rs", "lib.rs", "main.rs"].contains(&last.as_str()) {
        parts.push(last.trim_end_matches(".rs").to_owned());
    }
    parts
}

/// The paths a `use` names, each by itself: `a::{b, c::{d, e}}` is three.
fn paths_of(text: &str) -> Vec<String> {
    let Some((head, body)) = text.split_once('{') else {
        let path = text.split(" as ").next().unwrap_or_default();
        return vec![path.split_whitespace().collect()];
    };
    let body = body.trim_end().strip_suffix('}').unwrap_or(body);
    let mut depth = 0;
    let parts = body.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| paths_of(&format!("{}{}", head.trim(), part.trim())))
        .collect()
}

/// The paths of the `use` lines of a file.
fn imports(code: &str) -> Vec<String> {
    let starts = code.match_indices("use ").filter(|(at, _)| {
        let line = code[..*at].rsplit('\n').next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with("pub")
    });
    starts
        .filter_map(|(at, word)| code[at + word.len()..].split_once(';'))
        .flat_map(|(path, _)| paths_of(path))
        .collect()
}

/// The sources by module, to find the file that a path leads to.
struct Modules(BTreeMap<Vec<String>, Source>);

impl Modules {
    /// The module a path of a module leads to. What a folder's face only hands on is looked for where it comes from.
    fn target(&self, from: &[String], path: &str, depth: usize) -> Option<&Vec<String>> {
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut at = from.to_vec();
        match parts[0] {
            "crate" => at.truncate(1),
            "super" | "self" => {}
            child if self.0.contains_key(&[from, &[child.to_owned()]].concat()) => {
                parts.insert(0, "self");
            }
            _ => return None,
        }
        while parts.first() == Some(&"super") {
            at.pop();
            parts.remove(0);
        }
        parts.retain(|part| !["crate", "self"].contains(part));
        while let Some(part) = parts.first() {
            at.push((*part).to_owned());
            if !self.0.contains_key(&at) {
                at.pop();
                break;
            }
            parts.remove(0);
        }
        let (found, source) = self.0.get_key_value(&at)?;
        let handed_on = parts.first().filter(|_| depth < 5).and_then(|name| {
            let mut all = imports(&source.code).into_iter();
            let from = all.find(|it| it.rsplit("::").next() == Some(*name))?;
            self.target(&at, &from, depth + 1)
        });
        Some(handed_on.unwrap_or(found))
    }

    /// Whether a module is the face of a folder, which may name all of it and be named by all of it.
    fn is_face(&self, module: &[String]) -> bool {
        let path = Path::new(&self.0[module].path);
        path.ends_with("mod.rs") || path.ends_with("lib.rs")
    }

    fn imported(&self, module: &[String]) -> BTreeSet<&Vec<String>> {
        let paths = imports(&self.0[module].code);
        let targets = paths.iter().filter_map(|it| self.target(module, it, 0));
        targets
            .filter(|it| !self.is_face(it) && *it != module)
            .collect()
    }
}

/// The face of a folder is left out, since what it hands on counts as its file's; so are paths that no `use` names.
#[test]
fn no_files_import_each_other_in_a_circle() {
    let modules = Modules(
        sources()
            .into_iter()
            .filter(|it| it.path != "main.rs")
            .map(|it| (module_path(&it.path), it))
            .collect(),
    );
    let files: Vec<_> = modules.0.keys().filter(|it| !modules.is_face(it)).collect();
    let imported: BTreeMap<_, _> = files.iter().map(|it| (*it, modules.imported(it))).collect();
    for file in files {
        let mut reached = BTreeSet::new();
        let mut open: Vec<_> = imported[file].iter().copied().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(imported[next].iter().copied());
            }
        }
        assert!(
            !reached.contains(file),
            "{} is imported by what it imports: {:?}",
            modules.0[file].path,
            imported[file]
        );
    }
}
