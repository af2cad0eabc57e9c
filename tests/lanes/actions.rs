//! What a step does, line by line: commands of the shell, statements of T-SQL, what is done by hand.

use std::collections::BTreeMap;

use restore_packets::packets::Step;
use restore_packets::text::prose;

/// One thing that is done.
#[derive(Clone, Debug)]
pub struct Action {
    /// As it stands in the packet.
    pub line: String,
    /// The command, or the words a statement begins with; empty for what is done by hand.
    pub command: String,
    /// Its parameters without the dash, and `1`, `2`, … for what has none; `database` and `file` of a statement.
    pub values: BTreeMap<String, Vec<String>>,
}

/// A step of a lane.
#[derive(Clone, Debug)]
pub struct Doing {
    pub title: String,
    /// Where it is done and what it says, for what is done by hand.
    pub text: String,
    /// The computers it is done on.
    pub hosts: Vec<String>,
    /// Whether its command is withheld for want of a value.
    pub is_withheld: bool,
    pub actions: Vec<Action>,
}

impl Doing {
    pub fn of(step: &Step) -> Self {
        let body = prose::to_text(&step.body);
        let lines = step.command.as_deref().unwrap_or_default();
        let actions = match step.language.as_str() {
            "sql" => lines.split(';').filter_map(statement).collect(),
            _ => lines.lines().map(command).collect(),
        };
        Self {
            title: step.title.clone(),
            text: format!("{}\n{}\n{body}", step.title, step.run_on),
            hosts: names(&step.run_on),
            is_withheld: step.command.is_none() && !step.gaps.is_empty(),
            actions,
        }
    }

    /// Puts one text in place of another in its commands; in how many of them it stood.
    pub fn replace(&mut self, from: &str, to: &str) -> usize {
        let found = self.actions.iter_mut().filter(|it| it.line.contains(from));
        found
            .map(|it| *it = command(&it.line.replace(from, to)))
            .count()
    }

    /// Whether a machine does it.
    pub fn has_commands(&self) -> bool {
        !self.actions.is_empty()
    }
}

/// The full names of computers and pools in a text.
pub fn names(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let words = text.split(|c| !is_part(c)).map(|it| it.trim_matches('.'));
    let mut names: Vec<String> = Vec::new();
    for word in words.filter(|it| it.matches('.').count() > 1 && it.contains(".contoso.com")) {
        let name = word.to_lowercase();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A line of the shell; of a pipeline, what it begins with.
fn command(line: &str) -> Action {
    let words = words(line);
    let mut words = words.iter().take_while(|it| *it != "|").peekable();
    let name = words.next().cloned().unwrap_or_default();
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0;
    while let Some(word) = words.next() {
        let is_parameter = word.starts_with('-') && word.len() > 1;
        let key = if is_parameter {
            word.trim_start_matches('-').to_owned()
        } else {
            count += 1;
            values.insert(count.to_string(), vec![value(word)]);
            continue;
        };
        let given = words.next_if(|it| !it.starts_with('-'));
        values.insert(key, given.map(|it| value(it)).into_iter().collect());
    }
    Action {
        line: line.to_owned(),
        command: name,
        values,
    }
}

/// Splits a line at its blanks, but for those in quotation marks and brackets.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut quoted, mut depth) = (None, 0);
    for c in line.chars() {
        match (quoted, c) {
            (Some(mark), _) if mark == c => quoted = None,
            (None, '\'' | '"') => quoted = Some(c),
            (None, '(' | '{') => depth += 1,
            (None, ')' | '}') => depth -= 1,
            (None, ' ') if depth == 0 => {
                words.push(String::new());
                continue;
            }
            _ => {}
        }
        words.last_mut().expect("one").push(c);
    }
    words.retain(|it| !it.is_empty());
    words
}

/// What a word stands for: `'a'` is `a`, `(Join-Path $Backup 'a')` is `$Backup\a`.
fn value(word: &str) -> String {
    let inner = word.trim_start_matches('(').trim_end_matches(')');
    let joined = inner
        .strip_prefix("Join-Path ")
        .map(|it| it.replacen(' ', "\\", 1));
    let text = joined.unwrap_or_else(|| word.to_owned());
    text.replace(['\'', '"'], "").to_lowercase()
}

/// A statement of T-SQL.
fn statement(text: &str) -> Option<Action> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = line.split(['[', '\'', '=']).next()?.trim();
    let command = command.strip_suffix(" N").unwrap_or(command);
    let between = |from: &str, to: &str| {
        let (_, rest) = line.split_once(from)?;
        rest.split_once(to).map(|(inner, _)| inner.to_lowercase())
    };
    let mut values = BTreeMap::new();
    values.extend(between("[", "]").map(|it| ("database".to_owned(), vec![it])));
    values.extend(between("N'", "'").map(|it| ("file".to_owned(), vec![it])));
    (!line.is_empty()).then(|| Action {
        command: command.to_owned(),
        line: line.clone(),
        values,
    })
}
