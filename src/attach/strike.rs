//! Strikes secrets out of texts from the wire, however a server writes them: bare, in other case, in base64 or
//! hexadecimal, behind the escapes of addresses, pages and JSON, and cut.
//!
//! A text is read as signs, each with the bytes it stands for; escapes are undone layer by layer, and whatever shows a
//! piece of a secret in any layer is struck where it stands.

use std::collections::BTreeSet;

use crate::text::base64::encode;

use super::Secret;

/// How many signs of a secret in a row are a piece of it. Shorter secrets count whole.
const PIECE: usize = 6;

/// How often escapes may stand in escapes.
const LAYERS: usize = 4;

/// What stands where something was struck.
const STRUCK: char = '…';

/// Pieces of secrets in each form a server may repeat them in.
pub(super) struct Strike {
    pieces: BTreeSet<Vec<char>>,
}

/// A sign of a text, and the bytes it stands for there.
#[derive(Clone, Copy)]
struct Sign {
    shows: char,
    start: usize,
    end: usize,
}

impl Strike {
    pub(super) fn of(secrets: &[&Secret]) -> Self {
        let forms = secrets.iter().flat_map(|secret| forms(secret.reveal()));
        let pieces = forms.flat_map(|form| {
            let signs: Vec<char> = form.chars().map(plain).collect();
            let length = signs.len().min(PIECE);
            signs
                .windows(length.max(1))
                .map(<[char]>::to_vec)
                .collect::<Vec<_>>()
        });
        Self {
            pieces: pieces.collect(),
        }
    }

    /// The text without the secrets.
    pub(super) fn from(&self, text: &str) -> String {
        let mut signs: Vec<Sign> = text
            .char_indices()
            .map(|(start, sign)| Sign {
                shows: sign,
                start,
                end: start + sign.len_utf8(),
            })
            .collect();
        let mut struck = vec![false; text.len()];
        for _ in 0..LAYERS {
            self.mark(&signs, &mut struck);
            let unescaped = unescaped(&signs);
            if unescaped.len() == signs.len() {
                break;
            }
            signs = unescaped;
        }
        let mut kept = String::with_capacity(text.len());
        for (at, sign) in text.char_indices() {
            match struck[at] {
                false => kept.push(sign),
                true if !kept.ends_with(STRUCK) => kept.push(STRUCK),
                true => {}
            }
        }
        kept
    }

    fn mark(&self, signs: &[Sign], struck: &mut [bool]) {
        let plain: Vec<char> = signs.iter().map(|it| plain(it.shows)).collect();
        for length in 1..=PIECE {
            for (at, piece) in plain.windows(length).enumerate() {
                if self.pieces.contains(piece) {
                    struck[signs[at].start..signs[at + length - 1].end].fill(true);
                }
            }
        }
    }
}

/// A secret in the forms it travels in, beside what escapes make of it.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![secret.to_owned(), hex.concat()];
    // In base64 a text looks otherwise with one or two bytes in front of it; its first and last signs hold bits of
    // its neighbours.
    for front in 0..3 {
        let encoded = encode(&[&vec![0; front], bytes].concat());
        let own = encoded.trim_end_matches('=');
        let behind = usize::from(!(front + bytes.len()).is_multiple_of(3));
        let own: Vec<char> = own.chars().skip([0, 2, 3][front]).collect();
        let own = &own[..own.len().saturating_sub(behind)];
        forms.extend((own.len() >= 3).then(|| own.iter().collect()));
    }
    // What an `Authorization` header says behind its scheme is a secret by itself.
    forms.extend(secret.rsplit_once(' ').map(|(_, bare)| bare.to_owned()));
    forms.retain(|form| !form.is_empty());
    forms
}

/// A sign as it is compared: no case, and one alphabet of base64.
fn plain(sign: char) -> char {
    match sign {
        '-' => '+',
        '_' => '/',
        _ => sign.to_lowercase().next().unwrap_or(sign),
    }
}

/// The signs with one layer of escapes undone.
fn unescaped(signs: &[Sign]) -> Vec<Sign> {
    let mut plain = Vec::with_capacity(signs.len());
    let mut at = 0;
    while at < signs.len() {
        let rest = &signs[at..];
        let (text, length) = escape(rest).unwrap_or_else(|| (rest[0].shows.to_string(), 1));
        let (start, end) = (rest[0].start, rest[length - 1].end);
        plain.extend(text.chars().map(|sign| Sign {
            shows: sign,
            start,
            end,
        }));
        at += length;
    }
    plain
}

/// What an escape at the beginning stands for, and how many signs it takes.
fn escape(signs: &[Sign]) -> Option<(String, usize)> {
    match signs.first()?.shows {
        '%' => of_address(signs),
        '&' => of_page(signs),
        '\\' => of_json(signs),
        _ => None,
    }
}

/// `%C3%A9`: as many bytes in a row as make up one text.
fn of_address(signs: &[Sign]) -> Option<(String, usize)> {
    let bytes = signs.chunks_exact(3).map_while(|three| {
        (three[0].shows == '%')
            .then(|| number(&three[1..], 16))
            .flatten()
    });
    let bytes: Vec<u8> = bytes.filter_map(|byte| u8::try_from(byte).ok()).collect();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (!bytes.is_empty()).then_some((text, 3 * bytes.len()))
}

