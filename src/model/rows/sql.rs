//! SQL Servers as their administrators write them: `host\instance`, `host,port`, `tcp:host\instance,port`.

use super::fqdn::Fqdn;
use super::instance::{Instance, without_port};

/// What a cell says that names a SQL Server.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The computer.
    pub(super) host: String,
    /// The instance, if one is named.
    pub(super) instance: Option<Instance>,
    /// The port, as typed.
    pub(super) port: Option<String>,
}

/// Takes an address apart; `None` where it is a plain name, or nothing that can be read as an address.
pub(super) fn split(text: &str) -> Option<Address> {
    let text = text.trim();
    let start = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("tcp:"));
    let rest = text.get(start.map_or(0, str::len)..)?.trim();
    let (rest, port) = without_port(rest);
    let (host, instance) = match rest.split_once('\\') {
        Some((_, name)) if name.contains('\\') => return None,
        Some((host, name)) => (host.trim(), Some(Instance::parse(name).ok()?.1)),
        None => (rest, None),
    };
    let says_more = instance.is_some() || port.is_some() || start.is_some();
    (says_more && Fqdn::parse(host).is_ok()).then(|| Address {
        host: host.to_owned(),
        instance,
        port: port.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_and_other_texts_are_not() {
        let named = |name: &str| Some(Instance::Named(name.to_owned()));
        let cases = [
            (r"sql01.contoso.com\RTC", named("rtc"), None),
            ("sql01.contoso.com,1435", None, Some("1435")),
            ("sql01.contoso.com, 1435", None, Some("1435")),
            ("sql01.contoso.com:1435", None, Some("1435")),
            ("tcp:sql01.contoso.com", None, None),
            ("TCP:sql01.contoso.com,1433", None, Some("1433")),
            (
                r"tcp:sql01.contoso.com\RTC,1435",
                named("rtc"),
                Some("1435"),
            ),
            (r"sql01.contoso.com \ RTC", named("rtc"), None),
            (
                r"sql01.contoso.com\MSSQLSERVER",
                Some(Instance::Default),
                None,
            ),
        ];
        for (text, instance, port) in cases {
            let address = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(address.host, "sql01.contoso.com", "{text}");
            assert_eq!(address.instance, instance, "{text}");
            assert_eq!(address.port.as_deref(), port, "{text}");
        }
        for text in [
            "sql01.contoso.com",
            "sql01.contoso.com, sql02.contoso.com",
            r"\\sql01.contoso.com\RTC",
            r"sql01.contoso.com\RTC\x",
            "sql01.contoso.com,99999",
            "ask Bob, 1435",
            r".\RTC",
            "",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
