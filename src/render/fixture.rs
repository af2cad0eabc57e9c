//! A rich packet made by hand, for the tests of the writers: gaps, blanks, long names and hostile text.

use jiff::civil::{Date, date};

use super::index::IndexEntry;
use crate::finding::{Code, Finding, Place, Subject, SubjectKind};
use crate::packets::{
    Because, Choice, Cycle, CycleSet, Estate, Fact, FactGroup, Gap, Issue, Member, Packet, Paper,
    Person, Procedure, Reason, Section, SourceDigest, Status, Step,
};
use crate::text::prose::{AlertKind, Block, Inline};

/// Text that must never reach a page as markup.
pub(super) const HOSTILE: &str = "</style><script>alert(\"x\")</script> | a`b *c* \\d";

const LONG: &str =
    "lync-enterprise-backend-sql-failover-cluster-01.europe-north.corp.contoso-group.example";
const ISSUED: Date = date(2014, 6, 14);

/// A mirrored back end with three procedures.
pub(super) fn issue() -> Issue {
    Issue {
        packet: packet(),
        edition: 3,
        issued: ISSUED,
        fingerprint: "7K3Q-9XWD-H2MT-P".to_owned(),
    }
}

/// What is true of the run.
pub(super) fn estate() -> Estate {
    Estate {
        organization: Some("Contoso <Group>".to_owned()),
        product: "Lync Server 2013".to_owned(),
        classification: Some("Confidential \"A\"".to_owned()),
        paper: Paper::A4,
        as_of: ISSUED,
        cycle: cycle(),
        sources: sources(),
    }
}

/// An index of a few packets, the rich one among them.
pub(super) fn entries() -> Vec<IndexEntry> {
    let rich = IndexEntry::new(&issue(), "servers/sql01.contoso.com");
    let pool = IndexEntry {
        kind: SubjectKind::Pool,
        fqdn: "pool01.contoso.com".to_owned(),
        name: "Pool01.contoso.com".to_owned(),
        role: "Front End pool".to_owned(),
        status: Status::Ready,
        reasons: 0,
        stem: "pools/pool01.contoso.com".to_owned(),
        ..rich.clone()
    };
    let hostile = IndexEntry {
        name: HOSTILE.to_owned(),
        status: Status::Gaps,
        scenarios: Vec::new(),
        ..rich.clone()
    };
    vec![rich, pool, hostile]
}

fn packet() -> Packet {
    Packet {
        subject: Subject {
            kind: SubjectKind::Server,
            fqdn: "sql01.contoso.com".to_owned(),
        },
        name: "SQL01.contoso.com".to_owned(),
        title: "Restore packet: Back End Server sql01.contoso.com".to_owned(),
        site: Some("Redmond".to_owned()),
        role: "Back End Server".to_owned(),
        control: vec![
            fact("Document owner", Some("UC Operations"), 1),
            fact("Approved by", None, 2),
            fact("Review due", Some("2015-01-31"), 3),
        ],
        status: Status::Blocked,
        reasons: vec![Reason {
            text: "`SQL instance` of pool01.contoso.com is blank".to_owned(),
            place: Some(place(4)),
        }],
        effect: vec![
            "The user pool pool01.contoso.com stops: nobody homed there can sign in.".to_owned(),
            "Other pools go on; the configuration cannot be changed while the store is down."
                .to_owned(),
        ],
        chooser: vec![
            choice("back-end-server", "Both partners of the mirror failed", 3),
            choice(
                "mirrored-back-end-primary",
                "Only this server failed; its mirror still runs",
                4,
            ),
        ],
        findings: vec![
            Finding::new(
                Code::UnknownServer,
                format!("`SQL Server FQDN` is {HOSTILE}"),
            )
            .at(&place(7))
            .help("did you mean `sql01.contoso.com`?"),
            Finding::new(
                Code::BackupExpired,
                "the set `Rtc-June` expired on 2014-05-01",
            )
            .at(&place(8)),
        ],
        facts: fact_groups(),
        members: vec![
            member(1, "sql01.contoso.com", "SQL Server, user store", true),
            member(2, LONG, "Front End Server", false),
        ],
        gather: common(1, "gather", "Gather"),
        prepare: common(2, "prepare", "Prepare"),
        procedures: vec![
            procedure(3, "back-end-server", "Restore a Back End Server"),
            procedure(
                4,
                "mirrored-back-end-primary",
                "Restore the primary of a mirrored Back End",
            ),
        ],
        checks: common(5, "checks", "Check afterwards"),
        people: vec![person("May declare the restore"), person("SQL Server")],
        sources: sources(),
    }
}

