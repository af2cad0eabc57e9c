//! Names for the sheets of a copy: as in the file where the format takes them, and no two alike.

use std::collections::BTreeSet;

use super::super::cut::cut;

/// The most UTF-16 units the name of a sheet may have.
const LONGEST: usize = 31;

/// Names for the sheets of a copy: as in the file where the format takes them, and no two alike.
pub fn page_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    // Excel keeps this name for itself.
    let mut taken = BTreeSet::from(["history".to_owned()]);
    let unique = |name: &str| {
        let plain = sheet_name(name, LONGEST);
        let numbered = (2..).map(|number| {
            let end = format!(" ({number})");
            format!("{}{end}", sheet_name(name, LONGEST - end.len()))
        });
        let mut all = std::iter::once(plain).chain(numbered);
        // The numbers do not run out before the sheets do.
        all.find(|name| taken.insert(name.to_lowercase()))
            .unwrap_or_default()
    };
    names.into_iter().map(unique).collect()
}

/// A name the format takes, of at most so many UTF-16 units.
fn sheet_name(name: &str, most: usize) -> String {
    let odd = |c: char| c.is_control() || "[]:*?/\\".contains(c) || matches!(c, '\u{fffe}'..);
    let name: String = name.chars().map(|c| if odd(c) { '_' } else { c }).collect();
    let name = cut(name.trim_matches(['\'', ' ']), most);
    match name.trim_end_matches(['\'', ' ']) {
        "" => "Sheet".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_over_where_they_can_and_stay_apart() {
        let long = "x".repeat(40);
        let cases = [
            ("Servers", "Servers"),
            ("SERVERS", "SERVERS (2)"),
            ("a/b:c", "a_b_c"),
            ("'quoted'", "quoted"),
            ("", "Sheet"),
            ("History", "History (2)"),
            ("a\u{7}b", "a_b"),
            (&long, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"),
            (&long, "xxxxxxxxxxxxxxxxxxxxxxxxxx… (2)"),
            ("'", "Sheet (2)"),
        ];
        let names = page_names(cases.map(|case| case.0));
        assert_eq!(names, cases.map(|case| case.1));
        for name in &names {
            assert!(super::super::super::book::sheet(name).is_ok(), "{name}");
        }
    }
}
