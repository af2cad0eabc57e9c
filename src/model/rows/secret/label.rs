//! Secrets that are known by the word in front of them: `pw: …`, `password is …`, `sa pwd …`, `ClientSecret=…`.

use super::super::cell_words::{self, Meaning};

/// Signs that stand between a label and its value.
const SIGNS: [char; 3] = [':', '=', '\u{ff1a}'];

/// Signs that do where what follows looks chosen: they part remarks as well.
const WEAK_SIGNS: [&str; 9] = [
    " - ",
    " \u{2013} ",
    " \u{2014} ",
    "->",
    "=>",
    "...",
    "\u{2026}",
    " / ",
    "\t",
];

/// Words that do.
const VERBS: [&str; 8] = [
    " is ",
    " was ",
    " ist ",
    " lautet ",
    " est ",
    " es ",
    " \u{e9} ",
    " \u{2192} ",
];

/// Whether a secret stands in a line behind a word for one.
pub(super) fn is_in(line: &str) -> bool {
    let parts: Vec<&str> = line.split([';', ',', '|']).collect();
    let is_cell = |pair: &[&str]| {
        let label = head(pair[0].trim());
        cell_words::is(Meaning::Secret, &label) && looks_chosen(pair[1].trim())
    };
    let is_hashed = cell_words::mentions(Meaning::Secret, line)
        && line.split_whitespace().any(super::shape::is_bare_hash);
    is_hashed
        || parts
            .iter()
            .any(|part| labelled(part) || follows(part) || is_glued(part))
        || parts.windows(2).any(is_cell)
}

/// What stands between a word and its value in scripts without blanks.
const PARTICLES: [char; 9] = ['は', 'が', 'を', '是', '为', '為', ':', '\u{ff1a}', ' '];

/// A value written directly behind a word of a script without blanks: `密码xiatian2019`.
fn is_glued(part: &str) -> bool {
    let mut behind = cell_words::behind_unspaced(Meaning::Secret, part).into_iter();
    behind.any(|rest| {
        let rest = rest.trim_start_matches(PARTICLES);
        let end = rest.find(|c: char| !c.is_ascii_graphic());
        let word = &rest[..end.unwrap_or(rest.len())];
        looks_chosen(word) || is_number(word)
    })
}

fn labelled(part: &str) -> bool {
    let signs = part
        .match_indices(SIGNS)
        .map(|(at, sign)| (at, at + sign.len()));
    let verbs = VERBS
        .iter()
        .flat_map(|verb| part.match_indices(verb).map(|(at, it)| (at, at + it.len())));
    let mut weak = WEAK_SIGNS
        .iter()
        .flat_map(|sign| part.match_indices(sign).map(|(at, it)| (at, at + it.len())));
    signs
        .chain(verbs)
        .any(|(end, start)| is_pair(&part[..end], &part[start..]))
        || is_opened(part)
        || weak.any(|(end, start)| is_weak_pair(&part[..end], &part[start..]))
}

/// Words between what is opened or who comes in, and the password.
const WITH: [&str; 6] = [" with ", " mit ", " avec ", " con ", " com ", " \u{441} "];

/// What opens something: `unlock with …`, `PFX opened with …`, `login sa with …`.
fn is_opened(part: &str) -> bool {
    let mut places = WITH.iter().flat_map(|it| part.match_indices(it));
    places.any(|(at, with)| {
        let label = &part[..at];
        let behind = part[at + with.len()..].split_whitespace().next();
        let word = behind
            .unwrap_or_default()
            .trim_matches(['"', '\'', '`', ',', '.']);
        let is_label = cell_words::ends(Meaning::Opened, label) || ends_in_account(label);
        let rest = part[at + with.len()..].trim();
        let is_phrase = is_quoted(rest) && rest.contains(|c: char| c.is_ascii_digit());
        let is_word = looks_chosen(word) && has_sign(word);
        is_label && (is_phrase || is_word) && is_value(word)
    })
}

fn ends_in_account(label: &str) -> bool {
    let last = label.trim_end().rsplit(['\\', ' ']).next();
    last.is_some_and(|it| cell_words::is(Meaning::Account, it))
}

/// Whether a word has a sign that passwords have and names seldom.
fn has_sign(word: &str) -> bool {
    word.contains(['!', '$', '^', '#', '@', '?', '*', '+', '-', '_'])
}

/// A label and a value with a sign between them that parts remarks as well: the value must look chosen.
fn is_weak_pair(label: &str, value: &str) -> bool {
    let label = head(label);
    let value = value.trim().trim_matches(['"', '\'', '`']);
    let first = value.split_whitespace().next().unwrap_or_default();
    if ends_in_account(&label) && looks_chosen(first) && first.contains(['!', '$', '^', '#', '@']) {
        return true;
    }
    let is_about = cell_words::ends(Meaning::AboutSecret, &label);
    is_named(&label) && !is_about && looks_chosen(first) && is_value(value)
}

