//! What a pool is made of, and which other pools it has to do with.

use crate::inventory::{Pool, Server};
use crate::rows::Fqdn;

use super::{End, Share, Tie, Topology, What};

impl<'a> Topology<'a> {
    /// The members of a pool that run Lync Server services, in the order of their rows.
    pub fn members(&self, pool: &Pool) -> impl Iterator<Item = &'a Server> {
        let ties = self.to_pool(&pool.fqdn);
        let members = ties.filter(|tie| tie.what == What::MemberOf);
        let rows = members.filter_map(|tie| tie.from.server(self));
        rows.filter(|server| self.runs_services(server))
    }

    /// The members that make up the quorum, whose services stop and start together, or the only computer.
    pub fn quorum_members(&self, pool: &Pool) -> impl Iterator<Item = &'a Server> {
        let members = self.members(pool);
        members
            .filter(|server| self.has(server, |role| role.together) || self.is_one_computer(server))
    }

    /// Servers whose row names a pool, whatever they are to it.
    pub fn naming(&self, pool: &Pool) -> impl Iterator<Item = &'a Server> {
        let ties = self.to_pool(&pool.fqdn);
        let members = ties.filter(|tie| tie.what == What::MemberOf);
        let rows = members.filter_map(|tie| tie.from.server(self));
        rows.filter(|server| server.pool.value.as_ref() == Some(&pool.fqdn))
    }

    /// Servers that name a pool and whose role is not known, unless another cell says what they are to it.
    pub fn unclear_members(&self, pool: &Pool) -> impl Iterator<Item = &'a Server> {
        self.naming(pool).filter(|server| {
            server.roles.value.is_none()
                && !self.is_one_computer(server)
                && self.holdings(&server.fqdn).is_empty()
                && self.witness_of(&server.fqdn).is_empty()
                && self.file_stores_on(server).is_empty()
        })
    }

    /// Servers whose rows leave open what they are or where they belong.
    pub fn doubtful(&self) -> impl Iterator<Item = &'a Server> {
        self.doubtful.iter().copied()
    }

    /// Servers that may be members of a pool: their own cell for it holds something that cannot be read, and their role
    /// has a place in pools of this type.
    pub fn possible_members(&self, pool: &Pool) -> impl Iterator<Item = &'a Server> {
        // The types of pools bear the ids of the roles that have their place in them.
        let fits = |server: &Server| {
            let mut services = self.services_of(server);
            services.any(|role| pool.is(&role.id))
        };
        let is_unread = |server: &Server| server.pool.value.is_none() && !server.pool.is_blank();
        let unread = self.doubtful().filter(move |server| is_unread(server));
        // Where two rows contradict each other, their server is of one of the pools that they name.
        let names = |server: &Server, pool: &Pool| {
            let text = server.pool.text.to_lowercase();
            let mut words = text.split_whitespace();
            words.any(|word| word == pool.fqdn.as_str())
        };
        let is_elsewhere = move |server: &Server| {
            let mut pools = self.inventory.pools.iter();
            !names(server, pool) && pools.any(|other| names(server, other))
        };
        unread.filter(move |server| {
            self.pool_of(server).is_none() && fits(server) && !is_elsewhere(server)
        })
    }

    /// The first pool that hosts the active Central Management store.
    pub fn central_pool(&self) -> Option<&'a Pool> {
        self.managing().next()
    }

    /// The server that holds it: that pool's only computer, or the primary of its users' store.
    pub fn central_host(&self) -> Option<&'a Fqdn> {
        let pool = self.central_pool()?;
        if pool.is_one_computer() {
            Some(&pool.fqdn)
        } else {
            pool.user_store().server.value.as_ref()
        }
    }

    /// Every pool that is said to host it.
    pub fn managing(&self) -> impl Iterator<Item = &'a Pool> {
        let managing = self.to_deployment().filter(|tie| tie.what == What::Manages);
        managing.filter_map(|tie| tie.from.pool(self))
    }

    /// The other half of a pool pair: the pool its row names, else the one whose row names it.
    pub fn partner(&self, pool: &Pool) -> Option<&'a Pool> {
        self.pairing(pool).map(|(partner, _)| partner)
    }

    /// The same, with the tie that makes them a pair.
    pub fn pairing(&self, pool: &Pool) -> Option<(&'a Pool, &Tie<'a>)> {
        let is_pair = |tie: &&Tie<'a>| tie.what == What::PairedWith;
        let mut own = self.of_pool(&pool.fqdn).filter(is_pair);
        let named = own.find_map(|tie| Some((tie.to.pool(self)?, tie)));
        named.or_else(|| {
            let mut others = self.to_pool(&pool.fqdn).filter(is_pair);
            others.find_map(|tie| Some((tie.from.pool(self)?, tie)))
        })
    }

    /// The pool that a pool's row names as this to it, with or without a row of its own.
    pub fn named(&self, pool: &Pool, what: What) -> Option<&'a Fqdn> {
        let mut ties = self.of_pool(&pool.fqdn).filter(|tie| tie.what == what);
        ties.find_map(|tie| match tie.to {
            End::Pool(fqdn) => Some(fqdn),
            End::Server(_) | End::Deployment => None,
        })
    }

    /// The pool a pool hands its traffic on to.
    pub fn next_hop(&self, pool: &Pool) -> Option<&'a Pool> {
        let ties = self.of_pool(&pool.fqdn);
        let mut hops = ties.filter(|tie| tie.what == What::NextHop);
        hops.find_map(|tie| tie.to.pool(self))
    }

    /// The pools that hand their traffic on to this one.
    pub fn relying_on(&self, pool: &Pool) -> impl Iterator<Item = &'a Pool> {
        let ties = self.to_pool(&pool.fqdn);
        let hops = ties.filter(|tie| tie.what == What::NextHop);
        hops.filter_map(|tie| tie.from.pool(self))
    }

    /// The server that hosts a pool's file store; none for a DFS or cluster path. Where the pool's cell names no
    /// share, the only server that can be meant.
    pub fn file_store_host(&self, pool: &Pool) -> Option<&'a Server> {
        self.host_tie(pool, Share::FileStore)?.from.server(self)
    }

    /// The server that hosts a pool's mirroring share.
    pub fn mirror_share_host(&self, pool: &Pool) -> Option<&'a Server> {
        self.host_tie(pool, Share::Mirror)?.from.server(self)
    }

    /// The tie of the only server that hosts a share of a pool.
    pub fn host_tie(&self, pool: &Pool, share: Share) -> Option<&Tie<'a>> {
        let ties = self.to_pool(&pool.fqdn);
        let mut hosts = ties.filter(|tie| tie.what == What::Hosts(share));
        let host = hosts.next();
        host.filter(|_| hosts.next().is_none())
    }

    /// Whether a pool's file store is on a server's share, for all anybody can tell: a DFS or cluster path is not.
    pub fn file_store_is_hosted(&self, pool: &Pool) -> bool {
        pool.file_store.value.is_none() || self.file_store_host(pool).is_some()
    }
}
