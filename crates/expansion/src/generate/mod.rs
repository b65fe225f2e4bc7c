//! What it computes: expansion instances from places, reproducible from a seed.
//!
//! Assumptions: demand follows population and grows by a rate of its own per place; candidate sites are places drawn
//! by the square root of population; distance stands for latency and carriage; a place out of every limit may use its
//! two nearest sites. Halls come in standard sizes, each twice the next smaller; a site has halls of one size. Each
//! site's largest level holds at least what lies nearest to it, so a plan always exists when supply and budget are not
//! limited.
//!
//! Valid range: figures are plausible orders of magnitude, not calibrated; money is in hundredths of a cent. Where
//! places lie on a plane, everything is given by rules in whole numbers (see [`crate::Reach`]).
//!
//! References: Jena, Cordeau, Gendron (2015), section 6, for how such instances are built.

mod draws;
mod scatter;

use crate::instance::{Instance, Level, Link, Place, Position, Site};
use crate::reach::Reach;
use crate::text::{growing, weighted};
use draws::Draws;
pub use scatter::scatter;

/// Where people live.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Name.
    pub name: String,
    /// Where it lies.
    pub position: Position,
    /// Inhabitants.
    pub population: u64,
}

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recipe {
    /// Seed of all draws.
    pub seed: u64,
    /// Number of places, the most populous ones of the list.
    pub places: usize,
    /// Number of candidate sites.
    pub sites: usize,
    /// Number of periods (years).
    pub periods: usize,
    /// Longest distance served [km].
    pub reach_km: i64,
    /// Newly installed capacity allowed by period, as a share of what demand newly needs; `None` is no limit \[1\].
    pub supply: Option<f64>,
}

/// Money units in a dollar.
const DOLLAR: f64 = 10_000.0;
/// Carriage of a kilowatt over a kilometre for a year: 0.3 dollars, of which `carriage` holds a factor of 1,000.
const RATE_PER_KM: i64 = 3;
/// Sites that may serve a place however far they are.
const LEAST: usize = 2;
/// Most halls of a site.
const HALLS: i64 = 32;
/// Smallest hall [kW].
const HALL_KW: i64 = 500;
/// Mean radius of the Earth [km].
const EARTH_KM: f64 = 6_371.0;

/// Builds the instance of a recipe from a list of places.
pub fn generate(located: &[Located], recipe: &Recipe) -> Instance {
    let mut order: Vec<&Located> = located
        .iter()
        .filter(|place| place.population > 0)
        .collect();
    order.sort_by(|a, b| b.population.cmp(&a.population).then(a.name.cmp(&b.name)));
    order.truncate(recipe.places);
    let places: Vec<Place> = order
        .iter()
        .enumerate()
        .map(|(number, located)| place(located, number, recipe))
        .collect();
    let carriage: Vec<i64> = (0..recipe.periods)
        .map(|t| (1_000.0 * discount(t)).round() as i64)
        .collect();
    let mut sites: Vec<Site> = choose_sites(&order, recipe)
        .into_iter()
        .map(|place| bare(order[place], recipe))
        .collect();
    let reach = Reach {
        distance_km: recipe.reach_km,
        rate_per_km: RATE_PER_KM,
        least: LEAST,
    };
    let by_rule = reach.links(&places, &sites);
    let reach = by_rule.is_some().then_some(reach);
    let links = by_rule.unwrap_or_else(|| links_on_globe(&places, &sites, recipe));
    for (site, links) in sites.iter_mut().zip(links) {
        site.links = links;
    }
    let nearest = nearest_demand(&places, &sites);
    for (number, (site, nearest)) in sites.iter_mut().zip(nearest).enumerate() {
        furnish(site, number, nearest, &carriage, recipe);
    }
    let supply_kw = supply(&places, recipe);
    Instance {
        name: format!(
            "generated seed {} places {} sites {} periods {}",
            recipe.seed,
            places.len(),
            sites.len(),
            recipe.periods
        ),
        carriage,
        supply_kw,
        budget: vec![None; recipe.periods],
        reach,
        places,
        sites,
    }
}

/// Value now of a dollar in year `t`, at 8 % a year.
fn discount(t: usize) -> f64 {
    (0..t).fold(1.0, |value, _| value / 1.08)
}

fn place(located: &Located, number: usize, recipe: &Recipe) -> Place {
    let mut draws = Draws::new(recipe.seed, number as u64);
    let per_head_kw = draws.between(0.006, 0.014);
    let growth = draws.between(30.0, 150.0).round() as i64;
    let first = ((located.population as f64 * per_head_kw).round() as i64).max(1);
    Place {
        name: located.name.clone(),
        position: located.position,
        // Populations are far below what could overflow.
        demand_kw: growing(first, growth, recipe.periods).unwrap_or_default(),
    }
}

