//! Names of files: relative to the folder they were found in, unique, and the same on every machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::walk::Found;

/// One name for each file, in their order.
///
/// 1. the path below the folder the user named
/// 2. where two files share that, the folder's own name comes first
/// 3. where two files share that too, the later ones get a number
pub(super) fn assign(files: &[Found]) -> Vec<Arc<str>> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        *times.entry(&file.relative).or_default() += 1;
    }
    // Names that are unique as they stand are given first, so that no number can take one of them.
    let is_unique = |file: &Found| times[file.relative.as_str()] == 1;
    let unique = files.iter().filter(|file| is_unique(file));
    let mut taken: BTreeSet<String> = unique.map(|file| file.relative.clone()).collect();
    files
        .iter()
        .map(|file| {
            if is_unique(file) {
                Arc::from(file.relative.as_str())
            } else {
                Arc::from(distinct(file, &mut taken))
            }
        })
        .collect()
}

fn distinct(file: &Found, taken: &mut BTreeSet<String>) -> String {
    let plain = match file.folder.as_str() {
        "" => file.relative.clone(),
        folder => format!("{folder}/{}", file.relative),
    };
    let numbered = (2..).map(|number| format!("{}-{number}/{}", file.folder, file.relative));
    let mut names = std::iter::once(plain).chain(numbered);
    // The numbers do not run out before the files do.
    names
        .find(|name| taken.insert(name.clone()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_short_where_they_can_and_become_distinct_where_they_must() {
        let found = |folder: &str, relative: &str| Found {
            path: relative.into(),
            folder: folder.into(),
            relative: relative.into(),
        };
        let files = [
            found("north", "servers.xlsx"),
            found("north", "pools.xlsx"),
            found("south", "servers.xlsx"),
            found("south", "servers.xlsx"),
            found("south", "south-2/servers.xlsx"),
        ];
        let names = assign(&files);
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        assert_eq!(
            names,
            [
                "north/servers.xlsx",
                "pools.xlsx",
                "south/servers.xlsx",
                "south-3/servers.xlsx",
                "south-2/servers.xlsx",
            ]
        );
    }
}
