//! What a server is: its pool, its services, what it hosts.

use std::collections::BTreeSet;

use crate::inventory::{Certificate, Pool, Server};
use crate::product::Role;
use crate::rows::Fqdn;

use super::{Share, Tie, Topology, What};

impl<'a> Topology<'a> {
    /// Whether a server is all there is of a pool: by its role, or as the namesake of such a pool.
    pub fn is_one_computer(&self, server: &Server) -> bool {
        let namesake = self.pool(&server.fqdn);
        self.has(server, |role| role.one_computer) || namesake.is_some_and(Pool::is_one_computer)
    }

    /// Whether a server has a role of which this is true.
    pub fn has(&self, server: &Server, is: impl Fn(&Role) -> bool) -> bool {
        let mut roles = self.inventory.product.roles.iter();
        roles.any(|role| is(role) && server.has_role(&role.id))
    }

    /// Whether a server's role is that of the servers which hold the users' store.
    pub fn is_for_users(&self, server: &Server) -> bool {
        let role = self.inventory.product.role_for_users();
        role.is_some_and(|role| server.has_role(&role.id))
    }

    /// The roles of a server that run services of the product.
    pub fn services_of(&self, server: &Server) -> impl Iterator<Item = &'static Role> {
        let roles = self.inventory.product.roles.iter();
        roles.filter(|role| role.services && server.has_role(&role.id))
    }

    /// Whether a server runs services of the product.
    pub fn runs_services(&self, server: &Server) -> bool {
        self.services_of(server).next().is_some() || self.is_one_computer(server)
    }

    /// The pool a server is a member of: the one its row names, else the pool of its own name.
    pub fn pool_of(&self, server: &Server) -> Option<&'a Pool> {
        let ties = self.of_server(&server.fqdn);
        let mut memberships = ties.filter(|tie| tie.what == What::MemberOf);
        memberships.find_map(|tie| tie.to.pool(self))
    }

    /// The pools that name this server as their witness.
    pub fn witness_of(&self, fqdn: &Fqdn) -> Vec<&'a Pool> {
        self.pools_of(fqdn, What::Witnesses).collect()
    }

    /// The pools of several computers whose file store this server hosts, or may, where their own cell names no share.
    pub fn file_stores_on(&self, server: &Server) -> Vec<&'a Pool> {
        let pools = self.pools_of(&server.fqdn, What::Hosts(Share::FileStore));
        pools.filter(|pool| !pool.is_one_computer()).collect()
    }

    /// The ties behind them.
    pub fn file_store_ties(&self, server: &Server) -> impl Iterator<Item = (&'a Pool, &Tie<'a>)> {
        let ties = self.of_server(&server.fqdn);
        let ties = ties.filter(|tie| tie.what == What::Hosts(Share::FileStore));
        let pools = ties.filter_map(|tie| Some((tie.to.pool(self)?, tie)));
        pools.filter(|(pool, _)| !pool.is_one_computer())
    }

    /// The pools whose mirroring file share this server hosts.
    pub fn mirror_shares_on(&self, server: &Server) -> Vec<&'a Pool> {
        let what = What::Hosts(Share::Mirror);
        self.pools_of(&server.fqdn, what).collect()
    }

    /// The pools to which a server is this.
    fn pools_of(&self, fqdn: &Fqdn, what: What) -> impl Iterator<Item = &'a Pool> {
        let ties = self.of_server(fqdn).filter(move |tie| tie.what == what);
        ties.filter_map(|tie| tie.to.pool(self))
    }

    /// The pools a server has to do with: its own, those whose databases or file stores it holds, those it witnesses; in
    /// the order of their rows.
    pub fn concerned(&self, server: &Server) -> Vec<&'a Pool> {
        let own = self.pool_of(server).into_iter();
        let held = self.holdings(&server.fqdn).into_iter().map(|it| it.pool);
        let shares = self.file_stores_on(server).into_iter();
        let witnessed = self.witness_of(&server.fqdn).into_iter();
        self.names
            .in_order(own.chain(held).chain(shares).chain(witnessed))
    }

    /// The pool whose Central Management store this server hosts, as either partner.
    pub fn holds_central(&self, server: &Server) -> Option<&'a Pool> {
        let pool = self.central_pool()?;
        let itself = pool.is_one_computer() && server.fqdn == pool.fqdn;
        // It lies beside the store of the users.
        let pools = self.users_on(&server.fqdn);
        let holds = pools.iter().any(|it| it.fqdn == pool.fqdn);
        (itself || holds).then_some(pool)
    }

    /// The certificates for this name, in the order of their rows.
    pub fn certificates_for(&self, name: &Fqdn) -> Vec<&'a Certificate> {
        self.certificates([name])
    }

    fn certificates<'f>(&self, names: impl IntoIterator<Item = &'f Fqdn>) -> Vec<&'a Certificate> {
        let names = names.into_iter();
        let positions = names.flat_map(|name| self.backups.certificates(name));
        let positions: BTreeSet<usize> = positions.collect();
        let rows = positions.into_iter();
        rows.filter_map(|position| self.inventory.certificates.get(position))
            .collect()
    }

    /// The certificates of a server and of the pool it is a member of, in the order of their rows.
    pub fn certificates_of(&self, server: &Server) -> Vec<&'a Certificate> {
        let pool = self.pool_of(server).map(|pool| &pool.fqdn);
        self.certificates([&server.fqdn].into_iter().chain(pool))
    }
}
