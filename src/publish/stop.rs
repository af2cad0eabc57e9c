//! A way for tests to kill a run after any step: it stands still there until it is killed. And a disk as slow as they like.
//!
//! Programs that are released have none of it.

#[cfg(debug_assertions)]
mod hook {
    use std::sync::atomic::{AtomicU32, Ordering};

    /// How many changes have been made on disk.
    static STEPS: AtomicU32 = AtomicU32::new(0);

    /// Stands still after the step that the environment names, or after each for so many milliseconds.
    pub(in super::super) fn after_a_step() {
        if let Some(pause) = std::env::var("RESTORE_PACKETS_SLOW")
            .ok()
            .and_then(|it| it.parse().ok())
        {
            std::thread::sleep(std::time::Duration::from_millis(pause));
        }
        let step = STEPS.fetch_add(1, Ordering::SeqCst) + 1;
        let wanted = std::env::var("RESTORE_PACKETS_STOP_AFTER");
        if wanted.is_ok_and(|wanted| wanted == step.to_string()) {
            eprintln!("stopped after step {step}");
            loop {
                std::thread::park();
            }
        }
    }
}

#[cfg(debug_assertions)]
pub(super) use hook::after_a_step;

/// Does nothing.
#[cfg(not(debug_assertions))]
pub(super) fn after_a_step() {}
