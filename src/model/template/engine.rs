//! The engine: templates in, text out, every error a finding with the template's name and line.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Tera};

use super::filters;
use super::filters::UNDEFINED;
use super::names;
use super::near;
use super::pen::Pen;
use super::printed;
use super::report::{Trouble, troubles};
use super::script::{self, Scripts};
use crate::finding::{Finding, settle};
use crate::text::seal;

/// What stands in for a template that could not be loaded, so that the others still can be.
const STUB: &str = "{{ throw(message=\"the template could not be loaded\") }}";

/// Loaded templates.
pub struct Engine {
    /// All templates with the escape of HTML pages.
    html: Tera,
    /// The same with the escape of Markdown pages.
    markdown: Tera,
    /// The templates as they were given, to look for what an error means.
    sources: BTreeMap<String, String>,
    scripts: Scripts,
    /// Of each template that could not be loaded, why.
    unloaded: BTreeMap<String, Finding>,
}

/// Values made ready for any number of templates.
pub struct Prepared<'v, V> {
    values: &'v V,
    context: tera::TeraResult<Context>,
}

impl<'v, V: Serialize> Prepared<'v, V> {
    /// Makes them ready, which costs about as much as a template of some lines.
    pub fn of(values: &'v V) -> Self {
        Self {
            values,
            context: Context::from_serialize(values),
        }
    }

    /// The values themselves.
    pub fn values(&self) -> &'v V {
        self.values
    }
}

impl Engine {
    /// Loads the templates: names that end in `.md`, `.html` or `.txt`. Scripts (`.js`) are kept as they are, others
    /// are data and left alone.
    ///
    /// A template with an error is reported, and rendering it fails; the others are not touched by it.
    pub fn load(templates: &BTreeMap<String, String>) -> (Self, Vec<Finding>) {
        let mut sources: BTreeMap<&str, &str> = templates
            .iter()
            .map(|(name, source)| (name.as_str(), source.as_str()))
            .filter(|(name, _)| is_template(name))
            .collect();
        let texts = owned(&sources);
        let names: Vec<&str> = texts.keys().map(String::as_str).collect();
        let (scripts, mut findings) = script::load(templates);
        let mut unloaded = BTreeMap::new();
        // Each round takes at least one template out, so this ends.
        loop {
            let mut tera = new_tera();
            let Err(error) = tera.add_raw_templates(&sources) else {
                settle(&mut findings);
                let (html, markdown) = with_escapes(tera);
                return (
                    Self {
                        html,
                        markdown,
                        sources: texts,
                        scripts,
                        unloaded,
                    },
                    findings,
                );
            };
            let troubles = troubles(&error, "");
            if !stub_out(&mut sources, &troubles) {
                sources.clear();
            }
            for trouble in &troubles {
                let first = unloaded.entry(trouble.template.clone());
                let finding = trouble.finding_among(&names);
                first.or_insert_with(|| finding.clone());
                findings.push(finding);
            }
        }
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.html.get_template_names().any(|known| known == name)
    }

    /// A script, with its parts: `layout/work` is every `layout/work/*.js`, and after them `layout/work.js`.
    /// `None` where that last one, which starts it, is missing or blank.
    pub fn script(&self, name: &str) -> Option<String> {
        script::joined(&self.scripts, name)
    }

    /// Renders a template.
    ///
    /// # Errors
    ///
    /// `template-error` with the template's name, line and column, that of loading it where it could not be; also if the template prints a [`crate::text::Slot`]:
    /// those are for procedures, which open them after the Markdown has been parsed.
    pub fn render(&self, name: &str, values: &impl Serialize) -> Result<String, Finding> {
        let text = self.render_sealed(name, &Prepared::of(values))?;
        if seal::is_sealed(&text) {
            let message = "the template prints a worksheet value where none can be opened";
            return Err(Trouble::new(name, message).finding());
        }
        Ok(text)
    }

    /// Renders a template whose worksheet values stay sealed, for the caller to open.
    pub(crate) fn render_sealed(
        &self,
        name: &str,
        values: &Prepared<'_, impl Serialize>,
    ) -> Result<String, Finding> {
        let troubles = match &values.context {
            Ok(context) => match self.tera(name).render(name, context) {
                Ok(text) => return Ok(text),
                Err(error) => troubles(&error, name),
            },
            Err(error) => troubles(error, name),
        };
        Err(match troubles.first() {
            Some(first) => match self.unloaded.get(&first.template) {
                Some(why) => why.clone(),
                None => self.explained(first, values.values),
            },
            None => Trouble::new(name, "the template cannot be rendered").finding(),
        })
    }
}

