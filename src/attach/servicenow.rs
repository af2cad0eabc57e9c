//! ServiceNow: a record is found by its number, each file is posted with its own type, and the note becomes a
//! work note. By its documents; not tried on the real thing.

use serde_json::json;

use super::client::{Client, Sent, list, text};
use super::naming::in_address;
use super::wire::LONGEST_ANSWER;
use super::{Attached, Method, Outgoing, Record, System, Trouble, What};

/// The tables whose numbers begin with a prefix of their own.
const TABLES: [(&str, &str); 7] = [
    ("CHG", "change_request"),
    ("CTASK", "change_task"),
    ("INC", "incident"),
    ("PRB", "problem"),
    ("RITM", "sc_req_item"),
    ("SCTASK", "sc_task"),
    ("REQ", "sc_request"),
];
/// Where a number of another prefix is looked for.
const USUAL_TABLE: &str = "change_request";
/// How many attachments a page of the list holds.
const PAGE: usize = 500;

/// A record of a table.
pub struct Task<'a> {
    client: Client<'a>,
    table: String,
    key: String,
}

impl<'a> Task<'a> {
    /// Looks a record up by its number, since attachments hang on its key.
    pub(super) fn find(client: Client<'a>, record: &Record) -> Result<Self, Trouble> {
        let table = record
            .table()
            .unwrap_or_else(|| table_of(record.id()))
            .to_owned();
        let found = client.ask(&format!(
            "/api/now/table/{table}?sysparm_query=number%3D{}&sysparm_fields=sys_id,number&sysparm_limit=2",
            record.id()
        ))?;
        let [only] = list(&found, "/result")? else {
            return Err(What::UnknownRecord.into());
        };
        let key = text(only, "/sys_id")?;
        // It becomes part of addresses, so it is what it is documented to be.
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(What::NotUnderstood.into());
        }
        Ok(Self { client, table, key })
    }

    fn page(&self, offset: usize) -> Result<Vec<Attached>, Trouble> {
        let (table, key) = (&self.table, &self.key);
        let page = self.client.ask(&format!(
            "/api/now/attachment?sysparm_query=table_name%3D{table}%5Etable_sys_id%3D{key}%5EORDERBYsys_created_on&sysparm_limit={PAGE}&sysparm_offset={offset}"
        ))?;
        let found = list(&page, "/result")?.iter().map(|item| {
            Ok(Attached {
                id: text(item, "/sys_id")?,
                name: text(item, "/file_name")?,
                size: text(item, "/size_bytes")?.parse().unwrap_or(0),
            })
        });
        found.collect()
    }

    fn upload(&self, file: &Outgoing) -> Result<(), Trouble> {
        let (table, key, name) = (&self.table, &self.key, &file.name);
        let path = format!(
            "/api/now/attachment/file?table_name={table}&table_sys_id={key}&file_name={}",
            in_address(name)
        );
        let headers = vec![
            ("Accept", "application/json".to_owned()),
            ("Content-Type", file.media_type().to_owned()),
        ];
        let body = &file.bytes;
        let sent = Sent { headers, body };
        let sent = self
            .client
            .exchange(Method::Post, &path, sent, LONGEST_ANSWER);
        sent.map_err(|trouble| trouble.about(name))?;
        Ok(())
    }
}

/// The table of a number: the letters before its digits say it.
fn table_of(number: &str) -> &'static str {
    let prefix = number.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = TABLES
        .iter()
        .find(|(known, _)| prefix.eq_ignore_ascii_case(known));
    known.map_or(USUAL_TABLE, |(_, table)| table)
}

impl System for Task<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        let mut all = Vec::new();
        loop {
            let page = self.page(all.len())?;
            let is_last = page.len() < PAGE;
            all.extend(page);
            if is_last {
                return Ok(all);
            }
        }
    }

    fn notes(&self, _: &Attached) -> Result<Vec<String>, Trouble> {
        let notes = self.client.ask(&format!(
            "/api/now/table/sys_journal_field?sysparm_query=element_id%3D{}%5Eelement%3Dwork_notes%5EORDERBYDESCsys_created_on&sysparm_fields=value&sysparm_limit={PAGE}",
            self.key
        ))?;
        let notes = list(&notes, "/result")?.iter();
        Ok(notes.filter_map(|it| text(it, "/value").ok()).collect())
    }

    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
        let path = format!("/api/now/attachment/{}/file", attached.id);
        self.client.fetch(&path, expected)
    }

    fn add(&self, files: &[Outgoing], _: &str) -> Result<(), Trouble> {
        files.iter().try_for_each(|file| self.upload(file))
    }

    fn takes_both(&self) -> bool {
        false
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        let path = format!("/api/now/table/{}/{}", self.table, self.key);
        let fields = json!({"work_notes": note});
        self.client.send_json(Method::Patch, &path, &fields)?;
        Ok(())
    }
}
