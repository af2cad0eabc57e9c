//! A server for tests that says what is written down for it, and remembers what it was asked.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::{Address, Credentials, Fault, Kind, Outgoing, Record, Request, Response, Secret, Wire};

/// What was asked.
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// Answers in the order written down; a request that is not the next one is a failed test.
pub(super) struct Script {
    answers: RefCell<VecDeque<(String, Response)>>,
    asked: RefCell<Vec<Asked>>,
}

impl Script {
    /// `("GET /path", 200, body)` each.
    pub(super) fn of(answers: &[(&str, u16, &str)]) -> Self {
        let answers = answers.iter().map(|(line, status, body)| {
            let response = Response {
                status: *status,
                body: body.as_bytes().to_owned(),
                ..Response::default()
            };
            ((*line).to_owned(), response)
        });
        Self {
            answers: RefCell::new(answers.collect()),
            asked: RefCell::default(),
        }
    }

    /// What was asked; all answers must have been used.
    pub(super) fn asked(self) -> Vec<Asked> {
        let left: Vec<String> = self
            .answers
            .into_inner()
            .into_iter()
            .map(|it| it.0)
            .collect();
        assert!(left.is_empty(), "never asked: {left:?}");
        self.asked.into_inner()
    }
}

impl Wire for Script {
    fn send(&self, request: &Request<'_>) -> Result<Response, Fault> {
        let path = request.url.strip_prefix(ADDRESS).expect("the address");
        let line = format!("{} {path}", request.method.as_str());
        let (expected, mut response) = self.answers.borrow_mut().pop_front().expect(&line);
        assert_eq!(line, expected);
        let (name, value) = request.proof;
        let mut headers = vec![(name.to_owned(), value.reveal().to_owned())];
        let others = request.headers.iter();
        headers.extend(others.map(|(name, value)| ((*name).to_owned(), value.clone())));
        self.asked.borrow_mut().push(Asked {
            line,
            headers,
            body: request.body.to_owned(),
        });
        response
            .body
            .truncate(usize::try_from(request.limit).unwrap_or(usize::MAX));
        Ok(response)
    }
}

pub(super) const ADDRESS: &str = "https://desk.contoso.com";

pub(super) fn record(kind: Kind, id: &str) -> Record {
    let address = Address::parse(ADDRESS, false).expect("an address");
    Record::new(kind, address, id, None).expect("a record")
}

pub(super) fn token() -> Credentials {
    Credentials::Token(Secret::new("s3cret").expect("a secret"))
}

pub(super) fn outgoing(name: &str, bytes: &[u8]) -> Outgoing {
    Outgoing {
        source: name.to_owned(),
        name: name.to_owned(),
        edition: None,
        fingerprint: None,
        bytes: bytes.to_owned(),
    }
}
