//! Bundles, through the program: what they hold, what they leave out, and what is refused.

#[path = "common/worksheets.rs"]
#[expect(dead_code, reason = "no test here compares all editions")]
mod worksheets;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use worksheets::Estate;

/// Runs and returns exit code and everything said.
fn run(estate: &Estate, arguments: &[&str]) -> (i32, String) {
    let output = estate.run(arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().expect("a code");
    (code, text(&output.stdout) + &text(&output.stderr))
}

/// Bundles a few packets with more arguments.
fn bundle(estate: &Estate, name: &str, more: &[&str]) -> (i32, String) {
    let mut arguments = vec!["bundle", name, "--change", "CHG0012345"];
    arguments.extend(more);
    run(estate, &arguments)
}

/// The files of a zip, workbooks unpacked as well.
fn unzipped(bytes: &[u8], prefix: &str) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let name = format!("{prefix}{}", file.name().expect("a name"));
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        if bytes.starts_with(b"PK\x03\x04") {
            files.extend(unzipped(&bytes, &format!("{name}/")));
        }
        files.insert(name, bytes);
    }
    files
}

fn read(estate: &Estate, name: &str) -> BTreeMap<String, Vec<u8>> {
    unzipped(
        &std::fs::read(estate.path().join(name)).expect("a bundle"),
        "",
    )
}

/// A text in the forms in which a file may spell it.
fn spelled(value: &str) -> Vec<String> {
    let html = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    let json = value.replace('\\', "\\\\").replace('"', "\\\"");
    let markdown: String = value
        .chars()
        .flat_map(|c| [c.is_ascii_punctuation().then_some('\\'), Some(c)])
        .flatten()
        .collect();
    let link = value
        .replace(' ', "%20")
        .replace('\\', "%5C")
        .replace('+', "%2B");
    vec![
        value.to_owned(),
        html,
        json,
        markdown,
        link,
        value.replace(' ', "&#32;"),
    ]
}

/// Where a value stands.
fn places(files: &BTreeMap<String, Vec<u8>>, value: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        if spelled(value)
            .iter()
            .any(|way| text.contains(&way.to_lowercase()))
        {
            found.push(path.clone());
        }
    }
    found
}

/// The sample with values that are awkward to write.
fn awkward() -> Estate {
    let mut estate = Estate::sample();
    estate.set("servers", "fe01.contoso.com", "IP address", "10.99.88.77");
    estate.set(
        "servers",
        "fe01.contoso.com",
        "Location",
        "Rack \"Ö & <7>\"",
    );
    estate.set(
        "servers",
        "fe01.contoso.com",
        "Notes",
        "ping 10.99.88.77 or 2001:db8::77, or ring +1 999 888 7777",
    );
    estate.set(
        "servers",
        "fe01.contoso.com",
        "System image",
        r"\\imagehost77.contoso.com\img$\fe01.wim",
    );
    estate.set("servers", "fe01.contoso.com", "Owner", "Quux & Söhne");
    estate.write();
    estate.run(&["build", "--as-of", "2014-06-10"]);
    estate
}

const FE01: [&str; 2] = ["--only", "server:fe01.contoso.com"];

#[test]
fn hidden_values_stand_in_no_byte_of_a_bundle() {
    let estate = awkward();
    let everything = [
        "10.99.88.77",
        "2001:db8::77",
        "+1 999 888 7777",
        r"\\imagehost77.contoso.com",
    ];
    let people = [
        "Rack \"Ö & <7>\"",
        "Quux & Söhne",
        "Priya Raman",
        "priya.raman@example.com",
    ];
    let with = |profile: &str| {
        let (code, said) = bundle(
            &estate,
            "b.zip",
            &[&FE01[..], &["--profile", profile]].concat(),
        );
        assert_eq!(code, 0, "{said}");
        read(&estate, "b.zip")
    };
    let vault = with("vault");
    for value in everything.iter().chain(&people) {
        assert!(
            !places(&vault, value).is_empty(),
            "{value} is nowhere, so its absence proves nothing"
        );
    }
    let ticket = with("ticket");
    let vendor = with("vendor");
    for value in everything {
        assert_eq!(places(&ticket, value), [""; 0], "{value}");
        assert_eq!(places(&vendor, value), [""; 0], "{value}");
    }
    for value in people {
        assert_eq!(places(&vendor, value), [""; 0], "{value}");
    }
    // Whom to call is a matter of the contacts sheet, where something stands and whose it is are not.
    let (places_of, contacts) = people.split_at(2);
    for value in places_of {
        assert!(!places(&ticket, value).is_empty(), "{value}");
    }
    for value in contacts {
        assert_eq!(places(&ticket, value), [""; 0], "{value}");
    }
    let page = &ticket["servers/fe01.contoso.com.md"];
    assert!(String::from_utf8_lossy(page).contains("withheld in this copy"));
}

