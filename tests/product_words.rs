//! Holds the program to asking the product: no string, no name, no line of `--help` and no data file of it may know a role,
//! a pool type, an edition, a store, a stage, a database or a command by name. Those words stand in the product's folder
//! alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use restore_packets::product::{List, Product};
use restore_packets::template;
use syn::visit::Visit;

/// Words of the folder that are ordinary English, kinds of packets, or true of every product, and why.
const ORDINARY: [(&str, &str); 15] = [
    ("pool", "a kind of packet"),
    ("server", "a kind of packet"),
    ("user", "whom all restoring is for"),
    ("edge", "the rim of anything: an edge of a graph, of a page"),
    ("file", "what is read and written"),
    ("file server", "a computer that shares files"),
    ("file store", "a share that any product may need"),
    ("witness", "who decides between two partners of any mirror"),
    ("default", "what holds where nothing else is said"),
    ("internal", "inside"),
    ("sql", "the database system, whoever keeps data in it"),
    ("sql server", "the same"),
    ("gateway", "a way to another network"),
    (
        "application",
        "any program, and the first word of a media type",
    ),
    (
        "user store",
        "where the users of a pool are kept, by whatever product",
    ),
];

/// Codes of findings, whose names are fixed for users who filter by them: they were given before the words stood in the
/// folder. What bears the name of such a code in the source, its rule and its variant, is the code.
const CODES: [&str; 4] = [
    "back-end-without-pool",
    "file-store-on-front-end",
    "no-cms",
    "two-cms",
];

/// What people call things of the product beside their names.
const SPOKEN: [&str; 1] = ["CMS"];

/// What makes a type one of the command line, whose comments are printed.
const PRINTED: [&str; 4] = ["Args", "Parser", "Subcommand", "ValueEnum"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A text as its words, in lower case: parted at everything but letters and digits, and at capitals.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let after = letters.get(at + 1);
        let begins = c.is_uppercase()
            && (before.is_some_and(char::is_lowercase)
                || before.is_some_and(char::is_uppercase)
                    && after.is_some_and(|c| c.is_lowercase()));
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The words of the product's folder, each as a row of single words.
fn of_the_product() -> BTreeSet<Vec<String>> {
    let product = Product::built_in();
    let mut texts: Vec<String> = vec![product.names.id.clone(), product.names.name.clone()];
    texts.extend(product.names.words.iter().cloned());
    // The first word of the name is the product's own, whatever follows it.
    texts.extend(product.names.name.split(' ').next().map(str::to_owned));
    for list in [List::Role, List::Pool, List::Use, List::Database] {
        for name in product.printed(list) {
            texts.push(name.id.to_owned());
            texts.push(name.printed.to_owned());
            let bare = name
                .printed
                .trim_end_matches(" Server")
                .trim_end_matches(" pool");
            texts.push(bare.to_owned());
        }
    }
    for kind in &product.stores {
        texts.extend([kind.id.clone(), kind.label.clone()]);
        texts.extend(kind.types.iter().cloned());
    }
    texts.push(product.central.label.clone());
    texts.extend(product.pools.iter().filter_map(|pool| pool.edition.clone()));
    for stage in &product.plan.stages {
        texts.extend([stage.id.clone(), stage.label.clone()]);
    }
    texts.extend(SPOKEN.map(str::to_owned));
    texts.extend(decision_rows());
    texts.extend(commands());
    let ordinary: BTreeSet<Vec<String>> = ORDINARY.iter().map(|(word, _)| words(word)).collect();
    let rows = texts.iter().map(|text| words(text));
    let rows = rows.filter(|row| !row.is_empty() && !ordinary.contains(row));
    rows.flat_map(|row| [plural(&row), row]).collect()
}

/// The same words, of several.
fn plural(row: &[String]) -> Vec<String> {
    let mut row = row.to_vec();
    if let Some(last) = row.last_mut() {
        last.push('s');
    }
    row
}

fn decision_rows() -> Vec<String> {
    let text = &template::builtin()["decision-table.toml"];
    let table: toml::Table = text.parse().expect("the decision table");
    let rows = table["row"].as_array().expect("rows").iter();
    rows.map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn commands() -> Vec<String> {
    let commands: serde_json::Value =
        serde_json::from_str(&template::builtin()["commands.json"]).expect("commands.json");
    let cmdlets = commands["cmdlets"].as_object().expect("cmdlets");
    cmdlets.keys().cloned().collect()
}

/// Collects the strings and the names of a file, but for what only tests see and what is said to readers of the source.
#[derive(Default)]
struct Texts {
    found: Vec<String>,
    /// Whether comments are printed.
    is_printed: bool,
}

impl Texts {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) => self.found.push(name.to_string()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if text.contains('"') {
                        self.found.push(text);
                    }
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|it| {
        let list = it.meta.require_list();
        it.path().is_ident("cfg") && list.is_ok_and(|it| it.tokens.to_string() == "test")
    })
}

/// Whether an item is a type of the command line.
fn is_printed(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Struct(it) => &it.attrs,
        syn::Item::Enum(it) => &it.attrs,
        _ => return false,
    };
    attributes.iter().any(|it| {
        let list = it.meta.require_list();
        it.path().is_ident("derive")
            && list.is_ok_and(|it| {
                let mut names = it.tokens.clone().into_iter();
                names.any(|it| PRINTED.contains(&it.to_string().as_str()))
            })
    })
}

