//! Hosts of shares: `\\host\share` with its prefixes and ports, `//host/share`, `smb://host/share`, `host:/export`.
//!
//! What is found is the host alone; the signs around it stay, so that a reader sees that a share is meant.

use super::Found;
use super::cursor::Cursor;

/// Schemes whose addresses name a share.
const SCHEMES: [&str; 17] = [
    "smb", "cifs", "nfs", "nfs4", "afp", "file", "dav", "davs", "webdav", "ftp", "ftps", "sftp",
    "scp", "rsync", "iscsi", "dfs", "unc",
];

/// Schemes whose addresses name pages; only a host inside is hidden.
const OF_PAGES: [&str; 2] = ["http", "https"];

/// What names of hosts end with that only a network of one's own knows.
const INSIDE: [&str; 10] = [
    ".local",
    ".lan",
    ".corp",
    ".internal",
    ".intra",
    ".intranet",
    ".private",
    ".home",
    ".priv",
    ".localnet",
];

/// Where hosts of shares stand.
pub(super) fn find(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = view[at..].find(['\\', '/', ':']).map(|it| at + it) {
        let sign = Cursor::new(view, next);
        let mut after = sign;
        let name = if after.skip(":") {
            exported(sign)
        } else {
            after.take(|c| matches!(c, '\\' | '/'));
            behind_slashes(sign)
        };
        at = after.at;
        if let Some((start, end)) = name.filter(|(start, end)| start < end) {
            at = at.max(end);
            let key = view[start..end].to_owned();
            found.push(Found {
                range: start..end,
                key,
            });
        }
    }
    found
}

/// Two slashes and more, of either kind, and a host; or one backslash in front of a host with a share.
fn behind_slashes(start: Cursor<'_>) -> Option<(usize, usize)> {
    let mut cursor = start;
    let slashes = cursor.take(|c| matches!(c, '\\' | '/'));
    let before = &start.whole()[..start.at];
    if slashes.len() < 2 {
        return single(start).filter(|_| slashes == "\\");
    }
    let (last, rest) = (start.last(), before.strip_suffix(':'));
    let mut is_page = false;
    if let Some(scheme) = rest {
        let word = scheme.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
        let word = word.unwrap_or_default();
        // `see:\\host`, but not `D:\\folder`.
        let is_unc = slashes.starts_with("\\\\") && word.len() != 1;
        is_page = OF_PAGES.contains(&word);
        if !SCHEMES.contains(&word) && !is_page && !is_unc {
            return None;
        }
        // `file:///c:/…` is a path of this computer.
    } else if last.is_some_and(|c| c.is_ascii_alphanumeric() || "$%.)_".contains(c)) {
        // A slash inside a path, doubled by a program.
        return None;
    }
    if cursor.skip(" ") && slashes != "\\\\" {
        return None;
    }
    if cursor.skip_one(&["?\\", ".\\", "?/", "./"]) && !cursor.skip_one(&["unc\\", "unc/"]) {
        return None;
    }
    user(&mut cursor, rest.is_some());
    named(cursor).filter(|(start, end)| !is_page || is_inside(&cursor.whole()[*start..*end]))
}

/// Whether a name is one of a network of one's own.
fn is_inside(name: &str) -> bool {
    !name.contains('.') && name != "localhost" || INSIDE.iter().any(|it| name.ends_with(it))
}

/// `user@` or `user:password@` in front of the host of an address.
fn user(cursor: &mut Cursor<'_>, is_address: bool) {
    let mut ahead = *cursor;
    ahead.take(|c| is_part(c) || c == ':');
    let is_user = is_address && ahead.skip("@");
    // Windows writes a port like that: `davs://host@SSL/share`.
    let behind = ahead.rest();
    let is_port = behind.starts_with("ssl") || behind.starts_with(|c: char| c.is_ascii_digit());
    if is_user && !is_port {
        *cursor = ahead;
    }
}

/// `\host\share`, where a path begins.
fn single(start: Cursor<'_>) -> Option<(usize, usize)> {
    let begins = start
        .last()
        .is_none_or(|c| " \"'`(=,;<[\u{201c}\u{201e}".contains(c));
    let mut cursor = start;
    cursor.skip("\\");
    let (from, to) = named(cursor)?;
    let mut behind = Cursor::new(start.whole(), to);
    let goes_on = behind.skip("\\") && behind.next().is_some_and(char::is_alphanumeric);
    (begins && goes_on).then_some((from, to))
}

/// The host that begins here.
fn named(start: Cursor<'_>) -> Option<(usize, usize)> {
    let mut cursor = start;
    if cursor.skip("[") {
        let address = cursor.take(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.' | '%'));
        return (address.contains(':') && cursor.skip("]")).then_some((start.at, cursor.at));
    }
    let name = cursor.take(is_part).trim_end_matches(['.', '-']);
    let is_drive = name.len() == 1 && cursor.next() == Some(':');
    let is_host = name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !is_drive;
    is_host.then(|| (start.at, start.at + name.len()))
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || "._-+~!#&$".contains(c)
}

/// `host:/export`.
fn exported(colon: Cursor<'_>) -> Option<(usize, usize)> {
    let mut behind = colon;
    behind.skip(":");
    if !behind.skip("/") {
        return None;
    }
    let next = behind.next();
    let is_path = next.is_some_and(|c| c.is_alphanumeric() || "._".contains(c));
    // Without a path only what looks like the name of a machine.
    let is_root = next.is_none_or(|c| " ,;.)\"'".contains(c));
    let before = &colon.whole()[..colon.at];
    let is_name = |c: char| c.is_alphanumeric() || "._-".contains(c);
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_name(*c))
        .last()
        .map(|(at, _)| at)?;
    let name = &before[start..];
    let is_after = before[..start]
        .chars()
        .next_back()
        .is_none_or(|c| " \"'`(=,;@<[".contains(c));
    let is_host = name.chars().count() > 1 && name.contains(char::is_alphabetic) && is_after;
    let is_machine = name.contains(|c: char| c.is_ascii_digit() || c == '-');
    (is_host && (is_path || is_root && is_machine)).then_some((start, colon.at))
}
