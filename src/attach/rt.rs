//! Request Tracker 5, by REST2.
//!
//! A text attachment would be decoded by a guessed charset and stored re-encoded, so every file is sent as
//! `application/octet-stream`. Files and note are one comment, which its watchers are told of once; they are sent as a
//! form, since the server fails on a file's name in JSON if that has other letters than those of English.

use serde_json::json;

use super::client::{Client, Sent, list, text};
use super::wire::LONGEST_ANSWER;
use super::{Attached, Method, Outgoing, System, Trouble, What, multipart};
use crate::text::base64::decode;

/// How many attachments a page of the list holds; more are not given.
const PAGE: usize = 100;

/// Ours are far shorter, in bytes.
const LONGEST_NOTE: u64 = 1 << 20;

/// A ticket.
pub struct Ticket<'a> {
    client: Client<'a>,
    id: &'a str,
}

impl<'a> Ticket<'a> {
    /// The ticket of this number.
    pub(super) fn new(client: Client<'a>, id: &'a str) -> Self {
        Self { client, id }
    }

    /// Everything the ticket holds, oldest first; page by page. Parts without a name are texts of comments.
    fn parts(&self) -> Result<Vec<Part>, Trouble> {
        let mut parts: Vec<Part> = Vec::new();
        let mut number = 1;
        loop {
            let page = self.client.ask(&format!(
                "/REST/2.0/ticket/{}/attachments?fields=Filename,ContentLength,TransactionId&per_page={PAGE}&page={number}",
                self.id
            ))?;
            for item in list(&page, "/items")? {
                parts.push(Part::of(item)?);
            }
            let pages = page.pointer("/pages").and_then(serde_json::Value::as_u64);
            if pages.is_none_or(|pages| pages <= number) {
                parts.sort_by_key(|it| it.file.id.parse::<u64>().unwrap_or(u64::MAX));
                return Ok(parts);
            }
            number += 1;
        }
    }

    fn content(&self, id: &str) -> Result<Vec<u8>, Trouble> {
        let answer = self.client.ask(&format!("/REST/2.0/attachment/{id}"))?;
        let mut content = text(&answer, "/Content")?;
        content.retain(|c| !c.is_ascii_whitespace());
        decode(&content).ok_or_else(|| What::NotUnderstood.into())
    }

    fn comment(&self, note: &str, files: &[Outgoing]) -> Result<(), Trouble> {
        let comment = json!({"Content": note, "ContentType": "text/plain"}).to_string();
        let text = std::iter::once(multipart::Part::Text("JSON", &comment));
        let files = files
            .iter()
            .map(|file| multipart::Part::File("Attachments", file, "application/octet-stream"));
        let form = multipart::form(&text.chain(files).collect::<Vec<_>>());
        let headers = vec![
            ("Accept", "application/json".to_owned()),
            ("Content-Type", form.content_type),
        ];
        let body = &form.body;
        let path = format!("/REST/2.0/ticket/{}/comment", self.id);
        let sent = Sent { headers, body };
        self.client
            .exchange(Method::Post, &path, sent, LONGEST_ANSWER)?;
        Ok(())
    }
}

/// A part of a comment.
struct Part {
    /// Its name is empty if it is a text.
    file: Attached,
    /// The comment it came with.
    comment: Option<String>,
}

impl Part {
    fn of(item: &serde_json::Value) -> Result<Self, Trouble> {
        Ok(Self {
            file: Attached {
                id: text(item, "/id")?,
                name: text(item, "/Filename").unwrap_or_default(),
                size: text(item, "/ContentLength")?.parse().unwrap_or(0),
            },
            comment: text(item, "/TransactionId").ok(),
        })
    }
}

impl System for Ticket<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        // The list of an unknown ticket is empty, so the ticket itself is asked for.
        self.client.ask(&format!("/REST/2.0/ticket/{}", self.id))?;
        let files = self.parts()?.into_iter().map(|part| part.file);
        Ok(files.filter(|file| !file.name.is_empty()).collect())
    }

    /// Files and note are one comment, so its texts alone are read.
    fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble> {
        let parts = self.parts()?;
        let it = parts.iter().find(|part| part.file.id == beside.id);
        let Some(comment) = it.and_then(|part| part.comment.as_deref()) else {
            return Ok(Vec::new());
        };
        let is_text = |part: &&Part| {
            let Attached { name, size, .. } = &part.file;
            part.comment.as_deref() == Some(comment)
                && name.is_empty()
                && (1..=LONGEST_NOTE).contains(size)
        };
        let texts = parts.iter().filter(is_text).map(|part| {
            let bytes = self.content(&part.file.id)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        });
        texts.collect()
    }

    fn read(&self, attached: &Attached, _expected: u64) -> Result<Vec<u8>, Trouble> {
        self.content(&attached.id)
    }

    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
        self.comment(note, files)
    }

    fn takes_both(&self) -> bool {
        true
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        self.comment(note, &[])
    }
}
