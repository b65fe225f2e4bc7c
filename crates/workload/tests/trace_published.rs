//! Counts and figures of published traces, as computed by independent programs.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod support;

use angara_series::Severity;
use angara_workload::trace::{
    ChartQuantity, Detail, Limits, TaskIds, TraceSummary, UNKNOWN_MS, inspect, read,
};
use support::{shared, shared_trace};

/// Asserts that a value equals a published one to its last digit.
#[track_caller]
fn agrees(value: f64, published: f64, half_of_last_digit: f64) {
    let difference = (value - published).abs();
    assert!(
        difference <= half_of_last_digit,
        "{value} differs from {published}"
    );
}

#[test]
fn surf_week_has_its_tasks_fragments_and_span() {
    let Some((trace, findings)) = shared_trace("surf-week") else {
        return;
    };
    assert_eq!(trace.tasks.len(), 6_295);
    assert_eq!(trace.fragments.len(), 2_323_475);
    assert_eq!(findings.count(Severity::Note), 0);
    let TaskIds::Numbers(ids) = &trace.tasks.id else {
        panic!("ids are numbers");
    };
    assert_eq!(ids[0], 2_133_099);
    assert_eq!(trace.tasks.submission_ms[0], 1_665_093_600_000);
    assert_eq!(trace.tasks.memory_bytes[0], 100_000_000);
    assert!(trace.tasks.cpu_milli.iter().all(|milli| *milli == 16_000));
    for task in 0..trace.tasks.len() {
        assert_eq!(trace.run_ms(task), trace.tasks.known_duration_ms(task));
    }
    let summary = TraceSummary::of(&trace);
    let (first_ms, last_ms) = summary.range_ms.unwrap();
    assert_eq!(last_ms - first_ms, 604_800_000);
    assert_eq!(summary.quantity, ChartQuantity::DemandMegahertz);
}

#[test]
fn surf_week_is_found_from_either_of_its_files() {
    let limits = Limits::default();
    for name in ["surf-week/tasks.parquet", "surf-week/fragments.parquet"] {
        let Some(path) = shared(name) else {
            return;
        };
        let (summary, _) = inspect(&[path], &limits).unwrap();
        assert_eq!((summary.tasks, summary.fragments), (6_295, 2_323_475));
    }
}

#[test]
fn bitbrains_july_is_read_from_the_archive_as_it_is() {
    let Some((trace, findings)) = shared_trace("bitbrains-gwa-t-12-rnd-2013-07/rnd_2013-7.tar.zst")
    else {
        return;
    };
    assert_eq!(trace.tasks.len(), 500);
    assert_eq!(trace.fragments.len(), 3_890_450);
    let summary = TraceSummary::of(&trace);
    assert_eq!(summary.cores, 1_450.0);
    agrees(summary.memory_bytes as f64 / 1_024.0 / 1e6, 4_608.7, 0.05);
    agrees(trace.utilisation.unwrap() * 100.0, 8.7393, 5e-5);
    agrees(trace.measure("memory utilisation").unwrap(), 5.0949, 5e-5);
    agrees(trace.measure("mean disk read").unwrap(), 138.77, 5e-3);
    agrees(trace.measure("mean disk write").unwrap(), 111.64, 5e-3);
    agrees(trace.measure("mean network received").unwrap(), 48.39, 5e-3);
    agrees(
        trace.measure("mean network transmitted").unwrap(),
        60.65,
        5e-3,
    );
    // July 2013: the time stamps are seconds, whatever the header says.
    let (first_ms, last_ms) = summary.range_ms.unwrap();
    assert_eq!(first_ms, 1_372_629_804_000);
    assert!((last_ms - first_ms) / 86_400_000 == 30);
    assert_eq!(findings.count(Severity::Note), 2);
}

#[test]
fn planetlab_days_reproduce_the_published_table() {
    for (day, machines, mean, deviation) in [
        ("20110303", 1_052, 12.31, 17.09),
        ("20110309", 1_061, 10.70, 15.57),
        ("20110325", 1_078, 10.56, 14.14),
        ("20110409", 1_358, 11.12, 15.09),
        ("20110412", 1_054, 11.54, 15.15),
    ] {
        let Some((trace, _)) = shared_trace(&format!("planetlab-2011/{day}.tar.zst")) else {
            return;
        };
        assert_eq!(trace.tasks.len(), machines);
        assert_eq!(trace.fragments.len(), machines * 288);
        agrees(trace.measure("mean utilisation").unwrap(), mean, 5.1e-3);
        agrees(
            trace.measure("standard deviation").unwrap(),
            deviation,
            5.1e-3,
        );
    }
}

