//! The folders of products: which there are, and what one of them says together with those it extends.
//!
//! Entry points: [`Shelf::of`], then [`Shelf::offers`] and [`Shelf::folder`]. A folder that names `extends` in its
//! `product.toml` says only what differs: a file it does not have is the other's, a TOML or JSON file is merged with the
//! other's key by key, explanations section by section, and any other file takes the place of the other's. What a procedure
//! does otherwise in a step or two stands in `changes.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::data;
use crate::finding::{Code, Finding, Place, suggest, words};
use crate::template;
use crate::text::plain::plain;

use super::read::parsed;
use super::renamed::Renamed;
use super::{NAMES, Names, Texts, Version, changed, codes};

/// Every product whose folder is known, by the paths of their files.
#[derive(Clone, Debug)]
pub struct Shelf {
    files: BTreeMap<String, String>,
    /// The paths that an organization gave.
    own: BTreeSet<String>,
}

/// A product that the deployment worksheet may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The name of its folder.
    pub id: String,
    /// What pages call it.
    pub name: String,
    /// What a cell may say for it.
    pub words: Vec<String>,
    /// Which builds are its own.
    pub version: Version,
    /// The product it builds on.
    pub extends: Option<String>,
    /// What of it is not covered.
    pub lacks: Option<String>,
}

impl Offer {
    /// Whether a cell means it: its name or one of its words, whatever their case, blanks and hyphens.
    pub fn is_meant(&self, text: &str) -> bool {
        let own = self.words.iter().chain([&self.name, &self.id]);
        let mut words = own.chain(self.version.editions());
        words.any(|word| key(word) == key(text))
    }
}

fn key(text: &str) -> String {
    plain(text).replace([' ', '-'], "")
}

/// The part of a `product.toml` that says what the folder builds on.
#[derive(Deserialize)]
struct Head {
    extends: Option<String>,
    #[serde(default)]
    renamed: BTreeMap<String, String>,
}

/// A product's texts: its own and those it takes over.
#[derive(Clone, Debug)]
pub struct Folder {
    /// By name: the path without the folder of a product.
    pub texts: Texts,
    /// Where each comes from: the paths, the one that says most last.
    from: BTreeMap<String, Vec<String>>,
    /// The names of those that a product changed in places, so that lines move.
    changed: BTreeSet<String>,
    /// The folders of products, the outermost last.
    chain: Vec<String>,
}

impl Shelf {
    /// The built-in files with an organization's own, by path, in place of some and beside the others.
    pub fn of(own: &Texts) -> Self {
        Self {
            files: template::overlay(template::files(), own.clone()),
            own: own.keys().cloned().collect(),
        }
    }

    /// The ids of the products: those the program comes with, then an organization's, each in order of their folders.
    fn ids(&self) -> impl Iterator<Item = &str> {
        let of = |own: bool| {
            let files = self.files.keys();
            files.filter_map(move |path| match template::in_product(path) {
                Some((id, NAMES)) if Self::is_own(id) == own => Some(id),
                _ => None,
            })
        };
        of(false).chain(of(true))
    }

    /// Whether the program comes without the product.
    fn is_own(id: &str) -> bool {
        !template::has(&template::product_path(id, NAMES))
    }

    /// Whether there is a folder of this name.
    pub fn has(&self, id: &str) -> bool {
        self.ids().any(|known| known == id)
    }

    /// The products, with what a cell may say for each.
    ///
    /// # Errors
    /// What is wrong with the first that cannot be read, and two products that one word means.
    pub fn offers(&self) -> Result<Vec<Offer>, Finding> {
        let mut offers: Vec<Offer> = Vec::new();
        for id in self.ids() {
            let place = Place::file(template::product_path(id, NAMES));
            let names = self.names(id)?;
            if names.id != id {
                let message = format!("`{}` is not the name of its folder", names.id);
                let help = format!("write `id = \"{id}\"`");
                return Err(broken(message).at(&place).help(help));
            }
            let is_taken = |word: &&String| offers.iter().any(|it| it.is_meant(word));
            if let Some(word) = names.words.iter().chain([&names.name]).find(is_taken) {
                let message = format!("`{word}` means another product already");
                let help = "give the product a `name` and `words` of its own";
                return Err(broken(message).at(&place).help(help));
            }
            offers.push(Offer {
                id: id.to_owned(),
                name: names.name,
                words: names.words,
                version: names.version,
                extends: names.extends,
                lacks: names.lacks,
            });
        }
        Ok(offers)
    }

