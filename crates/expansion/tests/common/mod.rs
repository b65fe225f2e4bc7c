//! Tiny random instances and their optima by enumeration.
#![allow(dead_code, reason = "each test file uses a part")]

use angara_expansion::{
    Certificate, Instance, Level, Limits, Link, Located, Place, Position, Silent, Site, SolveError,
    Source, solve,
};
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// Few enough nodes for a test of tiny instances.
pub(crate) const LIMITS: Limits = Limits {
    gap: 0.0,
    iterations: 400,
    exchanges: 100,
    nodes: 200,
    seconds: f64::INFINITY,
};

/// A data file that does not matter.
pub(crate) fn source() -> Source {
    Source {
        file: "region.txt".into(),
        sha256: "0".repeat(64),
    }
}

pub(crate) fn plan(instance: &Instance) -> Result<Certificate, SolveError> {
    let nodes = if instance.places.len() > 10 {
        16
    } else {
        LIMITS.nodes
    };
    let limits = Limits { nodes, ..LIMITS };
    solve(instance, &limits, &|| 0.0, &mut Silent)
}

/// Up to 3 sites, 2 levels, 3 periods, 4 places; some instances have no plan.
pub(crate) fn tiny(seed: u64) -> Instance {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut below = |most: i64| (random.next_u64() % most as u64) as i64;
    let periods = 1 + below(3) as usize;
    let places: Vec<Place> = (0..2 + below(3))
        .map(|number| Place {
            name: format!("place {number}"),
            position: Position::Plane {
                x_km: 0,
                y_km: number,
            },
            demand_kw: (0..periods).map(|_| below(20)).collect(),
        })
        .collect();
    let sites = (0..2 + below(2))
        .map(|number| {
            let first = 5 + below(20);
            let second = first + 5 + below(30);
            let mut series =
                |most: i64| -> Vec<i64> { (0..periods).map(|_| below(most)).collect() };
            let level = |capacity_kw, step, running| Level {
                capacity_kw,
                step,
                running,
            };
            let levels = vec![
                level(first, series(3_000), series(400)),
                level(second, series(3_000), series(800)),
            ];
            let (opening, serving, closing) = (series(2_000), series(30), series(500));
            let mut links: Vec<Link> = (0..places.len() as u32)
                .filter(|_| below(5) > 0)
                .map(|place| Link { place, rate: 0 })
                .collect();
            for link in &mut links {
                link.rate = below(60) as u32;
            }
            links.sort_unstable();
            Site {
                name: format!("site {number}"),
                position: Position::Plane {
                    x_km: 1,
                    y_km: number,
                },
                initial: below(2) as usize,
                earliest: below(2) as usize,
                opening,
                closing: (below(2) == 0).then_some(closing),
                serving,
                levels,
                links,
            }
        })
        .collect();
    Instance {
        name: format!("tiny {seed}"),
        carriage: (0..periods).map(|t| 4 - t as i64).collect(),
        supply_kw: vec![None; periods],
        budget: vec![None; periods],
        reach: None,
        places,
        sites,
    }
}

/// Least cost of any plan by enumeration of all levels; `None` when no plan exists.
pub(crate) fn optimum(instance: &Instance) -> Option<i64> {
    let cells = instance.sites.len() * instance.periods();
    let mut levels = vec![0_usize; cells];
    let mut best: Option<i64> = None;
    // Service by period and levels of all sites is asked for many times.
    let mut known = std::collections::BTreeMap::new();
    loop {
        if let Some(cost) = cost_of(instance, &levels, &mut known) {
            best = Some(best.map_or(cost, |best| best.min(cost)));
        }
        let mut cell = 0;
        loop {
            if cell == cells {
                return best;
            }
            let site = &instance.sites[cell / instance.periods()];
            if levels[cell] < site.levels.len() {
                levels[cell] += 1;
                break;
            }
            levels[cell] = 0;
            cell += 1;
        }
    }
}

type Known = std::collections::BTreeMap<(usize, Vec<i64>), Option<i64>>;

