//! Names of hosts within a text, in the one spelling in which texts are compared.

/// The text with the names of hosts in lower case: what has two dots or more, and what follows `\\`. Windows and DNS
/// know no case there, so `FE01.contoso.com` and `fe01.contoso.com` say the same.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (between, more) = rest.split_at(start);
        let end = more.find(|c| !is_part(c)).unwrap_or(more.len());
        let (word, more) = more.split_at(end);
        folded.push_str(between);
        if between.ends_with("\\\\") || is_full(word) {
            folded.push_str(&word.to_lowercase());
        } else {
            folded.push_str(word);
        }
        rest = more;
    }
    folded.push_str(rest);
    folded
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a word has the form of a full name: at least three parts, none of them empty but for a dot at the end.
fn is_full(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.split('.').count() > 2 && !word.split('.').any(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_names_does_not_count_and_that_of_other_words_does() {
        let cases = [
            (
                "CN=FE01.Contoso.com, O=Contoso",
                "CN=fe01.contoso.com, O=Contoso",
            ),
            (r"\\FS01\LyncShare\Old", r"\\fs01\LyncShare\Old"),
            (
                "On SQL01.Contoso.Com. Then go on.",
                "On sql01.contoso.com. Then go on.",
            ),
            ("Config.zip of Week 23", "Config.zip of Week 23"),
            ("Ask Dana", "Ask Dana"),
        ];
        for (text, expected) in cases {
            assert_eq!(folded(text), expected);
        }
    }
}
