//! Cell parsers: raw value in, typed value or a location-free problem out. The row reader adds the place.

use jiff::civil::Date;

use crate::finding::{Code, suggest, words};
use crate::workbook::RawValue;

use super::fqdn::Fqdn;
use super::lookalike;
use super::problem::{Parsed, Problem};
use super::sql;
use crate::product::{List, Name, Product};
use crate::text::plain::plain;

pub use super::text::{bare, text_of};

/// An FQDN. A name that was broken over lines is whole again; several names in one cell are refused.
///
/// # Errors
/// What was found instead, and what to write.
pub fn fqdn(text: &str) -> Parsed<Fqdn> {
    if let Some(odd) = lookalike::found_in_name(text) {
        return Err(Problem::look_alike(text, odd));
    }
    let joined = unbroken(text);
    // Word processors put these in place of the hyphen that was typed; a name cannot hold them.
    let name = joined.replace(['\u{2010}', '\u{2011}'], "-");
    Fqdn::parse(&name).map(Some).map_err(|why| {
        if let Some(address) = sql::split(&name) {
            return Problem::new(
                Code::BadFqdn,
                format!(
                    "`{}` is no FQDN: behind the name of the computer it names an instance or a port",
                    words::excerpt(text)
                ),
                format!(
                    "write `{}` here; the instance has a column of its own, and a port belongs in `Notes`",
                    address.host
                ),
            );
        }
        let help = likely_fqdn(&name).map_or_else(
            || {
                "write one name such as `fe01.contoso.com` in the cell, and comments in `Notes`"
                    .to_owned()
            },
            |likely| format!("is `{likely}` meant?"),
        );
        Problem::new(
            Code::BadFqdn,
            format!("`{}` is no FQDN: it {}", words::excerpt(text), why.reason),
            help,
        )
    })
}

/// The name without line breaks that stand at one of its dots. Where every line is a full name by itself, the breaks
/// separate names and stay.
fn unbroken(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at_dots = lines
        .windows(2)
        .all(|pair| pair[0].ends_with('.') || pair[1].starts_with('.'));
    let full = |line: &&str| line.trim_matches('.').contains('.');
    if lines.len() > 1 && at_dots && !lines.iter().all(full) {
        lines.concat()
    } else {
        text.to_owned()
    }
}

/// What was probably meant: the same with the characters a keyboard types, without blanks at the dots and without
/// what stands around a name in a sentence or an address.
fn likely_fqdn(text: &str) -> Option<Fqdn> {
    if text.contains('\n') {
        return None;
    }
    let typed = plain(text).replace(" .", ".").replace(". ", ".");
    let typed = typed
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_matches(|c: char| !c.is_alphanumeric());
    Fqdn::parse(typed).ok().filter(|name| !name.is_short())
}

/// A yes/no cell.
///
/// # Errors
/// What was found instead, and what to write.
pub fn yes_no(product: &Product, text: &str) -> Parsed<bool> {
    match product.find(List::Answer, text) {
        Some(answer) => Ok(Some(answer.id == "yes")),
        None => Err(Problem::new(
            Code::BadChoice,
            format!("`{}` is neither yes nor no", words::excerpt(text)),
            "write `yes` or `no`",
        )),
    }
}

/// A number of hours or pieces. `4 h` is four; `1,000` may be one or a thousand, and is refused.
///
/// # Errors
/// What was found instead, and what to write.
pub fn number(value: &RawValue, text: &str) -> Parsed<f64> {
    let parsed = match value {
        RawValue::Number(number) | RawValue::Formatted(number, _) => Some(*number),
        _ => written_number(text),
    };
    match parsed.filter(|number: &f64| number.is_finite() && *number >= 0.0) {
        Some(number) => Ok(Some(number)),
        None => Err(Problem::new(
            Code::BadNumber,
            format!("`{}` is no number", words::excerpt(text)),
            "write digits only, for example `4`",
        )),
    }
}

fn written_number(text: &str) -> Option<f64> {
    const HOURS: [&str; 6] = ["hours", "hour", "hrs", "hr", "std", "h"];
    let text = plain(text);
    let unit = HOURS.iter().find_map(|unit| text.strip_suffix(unit));
    let digits = unit.unwrap_or(&text).trim_end();
    let grouped = |(_, behind): (&str, &str)| behind.len() == 3;
    if digits.split_once(',').is_some_and(grouped)
        || !digits.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    digits.replacen(',', ".", 1).parse().ok()
}

