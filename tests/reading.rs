//! The reading stage on files made for the purpose: what each format can say, and what hostile ones try.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use restore_packets::finding::Code;
use restore_packets::workbook::{self, RawValue, Read, Sheet};

fn read(name: &str, bytes: &[u8]) -> Read {
    workbook::read(&Arc::from(name), bytes)
}

fn text(text: &str) -> RawValue {
    RawValue::Text(text.into())
}

fn codes(read: &Read) -> Vec<Code> {
    read.findings.iter().map(|finding| finding.code).collect()
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a part begins");
        writer
            .write_all(content.as_bytes())
            .expect("a part is written");
    }
    writer.finish().expect("the archive ends").into_inner()
}

/// An `.xlsx` workbook with one sheet of this XML.
fn xlsx(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            &relation("officeDocument", "xl/workbook.xml"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relation("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Pools" sheetId="1" state="hidden" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{main}">{sheet}</worksheet>"#),
        ),
    ])
}

/// An `.ods` workbook with these tables.
fn ods(tables: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", tables),
    ])
}

fn only_sheet(read: &Read) -> &Sheet {
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(read.sheets.len(), 1);
    &read.sheets[0]
}

#[test]
fn an_xlsx_sheet_keeps_addresses_and_loses_no_odd_cell() {
    let bytes = xlsx(
        r#"<cols><col min="2" max="2" hidden="1"/></cols><sheetData>
        <row r="3"><c r="B3" t="inlineStr"><is><t>Redmond</t></is></c><c r="D3" t="e"><v>#SPILL!</v></c><c r="E3" t="b"><v>maybe</v></c></row>
        <row r="4" hidden="1"><c r="C4"><f>A1+1</f></c><c r="D4" t="str"><f>""</f><v></v></c><c r="F4"><v>11</v></c></row>
        </sheetData><mergeCells count="1"><mergeCell ref="B3:B4"/></mergeCells>"#,
    );
    let read = read("pools.xlsx", &bytes);
    let sheet = only_sheet(&read);
    assert!(sheet.hidden);
    assert_eq!(sheet.value(2, 1), Some(&text("Redmond")));
    assert_eq!(sheet.value(3, 1), Some(&text("Redmond")));
    assert_eq!(sheet.value(2, 3), Some(&RawValue::Error("#SPILL!".into())));
    assert!(matches!(sheet.value(2, 4), Some(RawValue::Error(_))));
    assert_eq!(sheet.value(3, 2), Some(&RawValue::Uncached("A1+1".into())));
    assert_eq!(sheet.value(3, 3), None);
    assert_eq!(sheet.value(3, 5), Some(&RawValue::Number(11.0)));
    assert_eq!(sheet.layout.hidden_rows, [3].into());
    assert_eq!(sheet.layout.hidden_columns, [1].into());
    assert!(sheet.layout.region(3, 1).is_some());
}

#[test]
fn xlsx_values_in_sections_and_of_formulas_are_read() {
    let bytes = xlsx(
        r#"<sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[UC <team> & co]]></v></c><c r="B1"><v><![CDATA[7]]></v></c>
        <c r="C1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c></row></sheetData>
        <headerFooter><oddHeader>&amp;C&amp;"Arial"&amp;14DRAFT</oddHeader></headerFooter>"#,
    );
    let read = read("pools.xlsx", &bytes);
    let sheet = only_sheet(&read);
    assert_eq!(sheet.value(0, 0), Some(&text("UC <team> & co")));
    assert_eq!(sheet.value(0, 1), Some(&RawValue::Number(7.0)));
    assert_eq!(sheet.value(0, 2), Some(&text("ab")));
    assert_eq!(sheet.layout.margins, ["DRAFT"]);
}

