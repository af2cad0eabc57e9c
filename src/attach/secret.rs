//! A secret: a token or a password. It cannot be printed by accident.

use std::fmt;

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret, if the text can be one: something, in one line, without control characters.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// The text, for the one header it is sent in.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new(" 1-14-abcdef\n").expect("a secret");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(&secret)),
            "Secret Some(\n    Secret,\n)"
        );
        assert_eq!(secret.reveal(), "1-14-abcdef");
    }

    #[test]
    fn what_would_break_a_header_is_no_secret() {
        assert_eq!(Secret::new("  "), None);
        assert_eq!(Secret::new("a\r\nX-Other: b"), None);
    }
}
