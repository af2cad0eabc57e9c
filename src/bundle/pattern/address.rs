//! Network addresses: IPv4 and IPv6 however they are written; those of network cards stand in `card.rs`.

// What an address looks like needs no network.
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Found;
use super::card::{self, is_hex};
use super::cursor::Cursor;

/// Where addresses stand.
pub(super) fn find(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = next_start(view, at) {
        let start = Cursor::new(view, next);
        let forms = [v6, card::card, dotted, network, dashed, packed, hexadecimal];
        let (end, key) = forms
            .into_iter()
            .find_map(|form| form(start))
            .map_or((next + 1, None), |(end, key)| (end, Some(key)));
        found.extend(key.map(|key| Found {
            range: next..end,
            key,
        }));
        at = end;
    }
    found
}

/// The next character that an address can begin with.
fn next_start(view: &str, from: usize) -> Option<usize> {
    let bytes = view.as_bytes();
    (from..bytes.len()).find(|at| bytes[*at].is_ascii_hexdigit() || bytes[*at] == b':')
}

/// Whether digits run on across a separator: a group of a longer number.
fn is_joined(before: Cursor<'_>, separator: char) -> bool {
    let text = &before.whole()[..before.at];
    let is_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    is_digit(text) || text.strip_suffix(separator).is_some_and(is_digit)
}

/// What may stand between the groups of an IPv4 address.
const DOTS: [&str; 11] = [
    ". ", ".", "[.]", "(.)", "{.}", " . ", " .", "[dot]", "(dot)", " dot ", " (dot) ",
];

/// `10.77.0.1`, `010.077.000.001`, `10[.]77[.]0[.]1`; with the end of a range, the length of a prefix, or a wildcard.
fn dotted(start: Cursor<'_>) -> Option<(usize, String)> {
    if is_joined(start, '.') {
        return None;
    }
    let mut cursor = start;
    let mut groups = Vec::new();
    while groups.len() < 4 {
        if !groups.is_empty() && !cursor.skip_one(&DOTS) {
            return None;
        }
        if let Some(group) = group(&mut cursor) {
            groups.push(group.to_string());
        } else if groups.len() >= 2 && wildcard(&mut cursor) {
            groups.push("*".to_owned());
        } else {
            return None;
        }
    }
    let mut behind = cursor;
    if groups.iter().filter(|it| *it == "*").count() > 2
        || behind.skip(".") && behind.digits(1..=9).is_some()
    {
        return None;
    }
    range_end(&mut cursor);
    Some((cursor.at, groups.join(".")))
}

fn group(cursor: &mut Cursor<'_>) -> Option<u8> {
    let mut ahead = *cursor;
    let group = ahead.digits(1..=3)?.parse().ok()?;
    *cursor = ahead;
    Some(group)
}

/// `x`, `*`, `[1-9]` in place of a group.
fn wildcard(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let is_set = ahead.skip_one(&["[", "{", "("])
        && !ahead
            .take(|c| c.is_ascii_digit() || "-.,".contains(c))
            .is_empty()
        && ahead.skip_one(&["]", "}", ")"]);
    let is_one = || {
        let mut ahead = *cursor;
        let marks = ahead.take(|c| "x*?#".contains(c));
        let ends = !ahead.next().is_some_and(char::is_alphanumeric);
        ((1..=3).contains(&marks.len()) && ends).then_some(ahead)
    };
    if is_set {
        *cursor = ahead;
        return true;
    }
    is_one().is_some_and(|ahead| {
        *cursor = ahead;
        true
    })
}

/// `-9`, `..9`, `-.9`, `/24` behind an address.
fn range_end(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    if !ahead.skip_one(&["-.", "-", "..", "/"]) || ahead.digits(1..=3).is_none() {
        return;
    }
    let mut behind = ahead;
    let goes_on = behind.skip(".") && behind.digits(1..=9).is_some();
    if !goes_on {
        *cursor = ahead;
    }
}

/// `10.77.1/24`; only of private networks, for versions and dates look the same.
fn network(start: Cursor<'_>) -> Option<(usize, String)> {
    if is_joined(start, '.') {
        return None;
    }
    let mut cursor = start;
    let mut groups = [0; 4];
    for (index, place) in groups.iter_mut().take(3).enumerate() {
        if index > 0 && !cursor.skip(".") {
            return None;
        }
        *place = group(&mut cursor)?;
    }
    let length: u8 = cursor
        .skip("/")
        .then(|| cursor.digits(1..=2))??
        .parse()
        .ok()?;
    let is_network = is_local(Ipv4Addr::from(groups)) && (8..=32).contains(&length);
    is_network.then(|| (cursor.at, Ipv4Addr::from(groups).to_string()))
}

fn is_local(address: Ipv4Addr) -> bool {
    address.is_private() || address.is_link_local()
}

/// `0x0a4d0001`, `0A4D0001`, `0a4d0001h`; only of private networks, for numbers of errors look the same. And
/// `20010db8007700000000000000000001`.
fn packed(start: Cursor<'_>) -> Option<(usize, String)> {
    let mut cursor = start;
    cursor.skip("0x");
    if start.last().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let digits = cursor.take(|c| c.is_ascii_hexdigit());
    cursor.skip("h");
    let address = match digits.len() {
        8 => {
            let address = Ipv4Addr::from(u32::from_str_radix(digits, 16).ok()?);
            IpAddr::from(Some(address).filter(|it| is_local(*it))?)
        }
        32 if ["2001", "fe80", "fd"]
            .iter()
            .any(|it| digits.starts_with(it)) =>
        {
            IpAddr::from(Ipv6Addr::from(u128::from_str_radix(digits, 16).ok()?))
        }
        _ => return None,
    };
    let goes_on = cursor.next().is_some_and(char::is_alphanumeric);
    (!goes_on && !card::is_in_guid(start, cursor)).then(|| (cursor.at, address.to_string()))
}