/// Hidden values as people write them, in the notes of a server each, and what must stand nowhere.
const SPELLINGS: [(&str, &str); 20] = [
    ("iLO:10.66.0.1 in rack", "10.66.0.1"),
    ("VLAN10.66.0.2eth0", "10.66.0.2"),
    ("from 10.66.0.3-9 on", "10.66.0.3"),
    ("１０．６６．０．４", "１０．６６"),
    ("010.066.000.005", "010.066"),
    ("[2001:db8:66::1]:443", "2001:db8:66"),
    ("fe80::66:2%eth0", "fe80::66"),
    ("00-50-56-66-00-01", "00-50-56-66"),
    ("ring 206 666 0001 x7", "666 0001"),
    ("+1\u{2013}206\u{2013}666\u{2013}0002", "666\u{2013}0002"),
    ("(0)206\u{2009}666\u{2011}0003", "666\u{2011}0003"),
    ("see \\\\leak1 for it", "leak1"),
    ("smb://leak2/share", "leak2"),
    ("\\\\?\\UNC\\leak3\\share, and leak3 itself", "leak3"),
    ("\\\\leak4@SSL\\DavWWWRoot", "leak4"),
    ("leak5:/export", "leak5"),
    ("take pfx-leak-6 from there", "pfx-leak-6"),
    ("Ramírez, Zoë knows", "Ramírez"),
    ("ask ZOË  RAMÍREZ", "RAMÍREZ"),
    ("pager-77-leak", "pager-77-leak"),
];

/// Adds a column to a sheet, with a text in one row.
fn add(estate: &mut Estate, sheet: &str, row: &str, column: &str, text: &str) {
    let rows = &mut estate.sheet(sheet).rows;
    rows[0].push(column.to_owned());
    for cells in &mut rows[1..] {
        let cell = if cells[0] == row { text } else { "" };
        cells.push(cell.to_owned());
    }
}

/// The servers in whose notes they stand.
const SPELLED_AT: [&str; 3] = ["fe01.contoso.com", "fe02.contoso.com", "fe03.contoso.com"];

/// The sample with these texts as notes, and contacts and an entry of a vault that they speak of.
fn everyday() -> Estate {
    let mut estate = Estate::sample();
    for (index, server) in SPELLED_AT.iter().enumerate() {
        let own = SPELLINGS.iter().skip(index).step_by(SPELLED_AT.len());
        let notes: Vec<&str> = own.map(|(text, _)| *text).collect();
        estate.set("servers", server, "Notes", &notes.join(" | "));
    }
    estate.set("contacts", "Backup", "Name", "Zoë Ramírez");
    estate.set("contacts", "Backup", "Phone", "+1 206 666 0003");
    estate.set("contacts", "Backup", "Alternate", "Lync Server");
    add(&mut estate, "contacts", "Backup", "Pager", "pager-77-leak");
    add(
        &mut estate,
        "servers",
        "fe02.contoso.com",
        "Admin",
        "admin-leak-8",
    );
    add(
        &mut estate,
        "servers",
        "fe02.contoso.com",
        "Asset",
        "asset-9",
    );
    estate.set(
        "certificates",
        "pool01.contoso.com",
        "Vault entry",
        "LYNC/pfx-leak-6",
    );
    estate.write();
    estate.run(&["build", "--as-of", "2014-06-10"]);
    estate
}

