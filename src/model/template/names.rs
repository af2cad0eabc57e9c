//! Where names stand in templates: which template includes which, and in which line something is asked for.

use std::collections::{BTreeMap, BTreeSet};

/// Templates by name.
type Sources = BTreeMap<String, String>;

/// The templates that one is made of: itself, and what it includes, however deep.
pub(super) fn closure<'a>(sources: &'a Sources, name: &str) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = sources
        .get_key_value(name)
        .map(|it| it.0.as_str())
        .into_iter()
        .collect();
    while let Some(name) = open.pop() {
        if found.contains(&name) {
            continue;
        }
        found.push(name);
        open.extend(included(sources, &sources[name]));
    }
    found
}

/// The templates whose names stand in quotation marks in a text.
pub(super) fn included<'a>(sources: &'a Sources, text: &str) -> Vec<&'a str> {
    let quoted: BTreeSet<&str> = text.split(['"', '\'']).collect();
    let names = sources.keys().map(String::as_str);
    names.filter(|name| quoted.contains(name)).collect()
}

/// The file and line, from zero, in which a template or what it includes says something.
pub(super) fn line_of<'a>(
    sources: &'a Sources,
    name: &str,
    says: impl Fn(&str) -> bool,
) -> Option<(&'a str, usize)> {
    closure(sources, name).into_iter().find_map(|template| {
        let line = sources[template].lines().position(&says)?;
        Some((template, line))
    })
}

/// Where a variable is asked for that no template of these sets or passes on; `None` where one does, or where the
/// template asks itself whether there is one.
pub(super) fn asked<'a>(
    sources: &'a Sources,
    name: &str,
    variable: &str,
) -> Option<(&'a str, usize)> {
    let texts = closure(sources, name)
        .into_iter()
        .map(|it| sources[it].as_str());
    let is_own = texts
        .flat_map(str::lines)
        .any(|line| is_own(line, variable));
    if is_own {
        return None;
    }
    line_of(sources, name, |line| {
        line.contains('{') && words(line).any(|word| word == variable)
    })
}

/// The first field that a template or what it includes asks for and that none of the values has.
pub(super) fn strange_field<'a>(
    sources: &'a Sources,
    name: &str,
    known: &[String],
) -> Option<(&'a str, usize, &'a str)> {
    closure(sources, name).into_iter().find_map(|template| {
        let lines = sources[template].lines().enumerate();
        let mut asked =
            lines.flat_map(|(at, line)| fields(line).into_iter().map(move |it| (at, it)));
        let (line, field) = asked.find(|(_, field)| !known.iter().any(|it| it == field))?;
        Some((template, line, field))
    })
}

/// The names behind a dot in the tags of a line: `fqdn` of `{{ this.fqdn | md }}`. Texts in quotation marks are none, nor
/// are what a loop tells of itself.
fn fields(line: &str) -> Vec<&str> {
    let opened = |open: &'static str| line.split(open).skip(1);
    let tags = opened("{{").chain(opened("{%"));
    let tags = tags.map(|rest| rest.split(['}', '%']).next().unwrap_or(rest));
    let code = tags.flat_map(|tag| tag.split('"').step_by(2));
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    code.flat_map(|code| code.split(move |c| !is_path(c)))
        .filter(|path| path.starts_with(|c: char| c.is_alphabetic()) && !path.starts_with("loop."))
        .flat_map(|path| path.split('.').skip(1))
        .filter(|field| field.starts_with(|c: char| c.is_alphabetic()))
        .collect()
}

/// Whether a line gives a variable its value, or asks whether it has one.
fn is_own(line: &str, variable: &str) -> bool {
    let words: Vec<&str> = words(line).collect();
    words.windows(2).any(|pair| match *pair {
        ["set" | "set_global" | "for", name] | [name, "in" | "default"] => name == variable,
        _ => false,
    }) || words.windows(3).any(|three| match *three {
        [name, "is", "defined" | "undefined" | "not"] => name == variable,
        _ => false,
    })
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        let list = [
            (
                "a.md",
                "x\n{% for y in list %}{% include \"parts/b.md\" %}{% endfor %}",
            ),
            (
                "parts/b.md",
                "\n{{ y }} {{ z | md }} {% if w is defined %}{{ w }}{% endif %}",
            ),
            ("c.md", "{{ v }}"),
        ];
        list.map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into()
    }

    #[test]
    fn what_is_included_belongs_to_a_template() {
        assert_eq!(closure(&sources(), "a.md"), ["a.md", "parts/b.md"]);
        assert_eq!(closure(&sources(), "nowhere.md"), [""; 0]);
    }

    #[test]
    fn fields_are_the_names_behind_dots_in_tags() {
        let line = "see x.com: {{ this.fqdn | ps(prefix=\"a.b\") }} {%- if pool.sql.is_this or loop.first %} a.b";
        assert_eq!(fields(line), ["fqdn", "sql", "is_this"]);
        assert_eq!(fields("`{x.y}` and { a.b }"), [""; 0]);
    }

    #[test]
    fn a_name_that_nothing_sets_is_found_where_it_is_asked_for() {
        let sources = sources();
        assert_eq!(asked(&sources, "a.md", "z"), Some(("parts/b.md", 1)));
        for own in ["y", "w", "v"] {
            assert_eq!(asked(&sources, "a.md", own), None, "{own}");
        }
    }
}
