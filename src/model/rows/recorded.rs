//! Cells that the program only hands on to the procedures, by the name their column gives them (`as` in `columns.toml`).
//!
//! Commands are made of them, so a cell that is not of its column's type is an error and its value a gap; a blank one is
//! said to be blank, and the procedure knows what that means.

use core::net::Ipv4Addr;
use std::collections::BTreeMap;

use crate::finding::{Code, words};
use crate::product::Product;
use crate::product::schema::{Column, Type};

use super::Row;
use super::field::Field;
use super::instance::Instance;
use super::parse::{self, bare};
use super::problem::{Parsed, Problem};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One thing.
    Text(String),
    /// Several.
    List(Vec<String>),
    /// Yes or no.
    Answer(bool),
    /// Ports: of all instances, or of one each.
    Ports(Vec<(Option<Instance>, u16)>),
    /// Routes.
    Routes(Vec<Route>),
}

/// A route of an adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The network: `10.0.0.0`.
    pub network: String,
    /// Its mask: `255.0.0.0`.
    pub mask: String,
    /// The gateway it is reached by.
    pub gateway: String,
}

/// A cell with the type of its column.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The cell.
    pub field: Field<Value>,
    /// What its column asks for.
    pub kind: Option<Type>,
}

/// The cells of a record by the names procedures call them.
#[derive(Clone, Debug, Default)]
pub struct Recorded(BTreeMap<&'static str, Cell>);

impl Recorded {
    /// All of them, by name.
    pub fn cells(&self) -> impl Iterator<Item = (&'static str, &Cell)> {
        self.0.iter().map(|(name, cell)| (*name, cell))
    }

    /// The cell that procedures call so.
    pub fn named(&self, name: &str) -> Option<&Field<Value>> {
        Some(&self.0.get(name)?.field)
    }

    /// The cells in the order of their columns.
    pub fn in_order(&self) -> Vec<&Field<Value>> {
        let mut fields: Vec<&Field<Value>> = self.0.values().map(|cell| &cell.field).collect();
        fields.sort_by_key(|field| field.place.at_column());
        fields
    }

    /// Adds a cell; the first of a name counts.
    pub fn add(&mut self, name: &'static str, cell: Cell) {
        self.0.entry(name).or_insert(cell);
    }

    /// Takes out the value of a cell that another contradicts.
    pub fn withdraw(&mut self, name: &str) {
        if let Some(cell) = self.0.get_mut(name) {
            cell.field.value = None;
        }
    }

    /// Fills what is blank from another record of the same thing.
    pub fn fill(&mut self, other: Self) {
        for (name, cell) in other.0 {
            if self.0.get(name).is_none_or(|own| own.field.is_blank()) {
                self.0.insert(name, cell);
            }
        }
    }

    /// The first cell of a type.
    pub fn of_type(&self, kind: Type) -> Option<&Field<Value>> {
        let mut cells = self.0.values();
        Some(&cells.find(|cell| cell.kind == Some(kind))?.field)
    }

    /// The port of an instance, by the column of such ports. Nothing where the cell is blank.
    ///
    /// # Errors
    /// The field, where it cannot be read or says nothing of this instance. One number is of one instance alone.
    pub fn port(&self, of: &Instance, instances: usize) -> Option<Result<u16, &Field<Value>>> {
        let field = self.of_type(Type::Ports)?;
        if field.is_blank() {
            return None;
        }
        let Some(Value::Ports(ports)) = &field.value else {
            return Some(Err(field));
        };
        let own = ports.iter().find(|(name, _)| match name {
            Some(name) => name == of,
            None => instances < 2,
        });
        Some(own.map(|(_, port)| *port).ok_or(field))
    }
}

impl Row<'_> {
    /// The cells that procedures name.
    pub fn recorded(&mut self) -> Recorded {
        let mut recorded = Recorded::default();
        for column in &self.kind().columns {
            if let Some(name) = &column.named {
                recorded.add(name, self.cell_of(column));
            }
        }
        recorded
    }

    fn cell_of(&mut self, column: &'static Column) -> Cell {
        let kind = column.kind;
        let field = self.typed_as(&column.heading, kind);
        Cell { field, kind }
    }

    /// A cell of a type.
    pub fn typed_as(&mut self, column: &'static str, kind: Option<Type>) -> Field<Value> {
        let Some(kind) = kind.filter(|kind| kind.is_strict()) else {
            return self.text(column).map(Value::Text);
        };
        let product = self.product();
        self.read(column, |_, text| read(product, kind, bare(text)))
    }
}

