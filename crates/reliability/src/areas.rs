//! Areas with units and load, joined by links.
//!
//! What it computes: the probability that load is lost, and the mean of what is not served, in all and by area.
//!
//! Assumptions: units and links are independent and work or not; an area serves itself first and helps by any route
//! with capacity left; as little as possible stays unserved in all.
//!
//! Valid range: up to 20 units and links that can fail.
//!
//! References: Edmonds and Karp 1972; Billinton and Allan 1996.

use crate::capacity_outage::Shortfall;
use crate::error::{ReliabilityError, probability, within};

const UNCERTAIN_MAX: usize = 20;

/// A unit or link of a capacity [MW] that is out with a probability [1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Capacity [MW].
    pub capacity: f64,
    /// Probability of being out [1].
    pub outage: f64,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Area {
    /// What it draws [MW].
    pub load: f64,
    /// What feeds it.
    pub units: Vec<Unit>,
}

/// A link that carries its capacity either way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Numbers of the areas at its ends.
    pub ends: (usize, usize),
    /// Its capacity and outage.
    pub unit: Unit,
}

/// Shortfall in all and by area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaShortfall {
    /// Of all areas together; load is lost when it is lost anywhere.
    pub whole: Shortfall,
    /// Of each area.
    pub areas: Vec<Shortfall>,
}

/// The shortfall of areas and links in one period.
///
/// # Errors
/// Probabilities outside 0 to 1, links to areas that do not exist, more than 20 units and links that can fail.
pub fn area_shortfall(areas: &[Area], links: &[Link]) -> Result<AreaShortfall, ReliabilityError> {
    let mut places: Vec<(usize, usize, Unit)> = Vec::new();
    let (source, sink) = (areas.len(), areas.len() + 1);
    for (index, area) in areas.iter().enumerate() {
        places.extend(area.units.iter().map(|unit| (source, index, *unit)));
    }
    for link in links {
        within("area", link.ends.0, 0, areas.len().saturating_sub(1))?;
        within("area", link.ends.1, 0, areas.len().saturating_sub(1))?;
        places.push((link.ends.0, link.ends.1, link.unit));
    }
    let mut uncertain = Vec::new();
    for (index, place) in places.iter().enumerate() {
        if probability("forced outage rate", place.2.outage)? > 0.0 {
            uncertain.push(index);
        }
    }
    within(
        "uncertain units and links",
        uncertain.len(),
        0,
        UNCERTAIN_MAX,
    )?;
    let mut sum = AreaShortfall {
        whole: Shortfall::default(),
        areas: vec![Shortfall::default(); areas.len()],
    };
    for mask in 0_u32..1 << uncertain.len() {
        let mut share = 1.0;
        let mut out = vec![false; places.len()];
        for (bit, index) in uncertain.iter().enumerate() {
            out[*index] = mask >> bit & 1 == 1;
            let outage = places[*index].2.outage;
            share *= if out[*index] { outage } else { 1.0 - outage };
        }
        let mut spare = vec![vec![0.0; areas.len() + 2]; areas.len() + 2];
        for ((from, to, unit), _) in places.iter().zip(&out).filter(|(_, out)| !**out) {
            spare[*from][*to] += unit.capacity;
            if *from != source {
                spare[*to][*from] += unit.capacity;
            }
        }
        for (index, area) in areas.iter().enumerate() {
            spare[index][sink] = area.load;
        }
        fill(&mut spare, source, sink);
        let missing: Vec<f64> = (0..areas.len()).map(|index| spare[index][sink]).collect();
        for (total, value) in sum.areas.iter_mut().zip(&missing) {
            add(total, share, *value);
        }
        add(&mut sum.whole, share, missing.iter().sum());
    }
    Ok(sum)
}

fn add(total: &mut Shortfall, share: f64, missing: f64) {
    // Rounding in the flow is no loss of load.
    if missing > 1e-9 {
        total.loss_of_load += share;
        total.unserved += share * missing;
    }
}

