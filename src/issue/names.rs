//! Servers and pools as people name them: `FQDN`, `server:FQDN`, `pool:FQDN`, each as short as it is still one name.
//!
//! Entry point: [`meant`].

use std::collections::BTreeSet;

use crate::finding::{suggest, words};
use crate::publish::Kind;
use crate::rows::Fqdn;

use super::{Error, Result};

/// What a text means among the names that are known. A name is meant whole, else by its beginning, if only one begins
/// so; a number is never cut in two, or `fe1` would mean `fe10`.
///
/// # Errors
/// None of them, with the nearest; or several, with their names.
pub fn meant<'a>(
    text: &str,
    known: impl IntoIterator<Item = (Kind, &'a str)>,
) -> Result<Vec<(Kind, &'a str)>> {
    let (kind, name) = kind_and_name(text);
    let known: Vec<(Kind, &str)> = known.into_iter().collect();
    let of_kind = known
        .iter()
        .copied()
        .filter(|it| kind.is_none_or(|kind| it.0 == kind));
    let typed = Fqdn::parse(name).map(|fqdn| fqdn.to_string());
    let Ok(typed) = typed else {
        return Err(unknown(text, name, &known));
    };
    let begins: Vec<(Kind, &str)> = of_kind.filter(|it| begins(it.1, &typed)).collect();
    let whole = |part: &dyn Fn(&str) -> bool| {
        let found = begins.iter().copied().filter(|it| part(it.1));
        found.collect::<Vec<_>>()
    };
    let exact = whole(&|fqdn| fqdn == typed);
    if !exact.is_empty() {
        return Ok(exact);
    }
    let labels = whole(&|fqdn| fqdn.as_bytes().get(typed.len()) == Some(&b'.'));
    let found = if labels.is_empty() { begins } else { labels };
    let names: BTreeSet<&str> = found.iter().map(|it| it.1).collect();
    match names.len() {
        0 => Err(unknown(text, name, &known)),
        1 => Ok(found),
        _ => Err(Error::request(format!(
            "`{text}` may be {}",
            words::either(names.iter().take(5).map(|name| format!("`{name}`")))
        ))
        .help("write as much of the name as only one has")),
    }
}

/// The kind in front of a colon, and the name.
fn kind_and_name(text: &str) -> (Option<Kind>, &str) {
    match text.split_once(':') {
        Some(("server", name)) => (Some(Kind::Server), name),
        Some(("pool", name)) => (Some(Kind::Pool), name),
        _ => (None, text),
    }
}

/// Whether a name begins so, and not in the middle of a number.
fn begins(fqdn: &str, typed: &str) -> bool {
    let Some(rest) = fqdn.strip_prefix(typed) else {
        return false;
    };
    let is_digit = |symbol: Option<char>| symbol.is_some_and(|it| it.is_ascii_digit());
    !(is_digit(typed.chars().next_back()) && is_digit(rest.chars().next()))
}

fn unknown(text: &str, name: &str, known: &[(Kind, &str)]) -> Error {
    // In front of a colon stands the kind, which may be what is wrong.
    let name = name.split_once(':').map_or(name, |(_, name)| name);
    let whole = suggest::did_you_mean(name, known.iter().map(|it| it.1));
    Error::request(format!("no server or pool is named `{text}`"))
        .help_if(whole.or_else(|| near_label(name, known)))
}

/// A short name is like the first part of another, not like the whole of it.
fn near_label(name: &str, known: &[(Kind, &str)]) -> Option<String> {
    let label = |fqdn: &str| fqdn.split('.').next().unwrap_or_default().to_lowercase();
    let labels: Vec<String> = known.iter().map(|it| label(it.1)).collect();
    let near = suggest::nearest(name, labels.iter().map(String::as_str))?;
    let (_, fqdn) = known.iter().find(|it| label(it.1) == near)?;
    Some(format!("did you mean `{fqdn}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [(Kind, &str); 6] = [
        (Kind::Server, "fe01.contoso.com"),
        (Kind::Server, "fe10.contoso.com"),
        (Kind::Server, "se01.contoso.com"),
        (Kind::Server, "sql01.contoso.com"),
        (Kind::Server, "sql01b.contoso.com"),
        (Kind::Pool, "se01.contoso.com"),
    ];

    fn found(text: &str) -> Vec<&'static str> {
        let found = meant(text, KNOWN).map_err(|error| error.message);
        found.map_or_else(
            |message| vec![Box::leak(message.into_boxed_str()) as &str],
            |found| found.into_iter().map(|it| it.1).collect(),
        )
    }

    #[test]
    fn a_name_is_meant_whole_or_by_its_only_beginning() {
        assert_eq!(found("FE01.contoso.com."), ["fe01.contoso.com"]);
        assert_eq!(found("fe01"), ["fe01.contoso.com"]);
        assert_eq!(found("fe10.cont"), ["fe10.contoso.com"]);
        assert_eq!(found("se01"), ["se01.contoso.com", "se01.contoso.com"]);
        assert_eq!(found("pool:se"), ["se01.contoso.com"]);
        // A whole label wins over a longer name.
        assert_eq!(found("sql01"), ["sql01.contoso.com"]);
    }

    #[test]
    fn what_is_not_one_name_is_refused() {
        let fe1 = "no server or pool is named `fe1`";
        assert_eq!(found("fe1"), [fe1], "half a number is no name");
        let either = "`fe` may be `fe01.contoso.com`, or `fe10.contoso.com`";
        assert_eq!(found("fe"), [either]);
        assert_eq!(
            found("pool:fe01"),
            ["no server or pool is named `pool:fe01`"]
        );
        assert_eq!(found(""), ["no server or pool is named ``"]);
    }
}
