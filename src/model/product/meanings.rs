//! What free texts of the worksheets mean to the procedures: `meanings.toml`.

use serde::Deserialize;

/// The file.
pub(super) const FILE: &str = "meanings.toml";

/// Which texts mean what.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meanings {
    /// Operating systems whose preparation differs.
    system: Vec<Meaning>,
    /// What an installation medium holds.
    medium: Vec<Meaning>,
}

/// A text that holds one of the words has this id.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    id: String,
    words: Vec<String>,
}

impl Meanings {
    /// The operating system; empty where nothing is known of it.
    pub fn system(&self, text: &str) -> &str {
        first(&self.system, text)
    }

    /// What a medium holds; empty where nobody can tell.
    pub fn medium(&self, text: &str) -> &str {
        first(&self.medium, text)
    }
}

/// The first whose words are in the text.
fn first<'a>(meanings: &'a [Meaning], text: &str) -> &'a str {
    let text = text.to_lowercase();
    let holds = |word: &String| text.contains(&word.to_lowercase());
    let found = meanings.iter().find(|it| it.words.iter().any(holds));
    found.map_or("", |it| &it.id)
}

#[cfg(test)]
mod tests {
    use crate::product::Product;

    #[test]
    fn the_first_that_fits_counts() {
        let meanings = &Product::built_in().meanings;
        let systems = [
            ("Windows Server 2012 R2 Standard", "2012-r2"),
            ("Windows Server 2012 Standard", "2012"),
            ("Windows Server 2008 R2 Enterprise SP1", "2008-r2"),
            ("whatever it was", ""),
        ];
        for (text, id) in systems {
            assert_eq!(meanings.system(text), id, "{text}");
        }
        let media = [
            ("Lync Server 2013 cumulative update", "update"),
            ("Lync Server 2013", "product"),
            ("Windows features (sxs)", "features"),
            ("SQL Server 2012", "sql"),
            ("Imaging software", ""),
        ];
        for (text, id) in media {
            assert_eq!(meanings.medium(text), id, "{text}");
        }
    }
}
