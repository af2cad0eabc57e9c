//! Rules about rows of certificates that contradict each other or themselves. Nothing says which of the cells is the slip.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, words};
use crate::inventory::Certificate;
use crate::product::{CertificateUse, List, Role};
use crate::rows::{Field, Fqdn};
use crate::text::plain::plain;

use super::Case;

/// A certificate for a use that clients reach by the computer's name, in which neither that name nor its pool's stands.
pub(super) fn certificate_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.certificates {
        let uses = row.uses.value.iter().flatten();
        let known = &case.inventory.product.uses;
        let is_by_name = |id: &str| known.iter().any(|it| it.id == id && it.names_host);
        // A cell that cannot be read may hold the name.
        let cells = [&row.subject, &row.alternative_names];
        if cells.iter().any(|it| it.value.is_none() && !it.is_blank()) {
            continue;
        }
        let text = cells.map(|it| it.value.as_deref().unwrap_or_default());
        let text = plain(&text.join(" "));
        let Some(name) = uses.clone().find(|it| is_by_name(it.id)) else {
            continue;
        };
        let is_named = holds(&text, &row.fqdn)
            || !names_a_sibling(case, row, &text)
                && names_of(case, row).iter().any(|name| holds(&text, name));
        if !text.contains('.') || is_named {
            continue;
        }
        let message = format!(
            "the certificate names other computers, neither `{}` nor its pool ({}, {}), so it cannot be its `{}`",
            row.fqdn, row.subject.place, row.alternative_names.place, name.printed
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&row.name.place)
                .help("see whose certificate it is, and correct the cell that is wrong"),
        );
    }
}

/// The names under which the subject of a certificate is reached: its own, its pool's, its members'.
fn names_of<'a>(case: &Case<'a>, row: &'a Certificate) -> Vec<&'a Fqdn> {
    let topology = case.topology;
    let pool = topology
        .server(&row.fqdn)
        .and_then(|it| topology.pool_of(it));
    let members = topology.pool(&row.fqdn).into_iter();
    let members = members
        .flat_map(|pool| topology.members(pool))
        .map(|it| &it.fqdn);
    let own = std::iter::once(&row.fqdn);
    own.chain(pool.map(|it| &it.fqdn)).chain(members).collect()
}

/// Whether a text names another member of the pool that the row's server is a member of.
fn names_a_sibling(case: &Case<'_>, row: &Certificate, text: &str) -> bool {
    let topology = case.topology;
    let server = topology.server(&row.fqdn);
    let pool = server.and_then(|it| topology.pool_of(it));
    let members = pool.into_iter().flat_map(|pool| topology.members(pool));
    let mut siblings = members.filter(|it| it.fqdn != row.fqdn);
    siblings.any(|it| holds(text, &it.fqdn))
}

/// A certificate for uses that nothing on its server, or in its pool, needs: it is another's.
pub(super) fn use_of_other_role(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let product = case.inventory.product;
    for row in &case.inventory.certificates {
        let uses = row.uses.value.iter().flatten();
        let known = uses.filter_map(|name| product.uses.iter().find(|it| it.id == name.id));
        let known: Vec<&CertificateUse> = known.collect();
        let needed = needed_by(case, &row.fqdn);
        let is_needed = |one: &&CertificateUse| one.replicated || needed.contains(&&one.id);
        // What is known of neither needs nothing that could be compared.
        if known.is_empty() || needed.is_empty() || known.iter().any(is_needed) {
            continue;
        }
        let printed = known.iter().map(|it| product.printed_as(List::Use, &it.id));
        let message = format!(
            "no role of `{}` needs a certificate for {} ({})",
            row.fqdn,
            words::quoted(printed),
            row.uses.place
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&row.name.place)
                .help("see whose certificate it is, and correct the cell that is wrong"),
        );
    }
}

