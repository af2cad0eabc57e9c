//! What the cells of a column are, where any text would be read: addresses, thumbprints, folders on a drive.
//!
//! A column's type stands in `columns.toml` and is its check. What does not fit is a warning at the cell and printed
//! as it stands: people write labels and remarks beside an address, and no command is made of these columns.

use core::net::IpAddr;

use crate::finding::{Code, words};
use crate::product::schema::Type;

use super::cell_words::{self, Meaning};
use super::lookalike;
use super::path::FilePath;
use super::problem::Problem;
use super::text::bare;
use crate::text::plain::plain;

/// How many hexadecimal digits a SHA-1 thumbprint has.
const THUMBPRINT: usize = 40;
/// How many the longest serial number has: twenty octets.
const SERIAL: usize = 40;
/// How many words make no sentence, whatever they are: `Backup of the night`.
const NAME: usize = 3;
/// How few digits a telephone number has: an extension.
const PHONE: usize = 3;

impl Type {
    /// What is wrong with a cell of this type.
    pub(super) fn problem(self, text: &str) -> Option<Problem> {
        let checked = match self {
            Self::Addresses => addresses(text),
            Self::Thumbprint => thumbprint(text),
            Self::SerialNumber => serial_number(text),
            Self::Drive => drive(text),
            Self::Email => email(text),
            Self::Phone => phone(text),
            Self::Name => name(text),
            Self::Kept => kept(text),
            _ => return super::recorded::problem(self, text),
        };
        let message = checked.err()?;
        Some(Problem::new(Code::OddValue, message, self.help()))
    }

    fn help(self) -> &'static str {
        match self {
            Self::Addresses => {
                "write each address in full, such as `10.1.10.11`, several on lines of their own"
            }
            Self::Thumbprint => "copy the 40 digits that the certificate shows",
            Self::SerialNumber => "copy the digits that the certificate shows",
            Self::Drive => r"write the folder with its drive, for example `D:\SQLData`",
            Self::Email => "write the address in full, such as `telephony@contoso.com`",
            Self::Phone => "write the number as it is dialled, for example `+1 425 555 0100`",
            Self::Name => "write the name alone, and what there is to say of it in `Notes`",
            Self::Kept => "write where it is: a share, a shelf, a disk with its number",
            _ => "write what the note of the heading asks for",
        }
    }
}

/// At least one address, and nothing that begins like one and is none. Words beside them are labels.
fn addresses(text: &str) -> Result<(), String> {
    let parts = text.split(|c: char| c.is_whitespace() || ";,；，、()&+[]".contains(c));
    let mut any = false;
    for typed in parts {
        let part = plain(typed);
        let part = part.trim_matches(['.', ':', '-', '=']);
        if is_address(part) {
            any = true;
        } else if is_like_address(part) {
            return Err(format!(
                "`{}` is no IP address: IPv4 has four numbers from 0 to 255, IPv6 eight groups or `::`",
                words::excerpt(typed)
            ));
        }
    }
    if any {
        Ok(())
    } else {
        Err(format!("`{}` holds no IP address", words::excerpt(text)))
    }
}

/// An address, with what people write to it: a prefix or a mask, a zone, a label, the end of a range.
fn is_address(part: &str) -> bool {
    let plain = |text: &str| text.parse::<IpAddr>().is_ok_and(|ip| !ip.is_unspecified());
    let numbered = |text: &str, most: u8| text.parse::<u8>().is_ok_and(|number| number <= most);
    if let Some((address, behind)) = part.split_once('/') {
        return is_address(address) && (numbered(behind, 128) || is_address(behind));
    }
    if let Some((address, behind)) = part.split_once('-') {
        return plain(address) && (numbered(behind, u8::MAX) || plain(behind));
    }
    if let Some((address, zone)) = part.split_once('%') {
        return plain(address) && !zone.is_empty();
    }
    let labelled = |(label, address): (&str, &str)| {
        label.starts_with(|c: char| c.is_alphabetic()) && plain(address)
    };
    plain(part) || part.split_once([':', '=']).is_some_and(labelled)
}

/// Whether a part begins as an address does, so that it is no label.
fn is_like_address(part: &str) -> bool {
    let numbers = part.split('.').filter(|number| !number.is_empty());
    let is_number = |number: &str| number.chars().all(|c| c.is_ascii_digit());
    let dotted = part.contains('.') && numbers.clone().count() > 1;
    let begins = part.starts_with(|c: char| c.is_ascii_digit());
    let groups =
        part.matches(':').count() > 1 && part.chars().all(|c| c.is_ascii_hexdigit() || c == ':');
    (dotted && begins && numbers.take(2).all(is_number)) || groups
}

fn thumbprint(text: &str) -> Result<(), String> {
    let digits = hexadecimal(text)?;
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    match digits.chars().count() {
        THUMBPRINT => Ok(()),
        64 => Err(
            "64 hexadecimal digits, as of a SHA-256 fingerprint; a thumbprint is SHA-1 and has 40"
                .to_owned(),
        ),
        count => Err(format!(
            "{}; a SHA-1 thumbprint has {THUMBPRINT}",
            words::count(count, "hexadecimal digit", "hexadecimal digits")
        )),
    }
}

