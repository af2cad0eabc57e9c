//! What a folder that builds on another is held to.

use super::*;
use crate::product::Product;

const OWN: &str = "products/acme/product.toml";

fn shelf(files: &[(&str, &str)]) -> Shelf {
    let files = files.iter();
    let own = files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Shelf::of(&own.collect())
}

fn names(id: &str, extends: &str) -> String {
    format!("id = \"{id}\"\nextends = \"{extends}\"\nname = \"{id} 1\"\nwords = []\n")
}

/// What is wrong with a shelf: place, message and help.
fn wrong(files: &[(&str, &str)]) -> (String, String, Option<String>) {
    let finding = shelf(files).offers().unwrap_err();
    let place = finding.place.as_ref().map(Place::short);
    (place.unwrap_or_default(), finding.message, finding.help)
}

#[test]
fn a_folder_says_only_what_differs() {
    let first = template::first_product();
    let shelf = shelf(&[
        (OWN, &names("acme", first)),
        (
            "products/acme/commands.json",
            "{\"cmdlets\": {\"Get-Acme\": []}}",
        ),
        ("products/acme/procedures/pool.md", "# Ours\n"),
    ]);
    let folder = shelf.folder("acme").unwrap();
    let built_in = template::builtin();
    assert_eq!(folder.texts["procedures/pool.md"], "# Ours\n");
    assert_eq!(folder.texts["roles.toml"], built_in["roles.toml"]);
    assert!(folder.texts[NAMES].contains("id = \"acme\""));
    let commands: Value = serde_json::from_str(&folder.texts["commands.json"]).unwrap();
    let before: Value = serde_json::from_str(&built_in["commands.json"]).unwrap();
    let count = |value: &Value| value["cmdlets"].as_object().unwrap().len();
    assert_eq!(count(&commands), count(&before) + 1);
    let own: Vec<_> = shelf.own(&folder).into_keys().collect();
    assert_eq!(own, ["commands.json", "procedures/pool.md", NAMES]);
}

#[test]
fn what_a_cell_may_say_is_the_name_the_words_and_the_folder() {
    let shelf = shelf(&[(OWN, &names("acme", template::first_product()))]);
    let offers = shelf.offers().unwrap();
    let meant = |text: &str| {
        offers
            .iter()
            .find(|it| it.is_meant(text))
            .map(|it| it.id.as_str())
    };
    assert_eq!(meant("ACME-1"), Some("acme"));
    assert_eq!(meant("acme"), Some("acme"));
    assert_eq!(meant("acme 2"), None);
}

#[test]
fn a_folder_cannot_build_on_itself_or_on_nothing() {
    let (place, message, _) = wrong(&[(OWN, &names("acme", "acme"))]);
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("products/acme/product.toml:2", "`acme` builds on itself")
    );
    let near = template::first_product().replace('-', "");
    let (place, message, help) = wrong(&[(OWN, &names("acme", &near))]);
    assert_eq!(place, "products/acme/product.toml:2");
    assert_eq!(message, format!("`{near}` is no product"));
    assert_eq!(
        help,
        Some(format!("did you mean `{}`?", template::first_product()))
    );
}

#[test]
fn two_products_cannot_be_called_the_same() {
    let first = template::first_product();
    let text = format!("id = \"acme\"\nextends = \"{first}\"\n");
    let (place, message, _) = wrong(&[(OWN, &text)]);
    assert_eq!(place, OWN);
    assert!(
        message.ends_with("means another product already"),
        "{message}"
    );
    let (_, message, help) = wrong(&[(OWN, &names("acne", first))]);
    assert_eq!(message, "`acne` is not the name of its folder");
    assert_eq!(help.as_deref(), Some("write `id = \"acme\"`"));
}

#[test]
fn what_is_wrong_in_a_merged_file_is_said_where_it_was_written() {
    let roles = "\n[[role]]\nid = \"front-end\"\nservces = true\n";
    let shelf = shelf(&[
        (OWN, &names("acme", template::first_product())),
        ("products/acme/roles.toml", roles),
    ]);
    let folder = shelf.folder("acme").unwrap();
    let findings = crate::product::Product::read(&folder.texts, Vec::new()).unwrap_err();
    let finding = shelf.at_home(&folder, findings[0].clone());
    let place = finding.place.as_ref().map(Place::short);
    assert_eq!(place.as_deref(), Some("products/acme/roles.toml:4"));
}

#[test]
fn every_product_the_program_comes_with_can_be_read_and_has_its_commands() {
    let shelf = shelf(&[]);
    let offers = shelf.offers().unwrap();
    assert!(offers.len() > 1, "one product proves nothing of the others");
    for offer in &offers {
        let folder = shelf.folder(&offer.id).unwrap();
        let product = crate::product::Product::read(&folder.texts, offers.clone()).unwrap();
        assert_eq!(product.names.name, offer.name);
        for (name, text) in &folder.texts {
            assert_eq!(
                product.commands.judge(name, text),
                [],
                "{}: {name}",
                offer.id
            );
        }
    }
}

/// Every product this program comes with can be read: the folder, what it takes over and changes, and its commands.
#[test]
fn every_built_in_product_can_be_read() {
    let shelf = Shelf::of(&Texts::new());
    let offers = shelf.offers().expect("names");
    assert!(offers.len() > 2);
    for offer in &offers {
        let folder = shelf
            .folder(&offer.id)
            .unwrap_or_else(|it| panic!("{it:?}"));
        let read = Product::read(&folder.texts, offers.clone());
        let said = |findings: Vec<Finding>| -> Vec<String> {
            let homes = findings.into_iter().map(|it| shelf.at_home(&folder, it));
            homes
                .map(|it| format!("{:?}: {} {:?}", it.place, it.message, it.help))
                .collect()
        };
        let product = read.map_err(said).unwrap_or_else(|it| panic!("{it:#?}"));
        let procedures = folder
            .texts
            .iter()
            .filter(|(name, _)| name.starts_with("procedures/"));
        let wrong = procedures.flat_map(|(name, text)| product.commands.judge(name, text));
        assert_eq!(said(wrong.collect()), Vec::<String>::new(), "{}", offer.id);
    }
}
