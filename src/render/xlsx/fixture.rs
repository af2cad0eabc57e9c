//! For tests: a packet and an estate made by hand, with everything a packet can hold.

use jiff::civil::date;

use crate::finding::{Code, Finding, Place, Subject, SubjectKind};
use crate::packets::{
    Because, Choice, Cycle, Estate, Fact, FactGroup, Gap, Issue, Member, Packet, Paper, Person,
    Procedure, Reason, Section, SourceDigest, Status, Step,
};
use crate::text::prose::{AlertKind, Block, Inline};

/// The estate.
pub(super) fn estate() -> Estate {
    Estate {
        organization: Some("Contoso R&D".into()),
        product: "Lync Server 2013".into(),
        classification: Some("Confidential & internal".into()),
        change: None,
        paper: Paper::A4,
        as_of: date(2014, 6, 10),
        cycle: Cycle {
            name: fact("Backup cycle", "2014-06-07"),
            completed: fact("Backup completed", "2014-06-07"),
            next: fact("Next backup", "2014-06-14"),
            location: fact(
                "Backup location",
                r"\\bkp01.contoso.com\LyncBackup\2014-06-07",
            ),
            assignment: Some(r"$Backup = '\\bkp01.contoso.com\LyncBackup\2014-06-07'".into()),
            valid_until: None,
            sets: Vec::new(),
        },
        sources: Vec::new(),
    }
}

/// A mirrored Back End Server with a gap.
pub(super) fn issue() -> Issue {
    Issue {
        packet: packet(),
        edition: 3,
        issued: date(2014, 6, 10),
        fingerprint: "7K3M-Q2XV-9D4T-C".into(),
        exercise: None,
    }
}

