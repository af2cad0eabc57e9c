//! "Did you mean": the nearest of a set of known names.

/// How alike two names must be (Jaro-Winkler, 0 to 1) before one is suggested for the other.
const ALIKE: f64 = 0.86;

/// The candidate most like `text`, if one is near enough. Ties go to the first in sorted order.
pub fn nearest<'a, I>(text: &str, candidates: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let wanted = text.to_lowercase();
    let mut sorted: Vec<&str> = candidates.into_iter().collect();
    sorted.sort_unstable();
    if let Some(only) = of_same_computer(&wanted, &sorted) {
        return Some(only);
    }
    let mut best: Option<(f64, &str)> = None;
    for candidate in sorted {
        let score = strsim::jaro_winkler(&wanted, &candidate.to_lowercase());
        if score >= ALIKE && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The only candidate that is the same computer's name, written in full where the text is short or the reverse.
fn of_same_computer<'a>(wanted: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let is_it = |candidate: &&&str| {
        let candidate = candidate.to_lowercase();
        let short = |long: &str, short: &str| long.split_once('.').is_some_and(|it| it.0 == short);
        short(&candidate, wanted) || short(wanted, &candidate)
    };
    let mut found = candidates.iter().filter(is_it);
    let first = found.next()?;
    found.next().is_none().then_some(*first)
}

/// The help line "did you mean `x`?", if there is a near candidate.
pub fn did_you_mean<'a, I>(text: &str, candidates: I) -> Option<String>
where
    I: IntoIterator<Item = &'a str>,
{
    nearest(text, candidates).map(|name| format!("did you mean `{name}`?"))
}

/// The help line for a path: what counts is the file's own name, for folders make all paths alike.
pub fn did_you_mean_file<'a, I>(path: &str, candidates: I) -> Option<String>
where
    I: IntoIterator<Item = &'a str>,
{
    let (folder, stem, ending) = parts(path);
    let mut sorted: Vec<&str> = candidates.into_iter().collect();
    sorted.sort_by_key(|it| {
        let (its_folder, _, its_ending) = parts(it);
        (its_ending != ending, its_folder != folder, *it)
    });
    let near = nearest(stem, sorted.iter().map(|it| parts(it).1))?;
    let file = sorted.into_iter().find(|it| parts(it).1 == near)?;
    Some(format!("did you mean `{file}`?"))
}

/// Folder, name without ending, and ending.
fn parts(path: &str) -> (&str, &str, &str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    (folder, stem, ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_stranger_is_not() {
        let names = ["sql01.contoso.com", "fe01.contoso.com"];
        assert_eq!(
            nearest("sql01.contso.com", names),
            Some("sql01.contoso.com")
        );
        assert_eq!(nearest("printer", names), None);
        assert_eq!(nearest("SQL01", names), Some("sql01.contoso.com"));
        assert_eq!(nearest("fe01.contoso.com", ["fe01", "fe02"]), Some("fe01"));
    }

    #[test]
    fn a_file_is_known_by_its_own_name() {
        let files = [
            "layout/cycle.html",
            "layout/packet.html",
            "layout/packet.md",
            "procedures/pool.md",
        ];
        let cases = [
            ("layout/colours.html", None),
            ("layout/paket.md", Some("layout/packet.md")),
            ("layout/packt.html", Some("layout/packet.html")),
            ("pool.md", Some("procedures/pool.md")),
            ("procedures/pools.md", Some("procedures/pool.md")),
            ("notes.txt", None),
        ];
        for (path, file) in cases {
            let help = file.map(|file| format!("did you mean `{file}`?"));
            assert_eq!(did_you_mean_file(path, files), help, "{path}");
        }
    }
}
