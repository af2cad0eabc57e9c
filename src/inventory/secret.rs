//! Secrets in worksheets: a cell that looks like a password, a private key or a token goes nowhere.
//!
//! [`withhold`] replaces such cells before anything else reads them, so no packet, message or copy can show
//! them; only their place is known afterwards.

use crate::finding::{Code, Finding};
use crate::workbook::{RawValue, Sheet};

use super::cell_words::{self, Meaning};
use super::parse;

/// What stands in place of a withheld cell. It counts as blank.
pub const WITHHELD: &str = "(withheld: looked like a secret)";

/// How tokens of well-known services begin.
const TOKENS: &[&str] = &[
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "sk_live_",
    "AKIA",
    "eyJhbGciOi",
];

/// Replaces every cell of a sheet that looks like a secret, with one finding each.
pub fn withhold(sheet: &mut Sheet, findings: &mut Vec<Finding>) {
    for (row, cells) in &mut sheet.rows {
        for (column, value) in cells {
            let Some(text) = value.as_text() else {
                continue;
            };
            let Some(what) = looks_like(text) else {
                continue;
            };
            findings.push(
                Finding::new(Code::Secret, format!("this cell looks like {what}; it is kept out of all output"))
                    .at(&sheet.place.clone().cell(*row, *column))
                    .help("keep secrets in a vault, write the name of the vault entry, and change this one: it has been seen"),
            );
            *value = RawValue::Text(WITHHELD.to_owned());
        }
    }
}

/// What a text looks like, if it looks like a secret.
pub fn looks_like(text: &str) -> Option<&'static str> {
    if text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    if text.split_whitespace().any(is_token) {
        return Some("an access token");
    }
    if text.lines().any(is_labelled) {
        return Some("a password");
    }
    let text = text.trim();
    is_mixed(text).then_some("a password")
}

fn is_token(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, '"' | '\'' | ',' | ';' | '(' | ')'));
    word.len() >= 20 && TOKENS.iter().any(|start| word.starts_with(start))
}

/// `Password: hunter2`, also inside a connection string; not `Password: see vault`, nor a bare label.
fn is_labelled(line: &str) -> bool {
    line.split([';', ',']).any(|part| {
        let Some((label, value)) = part.split_once([':', '=', '\u{ff1a}']) else {
            return false;
        };
        let is_label = [Meaning::Secret, Meaning::SecretHead]
            .into_iter()
            .any(|meaning| cell_words::ends(meaning, label));
        is_label && is_value(value.trim())
    })
}

/// One word that is no pointer to where the secret is kept.
fn is_value(value: &str) -> bool {
    let pointer = parse::says_nothing(value) || cell_words::begins(Meaning::Pointer, value);
    !pointer && !value.contains(char::is_whitespace) && value.chars().count() >= 4
}

/// One word of 8 to 64 characters with capitals, small letters, digits and a sign that names, paths,
/// addresses and dates do not have.
fn is_mixed(text: &str) -> bool {
    let length = text.chars().count();
    let has = |test: fn(char) -> bool| text.chars().any(test);
    let sign = |c: char| "!#%^&*?~+=<>|".contains(c);
    // An @ between two words is an address; anywhere else it is a sign like the others.
    let odd = has(sign) || (text.contains('@') && !text.contains('.')) || text.contains('$');
    (8..=64).contains(&length)
        && odd
        && has(|c| c.is_ascii_uppercase())
        && has(|c| c.is_ascii_lowercase())
        && has(|c| c.is_ascii_digit())
        && !has(char::is_whitespace)
        && !text.contains(['\\', '/', '(', ','])
        && !text.starts_with("CN=")
        && !text.to_lowercase().starts_with("$backup")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_recognised() {
        for text in [
            "Password: hunter2",
            "pwd=Winter2014",
            "Server=sql01;Database=x;Password=abcd1234;",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
            "P@ssw0rd",
            "Xk9$fP2!mQ7z",
            "ghp_0123456789abcdefghijABCDEFGHIJ",
            "Kennwort: geheim1",
        ] {
            assert!(looks_like(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_secrets_is_none() {
        for text in [
            "Password: see vault entry Lync/Edge",
            "Vault/Lync/edge01-pfx",
            "Password in the safe",
            "Password:",
            "pin",
            r"$Backup\Rtc-2014.zip",
            r"\\fs01\Share$\Lync2013",
            "CN=sip.contoso.com, O=Contoso",
            "5C8F7A0B5C8F7A0B5C8F7A0B5C8F7A0B5C8F7A0B",
            "Rtc-pool01-2014-06-07",
            "Dana.Whitfield1@contoso.com",
            "+1 425 555 0100",
            "11.0.3000",
            "Windows Server 2008 R2 (SP1)!",
        ] {
            assert_eq!(looks_like(text), None, "{text}");
        }
    }
}
