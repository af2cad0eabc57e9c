//! The versions and editions of SQL Server that keep databases of the product: `sql.toml`.

use serde::Deserialize;

/// All of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SqlServers {
    editions: Vec<String>,
    /// What to plan for instead of a version that is not supported.
    pub plan_for_version: String,
    /// What to plan for instead of an edition that is not.
    pub plan_for_edition: String,
    #[serde(rename = "sql")]
    versions: Vec<SqlVersion>,
}

/// A version that can be told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SqlVersion {
    /// For example "SQL Server 2012".
    pub name: String,
    words: Vec<String>,
    builds: Vec<String>,
    /// Whether the product supports it.
    pub supported: bool,
}

impl SqlServers {
    /// Which version a cell means: by a build number such as `11.0.3000`, else by the year in its words.
    pub fn version(&self, text: &str) -> Option<&SqlVersion> {
        let lower = text.to_lowercase();
        let mut versions = self.versions.iter();
        let by_build = lower.split_whitespace().find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_ascii_digit());
            let mut parts = word.split('.');
            let build = format!("{}.{}", parts.next()?, parts.next()?);
            let mut versions = self.versions.iter();
            versions.find(|version| version.builds.contains(&build))
        });
        let said = |word: &String| lower.contains(word.as_str());
        by_build.or_else(|| versions.find(|version| version.words.iter().any(said)))
    }

    /// Whether an edition is one the product keeps its databases in.
    pub fn supports_edition(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let mut editions = self.editions.iter();
        editions.any(|edition| lower.contains(edition.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::product::Product;

    #[test]
    fn a_version_is_told_by_build_or_by_year() {
        let cases = [
            ("SQL Server 2012 SP1", Some("SQL Server 2012")),
            ("11.0.3000.0", Some("SQL Server 2012")),
            ("11.00.2100", Some("SQL Server 2012")),
            (
                "Microsoft SQL Server 2008 R2 (10.50.4000)",
                Some("SQL Server 2008 R2"),
            ),
            ("2008 SP3", Some("SQL Server 2008")),
            ("10.0.5500", Some("SQL Server 2008")),
            ("Oracle", None),
        ];
        for (text, name) in cases {
            let found = Product::built_in().sql.version(text);
            assert_eq!(found.map(|it| it.name.as_str()), name, "{text}");
        }
    }
}