#[test]
fn batch_logs_have_their_jobs_and_recorded_figures() {
    // Jobs of the log, jobs that ran, processors, recorded utilisation, mean run, mean processors, mean wait.
    let logs = [
        (
            "KTH-SP2-1996-2-raw",
            28_489,
            28_481,
            100,
            0.6895,
            8_879.0,
            7.669,
            15_385.3,
        ),
        (
            "SDSC-BLUE-2000-4.2-cln",
            243_306,
            232_536,
            1_152,
            0.7688,
            4_240.0,
            41.274,
            31_170.4,
        ),
        (
            "HPC2N-2002-2.1-cln",
            202_876,
            202_876,
            240,
            0.5997,
            17_025.0,
            6.358,
            54_111.6,
        ),
        (
            "LLNL-Atlas-2006-2.1-cln",
            43_778,
            36_600,
            9_216,
            0.7043,
            6_010.5,
            449.598,
            -1.0,
        ),
        (
            "NASA-iPSC-1993-3.1-cln",
            18_239,
            18_066,
            128,
            0.4661,
            772.2,
            16.807,
            -1.0,
        ),
    ];
    for (name, jobs, ran, processors, utilisation, run_s, mean_processors, wait_s) in logs {
        let Some((trace, _)) = shared_trace(&format!("swf/{name}.swf.gz")) else {
            return;
        };
        let Detail::BatchJobs(table) = &trace.detail else {
            panic!("a batch log has batch jobs");
        };
        assert_eq!((table.len(), trace.tasks.len()), (jobs, jobs));
        assert_eq!(trace.measure("jobs that ran"), Some(f64::from(ran)));
        assert_eq!(table.header.processors, Some(processors));
        agrees(trace.utilisation.unwrap(), utilisation, 5.1e-5);
        agrees(trace.measure("mean run").unwrap(), run_s, 0.051);
        agrees(
            trace.measure("mean processors").unwrap(),
            mean_processors,
            5.1e-4,
        );
        match trace.measure("mean wait") {
            Some(mean_s) => agrees(mean_s, wait_s, 0.051),
            None => assert_eq!(wait_s, -1.0),
        }
    }
}

#[test]
fn the_synthetic_log_knows_its_machine_by_nodes() {
    let Some((trace, _)) = shared_trace("swf/lublin_256.swf.gz") else {
        return;
    };
    let Detail::BatchJobs(table) = &trace.detail else {
        panic!("a batch log has batch jobs");
    };
    assert_eq!((table.len(), table.header.processors), (10_000, Some(256)));
}

#[test]
fn openb_nodes_and_pods_have_their_counts() {
    let Some((nodes, _)) = shared_trace("alibaba-openb-2023/openb_node_list_all_node.csv") else {
        return;
    };
    let Detail::Machines(machines) = &nodes.detail else {
        panic!("a list of nodes has machines");
    };
    let with_gpu = machines
        .gpu_count
        .iter()
        .filter(|count| **count > 0)
        .count();
    let gpus: u32 = machines.gpu_count.iter().sum();
    assert_eq!((machines.len(), with_gpu, gpus), (1_523, 1_213, 6_212));
    assert_eq!(TraceSummary::of(&nodes).cores, 125_514.0);
    let of_model: u32 = (0..machines.len())
        .filter(|machine| machines.gpu_model.get(*machine) == "G2")
        .map(|machine| machines.gpu_count[machine])
        .sum();
    assert_eq!(of_model, 4_392);

    let Some((pods, _)) = shared_trace("alibaba-openb-2023/openb_pod_list_default.csv.zst") else {
        return;
    };
    let tasks = &pods.tasks;
    let count =
        |holds: &dyn Fn(usize) -> bool| (0..tasks.len()).filter(|task| holds(*task)).count();
    assert_eq!(tasks.len(), 8_152);
    assert_eq!(count(&|task| tasks.gpu_count[task] > 0), 7_064);
    assert_eq!(
        count(&|task| tasks.gpu_count[task] == 1 && tasks.gpu_share_milli[task] < 1_000),
        3_078
    );
    assert_eq!(count(&|task| tasks.gpu_count[task] > 1), 75);
    agrees(
        pods.measure("accelerators asked for").unwrap(),
        6_086.8,
        1e-9,
    );
}

#[test]
fn every_pod_list_is_read() {
    let Some(folder) = shared("alibaba-openb-2023") else {
        return;
    };
    let mut lists = 0;
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("openb_pod_list") {
            let (trace, _) = read(&[path], &Limits::default()).unwrap();
            assert!(!trace.tasks.is_empty());
            lists += 1;
        }
    }
    assert_eq!(lists, 24);
}

