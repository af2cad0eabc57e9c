//! What is true of the whole run.

use serde::Serialize;

use crate::packets::Estate;

/// What is true of the whole run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EstateData {
    /// The organization's name.
    pub organization: Option<String>,
    /// The product's name.
    pub product: String,
    /// The classification printed on every page.
    pub classification: Option<String>,
    /// The change record that this copy belongs to; null for a copy of none.
    pub change: Option<String>,
    /// The day the worksheets were judged against, ISO 8601.
    pub as_of: String,
    /// How many findings hang on that day, by code.
    pub on_the_day: Vec<DayData>,
}

/// Findings of one code that hang on the day.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DayData {
    /// The kebab-case code.
    pub code: &'static str,
    /// How many there are.
    pub count: usize,
}

impl From<&Estate> for EstateData {
    fn from(estate: &Estate) -> Self {
        let on_the_day = estate.on_the_day.iter();
        let on_the_day = on_the_day.map(|(code, count)| DayData {
            code: code.as_str(),
            count: *count,
        });
        Self {
            organization: estate.organization.clone(),
            product: estate.product.clone(),
            classification: estate.classification.clone(),
            change: estate.change.clone(),
            as_of: estate.as_of.to_string(),
            on_the_day: on_the_day.collect(),
        }
    }
}
