//! Paths as worksheets give them: under the share of the backup cycle, or somewhere else.
//!
//! A text is a path only on evidence: a root (`\\host\share`, `X:\`, `$Backup`), a file name with an extension that
//! backups have, or a chain of folder names. Words are not: `weekly` in a command would copy from a folder nobody made,
//! and `weekly/offsite` says two things rather than one folder in another.

use std::fmt;

use super::cell_words::{self, Meaning};

/// What the files of backups end in; a name without a root counts as a path if it ends so.
const EXTENSIONS: [&str; 5] = [".zip", ".bak", ".xml", ".trn", ".dif"];

/// A Windows path from a worksheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePath {
    /// Under `$Backup`, relative to it; empty for the share itself.
    UnderBackup(String),
    /// A drive path or a UNC path elsewhere.
    Absolute(String),
}

impl FilePath {
    /// Reads one path: `$Backup\…`, a file name or a chain of folders (both under `$Backup`), a drive or UNC path.
    ///
    /// # Errors
    /// Says why the text is no path, or not one alone.
    pub fn parse(text: &str) -> Result<Self, String> {
        let typed = text.trim().trim_matches('"').trim();
        let text = typed.replace('/', "\\");
        if let Some(odd) = text
            .chars()
            .find(|c| c.is_control() || "<>\"|?*".contains(*c))
        {
            return Err(format!("a path cannot hold `{}`", odd.escape_debug()));
        }
        let path = trim_end(&text);
        if path.is_empty() {
            return Err("a path was expected".to_owned());
        }
        alone(path)?;
        if path.split('\\').any(|part| part == "..") {
            return Err("a path may not climb with `..`".to_owned());
        }
        let root = under_backup(path);
        if root.is_some() || is_absolute(path) {
            sound_below_root(path)?;
        }
        match root {
            Some(rest) => Ok(Self::UnderBackup(rest.trim_matches('\\').to_owned())),
            None if is_absolute(path) => Ok(Self::Absolute(path.to_owned())),
            None => {
                joined(typed)?;
                relative(path)
            }
        }
    }

    /// Whether a text begins as a path with a root does.
    pub fn is_rooted(text: &str) -> bool {
        let text = text.trim().trim_matches('"').replace('/', "\\");
        let drive = text.as_bytes().get(..3).map(<[u8]>::to_vec);
        let is_drive = drive.is_some_and(|it| it[0].is_ascii_alphabetic() && it[1..] == *b":\\");
        is_drive || text.starts_with(r"\\") || text.to_lowercase().starts_with("$backup")
    }

    /// The same path, under `$Backup` if it lies below `share`.
    #[must_use]
    pub fn below(self, share: Option<&str>) -> Self {
        let (Self::Absolute(path), Some(share)) = (&self, share) else {
            return self;
        };
        let share = trim_end(share);
        let inside = path
            .get(..share.len())
            .is_some_and(|start| start.to_lowercase() == share.to_lowercase());
        match path.get(share.len()..) {
            Some("") if inside => Self::UnderBackup(String::new()),
            Some(rest) if inside && rest.starts_with('\\') => {
                Self::UnderBackup(rest.trim_matches('\\').to_owned())
            }
            _ => self,
        }
    }

    /// The path of a file or folder inside this folder.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        match self {
            Self::UnderBackup(folder) if folder.is_empty() => Self::UnderBackup(name.to_owned()),
            Self::UnderBackup(folder) => Self::UnderBackup(format!("{folder}\\{name}")),
            Self::Absolute(folder) => Self::Absolute(format!("{}\\{name}", trim_end(folder))),
        }
    }

    /// Whether the last part names an export or a SQL backup: `.zip`, `.bak`.
    pub fn names_a_file(&self) -> bool {
        let lower = self.inner().to_lowercase();
        [".zip", ".bak"].iter().any(|end| lower.ends_with(end))
    }

    /// Whether the last part names an archive, as exports are.
    pub fn is_archive(&self) -> bool {
        let ending = self.inner().rsplit_once('.');
        ending.is_some_and(|(_, it)| it.eq_ignore_ascii_case("zip"))
    }

    /// Whether the last part ends as the files of backups do.
    pub fn is_backup_file(&self) -> bool {
        let lower = self.inner().to_lowercase();
        EXTENSIONS.iter().any(|end| lower.ends_with(end))
    }

    /// Whether the last part looks like a file's name: something, a dot, and something without blanks.
    pub fn has_extension(&self) -> bool {
        let last = self.inner().rsplit('\\').next().unwrap_or_default();
        last.rsplit_once('.')
            .is_some_and(|(stem, end)| !stem.is_empty() && !end.is_empty() && !end.contains(' '))
    }

    /// Whether it is a bare name, without any folder.
    pub fn is_bare(&self) -> bool {
        matches!(self, Self::UnderBackup(path) if !path.contains('\\'))
    }

    /// Whether it is a share or lies on one: `\\host\share`.
    pub fn is_share(&self) -> bool {
        self.host().is_some()
    }

    /// Whether it lies on a drive of some computer: `D:\folder`.
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Absolute(_)) && !self.is_share()
    }

    /// Whether it lies in a folder that belongs to Windows or to programs.
    pub fn is_of_system(&self) -> bool {
        const FOLDERS: [&str; 4] = [
            "windows",
            "program files",
            "program files (x86)",
            "programdata",
        ];
        let lower = self.inner().to_lowercase();
        let first = lower.split('\\').nth(1);
        self.is_local() && first.is_some_and(|it| FOLDERS.contains(&it))
    }

    /// The host of a UNC path.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Absolute(path) => path.strip_prefix(r"\\")?.split('\\').next(),
            Self::UnderBackup(_) => None,
        }
    }

    /// The share's name: the second part of a UNC path.
    pub fn share_name(&self) -> Option<&str> {
        match self {
            Self::Absolute(path) => path.strip_prefix(r"\\")?.split('\\').nth(1),
            Self::UnderBackup(_) => None,
        }
    }

    /// What a UNC path has below its share: `pool01` in `\\fs01\Lync\pool01`, empty where it is the share itself.
    pub fn below_share(&self) -> Option<&str> {
        match self {
            Self::Absolute(path) => {
                let mut parts = path.strip_prefix(r"\\")?.splitn(3, '\\').skip(2);
                Some(parts.next().unwrap_or_default().trim_end_matches('\\'))
            }
            Self::UnderBackup(_) => None,
        }
    }

    /// The relative or absolute path itself.
    pub fn inner(&self) -> &str {
        match self {
            Self::UnderBackup(path) | Self::Absolute(path) => path,
        }
    }
}

