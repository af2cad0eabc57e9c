//! Verifying: folders, bundles and fingerprints, with their exit codes.

#[path = "common/worksheets.rs"]
#[expect(dead_code, reason = "no test here compares all editions")]
mod worksheets;

use std::io::{Cursor, Write};

use worksheets::Estate;

const JSON: [&str; 2] = ["--format", "json"];

/// Runs and returns exit code, standard output and standard error.
fn run(estate: &Estate, arguments: &[&str]) -> (i32, String, String) {
    let output = estate.run(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().expect("a code"),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// The fingerprint of a packet.
fn fingerprint(manifest: &serde_json::Value, fqdn: &str) -> String {
    let packets = manifest["packets"].as_array().expect("packets");
    let packet = packets.iter().find(|it| it["fqdn"] == fqdn).expect("it");
    packet["fingerprint"].as_str().expect("text").to_owned()
}

#[test]
fn a_fingerprint_is_current_superseded_retired_or_unknown() {
    let mut estate = Estate::sample();
    let first = fingerprint(&estate.issue(&JSON), "edge01.contoso.com");
    let (code, said, _) = run(&estate, &["verify", &first.to_lowercase()]);
    assert_eq!(code, 0);
    assert!(
        said.contains("is current: edition 1 of server edge01.contoso.com"),
        "{said}"
    );

    let (_, said, _) = run(&estate, &["verify", &first, "--on", "2014-06-11"]);
    assert!(said.contains("It may be trusted until 201"), "{said}");
    let (code, said, _) = run(&estate, &["verify", &first, "--on", "2034-06-11"]);
    assert_eq!(code, 0, "expiry warns");
    assert!(
        said.contains("It could have been trusted until 201"),
        "{said}"
    );

    estate.set("servers", "edge01.contoso.com", "Location", "another rack");
    estate.write();
    estate.run(&["build", "--as-of", "2014-06-12", "--format", "json"]);
    let second = fingerprint(&estate.manifest(), "edge01.contoso.com");
    let (code, said, _) = run(&estate, &["verify", &first, "--on", "2014-06-11"]);
    assert_eq!(code, 1);
    assert!(
        said.contains("is superseded") && said.contains(&second),
        "{said}"
    );
    assert!(
        said.contains("is now `another rack` (servers.csv:"),
        "{said}"
    );
    assert!(said.contains("On 2014-06-11: edition 1"), "{said}");
    let (_, said, _) = run(&estate, &["history", "EDGE01.contoso.com"]);
    assert!(said.contains("edition 2  issued 2014-06-12"), "{said}");
    assert!(said.contains("is now `another rack`"), "{said}");

    estate
        .sheet("servers")
        .rows
        .retain(|row| row[0] != "edge01.contoso.com");
    estate.write();
    estate.run(&["build", "--as-of", "2014-06-13", "--format", "json"]);
    let (code, said, _) = run(&estate, &["verify", &second]);
    assert_eq!(code, 1);
    assert!(said.contains("is retired"), "{said}");
    assert!(said.contains("could have been trusted until"), "{said}");
    let (_, said, _) = run(
        &estate,
        &["history", "edge01.contoso.com", "--on", "2014-06-13"],
    );
    assert!(
        said.contains("On 2014-06-13 no edition was valid."),
        "{said}"
    );

    let (code, said, _) = run(&estate, &["verify", "2222-2222-2222"]);
    assert_eq!(code, 1);
    assert!(said.contains("is unknown"), "{said}");
    let (code, said, _) = run(
        &estate,
        &["verify", "2222-2222-2222", "--message-format", "json"],
    );
    assert_eq!(code, 1);
    let answer: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(answer["state"], "unknown");
}

#[test]
fn a_mistyped_fingerprint_and_an_unknown_name_are_wrong_usage() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let cases: [(&[&str], &str); 4] = [
        (&["verify", "ABCD-EFGH-JKs2"], "`s` (number 11) is not used"),
        (
            &["verify", "2222-2222-2223"],
            "is wrong, or two are swapped",
        ),
        (&["verify", "no/such.zip"], "there is no file or folder"),
        (
            &["history", "edge1.contoso.com"],
            "did you mean `edge01.contoso.com`?",
        ),
    ];
    for (arguments, message) in cases {
        let (code, _, said) = run(&estate, arguments);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(message), "{said}");
    }
}

