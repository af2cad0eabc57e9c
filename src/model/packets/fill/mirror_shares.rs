//! Shares by which databases are copied to their mirror: no backup holds them, so they are made anew.

use crate::inventory::{Pool, Server};
use crate::rows::FilePath;
use crate::template::Slot;

use super::super::context::MirrorShareContext;
use super::pools::mirror_share;
use super::{Fill, servers};

impl<'a> Fill<'a> {
    /// Those that a server hosts, each once, whatever number of pools uses it.
    pub(super) fn mirror_shares_of_server(self, server: &'a Server) -> Vec<MirrorShareContext> {
        let pools = self.topology.mirror_shares_on(server);
        let mut shares: Vec<MirrorShareContext> = Vec::new();
        for share in pools
            .into_iter()
            .filter_map(|pool| self.mirror_share_on(pool, server))
        {
            match shares.iter_mut().find(|it| it.share == share.share) {
                Some(known) => {
                    let accounts = share.accounts.into_iter();
                    let new: Vec<Slot> =
                        accounts.filter(|it| !known.accounts.contains(it)).collect();
                    known.accounts.extend(new);
                }
                None => shares.push(share),
            }
        }
        shares
    }

    /// That of a pool, where a server of the worksheets hosts it.
    pub(super) fn mirror_share_of_pool(self, pool: &'a Pool) -> Option<MirrorShareContext> {
        let host = self.topology.mirror_share_host(pool)?;
        self.mirror_share_on(pool, host)
    }

    fn mirror_share_on(self, pool: &'a Pool, host: &Server) -> Option<MirrorShareContext> {
        let name = pool.mirror_share.value.as_ref();
        let name = name.and_then(FilePath::share_name)?;
        let mirrored = self.mirrored(pool).into_iter();
        let mut accounts: Vec<Slot> = Vec::new();
        for account in mirrored.flat_map(|it| [it.primary.account, it.mirror.account]) {
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        (!accounts.is_empty()).then(|| MirrorShareContext {
            share: mirror_share(pool),
            share_name: Slot::text(name),
            host: Slot::Text(host.fqdn.to_string()),
            system: servers::system(self.topology.inventory.product, host),
            accounts,
        })
    }
}
