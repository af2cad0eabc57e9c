//! The human form, to the letter.

use super::super::Excerpt;
use super::super::tests::Nothing;
use super::*;
use crate::finding::Place;

/// Worksheets in which every cell is in this row.
struct OneRow(Excerpt);

impl Excerpts for OneRow {
    fn shown(&self, path: &str) -> String {
        format!("worksheets/{path}")
    }

    fn row(&self, place: &Place) -> Option<Excerpt> {
        place.at_row().map(|_| self.0.clone())
    }
}

fn excerpt(columns: &[(&str, &str)], caret: usize, row_number: u32) -> OneRow {
    let (heads, cells) = columns
        .iter()
        .map(|(head, cell)| ((*head).to_owned(), (*cell).to_owned()))
        .unzip();
    OneRow(Excerpt {
        heads,
        cells,
        caret,
        row_number,
    })
}

fn written(findings: &[Finding], options: Options, excerpts: &dyn Excerpts) -> String {
    let mut out = Vec::new();
    let findings: Vec<&Finding> = findings.iter().collect();
    write(&mut out, &findings, options, excerpts).unwrap();
    String::from_utf8(out).unwrap()
}

/// The lines of the excerpt alone.
fn framed(columns: &[(&str, &str)], caret: usize, row_number: u32) -> String {
    let place = Place::file("p.xlsx").cell(0, 0);
    let finding = Finding::new(Code::BadDate, "m").at(&place);
    let rows = excerpt(columns, caret, row_number);
    let text = written(&[finding], Options::default(), &rows);
    let lines = text.lines().filter(|line| line.contains('|'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_finding_shows_what_where_the_row_and_the_cure() {
    let finding = Finding::new(
        Code::UnknownServer,
        "no server row is named `sql01.contso.com`",
    )
    .at(&Place::file("pools.xlsx").sheet("Pools").cell(2, 3))
    .help("did you mean `sql01.contoso.com` (servers.xlsx, sheet Servers, cell A4)?");
    let rows = excerpt(
        &[
            ("Pool FQDN", "pool01.contoso.com"),
            ("SQL Server FQDN", "sql01.contso.com"),
            ("SQL instance", "rtc"),
        ],
        1,
        3,
    );
    let expected = "\
error[unknown-server]: no server row is named `sql01.contso.com`
  --> worksheets/pools.xlsx, sheet Pools, cell D3
      |  Pool FQDN             SQL Server FQDN     SQL instance
    3 |  pool01.contoso.com    sql01.contso.com    rtc
      |                        ^^^^^^^^^^^^^^^^
  help: did you mean `sql01.contoso.com` (servers.xlsx, sheet Servers, cell A4)?

1 error in 1 file
";
    assert_eq!(written(&[finding], Options::default(), &rows), expected);
}

#[test]
fn the_caret_stands_under_its_cell_whatever_the_cell_holds() {
    // A blank cell, and no heading over the next one.
    assert_eq!(
        framed(
            &[("Pool FQDN", "p1"), ("SQL instance", ""), ("", "x")],
            1,
            12
        ),
        "      |  Pool FQDN    SQL instance
   12 |  p1                           x
      |               ^"
    );
    // Wide letters take two columns each.
    assert_eq!(
        framed(&[("場所", "東京"), ("期限", "明日")], 1, 1_048_576),
        "        |  場所    期限
1048576 |  東京    明日
        |          ^^^^"
    );
    // Line breaks, escape sequences and great length.
    let long = format!("a\n\u{1b}[2J{}", "x".repeat(90));
    assert_eq!(
        framed(&[("Notes", &long), ("B", "b")], 0, 7),
        format!(
            "      |  Notes                               B
    7 |  a ␛[2J{}…    b
      |  {}",
            "x".repeat(25),
            "^".repeat(32)
        )
    );
}

#[test]
fn of_a_long_row_the_columns_around_the_cell_are_shown() {
    let columns = [
        ("A", "1"),
        ("B", "2"),
        ("C", "3"),
        ("D", "4"),
        ("E", "5"),
        ("F", "6"),
    ];
    let cases = [
        (0, "A    B    C    D", "^"),
        (2, "B    C    D    E", "     ^"),
        (5, "C    D    E    F", "               ^"),
    ];
    for (caret, heads, carets) in cases {
        let text = framed(&columns, caret, 2);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("      |  {heads}"));
        assert_eq!(lines[2], format!("      |  {carets}"));
    }
    assert_eq!(
        framed(&[("A", "1")], 9, 2).lines().count(),
        2,
        "no caret past the end"
    );
}

/// Worksheets whose cells cost what the table says: commands and packets by row.
struct Costly(BTreeMap<u32, Cost>);

impl Excerpts for Costly {
    fn shown(&self, path: &str) -> String {
        path.to_owned()
    }

    fn cost(&self, findings: &[&Finding]) -> Cost {
        let rows = findings.iter().filter_map(|it| it.place.as_ref()?.at_row());
        let costs = rows.filter_map(|row| self.0.get(&row));
        costs.fold(Cost::default(), |sum, cost| Cost {
            commands: sum.commands + cost.commands,
            packets: sum.packets.max(cost.packets),
        })
    }

    fn row(&self, _: &Place) -> Option<Excerpt> {
        None
    }
}

fn costly<const N: usize>(rows: [(u32, usize, usize); N]) -> Costly {
    let cost = |(row, commands, packets)| (row, Cost { commands, packets });
    Costly(rows.into_iter().map(cost).collect())
}

fn at(code: Code, row: u32) -> Finding {
    let place = Place::file("a.xlsx").sheet("S").cell(row, 0);
    Finding::new(code, format!("m{}", row + 1)).at(&place)
}

#[test]
fn of_a_kind_the_worst_is_told_in_full_and_the_others_in_a_line_each() {
    let findings = [
        at(Code::BadDate, 0),
        at(Code::BadDate, 1),
        at(Code::BadDate, 2),
        at(Code::BadFqdn, 5),
    ];
    let costs = costly([(1, 4, 2), (2, 1, 1), (5, 9, 3)]);
    let expected = "\
error[bad-fqdn]: m6
  --> a.xlsx, sheet S, cell A6
  cost: withholds 9 commands in 3 packets

error[bad-date]: m2
  --> a.xlsx, sheet S, cell A2
  cost: withholds 4 commands in 2 packets
  2 more of bad-date; together: withholds 5 commands in 2 packets
    a.xlsx:S!A3: m3
    a.xlsx:S!A1: m1

4 errors in 1 file
";
    assert_eq!(written(&findings, Options::default(), &costs), expected);
}

#[test]
fn notes_of_a_kind_take_two_lines_however_many_they_are() {
    let findings: Vec<Finding> = (0..41).map(|row| at(Code::ExtraColumn, row)).collect();
    let expected = "\
info[extra-column]: m1 (worksheets/a.xlsx:S!A1)
  … and 40 more of extra-column (-v shows all)

41 notes in 1 file
";
    assert_eq!(written(&findings, Options::default(), &Nothing), expected);
}

#[test]
fn where_there_is_much_the_ten_cells_that_clear_most_come_first() {
    let rows = 0..31;
    let findings: Vec<Finding> = rows.map(|row| at(Code::BadDate, row)).collect();
    let costs = Costly(
        (0..31)
            .map(|row| {
                let commands = usize::try_from(row).unwrap();
                (
                    row,
                    Cost {
                        commands,
                        packets: 1,
                    },
                )
            })
            .collect(),
    );
    let text = written(&findings, Options::default(), &costs);
    let head: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(head.len(), 11, "{text}");
    assert_eq!(head[0], "Mend these first");
    assert_eq!(
        head[1],
        "  a.xlsx:S!A31  bad-date: withholds 30 commands in 1 packet"
    );
    assert_eq!(text.matches("error[bad-date]").count(), 1);
    assert!(
        text.contains("\n    … and 21 more (-v shows all)\n"),
        "{text}"
    );

    let all = Options {
        verbose: true,
        ..Options::default()
    };
    let text = written(&findings, all, &costs);
    assert!(text.starts_with("error[bad-date]: m1\n"), "{text}");
    assert_eq!(text.matches("error[bad-date]").count(), 31);
    assert!(!text.contains('…'));
}

#[test]
fn colour_adds_styles_and_nothing_else() {
    let finding = Finding::new(Code::NoCms, "no \u{1b}[5mpool").help("add one");
    let coloured = Options {
        colour: true,
        ..Options::default()
    };
    let text = written(&[finding], coloured, &Nothing);
    assert!(
        text.contains("\u{1b}[1m\u{1b}[31merror[no-cms]\u{1b}[0m: "),
        "{text:?}"
    );
    assert!(!text.contains("\u{1b}[5m"));
    let plain = anstream::adapter::strip_str(&text).to_string();
    assert_eq!(
        plain,
        "error[no-cms]: no ␛[5mpool\n  help: add one\n\n1 error\n"
    );
}
