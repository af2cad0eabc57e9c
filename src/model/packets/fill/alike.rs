//! Servers that have what another of the same kind needs: what all of them share can be had from any that works.

use std::collections::BTreeSet;

use crate::inventory::{Pool, Server};
use crate::template::Slot;

use super::Fill;

impl<'a> Fill<'a> {
    /// A server that still works, and whose roles need the same certificates as a lost one's: of its pool, else of its
    /// site, else the first of the worksheet.
    pub(super) fn alike(self, server: &Server) -> Option<Slot> {
        let pool = self.topology.pool_of(server);
        let uses = self.uses(server);
        let mut others = self.working_with(&uses);
        others.sort_by_key(|other| {
            let own = self.topology.pool_of(other).map(|it| &it.fqdn);
            let is_near = pool.is_some_and(|it| own == Some(&it.fqdn));
            (!is_near, self.site(other) != self.site(server))
        });
        others.first().map(|it| Slot::Text(it.fqdn.to_string()))
    }

    /// The same for a pool whose members are all lost.
    pub(super) fn alike_elsewhere(self, pool: &Pool) -> Option<Slot> {
        let mut members = self.topology.quorum_members(pool);
        let uses = self.uses(members.next()?);
        let is_other = |other: &&&Server| {
            let own = self.topology.pool_of(other);
            own.is_none_or(|it| it.fqdn != pool.fqdn)
        };
        let mut others: Vec<&Server> = self.working_with(&uses);
        others.retain(|it| is_other(&it));
        others.sort_by_key(|other| self.site(other) != pool.site.value);
        others.first().map(|it| Slot::Text(it.fqdn.to_string()))
    }

    /// The uses of certificates that a server's roles need.
    fn uses(self, server: &Server) -> BTreeSet<&'static str> {
        let roles = self.topology.services_of(server);
        roles
            .flat_map(|role| role.certificates.iter().map(String::as_str))
            .collect()
    }

    fn working_with(self, uses: &BTreeSet<&str>) -> Vec<&'a Server> {
        let all = self.topology.inventory.servers.iter();
        let has = |it: &&Server| !uses.is_empty() && uses.is_subset(&self.uses(it));
        all.filter(|it| !self.is_failed(Some(&it.fqdn)))
            .filter(has)
            .collect()
    }

    /// Where a server stands: by its own row, else by that of its pool.
    fn site(self, server: &Server) -> Option<String> {
        let pool = self.topology.pool_of(server);
        let of_pool = || pool.and_then(|it| it.site.value.clone());
        server.site.value.clone().or_else(of_pool)
    }
}