#[test]
fn philly_jobs_and_machines_have_their_counts() {
    let Some((jobs, _)) = shared_trace("philly-2017/philly.csv.zst") else {
        return;
    };
    assert_eq!(jobs.tasks.len(), 82_247);
    agrees(jobs.measure("accelerator-hours").unwrap(), 978_078.0, 0.5);
    agrees(
        jobs.measure("jobs with one accelerator").unwrap(),
        93.17,
        5e-3,
    );
    let mut durations = jobs.tasks.duration_ms.clone();
    durations.sort_unstable();
    assert_eq!(durations[durations.len() / 2], 1_144_000);
    let mean_s = durations.iter().sum::<i64>() as f64 / 1e3 / durations.len() as f64;
    agrees(mean_s, 13_136.0, 0.5);
    let Detail::Queues(queues) = &jobs.detail else {
        panic!("Philly jobs have queues");
    };
    let distinct: std::collections::BTreeSet<&str> = queues.iter().collect();
    assert_eq!(distinct.len(), 15);
    let Some((machines, _)) = shared_trace("philly-2017/revised_machine_list.csv") else {
        return;
    };
    let summary = TraceSummary::of(&machines);
    assert_eq!((summary.machines, summary.accelerators), (552, 3_205.0));
}

#[test]
fn azure_arrivals_align_with_their_lifetimes() {
    let Some((trace, _)) = shared_trace("azure-vm-v1-v2/v1.dev.txt.zst") else {
        return;
    };
    assert_eq!(trace.tasks.len(), 259_159);
    let Detail::VirtualMachines(machines) = &trace.detail else {
        panic!("arrivals are virtual machines");
    };
    let censored = machines
        .censored
        .iter()
        .filter(|censored| **censored)
        .count();
    let unknown = trace
        .tasks
        .duration_ms
        .iter()
        .filter(|ms| **ms == UNKNOWN_MS)
        .count();
    assert_eq!(
        (machines.censored.len() - censored, censored, unknown),
        (244_842, 14_317, 14_317)
    );
    let Some((train, _)) = shared_trace("azure-vm-v1-v2/v1.train.txt.zst") else {
        return;
    };
    assert_eq!(train.tasks.len(), 1_200_998);
    assert!(train.tasks.cpu_milli.iter().all(|milli| *milli > 0));
}

#[test]
fn azure_tables_and_readings_are_read_alone_and_together() {
    let (Some(table), Some(readings)) = (
        shared("azure-vm-v1-v2/sample_vmtable.csv.gz"),
        shared("azure-vm-v1-v2/sample_vm_cpu_readings-file-1-of-125.csv.gz"),
    ) else {
        return;
    };
    let limits = Limits::default();
    let (alone, _) = read(&[&table], &limits).unwrap();
    assert_eq!((alone.tasks.len(), alone.fragments.len()), (10, 0));
    let (samples, _) = read(&[&readings], &limits).unwrap();
    assert_eq!(samples.measure("readings"), Some(100.0));
    assert_eq!(samples.fragments.len(), 100);
    // The two samples are of different machines.
    let (both, findings) = read(&[&table, &readings], &limits).unwrap();
    assert_eq!((both.tasks.len(), both.fragments.len()), (10, 0));
    assert!(findings.to_string().contains("100"));
}

#[test]
fn workflows_have_their_tasks_edges_and_run_times() {
    for (name, tasks, edges, runtime_s) in [
        ("1000genome-chameleon-2ch-100k-001", 52, 76, 2_771.295),
        ("epigenomics-chameleon-hep-1seq-100k-001", 41, 48, 539.307),
        ("helloworld-forkjoin-10-chameleon", 10, 16, 1_028.704),
        ("sarek-dirt02-001", 26, 50, 393.226),
        ("srasearch-chameleon-10a-001", 22, 30, 6_996.779),
    ] {
        let Some((trace, _)) = shared_trace(&format!("wfcommons/{name}.json")) else {
            return;
        };
        assert_eq!(
            (trace.tasks.len(), trace.tasks.parents.len()),
            (tasks, edges)
        );
        agrees(trace.measure("sum of run times").unwrap(), runtime_s, 1e-6);
    }
}

#[test]
fn inference_requests_have_their_tokens() {
    let Some((trace, _)) = shared_trace("azure-llm-2023/AzureLLMInferenceTrace_code.csv.zst")
    else {
        return;
    };
    assert_eq!(trace.tasks.len(), 8_819);
    agrees(trace.measure("mean context").unwrap(), 2_047.85, 5e-3);
    agrees(trace.measure("mean generated").unwrap(), 27.88, 5e-3);
}

#[test]
fn the_summary_of_a_stream_equals_that_of_the_trace_in_memory() {
    for name in [
        "planetlab-2011/20110303.tar.zst",
        "swf/lublin_256.swf.gz",
        "surf-week",
    ] {
        let Some(path) = shared(name) else {
            return;
        };
        let (trace, _) = read(&[&path], &Limits::default()).unwrap();
        let (summary, _) = inspect(&[&path], &Limits::default()).unwrap();
        assert_eq!(TraceSummary::of(&trace), summary);
    }
}
