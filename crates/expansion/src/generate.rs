//! What it computes: expansion instances from real places, reproducible from a seed.
//!
//! Assumptions: demand follows population and grows by a rate of its own per place; candidate sites are places drawn
//! by the square root of population; distance on the sphere stands for latency and carriage; a place out of every
//! limit may use its two nearest sites. Each site's largest level holds at least what lies nearest to it, so a plan
//! always exists when supply and budget are not limited.
//!
//! Valid range: figures are plausible orders of magnitude, not calibrated; money is in thousandths of a cent.
//!
//! References: Jena, Cordeau, Gendron (2015), section 6, for how such instances are built.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::instance::{Instance, Level, Link, Place, Site};

/// A real place.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Name.
    pub name: String,
    /// Latitude [°].
    pub latitude: f64,
    /// Longitude [°].
    pub longitude: f64,
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
    pub reach_km: f64,
    /// Newly installed capacity allowed by period, as a share of what demand newly needs; `None` is no limit \[1\].
    pub supply: Option<f64>,
}

/// Money units in a dollar.
const DOLLAR: f64 = 100_000.0;
/// Halls of a site.
const HALLS: u64 = 8;
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
    let chosen = choose_sites(&order, recipe);
    let links = links(&order, &chosen, recipe);
    let nearest = nearest_demand(&places, &links);
    let carriage: Vec<i64> = (0..recipe.periods)
        .map(|t| (1_000.0 * discount(t)).round() as i64)
        .collect();
    let sites: Vec<Site> = chosen
        .iter()
        .zip(links)
        .zip(nearest)
        .enumerate()
        .map(|(number, ((&place, links), nearest))| {
            site(order[place], number, links, nearest, recipe)
        })
        .collect();
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
        places,
        sites,
    }
}

/// Draws of one entity, the same whatever else is drawn.
struct Draws(ChaCha8Rng);

impl Draws {
    fn new(seed: u64, entity: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(entity);
        Self(random)
    }

    /// Uniform from `low` to `high`.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }
}

/// Value now of a dollar in year `t`, at 8 % a year.
fn discount(t: usize) -> f64 {
    (0..t).fold(1.0, |value, _| value / 1.08)
}

fn place(located: &Located, number: usize, recipe: &Recipe) -> Place {
    let mut draws = Draws::new(recipe.seed, number as u64);
    let per_head_kw = draws.between(0.006, 0.014);
    let growth = draws.between(1.03, 1.15);
    let mut demand = located.population as f64 * per_head_kw;
    let demand_kw = (0..recipe.periods)
        .map(|_| {
            let now = demand;
            demand *= growth;
            (now.round() as i64).max(1)
        })
        .collect();
    Place {
        name: located.name.clone(),
        latitude: located.latitude,
        longitude: located.longitude,
        demand_kw,
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

/// Links by site, sorted; a place out of reach gets its two nearest sites.
fn links(order: &[&Located], chosen: &[usize], recipe: &Recipe) -> Vec<Vec<Link>> {
    let mut links = vec![Vec::new(); chosen.len()];
    for (number, located) in order.iter().enumerate() {
        let mut near: Vec<(f64, usize)> = chosen
            .iter()
            .enumerate()
            .map(|(site, &place)| (distance_km(located, order[place]), site))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let reached = near
            .partition_point(|(km, _)| *km <= recipe.reach_km)
            .max(2);
        for &(km, site) in near.iter().take(reached) {
            // 0.3 dollars per kilowatt, kilometre and year; carriage adds the factor 1000.
            let rate = (0.3 * km * DOLLAR / 1_000.0).round() as u32;
            links[site].push(Link {
                rate,
                place: number as u32,
            });
        }
    }
    for list in &mut links {
        list.sort_unstable();
    }
    links
}

fn distance_km(a: &Located, b: &Located) -> f64 {
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half = |angle: f64| libm::sin(angle / 2.0) * libm::sin(angle / 2.0);
    let chord = half(lat_b - lat_a)
        + libm::cos(lat_a) * libm::cos(lat_b) * half((b.longitude - a.longitude).to_radians());
    2.0 * EARTH_KM * libm::asin(chord.sqrt().min(1.0))
}

/// Largest demand over periods of the places nearest to each site [kW].
fn nearest_demand(places: &[Place], links: &[Vec<Link>]) -> Vec<i64> {
    let mut nearest = vec![(u32::MAX, 0); places.len()];
    for (site, list) in links.iter().enumerate() {
        for link in list {
            let known = &mut nearest[link.place as usize];
            if link.rate < known.0 {
                *known = (link.rate, site);
            }
        }
    }
    let mut demand = vec![0; links.len()];
    for (place, (_, site)) in places.iter().zip(nearest) {
        demand[site] += place.demand_kw.iter().copied().max().unwrap_or(0);
    }
    demand
}

fn site(located: &Located, number: usize, links: Vec<Link>, nearest: i64, recipe: &Recipe) -> Site {
    let mut draws = Draws::new(recipe.seed, 2 << 40 | number as u64);
    let opening = draws.between(15e6, 45e6);
    let hall = draws.between(7_500.0, 10_500.0);
    let energy = draws.between(380.0, 780.0);
    let largest = nearest as f64 * draws.between(1.2, 3.0);
    // Halls of whole 500 kW; the largest level holds what lies nearest.
    let largest = (largest / 500.0).ceil().max(2.0 * HALLS as f64) as u64 * 500;
    let mut below = 0;
    let levels = (1..=HALLS)
        .map(|halls| {
            let capacity_kw = ((largest * halls / HALLS).div_ceil(500) * 500) as i64;
            let added = (capacity_kw - below) as f64;
            below = capacity_kw;
            // Each doubling of a site makes its halls about 4 % cheaper.
            let scale = libm::pow(capacity_kw as f64 / 10_000.0, -0.06);
            let money = |dollars: f64| -> Vec<i64> {
                (0..recipe.periods)
                    .map(|t| (dollars * discount(t) * DOLLAR).round() as i64)
                    .collect()
            };
            Level {
                capacity_kw,
                step: money(added * hall * scale),
                running: money(1.5e6 + 160.0 * capacity_kw as f64 * scale),
            }
        })
        .collect();
    Site {
        name: located.name.clone(),
        latitude: located.latitude,
        longitude: located.longitude,
        initial: 0,
        earliest: 0,
        opening: (0..recipe.periods)
            .map(|t| (opening * discount(t) * DOLLAR).round() as i64)
            .collect(),
        closing: None,
        serving: (0..recipe.periods)
            .map(|t| (energy * discount(t) * DOLLAR).round() as i64)
            .collect(),
        levels,
        links,
    }
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
