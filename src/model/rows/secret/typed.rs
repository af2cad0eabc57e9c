//! Passwords on command lines: behind an option, glued to it, behind the share or the user of a command.

use super::super::cell_words::{self, Meaning};

/// A password on a command line: `-u sa -p …`, `ConvertTo-SecureString '…'`, `net use … /user:`.
pub(super) fn is_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let lowered: Vec<&str> = lower.split_whitespace().collect();
    let behind = |names: &[&str], is: fn(&str) -> bool| {
        let pairs = lowered.windows(2).zip(words.windows(2));
        pairs
            .into_iter()
            .any(|(low, pair)| names.contains(&low[0]) && is(pair[1]))
    };
    let is_program = |word: &&str| {
        let name = word.rsplit(['\\', '/']).next().unwrap_or(word);
        cell_words::is(Meaning::AsksPassword, name.trim_end_matches(".exe"))
    };
    let has_program = lowered.iter().any(is_program);
    let has_user = has_program || lowered.iter().any(|it| ["-u", "/u", "-user"].contains(it));
    let is_any = |word: &str| !word.starts_with(['-', '/', '.', '*', '$', '<']) && word.len() > 3;
    let is_glued = |(low, word): (&&str, &&str)| low.starts_with("-p") && is_mixed_up(&word[2..]);
    let quoted =
        |names: [&str; 3]| names.iter().any(|it| lower.contains(it)) && text.contains(['\'', '"']);
    behind(
        &[
            "-pw",
            "/rp",
            "-rp",
            "--password",
            "-password",
            "/password",
            "-passwd",
        ],
        is_mixed_up,
    ) || has_user && behind(&["-p", "/p"], is_mixed_up)
        || has_program && behind(&["-p", "-pw"], is_any)
        || has_program && lowered.iter().zip(&words).any(is_glued)
        || behind(&["-u"], |word| {
            word.split_once(':').is_some_and(|(_, it)| is_mixed_up(it))
        })
        || quoted(["convertto-securestring", "pscredential(", "identified by"])
        || lowered.iter().any(|it| is_given(it))
        || is_mount(&lower, &words)
        || is_account(&lowered, &words)
}

/// An option with its password glued to it: `cmdkey … /pass:winter`.
fn is_given(word: &str) -> bool {
    let options = [
        "/pass:",
        "/password:",
        "/pwd:",
        "/passwd:",
        "-pass:",
        "--pass=",
        "--password=",
    ];
    let mut values = options.iter().filter_map(|it| word.strip_prefix(it));
    values.any(|value| value.len() > 2 && !value.starts_with(['*', '<', '$', '%', '{']))
}

/// `net use`: the password stands behind the share, or behind the user.
fn is_mount(lower: &str, words: &[&str]) -> bool {
    let plain: Vec<&str> = lower.split_whitespace().collect();
    let is_use = |pair: &[&str]| matches!(pair, ["net" | "net.exe", "use"]);
    if !plain.windows(2).any(is_use) {
        return false;
    }
    let is_user = |word: &str| {
        let word = word.to_lowercase();
        word.starts_with("/user:") || word.starts_with("/u:")
    };
    // The last word behind the user is one even if it is as plain as any.
    let is_behind_user = words.iter().rev().take(2).collect::<Vec<_>>();
    if let [last, user] = is_behind_user.as_slice()
        && is_user(user)
        && !last.starts_with(['/', '*', '-', '\\', '<'])
    {
        return true;
    }
    let has_user = words.iter().any(|word| is_user(word));
    words.windows(2).any(|pair| {
        let is_share = pair[0].starts_with("\\\\");
        let is_place = is_share || is_user(pair[0]);
        let is_word = !pair[1].starts_with(['/', '*', '-', '\\', '<']);
        is_place && is_mixed_up(pair[1]) || is_share && has_user && is_word
    })
}

/// `net user NAME PASSWORD`, and a password behind the user of `runas`.
fn is_account(lowered: &[&str], words: &[&str]) -> bool {
    let is_new = lowered
        .windows(2)
        .zip(words.windows(4))
        .any(|(low, all)| low == ["net", "user"] && is_mixed_up(all[3]));
    let is_run = lowered.contains(&"runas")
        && words
            .windows(2)
            .any(|pair| pair[0].to_lowercase().starts_with("/user:") && is_mixed_up(pair[1]));
    is_new || is_run
}

/// Letters and digits, or a sign, in a word that is no option.
fn is_mixed_up(word: &str) -> bool {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    word.chars().count() >= 6
        && !word.starts_with(['-', '/', '$', '\\'])
        && has(char::is_alphabetic)
        && has(|c| c.is_ascii_digit())
}
