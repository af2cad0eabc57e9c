//! A form with one file, as `multipart/form-data`.

use super::Outgoing;
use crate::text::digest;

/// A form, ready to be sent.
pub(super) struct Form {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// A form with one file in this field. The boundary is taken from the digest of the content, so that the
/// content cannot hold it and the same file gives the same bytes.
pub(super) fn form(field: &str, file: &Outgoing) -> Form {
    let digest = digest::sha256_hex(&file.bytes);
    let boundary = format!("restore-packets-{}", &digest[..32]);
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
        file.name,
        file.media_type()
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    Form {
        content_type: format!("multipart/form-data; boundary={boundary}"),
        body: [head.as_bytes(), &file.bytes, tail.as_bytes()].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_stands_between_its_boundaries() {
        let file = Outgoing {
            source: "x".to_owned(),
            name: "a.zip".to_owned(),
            edition: None,
            fingerprint: None,
            bytes: b"PK\r\n--\0".to_vec(),
        };
        let form = form("file", &file);
        let boundary = form.content_type.rsplit('=').next().expect("a boundary");
        assert_eq!(
            String::from_utf8(form.body).expect("text"),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\nContent-Type: application/zip\r\n\r\nPK\r\n--\0\r\n--{boundary}--\r\n"
            )
        );
    }
}
