//! Request Tracker 5, by REST2.
//!
//! A text attachment would be decoded by a guessed charset and stored re-encoded, so every file is sent as
//! `application/octet-stream`. Files and note are one comment, which its watchers are told of once.

use serde_json::{Value, json};

use super::client::{Client, list, text};
use super::{Attached, Method, Outgoing, System, Trouble, What};
use crate::text::base64::{decode, encode};

/// How many attachments a page of the list holds; more are not given.
const PAGE: usize = 100;

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

    /// A page of the list, and whether another follows. Parts without a name are texts of comments.
    fn page(&self, number: usize) -> Result<(Vec<Attached>, bool), Trouble> {
        let id = self.id;
        let page = self.client.ask(&format!(
            "/REST/2.0/ticket/{id}/attachments?fields=Filename,ContentLength&per_page={PAGE}&page={number}"
        ))?;
        let mut found = Vec::new();
        for item in list(&page, "/items")? {
            let name = text(item, "/Filename").unwrap_or_default();
            if !name.is_empty() {
                found.push(Attached {
                    id: text(item, "/id")?,
                    name,
                    size: text(item, "/ContentLength")?.parse().unwrap_or(0),
                });
            }
        }
        let pages = page.pointer("/pages").and_then(Value::as_u64);
        Ok((found, pages.is_some_and(|pages| pages > number as u64)))
    }
}

impl Ticket<'_> {
    fn comment(&self, note: &str, attachments: &[Value]) -> Result<(), Trouble> {
        let comment = json!({
            "Content": note,
            "ContentType": "text/plain",
            "Attachments": attachments,
        });
        let path = format!("/REST/2.0/ticket/{}/comment", self.id);
        self.client.send_json(Method::Post, &path, &comment)?;
        Ok(())
    }
}

impl System for Ticket<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        // The list of an unknown ticket is empty, so the ticket itself is asked for.
        self.client.ask(&format!("/REST/2.0/ticket/{}", self.id))?;
        let mut all = Vec::new();
        let mut number = 1;
        loop {
            let (found, more) = self.page(number)?;
            all.extend(found);
            if !more {
                all.sort_by_key(|it| it.id.parse::<u64>().unwrap_or(u64::MAX));
                return Ok(all);
            }
            number += 1;
        }
    }

    fn read(&self, attached: &Attached, _expected: u64) -> Result<Vec<u8>, Trouble> {
        let answer = self
            .client
            .ask(&format!("/REST/2.0/attachment/{}", attached.id))?;
        let mut content = text(&answer, "/Content")?;
        content.retain(|c| !c.is_ascii_whitespace());
        decode(&content).ok_or_else(|| What::NotUnderstood.into())
    }

    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
        let attachments: Vec<_> = files
            .iter()
            .map(|file| {
                json!({
                    "FileName": file.name,
                    "FileType": "application/octet-stream",
                    "FileContent": encode(&file.bytes),
                })
            })
            .collect();
        self.comment(note, &attachments)
    }

    fn takes_both(&self) -> bool {
        true
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        self.comment(note, &[])
    }
}
