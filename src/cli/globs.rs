//! Patterns in paths, expanded by us: not every shell does it.
//!
//! `*` stands for any characters of one name and `?` for one of them; a path that exists is no pattern, whatever its
//! characters. Entry point: [`expand`].

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::failure::Failure;

/// The paths, with each pattern replaced by what it matches, sorted.
///
/// # Errors
/// A pattern that matches nothing.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut expanded = Vec::new();
    for path in paths {
        if !is_pattern(path.as_os_str()) || path.exists() {
            expanded.push(path.clone());
            continue;
        }
        let found = matches(path);
        if found.is_empty() {
            return Err(Failure::usage(format!(
                "nothing matches `{}`",
                path.display()
            )));
        }
        expanded.extend(found);
    }
    Ok(expanded)
}

fn is_pattern(text: &OsStr) -> bool {
    text.to_string_lossy().contains(['*', '?'])
}

/// Everything a pattern matches: folder by folder, what is no pattern is taken as it is.
fn matches(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        found = match part {
            Component::Normal(name) if is_pattern(name) => {
                let name = name.to_string_lossy();
                found.iter().flat_map(|it| below(it, &name)).collect()
            }
            part => found.iter().map(|it| it.join(part)).collect(),
        };
    }
    found.retain(|path| path.exists());
    found
}

/// The entries of a folder whose names match, sorted.
fn below(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let place = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name());
    // As every shell has it: a hidden file is named, or left alone.
    let is_meant = |name: &str| pattern.starts_with('.') || !name.starts_with('.');
    let mut found: Vec<PathBuf> = names
        .filter(|name| {
            let name = name.to_string_lossy();
            is_meant(&name) && is_match(pattern, &name)
        })
        .map(|name| folder.join(name))
        .collect();
    found.sort();
    found
}

/// Whether a name matches; on Windows in any case, as its file names do.
fn is_match(pattern: &str, name: &str) -> bool {
    let symbols = |text: &str| -> Vec<char> {
        if cfg!(windows) {
            text.to_lowercase().chars().collect()
        } else {
            text.chars().collect()
        }
    };
    fits(&symbols(pattern), &symbols(name))
}

/// Goes back to the last `*` where the rest does not fit, so that it takes one more symbol.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(symbol) if *symbol == '?' || *symbol == name[from] => {
                at += 1;
                from += 1;
            }
            _ => {
                let Some((place, taken)) = star else {
                    return false;
                };
                star = Some((place, taken + 1));
                at = place + 1;
                from = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|symbol| *symbol == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_a_shell() {
        let cases = [
            ("*.xlsx", "servers.xlsx", true),
            ("*.xlsx", "servers.xlsx.bak", false),
            ("s*r*.csv", "servers.csv", true),
            ("s*a*.csv", "servers.csv", false),
            ("200?-*", "2004-a", true),
            ("200?", "200", false),
            ("*", "", true),
            ("**a", "banana", true),
        ];
        for (pattern, name, fit) in cases {
            assert_eq!(is_match(pattern, name), fit, "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_is_what_it_matches_and_a_path_is_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("week 23")).expect("a folder");
        for name in [
            "week 23/b.csv",
            "week 23/a.csv",
            "week 23/.c.csv",
            "odd*.csv",
        ] {
            std::fs::write(at(name), "").expect("a file");
        }
        let found = expand(&[at("week*/*.csv"), at("odd*.csv"), at("none.csv")]).ok();
        let wanted = ["week 23/a.csv", "week 23/b.csv", "odd*.csv", "none.csv"];
        assert_eq!(found, Some(wanted.map(at).to_vec()));
        let error = expand(&[at("*.ods")]).expect_err("no such file");
        assert!(error.message.starts_with("nothing matches `"), "{error}");
    }
}
