//! What the cells of a column are, where any text would be read: addresses, thumbprints, folders on a drive.
//!
//! A column's type stands in `columns.toml` and is its check. What does not fit is a warning at the cell and printed
//! as it stands: people write labels and remarks beside an address, and no command is made of these columns.

use core::net::IpAddr;

use serde::Deserialize;

use crate::finding::{Code, words};

use super::lookalike;
use super::parse::{Problem, bare};
use super::path::FilePath;
use super::plain::plain;

/// How many hexadecimal digits a SHA-1 thumbprint has.
const THUMBPRINT: usize = 40;
/// How many the longest serial number has: twenty octets.
const SERIAL: usize = 40;
/// How few digits a telephone number has: an extension.
const PHONE: usize = 3;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Type {
    /// IP addresses, of both versions.
    Addresses,
    /// The SHA-1 thumbprint of a certificate.
    Thumbprint,
    /// The serial number of a certificate.
    SerialNumber,
    /// Folders on a drive of the row's computer.
    Drive,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
}

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
        };
        let message = checked.err()?;
        Some(Problem::new(Code::OddValue, message, self.help()))
    }

    fn help(self) -> &'static str {
        match self {
            Self::Addresses => {
                "write each address in full, such as `10.1.10.11`, several on lines of their own"
            }
            Self::Thumbprint => "copy the 40 digits that `Get-CsCertificate` prints",
            Self::SerialNumber => "copy the digits that the certificate shows",
            Self::Drive => r"write the folder with its drive, for example `D:\SQLData`",
            Self::Email => "write the address in full, such as `lync@contoso.com`",
            Self::Phone => "write the number as it is dialled, for example `+1 425 555 0100`",
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

/// The digits without the blanks, colons and hyphens that programs write between them.
fn hexadecimal(text: &str) -> Result<String, String> {
    let plain = plain(bare(text));
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
mod tests {
    use super::*;

    fn fit(kind: Type, texts: &[&str]) {
        for text in texts {
            let problem = kind.problem(text).map(|problem| problem.message);
            assert_eq!(problem, None, "{text}");
        }
    }

    fn fail(kind: Type, texts: &[&str]) {
        for text in texts {
            assert!(kind.problem(text).is_some(), "{text}");
        }
    }

    #[test]
    fn addresses_may_be_several_with_labels() {
        fit(
            Type::Addresses,
            &[
                "10.1.10.11",
                "10.1.10.11/24",
                "10.1.10.11 / 255.255.255.0",
                "10.1.10.11; 10.1.10.12",
                "10.1.10.11,10.1.10.12\n10.1.10.13",
                "10.1.10.11 (LAN), 192.0.2.5 (iLO)",
                "NIC1: 10.1.10.11",
                "NIC1:10.1.10.11",
                "10.1.10.11-13",
                "2001:db8::11",
                "fe80::1%12",
                "2001:db8::11/64, 10.1.10.11",
                "VLAN 10: 10.1.10.11.",
                "１０.1.10.11",
            ],
        );
        fail(
            Type::Addresses,
            &[
                "10.1.10.300",
                "rack C1",
                "10.1.20",
                "10,1,30,11",
                "10.1.10.11; 10.1.10",
                "10.1.10.11.12",
                "10.1.10.1O",
                "10.1.10.11/240",
                "2001:db8:::11",
                "0.0.0.0",
                "fe01.contoso.com",
                "10.1",
            ],
        );
    }

    #[test]
    fn thumbprints_have_forty_digits_however_they_are_grouped() {
        let whole = "0123456789ABCDEF0123456789abcdef01234567";
        let pairs: Vec<String> = (0..20)
            .map(|at| whole[2 * at..2 * at + 2].to_owned())
            .collect();
        fit(
            Type::Thumbprint,
            &[
                whole,
                &pairs.join(" "),
                &pairs.join(":"),
                &pairs.join("-"),
                &format!("\u{200e}{whole}"),
                &format!("\"{whole}\""),
            ],
        );
        let message = |text: &str| Type::Thumbprint.problem(text).map(|it| it.message);
        assert_eq!(
            message(&whole[2..]).as_deref(),
            Some("38 hexadecimal digits; a SHA-1 thumbprint has 40")
        );
        assert_eq!(
            message(&whole.replacen('0', "O", 1)).as_deref(),
            Some("`O` is no hexadecimal digit; the cell has 39 that are")
        );
        fail(Type::Thumbprint, &[&whole.repeat(2), "see the certificate"]);
    }

    #[test]
    fn serial_numbers_are_hexadecimal() {
        fit(
            Type::SerialNumber,
            &[
                "61 12 2d 3c 00 00 00 00 00 07",
                "0x1A2B",
                "00f1:22",
                "1234567890",
            ],
        );
        fail(
            Type::SerialNumber,
            &["6.1E+17", "see store", &"1".repeat(41)],
        );
    }

    #[test]
    fn folders_have_a_drive() {
        fit(
            Type::Drive,
            &[
                r"D:\SQLData",
                "D:\\SQLData\nE:\\More",
                r"F:\SQL Data\",
                "E:/Logs",
            ],
        );
        fail(
            Type::Drive,
            &[
                "same as sql02",
                r"\\sql01\d$\Data",
                r"D\SQLData",
                r"D:\A or E:\B",
                "10.1.20.11",
                "SQLData",
            ],
        );
    }

    #[test]
    fn people_are_reached_at_addresses_and_numbers() {
        fit(
            Type::Email,
            &[
                "jo@contoso.com",
                "Jo Doe <jo.doe@mail.contoso.com>",
                "a@contoso.com; b@contoso.com",
                "mailto:a@contoso.com",
                "o'hara+uc@contoso.co.uk",
            ],
        );
        fail(
            Type::Email,
            &[
                "jo",
                "jo@contoso",
                "jo@@contoso.com",
                "@contoso.com",
                "jo@contoso,com",
                "jo@contoso..com",
                "jo at contoso.com",
            ],
        );
        fit(
            Type::Phone,
            &[
                "+1 425 555 0100",
                "+41 (0)44 668 18 00",
                "555-0100 ext. 5",
                "4711",
                "0100 (mobile) or 0200",
                "x4711",
                "044/668 18 00",
            ],
        );
        fail(
            Type::Phone,
            &[
                "see intranet",
                "4.14E+10",
                "+1 425 555 O100",
                "jo@contoso.com",
                "12",
            ],
        );
    }
}
