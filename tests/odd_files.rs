//! Files that are no files: whatever option names a device, a pipe or a folder, the program says so, soon, and waits for
//! nothing.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Every place where a command takes a file's name; `ODD` stands for it.
const COMMANDS: [&str; 17] = [
    "attach ODD --system rt --url https://rt.contoso.com --record 7",
    "attach plan.txt --system rt --url https://rt.contoso.com --record 7 --credentials ODD",
    "attach plan.txt --system rt --url https://rt.contoso.com --record 7 --ca ODD",
    "record ODD",
    "record --withdraw ODD",
    "bundle out.zip --change CHG0012345 --sign ODD",
    "verify bundle.zip --signers ODD",
    "verify ODD",
    "build --config ODD",
    "check --config ODD",
    "check ODD",
    "check --topology ODD",
    "check --backup ODD",
    "build --templates ODD",
    "import ODD",
    "drift ODD",
    "drift --topology ODD",
];

fn program(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
    command
        .current_dir(folder)
        .args(arguments.split(' '))
        .env("RESTORE_PACKETS_TOKEN", "x")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The exit code and what was said; fails if the program does not end.
fn run(folder: &Path, arguments: &str) -> (Option<i32>, String) {
    let begun = Instant::now();
    let mut child = program(folder, arguments).spawn().expect("the program");
    while child.try_wait().expect("a child").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("an end");
            panic!("`{arguments}` does not end");
        }
        thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("its words");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// The sample, issued, with a bundle and whatever is no file.
fn estate() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    for arguments in [
        "new worksheets --sample",
        "build --only fs01.contoso.com",
        "bundle bundle.zip --change CHG0012345 --only fs01.contoso.com",
    ] {
        let (code, said) = run(path, arguments);
        assert!(matches!(code, Some(0 | 1)), "{arguments}: {said}");
    }
    std::fs::write(path.join("plan.txt"), "a plan").expect("a file");
    std::fs::create_dir(path.join("folder")).expect("a folder");
    let made = Command::new("mkfifo").arg(path.join("pipe")).status();
    assert!(made.is_ok_and(|it| it.success()));
    folder
}

#[test]
fn what_is_no_file_is_said_and_not_waited_for() {
    let folder = estate();
    for odd in ["/dev/zero", "pipe", "folder"] {
        for arguments in COMMANDS {
            // Some take folders.
            let takes_folders = [
                "verify ODD",
                "check ODD",
                "import ODD",
                "drift",
                "--templates",
                "--topology",
                "--backup",
            ];
            if odd == "folder" && takes_folders.iter().any(|it| arguments.contains(it)) {
                continue;
            }
            let arguments = arguments.replace("ODD", odd);
            let (code, said) = run(folder.path(), &arguments);
            assert!(
                code.is_some_and(|code| code != 0) && !said.contains("panicked"),
                "{arguments}: {code:?} {said}"
            );
        }
    }
}

#[test]
fn a_pipe_among_worksheets_and_templates_is_passed_over_or_named() {
    let folder = estate();
    for place in ["worksheets/odd.csv", "templates/shared/odd.toml"] {
        let path = folder.path().join(place);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|it| it.success()));
    }
    run(
        folder.path(),
        "build --only fs01.contoso.com --templates templates",
    );
}

#[test]
fn a_project_file_of_windows_gets_help() {
    let folder = estate();
    let write = |bytes: &[u8]| {
        std::fs::write(folder.path().join("own.toml"), bytes).expect("a file");
        run(folder.path(), "check --config own.toml")
    };
    let utf16: Vec<u8> = "\u{feff}output = 'x'\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let (code, said) = write(&utf16);
    assert_eq!(code, Some(2));
    assert!(said.contains("it is UTF-16; save it as UTF-8"), "{said}");
    let (code, said) = write(b"output = \"C:\\Users\\x\"\n");
    assert_eq!(code, Some(2));
    assert!(
        said.contains(r"write a path between single quotes, as 'C:\Users\x'"),
        "{said}"
    );
}
