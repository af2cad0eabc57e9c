//! Every built-in procedure, rendered for every kind of server and pool, with all values known and with none.

#[path = "common/context.rs"]
mod context;
#[path = "common/powershell.rs"]
mod powershell;
#[path = "procedures/sources.rs"]
mod sources;
#[path = "procedures/ties.rs"]
mod ties;

use std::collections::BTreeSet;

use context::{Kind, Maker};
use powershell::Reference;
use restore_packets::packets::context::Context;
use restore_packets::packets::{Procedure, Step, procedure};
use restore_packets::product::Product;
use restore_packets::product::states::States;
use restore_packets::template::{Engine, Slot, builtin};
use restore_packets::text::prose;

/// Which procedures a packet of this kind can carry.
fn templates(kind: Kind) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        Kind::StandardEdition => &["standard-edition-server", "central-management-store"],
        Kind::Primary => &[
            "central-management-store",
            "back-end-server",
            "mirrored-back-end-primary",
        ],
        Kind::Mirror => &[
            "central-management-store",
            "back-end-server",
            "mirrored-back-end-mirror",
        ],
        Kind::FrontEnd | Kind::Edge => &["member-server"],
        Kind::DatabaseServer => &["monitoring-archiving-database", "persistent-chat-database"],
        Kind::FileServer => &["file-store"],
        Kind::Witness => &["parts/unlisted"],
        Kind::FrontEndPool | Kind::StandardEditionPool | Kind::EdgePool => &["pool"],
    };
    [&["parts/gather", "parts/prepare", "parts/checks"], own].concat()
}

fn engine() -> Engine {
    let (engine, findings) = Engine::load(&builtin());
    assert_eq!(findings, []);
    engine
}

fn states() -> &'static States {
    &Product::built_in().states
}

/// Every procedure of every kind, in the contexts that `make` gives.
fn procedures(make: impl Fn(Kind) -> Context) -> Vec<(String, Procedure)> {
    let engine = engine();
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let context = make(kind);
        for template in templates(kind) {
            let name = format!("{template} for {kind:?}");
            let path = format!("procedures/{template}.md");
            match procedure(&engine, &path, &context, states(), template) {
                Ok(written) => all.push((name, written.part)),
                Err(finding) => panic!("{name}: {finding:?}"),
            }
        }
    }
    all
}

fn steps(procedures: &[(String, Procedure)]) -> impl Iterator<Item = (&str, &Step)> {
    procedures
        .iter()
        .flat_map(|(name, procedure)| procedure.steps().map(move |step| (name.as_str(), step)))
}

#[test]
fn with_every_value_known_nothing_is_withheld_and_every_command_is_documented() {
    let cmdlets = Reference::load();
    let known = procedures(|kind| Maker { known: true }.context(kind));
    for (name, step) in steps(&known) {
        // Two gaps are made on purpose: nothing says how these two come back.
        let undecided = step.title.contains("by the way it was backed up")
            || step.title.contains("re-enrol the certificates");
        let title = &step.title;
        if !undecided {
            assert_eq!(step.gaps, [], "{name}: {title}");
            assert_eq!(step.blanks, [], "{name}: {title}");
        }
        if let Some(command) = &step.command {
            let problems = cmdlets.problems_in(step.language.as_str(), command);
            assert!(problems.is_empty(), "{name}: {title}: {problems:?}");
        }
    }
}

#[test]
fn with_every_value_missing_no_command_that_needs_one_is_printed() {
    let missing = procedures(|kind| Maker { known: false }.context(kind));
    let known = procedures(|kind| Maker { known: true }.context(kind));
    let mut withheld = 0;
    for ((name, step), (_, full)) in steps(&missing).zip(steps(&known)) {
        let title = &step.title;
        match (&step.command, &full.command) {
            // What is printed without any value must need none.
            (Some(command), Some(full)) => assert_eq!(command, full, "{name}: {title}"),
            (None, Some(_)) => {
                withheld += 1;
                assert!(!step.gaps.is_empty(), "{name}: {title} lost its command");
            }
            (None, None) => {}
            (Some(command), None) => panic!("{name}: {title} gained {command}"),
        }
    }
    assert!(withheld > 100, "only {withheld} commands need values");
}

