//! The words mean what they say, and no word says two things.

use super::*;

#[test]
fn cells_say_what_is_no_value_in_many_ways() {
    let cases = [
        (
            Meaning::None,
            "- -- \u{2014} n/a N.A. none None. (none) [n/a] (-) NONE! keine Aucun なし 无 nenhuma ...... ~",
        ),
        (
            Meaning::Unknown,
            "? ???? \u{ff1f} TBD tbd. <TBD> to-do (?) none? unbekannt inconnu 未定 待定 неизвестно",
        ),
        (
            Meaning::Ditto,
            "\" '' \u{201d} \u{3003} dto. Dito ditto idem s.o. -> \u{2192} \u{2191} -\"- -//- 同上 \u{2033} ,, '''' \"\"\" ˝ (\u{3003}) --\"--",
        ),
    ];
    for (meaning, texts) in cases {
        for text in texts.split(' ') {
            assert_eq!(of(text), Some(meaning), "{text}");
        }
    }
    let clauses = [
        (Meaning::None, "none (one server)"),
        (Meaning::None, "n/a - Standard Edition"),
        (Meaning::Unknown, "TBD by the network team"),
        (Meaning::None, "no mirror configured"),
        (Meaning::None, "keine Spiegelung"),
        (Meaning::Unknown, "keine Angabe"),
        (Meaning::Unknown, "unknown, ask Bob"),
        (Meaning::Unknown, "??? ask Bob"),
        (Meaning::Ditto, "Same as  pool02"),
        (Meaning::Ditto, "siehe oben"),
        (Meaning::Ditto, "same as above"),
        (Meaning::Ditto, "то же самое"),
    ];
    for (meaning, text) in clauses {
        assert_eq!(of(text), Some(meaning), "{text}");
    }
}

#[test]
fn values_that_hold_such_words_are_values() {
    for text in [
        "none01",
        "none of these",
        "NA-East",
        "sql01",
        "Unknown Street 5",
        "dittmar",
        "Idema",
        "->fe01",
        "TBDesk",
        "Samesite",
        "RTC",
        "0",
        "no",
        "10.1.1.1",
        "Oben, Raum 4",
        "a.b",
        "\"fe01\"",
        "C:\\-",
        "$Backup",
        "無線室",
    ] {
        assert_eq!(of(text), None, "{text}");
    }
    assert_eq!(whole("none (one server)"), None);
    assert_eq!(whole("Same as fe01, but with more memory"), None);
}

#[test]
fn words_within_a_text_are_whole_words() {
    assert!(mentions(Meaning::Secret, "The sa password of sql01"));
    assert!(mentions(Meaning::Secret, "サービスのパスワード欄"));
    assert!(!mentions(Meaning::Secret, "Secretary"));
    assert!(ends(Meaning::SecretHead, "PFX key") && !ends(Meaning::SecretHead, "Key contact"));
    assert!(begins(Meaning::Pointer, "see vault") && !begins(Meaning::Pointer, "seesaw1"));
}

#[test]
fn every_meaning_has_words_in_every_language_and_no_word_has_two() {
    let languages = ["en", "de", "fr", "ja", "es", "pt", "ru", "zh"];
    let text = include_str!("../cell_words.toml");
    let file: BTreeMap<Meaning, BTreeMap<String, Vec<String>>> = crate::data::parse(text).unwrap();
    let spoken = file.iter().filter(|(meaning, _)| {
        !matches!(
            meaning,
            Meaning::Object
                | Meaning::Account
                | Meaning::Factory
                | Meaning::AsksPassword
                | Meaning::OwnStore
        )
    });
    for (meaning, lists) in spoken {
        for language in languages {
            assert!(lists.contains_key(language), "{meaning:?}: {language}");
        }
    }
    let mut owner = BTreeMap::new();
    for meaning in INSTEAD {
        for text in file[&meaning].values().flatten() {
            let before = owner.insert(key(&plain(text)), meaning);
            assert!(before.is_none_or(|it| it == meaning), "{text}: {meaning:?}");
        }
    }
}
