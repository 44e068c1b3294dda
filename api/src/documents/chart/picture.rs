//! A chart as a picture of points (PNG), for documents that want one; with the fonts that travel in the program.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::super::Error;
use super::Chart;

/// Points for each unit of the drawing: 720 units fill a page, so print has some 250 an inch.
const POINTS: u16 = 3;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in typst_assets::fonts() {
        fonts.load_font_data(font.to_vec());
    }
    Arc::new(fonts)
});

impl Chart {
    /// The picture's bytes.
    pub(in super::super) fn png(&self) -> Result<Vec<u8>, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::Picture(error.to_string());
        let options = Options {
            fontdb: Arc::clone(&FONTS),
            ..Options::default()
        };
        let tree = Tree::from_str(&self.svg, &options).map_err(|error| failed(&error))?;
        let size = tree.size().to_int_size();
        let points = u32::from(POINTS);
        let map = Pixmap::new(size.width() * points, size.height() * points);
        let mut map = map.ok_or_else(|| failed(&"it has no size"))?;
        map.fill(Color::WHITE);
        let larger = Transform::from_scale(POINTS.into(), POINTS.into());
        resvg::render(&tree, larger, &mut map.as_mut());
        map.encode_png().map_err(|error| failed(&error))
    }
}