fn serial_number(text: &str) -> Result<(), String> {
    let digits = hexadecimal(text)?;
    let digits = digits.strip_prefix("0x").unwrap_or(&digits);
    match digits.trim_start_matches('0').chars().count() {
        ..=SERIAL => Ok(()),
        count => Err(format!(
            "{count} digits; a serial number has at most {SERIAL}"
        )),
    }
}

/// The digits without what programs write before them, and the blanks, colons and hyphens between them.
fn hexadecimal(text: &str) -> Result<String, String> {
    let plain = plain(bare(text));
    let labels = ["thumbprint", "sha1", "sha-1", "fingerprint"];
    let mut labels = labels.iter();
    let plain = labels
        .find_map(|label| {
            plain
                .strip_prefix(label)?
                .trim_start()
                .strip_prefix([':', '='])
        })
        .unwrap_or(&plain);
    let digits: String = plain
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-'))
        .collect();
    let behind_prefix = digits.strip_prefix("0x").unwrap_or(&digits);
    let count = behind_prefix
        .chars()
        .filter(char::is_ascii_hexdigit)
        .count();
    let odd = behind_prefix.chars().find(|c| !c.is_ascii_hexdigit());
    let Some(odd) = odd else {
        return Ok(digits);
    };
    // The letter is quoted as it was typed; comparing has made it small.
    let typed = text
        .chars()
        .find(|c| c.to_lowercase().eq(odd.to_lowercase()));
    let typed = typed.unwrap_or(odd);
    let script = if typed.is_alphabetic() && !typed.is_ascii() {
        format!(" ({} letter)", lookalike::script(typed))
    } else {
        String::new()
    };
    Err(format!(
        "`{}`{script} is no hexadecimal digit; the cell has {count} that are",
        typed.escape_debug()
    ))
}

/// Where a thing is kept, which no word for a kind of backup tells.
fn kept(text: &str) -> Result<(), String> {
    if cell_words::is(Meaning::Keeping, text) {
        return Err(format!("`{}` names no place", words::excerpt(text)));
    }
    Ok(())
}

/// Each line is a folder on a drive.
fn drive(text: &str) -> Result<(), String> {
    let parts = text.split(['\n', ';']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        if !FilePath::parse(bare(part)).is_ok_and(|path| path.is_local()) {
            return Err(format!(
                "`{}` is no folder on a drive",
                words::excerpt(part)
            ));
        }
    }
    Ok(())
}

/// At least one address, and nothing with an `@` that is none. Words beside them are names.
fn email(text: &str) -> Result<(), String> {
    let parts = text.split(|c: char| c.is_whitespace() || ";,；，、<>()[]/\"".contains(c));
    let mut any = false;
    for typed in parts {
        let part = plain(typed);
        let address = part
            .trim_start_matches("mailto:")
            .trim_matches(['.', ':', '\'']);
        if address.contains('@') && !is_email(address) {
            return Err(format!("`{}` is no e-mail address", words::excerpt(typed)));
        }
        any |= is_email(address);
    }
    if any {
        Ok(())
    } else {
        Err(format!(
            "`{}` holds no e-mail address",
            words::excerpt(text)
        ))
    }
}

fn is_email(address: &str) -> bool {
    let Some((name, domain)) = address.split_once('@') else {
        return false;
    };
    let labels = || domain.split('.');
    let fits =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let named = !name.is_empty() && !name.starts_with('.') && !name.ends_with('.');
    named && !name.contains("..") && labels().count() > 1 && labels().all(fits)
}

/// Enough digits to be dialled. Words are names and extensions.
fn phone(text: &str) -> Result<(), String> {
    let damaged = text
        .split_whitespace()
        .find(|part| is_damaged(&plain(part)));
    if let Some(part) = damaged {
        return Err(format!("`{}` is no telephone number", words::excerpt(part)));
    }
    let plain = plain(text);
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    if plain.contains('@') || digits < PHONE {
        return Err(format!(
            "`{}` holds no telephone number",
            words::excerpt(text)
        ));
    }
    Ok(())
}

/// A name has few words, and none of those that only a sentence has.
fn name(text: &str) -> Result<(), String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_said = |word: &&str| cell_words::is(Meaning::Sentence, word);
    if words.len() > NAME && words.iter().any(is_said) {
        return Err(format!("`{}` is a sentence", words::excerpt(text)));
    }
    Ok(())
}

/// Digits among which a letter stands that looks like one, or a number as spreadsheets shorten it: `4.14E+10`.
fn is_damaged(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let odd = part
        .chars()
        .filter(|c| matches!(c, 'o' | 'l' | 'i'))
        .count();
    let all = part.chars().filter(|c| c.is_alphanumeric()).count();
    let shortened = part.contains("e+") && part.starts_with(|c: char| c.is_ascii_digit());
    shortened || digits > 0 && odd > 0 && digits + odd == all
}

#[cfg(test)]
mod tests;