fn place(row: u32) -> Place {
    Place::file("pools.xlsx").sheet("Pools").cell(row, 3)
}

fn fact(name: &str, value: Option<&str>, row: u32) -> Fact {
    Fact {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        text: value.unwrap_or_default().to_owned(),
        place: Some(place(row)),
        required: value.is_none(),
        routine: false,
    }
}

fn fact_groups() -> Vec<FactGroup> {
    let mut server = vec![
        fact("Server FQDN", Some("SQL01.contoso.com."), 1),
        fact("Role", Some("Back End Server\nSQL Server"), 1),
        fact("RTO (hours)", Some("4"), 1),
        fact("SQL instance", None, 1),
        fact("File store", Some(r"\\fs01.contoso.com\LyncShare$"), 1),
        fact("Notes", Some(HOSTILE), 1),
        fact("Mirror SQL Server FQDN", Some(LONG), 1),
    ];
    server.push(Fact {
        required: false,
        ..fact("System image", None, 1)
    });
    server.push(Fact {
        routine: true,
        ..fact("Last backup", Some("2014-06-12"), 1)
    });
    let group = |title: &str, facts| FactGroup {
        title: title.to_owned(),
        facts,
    };
    let many = |from| {
        let name = |n: u32| format!("Property {n}");
        (from..from + 25)
            .map(|n| fact(&name(n), Some("a recorded value"), n))
            .collect()
    };
    vec![
        group("Server", server),
        group("Certificates: Default", many(10)),
        group("Pool pool01.contoso.com", many(40)),
    ]
}

fn choice(id: &str, situation: &str, number: usize) -> Choice {
    Choice {
        id: id.to_owned(),
        situation: situation.to_owned(),
        procedure: format!("{number} Restore a Back End Server"),
        because: because(),
    }
}

fn because() -> Vec<Because> {
    vec![Because {
        text: "`SQL Server FQDN` of pool01.contoso.com is sql01.contoso.com".to_owned(),
        place: place(3),
    }]
}

fn member(order: usize, fqdn: &str, role: &str, packet: bool) -> Member {
    Member {
        order,
        fqdn: fqdn.to_owned(),
        role: role.to_owned(),
        packet,
    }
}

fn person(responsibility: &str) -> Person {
    Person {
        responsibility: fact("Responsibility", Some(responsibility), 1),
        name: fact("Name", Some("Ada Example"), 1),
        phone: fact("Phone", Some("+1 555 0100"), 1),
        email: fact("E-mail", Some("ada.example@contoso.com"), 1),
        alternate: fact("Alternate", None, 1),
        alternate_phone: fact("Alternate phone", None, 1),
    }
}

fn common(number: usize, id: &str, title: &str) -> Procedure {
    let step = |index: usize, title: &str| Step {
        expect: "it is at hand".to_owned(),
        ..step(number, index, title)
    };
    Procedure {
        number,
        id: id.to_owned(),
        title: title.to_owned(),
        because: Vec::new(),
        intro: vec![text(
            "Do this before anything else; two people can share the work.",
        )],
        sections: vec![Section {
            title: String::new(),
            intro: Vec::new(),
            steps: vec![
                step(1, "Find the installation media"),
                step(2, "Install the operating system"),
            ],
        }],
    }
}