/// Shortest augmenting paths, so that an area serves itself before it helps.
fn fill(spare: &mut [Vec<f64>], source: usize, sink: usize) {
    loop {
        let mut before = vec![usize::MAX; spare.len()];
        before[source] = source;
        let mut queue = vec![source];
        let mut head = 0;
        while let Some(from) = queue.get(head).copied() {
            head += 1;
            for to in 0..spare.len() {
                if before[to] == usize::MAX && spare[from][to] > 1e-12 {
                    before[to] = from;
                    queue.push(to);
                }
            }
        }
        if before[sink] == usize::MAX {
            return;
        }
        let mut path = vec![sink];
        while path[path.len() - 1] != source {
            path.push(before[path[path.len() - 1]]);
        }
        let flow = path
            .windows(2)
            .map(|pair| spare[pair[1]][pair[0]])
            .fold(f64::INFINITY, f64::min);
        for pair in path.windows(2) {
            spare[pair[1]][pair[0]] -= flow;
            spare[pair[0]][pair[1]] += flow;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    fn unit(capacity: f64, outage: f64) -> Unit {
        Unit { capacity, outage }
    }

    #[test]
    fn r31_two_areas_and_a_link() {
        let area = |load| Area {
            load,
            units: vec![unit(15.0, 0.1)],
        };
        let link = Link {
            ends: (0, 1),
            unit: unit(8.0, 0.1),
        };
        let result = area_shortfall(&[area(8.0), area(9.0)], &[link]).unwrap();
        assert_close(result.whole.loss_of_load, 0.19, 1e-12);
        assert_close(result.whole.unserved, 0.647, 1e-12);
        for (area, unserved) in result.areas.iter().zip([0.314, 0.333]) {
            assert_close(area.loss_of_load, 0.1, 1e-12);
            assert_close(area.unserved, unserved, 1e-12);
        }
    }

    fn three_areas(link_mw: f64) -> Vec<Shortfall> {
        let loads = [
            [19.0, 20.0, 21.0, 20.0],
            [20.0, 21.0, 21.0, 22.0],
            [22.0, 21.0, 23.0, 22.0],
        ];
        let own = [
            [4.0, 3.0, 2.0, 3.0],
            [6.0, 5.0, 3.0, 4.0],
            [2.0, 1.0, 2.0, 1.0],
        ];
        (0..4)
            .map(|hour| {
                let large = if hour == 2 {
                    [15.0, 25.0]
                } else {
                    [10.0, 20.0]
                };
                let firm = [vec![10.0], vec![10.0, 10.0], large.to_vec()];
                let areas: Vec<Area> = (0..3)
                    .map(|area| Area {
                        load: loads[area][hour],
                        units: firm[area]
                            .iter()
                            .map(|capacity| unit(*capacity, 0.1))
                            .chain([unit(own[area][hour], 0.0)])
                            .collect(),
                    })
                    .collect();
                let links = [(0, 1), (0, 2), (1, 2)].map(|ends| Link {
                    ends,
                    unit: unit(link_mw, 0.0),
                });
                area_shortfall(&areas, &links).unwrap().whole
            })
            .collect()
    }

    #[test]
    fn r32_three_areas_and_three_links() {
        for (link_mw, lost, unserved) in [(8.0, 1.3756, 12.12885), (1e6, 1.17877, 11.73276)] {
            let hours = three_areas(link_mw);
            let sum = |value: fn(&Shortfall) -> f64| hours.iter().map(value).sum::<f64>();
            assert_close(sum(|hour| hour.loss_of_load), lost, 1e-4);
            assert_close(sum(|hour| hour.unserved), unserved, 1e-4);
        }
    }

    #[test]
    fn a_link_to_nowhere_is_refused() {
        let link = Link {
            ends: (0, 1),
            unit: unit(8.0, 0.1),
        };
        assert!(area_shortfall(&[Area::default()], &[link]).is_err());
    }
}
