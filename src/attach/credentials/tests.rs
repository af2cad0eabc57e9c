//! Where credentials come from, and what is refused.

use super::*;

fn from(pairs: &[(&str, &str)]) -> Result<Credentials, NoCredentials> {
    let found = |name: &str| pairs.iter().find(|(key, _)| *key == name);
    Credentials::from_environment(|name| found(name).map(|(_, value)| (*value).to_owned()))
}

fn header(credentials: &Credentials, scheme: &str) -> String {
    credentials.authorization(scheme).reveal().to_owned()
}

#[test]
fn a_token_or_a_pair_comes_from_the_environment() {
    let token = from(&[(TOKEN, "1-14-abc\n")]).expect("a token");
    assert_eq!(header(&token, "token"), "token 1-14-abc");
    let pair = from(&[(USER, "Aladdin"), (PASSWORD, "open sesame")]).expect("a pair");
    // The example of RFC 7617.
    assert_eq!(header(&pair, "token"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

#[test]
fn what_is_no_credentials_is_refused() {
    assert_eq!(from(&[]).err(), Some(NoCredentials::None));
    assert_eq!(from(&[(USER, "a")]).err(), Some(NoCredentials::Half));
    assert_eq!(from(&[(PASSWORD, "a")]).err(), Some(NoCredentials::Half));
    let both = from(&[(TOKEN, "a"), (USER, "b"), (PASSWORD, "c")]);
    assert_eq!(both.err(), Some(NoCredentials::Both));
    assert_eq!(
        from(&[(TOKEN, "a\nb")]).err(),
        Some(NoCredentials::Unusable)
    );
    let colon = from(&[(USER, "a:b"), (PASSWORD, "c")]);
    assert_eq!(colon.err(), Some(NoCredentials::Unusable));
}

#[test]
fn nothing_of_them_is_printed() {
    let pair = from(&[(USER, "op"), (PASSWORD, "hunter2")]).expect("a pair");
    assert!(!format!("{pair:?}").contains("hunter2"));
}

/// A file with this text that only its owner can read, as `from_file` sees it.
fn from_file(text: &str, mode: u32) -> Result<Credentials, NoCredentials> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("credentials");
    std::fs::write(&path, text).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&path, permissions).expect("permissions");
    }
    Credentials::from_file(&path)
}

#[test]
fn a_file_holds_them_as_toml() {
    let token = from_file("# RT\ntoken = \"abc\"\n", 0o600).expect("a token");
    assert_eq!(header(&token, "Bearer"), "Bearer abc");
    assert!(from_file("user = \"a\"\npassword = \"b\"\n", 0o400).is_ok());
    let missing = Credentials::from_file(Path::new("/no/such/file"));
    assert!(matches!(missing, Err(NoCredentials::Unreadable(_))));
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_refused() {
    for mode in [0o640, 0o604, 0o620, 0o644] {
        let refused = from_file("token = \"abc\"\n", mode);
        assert_eq!(refused.err(), Some(NoCredentials::Open(mode)));
    }
}

#[test]
fn a_file_that_is_not_understood_is_not_quoted() {
    for text in [
        "user = \"a\"\npassword = hunter2\n",
        "# x\nhunter2\n",
        "\ntoken = [\"hunter2\"]\n",
    ] {
        let error = from_file(text, 0o600).expect_err("no credentials");
        assert_eq!(error, NoCredentials::NotUnderstood(2), "{text}");
        assert!(!error.to_string().contains("hunter2"));
    }
}