impl Type {
    /// Whether commands are made of its cells.
    fn is_strict(self) -> bool {
        !matches!(
            self,
            Self::Addresses
                | Self::Thumbprint
                | Self::SerialNumber
                | Self::Drive
                | Self::Email
                | Self::Phone
                | Self::Name
        )
    }
}

/// What is wrong with a cell of such a type. What answers there are, the product says.
pub(super) fn problem(kind: Type, text: &str) -> Option<Problem> {
    parsed(kind, bare(text)).err()
}

fn read(product: &Product, kind: Type, text: &str) -> Parsed<Value> {
    if kind == Type::YesNo {
        return Ok(parse::yes_no(product, text)?.map(Value::Answer));
    }
    parsed(kind, text)
}

fn parsed(kind: Type, text: &str) -> Parsed<Value> {
    match kind {
        Type::Fqdn => Ok(parse::fqdn(text)?.map(|name| Value::Text(name.to_string()))),
        Type::Fqdns => {
            let names = lines(text).map(parse::fqdn);
            let names = names.collect::<Result<Vec<_>, _>>()?;
            let names = names.iter().flatten().map(ToString::to_string);
            Ok(Some(Value::List(names.collect())))
        }
        Type::Account => one(text, account(text), r"an account such as `CONTOSO\sql01$`"),
        Type::ShortDomain => {
            let fits = is_name(text, 15).then(|| text.to_owned());
            one(text, fits, "the short name of a domain, such as `CONTOSO`")
        }
        Type::SipAddress => one(
            text,
            sip(text),
            "a SIP address such as `sip:test1@contoso.com`",
        ),
        Type::Port => {
            let port = port(text).map(|port| port.to_string());
            one(text, port, "a port from 1 to 65535")
        }
        Type::Ports => listed(
            text,
            ports(text).map(Value::Ports),
            "a port, or one for each instance: `inst1=1433; inst2=1434`",
        ),
        Type::Routes => {
            let routes = text
                .split(['\n', ';'])
                .map(str::trim)
                .filter(|it| !it.is_empty());
            let routes = routes.map(route).collect::<Option<Vec<_>>>();
            listed(
                text,
                routes.map(Value::Routes),
                "one route a line: `10.0.0.0/8 via 10.0.9.1`",
            )
        }
        _ => Ok(Some(Value::Text(text.to_owned()))),
    }
}

fn one(text: &str, value: Option<String>, what: &str) -> Parsed<Value> {
    listed(text, value.map(Value::Text), what)
}

fn listed(text: &str, value: Option<Value>, what: &str) -> Parsed<Value> {
    match value {
        Some(value) => Ok(Some(value)),
        None => Err(Problem::new(
            Code::BadValue,
            format!("`{}` is not {what}", words::excerpt(text)),
            format!("write {what}"),
        )),
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ','));
    parts.filter(|part| !part.is_empty())
}

/// A name as Windows has them before and behind the backslash of an account.
fn is_name(text: &str, longest: usize) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '$' | '.' | ' ');
    let count = text.chars().count();
    (1..=longest).contains(&count) && text.trim() == text && text.chars().all(allowed)
}

fn account(text: &str) -> Option<String> {
    let (domain, name) = text.split_once('\\')?;
    (is_name(domain, 15) && is_name(name, 64)).then(|| text.to_owned())
}

fn sip(text: &str) -> Option<String> {
    let bare = text.strip_prefix("sip:").unwrap_or(text);
    let (name, domain) = bare.split_once('@')?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '\'');
    let named = !name.is_empty() && name.chars().all(fits);
    let domain = parse::fqdn(domain).ok().flatten()?;
    named.then(|| format!("sip:{name}@{domain}"))
}

