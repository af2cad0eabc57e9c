//! The look of a workbook: few styles, each readable in black and white.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use super::book::{MONO, SANS};
use super::measure::Type;

/// A cell format, and what the text in it is set in.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) format: Format,
    /// Size and face, for measuring.
    pub(super) kind: Type,
}

/// The styles of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    /// The title of a sheet.
    pub(super) title: Style,
    /// A line under the title.
    pub(super) subtitle: Style,
    /// A banner: a procedure, a part of the packet.
    pub(super) banner: Style,
    /// A smaller heading under a banner.
    pub(super) section: Style,
    /// Running text without a box.
    pub(super) prose: Style,
    /// The head of a table.
    pub(super) head: Style,
    /// The name of a fact.
    pub(super) label: Style,
    /// An ordinary cell.
    pub(super) cell: Style,
    /// An ordinary cell whose text is bold.
    pub(super) strong: Style,
    /// A number or short code in the middle of its cell.
    pub(super) centre: Style,
    /// A cell with a link.
    pub(super) link: Style,
    /// A command.
    pub(super) code: Style,
    /// A command withheld, and anything else that must shout.
    pub(super) gap: Style,
    /// A step after which nothing can be taken back.
    pub(super) caution: Style,
    /// The number of such a step.
    pub(super) caution_number: Style,
    /// A fact that no worksheet gives: ruled, hatched, to be filled in by hand.
    pub(super) blank: Style,
    /// A cell to fill in.
    pub(super) fill: Style,
    /// A cell for a time of day.
    pub(super) time: Style,
    /// A cell for a date.
    pub(super) date: Style,
    /// A cell for a date with a time of day.
    pub(super) moment: Style,
    /// A cell for what a step came to.
    pub(super) result: Style,
    /// The sum of such numbers.
    pub(super) total: Style,
    /// A number that is counted.
    pub(super) count: Style,
    /// A strip that is shown on screen only.
    pub(super) strip: Style,
    /// A command in such a strip.
    pub(super) strip_code: Style,
}

const INK: Color = Color::RGB(0x0022_2B36);
const RULE: Color = Color::RGB(0x0080_8A94);
const SHADE: Color = Color::RGB(0x00E6_EAEE);
const PAPER: Color = Color::RGB(0x00FF_FBE6);
const ALARM: Color = Color::RGB(0x00B0_0020);
const ALARM_SHADE: Color = Color::RGB(0x00FD_E7EA);
const LINK: Color = Color::RGB(0x001F_4E9E);

/// The number the format has for the family of faces whose characters are equally wide.
const MODERN: u8 = 3;

impl Styles {
    /// The styles, on a base of this size in points.
    pub(super) fn new(size: f64) -> Self {
        let text = Style::sans(size);
        let boxed = text.clone().boxed();
        let code = Style::mono(size).boxed();
        let fill = boxed
            .clone()
            .with(|f| f.set_background_color(PAPER).set_unlocked());
        let caution = boxed
            .clone()
            .bold()
            .with(|f| f.set_border(FormatBorder::Double).set_border_color(ALARM));
        Self {
            title: Style::sans(size + 6.0).bold(),
            subtitle: text.clone(),
            banner: Style::sans(size + 1.0)
                .bold()
                .with(|f| f.set_background_color(INK).set_font_color(Color::White)),
            section: Style::sans(size).bold().with(|f| {
                f.set_background_color(SHADE)
                    .set_border_bottom(FormatBorder::Thin)
            }),
            prose: text,
            head: boxed.clone().bold().with(|f| {
                f.set_background_color(SHADE)
                    .set_border_bottom(FormatBorder::Medium)
                    .set_align(FormatAlign::VerticalCenter)
            }),
            label: boxed.clone().bold(),
            strong: boxed.clone().bold(),
            centre: boxed
                .clone()
                .bold()
                .with(|f| f.set_align(FormatAlign::Center)),
            link: boxed.clone().with(|f| {
                f.set_font_color(LINK)
                    .set_underline(rust_xlsxwriter::FormatUnderline::Single)
            }),
            gap: boxed.clone().bold().with(|f| {
                f.set_border(FormatBorder::Thick)
                    .set_border_color(ALARM)
                    .set_background_color(ALARM_SHADE)
            }),
            caution_number: caution.clone().with(|f| f.set_align(FormatAlign::Center)),
            caution,
            blank: boxed.clone().with(|f| {
                f.set_pattern(FormatPattern::Gray0625)
                    .set_border_bottom(FormatBorder::Medium)
                    .set_unlocked()
            }),
            time: fill.clone().with(|f| f.set_num_format("hh:mm")),
            date: fill
                .clone()
                .with(|f| f.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left)),
            moment: fill.clone().with(|f| {
                f.set_num_format("yyyy-mm-dd hh:mm")
                    .set_align(FormatAlign::Left)
            }),
            result: fill.clone().bold(),
            total: boxed.clone().bold().with(|f| {
                f.set_num_format("0")
                    .set_align(FormatAlign::Right)
                    .set_indent(1)
            }),
            count: boxed.clone().with(|f| {
                f.set_num_format("0")
                    .set_align(FormatAlign::Right)
                    .set_indent(1)
            }),
            fill,
            strip: Style::sans(size)
                .with(|f| f.set_border(FormatBorder::Dashed).set_border_color(RULE)),
            strip_code: Style::mono(size)
                .with(|f| f.set_border(FormatBorder::Dashed).set_border_color(RULE)),
            cell: boxed,
            code,
        }
    }
}

impl Style {
    /// Running text of this size.
    fn sans(size: f64) -> Self {
        Self::of(SANS, size, false)
    }

    /// Typewriter text of this size; the family makes a program that lacks the face take another of its kind.
    fn mono(size: f64) -> Self {
        Self::of(MONO, size, true).with(|f| f.set_font_family(MODERN))
    }

    fn of(face: &str, size: f64, mono: bool) -> Self {
        Self {
            format: Format::new()
                .set_font_name(face)
                .set_font_size(size)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            kind: Type {
                size,
                mono,
                bold: false,
            },
        }
    }

    fn bold(mut self) -> Self {
        self.kind.bold = true;
        self.with(Format::set_bold)
    }

    fn boxed(self) -> Self {
        self.with(|f| f.set_border(FormatBorder::Thin).set_border_color(RULE))
    }

    fn with(mut self, change: impl FnOnce(Format) -> Format) -> Self {
        self.format = change(self.format);
        self
    }
}
