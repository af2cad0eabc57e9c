//! Detached signatures, in the form that `ssh-keygen -Y sign` writes and `ssh-keygen -Y verify` reads.
//!
//! Entry points: [`Signer::read`] and [`verify`]. Keys are OpenSSH's, of the kind Ed25519.

use ssh_key::{Algorithm, HashAlg, LineEnding, PrivateKey, PublicKey, SshSig};

/// What a signature is for, so that one given for something else proves nothing here.
pub const NAMESPACE: &str = "restore-packets";

/// A private key, ready to sign.
pub struct Signer(PrivateKey);

impl Signer {
    /// Reads a private key; `passphrase` is asked for only if the key is protected by one.
    ///
    /// # Errors
    /// Why it cannot be used. The text of the key is in no message.
    pub fn read(key: &str, passphrase: impl FnOnce() -> Option<String>) -> Result<Self, String> {
        let key = PrivateKey::from_openssh(key)
            .map_err(|_| "it is no private key of OpenSSH".to_owned())?;
        let key = if key.is_encrypted() {
            let passphrase = passphrase().ok_or("it is protected by a passphrase")?;
            key.decrypt(passphrase)
                .map_err(|_| "the passphrase does not open it".to_owned())?
        } else {
            key
        };
        match key.algorithm() {
            Algorithm::Ed25519 => Ok(Self(key)),
            other => Err(format!(
                "it is of the kind {other}; an Ed25519 key was expected"
            )),
        }
    }

    /// The signature of these bytes.
    ///
    /// # Errors
    /// None that is known for a key that was read.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, String> {
        let signature = self.0.sign(NAMESPACE, HashAlg::Sha512, bytes);
        let pem = signature.and_then(|signature| signature.to_pem(LineEnding::LF));
        pem.map_err(|error| error.to_string())
    }
}

/// Who may sign.
pub struct Signers(Vec<(Option<String>, PublicKey)>);

impl Signers {
    /// Reads an `allowed_signers` file (`WHO [OPTIONS] KIND KEY`) or a public key (`KIND KEY COMMENT`).
    ///
    /// # Errors
    /// A line that is neither; options, which this program does not judge.
    pub fn read(text: &str) -> Result<Self, String> {
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let signers = lines.map(|(number, line)| {
            signer(line)
                .ok_or_else(|| format!("line {number} names no signer and key, or has options"))
        });
        signers.collect::<Result<_, _>>().map(Self)
    }

    fn of(&self, key: &PublicKey) -> Option<&(Option<String>, PublicKey)> {
        let mut known = self.0.iter();
        known.find(|(_, known)| known.key_data() == key.key_data())
    }
}

fn signer(line: &str) -> Option<(Option<String>, PublicKey)> {
    if let Ok(key) = PublicKey::from_openssh(line) {
        return Some((None, key));
    }
    let (who, key) = line.split_once(char::is_whitespace)?;
    let key = PublicKey::from_openssh(key.trim()).ok()?;
    Some((Some(who.to_owned()), key))
}

/// A good signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The key's own fingerprint: `SHA256:…`.
    pub key: String,
    /// Who it is, where a list of signers says so.
    pub who: Option<String>,
}

/// Verifies a signature; without a list of signers any key will do, and says only who it is.
///
/// # Errors
/// Why it proves nothing.
pub fn verify(bytes: &[u8], signature: &str, signers: Option<&Signers>) -> Result<Signed, String> {
    let signature =
        SshSig::from_pem(signature).map_err(|_| "it is no signature of OpenSSH".to_owned())?;
    let key = PublicKey::from(signature.public_key().clone());
    key.verify(NAMESPACE, bytes, &signature)
        .map_err(|_| "it was not made for this file".to_owned())?;
    let fingerprint = key.fingerprint(HashAlg::Sha256).to_string();
    let Some(signers) = signers else {
        return Ok(Signed {
            key: fingerprint,
            who: None,
        });
    };
    match signers.of(&key) {
        Some((who, _)) => Ok(Signed {
            key: fingerprint,
            who: who.clone(),
        }),
        None => Err(format!("its key {fingerprint} is none of the signers'")),
    }
}

#[cfg(test)]
mod tests {
    use ssh_key::private::Ed25519Keypair;

    use super::*;

    fn key(seed: u8) -> (Signer, String) {
        let key = PrivateKey::from(Ed25519Keypair::from_seed(&[seed; 32]));
        let public = key.public_key().to_openssh().unwrap();
        let text = key.to_openssh(LineEnding::LF).unwrap();
        (Signer::read(&text, || None).unwrap(), public)
    }

    #[test]
    fn a_signature_proves_these_bytes_and_this_signer() {
        let (signer, public) = key(1);
        let signature = signer.sign(b"zip").unwrap();
        let listed = Signers::read(&format!("# ours\nops@example.com {public}\n")).unwrap();
        let signed = verify(b"zip", &signature, Some(&listed)).unwrap();
        assert_eq!(signed.who.as_deref(), Some("ops@example.com"));
        assert!(signed.key.starts_with("SHA256:"));
        let alone = Signers::read(&public).unwrap();
        assert_eq!(verify(b"zip", &signature, Some(&alone)).unwrap().who, None);
        assert!(verify(b"zip", &signature, None).is_ok());
        assert!(verify(b"zap", &signature, None).is_err());
        let others = Signers::read(&key(2).1).unwrap();
        assert!(verify(b"zip", &signature, Some(&others)).is_err());
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_quoted() {
        let refused = |text: &str| Signer::read(text, || None).err().unwrap();
        assert!(!refused("hunter2").contains("hunter2"));
        assert!(Signers::read("a b c").is_err());
        assert!(verify(b"zip", "no signature", None).is_err());
    }
}
