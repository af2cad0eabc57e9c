//! What each system is asked, word for word, and what is made of its answers.

use serde_json::json;

use super::*;
use crate::script::{self, Asked, Script, outgoing};
use crate::{Address, Attached, Secret, What};

/// Lists, reads the first file found, and adds one file with a note; returns what the server was asked.
fn session(kind: Kind, id: &str, script: Script) -> Vec<Asked> {
    let record = script::record(kind, id);
    {
        let system = open(&script, &record, &script::token()).expect("a record");
        let standing = system.look().expect("a list");
        let names: Vec<&str> = standing.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["old.html", "new.html"]);
        assert_eq!((standing[0].size, standing[1].size), (5, 6));
        assert_eq!(
            system.read(&standing[0], 5).expect("bytes"),
            b"h\xc3\xa9\r\n"
        );
        let note = "Line one.\n\nLine two.";
        system
            .add(&[outgoing("a.html", b"<p>")], note)
            .expect("added");
        if !system.takes_both() {
            system.say(note).expect("said");
        }
    }
    script.asked()
}

#[test]
fn request_tracker_takes_one_comment() {
    let script = Script::of(&[
        ("GET /REST/2.0/ticket/7", 200, "{}"),
        (
            "GET /REST/2.0/ticket/7/attachments?fields=Filename,ContentLength,TransactionId&per_page=100&page=1",
            200,
            r#"{"pages":2,"items":[{"id":"12","Filename":"new.html","ContentLength":"6"},{"id":"8","Filename":"","ContentLength":"0"}]}"#,
        ),
        (
            "GET /REST/2.0/ticket/7/attachments?fields=Filename,ContentLength,TransactionId&per_page=100&page=2",
            200,
            r#"{"pages":2,"items":[{"id":"9","Filename":"old.html","ContentLength":"5"}]}"#,
        ),
        (
            "GET /REST/2.0/attachment/9",
            200,
            r#"{"Content":"aMOp\nDQo=\n"}"#,
        ),
        (
            "POST /REST/2.0/ticket/7/comment",
            201,
            r#"["Comments added"]"#,
        ),
    ]);
    let asked = session(Kind::RequestTracker, "7", script);
    assert_eq!(asked[0].header("Authorization"), Some("token s3cret"));
    let form = String::from_utf8(asked[4].body.clone()).expect("text");
    let comment = r#"{"Content":"Line one.\n\nLine two.","ContentType":"text/plain"}"#;
    for part in [
        format!("name=\"JSON\"\r\n\r\n{comment}\r\n"),
        "name=\"Attachments\"; filename=\"a.html\"\r\nContent-Type: application/octet-stream\r\n\r\n<p>\r\n".to_owned(),
    ] {
        assert!(form.contains(&part), "{form}");
    }
    let kind = asked[4].header("Content-Type");
    assert!(kind.is_some_and(|it| it.starts_with("multipart/form-data; boundary=")));
}

#[test]
fn redmine_uploads_then_changes_the_issue() {
    let script = Script::of(&[
        (
            "GET /issues/7.json?include=attachments",
            200,
            r#"{"issue":{"attachments":[{"id":5,"filename":"new.html","filesize":6},{"id":3,"filename":"old.html","filesize":5}]}}"#,
        ),
        ("GET /attachments/download/3", 200, "h\u{e9}\r\n"),
        (
            "POST /uploads.json?filename=a.html",
            201,
            r#"{"upload":{"id":6,"token":"6.abc"}}"#,
        ),
        ("PUT /issues/7.json", 204, ""),
    ]);
    let asked = session(Kind::Redmine, "7", script);
    assert_eq!(asked[0].header("X-Redmine-API-Key"), Some("s3cret"));
    assert_eq!(
        asked[2].header("Content-Type"),
        Some("application/octet-stream")
    );
    assert_eq!(asked[2].body, b"<p>");
    assert_eq!(
        asked[3].json(),
        json!({"issue": {
            "notes": "Line one.\n\nLine two.",
            "uploads": [{"token": "6.abc", "filename": "a.html", "content_type": "text/html"}],
        }})
    );
}

