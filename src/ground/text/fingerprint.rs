//! Fingerprints: what is printed on every page, and typed back from paper to ask whether the page is current.
//!
//! A [`Fingerprint`] is twelve symbols, `ABCD-EFGH-JKLM`: eleven from the content's digest and a check symbol.
//! The alphabet has 29 symbols, a prime, and each position has its own weight; the weighted sum of a valid
//! fingerprint is divisible by 29. So one wrong symbol changes the sum by weight times difference, two swapped
//! ones by the product of two differences; neither product can be divisible by 29, and both slips are always
//! caught.

use std::fmt;

use super::digest;

/// Digits and letters without those that are mistaken for one another on paper: 0 and O, 1, I and L. Of the
/// pairs 2 and Z, 5 and S only the digit is used.
const ALPHABET: &[u8; MODULUS] = b"23456789ABCDEFGHJKMNPQRTUVWXY";
/// How many symbols the alphabet has; the check needs a prime.
const MODULUS: usize = 29;
/// How many symbols carry the digest.
const DATA: usize = 11;
/// How many symbols there are, the check symbol included.
const LENGTH: usize = DATA + 1;

/// A typeable name for exactly one content, as printed in the footer of its pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

/// Why a typed text is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FingerprintError {
    /// Too few or too many symbols; how many there are.
    Length(usize),
    /// A character that fingerprints do not use, and the place it stands at, from 1.
    Letter(char, usize),
    /// Each symbol could stand there, but together they cannot: one is wrong, or two are swapped.
    Check,
}

impl Fingerprint {
    /// The fingerprint of this content.
    pub fn of(bytes: &[u8]) -> Self {
        // 64 of the digest's bits choose among 29^11 (nearly 2^54) values, so each is as likely as the next.
        let digest = digest::sha256(bytes);
        let mut rest = digest[..8]
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte));
        let mut values = Vec::with_capacity(LENGTH);
        for _ in 0..DATA {
            values.push(usize::try_from(rest % MODULUS as u64).unwrap_or(0));
            rest /= MODULUS as u64;
        }
        // The check symbol's own weight is 1, so it is what the sum lacks.
        values.push((MODULUS - weighted_sum(&values)) % MODULUS);
        Self(
            values
                .into_iter()
                .map(|value| char::from(ALPHABET[value]))
                .collect(),
        )
    }

    /// Reads a fingerprint as people type it: in either case, with or without blanks and hyphens.
    ///
    /// # Errors
    ///
    /// Says whether the length, a letter or the check symbol is wrong.
    pub fn parse(text: &str) -> Result<Self, FingerprintError> {
        let typed: Vec<char> = text.chars().filter(|symbol| !is_filler(*symbol)).collect();
        let symbols: String = typed.iter().map(char::to_ascii_uppercase).collect();
        let mut values = Vec::with_capacity(LENGTH);
        for (index, symbol) in symbols.chars().enumerate() {
            let value = value_of(symbol);
            values.push(value.ok_or(FingerprintError::Letter(typed[index], index + 1))?);
        }
        if values.len() != LENGTH {
            return Err(FingerprintError::Length(values.len()));
        }
        if weighted_sum(&values) != 0 {
            return Err(FingerprintError::Check);
        }
        Ok(Self(symbols))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, symbol) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{symbol}")?;
        }
        Ok(())
    }
}

impl fmt::Display for FingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(found) => write!(
                f,
                "a fingerprint has {LENGTH} letters and digits, as in ABCD-EFGH-JKMN; this has {found}"
            ),
            Self::Letter(letter, place) => {
                write!(f, "`{letter}` (number {place}) is not used in fingerprints")?;
                match meant(*letter) {
                    Some(symbol) => write!(f, "; is `{symbol}` meant?"),
                    None => Ok(()),
                }
            }
            Self::Check => {
                f.write_str("one letter or digit of this fingerprint is wrong, or two are swapped")
            }
        }
    }
}

