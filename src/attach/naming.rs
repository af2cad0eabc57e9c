//! Names on a record. The first upload of a file has its plain name; what replaces it carries its edition.

use super::{Attached, Outgoing};
use crate::text::visible::{is_hidden, visible};

/// The longest name, in bytes: what file systems take, less room for an edition and a number.
const LONGEST: usize = 200;

/// How many files of the same size and another name are looked into.
const OF_OTHER_NAMES: usize = 5;

/// The most digits an edition or a number behind a name has.
const DIGITS: usize = 9;

/// A text as the name of an attachment: letters of every script with their marks, without blanks and signs that mean
/// something to a system. A long one loses its middle, never its ending.
pub fn attachment_name(text: &str) -> String {
    let fits = |c: char| match c {
        '.' | '_' | '-' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => !c.is_whitespace() && !is_hidden(c),
    };
    let name: String = text
        .chars()
        .map(|c| if fits(c) { c } else { '-' })
        .collect();
    let name = shortened(&name);
    let name = name.trim_start_matches(['.', '-']);
    if name.is_empty() { "file" } else { name }.to_owned()
}

/// A name of at most [`LONGEST`] bytes.
fn shortened(name: &str) -> String {
    let (stem, extension) = split(name);
    let ending = cut(extension, LONGEST / 4);
    format!("{}{ending}", cut(stem, LONGEST - ending.len()))
}

/// A name from outside as it is shown: without control characters, at most as long as ours.
pub(super) fn shown(name: &str) -> String {
    cut(&visible(name), LONGEST).to_owned()
}

/// As much of a text as these many bytes hold.
fn cut(text: &str, bytes: usize) -> &str {
    let ends = text.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let end = ends.take_while(|end| *end <= bytes).last();
    &text[..end.unwrap_or(0)]
}

/// A text where an address takes a value: every byte escaped that could end it.
pub(super) fn in_address(text: &str) -> String {
    let sign = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(sign).collect::<Vec<_>>().concat()
}

/// What stands on the record under this name, or under one with an edition behind it; the newest first.
pub(super) fn relatives<'a>(
    file: &Outgoing,
    standing: &'a [Attached],
) -> impl Iterator<Item = &'a Attached> {
    let newest = standing.iter().rev();
    let name = file.name.clone();
    newest.filter(move |it| is_relative(&it.name, &name))
}

/// What may be the very file: of its size, and of its name. Somebody may have attached it under another, so the newest
/// few of other names count too; not all, for each has to be read.
pub(super) fn alike<'a>(file: &Outgoing, standing: &'a [Attached]) -> Vec<&'a Attached> {
    let fits = |it: &&Attached| it.size == file.size();
    let of_name = relatives(file, standing).filter(fits);
    let others = standing
        .iter()
        .rev()
        .filter(fits)
        .filter(|it| !is_relative(&it.name, &file.name));
    of_name.chain(others.take(OF_OTHER_NAMES)).collect()
}

/// The name a file gets: its own where that is free, else with its edition, else with a number too.
pub(super) fn free_name(file: &Outgoing, taken: &[String]) -> String {
    let (stem, extension) = split(&file.name);
    let edition = file.edition.map(|edition| format!("-e{edition}"));
    let edition = edition.unwrap_or_default();
    let numbered = (2..).map(|number| format!("{stem}{edition}-v{number}{extension}"));
    let names = [file.name.clone(), format!("{stem}{edition}{extension}")];
    let is_free = |name: &String| !taken.iter().any(|it| it.eq_ignore_ascii_case(name));
    let mut names = names.into_iter().chain(numbered);
    names.find(is_free).unwrap_or_else(|| file.name.clone())
}

/// Whether a name is `stem.ext`, `stem-e3.ext`, `stem-e3-v2.ext` or `stem-v2.ext` of another.
fn is_relative(name: &str, of: &str) -> bool {
    let (stem, extension) = split(of);
    let middle = name
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(extension));
    middle.is_some_and(|middle| {
        let rest = without_number(middle, "-e").unwrap_or(middle);
        without_number(rest, "-v").unwrap_or(rest).is_empty()
    })
}

/// The text behind a mark and its number, if it begins with them.
fn without_number<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(mark)?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() - behind.len();
    (1..=DIGITS).contains(&digits).then_some(behind)
}