#[test]
fn empty_lists_leave_whole_procedures_and_no_half_commands() {
    let cmdlets = Reference::load();
    for known in [true, false] {
        let bare = procedures(|kind| Maker { known }.bare_context(kind));
        for (name, step) in steps(&bare) {
            if let Some(command) = &step.command {
                let problems = cmdlets.problems_in(step.language.as_str(), command);
                assert!(problems.is_empty(), "{name}: {problems:?}");
            }
        }
    }
}

#[test]
fn every_step_says_what_to_expect_and_every_step_but_gathering_where_and_as_whom() {
    for known in [true, false] {
        for (name, step) in steps(&procedures(|kind| Maker { known }.context(kind))) {
            let title = &step.title;
            assert!(!step.expect.is_empty(), "{name}: {title} lacks `Expect:`");
            let is_gathering = name.starts_with("parts/gather");
            // What is gathered is at hand, or the step says where.
            let says = !step.run_on.is_empty();
            assert!(says || is_gathering, "{name}: {title}");
            assert_eq!(!step.account.is_empty(), says, "{name}: {title}");
        }
    }
}

fn commands(kind: Kind, template: &str) -> String {
    let context = Maker { known: true }.context(kind);
    let path = format!("procedures/{template}.md");
    let procedure = procedure(&engine(), &path, &context, states(), template)
        .expect(template)
        .part;
    let commands: Vec<&str> = procedure
        .steps()
        .filter_map(|step| step.command.as_deref())
        .collect();
    commands.join("\n")
}

#[test]
fn mirror_commands_name_the_surviving_partner_and_never_the_failed_server() {
    let cases = [
        ("mirrored-back-end-primary", Kind::Primary, "sql02", "sql01"),
        ("mirrored-back-end-mirror", Kind::Mirror, "sql01", "sql02"),
    ];
    for (template, kind, survivor, failed) in cases {
        let commands = [
            commands(kind, "parts/service-first"),
            commands(kind, template),
        ]
        .join("\n");
        let named: BTreeSet<&str> = commands
            .lines()
            .filter(|line| line.contains("-CsMirrorDatabase "))
            .flat_map(str::split_whitespace)
            .filter(|word| word.starts_with("'sql"))
            .collect();
        let survivor = format!("'{survivor}.contoso.com'");
        assert_eq!(named, BTreeSet::from([survivor.as_str()]), "not {failed}");
        for database_type in ["User", "Application", "CentralMgmt", "Archiving"] {
            let line = format!("Uninstall-CsMirrorDatabase -DatabaseType {database_type} ");
            assert!(commands.contains(&line), "{template}: {line}");
        }
    }
}

#[test]
fn services_stop_on_every_front_end_before_the_import_and_start_after_it() {
    let commands = commands(Kind::Primary, "back-end-server");
    let at = |text: &str| commands.find(text).expect(text);
    let import = at("Import-CsUserData");
    for server in ["fe01", "fe02", "fe03"] {
        let name = format!("-ComputerName '{server}.contoso.com'");
        assert!(at(&format!("Stop-CsWindowsService {name}")) < import);
        // A chat server of the same name stops and starts before, with its own database.
        let start = format!("Start-CsWindowsService {name}");
        assert!(commands.rfind(&start).expect("a start") > import);
    }
}

#[test]
fn the_default_instance_is_left_out() {
    let mut context = Maker { known: true }.context(Kind::Primary);
    context.central.sql.instance.is_default = true;
    let path = "procedures/central-management-store.md";
    let procedure = procedure(&engine(), path, &context, states(), "x")
        .expect("rendered")
        .part;
    let command = procedure
        .steps()
        .filter_map(|step| step.command.as_deref())
        .find(|command| command.starts_with("Install-CsDatabase -CentralManagementDatabase"));
    assert_eq!(
        command,
        Some(
            r"Install-CsDatabase -CentralManagementDatabase -Clean -SqlServerFqdn 'sql01.contoso.com' -DatabasePaths 'E:\Log','D:\Data' -Verbose"
        )
    );
}

