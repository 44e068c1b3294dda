//! A drawing in whole numbers.

use std::fmt::Write;

use super::super::xml::escaped;

/// The face of the documents, and what stands for it where it is missing.
const FONT: &str = "'Libertinus Serif', Georgia, serif";

/// The colour of words.
pub(super) const INK: &str = "#1A1A1A";

/// The colour of lines that only guide.
const GUIDE: &str = "#BFBFBF";

/// A place: from the left, and from above.
pub(super) type At = (i64, i64);

/// Where a text stands to its place.
#[derive(Clone, Copy)]
pub(super) enum Side {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

impl Side {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A line as it is drawn.
#[derive(Clone, Copy)]
pub(super) struct Stroke {
    pub(super) colour: &'static str,
    /// Tenths of a point.
    pub(super) width: i64,
    /// Dashes and gaps; none of a whole line.
    pub(super) dash: &'static str,
}

/// A drawing.
pub(super) struct Svg {
    width: i64,
    height: i64,
    inner: String,
}

impl Svg {
    pub(super) fn new(width: i64, height: i64) -> Self {
        Self {
            width,
            height,
            inner: String::new(),
        }
    }

    pub(super) const fn size(&self) -> At {
        (self.width, self.height)
    }

    /// A thin line that guides the eye.
    pub(super) fn guide(&mut self, from: At, to: At) {
        let stroke = Stroke {
            colour: GUIDE,
            width: 7,
            dash: "",
        };
        self.line(&[from, to], stroke);
    }

    /// A line through places.
    pub(super) fn line(&mut self, through: &[At], stroke: Stroke) {
        let points: Vec<String> = through.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let Stroke {
            colour,
            width,
            dash,
        } = stroke;
        let dash = if dash.is_empty() {
            String::new()
        } else {
            format!(" stroke-dasharray=\"{dash}\"")
        };
        let _ = write!(
            self.inner,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}.{}\"{dash}/>",
            points.join(" "),
            width / 10,
            width % 10,
        );
    }

    /// A box from its upper left corner, with its width and height.
    pub(super) fn filled(&mut self, (x, y): At, (width, height): At, fill: &str) {
        let _ = write!(
            self.inner,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        );
    }

    /// A box with an edge.
    pub(super) fn edged(&mut self, (x, y): At, (width, height): At, fill: &str, stroke: Stroke) {
        let Stroke { colour, dash, .. } = stroke;
        let _ = write!(
            self.inner,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-dasharray=\"{}\"/>",
            if dash.is_empty() { "none" } else { dash }
        );
    }

    /// A box of slanted lines: there is no value. Drawn as lines, since not every reader knows patterns.
    pub(super) fn hatched(&mut self, at: At, size: At) {
        let ((x, y), (width, height)) = (at, size);
        let stroke = Stroke {
            colour: "#7F7F7F",
            width: 7,
            dash: "",
        };
        self.edged(at, size, "#FFFFFF", stroke);
        let mut start = 8;
        while start < width + height {
            let from = (x + start.min(width), y + (start - width).max(0));
            let to = (x + (start - height).max(0), y + start.min(height));
            self.line(&[from, to], stroke);
            start += 8;
        }
    }

    /// What follows is drawn in another unit, of so many thousandths of the drawing's, and begins at a place.
    pub(super) fn begin_scaled(&mut self, (x, y): At, thousandths: i64) {
        let unit = thousandths.max(1);
        // Lines of half a point, and slanted lines where there is no value, whatever the unit.
        let (line, gap) = (500 / unit, 5000 / unit);
        let id = format!("none-{unit}");
        let _ = write!(
            self.inner,
            "<defs><pattern id=\"{id}\" patternUnits=\"userSpaceOnUse\" width=\"{gap}\" height=\"{gap}\" patternTransform=\"rotate(45)\"><rect width=\"{gap}\" height=\"{gap}\" fill=\"#FFFFFF\"/><rect width=\"{}\" height=\"{gap}\" fill=\"#7F7F7F\"/></pattern></defs><g transform=\"translate({x} {y}) scale({}.{:03})\" stroke=\"#7F7F7F\" stroke-width=\"{line}\" stroke-linejoin=\"round\" fill=\"url(#{id})\">",
            gap / 5,
            unit / 1000,
            unit % 1000,
        );
    }

    /// The end of what is drawn in another unit.
    pub(super) fn end_scaled(&mut self) {
        self.inner.push_str("</g>");
    }

    /// An area by its outlines; hatched where it has no colour. Within another unit alone.
    pub(super) fn area(&mut self, path: &str, fill: Option<&str>) {
        let fill = fill.map_or_else(String::new, |fill| format!(" fill=\"{fill}\""));
        let _ = write!(self.inner, "<path d=\"{path}\"{fill}/>");
    }

    /// A dot.
    pub(super) fn dot(&mut self, (x, y): At, radius: i64, fill: &str) {
        let _ = write!(
            self.inner,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>"
        );
    }

    /// A square on its corner.
    pub(super) fn diamond(&mut self, (x, y): At, half: i64, fill: &str) {
        let _ = write!(
            self.inner,
            "<polygon points=\"{x},{} {},{y} {x},{} {},{y}\" fill=\"{fill}\" stroke=\"#FFFFFF\"/>",
            y - half,
            x + half,
            y + half,
            x - half,
        );
    }

    /// A text.
    pub(super) fn label(&mut self, at: At, side: Side, words: &str) {
        self.words(at, side, (words, 13, INK));
    }

    /// A text in a size and a colour.
    pub(super) fn words(&mut self, (x, y): At, side: Side, (words, size, fill): (&str, i64, &str)) {
        let _ = write!(
            self.inner,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{}\" font-size=\"{size}\" fill=\"{fill}\">{}</text>",
            side.word(),
            escaped(words)
        );
    }

    /// The whole drawing, with its title and its description for readers of screens.
    pub(super) fn finished(self, title: &str, description: &str) -> String {
        let Self {
            width,
            height,
            inner,
        } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONT}\" font-size=\"13\" role=\"img\"><title>{}</title><desc>{}</desc>{inner}</svg>",
            escaped(title),
            escaped(description)
        )
    }
}

/// The beginning of a text, with a mark where more of it was.
pub(super) fn shortened(words: &str, letters: usize) -> String {
    if words.chars().count() <= letters {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(letters.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A text on lines of at most so many letters, and at most so many lines.
pub(super) fn wrapped(words: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= letters => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| shortened(line, letters)).collect()
}