fn procedure(number: usize, id: &str, title: &str) -> Procedure {
    let rebuild = vec![
        step(number, 1, "Log on to the restored server"),
        Step {
            command: Some(format!(
                "Install-CsDatabase -CentralManagementDatabase -Clean -SqlServerFqdn '{LONG}' -SqlInstanceName 'rtc' -Verbose"
            )),
            point_of_no_return: true,
            ..step(number, 2, "Install the Central Management store's database")
        },
        Step {
            gaps: vec![Gap {
                what: "SQL instance".to_owned(),
                cure: "fill in `SQL instance` of pool01.contoso.com (pools.xlsx, sheet Pools, cell E3)".to_owned(),
            }],
            command: Some("Must-Never -BePrinted".to_owned()),
            ..step(number, 3, "Create the databases")
        },
    ];
    let data = vec![
        Step {
            command: Some(
                "foreach ($fe in 'fe01.contoso.com', 'fe02.contoso.com', 'fe03.contoso.com') {\n    Stop-CsWindowsService -ComputerName $fe\n}"
                    .to_owned(),
            ),
            ..step(number, 4, "Stop services on every Front End Server of the pool")
        },
        Step {
            blanks: vec![Gap {
                what: "System image".to_owned(),
                cure: "fill in `System image` (servers.xlsx, sheet Servers, cell P2)".to_owned(),
            }],
            body: vec![
                text("Use the account of the build."),
                Block::List(vec![vec![text("one")], vec![text("two")]]),
                Block::Alert(AlertKind::Caution, vec![text("Do not delete the computer account.")]),
            ],
            ..step(number, 5, "Take a system image")
        },
    ];
    let fill = (6..14).map(|index| Step {
        command: Some("Import-CsUserData -PoolFqdn 'pool01.contoso.com' -FileName (Join-Path $Backup 'ExportedUserData.zip')".to_owned()),
        ..step(number, index, "Import the user data")
    });
    Procedure {
        number,
        id: id.to_owned(),
        title: title.to_owned(),
        because: because(),
        intro: vec![Block::Alert(
            AlertKind::Note,
            vec![text("The process restores onto clean computers only.")],
        )],
        sections: vec![
            section("Rebuild the computer", rebuild),
            section(
                "Bring back the data",
                data.into_iter().chain(fill).collect(),
            ),
        ],
    }
}

fn section(title: &str, steps: Vec<Step>) -> Section {
    Section {
        title: title.to_owned(),
        intro: Vec::new(),
        steps,
    }
}

fn step(number: usize, index: usize, title: &str) -> Step {
    Step {
        number: format!("{number}.{index}"),
        title: title.to_owned(),
        run_on: "on fe01.contoso.com".to_owned(),
        account: "a member of `RTCUniversalServerAdmins`".to_owned(),
        expect: "the cmdlet returns without an error".to_owned(),
        point_of_no_return: false,
        body: vec![text(
            "Have the sheet at hand; a cell may say <b>anything</b>.",
        )],
        command: None,
        gaps: Vec::new(),
        blanks: Vec::new(),
    }
}

fn text(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.to_owned())])
}

fn cycle() -> Cycle {
    let set = |content: &str, expires: Option<&str>| CycleSet {
        content: fact("Database", Some(content), 1),
        server: fact("Server name (FQDN)", Some("pool01.contoso.com"), 1),
        set: fact("Backup set", Some("Lync-2014-06"), 1),
        expires: fact("Expiration", expires, 1),
        last_backup: fact("Last backup", Some("2014-06-12"), 1),
        destination: fact(
            "Backup destination",
            Some(r"$Backup\ExportedUserData.zip"),
            1,
        ),
    };
    Cycle {
        name: fact("Backup cycle", Some("2014-06"), 1),
        completed: fact("Backup completed", Some("2014-06-12"), 2),
        next: fact("Next backup", None, 3),
        location: fact(
            "Backup location",
            Some(r"\\backup01.contoso.com\Lync\2014-06"),
            4,
        ),
        assignment: Some(r"$Backup = '\\backup01.contoso.com\Lync\2014-06'".to_owned()),
        sets: vec![
            set("Rtc", Some("2014-12-31")),
            set("Xds", None),
            set(HOSTILE, None),
        ],
    }
}

fn sources() -> Vec<SourceDigest> {
    ["pools.xlsx", "servers.xlsx"]
        .map(|path| SourceDigest {
            path: path.to_owned(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        })
        .into()
}
