//! The binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = restore_packets::contained::serve_if_asked() {
        return code;
    }
    ExitCode::SUCCESS
}
