//! Asks one system: builds requests with its address and proof, and turns failing statuses into trouble.

use serde_json::Value;

use super::strike::Strike;
use super::wire::LONGEST_ANSWER;
use super::{
    Address, Attached, Distrust, Fault, Method, Request, Response, Secret, Trouble, What, Wire,
};
use crate::text::visible::visible;

/// How much of a server's own words is shown.
const SAID: usize = 200;

/// How much of them is looked at: more than is shown, for what is struck out makes them shorter.
const HEARD: usize = 4_000;

/// How many names of a certificate are shown.
const NAMES: usize = 5;

/// A system's address, how to prove who asks, and the wire to it.
pub struct Client<'a> {
    wire: &'a dyn Wire,
    address: &'a Address,
    proof: (&'static str, Secret),
    strike: Strike,
}

/// What is sent with a request, beside its path.
pub(super) struct Sent<'a> {
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: &'a [u8],
}

impl<'a> Client<'a> {
    /// A client that proves who it is by this header. The secret is struck from all it reports.
    pub fn new(
        wire: &'a dyn Wire,
        address: &'a Address,
        proof: (&'static str, Secret),
        secret: &Secret,
    ) -> Self {
        let strike = Strike::of(&[&proof.1, secret]);
        Self {
            wire,
            address,
            proof,
            strike,
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
            patience: None,
        };
        let response = self.wire.send(&request);
        let response = response.map_err(|fault| self.without_secrets(fault))?;
        let Some(what) = self.failing(&response) else {
            return Ok(response);
        };
        Err(Trouble {
            what,
            file: None,
            said: self.said(&response),
        })
    }

    /// What a status means; `None` if all is well.
    fn failing(&self, response: &Response) -> Option<What> {
        Some(match response.status {
            200..=299 => return None,
            300..=399 => What::Elsewhere(self.place(response.location.as_deref())),
            401 => What::Credentials,
            403 => What::Permission,
            404 => What::UnknownRecord,
            413 => What::TooLarge(None),
            415 => What::RefusedType,
            status @ (429 | 500..=599) => What::Failing(status),
            status => What::Refused(status),
        })
    }

    /// Where a server sends: scheme, host and path. What else an address may hold is a name, a password or a question.
    fn place(&self, location: Option<&str>) -> String {
        let place = location.unwrap_or_default();
        let place = place.split(['?', '#']).next().unwrap_or_default();
        let place = match place.split_once("//") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                let host = host.rsplit('@').next().unwrap_or_default();
                format!("{scheme}//{host}{path}")
            }
            None => place.to_owned(),
        };
        self.shown(&place)
    }

    /// What a failing server says: the message of its JSON, or its plain text; never a page of HTML.
    fn said(&self, response: &Response) -> Option<String> {
        let text = match serde_json::from_slice::<Value>(&response.body) {
            Ok(value) => message(&value)?,
            Err(_) => String::from_utf8(response.body.clone()).ok()?,
        };
        let line = self.shown(&text);
        let is_page = line.starts_with('<');
        (!line.is_empty() && !is_page).then_some(line)
    }

    /// Why there is no answer, without secrets: the library quotes what it cannot understand.
    fn without_secrets(&self, fault: Fault) -> Fault {
        match fault {
            Fault::Unreachable(why) => Fault::Unreachable(self.shown(&why)),
            Fault::Proxy(why) => Fault::Proxy(self.shown(&why)),
            Fault::Untrusted(Distrust::OtherName(names)) => {
                let names = names.iter().map(|name| self.shown(name));
                Fault::Untrusted(Distrust::OtherName(names.take(NAMES).collect()))
            }
            Fault::Broken(why) => Fault::Broken(self.shown(&why)),
            other @ (Fault::Untrusted(_) | Fault::Unsecured(_) | Fault::Silent) => other,
        }
    }

    /// Words from outside as they are shown: on one line, without secrets and control characters, cut.
    fn shown(&self, text: &str) -> String {
        let text: String = text.chars().take(HEARD).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = visible(&self.strike.from(&text));
        text.chars().take(SAID).collect()
    }
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
