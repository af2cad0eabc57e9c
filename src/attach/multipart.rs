//! A form with texts and files, as `multipart/form-data`.

use super::Outgoing;
use crate::text::digest;

/// A form, ready to be sent.
pub(super) struct Form {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// A field of a form.
pub(super) enum Part<'a> {
    /// A text.
    Text(&'a str, &'a str),
    /// A file, announced as of this type.
    File(&'a str, &'a Outgoing, &'a str),
}

impl Part<'_> {
    fn head(&self) -> String {
        match self {
            Self::Text(field, _) => {
                format!("Content-Disposition: form-data; name=\"{field}\"\r\n\r\n")
            }
            Self::File(field, file, media_type) => format!(
                "Content-Disposition: form-data; name=\"{field}\"; filename=\"{}\"\r\nContent-Type: {media_type}\r\n\r\n",
                file.name
            ),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(_, text) => text.as_bytes(),
            Self::File(_, file, _) => &file.bytes,
        }
    }
}

/// A form of these fields. The boundary is taken from the digests of the contents, so that no content can hold it and
/// the same files give the same bytes.
pub(super) fn form(parts: &[Part<'_>]) -> Form {
    let digests = parts.iter().map(|part| digest::sha256_hex(part.bytes()));
    let digests: String = digests.collect();
    let boundary = format!(
        "restore-packets-{}",
        &digest::sha256_hex(digests.as_bytes())[..32]
    );
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n{}", part.head()).as_bytes());
        body.extend_from_slice(part.bytes());
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Form {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::outgoing;

    #[test]
    fn texts_and_files_stand_between_their_boundaries() {
        let file = outgoing("a.zip", b"PK\r\n--\0");
        let form = form(&[
            Part::Text("JSON", "{}"),
            Part::File("file", &file, file.media_type()),
        ]);
        let boundary = form.content_type.rsplit('=').next().expect("a boundary");
        assert_eq!(
            String::from_utf8(form.body).expect("text"),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"JSON\"\r\n\r\n{{}}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\nPK\r\n--\0\r\n--{boundary}--\r\n"
            )
        );
    }
}