/// Weighted draw without replacement: the largest of log(uniform) / weight.
fn choose_sites(order: &[&Located], recipe: &Recipe) -> Vec<usize> {
    let mut keys: Vec<(f64, usize)> = order
        .iter()
        .enumerate()
        .map(|(number, located)| {
            let mut draws = Draws::new(recipe.seed, 1 << 40 | number as u64);
            let weight = (located.population as f64).sqrt();
            (libm::log(draws.between(1e-12, 1.0)) / weight, number)
        })
        .collect();
    keys.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    keys.truncate(recipe.sites);
    let mut chosen: Vec<usize> = keys.into_iter().map(|(_, number)| number).collect();
    chosen.sort_unstable();
    chosen
}

/// A site without links and levels.
fn bare(located: &Located, recipe: &Recipe) -> Site {
    Site {
        name: located.name.clone(),
        position: located.position,
        initial: 0,
        earliest: 0,
        opening: vec![0; recipe.periods],
        closing: None,
        serving: vec![0; recipe.periods],
        levels: Vec::new(),
        links: Vec::new(),
    }
}

/// Links by site, sorted, by whole kilometres on the sphere; a place out of reach gets its nearest sites.
fn links_on_globe(places: &[Place], sites: &[Site], recipe: &Recipe) -> Vec<Vec<Link>> {
    let mut links = vec![Vec::new(); sites.len()];
    for (number, place) in places.iter().enumerate() {
        let mut near: Vec<(i64, usize)> = sites
            .iter()
            .enumerate()
            .map(|(site, to)| (distance_km(place.position, to.position), site))
            .collect();
        near.sort_unstable();
        let reached = near.partition_point(|(km, _)| *km <= recipe.reach_km);
        for &(km, site) in near.iter().take(reached.max(LEAST)) {
            links[site].push(Link {
                rate: (km * RATE_PER_KM) as u32,
                place: number as u32,
            });
        }
    }
    for list in &mut links {
        list.sort_unstable();
    }
    links
}

/// Whole kilometres of the great circle; 0 between positions that are not on the globe.
fn distance_km(a: Position, b: Position) -> i64 {
    let radians = |position: Position| match position {
        Position::Degrees {
            latitude,
            longitude,
        } => (latitude.to_radians(), longitude.to_radians()),
        Position::Plane { .. } => (0.0, 0.0),
    };
    let ((lat_a, lon_a), (lat_b, lon_b)) = (radians(a), radians(b));
    let half = |angle: f64| libm::sin(angle / 2.0) * libm::sin(angle / 2.0);
    let chord = half(lat_b - lat_a) + libm::cos(lat_a) * libm::cos(lat_b) * half(lon_b - lon_a);
    (2.0 * EARTH_KM * libm::asin(chord.sqrt().min(1.0))).floor() as i64
}

/// Largest demand over periods of the places nearest to each site [kW].
fn nearest_demand(places: &[Place], sites: &[Site]) -> Vec<i64> {
    let mut nearest = vec![(u32::MAX, 0); places.len()];
    for (number, site) in sites.iter().enumerate() {
        for link in &site.links {
            let known = &mut nearest[link.place as usize];
            if link.rate < known.0 {
                *known = (link.rate, number);
            }
        }
    }
    let mut demand = vec![0; sites.len()];
    for (place, (_, site)) in places.iter().zip(nearest) {
        demand[site] += place.demand_kw.iter().copied().max().unwrap_or(0);
    }
    demand
}

/// Gives a site its costs and halls.
fn furnish(site: &mut Site, number: usize, nearest: i64, carriage: &[i64], recipe: &Recipe) {
    let mut draws = Draws::new(recipe.seed, 2 << 40 | number as u64);
    let opening = draws.between(15e6, 45e6);
    let hall_per_kw = draws.between(7_500.0, 10_500.0);
    let energy = draws.between(380.0, 780.0);
    let largest = ((nearest as f64 * draws.between(1.2, 3.0)).ceil() as i64).max(2 * HALL_KW);
    // The smallest standard hall of which few enough hold the largest level.
    let mut hall_kw = HALL_KW;
    while hall_kw * HALLS < largest {
        hall_kw *= 2;
    }
    // Costs are far below what could overflow.
    let money =
        |dollars: f64| weighted((dollars * DOLLAR).round() as i64, carriage).unwrap_or_default();
    site.opening = money(opening);
    site.serving = money(energy);
    site.levels = (1..=(largest + hall_kw - 1) / hall_kw)
        .map(|halls| {
            let capacity_kw = hall_kw * halls;
            // Each doubling of a site makes its halls about 4 % cheaper.
            let scale = libm::pow(capacity_kw as f64 / 10_000.0, -0.06);
            Level {
                capacity_kw,
                step: money(hall_kw as f64 * hall_per_kw * scale),
                running: money(1.5e6 + 160.0 * capacity_kw as f64 * scale),
            }
        })
        .collect();
}

fn supply(places: &[Place], recipe: &Recipe) -> Vec<Option<i64>> {
    let total = |t: usize| -> f64 { places.iter().map(|place| place.demand_kw[t] as f64).sum() };
    (0..recipe.periods)
        .map(|t| {
            recipe.supply.map(|share| {
                let before = if t == 0 { 0.0 } else { total(t - 1) };
                (share * (total(t) - before)).ceil() as i64
            })
        })
        .collect()
}
