//! Power and cooling plant of the halls.

use angara_scenario::{EquipmentKind, Index};

use crate::columns::Draft;
use crate::facts::{WATTS_PER_KILOWATT, plant_factor, plant_kinds};

/// For every kind k of plant that the site's halls need:
///
/// Σ_{e of kind k} rating[e] · U[e,i,t] ≥ factor[k] · hall IT power[i] · (N[i,t] − standing halls)
///
/// Halls that stand at the start have their plant.
pub(crate) fn define_plant(draft: &mut Draft<'_, '_>) {
    for (site, entry) in draft.facts.scenario.sites.iter().enumerate() {
        let hall_kw = entry.hall_it_w / WATTS_PER_KILOWATT;
        let standing = f64::from(entry.halls_existing);
        for kind in plant_kinds(entry.cooling) {
            let per_hall_kw = plant_factor(draft.facts.scenario, kind) * hall_kw;
            if per_hall_kw <= 0.0 {
                continue;
            }
            for year in 0..draft.facts.years {
                let mut terms = draft.units_at(site, year, |plant| {
                    (plant.kind == kind).then_some(-plant.rating_w / WATTS_PER_KILOWATT)
                });
                terms.push((draft.columns.halls_usable[site][year as usize], per_hall_kw));
                let name = format!("{} at {} in year {year}", kind.name(), entry.id);
                draft
                    .program
                    .define(name, f64::NEG_INFINITY, per_hall_kw * standing, terms);
            }
            tighten_by_whole_machines(draft, site, kind, per_hall_kw);
        }
    }
}

/// Machines come whole: k halls need at least ⌈factor · hall IT power · k / step⌉ steps, where the step is what every
/// rating and lot of the kind is a multiple of. The lower hull of these points (k, steps), k ≥ 1, is
///
/// Σ rating[e] · U[e,i,t] ≥ slope · N[i,t] + intercept · r[i,t]
///
/// which no plan breaks and the relaxation would. Only for sites without standing halls, whose plant is not counted.
fn tighten_by_whole_machines(
    draft: &mut Draft<'_, '_>,
    site: Index,
    kind: EquipmentKind,
    per_hall_kw: f64,
) {
    let scenario = draft.facts.scenario;
    if scenario.sites[site].halls_existing > 0 {
        return;
    }
    let step_w = scenario
        .equipment
        .iter()
        .filter(|plant| plant.kind == kind)
        .map(|plant| (plant.rating_w * f64::from(plant.lot)) as u64)
        .fold(0, greatest_common_divisor);
    if step_w == 0 {
        return;
    }
    let step_kw = step_w as f64 / WATTS_PER_KILOWATT;
    let points: Vec<(f64, f64)> = (1..=draft.most_halls(site) as u32)
        .map(|halls| {
            let steps = (f64::from(halls) * per_hall_kw / step_kw - 1e-9).ceil();
            (f64::from(halls), steps * step_kw)
        })
        .collect();
    for (slope, intercept) in lower_hull(&points) {
        if intercept <= 0.0 {
            continue;
        }
        for year in 0..draft.facts.years {
            let mut terms = draft.units_at(site, year, |plant| {
                (plant.kind == kind).then_some(-plant.rating_w / WATTS_PER_KILOWATT)
            });
            terms.push((draft.columns.halls_usable[site][year as usize], slope));
            terms.push((draft.columns.ready[site][year as usize], intercept));
            let name = format!(
                "whole machines of {} at {} in year {year}",
                kind.name(),
                scenario.sites[site].id
            );
            draft.program.define(name, f64::NEG_INFINITY, 0.0, terms);
        }
    }
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// Lines (slope, intercept) of the lower convex hull of points in ascending order; the last continues level with the
/// least slope of all points from the origin where there is but one point.
fn lower_hull(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut hull: Vec<(f64, f64)> = Vec::new();
    for point in points {
        while let [.., before, last] = hull.as_slice() {
            let turns_up =
                (last.1 - before.1) * (point.0 - last.0) < (point.1 - last.1) * (last.0 - before.0);
            if turns_up {
                break;
            }
            hull.pop();
        }
        hull.push(*point);
    }
    match hull.as_slice() {
        [only] => vec![(0.0, only.1)],
        hull => hull
            .windows(2)
            .map(|pair| {
                let slope = (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0);
                (slope, pair[0].1 - slope * pair[0].0)
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_the_hull_lies_above_a_point() {
        for per_hall in [0.3, 1.15, 4.8, 2.0, 0.99] {
            let points: Vec<(f64, f64)> = (1..=12)
                .map(|halls| (f64::from(halls), (f64::from(halls) * per_hall).ceil()))
                .collect();
            for (slope, intercept) in lower_hull(&points) {
                for (halls, steps) in &points {
                    assert!(slope * halls + intercept <= steps + 1e-9);
                }
            }
        }
    }

    #[test]
    fn two_generators_for_the_first_hall_and_one_for_each_further_one() {
        let points = [(1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 5.0)];
        assert!(
            lower_hull(&points)
                .iter()
                .all(|(slope, intercept)| (*slope, *intercept) == (1.0, 1.0))
        );
    }
}
