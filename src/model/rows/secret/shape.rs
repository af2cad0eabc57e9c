//! Secrets that are known by their shape, whatever stands beside them: keys, tokens, hashes, addresses with a password.

use super::super::cell_words::{self, Meaning};
use super::typed;

/// How tokens of well-known services begin, and how long they are at least.
const TOKENS: [(&str, usize); 26] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("AIza", 35),
    ("eyJ", 20),
    ("ghp_", 20),
    ("gho_", 20),
    ("ghs_", 20),
    ("ghu_", 20),
    ("github_pat_", 20),
    ("glpat-", 20),
    ("xoxa-", 16),
    ("xoxb-", 16),
    ("xoxp-", 16),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("sk-", 24),
    ("npm_", 24),
    ("dop_v1_", 24),
    ("hvs.", 16),
    ("hvb.", 16),
    ("SG.", 20),
    ("ya29.", 16),
    ("PMAK-", 20),
    ("dapi", 36),
    ("key-", 36),
    ("s.", 26),
];

/// Addresses that are secrets themselves.
const HOOKS: [&str; 4] = [
    "hooks.slack.com/services/",
    "discord.com/api/webhooks/",
    "discordapp.com/api/webhooks/",
    "webhook.office.com/webhookb2/",
];

/// Parameters that turn an address into a secret.
const SIGNATURES: [&str; 4] = ["otpauth://", "?sig=", "&sig=", "X-Amz-Signature="];

/// What a text is, if its shape gives it away.
pub(super) fn of(text: &str) -> Option<&'static str> {
    if (text.contains("-- BEGIN") || text.contains("--BEGIN")) && text.contains("PRIVATE KEY") {
        return Some("a private key");
    }
    if text.contains("PuTTY-User-Key-File")
        || text.split_whitespace().any(is_token)
        || is_bearer(text)
    {
        return Some("an access token");
    }
    let signs = |list: &[&str]| list.iter().any(|it| text.contains(it));
    if signs(&HOOKS) || signs(&SIGNATURES) || text.split_whitespace().any(has_user) {
        return Some("an address with a password");
    }
    let is_key = |word: &str| {
        is_recovery_key(word) || is_product_key(word) || is_cloud_key(word) || is_seed(word)
    };
    if words(text).any(is_key) {
        return Some("a key");
    }
    if words(text).any(is_hash) {
        return Some("the hash of a password");
    }
    let is_single = words(text).count() == 1;
    let is_short = words(text).count() <= MOST_WORDS;
    let is_login = words(text).any(|word| is_login(word, is_single, is_short));
    let is_cried = is_short && text.split(is_edge).any(is_cry);
    let is_password = typed::is_in(text)
        || is_login
        || is_behind_account(text)
        || is_cried
        || is_single && is_mixed(text.trim());
    is_password.then_some("a password")
}

/// A remark with more words is prose.
const MOST_WORDS: usize = 4;

fn is_edge(c: char) -> bool {
    c.is_whitespace() || "/:()[]\"'`,;=".contains(c)
}

/// A capital, small letters, a year and a cry, as passwords of offices are: `Autumn2019!`.
fn is_cry(word: &str) -> bool {
    let name = word.trim_end_matches(['!', '$', '^']);
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let year: Option<u16> = name[letters.len()..].parse().ok();
    name.len() < word.len()
        && letters.len() > 3
        && letters.starts_with(|c: char| c.is_ascii_uppercase())
        && letters.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && year.is_some_and(|year| (1980..2040).contains(&year))
}

