//! The queries, over a small estate with one of everything, and over rows that leave things open.

use std::sync::Arc;

use super::*;
use crate::{inventory, workbook};

const SERVERS: &str = "\
Server FQDN,Role,Pool FQDN
fe1.x.com,Front End Server,p1.x.com
fe2.x.com,Front End Server,p1.x.com
sql1.x.com,Back End Server,
sql2.x.com,Back End Server,
w.x.com,Witness,
fs.x.com,File Server,
se.x.com,Standard Edition server,
edge.x.com,Edge Server,edgepool.x.com
new.x.com,,p1.x.com
lost.x.com,Front End Server,?
";
const POOLS: &str = "\
Pool FQDN,Pool type,SQL Server FQDN,SQL instance,Mirror SQL Server FQDN,Witness FQDN,File store,Mirroring file share,Archiving SQL Server FQDN,Archiving SQL instance,Central Management store,Backup pool FQDN,Next hop pool FQDN
p1.x.com,Front End pool,sql1.x.com,rtc,sql2.x.com,w.x.com,\\\\fs\\Lync,\\\\fs.x.com\\Mirror,sql2.x.com,arch,yes,p2.x.com,
p2.x.com,Front End pool,sql2.x.com,rtc2,,,,,sql2.x.com,ARCH,,,
se.x.com,Standard Edition server,,,,,\\\\se.x.com\\Lync,,,,,,
edgepool.x.com,Edge pool,,,,,,,,,,,p1.x.com
";

fn read(servers: &str, pools: &str) -> Inventory {
    let mut sheets = Vec::new();
    for (name, text) in [("servers.csv", servers), ("pools.csv", pools)] {
        sheets.extend(workbook::read(&Arc::from(name), text.as_bytes()).sheets);
    }
    inventory::read(&mut sheets).inventory
}

fn name(text: &str) -> Fqdn {
    Fqdn::parse(text).expect("a name")
}

fn servers<'a>(found: impl IntoIterator<Item = &'a Server>) -> Vec<&'a str> {
    let found = found.into_iter();
    found.map(|it| it.fqdn.computer_name()).collect()
}

fn pools<'a>(found: impl IntoIterator<Item = &'a Pool>) -> Vec<&'a str> {
    let found = found.into_iter();
    found.map(|it| it.fqdn.computer_name()).collect()
}

#[test]
fn a_pool_knows_its_members_and_who_may_be_one() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    let pool = topology.pool(&name("p1.x.com")).expect("a pool");
    assert_eq!(servers(topology.members(pool)), ["fe1", "fe2"]);
    assert_eq!(servers(topology.unclear_members(pool)), ["new"]);
    assert_eq!(servers(topology.possible_members(pool)), ["lost"]);
    let alone = topology.pool(&name("se.x.com")).expect("a pool");
    assert_eq!(servers(topology.quorum_members(alone)), ["se"]);
}

#[test]
fn a_server_knows_what_it_holds_and_which_cell_says_so() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    let held = topology.holdings(&name("sql2.x.com"));
    let held: Vec<_> = held
        .iter()
        .map(|it| (it.pool.fqdn.computer_name(), it.kind.id.as_str(), it.part))
        .collect();
    assert_eq!(
        held,
        [
            ("p1", "user", Part::Mirror),
            ("p1", "archiving", Part::Primary),
            ("p2", "user", Part::Primary),
            ("p2", "archiving", Part::Primary),
        ]
    );
    let reasons = topology.of_server(&name("w.x.com")).map(Tie::because);
    let reasons: Vec<String> = reasons.map(|it| it.text).collect();
    assert_eq!(reasons, ["`Witness FQDN` of `p1.x.com` is `w.x.com`"]);
    assert_eq!(pools(topology.witness_of(&name("w.x.com"))), ["p1"]);
}

#[test]
fn pools_share_a_store_in_the_same_instance_of_the_same_server() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    let pool = topology.pool(&name("p1.x.com")).expect("a pool");
    let [users, archiving, ..] = inventory.product.stores.as_slice() else {
        panic!("the product has fewer stores");
    };
    assert_eq!(pools(topology.sharing(pool, archiving)), ["p1", "p2"]);
    assert_eq!(pools(topology.sharing(pool, users)), ["p1"]);
    assert_eq!(pools(topology.users_on(&name("sql2.x.com"))), ["p1", "p2"]);
}

#[test]
fn a_share_is_hosted_by_whom_its_path_names_short_or_in_full() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    let host = topology.server(&name("fs.x.com")).expect("a server");
    assert_eq!(pools(topology.mirror_shares_on(host)), ["p1"]);
    let pool = topology.pool(&name("p1.x.com")).expect("a pool");
    assert_eq!(servers(topology.file_store_host(pool)), ["fs"]);
    // A pool of one computer keeps its share itself: no other pool's is lost with it.
    let alone = topology.server(&name("se.x.com")).expect("a server");
    assert_eq!(pools(topology.file_stores_on(alone)), [""; 0]);
}

#[test]
fn a_share_no_cell_names_lies_on_the_file_server_that_hosts_no_other() {
    let servers_text = format!("{SERVERS}fs2.x.com,File Server,\n");
    let inventory = read(&servers_text, POOLS);
    let topology = Topology::of(&inventory);
    let pool = topology.pool(&name("p2.x.com")).expect("a pool");
    assert_eq!(servers(topology.file_store_host(pool)), ["fs2"]);
    let tie = topology.host_tie(pool, Share::FileStore).expect("a tie");
    assert_eq!(tie.because().text, "`Role` of `fs2.x.com` is `File Server`");
}

#[test]
fn either_half_of_a_pair_knows_the_other_by_the_cell_that_says_so() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    for (own, other) in [("p1.x.com", "p2.x.com"), ("p2.x.com", "p1.x.com")] {
        let pool = topology.pool(&name(own)).expect("a pool");
        let (partner, tie) = topology.pairing(pool).expect("a pair");
        assert_eq!(partner.fqdn.as_str(), other);
        let because = tie.because().text;
        assert_eq!(because, "`Backup pool FQDN` of `p1.x.com` is `p2.x.com`");
    }
}

#[test]
fn one_pool_manages_the_deployment_from_its_primary() {
    let inventory = read(SERVERS, POOLS);
    let topology = Topology::of(&inventory);
    assert_eq!(pools(topology.central_pool()), ["p1"]);
    assert_eq!(topology.central_host(), Some(&name("sql1.x.com")));
    let mirror = topology.server(&name("sql2.x.com")).expect("a server");
    assert_eq!(pools(topology.holds_central(mirror)), ["p1"]);
    let hop = topology.pool(&name("p1.x.com")).expect("a pool");
    assert_eq!(pools(topology.relying_on(hop)), ["edgepool"]);
}

#[test]
fn names_without_a_row_are_ends_of_ties_and_nothing_more() {
    let pools_text = POOLS.replace("p2.x.com,\n", "stranger.x.com,\n");
    let inventory = read(SERVERS, &pools_text.replace("sql1.x.com", "gone.x.com"));
    let topology = Topology::of(&inventory);
    let gone = name("gone.x.com");
    assert!(topology.server(&gone).is_none());
    assert_eq!(topology.holdings(&gone).len(), 1);
    let pool = topology.pool(&name("p1.x.com")).expect("a pool");
    assert!(topology.partner(pool).is_none());
}
