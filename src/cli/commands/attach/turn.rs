//! One run at a time on one record, as far as this machine can know: two that look before either adds would both add.

use std::fs::{File, TryLockError};

use crate::attach::{Address, Record};
use crate::cli::shell::Shell;
use crate::text::digest;

/// Waits until no other run works on the record, and keeps others waiting while it is held.
///
/// `None` where this machine cannot keep turns, as where its folder for temporary files is read-only: what two runs then
/// do at the same time is found in reading back.
pub(super) fn take(address: &Address, record: &Record, shell: &Shell) -> Option<File> {
    let name = digest::sha256_hex(format!("{address} {}", record.id()).as_bytes());
    let path = std::env::temp_dir().join(format!("restore-packets-{}.lock", &name[..16]));
    let mut options = File::options();
    let file = options
        .create(true)
        .write(true)
        .truncate(false)
        .open(path)
        .ok()?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        shell.say("another run works on this record; waiting for it to end");
        file.lock().ok()?;
    }
    Some(file)
}
