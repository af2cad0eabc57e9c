//! Checks printed T-SQL: it ends what it opens, and each statement begins as one of the product's `commands.json` does.

/// Everything that is wrong with a block of statements.
pub(crate) fn problems(block: &str, heads: &[String]) -> Vec<String> {
    let Some(statements) = statements(block) else {
        return vec![format!("a text or a name is left open: {block}")];
    };
    let mut problems = Vec::new();
    for statement in statements {
        let words: Vec<&str> = statement.split_whitespace().collect();
        let begins = |head: &&String| {
            let head: Vec<&str> = head.split(' ').collect();
            words.len() >= head.len() && words.iter().zip(&head).all(|(word, it)| word == it)
        };
        if !heads.iter().any(|head| begins(&head)) {
            problems.push(format!("no statement that is allowed: {statement}"));
        }
    }
    if block.contains("$(") || block.contains("$Backup") {
        problems.push(format!("T-SQL knows no variables of a shell: {block}"));
    }
    problems
}

/// The statements, each up to its semicolon, comments left out; `None` where one is left open.
fn statements(block: &str) -> Option<Vec<String>> {
    let mut statements = vec![String::new()];
    let mut open: Option<char> = None;
    let mut characters = block.chars().peekable();
    while let Some(character) = characters.next() {
        match (open, character) {
            (None, '\'') => open = Some('\''),
            (None, '[') => open = Some(']'),
            // A doubled mark stands for itself.
            (Some(close), it) if it == close && characters.next_if_eq(&close).is_none() => {
                open = None;
            }
            (None, '-') if characters.peek() == Some(&'-') => {
                let _ = characters.by_ref().find(|it| *it == '\n');
                continue;
            }
            (None, ';') => {
                statements.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = statements.last_mut() {
            last.push(character);
        }
    }
    let last = statements.pop().unwrap_or_default();
    let is_whole = open.is_none() && last.trim().is_empty();
    is_whole.then_some(statements)
}

#[test]
fn wrong_statements_are_noticed() {
    let heads = ["RESTORE DATABASE", "SELECT"].map(str::to_owned);
    let right = [
        "RESTORE DATABASE [a]]b;] FROM DISK = N'C:\\O''Neill;.bak' WITH REPLACE;",
        "-- look first; then\nSELECT name FROM sys.databases;",
    ];
    for block in right {
        assert_eq!(problems(block, &heads), Vec::<String>::new(), "{block}");
    }
    let wrong = [
        "DROP DATABASE [a];",
        "SELECT 1; DROP DATABASE [a];",
        "SELECT 1",
        "SELECT N'a'b';",
        "SELECT [a;",
        "SELECT N'$(x)';",
        "RESTORE LOG [a];",
    ];
    for block in wrong {
        assert_ne!(problems(block, &heads), Vec::<String>::new(), "{block}");
    }
}