impl Engine {
    /// The templates with the escape of this page.
    fn tera(&self, name: &str) -> &Tera {
        if is(name, "html") {
            &self.html
        } else {
            &self.markdown
        }
    }

    /// The finding of a trouble in rendering, with the name of what does not exist.
    fn explained(&self, trouble: &Trouble, values: &impl Serialize) -> Finding {
        let named = trouble.message.contains(UNDEFINED).then(|| {
            let text = self.sources.get(&trouble.template)?;
            let line = text.lines().nth(trouble.line? as usize)?;
            let values = serde_json::to_value(values).ok()?;
            near::undefined(line, trouble.column? as usize, &values)
        });
        match named.flatten() {
            Some((message, help)) => trouble.saying(message, help),
            None => trouble.finding(),
        }
    }

    /// The first name a template asks for, in any of its branches, that none of these values has and that is not its own.
    pub fn unknown(&self, name: &str, values: &[impl Serialize]) -> Option<Finding> {
        let values = serde_json::to_value(values).ok()?;
        let variables = near::fields(values.get(0)?);
        let asked = self.html.get_template_variables(name).ok()?;
        let mut unknown: Vec<&str> = asked
            .into_iter()
            .filter(|it| !variables.iter().any(|known| known == it))
            .collect();
        unknown.sort_unstable();
        let variable = unknown.into_iter().find_map(|variable| {
            let (template, line) = names::asked(&self.sources, name, variable)?;
            Some((template, line, variable, &variables))
        });
        let fields = near::all_fields(&values);
        let field = || {
            let (template, line, field) = names::strange_field(&self.sources, name, &fields)?;
            Some((template, line, field, &fields))
        };
        let (template, line, name, known) = variable.or_else(field)?;
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let help = near::help(name, &known, known.len() < near::FEW);
        let message = format!("there is no value `{name}` here");
        Some(Trouble::on(template, line).saying(message, help))
    }

    /// The templates that one is made of: itself, and what it includes, however deep.
    pub fn closure(&self, name: &str) -> Vec<&str> {
        names::closure(&self.sources, name)
    }

    /// The file and the line, from zero, in which a template or what it includes says something.
    pub fn line_of(&self, name: &str, says: impl Fn(&str) -> bool) -> Option<(&str, usize)> {
        names::line_of(&self.sources, name, says)
    }
}

/// The templates by name.
fn owned(sources: &BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    let owned = |(name, text): (&&str, &&str)| ((*name).to_owned(), (*text).to_owned());
    sources.iter().map(owned).collect()
}

fn is_template(name: &str) -> bool {
    [".md", ".html", ".txt"]
        .iter()
        .any(|suffix| name.ends_with(suffix))
}

fn new_tera() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    printed::register(&mut tera, Pen::Html);
    tera
}

/// The same templates twice: each prints what it is given as text of its kind of page. Procedures escape nothing,
/// since what they print is sealed.
fn with_escapes(tera: Tera) -> (Tera, Tera) {
    let (mut html, mut markdown) = (tera.clone(), tera);
    html.set_escape_fn(|text, page| tera::escape_html(&Pen::Html.escape(text), page));
    markdown.set_escape_fn(|text, page| page.write_all(Pen::Markdown.escape(text).as_bytes()));
    printed::register(&mut markdown, Pen::Markdown);
    let layouts = markdown
        .get_template_names()
        .filter(|name| is_markdown_layout(name));
    let layouts: Vec<String> = layouts.map(str::to_owned).collect();
    markdown.autoescape_on(layouts);
    (html, markdown)
}

fn is_markdown_layout(name: &str) -> bool {
    name.starts_with("layout/") && is(name, "md")
}

/// Whether a template's name has this ending.
fn is(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, it)| it == ending)
}

