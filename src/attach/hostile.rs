//! Answers that repeat credentials in every way a server could: none is told, whatever the answer is.

use std::cell::RefCell;

use super::script;
use super::{Credentials, Fault, Kind, Request, Response, Secret, Wire, open};
use crate::text::base64::encode;

const TOKEN: &str = "1-14-aB3/d+é9xZqW";
const PASSWORD: &str = "hunter2/correct horse";
const USER: &str = "operator";

/// Answers once, with this.
struct Once(RefCell<Option<Result<Response, Fault>>>);

impl Wire for Once {
    fn send(&self, _: &Request<'_>) -> Result<Response, Fault> {
        self.0.borrow_mut().take().expect("one question")
    }
}

/// A spelling of a secret, and the text undone: what a reader of the message could do as well.
type Spelling = (&'static str, fn(&str) -> String);

fn each(text: &str, sign: impl Fn(u8) -> String) -> String {
    text.bytes().map(sign).collect::<Vec<_>>().concat()
}

const SPELLINGS: [Spelling; 16] = [
    ("bare", str::to_owned),
    ("in capitals", str::to_uppercase),
    ("in small letters", str::to_lowercase),
    ("in hexadecimal", |it| {
        each(it, |byte| format!("{byte:02x}"))
    }),
    ("escaped for addresses", |it| {
        each(it, |byte| format!("%{byte:02X}"))
    }),
    ("escaped twice", |it| {
        each(it, |byte| format!("%25{byte:02x}"))
    }),
    ("escaped for pages", |it| {
        it.chars()
            .map(|sign| format!("&#{};", u32::from(sign)))
            .collect::<Vec<_>>()
            .concat()
    }),
    ("escaped for pages in hexadecimal", |it| {
        it.chars()
            .map(|sign| format!("&#X{:x};", u32::from(sign)))
            .collect::<Vec<_>>()
            .concat()
    }),
    ("escaped for JSON", |it| {
        it.encode_utf16()
            .map(|unit| format!("\\u{unit:04X}"))
            .collect::<Vec<_>>()
            .concat()
    }),
    ("with slashes escaped", |it| it.replace('/', "\\/")),
    ("in base64", |it| encode(it.as_bytes())),
    ("in base64 behind its user", |it| {
        encode(format!("{USER}:{it}").as_bytes())
    }),
    ("in base64 behind one sign", |it| {
        encode(format!(":{it}").as_bytes())
    }),
    ("in base64 of addresses", |it| {
        encode(it.as_bytes()).replace('+', "-").replace('/', "_")
    }),
    ("without its end", |it| {
        it.chars().take(it.chars().count() * 2 / 3).collect()
    }),
    ("without its beginning", |it| {
        it.chars().skip(it.chars().count() / 3).collect()
    }),
];

/// The answers that hold a text.
fn answers(text: &str) -> Vec<Result<Response, Fault>> {
    let response = |status, location: Option<String>, body: String| {
        Ok(Response {
            status,
            location,
            body: body.into_bytes(),
            ..Response::default()
        })
    };
    let json = serde_json::json!({"errors": [format!("no access with {text}")]}).to_string();
    vec![
        response(
            302,
            Some(format!(
                "https://op:{text}@elsewhere.contoso.com/x?key={text}#{text}"
            )),
            String::new(),
        ),
        response(
            302,
            Some(format!("https://elsewhere.contoso.com/{text}/x")),
            String::new(),
        ),
        response(302, Some(text.to_owned()), String::new()),
        response(401, None, format!("the key {text} is bad")),
        response(500, None, json),
        response(422, None, format!("{}{text}", "x".repeat(190))),
        response(403, None, format!("{text}\r\n{text}")),
        Err(Fault::Broken(format!("invalid header: {text}"))),
    ]
}

fn told(credentials: &Credentials, answer: Result<Response, Fault>) -> String {
    let record = script::record(Kind::Redmine, "7");
    let wire = Once(RefCell::new(Some(answer)));
    let system = open(&wire, &record, credentials).expect("an issue");
    let trouble = system.look().expect_err("trouble");
    format!("{} {}", trouble.message(&record), trouble.help())
}

/// Whether seven signs in a row of a text, in any case, stand in another.
fn shares(told: &str, secret: &str) -> bool {
    let told: Vec<char> = told.to_lowercase().chars().collect();
    let secret: Vec<char> = secret.to_lowercase().chars().collect();
    // The name of the account is no secret, in base64 neither.
    let account = encode(format!("{USER}:").as_bytes()).to_lowercase();
    let is_account = |piece: &[char]| account.contains(&piece.iter().collect::<String>());
    let mut pieces = secret.windows(7).filter(|piece| !is_account(piece));
    pieces.any(|piece| told.windows(7).any(|it| it == piece))
}

#[test]
fn no_answer_makes_a_secret_known() {
    let secret = |text| Secret::new(text).expect("a secret");
    let all = [
        (Credentials::Token(secret(TOKEN)), TOKEN),
        (
            Credentials::Basic(USER.to_owned(), secret(PASSWORD)),
            PASSWORD,
        ),
    ];
    let mut tried = 0;
    for (credentials, secret) in &all {
        for (name, spell) in SPELLINGS {
            let spelled = spell(secret);
            for answer in answers(&spelled) {
                let told = told(credentials, answer);
                assert!(!shares(&told, &spelled), "{name}: {told}");
                assert!(!shares(&told, secret), "{name}: {told}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 150, "{tried}");
}