    /// What a product is called.
    fn names(&self, id: &str) -> Result<Names, Finding> {
        let mut merged = String::new();
        for id in self.chain(id)? {
            let path = template::product_path(&id, NAMES);
            let text = self.files.get(&path).map_or("", String::as_str);
            merged = data::merged(&merged, text)
                .map_err(|error| unreadable(&path, error.message(), error.line()))?;
        }
        let path = template::product_path(id, NAMES);
        parsed(NAMES, &merged).map_err(|finding| {
            let home = self.line_in(std::slice::from_ref(&path), None, &finding.message);
            finding.at(&home.unwrap_or_else(|| Place::file(path.as_str())))
        })
    }

    /// What a product says, with what it takes over from those it extends.
    ///
    /// # Errors
    /// A product that is not there, or that builds on itself; a file that is no TOML or JSON.
    pub fn folder(&self, id: &str) -> Result<Folder, Finding> {
        let mut folder = Folder {
            texts: Texts::new(),
            from: BTreeMap::new(),
            changed: BTreeSet::new(),
            chain: self.chain(id)?,
        };
        for (path, text) in &self.files {
            if template::in_product(path).is_none() {
                folder.texts.insert(path.clone(), text.clone());
                folder.from.insert(path.clone(), vec![path.clone()]);
            }
        }
        for id in folder.chain.clone() {
            self.rename(&mut folder, &id)?;
            for (path, text) in &self.files {
                if let Some((of, name)) = template::in_product(path)
                    && of == id
                    && name != changed::FILE
                {
                    Self::lay(&mut folder, path, name, text)?;
                }
            }
            self.change(&mut folder, &id)?;
        }
        Ok(folder)
    }

    /// Puts in what a product does otherwise, step by step.
    fn change(&self, folder: &mut Folder, id: &str) -> Result<(), Finding> {
        let path = template::product_path(id, changed::FILE);
        let Some(text) = self.files.get(&path) else {
            return Ok(());
        };
        for name in changed::put_into(&mut folder.texts, &path, text)? {
            folder
                .from
                .entry(name.clone())
                .or_default()
                .push(path.clone());
            folder.changed.insert(name);
        }
        Ok(())
    }

    /// Gives the things in what is there so far the names that a product has for them.
    fn rename(&self, folder: &mut Folder, id: &str) -> Result<(), Finding> {
        let (path, head) = self.head(id)?;
        let renamed = Renamed::new(&head.renamed);
        let mut met = BTreeSet::new();
        let of_products = |name: &str, from: &BTreeMap<String, Vec<String>>| {
            let paths = from.get(name).into_iter().flatten();
            let mut paths = paths.filter(|path| template::in_product(path).is_some());
            Renamed::concerns(name) && paths.next().is_some()
        };
        for (name, text) in &mut folder.texts {
            if !head.renamed.is_empty() && of_products(name, &folder.from) {
                *text = renamed.put_into(text, &mut met);
            }
        }
        let Some(name) = renamed.unmet(&met) else {
            return Ok(());
        };
        let home = self.line_in(std::slice::from_ref(&path), None, &format!("`{name}`"));
        let message = format!("`{name}` stands in no sentence that is taken over");
        let finding = broken(message).at(&home.unwrap_or_else(|| Place::file(path.as_str())));
        Err(finding.help("write the name as the product that is extended has it"))
    }

    /// What a product says of the one it builds on, and the path of the file.
    fn head(&self, id: &str) -> Result<(String, Head), Finding> {
        let path = template::product_path(id, NAMES);
        let text = self.files.get(&path).map_or("", String::as_str);
        let head = data::parse(text);
        let head = head.map_err(|error| unreadable(&path, error.message(), error.line()))?;
        Ok((path, head))
    }