#[test]
fn xlsx_text_struck_out_in_part_keeps_what_is_left() {
    let bytes = xlsx(
        r#"<sheetData><row r="1">
        <c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr><t xml:space="preserve">D:\Old </t></r><r><t>D:\New</t></r></is></c>
        <c r="B1" t="inlineStr"><is><r><rPr><strike/></rPr><t>all</t></r><r><rPr><b/><strike val="1"/></rPr><t> of it</t></r></is></c>
        <c r="C1" t="inlineStr"><is><r><rPr><b/></rPr><t>bold</t></r><r><rPr><strike val="0"/></rPr><t> text</t></r></is></c>
        <c r="D1"><f>TODAY()-1</f><v>41799</v></c><c r="E1"><f>A2+1</f><v>7</v></c>
        </row></sheetData>"#,
    );
    let read = read("pools.xlsx", &bytes);
    let sheet = only_sheet(&read);
    let struck = RawValue::PartlyStruck {
        text: r"D:\Old D:\New".into(),
        rest: r"D:\New".into(),
    };
    assert_eq!(sheet.value(0, 0), Some(&struck));
    assert_eq!(sheet.value(0, 1), Some(&text("allof it")));
    assert_eq!(sheet.value(0, 2), Some(&text("boldtext")));
    assert_eq!(sheet.layout.struck, [(0, 1)].into());
    let renewing = RawValue::Renewing {
        formula: "TODAY()-1".into(),
        result: Box::new(RawValue::Number(41_799.0)),
    };
    assert_eq!(sheet.value(0, 3), Some(&renewing));
    assert_eq!(sheet.value(0, 4), Some(&RawValue::Number(7.0)));
}

#[test]
fn ods_cells_keep_what_is_left_and_what_is_shown() {
    let read = read(
        "pools.ods",
        &ods(
            r#"<office:spreadsheet><style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="ce1"><style:text-properties style:text-line-through-type="single"/></style:style>
        <table:table table:name="Pools"><table:table-row>
          <table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">D:\Old</text:span> D:\New</text:p></table:table-cell>
          <table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">gone</text:span></text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="12"><text:p>Rack 012</text:p></table:table-cell>
          <table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="11" table:style-name="ce1"><text:p>11</text:p></table:table-cell>
          <table:table-cell><draw:frame><draw:text-box><text:p>moved &amp;</text:p><text:p>gone</text:p></draw:text-box></draw:frame></table:table-cell>
          <table:table-cell table:formula="of:=TODAY()" office:value-type="date" office:date-value="2014-05-01"><text:p>1.5.14</text:p></table:table-cell>
        </table:table-row></table:table></office:spreadsheet>"#,
        ),
    );
    let sheet = only_sheet(&read);
    let struck = RawValue::PartlyStruck {
        text: r"D:\Old D:\New".into(),
        rest: r"D:\New".into(),
    };
    assert_eq!(sheet.value(0, 0), Some(&struck));
    assert_eq!(sheet.value(0, 1), Some(&text("gone")));
    let shown = |number, text: &str| RawValue::Formatted(number, text.into());
    assert_eq!(sheet.value(0, 2), Some(&shown(12.0, "Rack 012")));
    assert_eq!(sheet.value(0, 3), Some(&shown(0.5, "50%")));
    assert_eq!(sheet.value(0, 4), Some(&RawValue::Number(11.0)));
    assert_eq!(sheet.layout.struck, [(0, 1), (0, 4)].into());
    let today = RawValue::Renewing {
        formula: "TODAY()".into(),
        result: Box::new(RawValue::Date(date(2014, 5, 1).at(0, 0, 0, 0))),
    };
    assert_eq!(sheet.value(0, 6), Some(&today));
    assert_eq!(sheet.layout.boxes, ["moved & gone"]);
}

