//! Workbooks that are protected against writing alone. Excel encrypts them all the same, with a password that everybody
//! has: it stands in [MS-OFFCRYPTO] 2.4.2.3, and every office suite tries it before it asks. No other is tried.
//!
//! - [`package`]: the encrypted package of an `.xlsx`, in its two forms (`agile`, `standard`)
//! - [`stream`]: the workbook stream of an `.xls`, in its three (`old`)

mod agile;
mod old;
mod standard;

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockDecrypt, BlockDecryptMut, KeyInit, KeyIvInit};
use sha1::{Digest, Sha1};

pub(super) use old::stream;

/// The password of whoever set none.
const EVERYBODYS: &str = "VelvetSweatshop";

/// The workbook in an encrypted package; `None` where it takes another password, or is encrypted as nobody does.
pub(super) fn package(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let (version, rest) = info.split_first_chunk::<4>()?;
    match version {
        [4, 0, 4, 0] => agile::open(rest.get(4..)?, package),
        [2..=4, 0, 2, 0] => standard::open(rest.get(4..)?, package),
        _ => None,
    }
}

/// The length of the workbook, which the package begins with, and what is encrypted.
fn measured(package: &[u8]) -> Option<(usize, &[u8])> {
    let (length, rest) = package.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    (length <= rest.len()).then_some((length, rest))
}

/// The password as it is hashed.
fn password() -> Vec<u8> {
    EVERYBODYS
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect()
}

fn sha1(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha1::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// A key, with AES of its length.
enum Key {
    Short(Box<Aes128>),
    Middle(Box<Aes192>),
    Long(Box<Aes256>),
}

impl Key {
    fn new(key: &[u8]) -> Option<Self> {
        let aes = Aes128::new_from_slice(key).map(|it| Self::Short(Box::new(it)));
        let aes = aes.or_else(|_| Aes192::new_from_slice(key).map(|it| Self::Middle(Box::new(it))));
        aes.or_else(|_| Aes256::new_from_slice(key).map(|it| Self::Long(Box::new(it))))
            .ok()
    }

    /// Each block by itself.
    fn blocks(&self, bytes: &[u8]) -> Vec<u8> {
        let mut plain = bytes.to_vec();
        for block in plain.chunks_exact_mut(16) {
            let block = block.into();
            match self {
                Self::Short(aes) => aes.decrypt_block(block),
                Self::Middle(aes) => aes.decrypt_block(block),
                Self::Long(aes) => aes.decrypt_block(block),
            }
        }
        plain
    }
}

/// Blocks that are chained; `None` if there is half a one.
fn chained(key: &[u8], first: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    fn open<C: KeyIvInit + BlockDecryptMut>(
        key: &[u8],
        first: &[u8],
        bytes: &[u8],
    ) -> Option<Vec<u8>> {
        let cipher = C::new_from_slices(key, first).ok()?;
        cipher.decrypt_padded_vec_mut::<NoPadding>(bytes).ok()
    }
    match key.len() {
        16 => open::<cbc::Decryptor<Aes128>>(key, first, bytes),
        24 => open::<cbc::Decryptor<Aes192>>(key, first, bytes),
        32 => open::<cbc::Decryptor<Aes256>>(key, first, bytes),
        _ => None,
    }
}
