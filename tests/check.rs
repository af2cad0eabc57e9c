//! `check`, run as people run it: its exit codes, its streams, its marked copies, and that one mistake is one finding.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use restore_packets::workbook::{self, RawValue};
use tempfile::TempDir;

const SERVERS: &str = "\
Server FQDN,Role,Pool FQDN,SQL instance,Operating system,Lync version,SQL Server version,SQL Server edition
fe01.contoso.com,Front End Server,pool01.contoso.com,,Windows Server 2012,5.0.8308.577,,
fe02.contoso.com,Front End Server,pool01.contoso.com,,Windows Server 2012,5.0.8308.577,,
sql01.contoso.com,Back End Server,,rtc,Windows Server 2012,,SQL Server 2012 SP1,Standard
sql02.contoso.com,Back End Server,,rtc,Windows Server 2012,,SQL Server 2012 SP1,Standard
fs01.contoso.com,File Server,,,Windows Server 2012,,,
se01.contoso.com,Standard Edition server,,,Windows Server 2012,5.0.8308.577,,
";

const POOLS: &str = r"Pool FQDN,Pool type,SQL Server FQDN,SQL instance,Mirror SQL Server FQDN,Mirror SQL instance,Mirroring file share,File store,Response Group,Central Management store
pool01.contoso.com,Front End,sql01.contoso.com,rtc,sql02.contoso.com,rtc,\\fs01.contoso.com\Mirroring,\\fs01.contoso.com\Lync,no,yes
se01.contoso.com,Standard Edition,,,,,,\\se01.contoso.com\Lync,no,no
";

const CERTIFICATES: &str = "\
FQDN,Certificate use,Expires,Subject,Private key exportable,Can be re-enrolled
pool01.contoso.com,Default; OAuthTokenIssuer,2016-01-01,CN=pool01.contoso.com,no,yes
se01.contoso.com,Default; OAuthTokenIssuer,2016-01-01,CN=se01.contoso.com,no,yes
";

const DATABASES: &str = r"Database,Server name (FQDN),Backup schedule,Database backup tool,Backup set,Backup destination,Pool FQDN,Last restore test
Rtc,pool01.contoso.com,daily,Export-CsUserData,Weekly,$Backup\pool01.zip,pool01.contoso.com,2014-05-03
Rtc,se01.contoso.com,daily,Export-CsUserData,Weekly,$Backup\se01.zip,se01.contoso.com,2014-05-03
";

const SETTINGS: &str = r"Database,Server name (FQDN),Backup schedule,Backup tool,Configuration file (.xml) name,Backup location,Last restore test
Xds,pool01.contoso.com,daily,Export-CsConfiguration,xds.zip,$Backup,2014-05-03
Lis,pool01.contoso.com,daily,Export-CsLisConfiguration,lis.zip,$Backup,2014-05-03
";

const FILE_STORES: &str = r"Content,Server name (FQDN),Backup schedule,File system backup tool,File share to be backed up,Local path,Backup destination,Last restore test
File store,fs01.contoso.com,daily,Robocopy,\\fs01.contoso.com\Lync,D:\Shares\Lync,$Backup\fs01,2014-05-03
File store,se01.contoso.com,daily,Robocopy,\\se01.contoso.com\Lync,D:\Shares\Lync,$Backup\se01,2014-05-03
";

const DEPLOYMENT: &str = r"Setting,Value
Product,Lync Server 2013
Backup location,\\bk01.contoso.com\Lync\2014-06
";

const CONTACTS: &str = "\
Responsibility,Name,Phone
Declares a restore,Anna Lee,555-0100
";

/// A folder with the worksheets of a small organization that has nothing to mend.
struct Estate(TempDir);

impl Estate {
    fn new() -> Self {
        let estate = Self(tempfile::tempdir().expect("a folder"));
        for (name, text) in [
            ("servers.csv", SERVERS),
            ("pools.csv", POOLS),
            ("certificates.csv", CERTIFICATES),
            ("databases.csv", DATABASES),
            ("settings.csv", SETTINGS),
            ("file-stores.csv", FILE_STORES),
            ("deployment.csv", DEPLOYMENT),
            ("contacts.csv", CONTACTS),
        ] {
            estate.write(name, text.as_bytes());
        }
        estate
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path("worksheets").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        fs::write(path, bytes).expect("it is written");
    }

    /// Replaces the first such text of a worksheet.
    fn change(self, name: &str, from: &str, to: &str) -> Self {
        let path = self.path("worksheets").join(name);
        let text = fs::read_to_string(path).expect("a worksheet");
        assert!(text.contains(from), "{name} has no `{from}`");
        self.write(name, text.replacen(from, to, 1).as_bytes());
        self
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_restore-packets"));
        command
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .args(words)
            .args(["--as-of", "2014-06-10"]);
        if words.contains(&"build") {
            command.args(["--format", "md"]);
        }
        command
    }