#[test]
fn only_steps_that_destroy_a_copy_are_points_of_no_return() {
    let known = procedures(|kind| Maker { known: true }.context(kind));
    for (name, step) in steps(&known) {
        let destroys = [
            "-Clean",
            "-RemoveExportedConfiguration",
            "-DropExistingDatabasesOnMirror",
            "WITH REPLACE",
            "QuorumLossRecovery",
            "DROP DATABASE",
        ];
        let command = step.command.as_deref().unwrap_or_default();
        assert_eq!(
            step.point_of_no_return,
            destroys.iter().any(|it| command.contains(it)),
            "{name}: {}",
            step.title
        );
    }
}

#[test]
fn commands_never_say_the_share_and_always_say_backup() {
    let commands = commands(Kind::StandardEdition, "standard-edition-server");
    assert!(
        commands.contains(r"Copy-Item -LiteralPath (Join-Path $Backup 'pool01\User''s data.zip')")
    );
    assert!(commands.contains(r"-FileName 'C:\LyncRestore\User''s data.zip'"));
    assert!(commands.contains(r"robocopy (Join-Path $Backup 'FileStore') 'D:\LyncShare' /E"));
}

#[test]
fn several_pools_on_one_sql_server_are_each_restored_and_their_databases_created_once() {
    let mut context = Maker { known: true }.context(Kind::Primary);
    let mut second = context.pools[0].clone();
    second.fqdn = Slot::text("pool09.contoso.com");
    context.pools.push(second);
    let path = "procedures/back-end-server.md";
    let procedure = procedure(&engine(), path, &context, states(), "x")
        .expect("rendered")
        .part;
    let lines: Vec<&str> = procedure
        .steps()
        .filter_map(|step| step.command.as_deref())
        .flat_map(str::lines)
        .collect();
    let count = |text: &str| lines.iter().filter(|line| line.starts_with(text)).count();
    // Once for each instance of the server.
    assert_eq!(count("Install-CsDatabase -ConfiguredDatabases"), 2);
    // Once from the backup and once from the backup pool: they are in different lanes.
    assert_eq!(count("Import-CsUserData -PoolFqdn 'pool01.contoso.com'"), 2);
    assert_eq!(count("Import-CsUserData -PoolFqdn 'pool09.contoso.com'"), 2);
}

#[test]
fn an_edge_server_is_checked_on_itself() {
    let commands = commands(Kind::Edge, "parts/checks");
    assert!(commands.lines().any(|line| line == "Get-CsWindowsService"));
}

#[test]
fn default_instances_are_left_out_of_mirror_commands_too() {
    let mut context = Maker { known: true }.context(Kind::Primary);
    for mirrored in &mut context.pools[0].mirrored {
        mirrored.mirror.instance.is_default = true;
    }
    let standby = context.pools[0].standby.as_mut().expect("a standby");
    standby.mirror.instance.is_default = true;
    let path = "procedures/parts/service-first.md";
    let procedure = procedure(&engine(), path, &context, states(), "x")
        .expect("rendered")
        .part;
    let commands: Vec<&str> = procedure
        .steps()
        .filter_map(|step| step.command.as_deref())
        .filter(|command| command.starts_with("Uninstall-"))
        .collect();
    assert!(!commands.is_empty());
    assert!(
        commands
            .iter()
            .all(|command| !command.contains("-SqlInstanceName"))
    );
}

#[test]
fn no_step_is_empty_no_share_is_made_twice_and_only_a_shell_is_told_of_backup() {
    for (name, procedure) in procedures(|kind| Maker { known: true }.context(kind)) {
        let mut shares = BTreeSet::new();
        for step in procedure.steps() {
            let title = &step.title;
            let text = prose::to_text(&step.body);
            let command = step.command.as_deref().unwrap_or_default();
            let says = !text.is_empty() || !command.is_empty() || !step.gaps.is_empty();
            assert!(says, "{name}: “{title}” expects something of nothing");
            assert!(!text.contains(r"$Backup\"), "{name}: {title}: {text}");
            let of_shell = step.language.as_str() == "powershell";
            assert!(of_shell || !command.contains("$Backup"), "{name}: {title}");
            for line in command.lines().filter(|it| it.starts_with("New-SmbShare")) {
                assert!(shares.insert(line.to_owned()), "{name}: twice {line}");
            }
        }
    }
}
