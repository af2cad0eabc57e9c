//! The list below a step's heading: where, as whom, what to expect.

use crate::packets::Step;
use crate::product::Condition;
use crate::text::prose::{Block, Inline, line};

/// A line without a value.
const NO_RETURN: &str = "Point of no return";

/// The label of the states that a step, a section or a procedure is for.
const ONLY: &str = "Only";

/// The states that a section or a procedure is for, if the block is the list that says them.
///
/// # Errors
///
/// If what is said is no condition, or the list goes on after it.
pub(super) fn only(block: &Block) -> Result<Option<Condition>, String> {
    let Block::List(items) = block else {
        return Ok(None);
    };
    let mut conditions = items.iter().map(|item| text(item));
    let first = conditions.next().unwrap_or_default();
    let Some(states) = first.strip_prefix(ONLY).and_then(|it| it.strip_prefix(':')) else {
        return Ok(None);
    };
    match conditions.next() {
        Some(more) => Err(format!(
            "“{more}” stands below `{ONLY}:`; start the text after it with a paragraph"
        )),
        None => Condition::try_from(states.to_owned()).map(Some),
    }
}

/// Fills the step's details from the list; false if the block is no such list.
///
/// # Errors
///
/// If the list starts as one and then holds something else, which would otherwise be printed as text where
/// nobody expects it.
pub(super) fn read(block: &Block, step: &mut Step, only: &mut Condition) -> Result<bool, String> {
    let Block::List(items) = block else {
        return Ok(false);
    };
    let texts: Vec<String> = items.iter().map(|item| text(item)).collect();
    for (index, text) in texts.iter().enumerate() {
        if set(text, step, only)? {
            continue;
        }
        if index == 0 {
            return Ok(false);
        }
        return Err(format!(
            "step “{}”: “{text}” is none of `Where:`, `As:`, `Expect:`, `{ONLY}:` and `{NO_RETURN}`",
            step.title
        ));
    }
    Ok(true)
}

/// The item's text; anything but one paragraph is no detail.
fn text(item: &[Block]) -> String {
    match item {
        [Block::Paragraph(text)] => line(text as &[Inline]),
        _ => String::new(),
    }
}

fn set(text: &str, step: &mut Step, only: &mut Condition) -> Result<bool, String> {
    if text.trim_end_matches('.') == NO_RETURN {
        step.point_of_no_return = true;
        return Ok(true);
    }
    let Some((label, value)) = text.split_once(':') else {
        return Ok(false);
    };
    let field = match label {
        "Where" => &mut step.run_on,
        "As" => &mut step.account,
        "Expect" => &mut step.expect,
        ONLY => {
            *only = only.and(&Condition::try_from(value.to_owned())?);
            return Ok(true);
        }
        _ => return Ok(false),
    };
    value.trim().clone_into(field);
    Ok(true)
}