    fn run(&self, words: &[&str]) -> Run {
        Run::of(&self.command(words).output().expect("it starts"))
    }

    /// The codes of all findings.
    fn codes(&self) -> Vec<String> {
        let text = self.run(&["check", "--message-format", "json"]).out;
        let code = |line: &str| -> String {
            let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
            entry["code"].as_str().expect("a code").to_owned()
        };
        text.lines().map(code).collect()
    }
}

/// How a run ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}

#[test]
fn one_mistake_is_one_finding() {
    let misspelt_pool = SERVERS.replacen("pool01", "pool1", 1);
    let cases: [(&str, &str, &str, &[&str]); 7] = [
        (
            "pools.csv",
            "sql01.contoso",
            "sql1.contoso",
            &["unknown-server"],
        ),
        ("servers.csv", SERVERS, &misspelt_pool, &["unknown-pool"]),
        ("pools.csv", ",yes\n", ",maybe\n", &["bad-choice"]),
        ("pools.csv", "no\n", "yes\n", &["two-cms"]),
        (
            "pools.csv",
            ",rtc,sql02",
            ",lync,sql02",
            &["conflicting-instance"],
        ),
        (
            "databases.csv",
            "Rtc,pool01.contoso.com",
            "Rtc,old.contoso.com",
            &[],
        ),
        (
            "settings.csv",
            "Xds,pool01.contoso.com",
            "Xds,old.contoso.com",
            &[],
        ),
    ];
    assert_eq!(Estate::new().codes(), [""; 0]);
    for (name, from, to, codes) in cases {
        assert_eq!(Estate::new().change(name, from, to).codes(), codes, "{to}");
    }
}

#[test]
fn with_two_hosts_recorded_no_command_names_one_of_them() {
    let packet = |estate: Estate| {
        estate.run(&["build"]);
        fs::read_to_string(estate.path("output/servers/sql01.contoso.com.md")).expect("a packet")
    };
    let destructive = "\nInstall-CsDatabase -CentralManagementDatabase -Clean";
    assert!(packet(Estate::new()).contains(destructive));
    let undecided = packet(Estate::new().change("pools.csv", "no\n", "yes\n"));
    assert!(!undecided.contains(destructive));
    assert!(undecided.contains("withheld"));
}

#[test]
fn a_row_with_an_unknown_condition_applies_to_nothing() {
    let estate = Estate::new();
    let head = "If this failed,See this section,Id,Applies to,Condition,Procedure file\n";
    let row = "Any server,Ours,ours,member,on a full moon,member-server.md\n";
    estate.write("decisions.csv", format!("{head}{row}").as_bytes());
    let says = estate.run(&["build"]).err;
    assert!(says.contains("`on a full moon` is no condition; the row is not used"));
    let manifest = fs::read_to_string(estate.path("output/manifest.json")).expect("a manifest");
    assert!(!manifest.contains("\"ours\""));
}

#[test]
fn the_exit_code_says_what_came_of_it() {
    let good = Estate::new();
    let bad = || Estate::new().change("certificates.csv", "2016-01-01", "soon");
    fs::create_dir(good.path("empty")).expect("it is made");
    good.write("../notes/notes.csv", b"Shopping,List\nmilk,2\n");
    fs::write(good.path("file"), "").expect("it is written");
    let cases: [(&[&str], i32, &str); 11] = [
        (&["check"], 0, ""),
        (&["check", "--worksheets", "worksheets/servers.csv"], 1, ""),
        (
            &["check", "--worksheets", "nowhere"],
            3,
            "cannot read `nowhere`",
        ),
        (&["check", "--worksheets", "empty"], 3, "nothing to issue"),
        (&["check", "--worksheets", "notes"], 3, "nothing to issue"),
        (
            &["check", "--only", "fe1.contoso.com"],
            2,
            "did you mean `fe01.contoso.com`",
        ),
        (&["check", "--config", "nowhere.toml"], 2, "nowhere.toml"),
        (
            &["check", "--annotate", "worksheets/marked"],
            2,
            "lies in the worksheets folder",
        ),
        (&["check", "--annotate", "file/marked"], 2, "file/marked"),
        (&["check", "--colour", "never"], 2, "--color"),
        (&["build", "--output", "file/output"], 3, "file/output"),
    ];
    for (words, code, says) in cases {
        let run = good.run(words);
        assert_eq!(run.code, Some(code), "{words:?}: {}", run.err);
        assert!(run.err.contains(says), "{words:?}: {}", run.err);
    }
    assert_eq!(bad().run(&["check"]).code, Some(1));
    assert_eq!(bad().run(&["build"]).code, Some(1));
    assert_eq!(bad().run(&["build", "--dry-run"]).code, Some(1));
}

