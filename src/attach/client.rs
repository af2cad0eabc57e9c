//! Asks one system: builds requests with its address and proof, and turns failing statuses into trouble.

use serde_json::Value;

use super::wire::LONGEST_ANSWER;
use super::{Address, Attached, Method, Request, Response, Secret, Trouble, What, Wire};
use crate::text::visible::visible;

/// How much of a server's own words is shown.
const SAID: usize = 200;

/// A system's address, how to prove who asks, and the wire to it.
pub struct Client<'a> {
    wire: &'a dyn Wire,
    address: &'a Address,
    proof: (&'static str, Secret),
    secret: Secret,
}

/// What is sent with a request, beside its path.
pub(super) struct Sent<'a> {
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: &'a [u8],
}

impl<'a> Client<'a> {
    /// A client that proves who it is by this header. The bare secret is struck from all it reports.
    pub fn new(
        wire: &'a dyn Wire,
        address: &'a Address,
        proof: (&'static str, Secret),
        secret: Secret,
    ) -> Self {
        Self {
            wire,
            address,
            proof,
            secret,
        }
    }

    /// Asks for JSON.
    pub(super) fn ask(&self, path: &str) -> Result<Value, Trouble> {
        let headers = vec![("Accept", "application/json".to_owned())];
        let sent = Sent { headers, body: &[] };
        let response = self.exchange(Method::Get, path, sent, LONGEST_ANSWER)?;
        json(&response)
    }

    /// Asks for a file's bytes, of which no more than one beyond the expected ones are read.
    pub(super) fn fetch(&self, path: &str, expected: u64) -> Result<Vec<u8>, Trouble> {
        let headers = vec![("Accept", "*/*".to_owned())];
        let sent = Sent { headers, body: &[] };
        let response = self.exchange(Method::Get, path, sent, expected.saturating_add(1))?;
        Ok(response.body)
    }

    /// Sends JSON.
    pub(super) fn send_json(
        &self,
        method: Method,
        path: &str,
        value: &Value,
    ) -> Result<Response, Trouble> {
        let body = value.to_string();
        let sent = Sent {
            headers: vec![
                ("Accept", "application/json".to_owned()),
                ("Content-Type", "application/json".to_owned()),
            ],
            body: body.as_bytes(),
        };
        self.exchange(method, path, sent, LONGEST_ANSWER)
    }

    /// Sends anything.
    pub(super) fn exchange(
        &self,
        method: Method,
        path: &str,
        sent: Sent<'_>,
        limit: u64,
    ) -> Result<Response, Trouble> {
        let (header, secret) = &self.proof;
        let request = Request {
            method,
            url: format!("{}{path}", self.address),
            proof: (header, secret),
            headers: sent.headers,
            body: sent.body,
            limit,
        };
        let response = self.wire.send(&request)?;
        let Some(what) = failing(&response) else {
            return Ok(response);
        };
        Err(Trouble {
            what,
            file: None,
            said: self.said(&response),
        })
    }

    /// What a failing server says: the message of its JSON, or its plain text; never a page of HTML.
    fn said(&self, response: &Response) -> Option<String> {
        let text = match serde_json::from_slice::<Value>(&response.body) {
            Ok(value) => message(&value)?,
            Err(_) => String::from_utf8(response.body.clone()).ok()?,
        };
        let text = self.proof.1.struck_from(&self.secret.struck_from(&text));
        let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_page = line.starts_with('<');
        (!line.is_empty() && !is_page).then(|| line.chars().take(SAID).collect())
    }
}

/// What a status means; `None` if all is well.
fn failing(response: &Response) -> Option<What> {
    Some(match response.status {
        200..=299 => return None,
        300..=399 => What::Elsewhere(response.location.clone().unwrap_or_default()),
        401 => What::Credentials,
        403 => What::Permission,
        404 => What::UnknownRecord,
        413 => What::TooLarge(None),
        415 => What::RefusedType,
        status @ (429 | 500..=599) => What::Failing(status),
        status => What::Refused(status),
    })
}

/// The messages in the forms the four systems use.
fn message(value: &Value) -> Option<String> {
    let lists = ["/errors", "/errorMessages"];
    let lists = lists.iter().filter_map(|at| value.pointer(at)?.as_array());
    let listed: Vec<&str> = lists.flatten().filter_map(Value::as_str).collect();
    if !listed.is_empty() {
        return Some(listed.join("; "));
    }
    let single = ["/message", "/error/message"];
    let single = single.iter().find_map(|at| value.pointer(at)?.as_str());
    single.map(str::to_owned)
}

/// A body that must be JSON.
pub(super) fn json(response: &Response) -> Result<Value, Trouble> {
    serde_json::from_slice(&response.body).map_err(|_| What::NotUnderstood.into())
}

/// A text in an answer that must be there. Numbers count as texts: systems differ.
pub(super) fn text(value: &Value, at: &str) -> Result<String, Trouble> {
    match value.pointer(at) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Err(What::NotUnderstood.into()),
    }
}

/// A list in an answer that must be there.
pub(super) fn list<'v>(value: &'v Value, at: &str) -> Result<&'v [Value], Trouble> {
    let list = value.pointer(at).and_then(Value::as_array);
    list.map(Vec::as_slice).ok_or(What::NotUnderstood.into())
}

/// The attachments that a record lists at `at`, each with its size at `size`; the oldest first, for their numbers rise.
pub(super) fn attachments(record: &Value, at: &str, size: &str) -> Result<Vec<Attached>, Trouble> {
    let found = list(record, at)?.iter().map(|item| {
        Ok(Attached {
            id: text(item, "/id")?,
            name: text(item, "/filename")?,
            size: text(item, size)?.parse().unwrap_or(0),
        })
    });
    let mut found = found.collect::<Result<Vec<_>, Trouble>>()?;
    found.sort_by_key(|it| it.id.parse::<u64>().unwrap_or(u64::MAX));
    Ok(found)
}
