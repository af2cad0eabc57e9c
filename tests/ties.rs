//! The ties of the topology against the look-ups they replace: over the sample, the worksheets of every case, and
//! estates made up at random, every question must have the same answer.

#[expect(
    dead_code,
    reason = "of the harness only the tables of the cases are used here"
)]
mod harness;
#[path = "common/powershell.rs"]
mod powershell;

use std::collections::BTreeMap;
use std::fmt::{Debug, Write as _};
use std::sync::Arc;

use harness::sheets::Books;
use harness::topic::{self, Item};
use restore_packets::inventory::hosts::HostSource;
use restore_packets::inventory::lookup::StoreKind;
use restore_packets::inventory::{self, FilePath, Fqdn, Inventory, Pool, Server};
use restore_packets::starter;
use restore_packets::topology::Topology;
use restore_packets::workbook::{self, Sheet};

fn name(server: &Server) -> String {
    server.fqdn.to_string()
}

fn pools<'a>(pools: impl IntoIterator<Item = &'a Pool>) -> Vec<String> {
    pools.into_iter().map(|it| it.fqdn.to_string()).collect()
}

fn servers<'a>(servers: impl IntoIterator<Item = &'a Server>) -> Vec<String> {
    servers.into_iter().map(name).collect()
}

fn same<T: PartialEq + Debug>(what: &str, of: &str, old: T, new: T) {
    assert_eq!(old, new, "{what} of {of}");
}

/// Asks everything of both; returns how many ties there are.
fn compare(inventory: &Inventory) -> usize {
    let topology = Topology::of(inventory);
    let mut names: Vec<Fqdn> = inventory.servers.iter().map(|it| it.fqdn.clone()).collect();
    names.extend(inventory.pools.iter().map(|it| it.fqdn.clone()));
    for pool in &inventory.pools {
        let stores = StoreKind::ALL.map(|kind| kind.of(pool));
        let cells = stores.iter().flat_map(|it| [&it.server, &it.mirror]);
        let cells = cells.chain([&pool.witness, &pool.next_hop, &pool.backup_pool]);
        names.extend(cells.filter_map(|it| it.value.clone()));
    }
    for fqdn in &names {
        compare_name(inventory, &topology, fqdn);
    }
    for server in &inventory.servers {
        compare_server(inventory, &topology, server);
    }
    for pool in &inventory.pools {
        compare_pool(inventory, &topology, pool);
    }
    same(
        "cms",
        "all",
        inventory.cms_pool().map(|it| &it.fqdn),
        topology.cms_pool().map(|it| &it.fqdn),
    );
    let active = inventory.pools.iter().filter(|it| it.hosts_cms());
    same("managing", "all", pools(active), pools(topology.managing()));
    for database in ["xds", "lis"] {
        let old = format!("{:?}", inventory.global_backup(database));
        let new = format!("{:?}", topology.global_backup(database));
        same("global backup", database, old, new);
    }
    topology.ties().len()
}

fn compare_name(inventory: &Inventory, topology: &Topology<'_>, fqdn: &Fqdn) {
    let of = fqdn.as_str();
    let row = |server: &Server| server.row.clone();
    same(
        "server",
        of,
        inventory.server(fqdn).map(row),
        topology.server(fqdn).map(row),
    );
    let row = |pool: &Pool| pool.row.clone();
    same(
        "pool",
        of,
        inventory.pool(fqdn).map(row),
        topology.pool(fqdn).map(row),
    );
    let short = fqdn.computer_name();
    for host in [of, short] {
        same(
            "host",
            host,
            inventory.host(host).map(name),
            topology.host(host).map(name),
        );
    }
    let old = inventory.witness_of(fqdn);
    same("witness", of, pools(old), pools(topology.witness_of(fqdn)));
    let old: Vec<_> = inventory
        .holdings(fqdn)
        .iter()
        .map(|it| {
            (
                it.pool.fqdn.clone(),
                it.kind,
                it.part,
                it.cell().place.clone(),
                it.instance().place.clone(),
            )
        })
        .collect();
    let new: Vec<_> = topology
        .holdings(fqdn)
        .iter()
        .map(|it| {
            assert_eq!(it.tie.because().place, it.cell().place);
            (
                it.pool.fqdn.clone(),
                it.kind,
                it.part,
                it.cell().place.clone(),
                it.instance().place.clone(),
            )
        })
        .collect();
    same("holdings", of, old, new);
}

