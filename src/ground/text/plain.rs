//! Texts as they are compared: what looks alike on paper is alike.

/// Characters that leave no trace on paper: zero-width spaces and joiners, direction marks, soft hyphens, byte order
/// marks, and the left-to-right embedding Windows puts in front of a copied path.
///
/// The marks that turn text round do leave one: what one reads is not what is typed. They stay, and are refused
/// where a command would hold them.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}' | '\u{202c}' | '\u{2060}' | '\u{feff}'
    )
}

/// Lower case, single blanks, nothing invisible; full-width letters, curly quotes and long dashes as a keyboard
/// types them.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return plain_ascii(text);
    }
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(typed);
    let lower: String = visible.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same of a text without any letter that is unusual, as most are: every cell is compared many times.
fn plain_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().map(|c| typed(c).to_ascii_lowercase()));
    }
    plain
}

/// [`plain`] without blanks, hyphens and underscores, which people set and leave out at will: `Host name`,
/// `hostname` and `Host_Name` are one.
pub fn squeezed(text: &str) -> String {
    let mut text = plain(text);
    text.retain(|c| !matches!(c, ' ' | '-' | '_'));
    text
}

/// A heading as it is compared: without regard to case, to blanks of any kind (no-break, zero-width, line breaks),
/// hyphens and underscores, to full-width letters, and to a trailing `*`, `\*`, `:`, `?` or `.`.
pub fn normalise(heading: &str) -> String {
    let line = squeezed(heading).replace("\\*", "*");
    line.trim_end_matches(['*', ':', '?', '.', '\u{3002}'])
        .to_owned()
}

/// The character a keyboard types for one that programs put in its place.
fn typed(c: char) -> char {
    match c {
        // The full-width forms of ASCII stand in one block, in its order.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
        }
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{b4}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// Whether words of this character's script stand without blanks between them.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        let cases = [
            ("  Server\u{a0} \nname", "server name"),
            ("Thumb\u{200b}print", "thumbprint"),
            ("ＦＱＤＮ（１）：", "fqdn(1):"),
            ("Serveur d’archivage", "serveur d'archivage"),
            ("„Lis“", "\"lis\""),
            ("back\u{2011}end", "back-end"),
            ("  Back-End\t\u{b} `SQL`\n", "back-end 'sql'"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(squeezed("Host_Name"), squeezed("host name"));
        assert_eq!(squeezed("Back-End"), "backend");
    }
}