impl std::error::Error for FingerprintError {}

/// The sum of value times weight, modulo 29. The weights fall from 12 to 1: all distinct, none zero.
fn weighted_sum(values: &[usize]) -> usize {
    let weights = (1..=LENGTH).rev();
    values
        .iter()
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum::<usize>()
        % MODULUS
}

/// What a symbol counts.
fn value_of(symbol: char) -> Option<usize> {
    ALPHABET
        .iter()
        .position(|&known| char::from(known) == symbol)
}

/// What people put between symbols: blanks and any of the hyphens a word processor may make of `-`.
fn is_filler(symbol: char) -> bool {
    symbol.is_whitespace() || matches!(symbol, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The symbol that was probably misread as this one.
fn meant(letter: char) -> Option<char> {
    match letter {
        's' | 'S' => Some('5'),
        'z' | 'Z' => Some('2'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fingerprints enough that every symbol meets every position.
    fn samples() -> impl Iterator<Item = Vec<u8>> {
        (0_u32..300).map(|seed| Fingerprint::of(&seed.to_be_bytes()).0.into_bytes())
    }

    fn parse(symbols: &[u8]) -> Result<Fingerprint, FingerprintError> {
        Fingerprint::parse(&String::from_utf8_lossy(symbols))
    }

    #[test]
    fn the_alphabet_has_29_distinct_symbols() {
        let distinct: std::collections::BTreeSet<_> = ALPHABET.iter().collect();
        assert_eq!(distinct.len(), MODULUS);
    }

    #[test]
    fn a_fingerprint_is_printed_in_three_groups_and_stays_the_same() {
        assert_eq!(Fingerprint::of(b"").to_string(), "4TFY-7CA2-58RA");
        assert_ne!(Fingerprint::of(b"a"), Fingerprint::of(b"b"));
    }

    #[test]
    fn what_is_printed_can_be_typed_back_in_any_dress() {
        let printed = Fingerprint::of(b"packet").to_string();
        let dresses = [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', ""),
            format!("  {} ", printed.replace('-', " \u{2013} ")),
        ];
        for dress in dresses {
            assert_eq!(Fingerprint::parse(&dress), Ok(Fingerprint::of(b"packet")));
        }
    }

    #[test]
    fn any_one_wrong_symbol_is_caught() {
        for sample in samples() {
            for position in 0..LENGTH {
                for &symbol in ALPHABET.iter().filter(|&&s| s != sample[position]) {
                    let mut wrong = sample.clone();
                    wrong[position] = symbol;
                    assert_eq!(parse(&wrong), Err(FingerprintError::Check));
                }
            }
        }
    }

    #[test]
    fn any_two_swapped_symbols_are_caught() {
        for sample in samples() {
            for first in 0..LENGTH {
                for second in (first + 1)..LENGTH {
                    let mut swapped = sample.clone();
                    swapped.swap(first, second);
                    if swapped != sample {
                        assert_eq!(parse(&swapped), Err(FingerprintError::Check));
                    }
                }
            }
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        let cases = [
            (
                "",
                "a fingerprint has 12 letters and digits, as in ABCD-EFGH-JKMN; this has 0",
            ),
            (
                "ABCD-EFGH",
                "a fingerprint has 12 letters and digits, as in ABCD-EFGH-JKMN; this has 8",
            ),
            (
                "ABCD-EFGH-JKs2",
                "`s` (number 11) is not used in fingerprints; is `5` meant?",
            ),
            ("ABCDéFGHJKM2", "`é` (number 5) is not used in fingerprints"),
            (
                "2222-2222-2223",
                "one letter or digit of this fingerprint is wrong, or two are swapped",
            ),
        ];
        for (typed, message) in cases {
            let error = Fingerprint::parse(typed).map_err(|error| error.to_string());
            assert_eq!(error, Err(message.to_owned()), "{typed}");
        }
    }
}
