//! The products that are covered: which there are, the worksheets of one, and whether a folder of one's own will do.

use jiff::civil::Date;

use crate::finding::{Finding, suggest, words};
use crate::inventory::Inventory;
use crate::product::{self, Offer, Product, Shelf};
use crate::starter;
use crate::template;
use crate::topology::Topology;

use super::own::{self, InForce, Templates};
use super::read::load_templates;
use super::{Error, Result, trial};

/// The day on which layouts are tried: any will do.
const ANY_DAY: Date = jiff::civil::date(2014, 6, 10);

/// The products that the deployment worksheet may name.
///
/// # Errors
/// What is wrong with the first folder that cannot be read.
pub fn products(templates: &Templates) -> Result<Vec<Offer>> {
    let shelf = Shelf::of(&templates.texts);
    let offers = shelf.offers();
    offers.map_err(|finding| own::broken(&finding, &templates.shown))
}

/// A product of these, by what people call it.
///
/// # Errors
/// A name that no product has, with the nearest.
pub fn product_named<'o>(offers: &'o [Offer], name: &str) -> Result<&'o Offer> {
    let found = offers.iter().find(|it| it.is_meant(name));
    found.ok_or_else(|| {
        let known = || {
            offers
                .iter()
                .flat_map(|it| [it.id.as_str(), it.name.as_str()])
        };
        let near = suggest::did_you_mean(name, known());
        let names = words::quoted(offers.iter().map(|it| &it.name));
        Error::request(format!(
            "`{}` is no product that is covered",
            words::excerpt(name)
        ))
        .help(near.unwrap_or_else(|| format!("there are {names}")))
    })
}

/// The worksheets of a product: blank, or its sample organization with the project file.
///
/// # Errors
/// What is wrong with its folder, or with its sample.
pub fn worksheets(
    templates: &Templates,
    id: &str,
    is_sample: bool,
) -> Result<(Vec<starter::File>, Option<String>)> {
    let in_force = InForce::of_product(templates, id)?;
    let product = in_force.product;
    if !is_sample {
        return Ok((starter::blank(product), None));
    }
    let texts = &in_force.texts;
    let files = starter::sample_of(product, texts).map_err(Error::request)?;
    Ok((files, Some(starter::project_file(texts).to_owned())))
}

/// The products whose folders an organization gave, each with what is to be said of its files.
///
/// # Errors
/// The first thing that makes one of them unusable, with its line.
pub fn check_products(templates: &Templates) -> Result<Vec<(Offer, Vec<Finding>)>> {
    let own = |offer: &Offer| {
        let mut paths = templates
            .texts
            .keys()
            .filter_map(|path| template::in_product(path));
        paths.any(|(id, _)| id == offer.id)
    };
    let offers = products(templates)?;
    let own: Vec<Offer> = offers.into_iter().filter(own).collect();
    let checked = own.into_iter().map(|offer| {
        let findings = check(templates, &offer.id)?;
        Ok((offer, findings))
    });
    checked.collect()
}

/// Reads a product whole, and tries its procedures on its sample.
fn check(templates: &Templates, id: &str) -> Result<Vec<Finding>> {
    let in_force = InForce::of_product(templates, id)?;
    let inventory = Inventory {
        product: in_force.product,
        ..Inventory::default()
    };
    let mut findings = Vec::new();
    let topology = Topology::of(&inventory);
    let (engine, table) = load_templates(&in_force, &topology, &mut findings)?;
    let tried = trial::run(&engine, &table, &in_force.own, ANY_DAY);
    tried.map_err(|finding| in_force.broken(&finding))?;
    sample_fits(in_force.product, &in_force)?;
    // The sample was just read.
    let is_sample = |finding: &Finding| {
        let place = finding.place.as_ref();
        place.is_some_and(|it| product::is_sample(&it.path))
    };
    let strangers = own::strangers(&in_force.own, &engine, &table);
    findings.extend(strangers.into_iter().filter(|it| !is_sample(it)));
    let shown = |finding: Finding| match &finding.place {
        Some(place) => {
            let path = in_force.shown.get(&*place.path).cloned();
            let home = path.map_or_else(|| place.clone(), |path| place.in_file(path.as_str()));
            finding.clone().at(&home)
        }
        None => finding,
    };
    Ok(findings.into_iter().map(shown).collect())
}

/// The sample of a folder can be written.
fn sample_fits(product: &'static Product, in_force: &InForce) -> Result<()> {
    let sample = starter::sample_of(product, &in_force.texts);
    sample.map(|_| ()).map_err(Error::request)
}
