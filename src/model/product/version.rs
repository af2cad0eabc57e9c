//! Which builds are of a product: `[version]` in `product.toml`.

use serde::Deserialize;

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
}

/// A build number, such as stands in a cell beside other words.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        for text in ["CU4", "2014", "5.0", "", "10.4, 3"] {
            assert_eq!(Build::in_text(text), None, "{text}");
        }
        assert!(Build::in_text(&version.example).is_some_and(|it| version.has(&it)));
    }
}
