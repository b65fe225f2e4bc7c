//! The textbook model in `HiGHS`: a binary per site, a share per pair, `x <= y` for each pair.

use angara_siting::instance::{Facilities, Medians};
use angara_siting::table::CostTable;
use highs::{HighsModelStatus, RowProblem, Sense};

use crate::clock::cpu_s;

/// What the textbook model came to.
pub(crate) struct Textbook {
    optimal: bool,
    value: f64,
    cpu_s: f64,
}

impl Textbook {
    /// Status, value, CPU seconds and how many times ours that is, in words.
    pub(crate) fn beside(&self, ours_s: f64) -> String {
        let word = if self.optimal { "optimal" } else { "limit" };
        let times = self.cpu_s / ours_s.max(0.001);
        let at_least = if self.optimal { "" } else { "over " };
        format!(
            "{word} {:.3} in {:.2} s, {at_least}{times:.0} times ours",
            self.value, self.cpu_s
        )
    }
}

/// The p-median model.
pub(crate) fn median(medians: &Medians, open: usize, limit_s: f64) -> Textbook {
    let table = medians.table.as_ref();
    model(
        table,
        &vec![0; table.sites()],
        Some(open),
        None,
        1.0,
        limit_s,
    )
}

/// The facility model, with capacities or without.
pub(crate) fn facilities(
    facilities: &Facilities,
    capacities: Option<&[i64]>,
    limit_s: f64,
) -> Textbook {
    let capacities = capacities.map(|capacities| (capacities, &facilities.demands[..]));
    model(
        &facilities.costs,
        &facilities.opening,
        None,
        capacities,
        facilities.scale,
        limit_s,
    )
}

fn model(
    table: &dyn CostTable,
    opening: &[i64],
    count: Option<usize>,
    capacities: Option<(&[i64], &[i64])>,
    scale: f64,
    limit_s: f64,
) -> Textbook {
    let start = cpu_s();
    let mut problem = RowProblem::default();
    let sites: Vec<_> = opening
        .iter()
        .map(|&cost| problem.add_integer_column(cost as f64 / scale, 0..=1))
        .collect();
    if let Some(count) = count {
        let row: Vec<_> = sites.iter().map(|&site| (site, 1.0)).collect();
        problem.add_row(count as f64..=count as f64, row);
    }
    let mut loads: Vec<Vec<(highs::Col, f64)>> = vec![Vec::new(); sites.len()];
    for client in 0..table.clients() {
        let mut row = Vec::new();
        for (number, &site) in sites.iter().enumerate() {
            let share = problem.add_column(table.cost(client, number) as f64 / scale, 0..=1);
            row.push((share, 1.0));
            problem.add_row(..=0.0, [(share, 1.0), (site, -1.0)]);
            if let Some((_, demands)) = capacities {
                loads[number].push((share, demands[client] as f64));
            }
        }
        problem.add_row(1.0..=1.0, row);
    }
    if let Some((capacities, _)) = capacities {
        for (number, mut load) in loads.into_iter().enumerate() {
            load.push((sites[number], -(capacities[number] as f64)));
            problem.add_row(..=0.0, load);
        }
    }
    let mut model = problem.optimise(Sense::Minimise);
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("time_limit", limit_s);
    let solved = model.solve();
    let seconds = cpu_s() - start;
    Textbook {
        optimal: solved.status() == HighsModelStatus::Optimal,
        value: solved.objective_value(),
        cpu_s: seconds,
    }
}
