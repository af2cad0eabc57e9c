//! What each type lets through, and what it says of the rest.

use super::*;

fn fit(kind: Type, texts: &[&str]) {
    for text in texts {
        let problem = kind.problem(text).map(|problem| problem.message);
        assert_eq!(problem, None, "{text}");
    }
}

fn fail(kind: Type, texts: &[&str]) {
    for text in texts {
        assert!(kind.problem(text).is_some(), "{text}");
    }
}

#[test]
fn addresses_may_be_several_with_labels() {
    fit(
        Type::Addresses,
        &[
            "10.1.10.11",
            "10.1.10.11/24",
            "10.1.10.11 / 255.255.255.0",
            "10.1.10.11; 10.1.10.12",
            "10.1.10.11,10.1.10.12\n10.1.10.13",
            "10.1.10.11 (LAN), 192.0.2.5 (iLO)",
            "NIC1: 10.1.10.11",
            "NIC1:10.1.10.11",
            "10.1.10.11-13",
            "2001:db8::11",
            "fe80::1%12",
            "2001:db8::11/64, 10.1.10.11",
            "VLAN 10: 10.1.10.11.",
            "１０.1.10.11",
        ],
    );
    fail(
        Type::Addresses,
        &[
            "10.1.10.300",
            "rack C1",
            "10.1.20",
            "10,1,30,11",
            "10.1.10.11; 10.1.10",
            "10.1.10.11.12",
            "10.1.10.1O",
            "10.1.10.11/240",
            "2001:db8:::11",
            "0.0.0.0",
            "fe01.contoso.com",
            "10.1",
        ],
    );
}

#[test]
fn thumbprints_have_forty_digits_however_they_are_grouped() {
    let whole = "0123456789ABCDEF0123456789abcdef01234567";
    let pairs: Vec<String> = (0..20)
        .map(|at| whole[2 * at..2 * at + 2].to_owned())
        .collect();
    fit(
        Type::Thumbprint,
        &[
            whole,
            &pairs.join(" "),
            &pairs.join(":"),
            &pairs.join("-"),
            &format!("\u{200e}{whole}"),
            &format!("\"{whole}\""),
            &format!("0x{whole}"),
            &format!("SHA1: {whole}"),
        ],
    );
    let message = |text: &str| Type::Thumbprint.problem(text).map(|it| it.message);
    assert_eq!(
        message(&whole[2..]).as_deref(),
        Some("38 hexadecimal digits; a SHA-1 thumbprint has 40")
    );
    assert_eq!(
        message(&whole.replacen('0', "O", 1)).as_deref(),
        Some("`O` is no hexadecimal digit; the cell has 39 that are")
    );
    fail(Type::Thumbprint, &[&whole.repeat(2), "see the certificate"]);
}

#[test]
fn serial_numbers_are_hexadecimal() {
    fit(
        Type::SerialNumber,
        &[
            "61 12 2d 3c 00 00 00 00 00 07",
            "0x1A2B",
            "00f1:22",
            "1234567890",
        ],
    );
    fail(
        Type::SerialNumber,
        &["6.1E+17", "see store", &"1".repeat(41)],
    );
}

#[test]
fn folders_have_a_drive() {
    fit(
        Type::Drive,
        &[
            r"D:\SQLData",
            "D:\\SQLData\nE:\\More",
            r"F:\SQL Data\",
            "E:/Logs",
        ],
    );
    fail(
        Type::Drive,
        &[
            "same as sql02",
            r"\\sql01\d$\Data",
            r"D\SQLData",
            r"D:\A or E:\B",
            "10.1.20.11",
            "SQLData",
        ],
    );
}

#[test]
fn people_are_reached_at_addresses_and_numbers() {
    fit(
        Type::Email,
        &[
            "jo@contoso.com",
            "Jo Doe <jo.doe@mail.contoso.com>",
            "a@contoso.com; b@contoso.com",
            "mailto:a@contoso.com",
            "o'hara+uc@contoso.co.uk",
        ],
    );
    fail(
        Type::Email,
        &[
            "jo",
            "jo@contoso",
            "jo@@contoso.com",
            "@contoso.com",
            "jo@contoso,com",
            "jo@contoso..com",
            "jo at contoso.com",
        ],
    );
    fit(
        Type::Phone,
        &[
            "+1 425 555 0100",
            "+41 (0)44 668 18 00",
            "555-0100 ext. 5",
            "4711",
            "0100 (mobile) or 0200",
            "x4711",
            "044/668 18 00",
        ],
    );
    fail(
        Type::Phone,
        &[
            "see intranet",
            "4.14E+10",
            "+1 425 555 O100",
            "jo@contoso.com",
            "12",
        ],
    );
}