    /// Puts a file on what the folder has of its name.
    fn lay(folder: &mut Folder, path: &str, name: &str, text: &str) -> Result<(), Finding> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let merged = match folder.texts.get(name) {
            Some(base) if ending == "toml" => data::merged(base, text)
                .map_err(|error| unreadable(path, error.message(), error.line()))?,
            Some(base) if ending == "json" => merged_json(base, text).map_err(|error| {
                unreadable(path, &error.to_string(), error.line().saturating_sub(1))
            })?,
            // The first section of a code counts.
            Some(base) if name == codes::FILE => format!("{text}\n{base}"),
            _ => text.to_owned(),
        };
        folder.texts.insert(name.to_owned(), merged);
        let from = folder.from.entry(name.to_owned()).or_default();
        from.push(path.to_owned());
        Ok(())
    }

    /// The folders a product is made of, what it builds on first.
    fn chain(&self, id: &str) -> Result<Vec<String>, Finding> {
        let mut chain = vec![id.to_owned()];
        loop {
            let (path, head) = self.head(&chain[0])?;
            let Some(base) = head.extends else {
                return Ok(chain);
            };
            let text = self.files.get(&path).map_or("", String::as_str);
            let line = text
                .lines()
                .position(|line| line.trim_start().starts_with("extends"));
            let place =
                Place::file(path).line(line.and_then(|it| u32::try_from(it).ok()).unwrap_or(0));
            if chain.contains(&base) {
                let message = format!("`{base}` builds on itself");
                return Err(broken(message).at(&place));
            }
            if !self.has(&base) {
                let known: Vec<&str> = self.ids().collect();
                let near = suggest::did_you_mean(&base, known.iter().copied());
                let help = near.unwrap_or_else(|| format!("there are {}", words::quoted(&known)));
                let message = format!("`{base}` is no product");
                return Err(broken(message).at(&place).help(help));
            }
            chain.insert(0, base);
        }
    }

    /// Which of the names of a folder an organization gave, or changed, each with the path of its file.
    pub fn own(&self, folder: &Folder) -> BTreeMap<String, String> {
        let from = folder.from.iter();
        let last = |paths: &Vec<String>| {
            let mut own = paths.iter().rev().filter(|path| self.own.contains(*path));
            own.next().cloned()
        };
        from.filter_map(|(name, paths)| Some((name.clone(), last(paths)?)))
            .collect()
    }

    /// A finding about a text of a folder, with the path and the line of the file it comes from.
    ///
    /// A merged text has lines of its own; the line meant is the same one in the file that says it last.
    #[must_use]
    pub fn at_home(&self, folder: &Folder, finding: Finding) -> Finding {
        let Some(place) = &finding.place else {
            return finding;
        };
        let Some(paths) = folder.from.get(&*place.path) else {
            return finding;
        };
        let home = match paths.as_slice() {
            [one] => place.in_file(one.as_str()),
            [.., last] if !is_merged(&place.path) && !folder.changed.contains(&*place.path) => {
                place.in_file(last.as_str())
            }
            [.., last] => {
                let merged = folder.texts.get(&*place.path);
                let line = place.at_row().and_then(|row| usize::try_from(row).ok());
                let line = line.and_then(|line| merged?.lines().nth(line));
                self.line_in(paths, line, &finding.message)
                    .unwrap_or_else(|| Place::file(last.as_str()))
            }
            [] => return finding,
        };
        finding.at(&home)
    }

    /// The place of a line of a merged text: the same line, or the first that holds the word a message quotes.
    fn line_in(&self, paths: &[String], line: Option<&str>, message: &str) -> Option<Place> {
        let same = |text: &str| {
            let meant = line?.trim();
            text.lines().position(|line| line.trim() == meant)
        };
        let quoted = |text: &str| {
            let word = message.split('`').nth(1)?;
            text.lines().position(|line| line.contains(word))
        };
        let files = || {
            paths
                .iter()
                .rev()
                .filter_map(|path| Some((path, self.files.get(path)?)))
        };
        let at = |(path, line): (&String, usize)| {
            Some(Place::file(path.as_str()).line(u32::try_from(line).ok()?))
        };
        files()
            .find_map(|(path, text)| Some((path, same(text)?)))
            .or_else(|| files().find_map(|(path, text)| Some((path, quoted(text)?))))
            .and_then(at)
    }
}

/// Whether files of this name are merged, so that lines move.
fn is_merged(name: &str) -> bool {
    [".toml", ".json"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || name == codes::FILE
}

fn broken(message: String) -> Finding {
    Finding::new(Code::TemplateError, message)
}

fn unreadable(path: &str, message: &str, line: usize) -> Finding {
    let place = Place::file(path).line(u32::try_from(line).unwrap_or(0));
    broken(words::excerpt(message)).at(&place)
}

/// A JSON text with another's differences in it: objects key by key, whatever else whole; `null` takes a key out.
fn merged_json(base: &str, own: &str) -> Result<String, serde_json::Error> {
    fn into(base: &mut Value, own: Value) {
        match (base, own) {
            (Value::Object(base), Value::Object(own)) => {
                for (key, value) in own {
                    if value.is_null() {
                        base.remove(&key);
                        continue;
                    }
                    into(base.entry(key).or_insert(Value::Null), value);
                }
            }
            (base, own) => *base = own,
        }
    }
    let mut value: Value = serde_json::from_str(base)?;
    into(&mut value, serde_json::from_str(own)?);
    serde_json::to_string_pretty(&value)
}

#[cfg(test)]
mod tests;
