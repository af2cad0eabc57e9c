//! Redmine: each file is uploaded by itself and answered with a token; the issue is then given the tokens and
//! the note in one change.

use serde_json::{Value, json};

use super::client::{self, Client, Sent, attachments, list, text};
use super::naming::in_address;
use super::wire::LONGEST_ANSWER;
use super::{Attached, Method, Outgoing, System, Trouble, What};

/// An issue.
pub struct Issue<'a> {
    client: Client<'a>,
    id: &'a str,
}

impl<'a> Issue<'a> {
    /// The issue of this number.
    pub(super) fn new(client: Client<'a>, id: &'a str) -> Self {
        Self { client, id }
    }

    fn upload(&self, file: &Outgoing) -> Result<Value, Trouble> {
        let path = format!("/uploads.json?filename={}", in_address(&file.name));
        let headers = vec![("Content-Type", "application/octet-stream".to_owned())];
        let body = &file.bytes;
        let sent = Sent { headers, body };
        let answer = self
            .client
            .exchange(Method::Post, &path, sent, LONGEST_ANSWER);
        let answer = answer.map_err(|trouble| refused(trouble).about(&file.name))?;
        let token = text(&client::json(&answer)?, "/upload/token")?;
        Ok(json!({
            "token": token,
            "filename": file.name,
            "content_type": file.media_type(),
        }))
    }
}

impl Issue<'_> {
    fn change(&self, fields: &Value) -> Result<(), Trouble> {
        let path = format!("/issues/{}.json", self.id);
        self.client
            .send_json(Method::Put, &path, &json!({"issue": fields}))?;
        Ok(())
    }
}

/// Size and type are refused with one status; only the words differ, and they are translated.
fn refused(mut trouble: Trouble) -> Trouble {
    let said = trouble.said.as_deref().unwrap_or_default();
    if trouble.what == What::Refused(422) {
        if said.contains("exceeds the maximum") {
            trouble.what = What::TooLarge(None);
        } else if said.contains("not allowed") {
            trouble.what = What::RefusedType;
        }
    }
    trouble
}

impl System for Issue<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        let path = format!("/issues/{}.json?include=attachments", self.id);
        let issue = self.client.ask(&path)?;
        attachments(&issue, "/issue/attachments", "/filesize")
    }

    fn notes(&self, _: &Attached) -> Result<Vec<String>, Trouble> {
        let path = format!("/issues/{}.json?include=journals", self.id);
        let issue = self.client.ask(&path)?;
        let journals = list(&issue, "/issue/journals")?.iter();
        Ok(journals.filter_map(|it| text(it, "/notes").ok()).collect())
    }

    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
        // Not by `content_url`: it names whatever host the server was configured with.
        let path = format!("/attachments/download/{}", attached.id);
        self.client.fetch(&path, expected)
    }

    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
        let uploads = files.iter().map(|file| self.upload(file));
        let uploads = uploads.collect::<Result<Vec<_>, _>>()?;
        self.change(&json!({"notes": note, "uploads": uploads}))
    }

    fn takes_both(&self) -> bool {
        true
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        self.change(&json!({"notes": note}))
    }
}