#[test]
fn findings_are_the_result_of_check_and_an_aside_of_build() {
    let estate = Estate::new().change("certificates.csv", "2016-01-01", "soon");
    let line = "worksheets/certificates.csv:C2: error[bad-date]: ";
    let short = ["--message-format", "short"];
    let check = estate.run(&[&["check"], &short[..]].concat());
    assert!(check.out.starts_with(line), "{}", check.out);
    assert_eq!(check.err, "");
    let build = estate.run(&[&["build"], &short[..]].concat());
    assert!(build.err.starts_with(line), "{}", build.err);
    assert!(!build.out.contains("bad-date"));
    let json = estate.run(&["build", "--message-format", "json"]);
    assert!(json.out.starts_with("{\"code\":\"bad-date\",") && json.err.is_empty());
    assert!(json.out.lines().all(|line| line.starts_with('{')));
    // The project file may choose the form, for every line of the output.
    estate.write("restore-packets.toml", b"message-format = \"json\"\n");
    let json = estate.run(&["build"]);
    assert!(json.out.lines().all(|line| line.starts_with('{')));
}

#[test]
fn quiet_says_errors_only_and_colour_is_for_those_who_want_it() {
    let estate = Estate::new();
    assert_eq!(estate.run(&["check", "-q"]).out, "");
    assert_eq!(
        estate.run(&["check"]).out,
        "no findings\n8 packets as of 2014-06-10: 8 ready.\n"
    );
    let usage =
        "worksheets/servers.csv: servers (headings in row 1): 6 rows used; 8 columns used\n";
    assert!(estate.run(&["check", "-v"]).out.contains(usage));
    let estate = estate.change("certificates.csv", "2016-01-01", "soon");
    estate.write("list.docx", b"");
    let quiet = estate.run(&["check", "-q"]).out;
    assert!(quiet.contains("bad-date") && !quiet.contains("unsupported-file"));
    let escape = '\u{1b}';
    assert!(!estate.run(&["check"]).out.contains(escape));
    assert!(
        estate
            .run(&["check", "--color", "always"])
            .out
            .contains(escape)
    );
    let mut plain = estate.command(&["check", "--color", "never"]);
    assert!(
        !Run::of(
            &plain
                .env("CLICOLOR_FORCE", "1")
                .output()
                .expect("it starts")
        )
        .out
        .contains(escape)
    );
    let mut forced = estate.command(&["check"]);
    forced.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(
        !Run::of(&forced.output().expect("it starts"))
            .out
            .contains(escape)
    );
}

#[test]
fn a_reader_that_goes_away_does_not_disturb() {
    let estate = Estate::new().change("certificates.csv", "2016-01-01", "soon");
    let mut check = estate.command(&["check"]);
    let mut child = check
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().expect("it ends"));
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
}

/// The files below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it");
                let name = name.display().to_string().replace('\\', "/");
                found.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn annotate_marks_copies_and_leaves_the_originals_alone() {
    let estate = Estate::new().change("certificates.csv", "2016-01-01", "soon");
    estate.write("site/broken.xlsx", b"PK\x03\x04 and no more");
    estate.write(
        "site/contacts.csv",
        "Responsibility;Name;Phone\nJ\u{fc}rgen;B\u{fc}ro;+41 44 555 01 00\n".as_bytes(),
    );
    estate.write("site/extra.csv", b"Item,Location,Rack\nDVD,=1+1,00123\n");
    let originals = files(&estate.path("worksheets"));
    let annotate = ["check", "--annotate", "marked"];
    let run = estate.run(&annotate);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let end = "2 marked copies and the list findings.xlsx are in marked\n";
    assert!(run.out.ends_with(end), "{}", run.out);
    let written = files(&estate.path("marked"));
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    let expected = [
        ".annotated.sha256",
        "certificates.csv.xlsx",
        "findings.xlsx",
        "site/extra.csv.xlsx",
    ];
    assert_eq!(names, expected);
    assert_eq!(files(&estate.path("worksheets")), originals);
    let copy = workbook::read(&Arc::from("copy.xlsx"), &written["site/extra.csv.xlsx"]);
    let cell = |column| copy.sheets[0].value(1, column).cloned();
    assert_eq!(cell(1), Some(RawValue::Text("=1+1".into())));
    assert_eq!(cell(2), Some(RawValue::Text("00123".into())));
    // Again the same bytes, and a file that was mended is no longer copied.
    estate.run(&annotate);
    assert_eq!(files(&estate.path("marked")), written);
    let mended = estate.change("certificates.csv", "soon", "2016-01-01");
    mended.run(&annotate);
    assert!(!mended.path("marked/certificates.csv.xlsx").exists());
    // What somebody typed into a copy is not lost.
    fs::write(mended.path("marked/site/extra.csv.xlsx"), "mine").expect("it is written");
    let refused = mended.run(&annotate);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .err
            .contains("`site/extra.csv.xlsx`; nothing was written"),
        "{}",
        refused.err
    );
}