/// Refuses several paths, or a path with a remark, in one cell.
fn alone(path: &str) -> Result<(), String> {
    let lower = path.to_lowercase();
    let after_gap = |start: usize| {
        let before = lower[..start].chars().next_back();
        before.is_some_and(|c| c.is_whitespace() || ";,&+(".contains(c))
    };
    let roots = ["\\\\", "$backup", "${backup}"];
    let second = roots.iter().any(|root| {
        let mut starts = lower.match_indices(root);
        starts.any(|(start, _)| after_gap(start))
    });
    // A colon belongs behind the letter of a drive; another one begins a second drive, or a remark.
    let colon = lower.match_indices(':').any(|(at, _)| at != 1);
    let is_rooted = is_absolute(path) || under_backup(path).is_some();
    let goes_on = EXTENSIONS.iter().any(|end| {
        let mut ends = lower.match_indices(end);
        ends.any(|(at, _)| {
            let behind = lower[at + end.len()..].chars().next();
            behind.is_some_and(|c| c.is_whitespace() || ";,&+".contains(c))
        })
    });
    let is_said_on = || path.split('\\').any(says_more);
    if second || goes_on || colon && is_rooted || has_remark(path) || is_rooted && is_said_on() {
        return Err(
            "it holds more than one path, or a remark beside it; write one path".to_owned(),
        );
    }
    if path.split('\\').any(|part| part != part.trim()) {
        return Err(
            "a blank stands beside a `\\` or `/`, as between two things; write one path".to_owned(),
        );
    }
    Ok(())
}

/// Whether a name goes on in words that only a remark has: `Share then tape`, `Share and tape`, `Share tape only`.
fn says_more(part: &str) -> bool {
    let words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).collect();
    let Some((_, [inner @ .., last])) = words.split_first() else {
        return false;
    };
    inner.iter().any(|word| cell_words::is(Meaning::Then, word))
        || ends_off_line(&words)
        || cell_words::is(Meaning::Closes, last) && off_line(&words[..words.len() - 1]).is_some()
}

/// Whether the last words are what no folder is on, and a word or a mark joins them to what stands before.
fn ends_off_line(words: &[&str]) -> bool {
    let before = off_line(words).and_then(|count| words[..words.len() - count].split_last());
    before.is_some_and(|(joins, before)| {
        let is_word = [Meaning::And, Meaning::BoundTo].map(|it| cell_words::is(it, joins));
        joins.ends_with([',', ';']) || is_word.contains(&true) && !before.is_empty()
    })
}

/// How many words at the end are what no folder is on.
fn off_line(words: &[&str]) -> Option<usize> {
    const MOST: usize = 2;
    let mut counts = (1..=MOST.min(words.len())).rev();
    counts.find(|count| cell_words::is(Meaning::OffLine, &words[words.len() - count..].join(" ")))
}

/// Whether the last part ends in words between brackets, which are a remark: `D:\LyncShare (old)`. What Windows itself writes there
/// is none: `Backup (2)`, `Program Files (x86)`.
fn has_remark(path: &str) -> bool {
    let brackets = [(" (", ')'), (" [", ']')];
    brackets.into_iter().any(|(open, close)| {
        let inside = path
            .strip_suffix(close)
            .and_then(|path| path.rsplit_once(open))
            .map(|(_, inside)| inside);
        inside.is_some_and(|inside| inside.chars().any(char::is_alphabetic) && inside != "x86")
    })
}

