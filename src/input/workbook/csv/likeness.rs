//! How much a text looks like one that people write. Bytes read in the wrong encoding give themselves away: signs and
//! capitals in the middle of words, letters of two scripts side by side, lines that were drawn around a window once.

/// How much the text looks like one; nothing for plain ASCII, less than nothing for a muddle.
pub(super) fn likeness(text: &str) -> i64 {
    let mut before = '\n';
    let mut chars = text.chars().peekable();
    let mut sum = 0;
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or('\n');
        if !c.is_ascii() {
            sum += of(before, c, after);
        }
        before = c;
    }
    sum
}

/// What a character is a sign of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    /// Chinese characters, kana, and the full-width signs that go with them.
    Asian,
    /// A letter that none of the known languages has.
    Strange,
    None,
}

fn script(c: char) -> Script {
    match c {
        'A'..='Z'
        | 'a'..='z'
        | '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{17f}' => Script::Latin,
        '\u{410}'..='\u{44f}' | '\u{401}' | '\u{451}' => Script::Cyrillic,
        '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' => {
            Script::Asian
        }
        c if c.is_alphabetic() => Script::Strange,
        _ => Script::None,
    }
}

/// What one character in its place is worth.
fn of(before: char, c: char, after: char) -> i64 {
    let sides = [script(before), script(after)];
    match (script(c), c) {
        (_, '\u{80}'..='\u{9f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}') => -10,
        (_, '\u{2500}'..='\u{259f}') => -5,
        (Script::Latin, _) => latin(before, c, after),
        (Script::Cyrillic, _) => alike(sides, Script::Cyrillic) + case(before, c),
        (Script::Asian, _) => asian(sides, c),
        (Script::Strange, _) => -3,
        (Script::None, _) => sign(before, c, after),
    }
}

/// Letters of one script stand side by side; those of two do not.
fn alike(sides: [Script; 2], own: Script) -> i64 {
    let worth = |side| match side {
        side if side == own => 2,
        Script::None => 0,
        _ => -3,
    };
    sides.into_iter().map(worth).sum()
}

/// A capital stands at the beginning of a word, or all of it is capitals.
fn case(before: char, c: char) -> i64 {
    if c.is_uppercase() && before.is_lowercase() {
        -6
    } else {
        0
    }
}

/// A letter with an accent stands beside letters without.
fn latin(before: char, c: char, after: char) -> i64 {
    let is_rare = "\u{178}\u{192}\u{131}ÐðÞþÝýÿŠšŽžŒœ".contains(c);
    let worth = |side: char| match script(side) {
        Script::Latin if !side.is_ascii() => -1,
        Script::Latin if is_rare => 0,
        Script::Latin => 2,
        Script::None => 0,
        _ => -3,
    };
    worth(before) + worth(after) + case(before, c)
}

fn asian(sides: [Script; 2], c: char) -> i64 {
    let is_kana = ('\u{3041}'..='\u{30ff}').contains(&c);
    let among_letters = sides == [Script::Latin; 2];
    let alone = !sides.contains(&Script::Asian) && sides.contains(&Script::Latin);
    let beside = sides.into_iter().filter(|side| *side == Script::Asian);
    2 * i64::try_from(beside.count()).unwrap_or(0) + i64::from(is_kana)
        - if among_letters { 6 } else { 0 }
        - if alone { 2 } else { 0 }
}

/// Quotation marks, dashes and the like have their places; another sign within a word has none.
fn sign(before: char, c: char, after: char) -> i64 {
    let [left, right] = [before, after].map(char::is_alphanumeric);
    let good = match c {
        '\u{2019}' => left,
        '\u{2018}' | '\u{201a}' | '\u{201c}' | '\u{201e}' | '\u{ab}' => !left && right,
        '\u{201d}' | '\u{bb}' | '\u{2026}' => !right && (left || before.is_ascii_punctuation()),
        '\u{2013}' | '\u{2014}' => left == right,
        '\u{a0}' => true,
        _ if left && right => return -4,
        _ => return -i64::from(left || right),
    };
    if good { 3 } else { -2 }
}
