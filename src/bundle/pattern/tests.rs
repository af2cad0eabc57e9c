//! Values in everyday spellings, of our own making, and what only looks a little like one.

use super::*;
use crate::bundle::view;

/// What is found, as views have it.
fn found(pattern: Pattern, text: &str) -> Vec<String> {
    let view = view::plain(text);
    let found = pattern.find(&view).into_iter();
    found.map(|it| view[it.range].to_owned()).collect()
}

fn all_are(pattern: Pattern, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(found(pattern, text), *expected, "{text}");
    }
}

#[test]
fn addresses_are_found_in_every_form() {
    all_are(
        Pattern::IpAddress,
        &[
            (
                "10.0.0.0/8 through 10.1.50.1.",
                &["10.0.0.0/8", "10.1.50.1"],
            ),
            ("iLO:10.66.0.1;ip=10.66.0.2,x", &["10.66.0.1", "10.66.0.2"]),
            (
                "VLAN10.66.0.3eth0 a_10.66.0.4_b",
                &["10.66.0.3", "10.66.0.4"],
            ),
            ("10.66.0.5:5061 (10.66.0.6)", &["10.66.0.5", "10.66.0.6"]),
            (
                "10.66.0.7-9, 10.66.0.7-10.66.0.9",
                &["10.66.0.7-9", "10.66.0.7", "10.66.0.9"],
            ),
            ("010.066.000.008", &["010.066.000.008"]),
            ("１０．６６．０．９", &["10.66.0.9"]),
            (
                "10[.]66[.]0[.]10 and 10.66.0.x, 10.66.*.*",
                &["10[.]66[.]0[.]10", "10.66.0.x", "10.66.*.*"],
            ),
            (
                "ip-10-66-0-11 and host_192_168_6_7",
                &["10-66-0-11", "192_168_6_7"],
            ),
            (
                "5.0.8308.577, 11.0.3000, 1.2.3.4.5, OID 1.3.6.1.4.1.311",
                &[],
            ),
            ("2014-06-07-10, 10.1.2, 300.1.1.1", &[]),
            (
                "10.66.1/24, 10 .66 .1 .8; 10. 66. 1. 9 or 10 dot 66 dot 1 dot 24",
                &[
                    "10.66.1/24",
                    "10 .66 .1 .8",
                    "10. 66. 1. 9",
                    "10 dot 66 dot 1 dot 24",
                ],
            ),
            (
                "0x0A420001, c0a84d02; 0x0a.0x4d.0x00.0x03, 0a.4d.00.04, 0A 4D 00 12",
                &[
                    "0x0a420001",
                    "c0a84d02",
                    "0x0a.0x4d.0x00.0x03",
                    "0a.4d.00.04",
                    "0a 4d 00 12",
                ],
            ),
            ("error 0x80070005, status 0xC0000022, 0x1F.2", &[]),
        ],
    );
}

#[test]
fn addresses_of_six_and_of_cards_are_found_in_every_form() {
    all_are(
        Pattern::IpAddress,
        &[
            (
                "at fe80::1 or 2001:db8::2; 12:30:15",
                &["fe80::1", "2001:db8::2"],
            ),
            (
                "[2001:db8:66::1]:443 2001:db8:66::3/64",
                &["2001:db8:66::1", "2001:db8:66::3/64"],
            ),
            ("2001:0DB8:0066:0:0:0:0:5.", &["2001:0db8:0066:0:0:0:0:5"]),
            (
                "fe80::66%eth0, ::ffff:10.66.0.15",
                &["fe80::66%eth0", "::ffff:10.66.0.15"],
            ),
            (
                "addr:2001:db8:66::7 fdab:cafe::1",
                &["2001:db8:66::7", "fdab:cafe::1"],
            ),
            (
                "2001-db8-66--1.ipv6-literal.net",
                &["2001-db8-66--1.ipv6-literal.net"],
            ),
            (
                "[Math]::Abs, DB::Add, [Convert]::FromBase64String, x::y",
                &[],
            ),
            (
                "00:50:56:66:00:01 00-50-56-66-00-02 0050.5666.0003",
                &["00:50:56:66:00:01", "00-50-56-66-00-02", "0050.5666.0003"],
            ),
            (
                "MAC=00155D660002; 0x00505666000A, 005056-66000b, 0050-5666-000c",
                &[
                    "00155d660002",
                    "0x00505666000a",
                    "005056-66000b",
                    "0050-5666-000c",
                ],
            ),
            (
                "00 50 56 66 00 0d at nic00-50-56-66-00-11",
                &["00 50 56 66 00 0d", "00-50-56-66-00-11"],
            ),
            (
                "00:50:56:ff:fe:66:00:12, 2001:db8:66:x, 20010db800660000000000000000001a",
                &[
                    "00:50:56:ff:fe:66:00:12",
                    "2001:db8:66:x",
                    "20010db800660000000000000000001a",
                ],
            ),
            (
                "{01234567-89ab-cdef-0123-456789abcdef} a9 09 50 2d d8 2a e4 14 201406071030",
                &[],
            ),
        ],
    );
}

#[test]
fn spellings_of_one_address_have_one_key() {
    let key = |pattern: Pattern, text: &str| {
        let found = pattern.find(&view::plain(text)).into_iter().next();
        found.map(|it| it.key).unwrap_or_default()
    };
    let ip = |text| key(Pattern::IpAddress, text);
    assert_eq!(ip("010.066.0.1"), ip("10.66.0.1/24"));
    assert_eq!(ip("2001:0db8:0:0:0:0:0:1"), ip("2001:DB8::1"));
    let phone = |text| key(Pattern::Phone, text);
    assert_eq!(phone("+1 (206) 555-0142"), phone("+1.206.555.0142 x7"));
}