fn compare_server(inventory: &Inventory, topology: &Topology<'_>, server: &Server) {
    let of = server.fqdn.as_str();
    same(
        "pool",
        of,
        inventory.pool_of(server).map(|it| &it.fqdn),
        topology.pool_of(server).map(|it| &it.fqdn),
    );
    same(
        "kind",
        of,
        inventory.is_standard_edition(server),
        topology.is_standard_edition(server),
    );
    same(
        "services",
        of,
        inventory.is_lync(server),
        topology.is_lync(server),
    );
    same(
        "cms",
        of,
        inventory.hosts_cms(server).map(|it| &it.fqdn),
        topology.hosts_cms(server).map(|it| &it.fqdn),
    );
    same(
        "file stores",
        of,
        pools(inventory.file_stores_on(server)),
        pools(topology.file_stores_on(server)),
    );
    let old = inventory.file_stores_on(server).into_iter();
    let old: Vec<_> = old
        .map(|pool| match inventory.host_source(server, pool) {
            HostSource::Pool => pool.file_store.place.clone(),
            HostSource::Backup(row) => row.server.place.clone(),
            HostSource::Role => server.roles.place.clone(),
        })
        .collect();
    let new: Vec<_> = topology
        .file_store_ties(server)
        .map(|(_, tie)| tie.because().place)
        .collect();
    same("reasons of file stores", of, old, new);
    same(
        "mirror shares",
        of,
        pools(inventory.mirror_shares_on(server)),
        pools(topology.mirror_shares_on(server)),
    );
    let old: Vec<_> = inventory
        .certificates_of(server)
        .map(|it| it.row.clone())
        .collect();
    let new: Vec<_> = topology
        .certificates_of(server)
        .iter()
        .map(|it| it.row.clone())
        .collect();
    same("certificates", of, old, new);
}

fn compare_pool(inventory: &Inventory, topology: &Topology<'_>, pool: &Pool) {
    let of = pool.fqdn.as_str();
    same(
        "members",
        of,
        servers(inventory.members(pool)),
        servers(topology.members(pool)),
    );
    same(
        "front ends",
        of,
        servers(inventory.front_ends(pool)),
        servers(topology.front_ends(pool)),
    );
    same(
        "unclear",
        of,
        servers(inventory.unclear_members(pool)),
        servers(topology.unclear_members(pool)),
    );
    same(
        "possible",
        of,
        servers(inventory.possible_members(pool)),
        servers(topology.possible_members(pool)),
    );
    same(
        "partner",
        of,
        inventory.partner(pool).map(|it| &it.fqdn),
        topology.partner(pool).map(|it| &it.fqdn),
    );
    same(
        "file store",
        of,
        inventory.file_store_host(pool).map(name),
        topology.file_store_host(pool).map(name),
    );
    same(
        "hosted",
        of,
        inventory.file_store_is_hosted(pool),
        topology.file_store_is_hosted(pool),
    );
    let share = pool.mirror_share.value.as_ref().and_then(FilePath::host);
    let old = share.and_then(|host| inventory.host(host)).map(name);
    same(
        "mirror share",
        of,
        old,
        topology.mirror_share_host(pool).map(name),
    );
    let hop = pool
        .next_hop
        .value
        .as_ref()
        .and_then(|it| inventory.pool(it));
    same(
        "next hop",
        of,
        hop.map(|it| &it.fqdn),
        topology.next_hop(pool).map(|it| &it.fqdn),
    );
    let relying = inventory.pools.iter();
    let relying = relying.filter(|it| it.next_hop.value.as_ref() == Some(&pool.fqdn));
    same(
        "relying",
        of,
        pools(relying),
        pools(topology.relying_on(pool)),
    );
    for database in ["rtc", "rgsconfig", "lcslog", "lcscdr", "qoemetrics", "mgc"] {
        let old = format!("{:?}", inventory.backup(database, pool));
        same(
            database,
            of,
            old,
            format!("{:?}", topology.backup(database, pool)),
        );
    }
    let old = format!("{:?}", inventory.file_store_backup(pool));
    same(
        "share backup",
        of,
        old,
        format!("{:?}", topology.file_store_backup(pool)),
    );
    for kind in StoreKind::ALL {
        let store = kind.of(pool);
        for (server, cell) in [
            (&store.server, &store.instance),
            (&store.mirror, &store.mirror_instance),
        ] {
            let old = format!("{:?}", inventory.instance(server, cell, pool));
            same(
                "instance",
                of,
                old,
                format!("{:?}", topology.instance(server, cell, pool)),
            );
        }
        if kind != StoreKind::User && store.server.value.is_some() {
            let own = (&store.server.value, &store.instance.value);
            let old = inventory
                .pools
                .iter()
                .filter(|it| (&kind.of(it).server.value, &kind.of(it).instance.value) == own);
            same(
                "sharing",
                of,
                pools(old),
                pools(topology.sharing(pool, kind)),
            );
        }
    }
    for share in inventory
        .file_stores
        .iter()
        .filter_map(|it| it.share.value.as_ref())
    {
        if let Some(own) = &pool.file_store.value {
            same(
                "share",
                of,
                inventory.same_share(own, share),
                topology.same_share(own, share),
            );
        }
    }
}

