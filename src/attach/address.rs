//! The address of a ticket system: TLS unless it is this machine or somebody insists.

use std::fmt;
use std::net::IpAddr;

/// `https://host[:port][/path]`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    host: String,
}

impl Address {
    /// Understands an address.
    ///
    /// # Errors
    /// Why it is none that can be used, in a sentence without the credentials that may stand in it.
    pub fn parse(text: &str, allow_http: bool) -> Result<Self, &'static str> {
        let (secure, rest) = match text.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            _ => return Err("an address begins with https://"),
        };
        let rest = rest.trim_end_matches('/');
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err("an address holds no user and no password");
        }
        let host = host(authority).ok_or("the address names no host")?;
        if !rest.bytes().all(is_plain) {
            return Err("an address holds no blanks, and neither `?` nor `#`");
        }
        let address = Self {
            text: format!("{}://{rest}", if secure { "https" } else { "http" }),
            host: host.to_owned(),
        };
        if secure || allow_http || address.is_loopback() {
            Ok(address)
        } else {
            Err("credentials would travel unencrypted; write https://, or insist with --allow-http")
        }
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        let ip = self.host.trim_matches(['[', ']']).parse::<IpAddr>();
        ip.map_or(self.host == "localhost", |ip| ip.is_loopback())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The host of `host:port`, `[::1]:port` or either without port.
fn host(authority: &str) -> Option<&str> {
    let end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at(end);
    let is_port = |port: &str| port.parse::<u16>().is_ok();
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    (!host.is_empty() && port_fits).then_some(host)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_unless_this_machine_or_insisted_on() {
        let plain = Address::parse("http://rt.contoso.com", false).expect_err("refused");
        assert!(plain.contains("--allow-http"));
        assert!(Address::parse("http://rt.contoso.com", true).is_ok());
        for local in [
            "http://127.0.0.1:8080/rt",
            "http://localhost",
            "http://[::1]:80",
        ] {
            assert!(Address::parse(local, false).expect(local).is_loopback());
        }
        for other in [
            "http://127.0.0.1.contoso.com",
            "http://localhost.contoso.com",
            "http://10.0.0.1",
        ] {
            assert!(Address::parse(other, false).is_err(), "{other}");
        }
    }

    #[test]
    fn an_address_is_kept_without_its_last_slash() {
        let address = Address::parse("https://desk.contoso.com:8443/rt/", false).expect("good");
        assert_eq!(address.to_string(), "https://desk.contoso.com:8443/rt");
        assert!(!address.is_loopback());
    }

    #[test]
    fn what_is_no_address_is_refused_without_quoting_it() {
        for text in [
            "rt.contoso.com",
            "ftp://a",
            "https://",
            "https://op:hunter2@a",
            "https://a?b",
            "https://a b",
            "https://a:port",
            "http://localhost:80@evil.contoso.com",
        ] {
            let why = Address::parse(text, false).expect_err(text);
            assert!(!why.contains("hunter2"));
        }
    }
}