#[test]
fn hidden_values_are_found_however_they_are_spelled() {
    let estate = everyday();
    let with = |profile: &str| {
        let more = [&["--profile", profile, "--only"][..], &SPELLED_AT].concat();
        let (code, said) = bundle(&estate, "b.zip", &more);
        assert_eq!(code, 0, "{said}");
        read(&estate, "b.zip")
    };
    let (vault, ticket) = (with("vault"), with("ticket"));
    for (text, part) in SPELLINGS {
        assert!(
            !places(&vault, part).is_empty(),
            "{part} is nowhere, so its absence proves nothing"
        );
        assert_eq!(places(&ticket, part), [""; 0], "{text}");
    }
    assert_eq!(places(&ticket, "admin-leak-8"), [""; 0]);
    assert_eq!(places(&ticket, "asset-9"), [""; 0]);
    std::fs::write(
        estate.worksheets().join("restore-packets.toml"),
        "[profiles.ticket]\nshow = ['Asset']\n",
    )
    .expect("a project file");
    // An ordinary word goes from its own cell and leaves no holes in procedures.
    let page = String::from_utf8_lossy(&ticket["servers/fe01.contoso.com.md"]);
    assert!(page.contains("Lync Server 2013"), "{page}");
    let more = [&["--only"][..], &SPELLED_AT].concat();
    let (_, said) = bundle(&estate, "c.zip", &more);
    assert!(said.contains("short or ordinary: `lync server`"), "{said}");
    let shown = with("ticket");
    assert!(!places(&shown, "asset-9").is_empty());
    assert_eq!(places(&shown, "admin-leak-8"), [""; 0]);
    let readme = String::from_utf8_lossy(&ticket["README.txt"]);
    assert!(
        readme.contains("hosts of shares, in UNC paths and addresses"),
        "{readme}"
    );
}