/// A name behind a word for an account, and behind it a password: `Login: sa / Autumn2019!`, `local admin: Autumn2019!`.
fn is_login(label: &str, value: &str) -> bool {
    let is_account = cell_words::ends(Meaning::Login, label) || {
        let last = label.rsplit(['\\', ' ']).next().unwrap_or(label);
        cell_words::is(Meaning::Account, last)
    };
    let password = value.rsplit(['/', ' ']).next().unwrap_or(value).trim();
    let is_strong = password.contains(['!', '$', '^']) || ends_in_number(password);
    let is_alone = value.split(['/', ' ']).filter(|it| !it.is_empty()).count() <= 2;
    let is_name = cell_words::ends(Meaning::Login, label) && !value.contains(['/', ' ']);
    is_account
        && is_alone
        && password.chars().count() >= 8
        && looks_chosen(password)
        && (password.contains(['!', '$', '^']) || (is_strong && !is_name))
}

/// A word with a capital, and a year at its end: `Autumn2019`.
fn ends_in_number(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let year: Option<u16> = word[letters.len()..].parse().ok();
    year.is_some_and(|year| (1980..2040).contains(&year))
        && letters.starts_with(char::is_uppercase)
        && letters.chars().skip(1).all(char::is_lowercase)
}

fn is_pair(label: &str, value: &str) -> bool {
    // `Login (user/password): …` says in brackets what it is.
    let bracketed = label.trim_end().strip_suffix([')', ']']);
    let bracketed = bracketed.and_then(|it| it.rsplit(['(', '[']).next());
    let has_inside = bracketed.is_some_and(is_named);
    let label = head(label);
    let value = value.trim().trim_matches(['"', '\'', '`']);
    let is_none = |meaning| cell_words::ends(meaning, &label);
    if is_none(Meaning::AboutSecret) || is_none(Meaning::NoSecret) {
        return false;
    }
    if has_inside || is_named(&label) {
        return is_value(value);
    }
    if is_login(&label, value) {
        return true;
    }
    if cell_words::ends(Meaning::Pin, &label) && is_number(&value.replace(' ', "-")) {
        return true;
    }
    if cell_words::ends(Meaning::SecretHead, &label) {
        return is_weak_value(value);
    }
    if cell_words::ends(Meaning::Access, &label) && is_access(value) {
        return true;
    }
    if cell_words::is(Meaning::Code, &label) {
        return is_number(value);
    }
    is_spoken(&label, value)
}

/// A label that goes on behind the word for a secret: `Passwort für sa: …`, `Password sa: …`, `the password to use: …`.
fn is_spoken(label: &str, value: &str) -> bool {
    let Some((word, behind)) = split_behind(label) else {
        return false;
    };
    let first = value.split_whitespace().next().unwrap_or_default();
    let rest = behind.join(" ");
    let is_new = cell_words::is(Meaning::SetTo, &rest);
    let is_other = cell_words::mentions(Meaning::AboutSecret, &rest)
        || cell_words::begins(Meaning::Pointer, &rest)
        || cell_words::begins(Meaning::Pointer, &format!("{word} {rest}"));
    if behind.len() > MOST_BEHIND || (is_other && !is_new) {
        return false;
    }
    let is_bound = cell_words::is(Meaning::BoundTo, behind[0]);
    is_value(value) && (is_bound || looks_chosen(first))
}

/// How many words may stand between the word for a secret and the sign; more are a sentence about something else.
const MOST_BEHIND: usize = 4;

/// The first word for a secret at the end of a label, and the words behind it, if there are some.
pub(super) fn split_behind(label: &str) -> Option<(&str, Vec<&str>)> {
    // A word for a secret is up to four words itself; only so many are looked at, however long the cell is.
    let mut words: Vec<&str> = label
        .split_whitespace()
        .rev()
        .take(MOST_BEHIND + 4)
        .collect();
    words.reverse();
    let end = (1..words.len()).find(|end| is_named(&words[..*end].join(" ")))?;
    Some((words[end - 1], words[end..].to_vec()))
}

/// Whether a label ends with a word for a secret, written together with others or not: `Administratorkennwort`.
pub(super) fn is_named(label: &str) -> bool {
    cell_words::ends(Meaning::Secret, label) || cell_words::closes(Meaning::Secret, label)
}

/// The label without what stands in brackets behind it, its words parted: `ClientSecret`, `api_key`.
pub(super) fn head(label: &str) -> String {
    let label = label.trim_end();
    let label = match label.strip_suffix([')', ']']) {
        Some(inner) => inner.rfind(['(', '[']).map_or(label, |at| &inner[..at]),
        None => label,
    };
    parted(label.trim_end_matches([' ', '.']))
}