fn cost_of(instance: &Instance, levels: &[usize], known: &mut Known) -> Option<i64> {
    let periods = instance.periods();
    let mut cost = 0;
    let (mut installed, mut spent) = (vec![0; periods], vec![0; periods]);
    for (number, site) in instance.sites.iter().enumerate() {
        let mut before = site.initial;
        for t in 0..periods {
            let level = levels[number * periods + t];
            let step = site.step(before, level, t)?;
            spent[t] += step;
            installed[t] += (site.capacity_kw(level) - site.capacity_kw(before)).max(0);
            cost += step + site.running(level, t);
            before = level;
        }
    }
    for t in 0..periods {
        if instance.supply_kw[t].is_some_and(|limit| installed[t] > limit)
            || instance.budget[t].is_some_and(|limit| spent[t] > limit)
        {
            return None;
        }
        let capacities: Vec<i64> = (0..instance.sites.len())
            .map(|i| instance.sites[i].capacity_kw(levels[i * periods + t]))
            .collect();
        let service = known
            .entry((t, capacities.clone()))
            .or_insert_with(|| service(instance, t, &capacities));
        cost += (*service)?;
    }
    Some(cost)
}

/// Least cost of service by successive shortest paths over places and sites, one Bellman-Ford search each.
fn service(instance: &Instance, t: usize, capacities: &[i64]) -> Option<i64> {
    let (sites, places) = (capacities.len(), instance.places.len());
    let mut flow = vec![vec![0_i64; places]; sites];
    let mut cost = 0;
    for start in 0..places {
        let mut open = instance.places[start].demand_kw[t];
        while open > 0 {
            // Nodes: places, then sites.
            let mut distance = vec![i64::MAX / 2; places + sites];
            let mut parent = vec![usize::MAX; places + sites];
            distance[start] = 0;
            for _ in 0..places + sites {
                for (i, site) in instance.sites.iter().enumerate() {
                    for link in &site.links {
                        let j = link.place as usize;
                        let unit = site.serving[t] + i64::from(link.rate) * instance.carriage[t];
                        if distance[j] + unit < distance[places + i] {
                            distance[places + i] = distance[j] + unit;
                            parent[places + i] = j;
                        }
                        if flow[i][j] > 0 && distance[places + i] - unit < distance[j] {
                            distance[j] = distance[places + i] - unit;
                            parent[j] = places + i;
                        }
                    }
                }
            }
            let room = |i: usize| capacities[i] - flow[i].iter().sum::<i64>();
            let end = (0..sites)
                .filter(|&i| room(i) > 0 && distance[places + i] < i64::MAX / 4)
                .min_by_key(|&i| distance[places + i])?;
            let mut path = vec![places + end];
            while let Some(&last) = path.last()
                && last != start
            {
                path.push(parent[last]);
            }
            let mut power = open.min(room(end));
            for pair in path.windows(2).filter(|pair| pair[0] < places) {
                power = power.min(flow[pair[1] - places][pair[0]]);
            }
            for pair in path.windows(2) {
                if pair[0] >= places {
                    flow[pair[0] - places][pair[1]] += power;
                } else {
                    flow[pair[1] - places][pair[0]] -= power;
                }
            }
            cost += power * distance[places + end];
            open -= power;
        }
    }
    Some(cost)
}

/// The same instance with all money doubled.
pub(crate) fn doubled(instance: &Instance) -> Instance {
    let mut twice = instance.clone();
    let double = |series: &mut Vec<i64>| series.iter_mut().for_each(|money| *money *= 2);
    for site in &mut twice.sites {
        double(&mut site.opening);
        double(&mut site.serving);
        site.closing.iter_mut().for_each(double);
        for level in &mut site.levels {
            double(&mut level.step);
            double(&mut level.running);
        }
        for link in &mut site.links {
            link.rate *= 2;
        }
    }
    for budget in &mut twice.budget {
        *budget = budget.map(|money| money * 2);
    }
    twice
}

/// Places on a grid, of falling size.
pub(crate) fn grid(count: usize) -> Vec<Located> {
    (0..count)
        .map(|number| Located {
            name: format!("Place {number}"),
            position: Position::Plane {
                x_km: 105 * (number / 7) as i64,
                y_km: 111 * (number % 7) as i64,
            },
            population: 2_000_000 / (number as u64 + 1),
        })
        .collect()
}