/// The uses that the roles of a server need, or those of the members of a pool.
fn needed_by<'a>(case: &Case<'a>, name: &Fqdn) -> Vec<&'a String> {
    let product = case.inventory.product;
    let server = case.topology.server(name);
    let pool = case.topology.pool(name);
    let of_pool: Vec<&String> = pool
        .iter()
        .flat_map(|it| it.kinds())
        .flat_map(|it| &it.roles)
        .collect();
    let is_one = |role: &&Role| {
        server.is_some_and(|it| it.has_role(&role.id)) || of_pool.contains(&&role.id)
    };
    let roles = product.roles.iter().filter(is_one);
    roles.flat_map(|role| &role.certificates).collect()
}

/// A subject that is not among the alternative names, which are all that computers compare: one of the two cells is
/// another certificate's.
pub(super) fn subject_not_listed(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.certificates {
        let subject = row.subject.value.as_deref().and_then(common_name);
        let names = row.alternative_names.value.as_deref().map(plain);
        let (Some(subject), Some(names)) = (subject, names) else {
            continue;
        };
        let is_beside = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '*'));
        let mut words = names.split(is_beside);
        if !names.contains('.') || words.any(|it| it == subject) {
            continue;
        }
        let message = format!(
            "`{subject}` is not among the names of the certificate ({})",
            row.alternative_names.place
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&row.subject.place)
                .help("read both off the certificate itself, and correct the cell that is wrong"),
        );
    }
}

/// The computer a subject names: `CN=fe01.contoso.com, O=Contoso`, or the name alone.
fn common_name(subject: &str) -> Option<String> {
    let mut parts = subject.split([',', ';', '\n', '/']).map(str::trim);
    let named = parts.find_map(|part| {
        let (key, name) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case("cn").then(|| name.trim())
    });
    let alone = Some(subject.trim()).filter(|it| !it.contains(['=', ' ']));
    let name = named.or(alone).filter(|it| it.contains('.'))?;
    Some(plain(name))
}

/// Whether a text names a computer as a word of its own, alone or by its whole domain.
pub(super) fn holds(text: &str, name: &Fqdn) -> bool {
    let is_beside = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '*'));
    let domain = name
        .as_str()
        .split_once('.')
        .map_or("", |(_, domain)| domain);
    let mut words = text.split(is_beside);
    words.any(|word| {
        let is_whole = word.strip_prefix("*.").is_some_and(|it| it == domain);
        is_whole || word == name.as_str() || word == name.computer_name()
    })
}

/// Two rows that record one certificate differently: its thumbprint or its serial number is the same.
pub(super) fn certificate_twice(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let rows = &case.inventory.certificates;
    for (index, row) in rows.iter().enumerate() {
        let is_same = |other: &&Certificate| {
            let uses = |it: &Certificate| it.uses.value.clone();
            let is_one = |cell: fn(&Certificate) -> &Field<String>| {
                digits(cell(row)).is_some_and(|it| Some(it) == digits(cell(other)))
            };
            row.fqdn == other.fqdn
                && uses(row) == uses(other)
                && (is_one(|it| &it.thumbprint) || is_one(|it| &it.serial_number))
        };
        let Some(other) = rows[..index].iter().find(is_same) else {
            continue;
        };
        let differing = differing(row, other);
        if differing.is_empty() {
            continue;
        }
        let message = format!(
            "the same certificate has a row already ({}), and they differ in {}",
            other.row,
            words::quoted(differing)
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&row.row)
                .help("look at the certificate itself, and delete one of the two rows"),
        );
    }
}

/// Rows with one thumbprint and different serial numbers: a thumbprint is of one certificate.
pub(super) fn thumbprint_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Vec<&Certificate>> = BTreeMap::new();
    for row in &case.inventory.certificates {
        if let Some(print) = digits(&row.thumbprint).filter(|_| row.serial_number.value.is_some()) {
            known.entry(print.to_lowercase()).or_default().push(row);
        }
    }
    let number = |row: &Certificate| digits(&row.serial_number).map(|it| it.to_lowercase());
    for rows in known.values() {
        for row in rows {
            let Some(other) = rows.iter().find(|other| number(other) != number(row)) else {
                continue;
            };
            let message = format!(
                "the certificate of {} has the same thumbprint and another serial number",
                other.row
            );
            findings.push(
                Finding::new(Code::ContradictingCells, message)
                    .at(&row.thumbprint.place)
                    .help("read the thumbprint off the certificate itself, and correct the row that is wrong"),
            );
        }
    }
}

