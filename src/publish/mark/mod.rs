//! The mark of a retired packet: put into the issued pages, since without a row they cannot be rendered again.
//!
//! What somebody filled in stays as they wrote it: in a workbook only the heads of the printed pages change.

mod workbook;

/// A retired file with its mark on every page; `None` for formats that are moved as they are.
pub(super) fn retired(path: &str, bytes: &[u8], day: &str) -> Option<Vec<u8>> {
    let (_, format) = path.rsplit_once('.')?;
    if format == "xlsx" {
        return workbook::marked(bytes, &format!("RETIRED {day}"));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let words = format!("RETIRED {day}: this server or pool is no longer in the worksheets");
    let marked = match format {
        "html" => html(text, &words)?,
        "md" => markdown(text, &words),
        "json" => json(text, day)?,
        _ => return None,
    };
    Some(marked.into_bytes())
}

/// A banner at a fixed place stands on each printed page; what follows it begins lower.
fn html(page: &str, words: &str) -> Option<String> {
    let style = "<style>.retired{position:fixed;top:0;left:0;right:0;z-index:9;background:#fff;color:#000;\
        border:2pt solid #000;padding:2pt;text-align:center;font-weight:bold}</style>";
    let (head, rest) = page.split_once("</head>")?;
    let (between, body) = rest.split_once("<body>")?;
    Some(format!(
        "{head}{style}\n</head>{between}<body>\n<div class=\"retired\">{words}</div>{body}"
    ))
}

/// The mark stands first and under each heading of a part, which is where pages begin.
fn markdown(page: &str, words: &str) -> String {
    let mark = format!("> [!CAUTION]\n> **{words}**\n");
    let mut marked = format!("{mark}\n");
    let mut in_code = false;
    for line in page.lines() {
        in_code ^= line.starts_with("```");
        marked.push_str(line);
        marked.push('\n');
        if line.starts_with("## ") && !in_code {
            marked.push('\n');
            marked.push_str(&mark);
        }
    }
    marked
}

/// A field before the others; readers of the schema that do not know it pass over it.
fn json(packet: &str, day: &str) -> Option<String> {
    let rest = packet.strip_prefix('{')?;
    Some(format!("{{\n  \"retired\": \"{day}\",{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(path: &str, text: &str) -> Option<String> {
        let bytes = retired(path, text.as_bytes(), "2014-06-10")?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn every_part_of_a_page_is_marked() {
        let page = marked(
            "a.md",
            "# T\n\n## A\n\n```text\n## not a heading\n```\n## B\n",
        )
        .unwrap();
        assert_eq!(page.matches("RETIRED 2014-06-10").count(), 3);
        let page = marked("a.html", "<html><head></head><body><p>x</p></body>").unwrap();
        assert!(page.contains("<body>\n<div class=\"retired\">RETIRED 2014-06-10"));
        let packet = marked("a.json", "{\n  \"schema\": 1\n}\n").unwrap();
        let packet: serde_json::Value = serde_json::from_str(&packet).unwrap();
        assert_eq!(packet["retired"], "2014-06-10");
        assert_eq!(packet["schema"], 1);
    }

    #[test]
    fn what_is_no_page_is_moved_as_it_is() {
        assert_eq!(marked("a.xlsx", "PK"), None);
        assert_eq!(marked("a.html", "no page"), None);
    }
}
