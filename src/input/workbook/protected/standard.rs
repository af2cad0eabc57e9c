//! Office 2007: AES, SHA-1, and each block by itself ([MS-OFFCRYPTO] 2.3.4.5 and following).

use super::{Key, measured, password, sha1};

/// How often the password is hashed.
const SPINS: u32 = 50_000;

/// Where the verifier holds what, behind the header.
const SALT: usize = 4;
const VERIFIER: usize = 20;
const VERIFIER_HASH: usize = 40;

/// The workbook in a package; `None` where it takes another password.
pub(super) fn open(info: &[u8], package: &[u8]) -> Option<Vec<u8>> {
    let (size, rest) = info.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
    let (header, verifier) = rest.split_at_checked(size)?;
    let bits = u32::from_le_bytes(*header.get(16..)?.first_chunk()?);
    let salt = verifier.get(SALT..SALT + 16)?;
    let key = Key::new(&key(salt, usize::try_from(bits / 8).ok()?)?)?;
    let plain = key.blocks(verifier.get(VERIFIER..VERIFIER + 16)?);
    let hash = key.blocks(verifier.get(VERIFIER_HASH..VERIFIER_HASH + 32)?);
    if sha1(&[&plain])[..] != hash[..20] {
        return None;
    }
    let (length, encrypted) = measured(package)?;
    let mut workbook = key.blocks(encrypted);
    workbook.truncate(length);
    Some(workbook)
}

fn key(salt: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut hash = sha1(&[salt, &password()]);
    for spin in 0..SPINS {
        hash = sha1(&[&spin.to_le_bytes(), &hash]);
    }
    let hash = sha1(&[&hash, &0_u32.to_le_bytes()]);
    let half = |mask: u8| {
        let mut block = [mask; 64];
        block
            .iter_mut()
            .zip(&hash)
            .for_each(|(one, other)| *one ^= other);
        sha1(&[&block])
    };
    let both = [half(0x36), half(0x5c)].concat();
    both.get(..length).map(<[u8]>::to_vec)
}
