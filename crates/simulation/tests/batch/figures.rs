//! Figures of whole logs against those of an independent program, to every digit it gives.

use angara_simulation::batch::QueuePolicy::{Easy, Fcfs};
use angara_simulation::batch::{Overrun, QueuePolicy, SkipReason};

use crate::logs;

const KILL: Overrun = Overrun::Kill;
const EXTEND: Overrun = Overrun::Extend;

/// Policy, overrun, makespan [s], utilisation, mean wait [s], mean bounded slowdown.
type Row = (
    QueuePolicy,
    Overrun,
    i64,
    &'static str,
    &'static str,
    &'static str,
);

fn figures_are_as_expected(name: &str, jobs: usize, rows: &[Row]) {
    let Some((log, processors)) = logs::log(name) else {
        return;
    };
    for &(policy, overrun, makespan_s, utilisation, wait, slowdown) in rows {
        let (figures, found) = logs::figures(&log, processors, policy, overrun);
        let what = format!("{name} {} {overrun:?}", policy.name());
        assert_eq!(figures.jobs, jobs, "{what}");
        assert_eq!(found.skipped.len(), log.len() - jobs, "{what}");
        assert_eq!(found.skipped_for(SkipReason::LargerThanMachine), 0);
        assert_eq!(figures.makespan_s, makespan_s, "{what}");
        assert_eq!(format!("{:.5}", figures.utilisation), utilisation, "{what}");
        assert_eq!(format!("{:.2}", figures.mean_wait_s), wait, "{what}");
        let digits = slowdown.len() - slowdown.find('.').expect("a fraction") - 1;
        assert_eq!(
            format!("{:.digits$}", figures.mean_bounded_slowdown),
            slowdown,
            "{what}"
        );
    }
}

#[test]
fn figures_of_kth_are_those_of_the_reference() {
    figures_are_as_expected(
        "KTH-SP2-1996-2-raw",
        28_481,
        &[
            (
                Fcfs,
                EXTEND,
                29_381_344,
                "0.68908",
                "389900.70",
                "7510.7310",
            ),
            (Fcfs, KILL, 29_381_344, "0.68701", "354002.32", "6818.5853"),
            (Easy, EXTEND, 29_363_626, "0.68950", "6855.46", "90.8155"),
            (Easy, KILL, 29_363_626, "0.68743", "6887.65", "92.7882"),
        ],
    );
}

#[test]
fn longest_waits_and_slowdowns_per_processor_are_those_of_the_reference() {
    let rows = [
        ("KTH-SP2-1996-2-raw", Fcfs, EXTEND, 1_018_341, "4189.1047"),
        ("KTH-SP2-1996-2-raw", Fcfs, KILL, 946_685, "3800.3684"),
        ("KTH-SP2-1996-2-raw", Easy, EXTEND, 262_194, "29.8288"),
        ("KTH-SP2-1996-2-raw", Easy, KILL, 262_194, "30.7837"),
        ("NASA-iPSC-1993-3.1-cln", Fcfs, EXTEND, 23_753, "1.0037"),
        ("NASA-iPSC-1993-3.1-cln", Easy, EXTEND, 23_753, "1.0002"),
    ];
    for (name, policy, overrun, longest_s, slowdown) in rows {
        let Some((log, processors)) = logs::log(name) else {
            continue;
        };
        let (figures, _) = logs::figures(&log, processors, policy, overrun);
        assert_eq!(figures.longest_wait_s, longest_s);
        let ours = figures.mean_bounded_slowdown_per_processor;
        assert_eq!(format!("{ours:.4}"), slowdown);
    }
}

#[test]
fn figures_of_nasa_are_those_of_the_reference() {
    figures_are_as_expected(
        "NASA-iPSC-1993-3.1-cln",
        18_066,
        &[
            (Fcfs, EXTEND, 7_949_022, "0.46609", "8.08", "1.0262"),
            (Fcfs, KILL, 7_949_022, "0.46609", "8.08", "1.0262"),
            (Easy, EXTEND, 7_949_022, "0.46609", "4.07", "1.0119"),
            (Easy, KILL, 7_949_022, "0.46609", "4.07", "1.0119"),
        ],
    );
}

#[test]
fn figures_of_blue_horizon_are_those_of_the_reference() {
    figures_are_as_expected(
        "SDSC-BLUE-2000-4.2-cln",
        232_536,
        &[
            (
                Fcfs,
                EXTEND,
                86_673_275,
                "0.74765",
                "379345.05",
                "3428.2696",
            ),
            (Easy, EXTEND, 84_289_735, "0.76880", "7756.73", "36.1679"),
            (Easy, KILL, 84_289_577, "0.76614", "7792.55", "37.5670"),
        ],
    );
}

#[test]
fn figures_of_hpc2n_are_those_of_the_reference() {
    figures_are_as_expected(
        "HPC2N-2002-2.1-cln",
        202_876,
        &[
            (Fcfs, EXTEND, 109_598_927, "0.59974", "16702.05", "209.1940"),
            (Easy, EXTEND, 109_598_927, "0.59974", "11259.15", "88.1720"),
            (Easy, KILL, 109_598_927, "0.59652", "11259.83", "90.1011"),
        ],
    );
}

#[test]
fn figures_of_atlas_are_those_of_the_reference() {
    figures_are_as_expected(
        "LLNL-Atlas-2006-2.1-cln",
        36_600,
        &[
            (Fcfs, EXTEND, 16_671_553, "0.70454", "73.89", "4.4802"),
            (Easy, EXTEND, 16_671_553, "0.70454", "28.01", "1.9845"),
        ],
    );
}

#[test]
fn figures_of_lublin_are_those_of_the_reference() {
    figures_are_as_expected(
        "lublin_256",
        10_000,
        &[
            (
                Fcfs,
                EXTEND,
                12_482_549,
                "0.65491",
                "2388443.76",
                "66502.48",
            ),
            (Easy, EXTEND, 8_730_698, "0.93634", "97155.99", "590.0538"),
        ],
    );
}