#[test]
fn jira_takes_forms_and_a_document() {
    let script = Script::of(&[
        (
            "GET /rest/api/3/issue/OPS-7?fields=attachment",
            200,
            r#"{"fields":{"attachment":[{"id":"10001","filename":"new.html","size":6},{"id":"9999","filename":"old.html","size":5}]}}"#,
        ),
        (
            "GET /rest/api/3/attachment/content/9999?redirect=false",
            200,
            "h\u{e9}\r\n",
        ),
        ("POST /rest/api/3/issue/OPS-7/attachments", 200, "[]"),
        ("POST /rest/api/3/issue/OPS-7/comment", 201, "{}"),
    ]);
    let asked = session(Kind::Jira, "OPS-7", script);
    assert_eq!(asked[0].header("Authorization"), Some("Bearer s3cret"));
    assert_eq!(asked[2].header("X-Atlassian-Token"), Some("no-check"));
    let kind = asked[2].header("Content-Type").expect("a type");
    assert!(kind.starts_with("multipart/form-data; boundary="), "{kind}");
    let form = String::from_utf8_lossy(&asked[2].body);
    assert!(
        form.contains("name=\"file\"; filename=\"a.html\""),
        "{form}"
    );
    let paragraphs = asked[3].json()["body"]["content"].clone();
    assert_eq!(paragraphs[0]["content"][0]["text"], "Line one.");
    assert_eq!(paragraphs[1]["content"][0]["text"], "Line two.");
}