/// Puts the stub in the place of the templates in trouble; false if none of them is known.
fn stub_out(sources: &mut BTreeMap<&str, &str>, troubles: &[Trouble]) -> bool {
    let mut found = false;
    for trouble in troubles {
        if let Some(source) = sources.get_mut(trouble.template.as_str()) {
            found |= *source != STUB;
            *source = STUB;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::text::Slot;

    fn templates(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter()
            .map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
            .collect()
    }

    fn sealed(source: &str, slot: Slot) -> Result<String, Finding> {
        let (engine, findings) = Engine::load(&templates(&[("t.md", source)]));
        assert_eq!(findings, []);
        engine.render_sealed("t.md", &Prepared::of(&BTreeMap::from([("x", slot)])))
    }

    #[test]
    fn a_bad_template_does_not_cost_the_others() {
        let (engine, findings) = Engine::load(&templates(&[
            ("good.md", "fine"),
            ("syntax.md", "one\n{% if %}"),
            ("filter.md", "\n\n{{ x | nosuch }}"),
            ("include.md", "{% include \"nowhere.md\" %}"),
            ("data.toml", "{{ not a template"),
        ]));
        let places: Vec<String> = findings
            .iter()
            .filter_map(|finding| finding.place.as_ref().map(Place::short))
            .collect();
        assert_eq!(
            places,
            ["filter.md:3:8", "include.md:1:12", "syntax.md:2:7"]
        );
        let nothing = BTreeMap::<&str, &str>::new();
        assert_eq!(engine.render("good.md", &nothing).unwrap(), "fine");
        let failed = engine.render("syntax.md", &nothing).unwrap_err();
        assert_eq!(failed.place.unwrap().short(), "syntax.md:2:7");
        assert!(!engine.has("data.toml"));
    }

    #[test]
    fn an_undefined_name_is_an_error_with_its_line() {
        let failed = sealed("one\ntwo {{ y }}", Slot::text("v")).unwrap_err();
        assert_eq!(failed.place.unwrap().short(), "t.md:2:8");
        assert!(failed.message.contains('y'), "{}", failed.message);
    }

    #[test]
    fn no_expression_prints_a_slot_in_the_clear() {
        let secret = "worksheet";
        let ways = [
            "{{ x }}",
            "{{ x.sealed }}",
            "{{ [x] }}",
            "{{ x | str }}",
            "{{ x.sealed | str | upper }}",
            "{{ x | values }}",
            "{{ __tera_context }}",
            "{{ x | md }}",
            "{{ x | ps(prefix=\"a\") }}",
            "{{ x | file_name | mdcode }}",
        ];
        for way in ways {
            let text = sealed(way, Slot::text(secret)).expect(way);
            assert!(!text.contains(secret), "{way} printed {text}");
            assert!(seal::is_sealed(&text), "{way} goes unnoticed: {text}");
            let (engine, _) = Engine::load(&templates(&[("t.html", way)]));
            let values = BTreeMap::from([("x", Slot::text(secret))]);
            assert!(engine.render("t.html", &values).is_err(), "{way}");
        }
    }

    #[test]
    fn a_slot_can_be_asked_and_other_values_cannot_be_filtered() {
        let ask = "{% if x is known %}yes{% else %}no{% endif %}";
        assert_eq!(sealed(ask, Slot::text("v")).unwrap(), "yes");
        assert_eq!(sealed(ask, Slot::gap("w", "c")).unwrap(), "no");
        assert!(sealed("{{ 1 | ps }}", Slot::text("v")).is_err());
        assert!(sealed("{{ \"text\" | md }}", Slot::text("v")).is_err());
    }

    #[test]
    fn what_a_layout_prints_is_escaped_for_its_page() {
        let names = [
            "layout/a.html",
            "layout/a.md",
            "layout/a.txt",
            "procedures/a.md",
        ];
        let (engine, _) = Engine::load(&templates(&names.map(|name| (name, "{{ x }}"))));
        let values = BTreeMap::from([("x", "<b>\u{202e}*\nc")]);
        let pages = names.map(|name| engine.render(name, &values).unwrap());
        assert_eq!(pages[0], "&lt;b&gt;&lt;U+202E&gt;*\nc");
        assert_eq!(pages[1], "\\<b>\\<U+202E>\\* / c");
        assert_eq!([&pages[2], &pages[3]], ["<b>\u{202e}*\nc"; 2]);
    }

    #[test]
    fn a_filter_gives_the_markup_of_its_page() {
        let source = "{{ x | message }}";
        let (engine, _) = Engine::load(&templates(&[
            ("layout/a.html", source),
            ("layout/a.md", source),
        ]));
        let values = BTreeMap::from([("x", "<`b`*")]);
        assert_eq!(
            engine.render("layout/a.html", &values).unwrap(),
            "&lt;<code>b</code>*"
        );
        assert_eq!(engine.render("layout/a.md", &values).unwrap(), "\\<`b`\\*");
    }
}
