//! Names of computers and pools in their one canonical form.

use std::fmt;

/// A fully qualified domain name: lower case, no trailing dot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fqdn(String);

/// Why a text is no FQDN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnFqdn {
    /// What is wrong, after "it".
    pub reason: String,
}

impl Fqdn {
    /// Reads an FQDN as people type it.
    ///
    /// Underscores are let through (Microsoft's own examples have them); see [`Fqdn::has_underscore`].
    ///
    /// # Errors
    /// Says what no DNS name may hold.
    pub fn parse(text: &str) -> Result<Self, NotAnFqdn> {
        let wrong = |reason: String| Err(NotAnFqdn { reason });
        let name = text.trim().trim_end_matches('.').to_lowercase();
        if name.is_empty() {
            return wrong("is empty".into());
        }
        if name.len() > 253 {
            return wrong("is longer than 253 characters".into());
        }
        if let Some(odd) = name.chars().find(|c| !is_name_char(*c)) {
            return wrong(match odd {
                ' ' => "contains a blank".into(),
                odd if odd.is_control() => format!("contains `{}`", odd.escape_debug()),
                odd => format!("contains `{odd}`"),
            });
        }
        for label in name.split('.') {
            if label.is_empty() {
                return wrong("has two dots in a row or a dot in front".into());
            }
            if label.len() > 63 {
                return wrong("has a part longer than 63 characters".into());
            }
            if label.starts_with('-') || label.ends_with('-') {
                return wrong("has a part that begins or ends with `-`".into());
            }
        }
        // Windows gives no computer a name of digits alone, and no domain ends in one.
        let last = name.rsplit('.').next().unwrap_or_default();
        if last.chars().all(|c| c.is_ascii_digit()) {
            return wrong(if name.contains('.') {
                "ends in a number, as an IP address does".into()
            } else {
                "is a number".into()
            });
        }
        Ok(Self(name))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The computer name: the first label.
    pub fn computer_name(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }

    /// What follows the computer name, if anything does.
    pub fn dns_suffix(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, suffix)| suffix)
    }

    /// Whether a domain is missing: a short name, not an FQDN.
    pub fn is_short(&self) -> bool {
        !self.0.contains('.')
    }

    /// Whether the name holds an underscore, which some DNS servers and certificates refuse.
    pub fn has_underscore(&self) -> bool {
        self.0.contains('_')
    }
}

/// Letters of any script are allowed: Active Directory allows them. Full-width and other printers' forms of letters
/// and digits are none that a name server knows.
fn is_name_char(c: char) -> bool {
    let is_form =
        matches!(c, '\u{2100}'..='\u{218f}' | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}');
    let is_letter = c.is_alphabetic() && !is_form;
    is_letter || c.is_ascii_digit() || matches!(c, '-' | '_' | '.')
}

impl fmt::Display for Fqdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Fqdn {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_a_trailing_dot_do_not_matter() {
        let name = Fqdn::parse(" SQL01.Contoso.com. ").unwrap();
        assert_eq!(name.as_str(), "sql01.contoso.com");
        assert_eq!(name.computer_name(), "sql01");
        assert_eq!(name.dns_suffix(), Some("contoso.com"));
    }

    #[test]
    fn what_is_no_name_is_refused_with_a_reason() {
        for text in [
            "",
            "a b.com",
            "a..b",
            "-a.com",
            "a;b.com",
            &"x".repeat(64),
            "a'.com",
            "10.1.10.11",
            "10.1.10.300",
            "4711",
            "ｆｅ01.contoso.com",
        ] {
            assert!(Fqdn::parse(text).is_err(), "{text}");
        }
    }
}