/// An account and its password in one word: `sa/…`, `admin:…`, in a short remark one that computers come with; another name
/// only where nothing else stands there.
fn is_login(word: &str, is_single: bool, is_short: bool) -> bool {
    let Some((name, password)) = word.split_once(['/', ':']) else {
        return false;
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-\\".contains(c);
    let is_name =
        name.len() >= 2 && name.starts_with(char::is_alphabetic) && name.chars().all(is_plain);
    // An @ stands in addresses, a % in encoded ones.
    let is_strong =
        password.trim_end_matches('$').contains(['!', '^', '$']) || ends_in_year(password);
    let account = name.rsplit('\\').next().unwrap_or(name);
    if cell_words::is(Meaning::Account, account) && (is_factory(password) || is_cast(password)) {
        return is_short;
    }
    is_strong
        && is_mixed(password)
        && ((is_single && is_name) || cell_words::is(Meaning::Account, account))
}

/// A password that computers come with, or one with a number behind it: `changeme1`.
fn is_factory(word: &str) -> bool {
    let word = word.trim_end_matches('!');
    let name = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_known = |it: &str| !it.is_empty() && cell_words::is(Meaning::Factory, it);
    is_known(word) || (word.len() - name.len() < 5 && is_known(name))
}

/// Capitals and digits as a machine casts them: `7KQ9P2XW`.
fn is_cast(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() >= 8
        && (2..word.len() - 1).contains(&digits)
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// An account or an address, and behind it a password: `root Winter!2015`, `sip:a@contoso.com (Password1!)`.
fn is_behind_account(text: &str) -> bool {
    let parts: Vec<&str> = words(text)
        .filter(|word| *word != "/" && *word != "-")
        .collect();
    parts.windows(2).any(|pair| {
        let name = pair[0].rsplit('\\').next().unwrap_or(pair[0]);
        let is_address = pair[0]
            .split_once('@')
            .is_some_and(|(_, host)| host.contains('.'));
        let is_account = cell_words::is(Meaning::Account, name);
        let has_digit = pair[1].contains(|c: char| c.is_ascii_digit());
        (is_address || is_account) && (is_mixed(pair[1]) || (has_digit && is_factory(pair[1])))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let around = |c: char| "\"'`,;()[]<>".contains(c);
    text.split_whitespace()
        .map(move |word| word.trim_matches(around))
}

fn is_token(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "\"'`,;()=:".contains(c));
    let begins = |(start, length): &(&str, usize)| word.starts_with(start) && word.len() >= *length;
    word.is_ascii() && TOKENS.iter().any(begins)
}

/// `Bearer` or `Basic` and a token.
fn is_bearer(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        ["bearer", "basic"].contains(&pair[0].trim_matches(['"', ':']).to_lowercase().as_str())
            && pair[1].len() >= 16
            && pair[1]
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~+/=".contains(c))
    })
}

/// `scheme://user:password@host`
fn has_user(word: &str) -> bool {
    let Some((_, rest)) = word.split_once("://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or(rest);
    let user = host
        .rsplit_once('@')
        .and_then(|(user, _)| user.split_once(':'));
    user.is_some_and(|(name, password)| !name.is_empty() && !password.is_empty())
}

/// Eight groups of six digits, as BitLocker prints them.
fn is_recovery_key(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.len() == 8
        && groups
            .iter()
            .all(|it| it.len() == 6 && it.bytes().all(|b| b.is_ascii_digit()))
}

/// Five groups of five capitals and digits.
fn is_product_key(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    let is_group = |it: &&str| {
        it.len() == 5
            && it
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    groups.len() == 5 && groups.iter().all(is_group)
}

/// Base64 of a length that cloud keys have, with capitals, small letters and digits mixed.
fn is_cloud_key(word: &str) -> bool {
    let body = word.trim_end_matches('=');
    let length = body.len();
    let is_length = length == 40
        || ((43..=44).contains(&length) && word.ends_with('='))
        || (84..=88).contains(&length);
    let bytes = || body.bytes();
    is_length
        && bytes().all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b))
        && bytes().any(|b| b.is_ascii_uppercase())
        && bytes().any(|b| b.is_ascii_lowercase())
        && bytes().any(|b| b.is_ascii_digit())
        && !bytes().all(|b| b.is_ascii_hexdigit())
}

/// Sixteen or thirty-two signs of base32, as one-time codes are seeded with.
fn is_seed(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.bytes().any(|b| test(&b));
    matches!(word.len(), 16 | 32)
        && word.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
        && has(u8::is_ascii_digit)
        && has(|b| b.is_ascii_uppercase() && !b.is_ascii_hexdigit())
}

/// Two hashes as password dumps have them.
fn is_hash(word: &str) -> bool {
    let hex =
        |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = word.split(':').collect();
    parts
        .windows(2)
        .any(|pair| hex(pair[0], 32) && hex(pair[1], 32))
        || ["$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "{SSHA}"]
            .iter()
            .any(|it| word.starts_with(it) && word.len() > 20)
}

/// One word of 8 to 64 characters with letters, digits and a sign that names, paths, addresses and dates do not have.
/// A sign that notes use between words (`#`, `+`, `=`) counts only in front of a year at the end: `Contoso#2014`.
fn is_mixed(text: &str) -> bool {
    let length = text.chars().count();
    let has = |test: fn(char) -> bool| text.chars().any(test);
    let is_other = text.contains(['\\', '/', '(', ',', ':', ';'])
        || text.starts_with("CN=")
        || text.to_lowercase().starts_with("$backup")
        || (text.starts_with('%') && text[1..].contains('%'))
        || is_reference(text);
    // An @ between two words with a dot is an address, a $ at the end names a hidden share or an account.
    let inner = text.trim_end_matches('$');
    // Behind the number of a version the mark is only a cry: `FW4.10!`.
    let inner = if has_version(text) {
        inner.trim_end_matches('!')
    } else {
        inner
    };
    let is_strong = inner.contains(['!', '^', '$', '%']) || has_at(text) || is_leet(text);
    (8..=64).contains(&length)
        && !is_other
        && !is_abbreviated(text)
        && has(|c| c.is_ascii_lowercase())
        && has(|c| c.is_ascii_digit())
        && (is_strong || ends_in_year(text))
}

/// A cell or a row of a spreadsheet: `Pools!D3`, `Pools!2`, as messages and packets name it.
fn is_reference(text: &str) -> bool {
    let Some((sheet, cell)) = text.split_once('!') else {
        return false;
    };
    let cell = cell.replace('$', "");
    let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = cell.len() - digits.len();
    let is_year = digits
        .parse()
        .is_ok_and(|year: u16| (1980..2040).contains(&year));
    // A row alone is named behind a sheet of one word: `Grape-Vault!77` is none.
    let is_row = !is_year && !sheet.contains('-');
    letters <= 3
        && (letters > 0 || is_row)
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && sheet
            .chars()
            .all(|c| c.is_alphabetic() || " '-_".contains(c))
}

/// An @ in place of the second or third letter, or in front of a number at the end: `P@ssw0rd`, `Lync@2013`.
fn has_at(text: &str) -> bool {
    let Some((before, behind)) = text.split_once('@').filter(|_| !text.contains('.')) else {
        return false;
    };
    let is_letter = !before.is_empty() && before.len() <= 2;
    let is_word = before.starts_with(char::is_alphabetic);
    (is_letter && behind.starts_with(|c: char| c.is_ascii_lowercase()))
        || (is_word && behind.len() > 1 && behind.bytes().all(|b| b.is_ascii_digit()))
}

/// Digits that stand for letters, twice, and a sign: `Tr0ub4dor&3`.
fn is_leet(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase();
    let inner = text.as_bytes().windows(3);
    let count = inner.filter(|it| letter(it[0]) && it[1].is_ascii_digit() && letter(it[2]));
    count.count() > 1 && text.contains(['&', '#', '*', '+', '=', '?', '~', '_'])
}

/// A name with a digit that is read as a word, and a cry: `Skype4B!`.
fn is_abbreviated(text: &str) -> bool {
    let Some(name) = text.strip_suffix('!') else {
        return false;
    };
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let is_last_big = name.ends_with(|c: char| c.is_ascii_uppercase());
    let is_word = name.bytes().all(|b| b.is_ascii_alphanumeric());
    digits == 1 && is_word && is_last_big && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Thirty-two hexadecimal digits and nothing else, as password dumps have them, and checksums.
pub(super) fn is_bare_hash(text: &str) -> bool {
    let text = text.trim();
    text.len() == 32
        && text.bytes().all(|b| b.is_ascii_hexdigit())
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Two numbers with a dot between them.
fn has_version(text: &str) -> bool {
    let is_dotted = |it: &[u8]| it[0].is_ascii_digit() && it[1] == b'.' && it[2].is_ascii_digit();
    text.as_bytes().windows(3).any(is_dotted)
}

/// A word, a sign, and a year.
fn ends_in_year(text: &str) -> bool {
    let (Some(at), true) = (text.len().checked_sub(4), text.is_ascii()) else {
        return false;
    };
    // The sign may stand behind the year as well: `Autumn2019#`.
    let behind = text.strip_suffix(['#', '*', '?', '~', '+', '=', '@']);
    if let Some((word, year)) = behind.and_then(|it| it.split_at_checked(it.len().checked_sub(4)?))
    {
        let is_year = year
            .parse()
            .is_ok_and(|year: u16| (1980..2040).contains(&year));
        return is_year && word.len() > 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
    }
    let (word, year) = text.split_at(at);
    let is_year = year
        .parse()
        .is_ok_and(|year: u16| (1980..2040).contains(&year));
    let name = word.strip_suffix(['#', '*', '?', '~', '+', '=', '|', '&']);
    is_year
        && name.is_some_and(|name| {
            name.bytes().all(|b| b.is_ascii_alphabetic())
                && !["room", "asset", "rack", "item", "year", "version"]
                    .contains(&name.to_lowercase().as_str())
        })
}
