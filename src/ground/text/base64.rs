//! Base64: bytes where only letters may stand, as in a header, in JSON, or in a page's security policy.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// The bytes in the standard alphabet, padded.
pub fn encode(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

/// The bytes that such letters stand for; `None` if they are none.
pub fn decode(letters: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(letters).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples() {
        let cases = [("", ""), ("f", "Zg=="), ("foobar", "Zm9vYmFy")];
        for (text, expected) in cases {
            assert_eq!(encode(text.as_bytes()), expected);
            assert_eq!(decode(expected).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(encode(&[0xfb, 0xff]), "+/8=");
        assert_eq!(decode("no letters"), None);
    }
}