#[test]
fn an_ods_sheet_keeps_addresses_merges_and_what_is_hidden() {
    let read = read(
        "pools.ods",
        &ods(
            r#"<office:spreadsheet><style:style style:name="h"><style:table-properties table:display="false"/></style:style>
        <style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <table:table table:name="'file:///x'#S"><table:table-source/><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>
        <table:table table:name="Pools" table:style-name="h"><table:table-column/><table:table-column table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="4"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-repeated="2"/>
          <table:table-cell table:number-rows-spanned="2" office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>two<text:s text:c="2"/>&amp;</text:p><text:p>lines</text:p></table:table-cell>
          <table:table-cell table:style-name="s" office:value-type="date" office:date-value="2014-05-01"><text:p>1.5.14</text:p></table:table-cell>
          <table:table-cell table:formula="of:=[.A1]" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>
          <table:table-cell table:formula="of:=[.A1]"/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/><table:covered-table-cell/></table:table-row>
        <table:table-row table:number-rows-repeated="1048000" table:visibility="filter"><table:table-cell/></table:table-row>
        </table:table></office:spreadsheet>"#,
        ),
    );
    let sheet = only_sheet(&read);
    assert!(sheet.hidden);
    assert_eq!(sheet.value(4, 2), Some(&text("two  &\nlines")));
    assert_eq!(sheet.value(5, 2), Some(&text("two  &\nlines")));
    let day = date(2014, 5, 1).at(0, 0, 0, 0);
    assert_eq!(sheet.value(4, 3), Some(&RawValue::Date(day)));
    assert_eq!(sheet.value(4, 4), Some(&RawValue::Error("#REF!".into())));
    assert_eq!(sheet.value(4, 5), Some(&RawValue::Uncached("[.A1]".into())));
    assert_eq!(sheet.value(5, 1), Some(&RawValue::Number(7.0)));
    assert_eq!(sheet.layout.hidden_rows, [5].into());
    assert_eq!(sheet.layout.hidden_columns, [1].into());
    assert_eq!(sheet.layout.struck, [(4, 3)].into());
    let commented: Vec<_> = sheet.layout.comments.keys().copied().collect();
    assert_eq!(commented, [(4, 2)]);
}

/// The records of an `.xls` workbook, one after the other.
fn records(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, data) in records {
        let length = u16::try_from(data.len()).expect("a short record");
        stream.extend([kind.to_le_bytes(), length.to_le_bytes()].concat());
        stream.extend(data);
    }
    stream
}

/// An `.xls` workbook whose one sheet has these records.
fn xls(sheet: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let begin = |kind: u16| {
        (
            0x0809,
            [0x0600_u16, kind, 0, 0].map(u16::to_le_bytes).concat(),
        )
    };
    let globals = |start: u32| {
        let name = [start.to_le_bytes().as_slice(), &[0, 0, 5, 0], b"Pools"].concat();
        // One font, struck out, and one cell format that uses it.
        let font = [&[0xC8, 0, 8, 0], [0; 10].as_slice(), &[1, 0, b'A']].concat();
        let format = (0x00E0, vec![0; 20]);
        let globals = [
            begin(5),
            (0x0031, font),
            format,
            (0x0085, name),
            (0x000A, Vec::new()),
        ];
        records(&globals)
    };
    let start = u32::try_from(globals(0).len()).expect("a short stream");
    let mut all = vec![begin(0x10)];
    all.extend(sheet.iter().cloned());
    all.push((0x000A, Vec::new()));
    let stream = [globals(start), records(&all)].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    let mut workbook = file.create_stream("/Workbook").expect("a stream");
    workbook.write_all(&stream).expect("it is written");
    workbook.flush().expect("it is whole");
    drop(workbook);
    file.into_inner().into_inner()
}

fn number(row: u16, column: u16, value: f64) -> (u16, Vec<u8>) {
    let address = [row, column, 0].map(u16::to_le_bytes).concat();
    (0x0203, [address, value.to_le_bytes().to_vec()].concat())
}

