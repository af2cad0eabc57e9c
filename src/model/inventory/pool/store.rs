//! A store of a pool: the SQL Server, its instance, and the mirror of both.

use crate::finding::words::excerpt;
use crate::finding::{Code, Finding};
use crate::inventory::server::bad_instance;
use crate::product::StoreKind;
use crate::rows::field::Field;
use crate::rows::fqdn::Fqdn;
use crate::rows::instance::{Instance, without_port};
use crate::rows::problem::Problem;
use crate::rows::row::Row;

/// A SQL Server store as a pool names it: server and instance, and its mirror.
#[derive(Clone, Debug)]
pub struct Store {
    /// What it holds.
    pub kind: &'static StoreKind,
    /// The SQL Server.
    pub server: Field<Fqdn>,
    /// Its instance; `host\instance` in the cell is split.
    pub instance: Field<Instance>,
    /// The mirror.
    pub mirror: Field<Fqdn>,
    /// The mirror's instance.
    pub mirror_instance: Field<Instance>,
}

pub(super) fn store(row: &mut Row<'_>, kind: &'static StoreKind) -> Store {
    let columns = &kind.columns;
    let (server, named) = row.sql_server(&columns.server);
    let own = instance(row, &columns.instance, server.value.as_ref());
    let instance_field = settled(row, &server, named, own);
    let (mut mirror, named_mirror) = row.sql_server(&columns.mirror);
    if mirror.value.is_some() && mirror.value == server.value {
        // A server is no mirror of itself: commands that name the surviving partner would name the failed one.
        mirror.value = None;
        row.say(
            Finding::new(
                Code::HalfMirror,
                format!(
                    "`{}` and `{}` name the same server",
                    columns.server, columns.mirror
                ),
            )
            .at(&mirror.place)
            .help("record both partners and both instances, or neither"),
        );
    }
    let own = instance(row, &columns.mirror_instance, mirror.value.as_ref());
    let mirror_instance = settled(row, &mirror, named_mirror, own);
    Store {
        kind,
        server,
        instance: instance_field,
        mirror,
        mirror_instance,
    }
}

/// The instance that counts: its own cell's, or the one behind the server's name. Where both name one they must agree.
fn settled(
    row: &mut Row<'_>,
    server: &Field<Fqdn>,
    named: Option<Instance>,
    mut own: Field<Instance>,
) -> Field<Instance> {
    let Some(named) = named else {
        return own;
    };
    let typed = excerpt(&server.text);
    let is_open = own.is_blank();
    match &own.value {
        Some(value) if *value != named => {
            let message = format!(
                "`{typed}` names the instance `{named}`, but `{}` is `{value}` ({})",
                own.column, own.place
            );
            row.say(
                Finding::new(Code::ConflictingInstance, message)
                    .at(&server.place)
                    .help("correct one of the two cells"),
            );
            own.value = None;
        }
        None if is_open => {
            let message = format!(
                "`{typed}` was taken apart: the server is `{}`, and `{named}` counts as `{}` ({})",
                server.value.as_ref().map_or("", Fqdn::as_str),
                own.column,
                own.place
            );
            row.say(
                Finding::new(Code::SplitName, message)
                    .at(&server.place)
                    .help("write the two into their own cells"),
            );
            own.text = named.to_string();
            own.place = server.place.clone();
            own.value = Some(named);
        }
        _ => {}
    }
    own
}

/// An instance cell; a host in front of the instance must be the server of its row.
pub(super) fn instance(
    row: &mut Row<'_>,
    column: &'static str,
    server: Option<&Fqdn>,
) -> Field<Instance> {
    let field = row.read(column, |_, text| {
        let (host, instance) =
            Instance::parse(text).map_err(|expected| bad_instance(text, &expected))?;
        match (host, server) {
            (Some(host), Some(server))
                if host != server.as_str() && host != server.computer_name() =>
            {
                Err(Problem::new(
                    Code::ConflictingInstance,
                    format!(
                        "`{text}` names the host `{host}`, but the row's SQL Server is `{server}`"
                    ),
                    "correct one of the two cells",
                ))
            }
            _ => Ok(Some(instance)),
        }
    });
    if let (Some(_), (_, Some(port))) = (&field.value, without_port(&field.text)) {
        row.port(&field.text, port, &field.place);
    }
    field
}
