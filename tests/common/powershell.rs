//! Checks a printed command: it parses as PowerShell, and each cmdlet takes its parameters from one of its
//! documented parameter sets, with all that the set requires; other commands take what is listed for them. The facts
//! are in the product's `commands.json`.

#[path = "sql.rs"]
mod sql;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tree_sitter::{Node, Parser};

/// The documented cmdlets.
#[derive(Deserialize)]
pub(crate) struct Reference {
    common: Vec<String>,
    /// Other commands of PowerShell, and the parameters each may have.
    general: BTreeMap<String, Vec<String>>,
    /// Programs, and the forms each may take.
    programs: BTreeMap<String, Vec<String>>,
    /// What a T-SQL statement begins with.
    statements: Vec<String>,
    cmdlets: BTreeMap<String, Vec<ParameterSet>>,
}

#[derive(Deserialize)]
struct ParameterSet {
    set: String,
    required: Vec<String>,
    optional: Vec<String>,
}

/// A cmdlet as it stands in a command.
struct Call {
    name: String,
    parameters: BTreeSet<String>,
    positional: usize,
    /// All words after the name, as they stand.
    words: Vec<String>,
}

impl Reference {
    /// The facts.
    pub(crate) fn load() -> Self {
        Self::of(restore_packets::template::first_product())
    }

    /// Those of a product.
    pub(crate) fn of(product: &str) -> Self {
        let shelf = restore_packets::product::Shelf::of(&BTreeMap::new());
        let folder = shelf.folder(product).expect("a product");
        serde_json::from_str(&folder.texts["commands.json"]).expect("commands.json")
    }

    /// Everything that is wrong with a block of this language.
    pub(crate) fn problems_in(&self, language: &str, block: &str) -> Vec<String> {
        match language {
            "powershell" => self.problems(block),
            "sql" => sql::problems(block, &self.statements),
            other => vec![format!("`{other}` is no language of commands")],
        }
    }

    /// Everything that is wrong with a command of one or more lines.
    pub(crate) fn problems(&self, command: &str) -> Vec<String> {
        let mut parser = Parser::new();
        let language = tree_sitter_powershell::LANGUAGE.into();
        parser.set_language(&language).expect("the grammar");
        let tree = parser.parse(command, None).expect("a tree");
        if tree.root_node().has_error() {
            return vec![format!("no PowerShell: {command}")];
        }
        let mut calls = Vec::new();
        collect(tree.root_node(), command, &mut calls);
        let mut problems: Vec<String> = calls.iter().filter_map(|call| self.check(call)).collect();
        if calls.len() < command.lines().count() {
            problems.push(format!("a line holds no command: {command}"));
        }
        problems
    }

    fn check(&self, call: &Call) -> Option<String> {
        let is = |name: &&String| name.eq_ignore_ascii_case(&call.name);
        if let Some((name, forms)) = self.programs.iter().find(|(name, _)| is(name)) {
            let fits = forms.iter().any(|form| has_form(&call.words, form));
            return (!fits)
                .then(|| format!("`{name}` with {:?} has no form of its own", call.words));
        }
        if let Some((name, parameters)) = self.general.iter().find(|(name, _)| is(name)) {
            let known = |it: &String| {
                parameters
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(it))
            };
            let strange = call.parameters.iter().find(|it| !known(it));
            return strange.map(|it| format!("`{name}` with `-{it}`"));
        }
        let Some((name, sets)) = self.cmdlets.iter().find(|(name, _)| is(name)) else {
            return Some(format!("`{}` is no allowed cmdlet", call.name));
        };
        if call.positional > call.parameters.len() {
            return Some(format!("`{name}` has a value without a parameter"));
        }
        if sets.iter().any(|set| self.fits(set, call)) {
            return None;
        }
        let sets: Vec<&str> = sets.iter().map(|set| set.set.as_str()).collect();
        Some(format!(
            "`{name}` with {:?} fits none of its sets {sets:?}",
            call.parameters
        ))
    }

    fn fits(&self, set: &ParameterSet, call: &Call) -> bool {
        let lower = |name: &String| name.to_lowercase();
        let required: BTreeSet<String> = set.required.iter().map(lower).collect();
        let known: BTreeSet<String> = set
            .required
            .iter()
            .chain(&set.optional)
            .chain(&self.common)
            .map(lower)
            .collect();
        required.is_subset(&call.parameters) && call.parameters.is_subset(&known)
    }
}

/// Whether the words are those of a form, in which a word in capitals is any value.
fn has_form(words: &[String], form: &str) -> bool {
    let form: Vec<&str> = form.split(' ').collect();
    let is_value = |it: &str| it.chars().all(|c| c.is_ascii_uppercase());
    let fits = |(word, it): (&String, &&str)| is_value(it) || word == it;
    words.len() == form.len() && words.iter().zip(&form).all(fits)
}

fn collect(node: Node<'_>, source: &str, calls: &mut Vec<Call>) {
    if node.kind() == "command" {
        calls.push(call(node, source));
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        collect(child, source, calls);
    }
}

fn call(node: Node<'_>, source: &str) -> Call {
    let text = |node: Node<'_>| source[node.byte_range()].to_owned();
    let mut call = Call {
        name: node
            .child_by_field_name("command_name")
            .map(text)
            .unwrap_or_default(),
        parameters: BTreeSet::new(),
        positional: 0,
        words: Vec::new(),
    };
    let Some(elements) = node.child_by_field_name("command_elements") else {
        return call;
    };
    let mut cursor = elements.walk();
    for element in elements.named_children(&mut cursor) {
        if element.kind() != "command_argument_sep" {
            call.words.push(text(element));
        }
        match element.kind() {
            "command_parameter" => {
                let name = text(element);
                let name = name.trim_start_matches('-').trim_end_matches(':');
                call.parameters.insert(name.to_lowercase());
            }
            "command_argument_sep" => {}
            _ => call.positional += 1,
        }
    }
    call
}

/// The checker finds what it is there to find.
#[test]
fn wrong_commands_are_noticed() {
    let cmdlets = Reference::load();
    let right = [
        "Enable-CsTopology",
        "Import-CsUserData -PoolFqdn 'p' -FileName (Join-Path $Backup 'a b.zip')",
        "Invoke-CsBackupServiceSync -PoolFqdn 'p' -BackupModule ConfServices.DataConf",
        "robocopy (Join-Path $Backup 'x') 'D:\\y' /E /R:2 /W:5",
        "Get-CsCertificate\nTest-Path $Backup",
        "net share 'Lync=D:\\a b' \"/GRANT:$admins,FULL\"",
        "certutil -f -addstore Root 'C:\\root.cer'",
    ];
    for command in right {
        assert_eq!(cmdlets.problems(command), Vec::<String>::new(), "{command}");
    }
    let wrong = [
        "Remove-Item 'x'",
        "Import-CsUserData -FileName 'x'",
        "Uninstall -CsMirrorDatabase -DatabaseType User",
        "Install-CsDatabase -CentralManagementDatabase -ConfiguredDatabases -SqlServerFqdn 'x'",
        "Import-CsUserData -PoolFqdn 'p -FileName 'x'",
        "Enable-CsTopology 'x'",
        "Enable-CsTopology\n'just text'",
        "Get-CsCertificate (Remove-Item 'x')",
        "robocopy 'x' 'D:\\y' /MIR",
        "Copy-Item -LiteralPath 'x' -Recurse",
        "net user x /add",
    ];
    for command in wrong {
        assert_ne!(cmdlets.problems(command), Vec::<String>::new(), "{command}");
    }
}
