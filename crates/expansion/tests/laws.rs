//! Laws that hold for every instance, and what the checker refuses.

mod common;

use angara_expansion::{
    Certificate, Instance, Limits, Observer, Progress, Recipe, check, generate, solve,
    write_certificate,
};
use common::{LIMITS, doubled, grid, optimum, plan, source, tiny};

fn region() -> Instance {
    generate(
        &grid(40),
        &Recipe {
            seed: 7,
            places: 40,
            sites: 8,
            periods: 4,
            reach_km: 900,
            supply: None,
        },
    )
}

#[test]
fn doubling_all_money_doubles_bound_and_cost_and_changes_no_decision() {
    let mut seen = 0;
    for instance in (0..30).map(tiny).chain([region()]) {
        let Ok(once) = plan(&instance) else { continue };
        let twice = plan(&doubled(&instance)).expect("a plan exists");
        assert_eq!(once.plan.levels, twice.plan.levels, "{}", instance.name);
        assert_eq!(2 * once.cost, twice.cost);
        // The bound is rounded up to whole minor units.
        assert!(
            (2 * once.bound - twice.bound).abs() <= 1,
            "{}",
            instance.name
        );
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let instance = region();
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let answer = pool.expect("threads").install(|| plan(&instance));
        write_certificate(&source(), &answer.expect("a plan exists"))
    };
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(8));
}

#[test]
fn supply_limits_are_kept_and_cost_more() {
    let mut recipe = Recipe {
        seed: 3,
        places: 40,
        sites: 8,
        periods: 4,
        reach_km: 900,
        supply: None,
    };
    let free = plan(&generate(&grid(40), &recipe)).expect("a plan exists");
    recipe.supply = Some(1.3);
    let instance = generate(&grid(40), &recipe);
    let limited = plan(&instance).expect("a plan exists");
    check(&instance, &limited).expect("a certificate holds");
    assert!(limited.cost > free.bound);
}

#[test]
fn an_interrupted_solver_returns_a_plan_with_its_proof() {
    struct Impatient(usize);
    impl Observer for Impatient {
        fn proceed(&mut self, _: &Progress) -> bool {
            self.0 -= usize::from(self.0 > 0);
            self.0 > 0
        }
    }
    let instance = region();
    for patience in [1, 5, 50] {
        let answer = solve(&instance, &LIMITS, &|| 0.0, &mut Impatient(patience));
        check(&instance, &answer.expect("a plan exists")).expect("a certificate holds");
    }
    let limits = Limits {
        seconds: 0.0,
        ..LIMITS
    };
    let late = solve(&instance, &limits, &|| 0.0, &mut Impatient(1_000)).expect("a plan exists");
    check(&instance, &late).expect("a certificate holds");
}

#[test]
fn a_gap_that_is_good_enough_ends_the_work() {
    let instance = region();
    let limits = Limits {
        gap: 0.05,
        ..LIMITS
    };
    let certificate = solve(&instance, &limits, &|| 0.0, &mut angara_expansion::Silent);
    let certificate = certificate.expect("a plan exists");
    assert!(certificate.gap() <= 0.05);
    assert_eq!(certificate.tree.len(), 1);
}

fn refused(tamper: impl FnOnce(&mut Certificate), reason: &str) {
    let instance = region();
    let limits = Limits { nodes: 9, ..LIMITS };
    let mut certificate =
        solve(&instance, &limits, &|| 0.0, &mut angara_expansion::Silent).expect("a plan exists");
    check(&instance, &certificate).expect("a certificate holds");
    tamper(&mut certificate);
    let refusal = check(&instance, &certificate).expect_err("tampered").0;
    assert!(refusal.contains(reason), "{refusal}");
}

#[test]
fn the_checker_refuses_claims_that_are_not_so() {
    refused(|c| c.cost -= 1, "claimed cost");
    refused(|c| c.bound += 1, "claimed bound");
    refused(|c| c.scale = 0, "scale");
    refused(|c| c.scale *= 2, "claimed bound");
}

#[test]
fn the_checker_refuses_plans_that_break_a_constraint() {
    refused(|c| c.plan.flows.truncate(3), "served");
    refused(|c| c.plan.flows[0].power_kw = Some(1 << 40), "capacity");
    refused(|c| c.plan.flows[0].power_kw = Some(-5), "out of range");
    refused(|c| c.plan.flows[0].period = 99, "out of range");
    refused(
        |c| c.plan.levels.iter_mut().for_each(|path| path.fill(0)),
        "capacity",
    );
    refused(|c| c.plan.levels[0][0] = 99, "no level");
    refused(|c| drop(c.plan.levels.pop()), "levels");
    let falls = |c: &mut Certificate| {
        let open = c.plan.levels.iter_mut().find(|path| path[0] > 0);
        open.expect("a site is open")[1] = 0;
    };
    refused(falls, "step");
}

#[test]
fn the_checker_refuses_cuts_that_are_none() {
    use angara_expansion::Cut;
    let add = |c: &mut Certificate, period, hall_kw, price| {
        c.cuts.push(Cut { period, hall_kw });
        for set in &mut c.multipliers {
            set.cuts.push(price);
        }
    };
    refused(|c| add(c, 99, 500, 1), "cut of period 99");
    refused(|c| add(c, 0, 0, 1), "hall 0: out of range");
    refused(|c| add(c, 0, 500, -1), "negative price");
    refused(|c| add(c, 0, 500, 1 << 50), "claimed bound");
    refused(|c| c.multipliers[0].cuts.push(1), "wrong number");
}

#[test]
fn cuts_raise_the_bound_and_never_above_the_optimum() {
    let halls = |instance: &mut Instance| {
        for site in &mut instance.sites {
            site.levels[0].capacity_kw = 8;
            site.levels[1].capacity_kw = 16;
        }
    };
    let mut priced = 0;
    for seed in 0..60 {
        let mut instance = tiny(seed);
        halls(&mut instance);
        let limits = Limits { nodes: 1, ..LIMITS };
        let answer = solve(&instance, &limits, &|| 0.0, &mut angara_expansion::Silent);
        let (Ok(certificate), Some(optimum)) = (answer, optimum(&instance)) else {
            continue;
        };
        assert!(certificate.bound <= optimum && optimum <= certificate.cost);
        let worth = |set: &angara_expansion::Multipliers| set.cuts.iter().any(|&price| price > 0);
        priced += usize::from(certificate.multipliers.iter().any(worth));
    }
    assert!(priced > 5, "{priced}");
}

#[test]
fn the_checker_refuses_proofs_with_holes() {
    use angara_expansion::Node;
    refused(|c| c.multipliers[0].supply[0] = 1, "without a limit");
    refused(|c| c.multipliers[0].supply[0] = -1, "negative price");
    refused(|c| drop(c.multipliers[0].demand.pop()), "wrong number");
    refused(|c| c.multipliers[0].demand[0][0] = i64::MAX, "2^56");
    refused(|c| c.tree.clear(), "no node");
    refused(
        |c| c.tree[0] = Node::Leaf { multipliers: 99 },
        "no multipliers",
    );
    let branch = |low, high| Node::Branch {
        site: 0,
        period: 0,
        level: 0,
        low,
        high,
    };
    refused(|c| c.tree[0] = branch(0, 0), "malformed");
    refused(
        |c| {
            c.tree = vec![
                branch(1, 1),
                branch(2, 2),
                branch(3, 3),
                Node::Leaf { multipliers: 0 },
            ];
        },
        "two parents",
    );
    refused(|c| c.tree[0] = branch(1, u32::MAX), "no node 4294967295");
}
