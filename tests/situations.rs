//! Small organizations and what their packets then say: the joins behind the procedures, end to end from
//! worksheet text to steps.

use std::sync::Arc;

use restore_packets::decisions::Table;
use restore_packets::finding::Finding;
use restore_packets::inventory::{self, Inventory};
use restore_packets::packets::{Assembler, Packet, Procedure, Status, Step};
use restore_packets::product::Product;
use restore_packets::template::{Engine, builtin};
use restore_packets::topology::Topology;
use restore_packets::workbook;

const SERVERS: &str = "Server FQDN,Role,Pool FQDN\n\
    fe01.x.com,Front End Server,pool01.x.com\n\
    fe02.x.com,Front End Server,pool01.x.com\n\
    fe11.x.com,Front End Server,pool02.x.com\n\
    edge01.x.com,Edge Server,edge.x.com\n\
    sql01.x.com,Back End Server,\n\
    sql02.x.com,Back End Server,\n\
    sqlmon.x.com,SQL Server,\n\
    fs01.x.com,File Server,\n\
    wit.x.com,Witness,\n";

const POOLS: &str = "Pool FQDN,Pool type,SQL Server FQDN,SQL instance,Mirror SQL Server FQDN,Mirror SQL instance,\
    Witness FQDN,File store,Mirroring file share,Archiving SQL Server FQDN,Archiving SQL instance,\
    Central Management store,Next hop pool FQDN\n\
    pool01.x.com,Front End pool,sql01.x.com,RTC,sql02.x.com,RTC,wit.x.com,\\\\fs01.x.com\\Lync,\\\\fs01.x.com\\Mirror,sqlmon.x.com,MON,yes,\n\
    pool02.x.com,Front End pool,sqlmon.x.com,MON,,,,\\\\x.com\\dfs\\Lync,,sqlmon.x.com,MON,no,\n\
    edge.x.com,Edge pool,,,,,,,,,,,pool01.x.com\n";

struct Estate {
    inventory: Inventory,
    table: Table,
    engine: Engine,
}

impl Estate {
    fn new(servers: &str, pools: &str) -> Self {
        let read = |name: &str, text: &str| workbook::read(&Arc::from(name), text.as_bytes());
        let mut sheets = read("servers.csv", servers).sheets;
        sheets.extend(read("pools.csv", pools).sheets);
        let templates = builtin();
        Self {
            inventory: inventory::read(&mut sheets).inventory,
            table: Table::read(Product::built_in(), &templates["decision-table.toml"]).0,
            engine: Engine::load(&templates).0,
        }
    }

    fn packet(&self, fqdn: &str, is_pool: bool) -> Packet {
        let none: &[Finding] = &[];
        let topology = Topology::of(&self.inventory);
        let assembler = Assembler::new(&topology, &self.table, &self.engine, &[], none);
        let mut servers = self.inventory.servers.iter();
        let mut pools = self.inventory.pools.iter();
        let assembled = if is_pool {
            let pool = pools.find(|it| it.fqdn.as_str() == fqdn);
            assembler.pool(pool.expect("a pool"))
        } else {
            let server = servers.find(|it| it.fqdn.as_str() == fqdn);
            assembler.server(server.expect("a server"))
        };
        assembled.packet
    }

    fn server(&self, fqdn: &str) -> Packet {
        self.packet(fqdn, false)
    }

    fn pool(&self, fqdn: &str) -> Packet {
        self.packet(fqdn, true)
    }
}

fn sample() -> Estate {
    Estate::new(SERVERS, POOLS)
}

fn steps(packet: &Packet) -> impl Iterator<Item = &Step> {
    let procedures = packet.procedures.iter().chain([&packet.checks]);
    procedures.flat_map(restore_packets::packets::Procedure::steps)
}

/// The step whose command, or one of its lines, starts like this.
fn step<'a>(packet: &'a Packet, command: &str) -> &'a Step {
    let starts = |step: &&Step| {
        let lines = step.command.iter().flat_map(|command| command.lines());
        lines.into_iter().any(|line| line.starts_with(command))
    };
    let found = steps(packet).find(starts);
    found.unwrap_or_else(|| panic!("no step with {command}"))
}

fn commands(packet: &Packet) -> String {
    let all: Vec<&str> = steps(packet)
        .filter_map(|it| it.command.as_deref())
        .collect();
    all.join("\n")
}

fn ids(packet: &Packet) -> Vec<&str> {
    packet.chooser.iter().map(|it| it.id.as_str()).collect()
}

