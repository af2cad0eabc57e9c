//! The list below a step's heading: where, as whom, what to expect.

use crate::packets::Step;
use crate::text::prose::{Block, Inline, line};

/// A line without a value.
const NO_RETURN: &str = "Point of no return";

/// Fills the step's details from the list; false if the block is no such list.
///
/// # Errors
///
/// If the list starts as one and then holds something else, which would otherwise be printed as text where
/// nobody expects it.
pub(super) fn read(block: &Block, step: &mut Step) -> Result<bool, String> {
    let Block::List(items) = block else {
        return Ok(false);
    };
    let texts: Vec<String> = items.iter().map(|item| text(item)).collect();
    let is_details = texts.first().is_some_and(|text| set(text, step));
    if !is_details {
        return Ok(false);
    }
    match texts.iter().skip(1).find(|text| !set(text, step)) {
        Some(text) => Err(format!(
            "step “{}”: “{text}” is none of `Where:`, `As:`, `Expect:` and `{NO_RETURN}`",
            step.title
        )),
        None => Ok(true),
    }
}

/// The item's text; anything but one paragraph is no detail.
fn text(item: &[Block]) -> String {
    match item {
        [Block::Paragraph(text)] => line(text as &[Inline]),
        _ => String::new(),
    }
}

fn set(text: &str, step: &mut Step) -> bool {
    if text.trim_end_matches('.') == NO_RETURN {
        step.point_of_no_return = true;
        return true;
    }
    let Some((label, value)) = text.split_once(':') else {
        return false;
    };
    let field = match label {
        "Where" => &mut step.run_on,
        "As" => &mut step.account,
        "Expect" => &mut step.expect,
        _ => return false,
    };
    value.trim().clone_into(field);
    true
}