fn packet() -> Packet {
    Packet {
        subject: Subject {
            kind: SubjectKind::Server,
            fqdn: "sql01.contoso.com".into(),
        },
        name: "SQL01.contoso.com.".into(),
        title: "Restore packet: Back End Server sql01.contoso.com".into(),
        site: Some("Seattle".into()),
        role: "Back End Server".into(),
        control: vec![
            fact("Document owner", "Unified Communications Operations"),
            fact("Approved by", "Ayla Kol"),
            blank("Effective date"),
            fact("Review due", "2014-12-01"),
            fact("Copies", "Seattle binder; Portland binder; safe"),
        ],
        valid_until: None,
        status: Status::Gaps,
        reasons: vec![Reason {
            text: "Step 5.2: the SQL instance of sql02.contoso.com is not recorded".into(),
            place: Some(cell(4, 6)),
        }],
        effect: vec![
            "Users of pool01.contoso.com go on while the mirror serves the user store.".into(),
            "Configuration cannot be changed while the Central Management store is down.".into(),
        ],
        chooser: choices(),
        findings: vec![
            Finding::new(
                Code::MissingCertificate,
                "no Default certificate is recorded for `fe03.contoso.com`",
            )
            .at(&cell(9, 0))
            .help("add its row to the certificates worksheet"),
        ],
        facts: facts(),
        members: members(),
        pictures: Vec::new(),
        gather: procedure(
            1,
            "gather",
            "Gather",
            vec![step("1.1", "Find a clean computer")],
        ),
        prepare: procedure(
            2,
            "prepare",
            "Prepare",
            vec![step("2.1", "Install the operating system")],
        ),
        procedures: vec![
            procedure(3, "back-end-server", "Restore a Back End Server", restore()),
            procedure(
                4,
                "mirrored-back-end-primary",
                "Restore the primary of a mirrored Back End",
                mirror(),
            ),
        ],
        checks: procedure(
            5,
            "checks",
            "Check",
            vec![step("5.1", "Look at the state of the mirror")],
        ),
        people: people(),
        sources: vec![SourceDigest {
            path: "pools.xlsx".into(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        }],
    }
}

fn choices() -> Vec<Choice> {
    let because = |text: &str| Because {
        text: text.into(),
        place: cell(4, 3),
    };
    vec![
        Choice {
            id: "back-end-server".into(),
            marks: crate::decisions::Marks::default(),
            situation: "Both partners of the mirrored pair failed".into(),
            procedure: "3 Restore a Back End Server".into(),
            because: vec![because(
                "`SQL Server FQDN` of pool01.contoso.com is sql01.contoso.com",
            )],
        },
        Choice {
            id: "mirrored-back-end-primary".into(),
            marks: crate::decisions::Marks::default(),
            situation: "Only this server failed; its mirror partner still runs".into(),
            procedure: "4 Restore the primary of a mirrored Back End".into(),
            because: vec![
                because("`SQL Server FQDN` of pool01.contoso.com is sql01.contoso.com"),
                because("`Mirror SQL Server FQDN` of pool01.contoso.com is sql02.contoso.com"),
            ],
        },
    ]
}

fn facts() -> Vec<FactGroup> {
    let mut typed = fact("Server FQDN", "sql01.contoso.com");
    typed.text = "SQL01.contoso.com.".into();
    let mut routine = fact("Backup set", "Rtc-2014-06-07");
    routine.routine = true;
    vec![
        FactGroup {
            title: "Server".into(),
            facts: vec![
                typed,
                fact("Role", "Back End Server"),
                fact("SQL Server version", "SQL Server 2012 SP1"),
                blank("SQL instance"),
                fact("IP address", "10.1.20.11\n10.1.21.11"),
            ],
        },
        FactGroup {
            title: "Backups: Rtc".into(),
            facts: vec![routine, fact("Backup schedule", "daily at 01:00")],
        },
    ]
}

fn members() -> Vec<Member> {
    let member = |order, fqdn: &str, role: &str, packet| Member {
        order,
        fqdn: fqdn.into(),
        role: role.into(),
        packet,
    };
    vec![
        member(1, "fs01.contoso.com", "file store", true),
        member(2, "fe04.contoso.com", "Front End Server", false),
    ]
}

fn restore() -> Vec<Step> {
    let mut import = step("3.2", "Import the user data");
    import.command = Some(
        "Import-CsUserData -PoolFqdn 'pool01.contoso.com' -FileName 'C:\\LyncRestore\\ExportedUserData.zip'".into(),
    );
    let mut clean = step("3.1", "Create the Central Management store anew");
    clean.point_of_no_return = true;
    clean.command = Some(
        "Install-CsDatabase -CentralManagementDatabase -Clean -SqlServerFqdn 'sql01.contoso.com' -SqlInstanceName 'RTC' -Verbose".into(),
    );
    clean.body = vec![Block::Alert(
        AlertKind::Caution,
        vec![paragraph("This deletes what it finds on the SQL Server.")],
    )];
    vec![clean, import]
}

fn mirror() -> Vec<Step> {
    let mut stop = step(
        "4.1",
        "Stop the services on every Front End Server of the pool",
    );
    let servers = ["fe01", "fe02", "fe03"];
    let stops =
        servers.map(|s| format!("Stop-CsWindowsService -ComputerName '{s}.contoso.com' -Verbose"));
    stop.command = Some(stops.join("\n"));
    let mut uninstall = step("4.2", "Remove the mirror");
    uninstall.gaps = vec![Gap::new(
        "SQL instance",
        "fill in `Mirror SQL instance` of pool01.contoso.com (pools.xlsx, sheet Pools, cell G5)",
    )];
    uninstall.blanks = vec![Gap::new(
        "Vault entry",
        "fill in `Vault entry` (certificates.xlsx, sheet Certificates, cell M4)",
    )];
    vec![stop, uninstall]
}

fn step(number: &str, title: &str) -> Step {
    Step {
        number: number.into(),
        title: title.into(),
        run_on: "On fe01.contoso.com".into(),
        account:
            "RTCUniversalServerAdmins; SQL sysadmin and local Administrators on sql01.contoso.com"
                .into(),
        expect: "The command ends without an error".into(),
        point_of_no_return: false,
        body: vec![
            Block::Paragraph(vec![
                Inline::Text("Use the same name as before: ".into()),
                Inline::Code("SQL01".into()),
                Inline::Text(".".into()),
            ]),
            Block::List(vec![
                vec![paragraph("Keep the computer account.")],
                vec![paragraph("Keep the addresses.")],
            ]),
            Block::Alert(
                AlertKind::Note,
                vec![paragraph("DNS must be what it was at backup time.")],
            ),
        ],
        command: None,
        gaps: Vec::new(),
        blanks: Vec::new(),
    }
}

fn procedure(number: usize, id: &str, title: &str, steps: Vec<Step>) -> Procedure {
    Procedure {
        number,
        id: id.into(),
        title: title.into(),
        because: Vec::new(),
        intro: vec![paragraph(
            "Work from top to bottom; every step says where it is done and as whom.",
        )],
        sections: vec![Section {
            title: "Rebuild the computer".into(),
            intro: Vec::new(),
            steps,
        }],
    }
}

fn people() -> Vec<Person> {
    vec![Person {
        responsibility: fact("Responsibility", "May declare a restore"),
        name: fact("Name", "Ayla Kol"),
        phone: fact("Phone", "+1 206 555 0101"),
        email: fact("E-mail", "ayla.kol@example.com"),
        alternate: fact("Alternate", "Terry Adams"),
        alternate_phone: blank("Alternate phone"),
    }]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.into())])
}

fn cell(row: u32, column: u32) -> Place {
    Place::file("pools.xlsx").sheet("Pools").cell(row, column)
}

fn fact(name: &str, value: &str) -> Fact {
    Fact {
        name: name.into(),
        value: Some(value.into()),
        text: value.into(),
        place: Some(cell(4, 2)),
        required: false,
        routine: false,
    }
}

fn blank(name: &str) -> Fact {
    Fact {
        value: None,
        text: String::new(),
        required: true,
        ..fact(name, "")
    }
}