#[test]
fn an_edge_servers_configuration_is_exported_inside_and_its_replica_asked_for_inside() {
    let packet = sample().server("edge01.x.com");
    for command in [
        "Export-CsConfiguration",
        "Get-CsManagementStoreReplicationStatus",
    ] {
        let place = &step(&packet, command).run_on;
        assert!(place.starts_with("On fe01.x.com"), "{command}: {place}");
    }
    for command in ["Get-CsWindowsService", "Test-CsComputer"] {
        let place = &step(&packet, command).run_on;
        assert!(place.contains("edge01.x.com"), "{command}: {place}");
    }
}

#[test]
fn a_pools_packet_leaves_databases_alone_that_outlive_the_pool() {
    let estate = sample();
    let elsewhere = estate.pool("pool01.x.com");
    assert!(!steps(&elsewhere).any(|step| step.title.starts_with("Restore LcsLog")));
    assert!(!commands(&elsewhere).contains("sqlmon.x.com"));
    let collocated = estate.pool("pool02.x.com");
    assert!(steps(&collocated).any(|step| step.title.starts_with("Restore LcsLog")));
}

#[test]
fn the_loss_of_the_mirror_alone_is_no_loss_of_the_central_management_store() {
    let estate = sample();
    let mirror = estate.server("sql02.x.com");
    assert_eq!(
        ids(&mirror),
        ["central-management-store", "mirrored-back-end-mirror"]
    );
    assert!(mirror.chooser[0].situation.starts_with("Both partners"));
    assert!(
        mirror.effect[0].contains("goes on with its primary"),
        "{:?}",
        mirror.effect
    );
    let primary = estate.server("sql01.x.com");
    // With the mirror alive another pool can take the store, and then this is a primary like any other.
    assert_eq!(
        ids(&primary),
        ["central-management-store", "mirrored-back-end-primary"]
    );
    assert!(
        primary.chooser[0]
            .situation
            .starts_with("This server is lost, alone or")
    );
    assert!(
        primary.effect[0].contains("nothing can be changed"),
        "{:?}",
        primary.effect
    );
}

#[test]
fn what_a_lost_mirror_had_taken_over_goes_back_to_the_primary() {
    let packet = sample().server("sql02.x.com");
    let back = "Invoke-CsDatabaseFailover -PoolFqdn 'pool01.x.com' -DatabaseType User -NewPrincipal Primary";
    assert!(commands(&packet).contains(back));
    assert!(!commands(&packet).contains("-NewPrincipal Mirror"));
}

#[test]
fn a_server_that_is_primary_here_and_mirror_there_keeps_the_two_apart() {
    let pools = POOLS.replace(
        "pool02.x.com,Front End pool,sqlmon.x.com,MON,,,,\\\\x.com\\dfs\\Lync,,",
        "pool02.x.com,Front End pool,sql02.x.com,RTC,sql01.x.com,RTC,,,\\\\fs01.x.com\\Mirror,",
    );
    let packet = Estate::new(SERVERS, &pools.replace(",yes,", ",no,")).server("sql01.x.com");
    let half = |id: &str| -> Vec<&Procedure> {
        let parts = packet.procedures.iter();
        parts.filter(|it| it.whole == id).collect()
    };
    for (id, own, other) in [
        ("mirrored-back-end-primary", "pool01.x.com", "pool02.x.com"),
        ("mirrored-back-end-mirror", "pool02.x.com", "pool01.x.com"),
    ] {
        let text: Vec<String> = half(id)
            .into_iter()
            .flat_map(Procedure::steps)
            .map(|step| {
                format!(
                    "{} {}",
                    step.title,
                    step.command.as_deref().unwrap_or_default()
                )
            })
            .collect();
        let text = text.join("\n");
        assert!(text.contains(own) && !text.contains(other), "{id}:\n{text}");
        assert!(
            !text.contains("-SqlServerFqdn 'sql01.x.com'"),
            "{id} names the failed server"
        );
        let choice = packet.chooser.iter().find(|it| it.id == id).expect(id);
        assert!(choice.situation.contains(own), "{}", choice.situation);
    }
}

#[test]
fn a_server_of_unknown_role_withholds_the_commands_that_name_every_front_end() {
    let packet = Estate::new(
        &SERVERS.replace("fe02.x.com,Front End Server", "fe02.x.com,"),
        POOLS,
    )
    .server("sql01.x.com");
    // One by one, each in a step of its own, those that are known are restarted; none stops as one of all.
    let mut stopped = steps(&packet).filter(|step| step.title.starts_with("Stop the services"));
    assert!(stopped.all(|step| step.command.is_none()));
    let reason = packet
        .reasons
        .iter()
        .find(|it| it.text.contains("`Role` for `fe02.x.com`"));
    assert!(reason.is_some_and(|it| it.text.starts_with("The commands of steps")));
}

