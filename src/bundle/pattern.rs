//! Values that are told by their look, wherever they stand: IP addresses, phone numbers, e-mail addresses, and the
//! hosts of shares.

// What an address looks like needs no network.
use core::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use serde::Deserialize;

/// A look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// `+1 206 555 0142`: a plus and at least seven digits.
    Phone,
    /// `somebody@example.com`.
    EMail,
    /// IPv4 in four parts, IPv6.
    IpAddress,
    /// `\\host\` in front of a share's name.
    ShareHost,
}

impl Pattern {
    /// Where a text has it, each once, as it stands there.
    pub fn find(self, text: &str) -> Vec<&str> {
        let found: Vec<Range<usize>> = match self {
            Self::Phone => phones(text),
            Self::EMail => tokens(text, is_mail_char, is_mail),
            Self::IpAddress => tokens(text, is_address_char, is_address),
            Self::ShareHost => hosts(text),
        };
        found.into_iter().map(|range| &text[range]).collect()
    }
}

/// The longest runs of these characters that pass the test, without the full stops and colons around them.
fn tokens(text: &str, belongs: fn(char) -> bool, is: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in text.split(|c| !belongs(c)) {
        let token = part.trim_matches(['.', ':', '-']);
        if is(token) {
            let at = start + part.len() - part.trim_start_matches(['.', ':', '-']).len();
            found.push(at..at + token.len());
        }
        let end = start + part.len();
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn is_mail_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+')
}

fn is_mail(token: &str) -> bool {
    token.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.contains('@')
    })
}

fn is_address_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | ':' | '_' | '-')
}

/// A colon may stand between an address and its port.
fn is_address(token: &str) -> bool {
    let host = token.split_once(':').map_or(token, |(host, _)| host);
    let v6 = token.matches(':').count() > 1 && token.parse::<Ipv6Addr>().is_ok();
    v6 || host.parse::<Ipv4Addr>().is_ok()
}

/// A plus, then digits in groups.
fn phones(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices('+').map(|(at, _)| at);
    let ranges = starts.filter_map(|start| {
        let rest = &text[start + 1..];
        let end = rest
            .find(|c: char| {
                !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '(' | ')' | '/' | '.' | '\u{a0}')
            })
            .unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = number.chars().filter(char::is_ascii_digit).count();
        (digits >= 7).then(|| start..start + 1 + number.len())
    });
    ranges.collect()
}

/// `\\host\`, with its separators, so that the host's own name may stand elsewhere.
fn hosts(text: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices(r"\\").map(|(at, _)| at);
    let ranges = starts.filter_map(|start| {
        let rest = &text[start + 2..];
        let length = rest.find('\\')?;
        let host = &rest[..length];
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        (!host.is_empty() && host.chars().all(is_name)).then(|| start..start + 2 + length + 1)
    });
    ranges.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_look_is_found_where_it_stands() {
        let cases: [(Pattern, &str, &[&str]); 8] = [
            (
                Pattern::Phone,
                "call +1 206 555-0142, or +49 (30) 1234567.",
                &["+1 206 555-0142", "+49 (30) 1234567"],
            ),
            (Pattern::Phone, "Front End + Mediation, 4 + 5", &[]),
            (
                Pattern::EMail,
                "to <a.b@example.com>, or x@y",
                &["a.b@example.com"],
            ),
            (
                Pattern::IpAddress,
                "10.0.0.0/8 through 10.1.50.1.",
                &["10.0.0.0", "10.1.50.1"],
            ),
            (
                Pattern::IpAddress,
                "5.0.8308.577, 11.0.3000, 1.2.3.4.5",
                &[],
            ),
            (
                Pattern::IpAddress,
                "at fe80::1 or 2001:db8::2; 12:30:15",
                &["fe80::1", "2001:db8::2"],
            ),
            (
                Pattern::ShareHost,
                r"robocopy \\fs01.x.com\A$ 'D:\\no' \\b\c",
                &[r"\\fs01.x.com\", r"\\b\"],
            ),
            (Pattern::ShareHost, r"$Backup\x and D:\Shares", &[]),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(pattern.find(text), expected, "{text}");
        }
    }
}
