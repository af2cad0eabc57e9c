//! The binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A child that reads one workbook for its parent is this same program.
    if let Some(code) = restore_packets::contained::serve_if_asked() {
        return code;
    }
    restore_packets::cli::main()
}
