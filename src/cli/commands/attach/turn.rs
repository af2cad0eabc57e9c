//! One run at a time on one record, as far as this machine can know: two that look before either adds would both add.

use std::fs::{File, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::attach::{Address, Record};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::text::digest;

/// How often it is looked whether the other run ended.
const PAUSE: Duration = Duration::from_millis(100);

/// Waits until no other run works on the record, and keeps others waiting while it is held.
///
/// `None` where this machine cannot keep turns, as where its folder for temporary files is read-only: what two runs then
/// do at the same time is found in reading back.
///
/// # Errors
/// The other run does not end within one's patience.
pub(super) fn take(
    address: &Address,
    record: &Record,
    patience: Duration,
    shell: &Shell,
) -> Result<Option<File>, Failure> {
    let name = digest::sha256_hex(format!("{address} {}", record.id()).as_bytes());
    let path = std::env::temp_dir().join(format!("restore-packets-{}.lock", &name[..16]));
    let mut options = File::options();
    let opened = options.create(true).write(true).truncate(false).open(path);
    let Ok(file) = opened else {
        return Ok(None);
    };
    let begun = Instant::now();
    let mut told = false;
    while let Err(TryLockError::WouldBlock) = file.try_lock() {
        if begun.elapsed() > patience {
            let message = format!("another run works on record {} still", record.id());
            let help = "nothing was sent; run the same command again when it ended, or wait longer with --timeout";
            return Err(Failure::nothing(message).help(help));
        }
        if !told {
            shell.say("another run works on this record; waiting for it to end");
            told = true;
        }
        thread::sleep(PAUSE);
    }
    Ok(Some(file))
}
