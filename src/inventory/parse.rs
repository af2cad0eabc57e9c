//! Cell parsers: raw value in, typed value or a location-free problem out. The row reader adds the place.

use jiff::civil::Date;

use crate::finding::{Code, suggest, words};
use crate::workbook::RawValue;

use super::fqdn::Fqdn;
use super::names::{self, List, Name};

/// What is wrong with a cell; the place is added by the caller, who knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The finding's code.
    pub code: Code,
    /// The message.
    pub message: String,
    /// The help line.
    pub help: Option<String>,
}

impl Problem {
    /// A problem with a help line.
    pub fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

/// What a parser answers: a value, nothing (the cell is blank or left as published), or a problem.
pub type Parsed<T> = Result<Option<T>, Problem>;

/// A cell's text as facts show it: trimmed, no-break blanks made plain, zero-width characters dropped.
pub fn text_of(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) => clean(text),
        RawValue::Number(number) => number_text(*number),
        RawValue::Bool(true) => "yes".to_owned(),
        RawValue::Bool(false) => "no".to_owned(),
        RawValue::Date(moment) if moment.time() == jiff::civil::Time::midnight() => {
            moment.date().to_string()
        }
        RawValue::Date(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        RawValue::Error(text) => text.clone(),
        RawValue::Uncached(formula) => format!("={}", formula.trim_start_matches('=')),
    }
}

fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
            )
        })
        .map(|c| match c {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => ' ',
            c => c,
        })
        .collect();
    kept.replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim()
        .to_owned()
}

fn number_text(number: f64) -> String {
    // Display prints the shortest text that reads back as the same number, without an exponent.
    format!("{number}")
}

/// Whether a cell says that there is nothing to say.
pub fn says_nothing(text: &str) -> bool {
    text.is_empty() || text == super::secret::WITHHELD || names::find(List::Nothing, text).is_some()
}

/// An FQDN.
pub fn fqdn(text: &str) -> Parsed<Fqdn> {
    Fqdn::parse(text).map(Some).map_err(|why| {
        Problem::new(
            Code::BadFqdn,
            format!("`{}` is no FQDN: it {}", words::excerpt(text), why.reason),
            "write one name such as `fe01.contoso.com` in the cell, and comments in `Notes`",
        )
    })
}

/// A yes/no cell.
pub fn yes_no(text: &str) -> Parsed<bool> {
    match names::find(List::Answer, text) {
        Some(answer) => Ok(Some(answer.id == "yes")),
        None => Err(Problem::new(
            Code::BadChoice,
            format!("`{}` is neither yes nor no", words::excerpt(text)),
            "write `yes` or `no`",
        )),
    }
}

/// A number of hours or pieces.
pub fn number(value: &RawValue, text: &str) -> Parsed<f64> {
    let parsed = match value {
        RawValue::Number(number) => Some(*number),
        _ => text.replace(',', ".").parse().ok(),
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

/// A date: a spreadsheet date, ISO 8601, or a text whose order is unambiguous.
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
pub fn several(list: List, code: Code, what: &str, text: &str) -> (Vec<Name>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    // A whole cell that is a name comes first: "A/V authentication" is one use, not two.
    if let Some(name) = names::find(list, text) {
        return (vec![name], problems);
    }
    for part in text
        .split([';', ',', '+', '\n', '&'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match names::find(list, part) {
            Some(name) if !found.contains(&name) => found.push(name),
            Some(_) => {}
            None => {
                let known = names::printed(list);
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
    fn cells_become_the_text_people_see() {
        let moment = jiff::civil::date(2014, 5, 1).at(0, 0, 0, 0);
        let cases = [
            (RawValue::Text("\u{a0}a\u{200b}b \r\nc ".into()), "ab \nc"),
            (RawValue::Number(11.0), "11"),
            (RawValue::Number(0.5), "0.5"),
            (RawValue::Bool(true), "yes"),
            (RawValue::Date(moment), "2014-05-01"),
        ];
        for (value, text) in cases {
            assert_eq!(text_of(&value), text);
        }
    }

    #[test]
    fn several_roles_stand_in_one_cell() {
        let (roles, problems) = several(
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
        assert_eq!(yes_no("Ja"), Ok(Some(true)));
        assert_eq!(yes_no("X"), Ok(Some(true)));
        assert_eq!(yes_no("Nein"), Ok(Some(false)));
        assert!(yes_no("perhaps").is_err());
    }
}