fn port(text: &str) -> Option<u16> {
    text.trim().parse().ok().filter(|port| *port > 0)
}

fn ports(text: &str) -> Option<Vec<(Option<Instance>, u16)>> {
    let ports = lines(text).map(|part| match part.split_once('=') {
        None => Some((None, port(part)?)),
        Some((name, number)) => Some((Some(Instance::parse(name).ok()?.1), port(number)?)),
    });
    ports
        .collect::<Option<Vec<_>>>()
        .filter(|it| !it.is_empty())
}

fn route(text: &str) -> Option<Route> {
    let (network, gateway) = text.split_once(" via ")?;
    let (network, bits) = network.trim().split_once('/')?;
    let network: Ipv4Addr = network.parse().ok()?;
    let gateway: Ipv4Addr = gateway.trim().parse().ok()?;
    let bits: u32 = bits.trim().parse().ok().filter(|bits| *bits <= 32)?;
    let mask = Ipv4Addr::from(u32::MAX.checked_shl(32 - bits).unwrap_or_default());
    Some(Route {
        network: network.to_string(),
        mask: mask.to_string(),
        gateway: gateway.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: Type, text: &str) -> Option<Value> {
        read(Product::built_in(), kind, text).ok().flatten()
    }

    fn text(kind: Type, text: &str) -> Option<String> {
        match value(kind, text)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn what_goes_into_commands_is_of_its_type_or_no_value() {
        let cases = [
            (Type::Account, r"CONTOSO\SQL01$", Some(r"CONTOSO\SQL01$")),
            (Type::Account, "sql01", None),
            (Type::Account, r"CONTOSO\a]; DROP", None),
            (Type::ShortDomain, "CONTOSO", Some("CONTOSO")),
            (Type::ShortDomain, r"CONTOSO\x", None),
            (
                Type::SipAddress,
                "test1@contoso.com",
                Some("sip:test1@contoso.com"),
            ),
            (
                Type::SipAddress,
                "sip:a'b@contoso.com",
                Some("sip:a'b@contoso.com"),
            ),
            (Type::SipAddress, "test one@contoso.com", None),
            (Type::Port, "5022", Some("5022")),
            (Type::Port, "0", None),
            (Type::Port, "dynamic", None),
            (Type::Fqdn, "FE01.contoso.com", Some("fe01.contoso.com")),
        ];
        for (kind, typed, expected) in cases {
            assert_eq!(text(kind, typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(value(Type::YesNo, "no"), Some(Value::Answer(false)));
        assert_eq!(value(Type::Fqdns, "a.x.com; b.x.com, bad name!"), None);
    }

    #[test]
    fn routes_get_their_mask() {
        let routes = |text| value(Type::Routes, text);
        let route = |network: &str, mask: &str, gateway: &str| Route {
            network: network.to_owned(),
            mask: mask.to_owned(),
            gateway: gateway.to_owned(),
        };
        let expected = vec![
            route("10.0.0.0", "255.0.0.0", "10.0.9.1"),
            route("0.0.0.0", "0.0.0.0", "10.0.9.2"),
        ];
        assert_eq!(
            routes("10.0.0.0/8 via 10.0.9.1\n0.0.0.0/0 via 10.0.9.2"),
            Some(Value::Routes(expected))
        );
        for wrong in ["10.0.0.0/33 via 10.0.9.1", "10.0.0.0/8 10.0.9.1", "x"] {
            assert_eq!(routes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_number_is_the_port_of_one_instance() {
        let Some(Value::Ports(several)) = value(Type::Ports, "inst1=1433; inst2=1434") else {
            panic!("ports");
        };
        assert_eq!(several.len(), 2);
        assert_eq!(
            several[1],
            (Some(Instance::Named("inst2".to_owned())), 1434)
        );
        assert_eq!(value(Type::Ports, "inst1=x"), None);
    }
}
