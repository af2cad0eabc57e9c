//! Jira: each file is posted as a form of its own, then the note as a comment. By its documents; not tried on
//! the real thing.

use serde_json::{Value, json};

use super::client::{Client, Sent, attachments, list};
use super::multipart::Part;
use super::wire::LONGEST_ANSWER;
use super::{Attached, Method, Outgoing, System, Trouble, What, multipart};

/// How many comments are looked at, the newest.
const COMMENTS: usize = 100;

/// An issue.
pub struct Issue<'a> {
    client: Client<'a>,
    id: &'a str,
}

impl<'a> Issue<'a> {
    /// The issue of this key.
    pub(super) fn new(client: Client<'a>, id: &'a str) -> Self {
        Self { client, id }
    }

    fn upload(&self, file: &Outgoing) -> Result<(), Trouble> {
        let form = multipart::form(&[Part::File("file", file, file.media_type())]);
        let headers = vec![
            ("Accept", "application/json".to_owned()),
            ("Content-Type", form.content_type),
            // Without it the request is taken for one forged by a web page.
            ("X-Atlassian-Token", "no-check".to_owned()),
        ];
        let body = &form.body;
        let path = format!("/rest/api/3/issue/{}/attachments", self.id);
        let sent = Sent { headers, body };
        let sent = self
            .client
            .exchange(Method::Post, &path, sent, LONGEST_ANSWER);
        sent.map_err(|trouble| trouble.about(&file.name))?;
        Ok(())
    }
}

/// A text in Atlassian's document format: a paragraph for each line, which may not hold an empty text.
fn document(note: &str) -> Value {
    let lines = note.lines().filter(|line| !line.trim().is_empty());
    let paragraphs: Vec<_> = lines
        .map(|line| json!({"type": "paragraph", "content": [{"type": "text", "text": line}]}))
        .collect();
    json!({"body": {"type": "doc", "version": 1, "content": paragraphs}})
}

/// The text of such a document, a line for each paragraph.
fn plain(document: &Value) -> String {
    let paragraphs = document.pointer("/content").and_then(Value::as_array);
    let line = |paragraph: &Value| {
        let texts = paragraph.pointer("/content").and_then(Value::as_array);
        let texts = texts.into_iter().flatten();
        let texts = texts.filter_map(|it| it.pointer("/text")?.as_str());
        texts.collect::<String>()
    };
    let lines = paragraphs.into_iter().flatten().map(line);
    lines.collect::<Vec<_>>().join("\n")
}

impl System for Issue<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        let path = format!("/rest/api/3/issue/{}?fields=attachment", self.id);
        let issue = self.client.ask(&path)?;
        attachments(&issue, "/fields/attachment", "/size")
    }

    fn limit(&self) -> Result<Option<u64>, Trouble> {
        let settings = self.client.ask("/rest/api/3/attachment/meta")?;
        if settings.pointer("/enabled") == Some(&Value::Bool(false)) {
            return Err(Trouble {
                said: Some("attachments are switched off".to_owned()),
                ..What::Permission.into()
            });
        }
        Ok(settings.pointer("/uploadLimit").and_then(Value::as_u64))
    }

    fn notes(&self, _: &Attached) -> Result<Vec<String>, Trouble> {
        let path = format!(
            "/rest/api/3/issue/{}/comment?orderBy=-created&maxResults={COMMENTS}",
            self.id
        );
        let comments = self.client.ask(&path)?;
        let bodies = list(&comments, "/comments")?.iter();
        Ok(bodies
            .filter_map(|it| it.pointer("/body"))
            .map(plain)
            .collect())
    }

    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
        // Otherwise it sends to another host, where the credentials must not go.
        let path = format!(
            "/rest/api/3/attachment/content/{}?redirect=false",
            attached.id
        );
        self.client.fetch(&path, expected)
    }

    fn add(&self, files: &[Outgoing], _: &str) -> Result<(), Trouble> {
        files.iter().try_for_each(|file| self.upload(file))
    }

    fn takes_both(&self) -> bool {
        false
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        let path = format!("/rest/api/3/issue/{}/comment", self.id);
        self.client
            .send_json(Method::Post, &path, &document(note))?;
        Ok(())
    }
}