/// Words that are written together, parted.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 8);
    let mut last = ' ';
    for symbol in text.chars() {
        if symbol.is_uppercase() && last.is_lowercase() {
            parted.push(' ');
        }
        parted.push(if symbol == '_' { ' ' } else { symbol });
        last = symbol;
    }
    parted
}

/// A word, or the last of a few, that looks like a password.
pub(super) fn is_access(value: &str) -> bool {
    let words = value.split([' ', '/', ',', ':']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let last = words.last().copied().unwrap_or_default();
    let is_strange = looks_typed(last) && last.contains(|c: char| c.is_uppercase());
    let is_signed = looks_chosen(last) && last.contains(['!', '$', '^', '#', '@']);
    is_value(value) && words.len() <= 3 && (is_strange || is_signed)
}

/// Anything but a pointer to where the secret is kept, and words that say there is none.
pub(super) fn is_value(value: &str) -> bool {
    let bare = value.trim_matches(|c: char| "\"'`()[]{}<>*. ".contains(c));
    let says_nothing =
        value.is_empty() || cell_words::says_nothing(value) || cell_words::of(value).is_some();
    let is_elsewhere = || {
        cell_words::begins(Meaning::Pointer, bare) || cell_words::mentions(Meaning::Keeper, bare)
    };
    !says_nothing && !bare.is_empty() && !is_elsewhere()
}

/// Behind a word with other meanings (`key`, `PIN`): one word with digits, or a long mixed one.
fn is_weak_value(value: &str) -> bool {
    let is_one = !value.contains(char::is_whitespace);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    is_one && is_value(value) && digits > 0 && value.chars().count() >= 3
}

/// A word for a password, and behind it one that looks like it: `sa pwd Winter2014`, `password "…"`, `password now …`,
/// `PIN 4829`.
fn follows(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_word = |meaning, word: &str| cell_words::is(meaning, word.trim_matches(['(', ')', '"']));
    (1..words.len()).any(|at| {
        let (label, behind) = (words[at - 1], &words[at..]);
        let two = || words[at.saturating_sub(2)..at].join(" ");
        let is_pin = || is_word(Meaning::Pin, label) || is_word(Meaning::Pin, &two());
        if is_number(behind[0]) && is_pin() {
            return true;
        }
        if is_word(Meaning::SecretHead, label) && looks_typed(behind[0]) {
            return !cell_words::ends(Meaning::NoSecret, &two());
        }
        // Behind the name of an account, too: `password sa Autumn2019`.
        let behind = match behind {
            [account, rest @ ..]
                if cell_words::is(Meaning::Account, account) && !rest.is_empty() =>
            {
                rest
            }
            all => all,
        };
        let is_part = |label: &str| {
            label
                .rsplit('/')
                .next()
                .is_some_and(|it| is_word(Meaning::Secret, it))
        };
        let behind = match behind {
            [login, ..] if label.contains('/') && is_part(label) && login.contains('/') => {
                return looks_chosen(login.rsplit('/').next().unwrap_or_default());
            }
            all => all,
        };
        (is_word(Meaning::Secret, label) || is_word(Meaning::Secret, &two()))
            && behind
                .get(set_to(behind))
                .is_some_and(|value| (is_quoted(value) || looks_chosen(value)) && is_value(value))
    })
}

/// What a word with other meanings needs behind it: small letters and digits, long, and nothing that names have.
fn looks_typed(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '"', '\'', '.', ',']);
    word.chars().count() >= 8
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || "!$^@*".contains(c))
}

/// How many words say that what follows is the new value.
fn set_to(words: &[&str]) -> usize {
    let lengths = 1..=words.len().min(4);
    let mut lengths = lengths.rev();
    let found = lengths.find(|length| cell_words::is(Meaning::SetTo, &words[..*length].join(" ")));
    found.unwrap_or(0)
}

fn is_number(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '.', '"', '#', '*']);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    // The numbers of a lock that is turned have hyphens between them.
    (4..=12).contains(&digits) && word.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

fn is_quoted(word: &str) -> bool {
    let is_mark = |c: char| "\"'`([<\u{201c}\u{201e}\u{ab}".contains(c);
    word.starts_with(is_mark) && word.chars().count() > 4 && !is_asked(word)
}

/// What stands in a command in the place of a secret that is typed when it runs.
fn is_asked(word: &str) -> bool {
    const ASKED: [&str; 3] = ["(read-host", "(get-credential", "(get-secret"];
    ASKED.contains(&word.trim_end_matches(')').to_lowercase().as_str())
}

/// Letters and digits without what hosts and paths have.
fn looks_chosen(word: &str) -> bool {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    word.chars().count() >= 6
        && has(char::is_alphabetic)
        && has(|c| c.is_ascii_digit())
        && !word.contains(['.', '\\', '/'])
}