/// A name before its last dot, and the rest.
fn split(name: &str) -> (&str, &str) {
    name.split_at(name.rfind('.').unwrap_or(name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, edition: Option<u32>) -> Outgoing {
        Outgoing {
            source: name.to_owned(),
            name: name.to_owned(),
            edition,
            fingerprint: None,
            bytes: Vec::new(),
        }
    }

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_edition_joins_the_name_when_the_plain_one_is_taken() {
        let packet = file("sql01.contoso.com.html", Some(3));
        assert_eq!(free_name(&packet, &[]), "sql01.contoso.com.html");
        let taken = named(&["SQL01.contoso.com.html"]);
        assert_eq!(free_name(&packet, &taken), "sql01.contoso.com-e3.html");
        let taken = named(&["sql01.contoso.com.html", "sql01.contoso.com-e3.html"]);
        assert_eq!(free_name(&packet, &taken), "sql01.contoso.com-e3-v2.html");
        let bundle = file("chg0012345.zip", None);
        let taken = named(&["chg0012345.zip", "chg0012345-v2.zip"]);
        assert_eq!(free_name(&bundle, &taken), "chg0012345-v3.zip");
        assert_eq!(
            free_name(&file("notes", None), &named(&["notes"])),
            "notes-v2"
        );
    }

    #[test]
    fn relatives_are_found_newest_first() {
        let names = [
            "sql01.contoso.com-e2.html",
            "sql01.contoso.com.html",
            "sql01.contoso.com.md",
            "sql01.contoso.com-east.html",
            "sql011.contoso.com.html",
        ];
        let standing: Vec<Attached> = names
            .iter()
            .map(|&name| Attached {
                id: String::new(),
                name: name.to_owned(),
                size: 0,
            })
            .collect();
        let packet = file("sql01.contoso.com.html", Some(3));
        let found: Vec<&str> = relatives(&packet, &standing)
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(found, [names[1], names[0]]);
        assert_eq!(relatives(&packet, &standing[2..]).count(), 0);
    }

    #[test]
    fn what_is_compared_is_narrowed_by_size_and_name() {
        let attached = |number: usize, name: &str| Attached {
            id: number.to_string(),
            name: name.to_owned(),
            size: 0,
        };
        let mut standing: Vec<Attached> = (0..2_000)
            .map(|number| attached(number, &format!("{number}.html")))
            .collect();
        standing.insert(7, attached(2_000, "a-e2.html"));
        standing.insert(
            9,
            Attached {
                size: 1,
                ..attached(2_001, "a.html")
            },
        );
        let found = alike(&file("a.html", Some(3)), &standing);
        assert_eq!(found.len(), 1 + OF_OTHER_NAMES);
        assert_eq!(
            (found[0].name.as_str(), found[1].name.as_str()),
            ("a-e2.html", "1999.html")
        );
    }

    #[test]
    fn relatives_are_told_from_neighbours() {
        for name in ["a.b-e1.html", "a.b-e12-v3.html", "a.b-v2.html", "a.b.html"] {
            assert!(is_relative(name, "a.b.html"), "{name}");
        }
        for name in [
            "a.b-e.html",
            "a.b-2.html",
            "a.b-e1-x.html",
            "a.b-v2-e1.html",
            "a.b-e1234567890.html",
            "a.html",
        ] {
            assert!(!is_relative(name, "a.b.html"), "{name}");
        }
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(
            attachment_name("sql01.contoso.com.html"),
            "sql01.contoso.com.html"
        );
        assert_eq!(
            attachment_name("Plan für \"CHG\"\r\n.pdf"),
            "Plan-für--CHG---.pdf"
        );
        assert_eq!(attachment_name("日本語.md"), "日本語.md");
        let long = attachment_name(&format!("{}.html", "語".repeat(300)));
        assert!(long.len() <= LONGEST && long.ends_with("語.html"), "{long}");
        assert_eq!(in_address("日 a&b.md"), "%E6%97%A5%20a%26b.md");
        assert_eq!(shown("a\u{1b}[2Jb"), "a␛[2Jb");
        assert_eq!(attachment_name("../.ssh"), "ssh");
        // Marks belong to their letters: as macOS writes ü, and as Hindi is written.
        for name in ["Zu\u{308}rich.md", "हिन्दी.md", "שלום.md"] {
            assert_eq!(attachment_name(name), name);
        }
        assert_eq!(attachment_name("a\u{202e}b\u{200b}.md"), "a-b-.md");
        assert_eq!(attachment_name("? *"), "file");
    }
}
