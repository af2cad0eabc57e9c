//! The manifest's layout, to the letter, and what is said about one that cannot be read.

use super::*;
use crate::finding::{Code, Finding, Place};

fn packet(kind: Kind, fqdn: &str) -> PacketEntry {
    PacketEntry {
        kind,
        fqdn: fqdn.to_owned(),
        title: "Restore packet".to_owned(),
        edition: 3,
        fingerprint: "ABCD-EFGH-JKMN".to_owned(),
        issued: "2014-06-01".to_owned(),
        valid_until: None,
        status: Status::Gaps.into(),
        scenarios: vec!["member-server".to_owned()],
        files: vec![FileEntry::of(format!("servers/{fqdn}.md"), "md", b"abc")],
        findings: Vec::new(),
        read: Vec::new(),
        not_refreshed_since: None,
    }
}

fn manifest(packets: Vec<PacketEntry>) -> Manifest {
    Manifest {
        schema: Manifest::SCHEMA,
        tool: "restore-packets 0.2.0".to_owned(),
        as_of: "2014-06-02".to_owned(),
        cycle: CycleEntry {
            name: Some("2014-06".to_owned()),
            ..CycleEntry::default()
        },
        sources: Vec::new(),
        files: Vec::new(),
        packets,
        records: Vec::new(),
        changes: None,
        state: Vec::new(),
        ledger: None,
        bundle: None,
    }
}

#[test]
fn the_layout_is_the_published_one() {
    let mut entry = packet(SubjectKind::Server.into(), "fe01.contoso.com");
    let place = Place::file("servers.xlsx").sheet("Servers").cell(1, 0);
    entry.findings = vec![FindingEntry::of(
        &Finding::new(Code::UnusualFqdn, "m").at(&place),
    )];
    let text = String::from_utf8(manifest(vec![entry]).to_bytes().unwrap()).unwrap();
    let expected = r#"{
  "schema": 2,
  "tool": "restore-packets 0.2.0",
  "as_of": "2014-06-02",
  "cycle": {
    "name": "2014-06",
    "completed": null,
    "backup_location": null,
    "valid_until": null
  },
  "sources": [],
  "files": [],
  "packets": [
    {
      "kind": "server",
      "fqdn": "fe01.contoso.com",
      "title": "Restore packet",
      "edition": 3,
      "fingerprint": "ABCD-EFGH-JKMN",
      "issued": "2014-06-01",
      "valid_until": null,
      "status": "gaps",
      "scenarios": [
        "member-server"
      ],
      "files": [
        {
          "path": "servers/fe01.contoso.com.md",
          "format": "md",
          "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          "bytes": 3
        }
      ],
      "findings": [
        {
          "code": "unusual-fqdn",
          "severity": "warning",
          "message": "m",
          "path": "servers.xlsx",
          "sheet": "Servers",
          "cell": "A2",
          "help": null,
          "as_of": null
        }
      ]
    }
  ],
  "changes": null,
  "ledger": null
}
"#;
    assert_eq!(text, expected);
}

#[test]
fn what_was_written_is_read_back_and_unknown_fields_are_passed_over() {
    let written = manifest(vec![packet(Kind::Pool, "pool01.contoso.com")]);
    let text = String::from_utf8(written.to_bytes().unwrap()).unwrap();
    let extended = text.replacen('{', "{ \"weather\": \"fine\",", 1);
    assert_eq!(Manifest::parse(extended.as_bytes()).unwrap(), written);
}

#[test]
fn a_manifest_that_cannot_be_used_is_named_with_the_reason() {
    let evil = {
        let mut packet = packet(Kind::Server, "a");
        packet.files[0].path = "../a.md".to_owned();
        String::from_utf8(manifest(vec![packet]).to_bytes().unwrap()).unwrap()
    };
    let cases = [
        ("{\"schema\": 2, \"too", "is damaged (EOF while parsing"),
        ("{}", "is damaged (missing field `schema`"),
        ("{\"schema\": 2}", "is damaged (missing field `tool`"),
        (evil.as_str(), "is damaged (it names `../a.md`)"),
        (
            "{\"schema\": 3, \"anything\": []}",
            "was written by another version of this program (schema 3; this one knows 2)",
        ),
    ];
    for (text, reason) in cases {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(MANIFEST), text).unwrap();
        let error = Manifest::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("manifest.json"), "{error}");
        assert!(error.contains(reason), "{error}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(Manifest::read(empty.path()).unwrap(), None);
}

#[test]
fn packets_that_were_not_built_can_be_carried_over() {
    let mut old = packet(Kind::Server, "b");
    old.edition = 2;
    let previous = manifest(vec![
        packet(Kind::Server, "a"),
        old,
        packet(Kind::Server, "c"),
    ]);
    let mut new = manifest(vec![packet(Kind::Pool, "a"), packet(Kind::Server, "b")]);
    new.carry_over(&previous, |packet| packet.fqdn != "c");
    let names: Vec<_> = new
        .packets
        .iter()
        .map(|packet| (packet.kind, packet.fqdn.as_str(), packet.edition))
        .collect();
    let expected = [
        (Kind::Server, "a", 3),
        (Kind::Server, "b", 3),
        (Kind::Pool, "a", 3),
    ];
    assert_eq!(names, expected);
}
