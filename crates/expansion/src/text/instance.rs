//! Instances as text.

use std::fmt::Write;

use super::lines::{ReadError, Reader, Values, error};
use crate::instance::{
    Instance, LEVELS_MAX, Level, Link, PERIODS_MAX, PLACES_MAX, Place, SITES_MAX, Site,
};

/// Links on one line.
const LINKS_PER_LINE: usize = 12;

/// The instance as text; reading it gives the same instance again.
pub fn write_instance(instance: &Instance) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_to(instance, &mut text);
    text
}

fn write_to(instance: &Instance, text: &mut String) -> std::fmt::Result {
    writeln!(text, "angara-expansion 1")?;
    writeln!(
        text,
        "# Powers in kW, money in minor units, one value per period."
    )?;
    writeln!(
        text,
        "# One kW from a site to a linked place costs serving + rate * carriage."
    )?;
    writeln!(text, "name {}", one_line(&instance.name))?;
    writeln!(text, "periods {}", instance.periods())?;
    writeln!(text, "carriage{}", numbers(&instance.carriage))?;
    writeln!(text, "supply{}", limits(&instance.supply_kw))?;
    writeln!(text, "budget{}", limits(&instance.budget))?;
    writeln!(text, "places {}", instance.places.len())?;
    for place in &instance.places {
        let name = one_line(&place.name);
        writeln!(text, "place {} {} {name}", place.latitude, place.longitude)?;
        writeln!(text, "demand{}", numbers(&place.demand_kw))?;
    }
    writeln!(text, "sites {}", instance.sites.len())?;
    for site in &instance.sites {
        let name = one_line(&site.name);
        writeln!(text, "site {} {} {name}", site.latitude, site.longitude)?;
        writeln!(text, "initial {}", site.initial)?;
        writeln!(text, "earliest {}", site.earliest)?;
        writeln!(text, "opening{}", numbers(&site.opening))?;
        match &site.closing {
            Some(closing) => writeln!(text, "closing{}", numbers(closing))?,
            None => writeln!(text, "closing never")?,
        }
        writeln!(text, "serving{}", numbers(&site.serving))?;
        writeln!(text, "levels {}", site.levels.len())?;
        for level in &site.levels {
            writeln!(text, "capacity {}", level.capacity_kw)?;
            writeln!(text, "step{}", numbers(&level.step))?;
            writeln!(text, "running{}", numbers(&level.running))?;
        }
        writeln!(text, "links {}", site.links.len())?;
        for chunk in site.links.chunks(LINKS_PER_LINE) {
            write!(text, "link")?;
            for link in chunk {
                write!(text, " {}:{}", link.place, link.rate)?;
            }
            writeln!(text)?;
        }
    }
    writeln!(text, "end")
}

pub(super) fn numbers<T: ToString>(values: &[T]) -> String {
    values.iter().fold(String::new(), |mut text, value| {
        text.push(' ');
        text.push_str(&value.to_string());
        text
    })
}

fn limits(values: &[Option<i64>]) -> String {
    let words: Vec<String> = values
        .iter()
        .map(|value| value.map_or_else(|| "-".to_owned(), |value| value.to_string()))
        .collect();
    numbers(&words)
}

/// Names keep to their line.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads an instance; what it returns has no [`Instance::findings`].
///
/// # Errors
/// The first thing that is not as expected.
pub fn read_instance(text: &str) -> Result<Instance, ReadError> {
    let mut reader = Reader::new(text)?;
    reader.named("angara-expansion")?.within(1, 1)?;
    let name = reader.named("name")?.rest.to_owned();
    let periods = reader.named("periods")?.within(1, PERIODS_MAX)?;
    let carriage = reader.named("carriage")?.series(periods)?;
    let supply_kw = reader.named("supply")?.limits(periods)?;
    let budget = reader.named("budget")?.limits(periods)?;
    let mut places = Vec::new();
    for _ in 0..reader.named("places")?.within(1, PLACES_MAX)? {
        let (latitude, longitude, name) = located(reader.named("place")?)?;
        places.push(Place {
            name,
            latitude,
            longitude,
            demand_kw: reader.named("demand")?.series(periods)?,
        });
    }
    let mut sites = Vec::new();
    for _ in 0..reader.named("sites")?.within(1, SITES_MAX)? {
        sites.push(read_site(&mut reader, periods, places.len())?);
    }
    let end = reader.named("end")?.line;
    reader.end()?;
    let instance = Instance {
        name,
        carriage,
        supply_kw,
        budget,
        places,
        sites,
    };
    match instance.findings().first() {
        None => Ok(instance),
        Some(finding) => {
            let field = format!("{}: {}", finding.subject, finding.field);
            Err(error(end, &field, &finding.value, &finding.expected))
        }
    }
}

fn read_site(reader: &mut Reader, periods: usize, places: usize) -> Result<Site, ReadError> {
    let (latitude, longitude, name) = located(reader.named("site")?)?;
    let initial = reader.named("initial")?.within(0, LEVELS_MAX)?;
    let earliest = reader.named("earliest")?.within(0, PERIODS_MAX)?;
    let opening = reader.named("opening")?.series(periods)?;
    let closing = reader.named("closing")?;
    let closing = match closing.rest {
        "never" => None,
        _ => Some(closing.series(periods)?),
    };
    let serving = reader.named("serving")?.series(periods)?;
    let mut levels = Vec::new();
    for _ in 0..reader.named("levels")?.within(1, LEVELS_MAX)? {
        levels.push(Level {
            capacity_kw: reader.named("capacity")?.number("a whole number")?,
            step: reader.named("step")?.series(periods)?,
            running: reader.named("running")?.series(periods)?,
        });
    }
    let count = reader.named("links")?.within(0, places)?;
    let mut links = Vec::new();
    while links.len() < count {
        read_links(reader.named("link")?, count, &mut links)?;
    }
    Ok(Site {
        name,
        latitude,
        longitude,
        initial,
        earliest,
        opening,
        closing,
        serving,
        levels,
        links,
    })
}

fn read_links(mut values: Values, count: usize, links: &mut Vec<Link>) -> Result<(), ReadError> {
    let expected = "place:rate";
    for _ in 0..LINKS_PER_LINE.min(count - links.len()) {
        let word = values.word(expected)?;
        let Some((place, rate)) = word.split_once(':') else {
            return Err(error(values.line, "link", word, expected));
        };
        links.push(Link {
            place: values.parse(place, expected)?,
            rate: values.parse(rate, expected)?,
        });
    }
    values.finish()
}

fn located(mut values: Values) -> Result<(f64, f64, String), ReadError> {
    let mut degrees = |most: f64, expected: &str| -> Result<f64, ReadError> {
        let word = values.word(expected)?;
        let number: f64 = values.parse(word, expected)?;
        if (-most..=most).contains(&number) {
            Ok(number)
        } else {
            Err(error(values.line, "coordinate", word, expected))
        }
    };
    let latitude = degrees(90.0, "a latitude from -90 to 90")?;
    let longitude = degrees(180.0, "a longitude from -180 to 180")?;
    let mut name = Vec::new();
    while let Ok(word) = values.word("") {
        name.push(word);
    }
    Ok((latitude, longitude, name.join(" ")))
}