/// Rows of one issuer with one serial number and different thumbprints: an issuer gives each number once.
pub(super) fn serial_number_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<(String, String), Vec<&Certificate>> = BTreeMap::new();
    for row in &case.inventory.certificates {
        let issuer = row.issuer.value.as_deref().map(plain);
        let number = digits(&row.serial_number).map(|it| it.to_lowercase());
        if let Some(key) = issuer.zip(number).filter(|_| print(row).is_some()) {
            known.entry(key).or_default().push(row);
        }
    }
    for rows in known.values() {
        for row in rows {
            let Some(other) = rows.iter().find(|other| print(other) != print(row)) else {
                continue;
            };
            let message = format!(
                "the certificate of {} has the same serial number and another thumbprint",
                other.row
            );
            findings.push(
                Finding::new(Code::ContradictingCells, message)
                    .at(&row.serial_number.place)
                    .help("read the serial number off the certificate itself, and correct the row that is wrong"),
            );
        }
    }
}

fn print(row: &Certificate) -> Option<String> {
    digits(&row.thumbprint).map(|it| it.to_lowercase())
}

/// Two rows of a use of which a deployment has one certificate, with different ones.
pub(super) fn replicated_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for one in inventory.product.uses.iter().filter(|one| one.replicated) {
        let is_of_use = |row: &&Certificate| {
            let mut uses = row.uses.value.iter().flatten();
            uses.any(|it| it.id == one.id)
        };
        let rows: Vec<&Certificate> = inventory.certificates.iter().filter(is_of_use).collect();
        let told = |row: &Certificate| digits(&row.thumbprint);
        for row in &rows {
            let other = rows.iter().find(|other| {
                told(other)
                    .zip(told(row))
                    .is_some_and(|(other, own)| other != own)
            });
            let Some(other) = other else { continue };
            let message = format!(
                "`{}` is one certificate for the whole deployment, and {} has another",
                inventory.product.printed_as(List::Use, &one.id),
                other.row
            );
            findings.push(
                Finding::new(Code::OddValue, message)
                    .at(&row.uses.place)
                    .help("see which of the two it is, and correct the other row"),
            );
        }
    }
}

/// Hexadecimal digits without what stands between them.
fn digits(cell: &Field<String>) -> Option<String> {
    let text = plain(cell.value.as_deref()?);
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The columns in which two rows of one certificate differ.
fn differing(one: &Certificate, other: &Certificate) -> Vec<&'static str> {
    let cells = |row: &Certificate| {
        [
            (row.subject.column, plain(&row.subject.text)),
            (
                row.alternative_names.column,
                plain(&row.alternative_names.text),
            ),
            (row.issuer.column, plain(&row.issuer.text)),
            (
                row.serial_number.column,
                digits(&row.serial_number).unwrap_or_default(),
            ),
            (
                row.thumbprint.column,
                digits(&row.thumbprint).unwrap_or_default(),
            ),
            (row.valid_from.column, plain(&row.valid_from.text)),
            (row.expires.column, plain(&row.expires.text)),
            (row.exportable.column, plain(&row.exportable.text)),
            (row.reenrollable.column, plain(&row.reenrollable.text)),
            (row.backup.column, plain(&row.backup.text)),
            (row.vault.column, plain(&row.vault.text)),
            (row.notes.column, plain(&row.notes.text)),
        ]
    };
    let pairs = cells(one).into_iter().zip(cells(other));
    let pairs = pairs.filter(|((_, one), (_, other))| one != other);
    pairs.map(|((column, _), _)| column).collect()
}
