//! An organization's own rows: what their blank cells inherit from the built-in row of the same meaning.

use crate::finding::{Code, Finding, suggest, words};
use crate::inventory::DecisionRow;
use crate::product::Product;

use super::claims::Trait;
use super::marks::Marks;
use super::raw::{RawRow, conditions_of, names_of};
use super::row::{Names, Row};

/// What is said of a row that no cell and no built-in row gives a subject.
pub(super) fn without_subject(
    row: &DecisionRow,
    product: &'static Product,
    built_in: &[Row],
) -> Finding {
    let text = &row.if_this_failed.text;
    let traits = Trait::named(product).into_iter();
    let rows = built_in.iter().map(|row| row.if_this_failed.as_str());
    let help = suggest::did_you_mean(text, rows).unwrap_or_else(|| {
        format!(
            "fill in `Applies to`: {}",
            words::list(traits.map(|it| it.1)).replace(" and ", " or ")
        )
    });
    Finding::new(
        Code::UnknownCondition,
        format!(
            "nothing says what `{}` applies to; the row is not used",
            words::excerpt(text)
        ),
    )
    .at(&row.if_this_failed.place)
    .help(help)
}

/// A worksheet row with its blanks filled from the built-in row of the same meaning.
pub(super) fn inherit(product: &'static Product, row: &DecisionRow, known: Option<&Row>) -> RawRow {
    let or = |text: &str, built_in: Option<String>| {
        if text.is_empty() {
            built_in.unwrap_or_default()
        } else {
            text.to_owned()
        }
    };
    let applies_to = match known {
        Some(known) if row.applies_to.is_blank() => names_of(product, &known.applies_to),
        _ => several(&row.applies_to.text),
    };
    let condition = match known {
        Some(known) if row.condition.is_blank() => conditions_of(&known.conditions),
        _ => several(&row.condition.text),
    };
    let yields_to = match known {
        Some(known) if row.yields_to.is_blank() => known.yields_to.clone(),
        _ => several(&row.yields_to.text),
    };
    let marks = known.map_or_else(Marks::default, |known| known.marks);
    RawRow {
        means: known.map(|known| known.means.clone()),
        // A row that says itself what it applies to says all of it.
        only: known
            .filter(|_| row.applies_to.is_blank())
            .map(|known| known.only.clone())
            .unwrap_or_default(),
        about: marks.about,
        fits: marks.fits,
        publishes_topology: marks.publishes_topology,
        also: Names::new(),
        id: or(&row.id.text, known.map(|known| known.id.clone())),
        if_this_failed: row.if_this_failed.text.clone(),
        see_this_section: or(&row.see.text, known.map(|known| known.see.clone())),
        situation: known.map_or_else(
            || row.if_this_failed.text.clone(),
            |known| known.situation.clone(),
        ),
        situation_mirrored: known.and_then(|known| known.situation_mirrored.clone()),
        situation_of_mirror: known.and_then(|known| known.situation_of_mirror.clone()),
        applies_to,
        condition,
        yields_to,
        procedure: or(
            &row.procedure.text,
            known.map(|known| known.procedure.clone()),
        ),
    }
}

/// The words of a cell that may hold several.
pub(super) fn several(text: &str) -> Vec<String> {
    let parts = text
        .split([';', ',', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}