/// A date: a spreadsheet date, ISO 8601, or a text whose order is unambiguous.
///
/// # Errors
/// What was found instead, and what to write.
pub fn date(value: &RawValue, text: &str) -> Parsed<Date> {
    if let RawValue::Date(moment) = value {
        return Ok(Some(moment.date()));
    }
    match super::date::read(text) {
        Ok(date) => Ok(Some(date)),
        Err(super::date::NotADate::Ambiguous(one, other)) => Err(Problem::new(
            Code::AmbiguousDate,
            format!("`{text}` can be {one} or {other}"),
            format!("write `{one}` or `{other}`, or format the cell as a date"),
        )),
        Err(super::date::NotADate::ShortYear) => Err(Problem::new(
            Code::BadDate,
            format!("`{text}` does not say which century it means"),
            "write the year with four digits, for example `2014-05-31`, or format the cell as a date",
        )),
        Err(super::date::NotADate::Unreadable) => Err(Problem::new(
            Code::BadDate,
            format!("`{}` is no date", words::excerpt(text)),
            "write the date as `2014-05-31`, or format the cell as a date",
        )),
    }
}

/// One or several names of a list, separated by `;`, `,`, `+`, `/`, `&` or line breaks.
pub fn several(
    product: &Product,
    list: List,
    code: Code,
    what: &str,
    text: &str,
) -> (Vec<Name>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    // A whole cell that is a name comes first: "A/V authentication" is one use, not two.
    if let Some(name) = product.find(list, text) {
        return (vec![name], problems);
    }
    for part in text
        .split([';', ',', '+', '\n', '&'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match product.find(list, part) {
            Some(name) if !found.contains(&name) => found.push(name),
            Some(_) => {}
            None => {
                let known = product.printed(list);
                let help = suggest::did_you_mean(part, known.iter().map(|name| name.printed))
                    .unwrap_or_else(|| {
                        format!(
                            "write {}",
                            words::list(known.iter().map(|name| name.printed))
                                .replace(" and ", " or ")
                        )
                    });
                problems.push(Problem::new(
                    code,
                    format!("`{}` is no {what}", words::excerpt(part)),
                    help,
                ));
            }
        }
    }
    (found, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_meant_and_never_guessed() {
        let good = [
            ("fe01.\ncontoso.com", "fe01.contoso.com"),
            ("FE01\n.contoso.com.", "fe01.contoso.com"),
            ("fe\u{2011}01.contoso.com", "fe-01.contoso.com"),
        ];
        for (text, name) in good {
            assert_eq!(fqdn(text).unwrap().unwrap().as_str(), name);
        }
        let bad = [
            ("fe01.contoso.com.\nfe02.contoso.com", None),
            ("fe01.contoso.com\n(old)", None),
            ("fe\u{2013}01.contoso.com", Some("fe-01.contoso.com")),
            ("fe01 .contoso.com", Some("fe01.contoso.com")),
            ("https://fe01.contoso.com/", Some("fe01.contoso.com")),
        ];
        for (text, likely) in bad {
            let help = fqdn(text).unwrap_err().help.unwrap();
            match likely {
                Some(name) => assert_eq!(help, format!("is `{name}` meant?")),
                None => assert!(help.starts_with("write one name"), "{help}"),
            }
        }
    }

    #[test]
    fn numbers_may_have_a_unit_but_no_doubt() {
        for (text, number) in [
            ("4", 4.0),
            ("4.5", 4.5),
            ("4,5", 4.5),
            ("4 h", 4.0),
            ("24hours", 24.0),
        ] {
            assert_eq!(written_number(text), Some(number), "{text}");
        }
        for text in ["1,000", "four", "-4", "1.000,5", "4 days", "inf", "h"] {
            assert_eq!(written_number(text), None, "{text}");
        }
    }

    #[test]
    fn several_roles_stand_in_one_cell() {
        let (roles, problems) = several(
            Product::built_in(),
            List::Role,
            Code::UnknownRole,
            "role",
            "Front End Server; Mediation\nFrond Ent",
        );
        let ids: Vec<&str> = roles.iter().map(|role| role.id).collect();
        assert_eq!(ids, ["front-end", "mediation"]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, "`Frond Ent` is no role");
    }

    #[test]
    fn yes_and_no_are_read_in_many_languages_and_nothing_else_is() {
        let product = Product::built_in();
        assert_eq!(yes_no(product, "Ja"), Ok(Some(true)));
        assert_eq!(yes_no(product, "X"), Ok(Some(true)));
        assert_eq!(yes_no(product, "Nein"), Ok(Some(false)));
        assert!(yes_no(product, "perhaps").is_err());
    }
}