/// `0x0a.0x4d.0x00.0x01`; without the mark, as `0A.4D.00.01` and `0a 4d 00 01`, only of private networks.
fn hexadecimal(start: Cursor<'_>) -> Option<(usize, String)> {
    let marked = ["0x", ""].into_iter();
    marked
        .flat_map(|mark| [".", " "].map(|sign| (mark, sign)))
        .find_map(|(mark, sign)| {
            let mut cursor = start;
            let mut groups = [0; 4];
            for (index, place) in groups.iter_mut().enumerate() {
                if index > 0 && !cursor.skip(sign) || !cursor.skip(mark) {
                    return None;
                }
                let group = cursor.take(|c| c.is_ascii_hexdigit());
                let is_whole = group.len() == 2 || !mark.is_empty();
                *place = u8::from_str_radix(group, 16).ok().filter(|_| is_whole)?;
            }
            let address = Ipv4Addr::from(groups);
            let text = &start.whole()[start.at..cursor.at];
            let is_plain = !mark.is_empty() || is_local(address) && text.contains(is_hex_letter);
            let is_whole = card::is_whole(start, cursor, sign);
            (is_plain && is_whole).then(|| (cursor.at, address.to_string()))
        })
}

fn is_hex_letter(c: char) -> bool {
    is_hex(c) && c.is_alphabetic()
}

/// `10-77-0-1` and `10_77_0_1`, as names of machines have it; only addresses of private networks, for dates and numbers of
/// parts look the same.
fn dashed(start: Cursor<'_>) -> Option<(usize, String)> {
    ["-", "_"].into_iter().find_map(|sign| {
        let separator = sign.chars().next()?;
        if is_joined(start, separator) {
            return None;
        }
        let mut cursor = start;
        let mut groups = [0; 4];
        for (index, place) in groups.iter_mut().enumerate() {
            if index > 0 && !cursor.skip(sign) {
                return None;
            }
            *place = group(&mut cursor)?;
        }
        let address = Ipv4Addr::from(groups);
        let mut behind = cursor;
        let goes_on = behind.skip(sign) && behind.digits(1..=9).is_some();
        (is_local(address) && !goes_on).then(|| (cursor.at, address.to_string()))
    })
}

/// IPv6 with all its groups or without, with a zone, a prefix or an IPv4 end, glued to a word or not; and as Windows
/// writes it into names of hosts.
fn v6(start: Cursor<'_>) -> Option<(usize, String)> {
    let is_of = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    // A label may stand in front with its own colon: `addr:2001:db8::1`.
    let before = &start.whole()[..start.at];
    if before.strip_suffix(':').unwrap_or(before).ends_with(is_of) {
        return None;
    }
    let mut cursor = start;
    let run = cursor.take(is_of);
    if run.matches(':').count() < 2 {
        return literal(start);
    }
    let is_glued = |edge: Option<char>| edge.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let glued = is_glued(start.last()) || is_glued(cursor.next());
    let mut token = run.trim_end_matches(['.', ':']);
    if run[token.len()..].starts_with("::") {
        token = &run[..token.len() + 2];
    }
    let Ok(address) = token.parse::<Ipv6Addr>() else {
        return any_of(start, token, cursor);
    };
    if !is_plausible(token, glued) {
        return None;
    }
    let mut end = Cursor::new(start.whole(), start.at + token.len());
    if end.skip("%") {
        end.take(|c| c.is_alphanumeric() || "-_.".contains(c));
    }
    range_end(&mut end);
    let address = IpAddr::from(address).to_canonical();
    Some((end.at, address.to_string()))
}

/// `2001:db8:77:x`: all addresses of a network.
fn any_of(start: Cursor<'_>, token: &str, run: Cursor<'_>) -> Option<(usize, String)> {
    let groups: Vec<&str> = token.split(':').collect();
    let is_group = |it: &&str| (1..=4).contains(&it.len()) && it.chars().all(is_hex);
    let is_first =
        token.starts_with("2001:") || token.starts_with("fd") || token.starts_with("fe80:");
    let mut end = run;
    let is_any = is_first
        && (2..8).contains(&groups.len())
        && groups.iter().all(is_group)
        && start.whole()[..run.at].ends_with(':')
        && wildcard(&mut end);
    is_any.then(|| (end.at, token.to_owned()))
}

/// `db::add` and `[math]::abs` are no addresses: one has digits, or begins like one of a local network.
fn is_plausible(token: &str, glued: bool) -> bool {
    let groups = token.split(':').filter(|it| !it.is_empty()).count();
    let has_digit = token.contains(|c: char| c.is_ascii_digit());
    let is_local = ["fc", "fd", "fe8", "fe9", "fea", "feb"]
        .iter()
        .any(|it| token.starts_with(it) && token.find(':') == Some(4));
    (has_digit || is_local) && groups >= if glued { 3 } else { 1 }
}

/// `2001-db8--1.ipv6-literal.net`, and the reverse name below `ip6.arpa`.
fn literal(start: Cursor<'_>) -> Option<(usize, String)> {
    let is_of = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if start.last().is_some_and(is_of) {
        return None;
    }
    let mut cursor = start;
    let name = cursor.take(is_of).trim_end_matches('.');
    let is_one = name.ends_with(".ipv6-literal.net") || name.ends_with(".ip6.arpa");
    is_one.then(|| (start.at + name.len(), name.to_owned()))
}