#[test]
fn a_pool_of_unknown_type_with_a_user_store_loses_no_step() {
    let packet = Estate::new(
        SERVERS,
        &POOLS.replace("pool02.x.com,Front End pool", "pool02.x.com,"),
    )
    .server("sqlmon.x.com");
    assert!(steps(&packet).any(|step| step.title == "Import the user data"));
}

#[test]
fn a_file_store_on_a_dfs_path_is_shared_by_nobody() {
    let estate = sample();
    assert!(!commands(&estate.pool("pool02.x.com")).contains("New-SmbShare"));
    let local_path = "`Backup destination` and `Local path` are blank";
    let reasons = |fqdn: &str| estate.pool(fqdn).reasons.into_iter().map(|it| it.text);
    assert!(!reasons("pool02.x.com").any(|text| text.contains("Local path")));
    assert!(reasons("pool01.x.com").any(|text| text.starts_with(local_path)));
}

#[test]
fn a_pool_lists_what_it_needs_first_and_what_it_can_do_without_last() {
    let packet = sample().pool("pool01.x.com");
    let order: Vec<&str> = packet.members.iter().map(|it| it.fqdn.as_str()).collect();
    assert_eq!(
        order,
        [
            "fs01.x.com",
            "sql01.x.com",
            "sql02.x.com",
            "wit.x.com",
            "fe01.x.com",
            "fe02.x.com",
            "sqlmon.x.com"
        ]
    );
}

#[test]
fn the_witness_is_checked_by_the_mirrors_it_watches() {
    let packet = sample().server("wit.x.com");
    assert!(packet.chooser.is_empty());
    let commands = commands(&packet);
    for says in [
        "ALTER DATABASE [rtcxds] SET WITNESS OFF;",
        "ALTER DATABASE [rtcxds] SET WITNESS = N'TCP://wit.x.com:7022';",
        "mirroring_witness_state_desc",
    ] {
        assert!(commands.contains(says), "{commands}");
    }
}

#[test]
fn a_step_with_nowhere_to_run_it_is_a_gap() {
    let servers = "Server FQDN,Role,Pool FQDN,Operating system,SQL Server version,SQL Server edition\n\
        sql01.x.com,Back End Server,,Windows Server 2012,11.0.3000,Standard\n";
    let packet = Estate::new(servers, POOLS).server("sql01.x.com");
    assert_eq!(packet.status, Status::Gaps);
    let reason = packet
        .reasons
        .iter()
        .find(|it| it.text.contains("have a blank"));
    assert!(
        reason.is_some_and(|it| it.text.contains("a Front End Server")),
        "{:?}",
        packet.reasons
    );
}

#[test]
fn mirrored_archiving_of_its_own_is_failed_over_before_it_is_rebuilt() {
    let pools = POOLS
        .replace("Archiving SQL instance,", "Archiving SQL instance,Archiving mirror SQL Server FQDN,Archiving mirror SQL instance,")
        .replace("sqlmon.x.com,MON,yes,", "sqlmon.x.com,MON,sqlarch.x.com,ARCH,yes,")
        .replace("sqlmon.x.com,MON,no,", "sqlmon.x.com,MON,,,no,")
        .replace(",sqlmon.x.com,MON,,,,\\\\x.com", ",,,,,,\\\\x.com");
    let servers = format!("{SERVERS}sqlarch.x.com,SQL Server,\n");
    let estate = Estate::new(&servers, &pools);
    for (fqdn, partner, principal) in [
        (
            "sqlmon.x.com",
            "'sqlarch.x.com' -SqlInstanceName 'arch'",
            "Mirror",
        ),
        (
            "sqlarch.x.com",
            "'sqlmon.x.com' -SqlInstanceName 'mon'",
            "Primary",
        ),
    ] {
        let packet = estate.server(fqdn);
        assert_eq!(ids(&packet), ["monitoring-archiving-database"], "{fqdn}");
        let commands = commands(&packet);
        let at = |text: String| {
            commands
                .find(&text)
                .unwrap_or_else(|| panic!("{fqdn}: {text}\n{commands}"))
        };
        let failover = at(format!("-DatabaseType Archiving -NewPrincipal {principal}"));
        let uninstall = at(format!(
            "Uninstall-CsMirrorDatabase -DatabaseType Archiving -SqlServerFqdn {partner}"
        ));
        let install = at("Install-CsMirrorDatabase".to_owned());
        assert!(failover < uninstall && uninstall < install, "{fqdn}");
    }
}
