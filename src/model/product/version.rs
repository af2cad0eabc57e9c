//! Which builds are of a product: `[version]` in `product.toml`.

use serde::Deserialize;

use crate::text::plain::plain;

/// How the builds of a product are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The first numbers of each of its builds, with points.
    builds: String,
    /// The last number of the build that was released, before any update.
    released: u32,
    /// A build, as messages show one.
    pub example: String,
    /// What topology documents call the release.
    #[serde(default)]
    pub service: Option<String>,
    /// Its editions, where builds tell them apart.
    #[serde(default, rename = "edition")]
    editions: Vec<Edition>,
}

/// An edition of a product, with builds of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// What it is called.
    pub name: String,
    /// What a `Product` cell may say for it.
    words: Vec<String>,
    /// The last number of its first build.
    from: u32,
    /// The last number of the build after its last.
    below: u32,
}

/// A build number, such as stands in a cell beside other words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Build(Vec<u32>);

impl Build {
    /// The first number of a text that has at least two points.
    pub fn in_text(text: &str) -> Option<Self> {
        let mut words = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
        words.find_map(|word| {
            let parts = word.trim_matches('.').split('.').map(str::parse);
            let parts: Vec<u32> = parts.collect::<Result<_, _>>().ok()?;
            (parts.len() > 2).then_some(Self(parts))
        })
    }
}

impl Version {
    /// Its builds as a part of a line; nothing where it says nothing of them.
    pub fn shown(&self) -> String {
        if !self.is_told() {
            return String::new();
        }
        let edition = |it: &Edition| format!("{} from .{}", it.name, it.from);
        let editions: Vec<String> = self.editions.iter().map(edition).collect();
        let editions = match editions.as_slice() {
            [] => String::new(),
            all => format!(" ({})", all.join(", ")),
        };
        format!(", builds {}{editions}", self.builds)
    }

    /// Whether the product says anything of its builds.
    pub fn is_told(&self) -> bool {
        !self.builds.is_empty()
    }

    /// Whether a build is of this product.
    pub fn has(&self, build: &Build) -> bool {
        let mut own = self.builds.split('.').map(str::parse);
        let mut parts = build.0.iter();
        own.all(|part| parts.next().is_some_and(|it| part == Ok(*it)))
    }

    /// The edition a cell names; nothing where the product has none, or the cell says no more than the product.
    pub fn edition_named(&self, text: &str) -> Option<&Edition> {
        let mut editions = self.editions.iter();
        editions.find(|it| it.words.iter().any(|word| plain(word) == plain(text)))
    }

    /// The edition a build is of.
    pub fn edition_of(&self, build: &Build) -> Option<&Edition> {
        let last = build.0.get(self.builds.split('.').count())?;
        let mut editions = self.editions.iter();
        editions.find(|it| (it.from..it.below).contains(last))
    }

    /// Every text that names an edition.
    pub fn editions(&self) -> impl Iterator<Item = &String> {
        self.editions.iter().flat_map(|it| &it.words)
    }

    /// A build of the product in a text: in full, or by its last two numbers, as people write it.
    pub fn build_in(&self, text: &str) -> Option<Build> {
        let full = Build::in_text(text);
        full.or_else(|| {
            let (first, last) = self.builds.rsplit_once('.')?;
            let mut words = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
            words.find_map(|word| {
                let number = word.strip_prefix(last)?.strip_prefix('.')?;
                number.parse::<u32>().ok()?;
                Build::in_text(&format!("{first}.{word}"))
            })
        })
    }

    /// Whether a build of the product is the released one, without any update.
    pub fn is_released(&self, build: &Build) -> bool {
        let numbers = self.builds.split('.').count();
        build
            .0
            .get(numbers)
            .is_none_or(|last| *last == self.released)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::Product;

    #[test]
    fn a_build_is_found_beside_words_and_belongs_to_a_product() {
        let version = &Product::built_in().names.version;
        let cases = [
            ("5.0.8308.577", true, false),
            ("CU4 (5.0.8308.577)", true, false),
            ("v5.0.8308.0", true, true),
            ("5.0.8308", true, true),
            ("7.0.2046.530", false, false),
            ("5.0.83080.1", false, false),
        ];
        for (text, is_own, is_released) in cases {
            let build = Build::in_text(text).unwrap();
            assert_eq!(version.has(&build), is_own, "{text}");
            assert_eq!(is_own && version.is_released(&build), is_released, "{text}");
        }
        assert_eq!(
            version.build_in("8308.577 (CU4)"),
            Build::in_text("5.0.8308.577")
        );
        for text in ["8308", "18308.5", "83080.5"] {
            assert_eq!(version.build_in(text), None, "{text}");
        }
        for text in ["CU4", "2014", "5.0", "", "10.4, 3"] {
            assert_eq!(Build::in_text(text), None, "{text}");
        }
        assert!(Build::in_text(&version.example).is_some_and(|it| version.has(&it)));
    }
}