fn sheets<'a>(files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> Vec<Sheet> {
    let read = files
        .into_iter()
        .map(|(path, bytes)| workbook::read(&Arc::from(path.as_str()), bytes));
    read.flat_map(|read| read.sheets).collect()
}

fn compare_files(files: &BTreeMap<String, Vec<u8>>) -> usize {
    let inventory = inventory::read(&mut sheets(files)).inventory;
    compare(&inventory)
}

#[test]
fn the_sample_is_told_alike() {
    let mut files = BTreeMap::new();
    for sheet in starter::sample().iter().flat_map(|file| &file.sheets) {
        let head: Vec<String> = sheet
            .kind
            .columns
            .iter()
            .map(|it| it.heading.clone())
            .collect();
        let rows = std::iter::once(&head).chain(&sheet.rows);
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            cells.collect::<Vec<_>>().join(",") + "\n"
        };
        let text: String = rows.map(line).collect();
        files.insert(format!("{}.csv", sheet.kind.id), text.into_bytes());
    }
    assert!(compare_files(&files) > 20);
}

#[test]
fn the_cases_are_told_alike() {
    let mut seen = 0;
    for case in harness::files()
        .iter()
        .flat_map(|it| topic::read(it).expect("cases"))
    {
        let mut books = Books::default();
        let mut files = BTreeMap::new();
        let mut items = Vec::new();
        for item in case.items {
            match item {
                Item::Base(name) => items.extend(topic::base(&name).expect("a base")),
                item => items.push(item),
            }
        }
        for item in items {
            match item {
                Item::Sheet { path, sheet, rows } => {
                    books.add(&path, &sheet, &rows).expect("a sheet")
                }
                Item::Change { sheet, rows } => books.change(&sheet, &rows).expect("a change"),
                Item::File { path, bytes } if path.ends_with(".csv") || path.ends_with(".xlsx") => {
                    files.insert(path, bytes);
                }
                Item::Console { .. } => {
                    files.extend(books.take_changed());
                    seen += compare_files(&files);
                }
                _ => {}
            }
        }
    }
    assert!(seen > 1000, "{seen} ties were seen");
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }

    /// One of these, or often nothing.
    fn maybe<'a>(&mut self, among: &[&'a str]) -> &'a str {
        if self.below(3) == 0 {
            ""
        } else {
            self.pick(among)
        }
    }
}

const NAMES: [&str; 9] = [
    "s1.x.com", "s2.x.com", "s3.x.com", "s1.y.com", "s4.x.com", "s5.x.com", "p1.x.com", "p2.x.com",
    "s3",
];
const POOLS: [&str; 7] = [
    "p1.x.com", "p2.x.com", "p3.x.com", "s1.x.com", "s2.x.com", "?", "p4.x.com",
];
const ROLES: [&str; 11] = [
    "Front End Server",
    "Back End Server",
    "Standard Edition server",
    "File Server",
    "SQL Server",
    "Edge Server",
    "Mediation Server; Front End Server",
    "Persistent Chat Server",
    "Witness",
    "whatever",
    "Director",
];
const TYPES: [&str; 6] = [
    "Front End pool",
    "Standard Edition server",
    "Persistent Chat pool",
    "Edge pool",
    "Director pool",
    "odd",
];
const SHARES: [&str; 8] = [
    r"\\s1.x.com\Share",
    r"\\s1\Share",
    r"\\s3\Share",
    r"\\s2.x.com\Other",
    r"\\x.com\Dfs",
    "see notes",
    r"\\S2\other",
    r"\\s4.x.com\Share",
];
const DATABASES: [&str; 8] = [
    "Rtc",
    "RgsConfig",
    "LcsLog",
    "LcsCDR",
    "QoEMetrics",
    "mgc",
    "Xds",
    "Lis",
];
const INSTANCES: [&str; 4] = ["rtc", "ARCH", "MSSQLSERVER", ""];