#[test]
fn altered_missing_and_extra_files_are_named() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let arguments = ["verify", "--on", "2014-06-10", "--message-format", "short"];
    let (code, said, _) = run(&estate, &arguments);
    assert_eq!((code, said.lines().count()), (0, 1), "{said}");
    let output = estate.output();
    std::fs::write(output.join("servers/fe01.contoso.com.json"), "{}").expect("altered");
    std::fs::remove_file(output.join("pools/pool01.contoso.com.json")).expect("removed");
    std::fs::write(output.join("servers/notes.txt"), "mine").expect("added");
    let (code, said, _) = run(&estate, &arguments);
    assert_eq!(code, 1);
    for line in [
        "servers/fe01.contoso.com.json: error[altered-file]",
        "pools/pool01.contoso.com.json: error[missing-file]",
        "servers/notes.txt: warning[extra-file]",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(said.lines().count(), 4, "three and the sum: {said}");
}

#[test]
fn a_ledger_without_its_first_line_is_noticed() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let ledger = estate.output().join("ledger.jsonl");
    let text = std::fs::read_to_string(&ledger).expect("a ledger");
    let (_, rest) = text.split_once('\n').expect("lines");
    std::fs::write(&ledger, rest).expect("it is cut");
    let (code, said, _) = run(&estate, &["verify", "--on", "2014-06-10"]);
    assert_eq!(code, 1);
    assert!(said.contains("line 1 does not follow"), "{said}");
}

#[test]
fn what_has_expired_is_a_warning() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let (code, said, _) = run(&estate, &["verify", "--on", "2020-01-01"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("warning[expired]: this was to be trusted until"),
        "{said}"
    );
}

/// A bundle of a whole output folder, with some files changed.
fn bundle(estate: &Estate, folder: &str, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let manifest = estate.manifest();
    let packets = manifest["packets"].as_array().expect("packets");
    let files = packets
        .iter()
        .chain([&manifest])
        .flat_map(|it| it["files"].as_array().expect("files"));
    let mut paths: Vec<&str> = files
        .map(|file| file["path"].as_str().expect("a path"))
        .collect();
    paths.push("manifest.json");
    for path in paths {
        let bytes = std::fs::read(estate.output().join(path)).expect("a file");
        if let Some(bytes) = change(path, bytes) {
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file(format!("{folder}{path}"), options)
                .expect("a part");
            zip.write_all(&bytes).expect("it is written");
        }
    }
    let bytes = zip.finish().expect("an archive").into_inner();
    std::fs::write(estate.path().join("bundle.zip"), bytes).expect("it is written");
}

#[test]
fn a_bundle_is_verified_without_unpacking_it() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let verify = || run(&estate, &["verify", "bundle.zip", "--on", "2014-06-10"]);
    for folder in ["", "packets/"] {
        bundle(&estate, folder, |_, bytes| Some(bytes));
        let (code, _, said) = verify();
        assert_eq!(code, 0, "{said}");
    }
    bundle(&estate, "", |path, bytes| {
        // A file that would fill the disk is read no further than what was issued.
        let huge = path == "servers/fe01.contoso.com.json";
        let gone = path == "servers/fe02.contoso.com.json";
        let bytes = if huge { vec![b' '; 64 << 20] } else { bytes };
        (!gone).then_some(bytes)
    });
    let (code, said, _) = verify();
    assert_eq!(code, 1);
    assert!(
        said.contains("altered-file") && said.contains("missing-file"),
        "{said}"
    );
    std::fs::write(estate.path().join("bundle.zip"), "no archive").expect("it is written");
    let (code, _, said) = verify();
    assert_eq!(code, 1);
    assert!(said.contains("cannot be trusted"), "{said}");
}

