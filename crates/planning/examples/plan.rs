//! Plans a scenario folder to a gap and proves a bound: `plan FOLDER GAP NODES CASES`, for measuring.

#![expect(clippy::print_stdout, reason = "an example tells what it measured")]

use std::path::Path;
use std::time::Instant;

use angara_network::Routes;
use angara_planning::{Effort, PlanningInput, SiteFactors, bound_by, solve};

/// Factors of a temperate site; the study measures its own.
const TEMPERATE: SiteFactors = SiteFactors {
    mean_pue: 1.2,
    peak_pue: 1.4,
    water_m3_per_it_kwh: 0.0005,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments
        .next()
        .ok_or("usage: plan FOLDER [GAP] [NODES] [CASES]")?;
    let scenario = angara_scenario::load(Path::new(&folder))
        .scenario
        .ok_or("the scenario has findings: see `angara check`")?;
    let routes = Routes::new(&scenario);
    let sites = vec![TEMPERATE; scenario.sites.len()];
    let own = Effort::of(&scenario);
    let effort = Effort {
        gap: arguments.next().map_or(Ok(own.gap), |text| text.parse())?,
        node_limit: arguments
            .next()
            .map_or(Ok(own.node_limit), |text| text.parse())?,
        cases: arguments
            .next()
            .map_or(Ok(own.cases), |text| text.parse())?,
    };
    let input = PlanningInput {
        scenario: &scenario,
        routes: &routes,
        sites: &sites,
        repairs: &[],
        effort,
    };
    let started = Instant::now();
    let solution = solve(&input)?;
    println!(
        "cost {:.0}, bound {:.0}, gap {:.4} %, proven {}, {:.1} s",
        solution.objective,
        solution.bound,
        solution.gap * 100.0,
        solution.proven,
        started.elapsed().as_secs_f64()
    );
    println!(
        "certified {:.0} by {} cases",
        bound_by(&input, &solution.certificate)?,
        solution.certificate.cases.len()
    );
    Ok(())
}
