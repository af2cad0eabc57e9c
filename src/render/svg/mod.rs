//! Pictures as inline SVG: plain shapes in the text's own colour, so that they print in black and white and
//! follow the reader's colours on screen.
//!
//! - [`waves`]: the bar chart of a plan's wave
//! - [`pool`]: the picture of a pool
//!
//! Everything drawn is also said in words: each picture bears a title and a description.

pub(super) mod pool;
pub(super) mod waves;

use std::fmt::Write as _;

/// How wide every picture is, in its own units.
const WIDTH: f64 = 680.0;

/// How an outline or line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    /// A thin line.
    Thin,
    /// A heavy line.
    Heavy,
    /// A dashed line.
    Dashed,
}

impl Stroke {
    fn attributes(self) -> &'static str {
        match self {
            Self::Thin => r#"stroke="currentColor" stroke-width="1""#,
            Self::Heavy => r#"stroke="currentColor" stroke-width="3""#,
            Self::Dashed => r#"stroke="currentColor" stroke-width="1" stroke-dasharray="4 3""#,
        }
    }
}

/// How a shape is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fill {
    /// Not at all.
    None,
    /// Lightly.
    Light,
    /// Darkly.
    Dark,
}

impl Fill {
    fn attributes(self) -> &'static str {
        match self {
            Self::None => r#"fill="none""#,
            Self::Light => r#"fill="currentColor" fill-opacity="0.15""#,
            Self::Dark => r#"fill="currentColor" fill-opacity="0.8""#,
        }
    }
}

/// Where a text begins, and in which type it is set.
#[derive(Clone, Copy, Debug)]
struct Type {
    size: f64,
    bold: bool,
    anchor: &'static str,
}

impl Type {
    const fn plain(size: f64) -> Self {
        Self {
            size,
            bold: false,
            anchor: "start",
        }
    }

    const fn bold(size: f64) -> Self {
        Self {
            bold: true,
            ..Self::plain(size)
        }
    }

    const fn middle(self) -> Self {
        Self {
            anchor: "middle",
            ..self
        }
    }

    const fn end(self) -> Self {
        Self {
            anchor: "end",
            ..self
        }
    }
}

/// A picture in the making.
#[derive(Debug, Default)]
struct Drawing {
    body: String,
}

/// Position and size of a rectangle.
#[derive(Clone, Copy, Debug)]
struct Box {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Drawing {
    fn rectangle(&mut self, at: Box, stroke: Stroke, fill: Fill) {
        let Box {
            x,
            y,
            width,
            height,
        } = at;
        self.push(&format!(
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" {} {}/>"#,
            stroke.attributes(),
            fill.attributes()
        ));
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Stroke) {
        self.push(&format!(
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" {}/>"#,
            from.0,
            from.1,
            to.0,
            to.1,
            stroke.attributes()
        ));
    }

    /// A text of at most so many characters; a longer one is shortened in the middle, with the whole as its title.
    fn text(&mut self, at: (f64, f64), kind: Type, text: &str, most: usize) {
        let weight = if kind.bold {
            r#" font-weight="700""#
        } else {
            ""
        };
        let short = shorten(text, most);
        let title = if short == text {
            String::new()
        } else {
            format!("<title>{}</title>", escape(text))
        };
        self.push(&format!(
            r#"<text x="{:.1}" y="{:.1}" font-size="{:.1}" text-anchor="{}"{weight} fill="currentColor">{title}{}</text>"#,
            at.0,
            at.1,
            kind.size,
            kind.anchor,
            escape(&short)
        ));
    }

    fn push(&mut self, element: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.body, "{element}");
    }

    /// The picture. `id` tells it from others on the page.
    fn finish(self, id: &str, height: f64, title: &str, description: &str) -> String {
        format!(
            concat!(
                r#"<svg viewBox="0 0 {:.0} {:.0}" role="img" aria-labelledby="{}-title {}-text">"#,
                "\n",
                r#"<title id="{}-title">{}</title>"#,
                "\n",
                r#"<desc id="{}-text">{}</desc>"#,
                "\n{}</svg>"
            ),
            WIDTH,
            height,
            id,
            id,
            id,
            escape(title),
            id,
            escape(description),
            self.body
        )
    }
}

/// Text as XML; characters XML cannot hold become the replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            blank if blank.is_whitespace() => escaped.push(' '),
            control if control.is_control() => escaped.push('\u{FFFD}'),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The text, or its beginning and its end where it is longer than so many characters of ordinary width.
fn shorten(text: &str, most: usize) -> String {
    let width = |c: &char| if *c < '\u{1100}' { 1 } else { 2 };
    let characters: Vec<char> = text.chars().collect();
    if characters.iter().map(width).sum::<usize>() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(1);
    let take = |characters: &mut dyn Iterator<Item = &char>, room: usize| -> Vec<char> {
        let mut used = 0;
        let fits = |c: &&char| {
            used += width(c);
            used <= room
        };
        characters.take_while(fits).copied().collect()
    };
    let head = take(&mut characters.iter(), room.div_ceil(2));
    let mut tail = take(&mut characters.iter().rev(), room / 2);
    tail.reverse();
    let parts = head.into_iter().chain(['…']).chain(tail);
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut drawing = Drawing::default();
        drawing.text(
            (0.0, 0.0),
            Type::plain(10.0),
            "</text><script>'\"&\u{1}",
            80,
        );
        let picture = drawing.finish("p", 10.0, "<b>", "]]>");
        assert!(picture.contains("&lt;/text&gt;&lt;script&gt;&#39;&quot;&amp;\u{FFFD}"));
        assert!(!picture.contains("<script") && !picture.contains("<b>"));
    }

    #[test]
    fn long_names_keep_both_ends() {
        let cases = [
            ("fe01.contoso.com", 20, "fe01.contoso.com"),
            ("a-very-long-name.emea.contoso.com", 15, "a-very-…oso.com"),
            ("服务器服务器服务器", 9, "服务…务器"),
        ];
        for (text, most, short) in cases {
            assert_eq!(shorten(text, most), short);
        }
    }
}