#[test]
fn a_bundle_is_the_same_every_time_whole_and_stamped() {
    let estate = awkward();
    let bytes = |name: &str| {
        let (code, said) = bundle(&estate, name, &["--plan", "pool:pool01.contoso.com"]);
        assert_eq!(code, 0, "{said}");
        std::fs::read(estate.path().join(name)).expect("a bundle")
    };
    assert!(bytes("a.zip") == bytes("b.zip"));
    let (code, said) = run(&estate, &["verify", "a.zip", "--on", "2014-06-10"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("Bundle for change CHG0012345, profile ticket."),
        "{said}"
    );
    let files = read(&estate, "a.zip");
    for path in [
        "README.txt",
        "SHA256SUMS",
        "index.html",
        "restore-order.md",
        "pools/pool01.contoso.com.xlsx",
    ] {
        assert!(files.contains_key(path), "{path} is missing");
    }
    for path in files.keys() {
        assert!(path.is_ascii() && !path.contains(' '), "{path}");
    }
    let pages = files.iter().filter(|(path, _)| {
        !path.contains(".xlsx/")
            && [".html", ".md", ".json"]
                .iter()
                .any(|end| path.ends_with(end))
    });
    for (path, bytes) in pages {
        assert!(
            String::from_utf8_lossy(bytes).contains("CHG0012345"),
            "{path} does not name the change"
        );
    }
    // A pool brings the servers that are lost with it.
    assert!(files.contains_key("servers/sql01.contoso.com.html"));
    assert!(!files.contains_key("servers/edge01.contoso.com.html"));
}

#[test]
fn what_grows_too_large_is_split_into_zips_that_stand_alone() {
    let estate = awkward();
    let some = [
        "--only",
        "fe01.contoso.com",
        "fe02.contoso.com",
        "fe03.contoso.com",
    ];
    let (code, said) = bundle(
        &estate,
        "s.zip",
        &[&some[..], &["--max-file-size", "140kB"]].concat(),
    );
    assert_eq!(code, 0, "{said}");
    let mut packets = 0;
    for number in 1.. {
        let name = format!("s-{number}.zip");
        let Ok(bytes) = std::fs::read(estate.path().join(&name)) else {
            assert!(number > 2, "{said}");
            break;
        };
        assert!(bytes.len() <= 140_000, "{name} takes {}", bytes.len());
        let (code, said) = run(&estate, &["verify", &name, "--on", "2014-06-10"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(&format!("part {number} of ")), "{said}");
        packets += read(&estate, &name)
            .keys()
            .filter(|path| path.starts_with("servers/") && path.contains(".com.html"))
            .count();
    }
    assert_eq!(packets, 3);
    let (code, said) = bundle(
        &estate,
        "t.zip",
        &[&some[..], &["--max-file-size", "20kB"]].concat(),
    );
    assert!(code == 3 && said.contains("one may take 20000"), "{said}");
    let (code, said) = bundle(
        &estate,
        "t.zip",
        &[&some[..], &["--max-size", "20kB"]].concat(),
    );
    assert!(code == 3 && said.contains("they may take 20000"), "{said}");
    assert!(!estate.path().join("t.zip").exists() && !estate.path().join("t-1.zip").exists());
}

#[test]
fn what_is_unknown_is_refused_with_the_nearest() {
    let estate = awkward();
    let cases: [(&[&str], &str); 5] = [
        (&["--only", "fe1.contoso.com"], "did you mean"),
        (&["--site", "Seatle"], "did you mean `Seattle`?"),
        (&["--profile", "tiket"], "did you mean `ticket`?"),
        (&["--max-file-size", "much"], "is no size"),
        (&["--sign", "nokey"], "cannot sign with"),
    ];
    for (arguments, expected) in cases {
        let (code, said) = bundle(&estate, "b.zip", arguments);
        assert!(code == 2 && said.contains(expected), "{code} {said}");
    }
    assert!(!estate.path().join("b.zip").exists());
}

#[test]
fn an_output_folder_that_is_not_as_issued_is_refused() {
    let estate = awkward();
    let refused = |expected: &str| {
        let (code, said) = bundle(&estate, "b.zip", &FE01);
        assert!(code == 1 && said.contains(expected), "{code} {said}");
        assert!(!estate.path().join("b.zip").exists());
    };
    let page = estate.output().join("servers/fe02.contoso.com.md");
    let issued = std::fs::read(&page).expect("a page");
    std::fs::write(&page, "changed").expect("written");
    refused("servers/fe02.contoso.com.md");
    std::fs::write(&page, issued).expect("written");
    let data = estate
        .output()
        .join(".state/packets/server-fe01.contoso.com.json");
    let kept = std::fs::read_to_string(&data).expect("data");
    std::fs::write(&data, kept.replace("10.99.88.77", "10.99.88.78")).expect("written");
    refused("is missing or damaged");
    std::fs::write(
        &data,
        kept.replacen("restore-packets 0", "restore-packets 9", 1),
    )
    .expect("written");
    refused("was written by restore-packets 9");
    std::fs::write(&data, kept).expect("written");
    std::fs::write(estate.output().join(".state/publish.journal"), "{}").expect("written");
    refused("interrupted");
}

#[test]
fn a_cell_that_looks_like_a_secret_blocks_the_bundle() {
    let mut estate = Estate::sample();
    estate.set(
        "servers",
        "fe01.contoso.com",
        "Notes",
        "Password: Tr0ub4dor&3",
    );
    estate.write();
    estate.run(&["build", "--as-of", "2014-06-10"]);
    let (code, said) = bundle(&estate, "b.zip", &FE01);
    assert!(
        code == 1 && said.contains("looks like a password"),
        "{code} {said}"
    );
    // Where one secret stands, others may; that this one is another packet's does not matter.
    let (code, said) = bundle(&estate, "b.zip", &["--only", "fe02.contoso.com"]);
    assert!(
        code == 1 && said.contains("looks like a password"),
        "{said}"
    );
}

/// A file of a zip.
type Part<'a> = (&'a str, &'a [u8]);

/// Writes a zip with these files.
fn zip(path: &Path, files: &[Part]) {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a file");
        writer.write_all(bytes).expect("written");
    }
    let bytes = writer.finish().expect("a zip").into_inner();
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn a_zip_that_climbs_out_repeats_a_name_or_is_a_bomb_is_refused() {
    let estate = Estate::sample();
    let bomb = vec![0; 120 << 20];
    let cases: [(&[Part], &str); 3] = [
        (
            &[("manifest.json", b"{}"), ("../../x.md", b"x")],
            "leads out of the folder",
        ),
        (
            &[("manifest.json", b"{}"), ("a.md", b"x"), ("A.md", b"y")],
            "have the name `A.md`",
        ),
        (
            &[("manifest.json", b"{}"), ("a.md", &bomb)],
            "says it unpacks to",
        ),
    ];
    for (files, expected) in cases {
        zip(&estate.path().join("bad.zip"), files);
        let (code, said) = run(&estate, &["verify", "bad.zip"]);
        assert!(code == 1 && said.contains(expected), "{code} {said}");
    }
    // An entry may say it is small; what it unpacks to is read no further than that.
    zip(
        &estate.path().join("bad.zip"),
        &[("manifest.json", b"{}"), ("a.md", &bomb)],
    );
    let mut bytes = std::fs::read(estate.path().join("bad.zip")).expect("a zip");
    let honest = u32::try_from(bomb.len()).expect("small").to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|four| four == honest) {
        bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    std::fs::write(estate.path().join("bad.zip"), bytes).expect("written");
    assert_eq!(run(&estate, &["verify", "bad.zip"]).0, 1);
}
