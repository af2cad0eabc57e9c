//! Any text as a project file: no panic, whatever it says of severities, profiles and ticket systems.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    restore_packets::cli::is_project_file(text);
});
