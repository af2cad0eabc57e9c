//! Worksheet text inside a style sheet: the running heads and feet of the printed page.

/// The text as the inside of a CSS string; the layout writes the quotes.
///
/// Letters, digits and blanks stay, everything else becomes a hexadecimal escape. So the result can
/// close neither the string nor the style element, and HTML's own escaping leaves it alone.
pub(super) fn string(text: &str) -> String {
    text.chars().map(escape).collect()
}

fn escape(character: char) -> String {
    match character {
        letter if letter.is_alphanumeric() => letter.to_string(),
        ' ' | '.' | '-' | ',' | ':' => character.to_string(),
        blank if blank.is_whitespace() || blank.is_control() => " ".to_owned(),
        other => format!("\\{:x} ", u32::from(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_the_string() {
        let cases = [
            (
                "Edition 3, fe-01.contoso.com",
                "Edition 3, fe-01.contoso.com",
            ),
            (
                "a\"; } body { x: \"",
                "a\\22 \\3b  \\7d  body \\7b  x: \\22 ",
            ),
            ("</style><script>", "\\3c \\2f style\\3e \\3c script\\3e "),
            ("back\\slash", "back\\5c slash"),
            ("two\nlines\0", "two lines "),
            ("Zürich · Süd", "Zürich \\b7  Süd"),
        ];
        for (text, escaped) in cases {
            assert_eq!(string(text), escaped);
        }
    }
}
