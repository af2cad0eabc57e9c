//! SQL Server instance names.

use std::fmt;

/// A SQL Server instance.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instance {
    /// The default instance, which commands do not name.
    Default,
    /// A named instance, lower case: SQL Server compares instance names without regard to case.
    Named(String),
}

impl Instance {
    /// Reads a cell: `rtc`, `MSSQLSERVER`, `Default`, `(default)`, or `host\instance`, whose host is
    /// returned beside it. A port behind it is passed over; the row's reader tells of it.
    ///
    /// # Errors
    /// Says what an instance name may not hold.
    pub fn parse(text: &str) -> Result<(Option<String>, Self), String> {
        let (text, _) = without_port(text.trim());
        let (host, name) = match text.split_once('\\') {
            Some((host, name)) => (Some(host.trim().to_lowercase()), name.trim()),
            None => (None, text),
        };
        let lower = name.to_lowercase();
        if matches!(
            lower.as_str(),
            "mssqlserver" | "default" | "(default)" | "default instance"
        ) {
            return Ok((host, Self::Default));
        }
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
        if name.is_empty() || name.chars().count() > 16 || !name.chars().all(fits) {
            return Err(
                "an instance name of at most 16 letters, digits, `_`, `$` or `#`, or `MSSQLSERVER` for the default instance"
                    .to_owned(),
            );
        }
        Ok((host, Self::Named(lower)))
    }
}

impl fmt::Display for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("MSSQLSERVER"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

/// A text and the port behind its last comma or colon.
pub fn without_port(text: &str) -> (&str, Option<&str>) {
    let Some((before, port)) = text.rsplit_once([',', ':']) else {
        return (text, None);
    };
    let port = port.trim();
    let is_port = port.parse::<u16>().is_ok_and(|number| number > 0);
    if is_port && !before.trim().is_empty() {
        (before.trim(), Some(port))
    } else {
        (text, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_instance_has_many_names() {
        for text in ["MSSQLSERVER", "default", "(Default)"] {
            assert_eq!(
                Instance::parse(text),
                Ok((None, Instance::Default)),
                "{text}"
            );
        }
        let (host, name) = Instance::parse(r"SQL01\RTC").unwrap();
        assert_eq!(host.as_deref(), Some("sql01"));
        assert_eq!(name, Instance::Named("rtc".into()));
        assert!(Instance::parse("rtc; drop").is_err());
    }
}