#[test]
fn phone_numbers_are_found_in_every_punctuation() {
    all_are(
        Pattern::Phone,
        &[
            (
                "call +1 206 555-0142, or +49 (30) 1234567.",
                &["+1 206 555-0142", "+49 (30) 1234567"],
            ),
            ("Front End + Mediation, 4 + 5", &[]),
            (
                "206-666-0002 (206) 666-0003 1-206.666.0004",
                &["206-666-0002", "(206) 666-0003", "1-206.666.0004"],
            ),
            (
                "0049 30 6660004 or 0171 6660008",
                &["0049 30 6660004", "0171 6660008"],
            ),
            (
                "030/6660005, 01 23 45 67 89",
                &["030/6660005", "01 23 45 67 89"],
            ),
            ("ext. 66606", &["66606"]),
            ("Durchwahl -142", &["142"]),
            (
                "+1.206.666.0010x12 +1 206 666 0011 ext. 4",
                &["+1.206.666.0010x12", "+1 206 666 0011 ext. 4"],
            ),
            ("+1\u{2013}206\u{2013}666\u{2013}0014", &["+1-206-666-0014"]),
            ("+1 206\r\n666 0016", &["+1 206 666 0016"]),
            ("2066660018 or x66619", &["2066660018", "66619"]),
            ("電話：03-6660-0017", &["03-6660-0017"]),
            ("666-1015, (666 - 1016)", &["666-1015", "666 - 1016"]),
            ("１２０６６６６１０３８", &["12066661038"]),
            (
                "ports 443-5061, TCP 389-3268, 300-5000 users, RG-301-2014",
                &[],
            ),
            ("01/02/2014, 07.06.2014 01:00, 2014-06-07, 08-06-2014", &[]),
            ("5.0.8308.577, KB2982385, CHG0012345, Rack 012, 00123", &[]),
            ("recall 2013, called 2013, call 2013, phone book 12", &[]),
        ],
    );
}

#[test]
fn known_numbers_are_found_by_their_digits() {
    let known = numbers("+1 206 666 0042").into_iter().collect();
    let of = |text: &str| {
        let view = view::plain(text);
        let found = find_known(&view, &known).into_iter();
        found
            .map(|it| view[it.range].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("666-0042"), ["666-0042"]);
    assert_eq!(of("(206)6660042 ext 9"), ["206)6660042 ext 9"]);
    assert_eq!(
        of("206.666.00.42 and 2066660042x"),
        ["206.666.00.42", "2066660042"]
    );
    assert_eq!(of("666-0043, 5660042"), [""; 0]);
    assert_eq!(numbers("5550142"), ["5550142"]);
    assert_eq!(numbers("+1 206 555 0142 / +1 206 555 0143").len(), 2);
    assert_eq!(numbers("Dana 12"), [""; 0]);
}

#[test]
fn hosts_are_found_in_front_of_shares() {
    all_are(
        Pattern::ShareHost,
        &[
            (
                r"robocopy \\fs01.x.com\A$ 'D:\\no' \\b\c",
                &["fs01.x.com", "b"],
            ),
            (
                r"see \\leak1 for it; \\leak2;x (\\leak3)",
                &["leak1", "leak2", "leak3"],
            ),
            (
                "//leak4/share smb://leak5/x file://leak6/share",
                &["leak4", "leak5", "leak6"],
            ),
            (
                r"\\leak7@SSL\DavWWWRoot \\?\UNC\leak8\x \\leak9@8080\x",
                &["leak7", "leak8", "leak9"],
            ),
            (
                r"\leak10\share \\\\leak11\\share \\ leak12\share",
                &["leak10", "leak11", "leak12"],
            ),
            (
                r"\\LEAK13.contoso.com\x. \\leak+14\x",
                &["leak13.contoso.com", "leak+14"],
            ),
            (
                "leak15:/export nfs://svc@leak16/x davs://leak20@SSL/x",
                &["leak15", "leak16", "leak20"],
            ),
            (
                "＼＼leak17＼x ￥￥leak18￥x \\/leak19/x",
                &["leak17", "leak18", "leak19"],
            ),
            (r"\\[2001:db8::1]\x", &["[2001:db8::1]"]),
            (
                "http://leak21/x https://leak22:8443 http://leak23.corp.local",
                &["leak21", "leak22", "leak23.corp.local"],
            ),
            (
                r"leak24:/ nfs4://leak25/x see:\\leak26\x 共有\\leak27\x",
                &["leak24", "leak25", "leak26", "leak27"],
            ),
            (
                "http://localhost/x https://dialin.contoso.com/x see:/ x",
                &[],
            ),
            (r"$Backup\x and D:\Shares\Lync C:\\Data\\x \\.\pipe\x", &[]),
            (
                "https://wiki.contoso.com/x a//b and/or // note file:///c:/x",
                &[],
            ),
            ("https://a.b/c:/d at 10:/x", &[]),
        ],
    );
}

#[test]
fn vault_entries_are_found_behind_the_word() {
    all_are(
        Pattern::VaultEntry,
        &[
            ("use vault LYNC/leak-1 now", &["lync/leak-1"]),
            ("KeePass entry leak-2.", &["leak-2"]),
            ("the vault is locked, see Vault: Lync", &[]),
        ],
    );
}