#[test]
fn what_was_put_into_a_bundle_or_around_it_is_noticed() {
    let estate = Estate::sample();
    estate.issue(&JSON);
    let arguments = [
        "verify",
        "bundle.zip",
        "--on",
        "2014-06-10",
        "--message-format",
        "short",
    ];
    let refused = |expected: &str| {
        let (code, said, more) = run(&estate, &arguments);
        assert_eq!(code, 1, "{said}{more}");
        assert!(said.contains(expected), "{said}{more}");
    };
    bundle(&estate, "", |_, bytes| Some(bytes));
    let path = estate.path().join("bundle.zip");
    let whole = std::fs::read(&path).expect("a bundle");
    let mut zip = zip::ZipWriter::new_append(Cursor::new(whole.clone())).expect("an archive");
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("servers/run-me.cmd", options)
        .expect("a part");
    zip.write_all(b"format c:").expect("it is written");
    let added = zip.finish().expect("an archive").into_inner();
    std::fs::write(&path, added).expect("written");
    refused("servers/run-me.cmd: error[extra-file]");
    for bytes in [
        [b"MZ".as_slice(), &whole].concat(),
        [&whole, b"MZ".as_slice()].concat(),
    ] {
        std::fs::write(&path, bytes).expect("written");
        refused("bytes that belong to no file stand");
    }
}

#[test]
fn what_the_program_keeps_and_trusts_is_covered_by_the_manifest() {
    let estate = Estate::sample();
    estate.issue(&["--format", "html"]);
    let share = "sharebackup";
    let verify = ["verify", "--on", "2014-06-10", "--message-format", "short"];
    let bundle = ["bundle", "b.zip", "--change", "CHG1", "--profile", "vault"];
    let binder = ["binder", "b.html"];
    let attach = [
        "attach",
        "--only",
        "fe01.contoso.com",
        "--record",
        "1",
        "--system",
        "rt",
        "--url",
        "https://rt.example.org",
        "--dry-run",
    ];
    for name in ["estate", "run", "keys", "routine"] {
        let path = estate.output().join(format!(".state/{name}.json"));
        let kept = std::fs::read_to_string(&path).expect("kept");
        let at = kept
            .find("contoso")
            .or_else(|| kept.find("2014"))
            .expect("something");
        let changed = format!("{}{share}{}", &kept[..at], &kept[at + 4..]);
        std::fs::write(&path, changed).expect("written");
        let (code, said, _) = run(&estate, &verify);
        assert_eq!(code, 1, "{name}: {said}");
        let line = format!(".state/{name}.json: error[altered-file]: this file is not what was");
        assert!(said.contains(&line), "{name}: {said}");
        let (code, said, more) = run(&estate, &bundle);
        assert_eq!(code, 1, "{name}: {said}{more}");
        let (code, said, more) = run(&estate, &attach);
        assert_eq!(code, 3, "{name}: {said}{more}");
        assert!(more.contains("is not what was issued"), "{name}: {more}");
        let (code, said, more) = run(&estate, &binder);
        assert_eq!(code, 3, "{name}: {said}{more}");
        std::fs::write(&path, kept).expect("written");
        let (code, said, _) = run(&estate, &verify);
        assert_eq!(code, 0, "{name}: {said}");
    }
    let packet = estate
        .output()
        .join(".state/packets/server-fe01.contoso.com.json");
    std::fs::write(&packet, "{}").expect("written");
    let (code, said, _) = run(&estate, &verify);
    assert_eq!(code, 1, "{said}");
    // Building again mends all of it.
    estate.issue(&["--format", "html"]);
    let (code, said, _) = run(&estate, &verify);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_folder_in_place_of_a_file_is_called_one() {
    let estate = Estate::sample();
    estate.issue(&["--format", "md"]);
    let places = [
        ("manifest.json", 3),
        ("ledger.jsonl", 3),
        (".state/publish.lock", 3),
        (".state/publish.journal", 3),
        (".state/estate.json", 1),
        ("servers/fe01.contoso.com.md", 1),
    ];
    for (path, expected) in places {
        let place = estate.output().join(path);
        let kept = std::fs::read(&place).ok();
        let _ = std::fs::remove_file(&place);
        std::fs::create_dir_all(place.join("inner")).expect("a folder");
        let (code, said, more) = run(
            &estate,
            &["build", "-q", "--as-of", "2014-06-10", "--format", "md"],
        );
        assert_eq!(code, expected, "{path}: {said}{more}");
        assert!(
            more.contains("a folder stands in its place"),
            "{path}: {said}{more}"
        );
        std::fs::remove_dir_all(&place).expect("removed");
        if let Some(bytes) = kept {
            std::fs::write(&place, bytes).expect("written");
        }
    }
    let (code, said, _) = run(&estate, &["verify", "--on", "2014-06-10"]);
    assert_eq!(code, 0, "{said}");
}