#[test]
fn an_xls_sheet_with_cells_far_apart_costs_nothing_and_keeps_their_addresses() {
    let size = [0_u32, u32::MAX, 0xFFFF_0000]
        .map(u32::to_le_bytes)
        .concat();
    let hidden_row = [9_u16, 0, 0, 0, 0, 0, 0x20, 0]
        .map(u16::to_le_bytes)
        .concat();
    let hidden_column = [2_u16, 3, 0, 0, 1, 0].map(u16::to_le_bytes).concat();
    let merged = [1_u16, 9, 65_535, 5, 5].map(u16::to_le_bytes).concat();
    let read = read(
        "pools.xls",
        &xls(&[
            (0x0200, [size, vec![0, 0]].concat()),
            (0x0208, hidden_row),
            (0x007D, hidden_column),
            number(9, 5, 1.5),
            number(65_535, 255, 2.5),
            (0x001C, [9_u16, 5, 0, 1, 0].map(u16::to_le_bytes).concat()),
            (0x00E5, merged),
        ]),
    );
    let sheet = only_sheet(&read);
    assert_eq!(sheet.value(9, 5), Some(&RawValue::Number(1.5)));
    assert_eq!(sheet.value(65_535, 255), Some(&RawValue::Number(2.5)));
    assert_eq!(sheet.value(65_535, 5), Some(&RawValue::Number(1.5)));
    assert_eq!(sheet.layout.hidden_rows, [9].into());
    assert_eq!(sheet.layout.hidden_columns, [2, 3].into());
    let commented: Vec<_> = sheet.layout.comments.keys().copied().collect();
    assert_eq!(commented, [(9, 5)]);
    assert_eq!(sheet.layout.struck, [(9, 5), (65_535, 255)].into());
}

#[test]
fn xls_text_struck_out_in_part_keeps_what_is_left() {
    // The cell's own format strikes nothing out; the first run's font does.
    let cell = [9_u16, 5, 7, 7].map(u16::to_le_bytes).concat();
    let runs = [2_u16, 0, 0, 4, 5].map(u16::to_le_bytes).concat();
    let rich = [cell.as_slice(), &[0], b"old new", &runs].concat();
    let read = read("pools.xls", &xls(&[(0x00D6, rich)]));
    let struck = RawValue::PartlyStruck {
        text: "old new".into(),
        rest: "new".into(),
    };
    assert_eq!(only_sheet(&read).value(9, 5), Some(&struck));
}

#[test]
fn an_encrypted_xls_workbook_of_any_kind_is_protected() {
    let simple = xls(&[]);
    assert_eq!(read("a.xls", &simple).sheets.len(), 1);
    // The old way of encryption, which has the number zero, in the place of the sheet's entry.
    let at = simple
        .windows(4)
        .position(|bytes| bytes == [0x85, 0, 13, 0])
        .expect("the entry");
    let mut encrypted = simple;
    encrypted[at..at + 6].copy_from_slice(&[0x2F, 0, 13, 0, 0, 0]);
    assert_eq!(codes(&read("a.xls", &encrypted)), [Code::ProtectedFile]);
}

/// Written by a script with the methods of a library of another language (msoffcrypto); one for each way to encrypt.
#[test]
fn workbooks_that_are_protected_against_writing_alone_are_read() {
    let books: [(&str, &[u8]); 6] = [
        ("agile.xlsx", include_bytes!("data/protected/agile.xlsx")),
        (
            "standard.xlsx",
            include_bytes!("data/protected/standard.xlsx"),
        ),
        ("mask.xls", include_bytes!("data/protected/mask.xls")),
        ("md5.xls", include_bytes!("data/protected/md5.xls")),
        ("sha1-40.xls", include_bytes!("data/protected/sha1-40.xls")),
        (
            "sha1-128.xls",
            include_bytes!("data/protected/sha1-128.xls"),
        ),
    ];
    for (name, bytes) in books {
        let read = read(name, bytes);
        assert_eq!(codes(&read), [], "{name}");
        let sheet = only_sheet(&read);
        assert_eq!(sheet.value(0, 0), Some(&text("Server FQDN")), "{name}");
        assert_eq!(sheet.value(1, 0), Some(&text("fs01.contoso.com")), "{name}");
    }
}

#[test]
fn workbooks_older_than_any_that_is_read_say_how_to_save_them() {
    for (start, name) in [
        (b"\x09\0\x04\0\x02\0\x10\0", "Excel 2"),
        (b"\x09\x02\x06\0\0\0\x10\0", "Excel 3"),
        (b"\x09\x04\x06\0\0\0\x10\0", "Excel 4"),
    ] {
        let read = read("old.xls", start);
        assert_eq!(codes(&read), [Code::UnreadableFile]);
        let finding = &read.findings[0];
        assert!(finding.message.contains(name), "{}", finding.message);
        assert!(
            finding
                .help
                .as_deref()
                .is_some_and(|it| it.contains(".xlsx"))
        );
    }
}

