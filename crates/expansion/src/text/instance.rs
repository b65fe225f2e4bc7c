//! Instances as text.

use std::fmt::Write;

use super::lines::{ReadError, Reader, Stop, Values, numbers};
use super::series::{money, power};
use crate::instance::{
    CELLS_MAX, Instance, LEVELS_MAX, Level, Link, PERIODS_MAX, PLACES_MAX, Place, Position,
    SITES_MAX, Site,
};
use crate::reach::{KM_MAX, PAIRS_MAX, Reach};

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
    // A rule is written only where it says what the lists say.
    let reach = instance.reach.filter(|reach| {
        let by_rule = reach.links(&instance.places, &instance.sites);
        by_rule.is_some_and(|links| links.iter().eq(instance.sites.iter().map(|s| &s.links)))
    });
    writeln!(text, "angara-expansion 1")?;
    text.push_str(
        "# Powers in kW, money in minor units, one value per period.\n\
         # ~V: V * carriage[t] / carriage[0], rounded down. V^G: begins with V, next = now + now * G / 1000, rounded down.\n\
         # One kW from a site to a linked place costs serving + rate * carriage.\n",
    );
    writeln!(text, "name {}", one_line(&instance.name))?;
    writeln!(text, "periods {}", instance.periods())?;
    writeln!(text, "carriage{}", numbers(&instance.carriage))?;
    writeln!(text, "supply{}", limits(&instance.supply_kw))?;
    writeln!(text, "budget{}", limits(&instance.budget))?;
    match reach {
        None => writeln!(text, "reach listed")?,
        Some(reach) => {
            text.push_str(
                "# Positions are x and y in km; a distance is the root of dx * dx + dy * dy, rounded down. Linked are sites\n\
                 # within the first number, and in any case as many nearest as the third says; the rate is the distance\n\
                 # times the second.\n",
            );
            let Reach {
                distance_km,
                rate_per_km,
                least,
            } = reach;
            writeln!(text, "reach {distance_km} {rate_per_km} {least}")?;
        }
    }
    writeln!(text, "places {}", instance.places.len())?;
    for place in &instance.places {
        writeln!(text, "place {}", located(place.position, &place.name))?;
        writeln!(text, "demand{}", power(&place.demand_kw))?;
    }
    writeln!(text, "sites {}", instance.sites.len())?;
    for site in &instance.sites {
        write_site(site, &instance.carriage, reach.is_none(), text)?;
    }
    writeln!(text, "end")
}

fn write_site(site: &Site, carriage: &[i64], links: bool, text: &mut String) -> std::fmt::Result {
    writeln!(text, "site {}", located(site.position, &site.name))?;
    writeln!(text, "initial {}", site.initial)?;
    writeln!(text, "earliest {}", site.earliest)?;
    writeln!(text, "opening{}", money(&site.opening, carriage))?;
    match &site.closing {
        Some(closing) => writeln!(text, "closing{}", money(closing, carriage))?,
        None => writeln!(text, "closing never")?,
    }
    writeln!(text, "serving{}", money(&site.serving, carriage))?;
    writeln!(text, "levels {}", site.levels.len())?;
    for level in &site.levels {
        writeln!(text, "capacity {}", level.capacity_kw)?;
        writeln!(text, "step{}", money(&level.step, carriage))?;
        writeln!(text, "running{}", money(&level.running, carriage))?;
    }
    if links {
        writeln!(text, "links {}", site.links.len())?;
        for chunk in site.links.chunks(LINKS_PER_LINE) {
            write!(text, "link")?;
            for link in chunk {
                write!(text, " {}:{}", link.place, link.rate)?;
            }
            writeln!(text)?;
        }
    }
    Ok(())
}