/// What is below `$Backup`, if the path begins with it.
fn under_backup(path: &str) -> Option<&str> {
    ["$backup", "${backup}"].iter().find_map(|prefix| {
        let start = path.get(..prefix.len())?;
        let rest = path.get(prefix.len()..)?;
        let fits =
            start.eq_ignore_ascii_case(prefix) && (rest.is_empty() || rest.starts_with('\\'));
        fits.then_some(rest)
    })
}

/// What no path may hold below a root: a variable that nothing fills in, a host whose name is several words.
fn sound_below_root(path: &str) -> Result<(), String> {
    if path.matches('%').count() > 1 {
        return Err(
            "what stands between `%` is filled in by no one; write the path as it is".to_owned(),
        );
    }
    let lower = path.to_lowercase();
    if lower.contains(['{', '}'])
        || ["yyyy", "jjjj", "aaaa-mm"]
            .iter()
            .any(|it| lower.contains(it))
    {
        return Err(
            "it stands for a name that is still to be put in; write the path as it is".to_owned(),
        );
    }
    let host = path
        .strip_prefix(r"\\")
        .and_then(|rest| rest.split('\\').next());
    if host.is_some_and(|host| host.contains(char::is_whitespace)) {
        return Err("the name of a host holds no blank".to_owned());
    }
    Ok(())
}

/// A path without a root lies under `$Backup`, if it has the form of a file name or of a chain of folders.
fn relative(path: &str) -> Result<FilePath, String> {
    if path.starts_with('\\') || path.contains([':', '$', '%']) {
        return Err(
            "a share `\\\\host\\share`, a drive path, or a path under `$Backup` was expected"
                .to_owned(),
        );
    }
    let path = path.trim_start_matches(".\\").trim_matches('\\');
    if path.contains(|c: char| c.is_whitespace() || ",;".contains(c)) {
        return Err(
            "these are words, not a path; a name with blanks needs its root, as in `$Backup\\pool data`"
                .to_owned(),
        );
    }
    let lower = path.to_lowercase();
    let is_file = EXTENSIONS
        .iter()
        .any(|end| lower.ends_with(end) && lower != *end);
    // A day, `06/07/2014`, is no chain of folders.
    let is_day = path
        .split('\\')
        .all(|part| part.chars().all(|c| c.is_ascii_digit()));
    let is_chain = path.contains('\\') && !is_day;
    if is_chain && path.split('\\').all(tells_how_kept) {
        return Err(
            "it says how often or on what the backup is kept, not in which folder; write its root, as in `$Backup\\folder`"
                .to_owned(),
        );
    }
    if !is_file && !is_chain {
        return Err(
            "a word alone is no path; write its root, as in `$Backup\\folder`, or the file's name with its ending"
                .to_owned(),
        );
    }
    Ok(FilePath::UnderBackup(path.to_owned()))
}

/// Whether a name says how often or on what a backup is kept, rather than in which folder.
fn tells_how_kept(part: &str) -> bool {
    cell_words::is(Meaning::Keeping, part) || part.chars().all(|c| c.is_ascii_digit())
}

/// Without a root, `/` joins alternatives as often as folders: only a file name at the end tells that it is a path.
fn joined(typed: &str) -> Result<(), String> {
    let lower = typed.to_lowercase();
    let is_file = |part: &str| EXTENSIONS.iter().any(|end| part.ends_with(end));
    let Some((before, last)) = lower.rsplit_once('/') else {
        return Ok(());
    };
    if before.split(['/', '\\']).any(is_file) {
        return Err("it names more than one file; write one".to_owned());
    }
    if lower.starts_with("./") || is_file(last) {
        return Ok(());
    }
    Err(
        "a `/` stands between alternatives as well as between folders; write folders as in `$Backup\\pool01`, or one of the two"
            .to_owned(),
    )
}

fn is_absolute(path: &str) -> bool {
    let unc = path
        .strip_prefix(r"\\")
        .is_some_and(|rest| rest.split('\\').filter(|part| !part.is_empty()).count() >= 2);
    let mut chars = path.chars();
    let drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && chars.next().is_none_or(|c| c == '\\');
    unc || drive
}

/// Without the backslash at the end, but `C:\` keeps its own.
fn trim_end(path: &str) -> &str {
    let trimmed = path.trim_end_matches('\\');
    match trimmed.len() {
        2 if trimmed.ends_with(':') => &path[..path.len().min(3)],
        _ => trimmed,
    }
}

impl fmt::Display for FilePath {
    /// `$Backup\Settings\Xds.zip`, or the absolute path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnderBackup(path) if path.is_empty() => f.write_str("$Backup"),
            Self::UnderBackup(path) => write!(f, "$Backup\\{path}"),
            Self::Absolute(path) => f.write_str(path),
        }
    }
}

#[cfg(test)]
mod tests;
