//! The small grammar of messages.

/// "1 row", "3 rows".
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// "`a`", "`a` and `b`", "`a`, `b` and `c`".
pub fn quoted<I>(items: I) -> String
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    list(items.into_iter().map(|item| format!("`{}`", item.as_ref())))
}

/// "a", "a and b", "a, b and c".
pub fn list<I>(items: I) -> String
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    let items: Vec<String> = items
        .into_iter()
        .map(|item| item.as_ref().to_owned())
        .collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "a", "a, or b", "a, b, or c": of phrases, which may hold commas and conjunctions of their own.
pub fn either(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}, or {last}", first.join(", ")),
    }
}

/// "a Director", "an Edge Server": by the first letter, which tells it for all but words such as "hour".
pub fn with_article(noun: &str) -> String {
    let has_vowel = noun.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']);
    let article = if has_vowel { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Numbers in order, runs of three and more drawn together: "4, 7 to 9 and 12", each as `show` writes it.
pub fn ranges<'a>(
    numbers: impl IntoIterator<Item = &'a u32>,
    show: impl Fn(u32) -> String,
) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let shown = runs.iter().flat_map(|(first, last)| match last - first {
        0 => vec![show(*first)],
        1 => vec![show(*first), show(*last)],
        _ => vec![format!("{} to {}", show(*first), show(*last))],
    });
    list(shown)
}

/// A worksheet's text as messages quote it: one line, at most 60 characters.
pub fn excerpt(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let cut: String = line.chars().take(MOST - 1).collect();
    format!("{cut}…")
}

/// The text with a capital at its beginning, as a sentence or a title has.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_like_english() {
        assert_eq!(count(1, "row", "rows"), "1 row");
        assert_eq!(count(0, "row", "rows"), "0 rows");
        assert_eq!(quoted(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list(["a", "b"]), "a and b");
        assert_eq!(ranges(&[4, 7, 8, 9], |n| n.to_string()), "4 and 7 to 9");
        assert_eq!(
            ranges(&[1, 2, u32::MAX], |n| n.to_string()),
            "1, 2 and 4294967295"
        );
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(" a\n b "), "a b");
        assert_eq!(excerpt(&"x".repeat(80)).chars().count(), 60);
    }
}
