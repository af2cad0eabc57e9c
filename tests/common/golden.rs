//! Files of expectations: compared with what a run makes, and rewritten where `UPDATE_CASES` is set.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Compares a folder of expected files with what was made: missing and surplus files are wrong too.
pub(crate) fn compare(folder: &str, made: &BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    if std::env::var_os("UPDATE_CASES").is_some() {
        let is_server = std::env::var_os("CI").is_some();
        assert!(
            !is_server,
            "a build server does not accept new expectations"
        );
        rewrite(&folder, made);
    }
    let expected = read(&folder);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&expected),
        names(made),
        "the files in {}",
        folder.display()
    );
    let mut wrong = String::new();
    for (name, text) in made {
        wrong += &difference(name, &expected[name], text);
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nUPDATE_CASES=1 accepts it, once it has been read"
    );
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).expect("the folder of expectations");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("an expectation");
            (name(&path), text.replace("\r\n", "\n"))
        })
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn rewrite(folder: &Path, made: &BTreeMap<String, String>) {
    std::fs::create_dir_all(folder).expect("the folder of expectations");
    for old in read(folder).keys().filter(|name| !made.contains_key(*name)) {
        std::fs::remove_file(folder.join(old)).expect("a file that is no more");
    }
    for (name, text) in made {
        let path: PathBuf = folder.join(name);
        std::fs::write(path, text).expect("an expectation");
    }
}

/// The first lines that differ.
fn difference(name: &str, expected: &str, made: &str) -> String {
    let lines = expected.lines().zip(made.lines());
    let same = lines.take_while(|(old, new)| old == new).count();
    let rest = |text: &str, mark: &str| -> String {
        let lines = text.lines().skip(same).take(5);
        lines
            .flat_map(|line| ["  ", mark, " ", line, "\n"])
            .collect()
    };
    if expected == made {
        String::new()
    } else {
        format!(
            "{name}:{}\n{}{}",
            same + 1,
            rest(expected, "-"),
            rest(made, "+")
        )
    }
}