fn estate(dice: &mut Dice) -> BTreeMap<String, Vec<u8>> {
    let mut servers = "Server FQDN,Role,Pool FQDN,SQL instance\n".to_owned();
    for name in NAMES
        .iter()
        .filter(|_| dice.below(5) > 0)
        .collect::<Vec<_>>()
    {
        let (role, pool, instance) = (
            dice.maybe(&ROLES),
            dice.maybe(&POOLS),
            dice.maybe(&INSTANCES),
        );
        let _ = writeln!(servers, "{name},{role},{pool},{instance}");
    }
    let mut pools = "Pool FQDN,Pool type,SQL Server FQDN,SQL instance,Mirror SQL Server FQDN,Mirror SQL instance,Witness FQDN,File store,Mirroring file share,Archiving SQL Server FQDN,Archiving SQL instance,Monitoring SQL Server FQDN,Monitoring SQL instance,Monitoring mirror SQL Server FQDN,Persistent Chat SQL Server FQDN,Persistent Chat SQL instance,Central Management store,Backup pool FQDN,Next hop pool FQDN\n".to_owned();
    for name in POOLS
        .iter()
        .filter(|_| dice.below(4) > 0)
        .collect::<Vec<_>>()
    {
        let cells = [
            name,
            dice.maybe(&TYPES),
            dice.maybe(&NAMES),
            dice.maybe(&INSTANCES),
            dice.maybe(&NAMES),
            dice.maybe(&INSTANCES),
            dice.maybe(&NAMES),
            dice.maybe(&SHARES),
            dice.maybe(&SHARES),
            dice.maybe(&NAMES),
            dice.maybe(&INSTANCES),
            dice.maybe(&NAMES),
            dice.maybe(&INSTANCES),
            dice.maybe(&NAMES),
            dice.maybe(&NAMES),
            dice.maybe(&INSTANCES),
            dice.maybe(&["yes", "no", "standby", "no"]),
            dice.maybe(&POOLS),
            dice.maybe(&POOLS),
        ];
        let _ = writeln!(pools, "{}", cells.join(","));
    }
    let mut databases = "Database,Server name (FQDN),Backup schedule,Database backup tool,Backup set,Backup destination,Pool FQDN\n".to_owned();
    let mut settings = "Database,Server name (FQDN),Backup schedule,Backup tool,Backup location,Configuration file (.xml) name,Pool FQDN\n".to_owned();
    for number in 0..dice.below(12) {
        let name = dice.pick(&DATABASES);
        let (server, pool) = (
            dice.maybe(&NAMES),
            dice.maybe(&["", "p1.x.com", "s1.x.com"]),
        );
        let row = format!("{name},{server},daily,Export,");
        if matches!(name, "Xds" | "Lis" | "RgsConfig") {
            let _ = writeln!(settings, "{row}$Backup,f{number}.zip,{pool}");
        } else {
            let _ = writeln!(databases, "{row}Name: a,$Backup\\f{number}.bak,{pool}");
        }
    }
    let mut stores = "Content,Server name (FQDN),Backup schedule,File system backup tool,File share to be backed up,Backup destination,Pool FQDN\n".to_owned();
    for number in 0..dice.below(6) {
        let (server, share, pool) = (
            dice.maybe(&NAMES),
            dice.maybe(&SHARES),
            dice.maybe(&["", "p1.x.com", "p2.x.com"]),
        );
        let _ = writeln!(
            stores,
            "Share {number},{server},daily,Robocopy,{share},$Backup\\g{number},{pool}"
        );
    }
    let mut certificates = "FQDN,Certificate use,Expires\n".to_owned();
    for _ in 0..dice.below(6) {
        let _ = writeln!(certificates, "{},Default,2030-01-01", dice.pick(&NAMES));
    }
    let texts = [
        ("servers", servers),
        ("pools", pools),
        ("databases", databases),
        ("settings", settings),
        ("stores", stores),
        ("certificates", certificates),
    ];
    texts
        .map(|(name, text)| (format!("{name}.csv"), text.into_bytes()))
        .into()
}

#[test]
fn estates_made_up_at_random_are_told_alike() {
    let mut dice = Dice(20_140_610);
    let mut seen = 0;
    for _ in 0..150 {
        seen += compare_files(&estate(&mut dice));
    }
    assert!(seen > 2000, "{seen} ties were seen");
}