fn located(position: Position, name: &str) -> String {
    let position = match position {
        Position::Degrees {
            latitude,
            longitude,
        } => format!("{latitude:?}° {longitude:?}°"),
        Position::Plane { x_km, y_km } => format!("{x_km} {y_km}"),
    };
    format!("{position} {}", one_line(name))
        .trim_end()
        .to_owned()
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
/// Everything that is not as expected, up to the first line that makes no sense.
pub fn read_instance(text: &str) -> Result<Instance, Vec<ReadError>> {
    Reader::read(text, read)
}

fn read(reader: &mut Reader) -> Result<Instance, Stop> {
    reader.count("angara-expansion", 1, 1)?;
    let name = reader.named("name")?.rest.to_owned();
    let periods = reader.count("periods", 1, PERIODS_MAX)?;
    let carriage: Vec<i64> = reader.series("carriage", periods)?;
    let supply_kw = reader.limits("supply", periods)?;
    let budget = reader.limits("budget", periods)?;
    let reach = read_reach(reader)?;
    let mut places = Vec::new();
    for _ in 0..reader.count("places", 1, PLACES_MAX.min(CELLS_MAX / periods))? {
        let values = reader.named("place")?;
        let (position, name) = read_located(reader, values)?;
        places.push(Place {
            name,
            position,
            demand_kw: reader.power("demand", periods)?,
        });
    }
    let pairs = if reach.is_some() {
        PAIRS_MAX
    } else {
        usize::MAX
    };
    let most = SITES_MAX.min(pairs / places.len());
    let mut sites = Vec::new();
    let mut cells = 0;
    for _ in 0..reader.count("sites", 1, most)? {
        let site = read_site(reader, &carriage, reach.is_none().then_some(places.len()))?;
        cells += periods * site.levels.len();
        sites.push(site);
        if cells > CELLS_MAX {
            let expected = format!("at most {CELLS_MAX} levels times periods");
            let _ = reader.note(1, "sites", &cells.to_string(), &expected);
            return Err(Stop);
        }
    }
    reader.end()?;
    let mut instance = Instance {
        name,
        carriage,
        supply_kw,
        budget,
        reach,
        places,
        sites,
    };
    if reader.sound() {
        link(reader, &mut instance)?;
        for finding in instance.findings() {
            let field = format!("{}: {}", finding.subject, finding.field);
            reader.note(1, &field, &finding.value, &finding.expected)?;
        }
    }
    Ok(instance)
}

/// Links by rule, where there is one.
fn link(reader: &mut Reader, instance: &mut Instance) -> Result<(), Stop> {
    let Some(reach) = instance.reach else {
        return Ok(());
    };
    let Some(links) = reach.links(&instance.places, &instance.sites) else {
        let value = format!("{} {}", reach.distance_km, reach.rate_per_km);
        let expected = format!("positions in whole km up to {KM_MAX} and rates below 2^32");
        let _ = reader.note(1, "reach", &value, &expected);
        return Err(Stop);
    };
    for (site, links) in instance.sites.iter_mut().zip(links) {
        site.links = links;
    }
    Ok(())
}

fn read_reach(reader: &mut Reader) -> Result<Option<Reach>, Stop> {
    let mut values = reader.named("reach")?;
    if values.rest == "listed" {
        return Ok(None);
    }
    let expected = "`listed`, or distance [km], rate per km, least number of sites, none below 0";
    let reach = Reach {
        distance_km: reader.number(&mut values, expected)?,
        rate_per_km: reader.number(&mut values, expected)?,
        least: reader.number(&mut values, expected)?,
    };
    if reach.distance_km < 0 || reach.rate_per_km < 0 {
        reader.note(values.line, "reach", values.rest, expected)?;
    }
    reader.finish(values)?;
    Ok(Some(reach))
}

fn read_site(reader: &mut Reader, carriage: &[i64], linked: Option<usize>) -> Result<Site, Stop> {
    let values = reader.named("site")?;
    let (position, name) = read_located(reader, values)?;
    let initial = reader.count("initial", 0, LEVELS_MAX)?;
    let earliest = reader.count("earliest", 0, PERIODS_MAX)?;
    let opening = reader.money("opening", carriage)?;
    let closing = read_closing(reader, carriage)?;
    let serving = reader.money("serving", carriage)?;
    let mut levels = Vec::new();
    for _ in 0..reader.count("levels", 1, LEVELS_MAX)? {
        levels.push(Level {
            capacity_kw: reader.single("capacity")?,
            step: reader.money("step", carriage)?,
            running: reader.money("running", carriage)?,
        });
    }
    let mut links = Vec::new();
    if let Some(places) = linked {
        let count = reader.count("links", 0, places)?;
        while links.len() < count {
            let values = reader.named("link")?;
            read_links(reader, values, count, &mut links)?;
        }
    }
    Ok(Site {
        name,
        position,
        initial,
        earliest,
        opening,
        closing,
        serving,
        levels,
        links,
    })
}

fn read_closing(reader: &mut Reader, carriage: &[i64]) -> Result<Option<Vec<i64>>, Stop> {
    let values = reader.named("closing")?;
    if values.rest == "never" {
        return Ok(None);
    }
    reader.money_of(values, carriage).map(Some)
}

fn read_links<'t>(
    reader: &mut Reader<'t>,
    mut values: Values<'t>,
    count: usize,
    links: &mut Vec<Link>,
) -> Result<(), Stop> {
    let expected = "place:rate";
    for _ in 0..LINKS_PER_LINE.min(count - links.len()) {
        let word = values.word().unwrap_or("");
        let (place, rate) = word.split_once(':').unwrap_or((word, ""));
        links.push(Link {
            place: reader.parse(&values, place, expected)?,
            rate: reader.parse(&values, rate, expected)?,
        });
    }
    reader.finish(values)
}

fn read_located<'t>(
    reader: &mut Reader<'t>,
    mut values: Values<'t>,
) -> Result<(Position, String), Stop> {
    let (first, second) = (values.word().unwrap_or(""), values.word().unwrap_or(""));
    let angles = first.strip_suffix('°').zip(second.strip_suffix('°'));
    let position = if let Some((latitude, longitude)) = angles {
        let north = "a latitude from -90° to 90°";
        let east = "a longitude from -180° to 180°";
        Position::Degrees {
            latitude: degrees(reader, &values, latitude, 90.0, north)?,
            longitude: degrees(reader, &values, longitude, 180.0, east)?,
        }
    } else {
        let expected = "x and y in whole km, or latitude and longitude with `°`";
        Position::Plane {
            x_km: reader.parse(&values, first, expected)?,
            y_km: reader.parse(&values, second, expected)?,
        }
    };
    let mut name = Vec::new();
    while let Some(word) = values.word() {
        name.push(word);
    }
    Ok((position, name.join(" ")))
}

fn degrees(
    reader: &mut Reader,
    values: &Values,
    word: &str,
    most: f64,
    expected: &str,
) -> Result<f64, Stop> {
    let number: f64 = word.parse().unwrap_or(f64::NAN);
    if !(-most..=most).contains(&number) {
        reader.note(values.line, "coordinate", word, expected)?;
    }
    Ok(number)
}
