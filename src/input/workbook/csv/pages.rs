//! Texts of which nothing says how they are encoded: each encoding of `pages.toml` is tried, and the one counts in which
//! the text looks most like one. See [`likeness`](super::likeness) for what that means.

use std::sync::LazyLock;

use encoding_rs::Encoding;
use serde::Deserialize;

use super::likeness::likeness;

/// How many bytes are looked at; headings and a hundred rows tell.
const LOOKED_AT: usize = 64 * 1024;

/// A text in an encoding that was guessed.
#[derive(Debug)]
pub(super) struct Guess {
    /// The text.
    pub(super) text: String,
    /// What the encoding is called.
    pub(super) name: &'static str,
    /// Whether the text looks like one in it, and it is the usual one: then what is not known in it is no mistake of
    /// reading.
    pub(super) is_safe: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    page: Vec<Page>,
}

/// An encoding, by its label or by its upper half.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    name: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    upper: String,
    #[serde(default)]
    usual: bool,
    #[serde(default)]
    kana: bool,
    #[serde(default)]
    words: Vec<String>,
}

/// What a word of the page's languages is worth: more than any letters.
const WORD: i64 = 20;

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let pages: Pages =
        crate::data::parse(include_str!("pages.toml")).expect("pages.toml is part of the program");
    pages.page
});

impl Page {
    /// How much the words of its languages say that a decoded text is in it.
    fn words_in(&self, decoded: &str) -> i64 {
        let lower = decoded.to_lowercase();
        let found = self
            .words
            .iter()
            .filter(|word| lower.contains(word.as_str()));
        i64::try_from(found.count()).unwrap_or(0) * WORD
    }

    fn decode(&self, bytes: &[u8]) -> String {
        if let Some(encoding) = Encoding::for_label(self.label.as_bytes()) {
            return encoding.decode_without_bom_handling(bytes).0.into_owned();
        }
        let upper: Vec<char> = self.upper.chars().collect();
        let decoded = bytes.iter().map(|byte| match byte.checked_sub(0x80) {
            None => char::from(*byte),
            Some(index) => upper.get(usize::from(index)).copied().unwrap_or('\u{fffd}'),
        });
        decoded.collect()
    }
}

/// The bytes in the encoding that makes the likeliest text of them.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let sample = whole_lines(bytes);
    let mut best: Option<(i64, &'static Page)> = None;
    for page in PAGES.iter() {
        let decoded = page.decode(sample);
        let mut score = likeness(&decoded) + page.words_in(&decoded);
        if page.kana && !decoded.contains(|c| ('\u{3041}'..='\u{30ff}').contains(&c)) {
            score = score.min(0);
        }
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, page));
        }
    }
    match best {
        Some((score, page)) => Guess {
            text: page.decode(bytes),
            name: &page.name,
            is_safe: page.usual && score >= 0,
        },
        None => Guess {
            text: String::from_utf8_lossy(bytes).into_owned(),
            name: "UTF-8",
            is_safe: false,
        },
    }
}

/// The beginning of a text, cut behind a line so that no character is.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start.len() == bytes.len() {
        return start;
    }
    let end = start.iter().rposition(|byte| *byte == b'\n');
    end.map_or(start, |end| &start[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(page: &Page, text: &str) -> Vec<u8> {
        if let Some(encoding) = Encoding::for_label(page.label.as_bytes()) {
            return encoding.encode(text).0.into_owned();
        }
        let upper: Vec<char> = page.upper.chars().collect();
        let byte = |c: char| match u8::try_from(u32::from(c)) {
            Ok(byte) if byte < 0x80 => byte,
            _ => {
                let index = upper
                    .iter()
                    .position(|it| *it == c)
                    .expect("the page has it");
                0x80 + u8::try_from(index).expect("128 characters")
            }
        };
        text.chars().map(byte).collect()
    }

    #[test]
    fn pages_are_whole() {
        for page in PAGES.iter() {
            let is_known = Encoding::for_label(page.label.as_bytes()).is_some();
            assert!(
                is_known || page.upper.chars().count() == 128,
                "{}",
                page.name
            );
        }
    }

    #[test]
    fn a_text_is_read_in_the_encoding_it_was_written_in() {
        let texts = [
            (
                "windows-1252",
                "Owner,Jörg Müller\nNotes,“see the server’s manual” – page 3…\n",
            ),
            ("windows-1252", "Hinweise;Gebäude 3, Außenstelle\n"),
            ("windows-1252", "Propriétaire;à vérifier, forêt de Zürich\n"),
            ("850", "Location,Düsseldorf Süd, Gebäude Ö\n"),
            (
                "850",
                "Emplacement;à côté de l'entrée, bâtiment 3, à vérifier\n",
            ),
            ("850", "Observações;não há cópia, servidor de São Paulo\n"),
            ("850", "Location,Zürich\n"),
            (
                "windows-1251",
                "База данных;Имя сервера (полное доменное имя);Расписание\nRtc;sql01;\n",
            ),
            (
                "ibm866",
                "База данных;Имя сервера (полное доменное имя);Расписание\n",
            ),
            (
                "koi8-r",
                "База данных;Имя сервера (полное доменное имя);Расписание\n",
            ),
            (
                "shift_jis",
                "データベース,サーバー名 (FQDN),バックアップ スケジュール,メモ\n",
            ),
            ("shift_jis", "場所,東京\n担当者,山田さん\n"),
            (
                "euc-jp",
                "データベース,サーバー名 (FQDN),バックアップ スケジュール,メモ\n",
            ),
            ("euc-jp", "場所,東京\n担当者,山田さん\n"),
            ("windows-1250", "Location,Łódź, budynek główny\n"),
            (
                "gbk",
                "数据库,服务器名称 (FQDN),备份计划,说明\nRtc,sql01,每周,\n",
            ),
            (
                "windows-1250",
                "Server FQDN,Umístění,Poznámka\nfe01,Přízemí,zálohuje se večer\n",
            ),
            ("windows-1250", "Název,Vlastník\nfe01,Jiří Čermák\n"),
            (
                "big5",
                "伺服器,角色,位置,備註\nfe01,Front End Server,台北機房,主要\n",
            ),
            ("big5", "資料庫,伺服器名稱,備份排程\nRtc,sql01,每週\n"),
            (
                "windows-1252",
                "Nom,Propriétaire\nfe01,Hélène à l'étage, près de l'entrée\n",
            ),
            ("macintosh", "Propriétaire,Müller à Zürich\n"),
        ];
        for (label, text) in texts {
            let page = PAGES
                .iter()
                .find(|page| page.label == label || page.name.contains(label));
            let page = page.expect("the page is known");
            let guess = guess(&encoded(page, text));
            assert_eq!(
                (guess.text.as_str(), guess.name),
                (text, page.name.as_str())
            );
        }
    }

    #[test]
    fn what_only_some_other_encoding_can_be_is_not_safe() {
        let (greek, ..) = encoding_rs::WINDOWS_1253.encode("Διακομιστής,Ρόλος\n");
        assert!(!guess(&greek).is_safe);
        let (western, ..) = encoding_rs::WINDOWS_1252.encode("Käse,Wurst\n");
        assert!(guess(&western).is_safe);
    }
}