#[test]
fn jira_says_its_limit_or_that_it_takes_nothing() {
    let limit = |answer: &str| {
        let script = Script::of(&[("GET /rest/api/3/attachment/meta", 200, answer)]);
        let record = script::record(Kind::Jira, "OPS-7");
        let system = open(&script, &record, &script::token()).expect("an issue");
        system.limit()
    };
    assert_eq!(
        limit(r#"{"enabled":true,"uploadLimit":100}"#),
        Ok(Some(100))
    );
    let off = limit(r#"{"enabled":false}"#).expect_err("trouble");
    assert_eq!(off.what, What::Permission);
}

#[test]
fn servicenow_finds_the_record_first() {
    let script = Script::of(&[
        (
            "GET /api/now/table/change_request?sysparm_query=number%3DCHG0012345&sysparm_fields=sys_id,number&sysparm_limit=2",
            200,
            r#"{"result":[{"sys_id":"5054b6f8","number":"CHG0012345"}]}"#,
        ),
        (
            "GET /api/now/attachment?sysparm_query=table_name%3Dchange_request%5Etable_sys_id%3D5054b6f8%5EORDERBYsys_created_on&sysparm_limit=500&sysparm_offset=0",
            200,
            r#"{"result":[{"sys_id":"aa","file_name":"old.html","size_bytes":"5"},{"sys_id":"bb","file_name":"new.html","size_bytes":"6"}]}"#,
        ),
        ("GET /api/now/attachment/aa/file", 200, "h\u{e9}\r\n"),
        (
            "POST /api/now/attachment/file?table_name=change_request&table_sys_id=5054b6f8&file_name=a.html",
            201,
            r#"{"result":{}}"#,
        ),
        ("PATCH /api/now/table/change_request/5054b6f8", 200, "{}"),
    ]);
    let asked = session(Kind::ServiceNow, "CHG0012345", script);
    assert_eq!(asked[3].header("Content-Type"), Some("text/html"));
    assert_eq!(asked[3].body, b"<p>");
    assert_eq!(
        asked[4].json(),
        json!({"work_notes": "Line one.\n\nLine two."})
    );
    assert!(
        asked
            .iter()
            .all(|it| it.header("Authorization") == Some("Bearer s3cret")),
        "{}",
        asked[0].line
    );
}

#[test]
fn servicenow_knows_the_tables_of_numbers_and_unknown_numbers() {
    for (id, table) in [
        ("INC0000001", "incident"),
        ("ctask0000001", "change_task"),
        ("X1", "change_request"),
    ] {
        let line = format!(
            "GET /api/now/table/{table}?sysparm_query=number%3D{id}&sysparm_fields=sys_id,number&sysparm_limit=2"
        );
        for answer in [
            r#"{"result":[]}"#,
            r#"{"result":[{"sys_id":"a"},{"sys_id":"b"}]}"#,
        ] {
            let script = Script::of(&[(&line, 200, answer)]);
            let record = script::record(Kind::ServiceNow, id);
            let opened = open(&script, &record, &script::token());
            assert_eq!(opened.err().map(|it| it.what), Some(What::UnknownRecord));
        }
    }
}

/// What a failing status of the first question means, and what is told of it.
fn failing(kind: Kind, status: u16, body: &str) -> (What, Option<String>) {
    let script = Script::of(&[("GET /issues/7.json?include=attachments", status, body)]);
    let record = script::record(kind, "7");
    let system = open(&script, &record, &script::token()).expect("an issue");
    let trouble = system.look().expect_err("trouble");
    (trouble.what, trouble.said)
}

#[test]
fn each_failing_status_has_its_meaning() {
    for (status, what) in [
        (401, What::Credentials),
        (403, What::Permission),
        (404, What::UnknownRecord),
        (413, What::TooLarge(None)),
        (415, What::RefusedType),
        (409, What::Refused(409)),
        (429, What::Failing(429)),
        (500, What::Failing(500)),
        (301, What::Elsewhere(String::new())),
    ] {
        assert_eq!(failing(Kind::Redmine, status, "").0, what);
    }
    assert_eq!(failing(Kind::Redmine, 200, "<html>").0, What::NotUnderstood);
    assert_eq!(failing(Kind::Redmine, 200, "{}").0, What::NotUnderstood);
}

#[test]
fn what_a_server_says_is_shown_in_a_line_without_the_secret() {
    let said = |body: &str| failing(Kind::Redmine, 500, body).1;
    assert_eq!(said(r#"{"errors":["a","b"]}"#).as_deref(), Some("a; b"));
    assert_eq!(said(r#"{"error":{"message":"no"}}"#).as_deref(), Some("no"));
    assert_eq!(said("key s3cret\n is bad").as_deref(), Some("key … is bad"));
    assert_eq!(said("<html>long page</html>"), None);
    assert_eq!(said(""), None);
    assert_eq!(said(&"x".repeat(999)).map(|it| it.len()), Some(200));
}

#[test]
fn redmine_says_in_words_what_others_say_by_status() {
    let add = |status, words: &str| {
        let body = json!({"errors": [words]}).to_string();
        let script = Script::of(&[("POST /uploads.json?filename=a.html", status, &body)]);
        let record = script::record(Kind::Redmine, "7");
        let system = open(&script, &record, &script::token()).expect("an issue");
        system
            .add(&[outgoing("a.html", b"<p>")], "")
            .expect_err("trouble")
    };
    let large = add(
        422,
        "This file cannot be uploaded because it exceeds the maximum allowed file size (5 MB)",
    );
    assert_eq!(
        (large.what, large.file.as_deref()),
        (What::TooLarge(None), Some("a.html"))
    );
    let refused = add(422, "Attachment extension .html is not allowed");
    assert_eq!(refused.what, What::RefusedType);
    assert_eq!(add(422, "Subject is empty").what, What::Refused(422));
}

#[test]
fn numbers_that_would_change_an_address_are_none() {
    let address = || Address::parse("https://a", false).expect("an address");
    let record = |kind, id| Record::new(kind, address(), id, None).is_ok();
    assert!(record(Kind::Jira, "OPS-7") && record(Kind::ServiceNow, "CHG0012345"));
    assert!(record(Kind::RequestTracker, "7") && !record(Kind::RequestTracker, "CHG7"));
    for id in ["", "7/../8", "7^ORnumber=8", "7?x", "7 8", "7%2F"] {
        assert!(!record(Kind::ServiceNow, id), "{id}");
    }
    let table = |table: &str| Record::new(Kind::ServiceNow, address(), "1", Some(table.to_owned()));
    assert!(table("u_change").is_ok() && table("a/b").is_err() && table("").is_err());
}

#[test]
fn credentials_in_pairs_go_to_every_system() {
    let pair = Credentials::Basic("op".to_owned(), Secret::new("pw").expect("a secret"));
    let line = "GET /issues/7.json?include=attachments";
    let script = Script::of(&[(line, 200, r#"{"issue":{"attachments":[]}}"#)]);
    let record = script::record(Kind::Redmine, "7");
    let system = open(&script, &record, &pair).expect("an issue");
    assert_eq!(system.look(), Ok(Vec::new()));
    drop(system);
    assert_eq!(
        script.asked()[0].header("Authorization"),
        Some("Basic b3A6cHc=")
    );
}

/// The notes that may tell who attached a file.
fn notes(kind: Kind, id: &str, answers: &[(&str, u16, &str)]) -> Vec<String> {
    let script = Script::of(answers);
    let record = script::record(kind, id);
    let system = open(&script, &record, &script::token()).expect("a record");
    let file = Attached {
        id: "12".to_owned(),
        name: "a.html".to_owned(),
        size: 5,
    };
    let notes = system.notes(&file).expect("notes");
    drop(system);
    script.asked();
    notes
}

#[test]
fn notes_are_read_where_each_system_keeps_them() {
    let found = notes(
        Kind::RequestTracker,
        "7",
        &[
            (
                "GET /REST/2.0/ticket/7/attachments?fields=Filename,ContentLength,TransactionId&per_page=100&page=1",
                200,
                r#"{"pages":1,"items":[{"id":"10","Filename":"","ContentLength":"0","TransactionId":"34"},{"id":"11","Filename":"","ContentLength":"2","TransactionId":"34"},{"id":"12","Filename":"a.html","ContentLength":"5","TransactionId":"34"},{"id":"13","Filename":"","ContentLength":"2","TransactionId":"35"}]}"#,
            ),
            ("GET /REST/2.0/attachment/11", 200, r#"{"Content":"aGk="}"#),
        ],
    );
    assert_eq!(found, ["hi"]);
    let found = notes(
        Kind::Redmine,
        "7",
        &[(
            "GET /issues/7.json?include=journals",
            200,
            r#"{"issue":{"journals":[{"notes":"hi"},{"notes":null},{}]}}"#,
        )],
    );
    assert_eq!(found, ["hi"]);
    let found = notes(
        Kind::Jira,
        "OPS-7",
        &[(
            "GET /rest/api/3/issue/OPS-7/comment?orderBy=-created&maxResults=100",
            200,
            r#"{"comments":[{"body":{"type":"doc","content":[{"content":[{"text":"a"},{"text":"b"}]},{"content":[{"text":"c"}]}]}}]}"#,
        )],
    );
    assert_eq!(found, ["ab\nc"]);
    let found = notes(
        Kind::ServiceNow,
        "CHG1",
        &[
            (
                "GET /api/now/table/change_request?sysparm_query=number%3DCHG1&sysparm_fields=sys_id,number&sysparm_limit=2",
                200,
                r#"{"result":[{"sys_id":"5054b6f8"}]}"#,
            ),
            (
                "GET /api/now/table/sys_journal_field?sysparm_query=element_id%3D5054b6f8%5Eelement%3Dwork_notes%5EORDERBYDESCsys_created_on&sysparm_fields=value&sysparm_limit=500",
                200,
                r#"{"result":[{"value":"hi"}]}"#,
            ),
        ],
    );
    assert_eq!(found, ["hi"]);
}
