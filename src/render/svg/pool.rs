//! The picture of a pool: who belongs to it, what it leans on, and what failed.

use super::{Box, Drawing, Fill, Stroke, Type, WIDTH};
use crate::packets::picture::{Mark, Node, Picture, Row};

/// Where the boxes begin; the names of the rows stand left of it.
const LEFT: f64 = 104.0;
/// How many boxes stand side by side.
const ACROSS: usize = 3;
/// The size of a box, and the room between two.
const BOX: (f64, f64) = (178.0, 42.0);
const GAP: f64 = 13.0;
/// How far the frame of the pool stands from what it holds.
const FRAME: f64 = 10.0;
/// The most characters of a box's two lines.
const NAME: usize = 25;
const NOTE: usize = 33;

/// The picture; `id` tells it from others on the page.
pub(in crate::render) fn picture(picture: &Picture, id: &str) -> String {
    let mut drawing = Drawing::default();
    let kind = Type::bold(12.0);
    drawing.text((FRAME, 17.0), kind, &picture.title, 78);
    if picture.whole {
        drawing.text(
            (WIDTH - FRAME, 17.0),
            kind.end(),
            "✕ THE WHOLE POOL FAILED",
            40,
        );
    }
    let mut y = 34.0;
    for row in picture.rows.iter().filter(|row| row.inside) {
        y = draw(&mut drawing, row, y);
    }
    let frame = Box {
        x: 2.0,
        y: 2.0,
        width: WIDTH - 4.0,
        height: y - 2.0,
    };
    let stroke = if picture.whole {
        Stroke::Heavy
    } else {
        Stroke::Thin
    };
    drawing.rectangle(frame, stroke, Fill::None);
    y += GAP;
    for row in picture.rows.iter().filter(|row| !row.inside) {
        y = draw(&mut drawing, row, y);
    }
    drawing.finish(
        id,
        y + 2.0,
        &picture.title,
        &picture.description().join(" "),
    )
}

/// Draws a row of boxes, as many lines as it takes, and returns where the next begins.
fn draw(drawing: &mut Drawing, row: &Row, top: f64) -> f64 {
    drawing.text((FRAME, top + 18.0), Type::bold(10.0), &row.title, 18);
    let mut y = top;
    for line in row.nodes.chunks(ACROSS) {
        let mut x = LEFT;
        for (index, node) in line.iter().enumerate() {
            if index > 0 && row.linked {
                let middle = y + BOX.1 / 2.0;
                drawing.line((x - GAP, middle), (x, middle), Stroke::Thin);
            }
            draw_node(drawing, node, x, y);
            x += BOX.0 + GAP;
        }
        y += BOX.1 + 8.0;
    }
    y
}

fn draw_node(drawing: &mut Drawing, node: &Node, x: f64, y: f64) {
    let at = Box {
        x,
        y,
        width: BOX.0,
        height: BOX.1,
    };
    let (stroke, fill) = match node.mark {
        Mark::Plain => (Stroke::Thin, Fill::None),
        Mark::Failed => (Stroke::Heavy, Fill::Light),
        Mark::Blank | Mark::Stranger => (Stroke::Dashed, Fill::None),
    };
    drawing.rectangle(at, stroke, fill);
    if node.mark == Mark::Failed {
        let inner = Box {
            x: x + 4.0,
            y: y + 4.0,
            width: BOX.0 - 8.0,
            height: BOX.1 - 8.0,
        };
        drawing.rectangle(inner, Stroke::Thin, Fill::None);
    }
    let name = match node.mark {
        Mark::Failed => format!("✕ {}", node.name),
        _ => node.name.clone(),
    };
    drawing.text((x + 9.0, y + 18.0), Type::bold(11.0), &name, NAME);
    drawing.text((x + 9.0, y + 32.0), Type::plain(9.5), &node.note(), NOTE);
}
