//! SHA-256: the one digest behind file names, fingerprints, sources and the manifest. Its longer kin is what Office
//! encrypts with.

use std::fmt::{self, Debug, Write as _};

use sha2::{Digest, Sha256, Sha384, Sha512};

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-384 of some bytes.
pub fn sha384(bytes: &[u8]) -> [u8; 48] {
    Sha384::digest(bytes).into()
}

/// The SHA-512 of some bytes.
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).into()
}

/// The SHA-256 of some bytes, as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// The SHA-256 of everything a value holds, as hex digits: of its debugging form, which shows every field and is
/// the same for the same value in the same version of the program. It is never in memory as a whole.
pub fn of_value(value: &impl Debug) -> String {
    struct Hasher(Sha256);
    impl fmt::Write for Hasher {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let mut hasher = Hasher(Sha256::new());
    // A hasher takes every text.
    let _ = write!(hasher, "{value:?}");
    hex(&hasher.0.finalize())
}

/// Bytes as lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_abc_is_the_published_one() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn the_digest_of_a_value_is_that_of_its_debugging_form() {
        let value = Some(("a", [1, 2]));
        let text = format!("{value:?}");
        assert_eq!(of_value(&value), sha256_hex(text.as_bytes()));
    }
}
