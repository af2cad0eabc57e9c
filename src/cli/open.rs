//! `--open`: shows a page in the program that the system opens such pages with.

use std::path::Path;
use std::process::{Command, Stdio};

use super::failure::Failure;
use super::shell::Shell;

/// Opens a page; that it could not be is said, and is no failure of the command.
pub fn page(path: &Path) {
    let mut command = opener();
    command
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        let program = command.get_program().to_string_lossy().into_owned();
        Shell::fail(
            &Failure::nothing(format!(
                "cannot open `{}`: `{program}`: {error}",
                path.display()
            ))
            .help("open it yourself, or name a program in the variable BROWSER"),
        );
    }
}

/// The program the user prefers, else the system's way to open a file.
fn opener() -> Command {
    match std::env::var_os("BROWSER").filter(|name| !name.is_empty()) {
        Some(program) => Command::new(program),
        None if cfg!(windows) => {
            // No shell reads the path.
            let mut command = Command::new("rundll32");
            command.arg("url.dll,FileProtocolHandler");
            command
        }
        None if cfg!(target_os = "macos") => Command::new("open"),
        None => Command::new("xdg-open"),
    }
}
