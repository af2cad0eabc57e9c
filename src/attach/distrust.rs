//! Why a server's certificate is not trusted, each with what to do about it.

use std::fmt;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// No authority that counts here issued it.
    UnknownAuthority,
    /// It is an authority's own, and not one of those in the file of authorities.
    Authority,
    /// It is for other names; those it has.
    OtherName(Vec<String>),
    /// It expired.
    Expired,
    /// It is not valid yet.
    NotYetValid,
    /// Its authority withdrew it.
    Revoked,
    /// It is not made for servers.
    OtherPurpose,
    /// It cannot be checked: it is damaged, or of a form that is not known.
    Unreadable,
}

impl Distrust {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::UnknownAuthority => {
                "name the authority's certificate with --ca, as a PEM file, if it is your own; or the server's, if it signs itself"
            }
            Self::Authority => {
                "save the server's certificate as a PEM file, and name that with --ca"
            }
            Self::OtherName(_) => {
                "write one of its names with --url, or have it issued again for the name in use"
            }
            Self::Expired => {
                "have it renewed on the server; if it is valid still, this machine's clock is wrong"
            }
            Self::NotYetValid => "compare this machine's clock with the server's",
            Self::Revoked => "send nothing there; ask whoever runs the server why it was withdrawn",
            Self::OtherPurpose => "have a certificate for servers issued to it",
            Self::Unreadable => {
                "ask whoever runs the server for a certificate of X.509 version 3 with a key of RSA 2048 or ECDSA P-256 at least"
            }
        }
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownAuthority => f.write_str("no authority that is trusted here issued it"),
            Self::Authority => {
                f.write_str("it is an authority's own, and not one of those named by --ca")
            }
            Self::OtherName(names) if names.is_empty() => f.write_str("it is for another name"),
            Self::OtherName(names) => write!(f, "it is for another name: {}", names.join(", ")),
            Self::Expired => f.write_str("it expired"),
            Self::NotYetValid => f.write_str("it is not valid yet"),
            Self::Revoked => f.write_str("its authority withdrew it"),
            Self::OtherPurpose => f.write_str("it is not made for servers"),
            Self::Unreadable => f.write_str("it is damaged, or of a form that is not known"),
        }
    }
}
