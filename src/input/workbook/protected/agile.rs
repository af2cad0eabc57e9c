//! Office 2010 and later: AES in chains of 4096 bytes, and how it is done as XML ([MS-OFFCRYPTO] 2.3.4.10 and following).

use super::{chained, measured, password, sha1};
use crate::text::base64::decode;
use crate::text::digest;
use crate::workbook::tree::{self, Element};

/// How often a password may be hashed. Office does it 100,000 times; a hostile file could wish for billions.
const MOST_SPINS: u32 = 1_000_000;

/// The bytes that each of the keys is made with.
const FOR_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const FOR_HASH: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const FOR_KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// How much of the package is chained together.
const SEGMENT: usize = 4096;

/// The workbook in a package; `None` where it takes another password.
pub(super) fn open(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let root = tree::read(info).ok()?;
    let data = Manner::of(root.child("keyData")?)?;
    let mut keys = root.within("keyEncryptors", "keyEncryptor");
    let wrapped = keys.find_map(|it| it.child("encryptedKey"))?;
    let manner = Manner::of(wrapped)?;
    let spins: u32 = wrapped.get("spinCount")?.parse().ok()?;
    let hash = manner.spun(spins)?;
    let unwrap = |name: &str, purpose: [u8; 8]| {
        let bytes = decode(wrapped.get(name)?)?;
        let key = manner.key(&hash, &purpose)?;
        chained(&key, manner.salt.get(..16)?, &bytes)
    };
    let input = unwrap("encryptedVerifierHashInput", FOR_INPUT)?;
    let expected = unwrap("encryptedVerifierHashValue", FOR_HASH)?;
    let found = manner.hash(&[input.get(..manner.salt.len())?])?;
    if expected.get(..found.len())? != found {
        return None;
    }
    let key = unwrap("encryptedKeyValue", FOR_KEY)?;
    let key = key.get(..data.key_bits / 8)?;
    let (length, encrypted) = measured(package)?;
    let mut workbook = Vec::with_capacity(encrypted.len());
    for (number, segment) in (0_u32..).zip(encrypted.chunks(SEGMENT)) {
        let first = data.hash(&[&data.salt, &number.to_le_bytes()])?;
        let whole = segment.len() - segment.len() % 16;
        workbook.extend(chained(key, first.get(..16)?, &segment[..whole])?);
    }
    workbook.truncate(length);
    Some(workbook)
}

/// How something is encrypted.
struct Manner {
    salt: Vec<u8>,
    key_bits: usize,
    algorithm: String,
}

impl Manner {
    fn of(element: &Element) -> Option<Self> {
        let is_usual = element.get("cipherAlgorithm")? == "AES"
            && element.get("cipherChaining")? == "ChainingModeCBC";
        let manner = Self {
            salt: decode(element.get("saltValue")?)?,
            key_bits: element.get("keyBits")?.parse().ok()?,
            algorithm: element.get("hashAlgorithm")?.to_owned(),
        };
        is_usual.then_some(manner)
    }

    fn hash(&self, parts: &[&[u8]]) -> Option<Vec<u8>> {
        match self.algorithm.as_str() {
            "SHA1" | "SHA-1" => Some(sha1(parts)),
            "SHA256" | "SHA-256" => Some(digest::sha256(&parts.concat()).to_vec()),
            "SHA384" | "SHA-384" => Some(digest::sha384(&parts.concat()).to_vec()),
            "SHA512" | "SHA-512" => Some(digest::sha512(&parts.concat()).to_vec()),
            _ => None,
        }
    }

    fn spun(&self, spins: u32) -> Option<Vec<u8>> {
        let mut hash = self.hash(&[&self.salt, &password()])?;
        for spin in 0..Some(spins).filter(|it| *it <= MOST_SPINS)? {
            hash = self.hash(&[&spin.to_le_bytes(), &hash])?;
        }
        Some(hash)
    }

    fn key(&self, hash: &[u8], purpose: &[u8]) -> Option<Vec<u8>> {
        let mut key = self.hash(&[hash, purpose])?;
        // A hash that is shorter than the key is filled up.
        key.resize(key.len().max(self.key_bits / 8), 0x36);
        key.truncate(self.key_bits / 8);
        Some(key)
    }
}
