//! What findings mean, where the product has to be named for it: `codes.md`.

use crate::finding::{Code, suggest};

use super::Product;
use super::read::Reader;

/// The file of the explanations.
pub(super) const FILE: &str = "codes.md";

/// The explanations: a section for each code that has one.
#[derive(Debug, Default)]
pub(super) struct Codes(String);

impl Codes {
    /// Reads the file; a section for what is no code is said.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let text = reader.text(FILE).to_owned();
        for (_, heading) in Code::strange_headings(&text) {
            let known = Code::ALL.iter().map(|code| code.as_str());
            let near = suggest::did_you_mean(heading, known);
            reader.wrong(FILE, heading, &format!("`{heading}` is no code"), near);
        }
        Self(text)
    }
}

impl Product {
    /// What a code means, an example and its cure, as Markdown: as the product says it, else as it is for all products.
    pub fn explanation(&self, code: Code) -> &str {
        let own = code.explained_in(&self.codes.0);
        own.or_else(|| code.explanation()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_once_with_a_cure() {
        let product = Product::built_in();
        for code in Code::ALL {
            let text = product.explanation(*code);
            assert!(
                text.contains("**Cure.**"),
                "`{code}` is not explained with a cure"
            );
            let both =
                code.explained_in(&product.codes.0).is_some() && code.explanation().is_some();
            assert!(!both, "`{code}` is explained twice");
        }
    }
}
