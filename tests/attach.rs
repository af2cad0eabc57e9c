//! `attach` through the binary, as far as it goes without a server.

use std::process::{Command, Output};

fn attach(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("plan.txt"), "a plan").expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
    for name in ["TOKEN", "USER", "PASSWORD"] {
        command.env_remove(format!("RESTORE_PACKETS_{name}"));
    }
    command
        .current_dir(folder.path())
        .args(["attach", "plan.txt", "--system", "rt", "--record", "7"])
        .args(arguments)
        .envs(variables.iter().copied());
    command.output().expect("the program")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

#[cfg(not(feature = "attach"))]
#[test]
fn a_build_without_network_says_how_to_get_one() {
    let output = attach(&["--url", "https://rt.contoso.com"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said(&output),
        "error: this build reaches no network; `cargo install --path . --features attach` makes one that does\n"
    );
}

#[cfg(feature = "attach")]
#[test]
fn without_credentials_nothing_is_asked() {
    let output = attach(&["--url", "https://rt.contoso.com"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(
        said.starts_with("error: there are no credentials\n"),
        "{said}"
    );
}

#[cfg(feature = "attach")]
#[test]
fn a_server_that_is_down_is_named_and_the_secret_is_not() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let url = format!("http://127.0.0.1:{port}");
    let output = attach(
        &["--url", &url, "-v"],
        &[("RESTORE_PACKETS_TOKEN", "hunter2")],
    );
    assert_eq!(output.status.code(), Some(3));
    let said = said(&output);
    let expected = format!("error: Request Tracker at {url} cannot be reached: ");
    assert!(said.starts_with(&expected), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