impl<'ast> Visit<'ast> for Texts {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes: &[syn::Attribute] = match item {
            syn::Item::Mod(it) => &it.attrs,
            syn::Item::Fn(it) => &it.attrs,
            syn::Item::Impl(it) => &it.attrs,
            syn::Item::Use(it) => &it.attrs,
            syn::Item::Const(it) => &it.attrs,
            syn::Item::Static(it) => &it.attrs,
            _ => &[],
        };
        if !is_for_tests(attributes) {
            self.is_printed = is_printed(item);
            syn::visit::visit_item(self, item);
            self.is_printed = false;
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_for_tests(&function.attrs) {
            syn::visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let (true, syn::Meta::NameValue(it)) = (self.is_printed, &attribute.meta)
            && let syn::Expr::Lit(it) = &it.value
            && let syn::Lit::Str(text) = &it.lit
        {
            self.found.push(text.value());
        }
        // Other comments, and reasons, are for whoever reads the source.
        let is_said = ["doc", "expect"]
            .iter()
            .any(|name| attribute.path().is_ident(name));
        if let (false, syn::Meta::List(list)) = (is_said, &attribute.meta) {
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_ident(&mut self, name: &'ast syn::Ident) {
        self.found.push(name.to_string());
    }

    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.found.push(text.value());
    }

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        self.tokens(used.tokens.clone());
    }
}

/// Every file below a folder, but for tests and the modules that only tests see.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        if ["tests", "fixture"].contains(&name) {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// The words of the product that occur in a text, as the text has them.
fn found(text: &str, product: &BTreeSet<Vec<String>>) -> Vec<String> {
    let words = words(text);
    let longest = product.iter().map(Vec::len).max().unwrap_or(0);
    let mut at = 0;
    let mut found = Vec::new();
    while at < words.len() {
        let end = words.len().min(at + longest);
        let next = (at + 1..=end)
            .rev()
            .find(|end| product.contains(&words[at..*end]));
        found.extend(next.map(|next| words[at..next].join(" ")));
        at = next.unwrap_or(at + 1);
    }
    found
}

/// What a file says to the program or to its users: the strings and names of a source file, all of a data file.
fn texts(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a text");
    if path.extension().is_none_or(|it| it != "rs") {
        return vec![text];
    }
    let mut texts = Texts::default();
    texts.visit_file(&syn::parse_file(&text).expect("a source file"));
    texts.found
}

#[test]
fn words_of_the_product_stand_in_its_folder_alone() {
    let product = of_the_product();
    let codes = CODES.map(words);
    let mut paths = Vec::new();
    files(&root().join("src"), &mut paths);
    let mut left = Vec::new();
    for path in paths {
        let texts = texts(&path);
        let texts = texts.iter().filter(|text| !codes.contains(&words(text)));
        let words = texts.flat_map(|text| found(text, &product));
        let path = path.strip_prefix(root()).expect("below the root");
        left.extend(words.map(|word| format!("{}: {word}", path.display())));
    }
    assert!(left.is_empty(), "words of the product: {left:#?}");
}

#[test]
fn words_are_parted_at_capitals_and_signs() {
    assert_eq!(
        words("StandardEditionServer"),
        ["standard", "edition", "server"]
    );
    assert_eq!(words("mirrored-back_end"), ["mirrored", "back", "end"]);
    assert_eq!(words("SQLServer CMS"), ["sql", "server", "cms"]);
    let product = BTreeSet::from([words("front-end"), words("Front End pool")]);
    assert_eq!(
        found("a Front End pool of front_ends, FrontEnd", &product),
        ["front end pool", "front end"]
    );
}
