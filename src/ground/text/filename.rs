//! File names that are safe on Windows, macOS and Linux, made from FQDNs or any other text.
//!
//! Entry point: [`SafeName::of`]. What a plain FQDN holds stays readable; everything else is written as `~` and
//! two hex digits for each byte. `~` was chosen because it needs no quoting in links and, unlike `%`, none in
//! a Windows command line. Different texts always have different names, on file systems that ignore case too.

use std::fmt;

use super::digest;

/// The longest name. With an extension and the output folder's own path it stays well below the 260 characters
/// of a Windows path.
const LONGEST: usize = 120;
/// Stands before the digest of a shortened name. No escape looks like it, for `-` is no hex digit.
const SHORTENED: &str = "~-";
/// How many hex digits of the digest a shortened name carries.
const DIGEST: usize = 24;

/// One path component that every system takes: lower case, no reserved name, no dot or blank at its ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeName(String);

impl SafeName {
    /// The safe name of a text. A canonical FQDN is its own safe name, but for the rare `con.contoso.com`.
    pub fn of(text: &str) -> Self {
        let name = encode(text);
        if name.len() <= LONGEST {
            return Self(name);
        }
        let digest = digest::hex(&digest::sha256(text.as_bytes()));
        let room = LONGEST - SHORTENED.len() - DIGEST;
        // The encoded name is ASCII, so any byte is a boundary.
        Self(format!("{}{SHORTENED}{}", &name[..room], &digest[..DIGEST]))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name with a dot and an extension behind it.
    pub fn with_extension(&self, extension: &str) -> String {
        format!("{}.{extension}", self.0)
    }
}

impl fmt::Display for SafeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text would name another folder, a drive or a device if somebody took it for a file's name.
pub fn leads_elsewhere(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    text.contains(['/', '\\', ':']) || text.starts_with("..") || text == "." || is_reserved(&text)
}

/// The text with everything escaped that some system would not take. It can be decoded, so it is injective.
fn encode(text: &str) -> String {
    if text.is_empty() {
        // A lone `~` is no escape, so nothing else is written like this.
        return "~".to_owned();
    }
    let last = text.len() - 1;
    let reserved = is_reserved(text);
    let mut name = String::with_capacity(text.len());
    for (index, byte) in text.bytes().enumerate() {
        let keep = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => true,
            // A leading dot hides a file, a trailing one is dropped by Windows.
            b'.' => index != 0 && index != last,
            // A leading hyphen looks like an option to every command.
            b'-' => index != 0,
            _ => false,
        };
        if keep && !(reserved && index == 0) {
            name.push(char::from(byte));
        } else {
            name.push('~');
            name.push_str(&digest::hex(&[byte]));
        }
    }
    name
}

/// Whether Windows takes the name, in lower case, for a device: `nul` and the like, with or without extensions.
pub fn is_reserved(text: &str) -> bool {
    let stem = text.split('.').next().unwrap_or_default();
    match stem {
        "con" | "prn" | "aux" | "nul" => true,
        _ => matches!(
            stem.as_bytes(),
            [b'c', b'o', b'm', b'0'..=b'9'] | [b'l', b'p', b't', b'0'..=b'9']
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_told_from_one_that_does_not() {
        for text in [
            "../x", "a/b", r"a\b", r"C:\x", "C:x", "..", ".", "NUL", "con.txt", "x/../y",
        ] {
            assert!(leads_elsewhere(text), "{text}");
        }
        for text in [
            "CHG0012345",
            "2014.06",
            "#12",
            "Change 7",
            "console",
            "a..b",
        ] {
            assert!(!leads_elsewhere(text), "{text}");
        }
    }

    #[test]
    fn plain_names_stay_and_strange_ones_are_escaped() {
        let cases = [
            ("fe01.contoso.com", "fe01.contoso.com"),
            ("los_a.lsipt.local", "los_a.lsipt.local"),
            ("con.contoso.com", "~63on.contoso.com"),
            ("com1", "~63om1"),
            ("com10", "com10"),
            ("console.contoso.com", "console.contoso.com"),
            ("..", "~2e~2e"),
            ("../x", "~2e.~2fx"),
            ("-rf", "~2drf"),
            ("a b ", "a~20b~20"),
            ("FE01", "~46~4501"),
            ("é", "~c3~a9"),
            ("~63on", "~7e63on"),
            ("", "~"),
        ];
        for (text, name) in cases {
            assert_eq!(SafeName::of(text).as_str(), name, "{text}");
        }
        assert_eq!(SafeName::of("a").with_extension("md"), "a.md");
    }

    #[test]
    fn long_names_are_cut_and_still_differ() {
        let long = "x".repeat(200);
        let one = SafeName::of(&format!("{long}1"));
        let two = SafeName::of(&format!("{long}2"));
        assert_eq!(one.as_str().len(), LONGEST);
        assert_ne!(one, two);
    }

    /// The text an unshortened name was made from: having it proves that no two texts share a name.
    fn decode(name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut rest = if name == "~" { &[] } else { name.as_bytes() };
        while let Some((&byte, tail)) = rest.split_first() {
            if byte == b'~' {
                let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                rest = &tail[2..];
            } else {
                bytes.push(byte);
                rest = tail;
            }
        }
        Some(bytes)
    }

    proptest! {
        #[test]
        fn every_name_is_safe(text in any::<String>()) {
            let name = SafeName::of(&text).0;
            prop_assert!(!name.is_empty() && name.len() <= LONGEST);
            prop_assert!(name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'~')));
            prop_assert!(!name.starts_with(['.', '-']) && !name.ends_with('.'));
            prop_assert!(!is_reserved(&name));
        }

        #[test]
        fn no_two_texts_share_a_name(text in "[a-cA-C.~ é-]{0,30}|(con|nul|lpt1)(\\.[a-z]{1,3})?|.{0,30}") {
            let name = encode(&text);
            prop_assert_eq!(decode(&name), Some(text.into_bytes()));
        }
    }
}
