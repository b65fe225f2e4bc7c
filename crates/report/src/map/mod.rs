//! The map: sites, places, links, who serves whom in the last year. Our own lines on our own projection;
//! nothing is fetched.

mod clip;
mod ground;
mod labels;
mod marks;
mod projection;
mod region;
mod sheet;
mod strokes;

use askama::Template;

use crate::ReportError;
use crate::chart::coordinate;
use crate::fleet::Fleet;
use crate::format::{SPACE, number};
use crate::run::Run;
use ground::Ground;
use labels::Placed;
use marks::{Disc, Marks};
use region::Region;
use sheet::Sheet;
use strokes::Stroke;

struct Label {
    x: String,
    y: String,
    anchor: &'static str,
    class: &'static str,
    text: String,
}

/// The map in one size.
#[derive(Template)]
#[template(path = "map.html")]
struct Drawing {
    class: &'static str,
    label: String,
    width: u32,
    height: u32,
    ground: Ground,
    links: Vec<Stroke>,
    services: Vec<Stroke>,
    places: Vec<Disc>,
    sites: Vec<Disc>,
    labels: Vec<Label>,
    bar_x: String,
    bar_end: String,
    bar_middle: String,
    bar_y: String,
    bar_text_y: String,
    bar_text: String,
}

impl askama::filters::HtmlSafe for Drawing {}

/// The map in both sizes with its legend.
#[derive(Template)]
#[template(path = "map_figure.html")]
pub(crate) struct Map {
    year: i32,
    wide: Drawing,
    narrow: Drawing,
    has_links: bool,
    source: &'static str,
}

impl askama::filters::HtmlSafe for Map {}

/// The map of a run. Errors: a table is not as it should be.
pub(crate) fn map(run: &Run, fleet: &Fleet) -> Result<Map, ReportError> {
    let region = region::region(run, fleet)?;
    let draw = |class, width, height| draw(&region, class, width, height);
    Ok(Map {
        year: fleet.last_year,
        wide: draw("wide", 1072, 600),
        narrow: draw("narrow", 358, 400),
        has_links: !region.links.is_empty(),
        source: angara_catalog::OUTLINES_SOURCE,
    })
}

fn draw(region: &Region<'_>, class: &'static str, width: u32, height: u32) -> Drawing {
    let size = (f64::from(width), f64::from(height));
    let sheet = Sheet::around(region, class == "wide", size.0, size.1);
    let marks = Marks::of(region, &sheet);
    let labels = labels::place(&marks.wishes, &marks.taken, size.0, size.1);
    let bar_km = round_length(size.0 * 0.2 / sheet.frame.pixels_per_km());
    let bar_end = size.0 - 16.0;
    let bar_start = bar_end - bar_km * sheet.frame.pixels_per_km();
    Drawing {
        class,
        label: "Map of sites, places, links and who serves whom".to_owned(),
        width,
        height,
        ground: Ground::of(&sheet.projection, &sheet.frame),
        links: strokes::links(region, &sheet),
        services: strokes::servings(region, &sheet),
        places: marks.places,
        sites: marks.sites,
        labels: labels.into_iter().map(label).collect(),
        bar_x: coordinate(bar_start),
        bar_end: coordinate(bar_end),
        bar_middle: coordinate(f64::midpoint(bar_start, bar_end)),
        bar_y: coordinate(size.1 - 12.0),
        bar_text_y: coordinate(size.1 - 17.0),
        bar_text: format!("{}{SPACE}km", number(bar_km, 0)),
    }
}

fn label(placed: Placed) -> Label {
    Label {
        x: coordinate(placed.x),
        y: coordinate(placed.y),
        anchor: placed.anchor,
        class: placed.class,
        text: placed.text,
    }
}

/// The largest of 1, 2, 5, 10, ... that is not above a length.
fn round_length(length: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= length {
        power *= 10.0;
    }
    [5.0, 2.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|round| *round <= length)
        .unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::round_length;

    #[test]
    fn the_scale_bar_has_a_round_length() {
        assert_eq!(round_length(740.0), 500.0);
        assert_eq!(round_length(10.0), 10.0);
        assert_eq!(round_length(39.0), 20.0);
    }
}