#[test]
fn hostile_workbooks_cost_one_finding_and_little_time() {
    let row = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let spaces = r#"<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>"#;
    let table = |rows: &str| {
        ods(&format!(
            r#"<table:table table:name="S">{rows}</table:table>"#
        ))
    };
    let mut cells = String::from("<sheetData><row>");
    for _ in 0..1_100 {
        let _ = write!(
            cells,
            r#"<c t="e"><f t="shared" si="99999999999" ref="A1"/><v>#WHAT?</v></c>"#
        );
    }
    cells.push_str("</row></sheetData>");
    let bomb = "\0".repeat(300 << 20);
    let cases = [
        (table(row), Code::OversizedSheet),
        (
            ods(r#"<table:table table:name="S"><table:table-row>"#),
            Code::UnreadableFile,
        ),
        (
            xlsx(r#"<sheetData><row><c r="XFE1"><v>1</v></c></row></sheetData>"#),
            Code::OversizedSheet,
        ),
        (xlsx(&cells), Code::UnreadableSheet),
        (
            xlsx(r#"<sheetData><row><c r="A1"><v>1</v></c>"#),
            Code::UnreadableSheet,
        ),
        (zip(&[("xl/workbook.xml", &bomb)]), Code::OversizedSheet),
        (zip(&[("a.txt", "a")]), Code::UnreadableFile),
        (ods("")[..40].to_vec(), Code::UnreadableFile),
        (b"PK\x03\x04".to_vec(), Code::UnreadableFile),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            Code::UnreadableFile,
        ),
        (Vec::new(), Code::UnreadableFile),
    ];
    for (bytes, code) in cases {
        let start = Instant::now();
        let read = read("a.xlsx", &bytes);
        let found: Vec<Code> = codes(&read)
            .into_iter()
            .filter(|code| *code != Code::MisnamedFile)
            .collect();
        assert_eq!((found, read.sheets.len()), (vec![code], 0));
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    assert_eq!(codes(&read("a.ods", &ods(""))), [Code::UnknownSheet]);
    let long = read("a.ods", &table(spaces));
    assert_eq!(
        only_sheet(&long).value(0, 0),
        Some(&text(&" ".repeat(1_000)))
    );
}

#[test]
fn the_content_decides_and_a_name_that_lies_is_mentioned() {
    let read_as_text = read(
        "servers.xls",
        b"Server FQDN;Role\nfe01.contoso.com;Front End Server\n",
    );
    assert_eq!(codes(&read_as_text), [Code::MisnamedFile]);
    assert_eq!(
        read_as_text.sheets[0].value(1, 0),
        Some(&text("fe01.contoso.com"))
    );
    assert!(read_as_text.sheets[0].place.in_sheet().is_none());
    for (name, bytes) in [
        ("a.csv", b"a,b\0\x01\x02".as_slice()),
        ("a.xls", b"<html><table><tr><td>Server FQDN"),
        ("a.xlsx", b"%PDF-1.4"),
    ] {
        assert_eq!(codes(&read(name, bytes)), [Code::UnreadableFile], "{name}");
    }
}

#[test]
fn a_csv_file_says_what_was_guessed_and_how_its_rows_were_written() {
    let guessed = read("a.csv", b"FQDN,Owner\nfe01,M\xFCller\n");
    assert_eq!(codes(&guessed), [Code::GuessedEncoding]);
    assert_eq!(guessed.sheets[0].value(1, 1), Some(&text("Müller")));
    let open = read("a.csv", b"FQDN,Owner\nfe01,x\n\"fe02,y\nfe03,z\n");
    let records = open.sheets[0].layout.records.as_ref();
    let records = records.expect("text has records");
    assert_eq!(
        (records.unclosed, &records.widths),
        (Some(2), &[(0, 2), (1, 2), (2, 1)].into())
    );
}
