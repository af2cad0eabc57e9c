//! As whom steps are done, in one letter each for paper: "as a", with the key "a: a member of …" once in the packet.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::packets::{Packet, procedures};

/// An account and its letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// "a", "b" … "z", "a1".
    pub letter: String,
    /// As whom: the groups the account must be in.
    pub account: String,
}

/// Steps that share one need it to be said once; what a single step asks for stands there.
const SHARED: usize = 2;

/// The accounts that several steps of a packet ask for, in the order in which they come first.
pub(super) fn of(packet: &Packet) -> Vec<Account> {
    let steps = || procedures(packet).flat_map(crate::packets::Procedure::steps);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for step in steps() {
        *counts.entry(step.account.as_str()).or_default() += 1;
    }
    let mut shared: Vec<Account> = Vec::new();
    for step in steps() {
        let is_shared = !step.account.is_empty() && counts[step.account.as_str()] >= SHARED;
        if is_shared && shared.iter().all(|it| it.account != step.account) {
            shared.push(Account {
                letter: letter(shared.len()),
                account: step.account.clone(),
            });
        }
    }
    shared
}

fn letter(at: usize) -> String {
    let letter = (b'a'..=b'z').map(char::from).nth(at % 26).unwrap_or('z');
    match at / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_do_not_end_with_the_alphabet() {
        assert_eq!([0, 25, 26, 53].map(letter), ["a", "z", "a1", "b2"]);
    }
}
