//! What Markdown is read as, and what is refused.

use super::*;

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn sealed(purpose: Purpose, value: &str) -> String {
    seal::close(purpose, &Slot::text(value))
}

#[test]
fn the_dialect_is_read() {
    let (blocks, gaps) =
        parse("Do *this*\nnow.\n\n- `a`\n- b\n  - c\n\n> [!WARNING]\n> **Mind.**\n")
            .expect("the dialect");
    assert!(gaps.is_empty());
    let nested = Block::List(vec![vec![Block::Paragraph(vec![text("c")])]]);
    assert_eq!(
        blocks,
        [
            Block::Paragraph(vec![
                text("Do "),
                Inline::Emphasis(vec![text("this")]),
                text(" now."),
            ]),
            Block::List(vec![
                vec![Block::Paragraph(vec![Inline::Code("a".to_owned())])],
                vec![Block::Paragraph(vec![text("b")]), nested],
            ]),
            Block::Alert(
                AlertKind::Warning,
                vec![Block::Paragraph(vec![Inline::Strong(vec![text("Mind.")])])],
            ),
        ]
    );
}

#[test]
fn what_the_dialect_does_not_know_is_named() {
    let cases = [
        ("a <b>b</b>", "HTML"),
        ("<div>\nx\n</div>", "HTML"),
        ("![x](y.png)", "an image"),
        ("[x](y)", "a link"),
        ("|a|b|\n|-|-|\n|1|2|", "a table"),
        ("1. x", "a numbered list"),
        ("> x", "a quotation"),
        ("- x\n\n  ```\n  y\n  ```", "code inside a list"),
        ("    x", "code inside a list"),
        ("- # x", "a heading inside a list"),
        ("~~x~~", "strikethrough"),
        ("- [ ] x", "a task list"),
        ("a  \nb", "a forced line break"),
        ("a\n\n---\n", "a horizontal rule"),
        ("# x", "a heading inside prose"),
    ];
    for (markdown, what) in cases {
        let problem = parse(markdown).expect_err(markdown);
        assert!(problem.what.starts_with(what), "{markdown:?}: {problem}");
    }
}

#[test]
fn worksheet_text_never_becomes_markup() {
    let hostile = "# `a` <b> **c** [d](e)";
    let markdown = format!(
        "{}\n\n`{}`",
        sealed(Purpose::Prose, hostile),
        sealed(Purpose::Prose, hostile)
    );
    let (blocks, _) = parse(&markdown).expect("sealed text");
    assert_eq!(
        blocks,
        [
            Block::Paragraph(vec![text(hostile)]),
            Block::Paragraph(vec![Inline::Code(hostile.to_owned())]),
        ]
    );
}

#[test]
fn a_path_stands_as_code() {
    let share = r"\\fs01\Share";
    let (blocks, _) = parse(&format!("From {}.", sealed(Purpose::Prose, share))).expect("a path");
    let code = Inline::Code(share.to_owned());
    assert_eq!(
        blocks,
        [Block::Paragraph(vec![text("From "), code, text(".")])]
    );
}

#[test]
fn a_gap_is_a_labelled_blank_and_is_reported() {
    let gap = Slot::gap("file share", "fill in `File store`");
    let markdown = format!("Share `{}` now.", seal::close(Purpose::Prose, &gap));
    let (blocks, gaps) = parse(&markdown).expect("a gap");
    let blank = Inline::Blank("file share".to_owned());
    assert_eq!(
        blocks,
        [Block::Paragraph(vec![text("Share "), blank, text(" now.")])]
    );
    assert_eq!(gaps.into_iter().map(Slot::Gap).collect::<Vec<_>>(), [gap]);
}

#[test]
fn what_only_advises_is_a_line_to_fill_in_and_no_gap() {
    let gap = Slot::gap("static port", "fill in `SQL port`");
    let markdown = format!("Port {}.", seal::close(Purpose::Advice, &gap));
    let (blocks, gaps) = parse(&markdown).expect("the dialect");
    let blank = Inline::Blank("static port".to_owned());
    assert_eq!(
        blocks,
        [Block::Paragraph(vec![text("Port "), blank, text(".")])]
    );
    assert_eq!(gaps, []);
}

#[test]
fn a_value_without_a_filter_or_with_the_wrong_one_is_a_problem() {
    for purpose in [Purpose::Unread, Purpose::Command, Purpose::Path] {
        assert!(parse(&sealed(purpose, "fe01")).is_err());
    }
}