/// `&#233;`, `&#xe9;`, `&amp;`.
fn of_page(signs: &[Sign]) -> Option<(String, usize)> {
    const NAMED: [(&str, char); 5] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
    ];
    const LONGEST: usize = 10;
    let end = signs.iter().take(LONGEST).position(|it| it.shows == ';')?;
    let inner = &signs[1..end];
    let name: String = inner.iter().map(|it| it.shows).collect();
    let named = NAMED
        .iter()
        .find(|(known, _)| name.eq_ignore_ascii_case(known));
    let sign = match (named, name.strip_prefix('#')) {
        (Some((_, sign)), _) => *sign,
        (None, Some(digits)) => match digits.strip_prefix(['x', 'X']) {
            Some(_) => char::from_u32(number(&inner[2..], 16)?)?,
            None => char::from_u32(number(&inner[1..], 10)?)?,
        },
        (None, None) => return None,
    };
    Some((sign.to_string(), end + 1))
}

/// `\u00e9`, in pairs where one is half a sign, `\x41`, `\"`.
fn of_json(signs: &[Sign]) -> Option<(String, usize)> {
    let unit = |at: usize| {
        let six = signs.get(at..at + 6)?;
        let is_one = six[0].shows == '\\' && six[1].shows == 'u';
        let unit = is_one.then(|| number(&six[2..], 16)).flatten()?;
        u16::try_from(unit).ok()
    };
    let units: Vec<u16> = (0..2).map_while(|index| unit(6 * index)).collect();
    match (units.as_slice(), signs.get(1)?.shows) {
        ([first, _], _) if (0xd800..0xdc00).contains(first) => {
            Some((String::from_utf16_lossy(&units), 12))
        }
        ([first, ..], _) => Some((String::from_utf16_lossy(&[*first]), 6)),
        ([], 'x') => {
            let sign = char::from_u32(number(signs.get(2..4)?, 16)?)?;
            Some((sign.to_string(), 4))
        }
        ([], sign) => Some((sign.to_string(), 2)),
    }
}

/// Digits as a number; `None` if one is none.
fn number(digits: &[Sign], radix: u32) -> Option<u32> {
    let mut number = 0_u32;
    for digit in digits {
        let digit = digit.shows.to_digit(radix)?;
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    (!digits.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "1-14-aB3/d\"é9xZ";

    fn struck(text: &str) -> String {
        let token = Secret::new(TOKEN).expect("a secret");
        let header = Secret::new(&format!("Basic {}", encode(b"op:hunter2/pw")));
        let password = Secret::new("hunter2/pw").expect("a secret");
        Strike::of(&[&token, &header.expect("a secret"), &password]).from(text)
    }

    fn each(sign: impl Fn(u8) -> String) -> String {
        TOKEN.bytes().map(sign).collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_secret_is_struck_in_every_spelling() {
        let units = TOKEN.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        let pages = TOKEN.chars().map(|it| format!("&#{};", u32::from(it)));
        let hex_pages = TOKEN.chars().map(|it| format!("&#x{:X};", u32::from(it)));
        let percent = each(|byte| format!("%{byte:02X}"));
        let spellings = [
            TOKEN.to_owned(),
            TOKEN.to_uppercase(),
            each(|byte| format!("{byte:02X}")),
            each(|byte| format!("%{byte:02x}")),
            percent.replace('%', "%25"),
            percent.replace('%', "&#37;"),
            units.collect(),
            pages.collect(),
            hex_pages.collect(),
            TOKEN.replace('"', "&quot;"),
            TOKEN.replace('"', "\\\"").replace('/', "\\/"),
            encode(TOKEN.as_bytes()),
            encode(format!("op:{TOKEN}").as_bytes()),
            encode(format!("user:{TOKEN}").as_bytes()),
            encode(format!("a:{TOKEN}").as_bytes()).replace('+', "-"),
            encode(b"op:hunter2/pw"),
            "hunter2%2Fpw".to_owned(),
        ];
        for spelling in spellings {
            let text = struck(&format!("key {spelling}, no"));
            // The name of the account, and a sign that holds bits of it, may stay.
            let left = text.chars().filter(|it| it.is_alphanumeric()).count();
            assert!(
                text.contains('…') && left <= "keyno".len() + 7,
                "{spelling}: {text}"
            );
        }
    }

    #[test]
    fn pieces_of_a_secret_are_struck_too() {
        assert_eq!(struck("bad token 1-14-aB3 …"), "bad token … …");
        assert_eq!(struck("hunter2 and 2/pw!"), "… and 2/pw!");
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in [
            "",
            "100 % of 5 \\ 3 & more; %zz &#; &#x; \\u12 \\",
            "日本語 %E6%97",
            "The ticket was not found.",
        ] {
            assert_eq!(struck(text), text);
        }
    }

    #[test]
    fn a_short_secret_counts_whole() {
        let secret = Secret::new("pw").expect("a secret");
        let strike = Strike::of(&[&secret]);
        assert_eq!(strike.from("p w pw PW"), "p w … …");
    }
}
