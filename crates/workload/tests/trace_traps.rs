//! Peculiarities of real traces that readers have stumbled over, in small.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod support;

use std::fmt::Write;

use angara_series::Severity;
use angara_workload::trace::{
    Clock, Detail, FileKind, Findings, Limits, Source, Trace, UNKNOWN_MS, read_sources,
};
use support::{tar, trace_of};

const BITBRAINS_HEADER: &str = "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\t\
    CPU usage [%];\tMemory capacity provisioned [KB];\tMemory usage [KB];\tDisk read throughput [KB/s];\t\
    Disk write throughput [KB/s];\tNetwork received throughput [KB/s];\tNetwork transmitted throughput [KB/s]\n";

fn machine(rows: &[(i64, i64, f64)]) -> Vec<u8> {
    let mut text = BITBRAINS_HEADER.to_owned();
    for (stamp, cores, usage_mhz) in rows {
        let capacity_mhz = cores * 1_000;
        writeln!(
            text,
            "{stamp};\t{cores};\t{capacity_mhz};\t{usage_mhz};\t1.75;\t1048576.0;\t524288.0;\t0.0;\t9.2;\t0.1;\t0.0"
        )
        .unwrap();
    }
    text.into_bytes()
}

fn batch(lines: &str) -> (Trace, Findings) {
    trace_of("log.swf", lines).unwrap_or_else(|findings| panic!("{findings}"))
}

fn notes(findings: &Findings) -> String {
    assert_eq!(findings.count(Severity::Error), 0, "{findings}");
    findings.to_string()
}

#[test]
fn bitbrains_time_stamps_are_seconds_although_the_header_says_milliseconds() {
    let (trace, _) = trace_of(
        "7.csv",
        machine(&[(1_372_629_804, 4, 1.0), (1_372_630_104, 4, 2.0)]),
    )
    .unwrap();
    assert_eq!(trace.clock, Clock::Epoch);
    assert_eq!(trace.tasks.submission_ms, [1_372_629_804_000]);
    assert_eq!(trace.fragments.end_ms, [300_000, 600_000]);
    assert_eq!(trace.tasks.id.text(0), "7");
    let real_milliseconds = machine(&[(1_372_629_804_000, 4, 1.0)]);
    let (trace, _) = trace_of("7.csv", real_milliseconds).unwrap();
    assert_eq!(trace.tasks.submission_ms, [1_372_629_804_000]);
}

#[test]
fn uneven_bitbrains_rows_hold_until_the_next_and_the_largest_machine_is_reserved() {
    let rows = [
        (1_000, 2, 10.0),
        (1_300, 4, 20.0),
        (1_300, 4, 30.0),
        (5_300, 1, 40.0),
    ];
    let (trace, findings) = trace_of("1.csv", machine(&rows)).unwrap();
    assert_eq!(
        trace.fragments.end_ms,
        [300_000, 300_000, 4_300_000, 4_600_000]
    );
    assert_eq!(trace.fragments.demand, [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(trace.tasks.cpu_milli, [4_000]);
    assert_eq!(trace.tasks.cpu_capacity_mhz, [4_000.0]);
    assert_eq!(trace.tasks.memory_bytes, [1 << 30]);
    let notes = notes(&findings);
    assert!(notes.contains("gaps of more than two samples"), "{notes}");
    assert!(notes.contains("time stamp of the one before"), "{notes}");
}

#[test]
fn demand_beyond_the_provisioned_speed_is_kept() {
    let (trace, _) = trace_of("1.csv", machine(&[(1_000, 2, 2_500.0)])).unwrap();
    assert_eq!(trace.fragments.demand, [2_500.0]);
    assert_eq!(trace.fragment_milli_cores(0, 0, 1.0), 2_500);
}

#[test]
fn all_wrong_bitbrains_cells_are_listed_with_member_row_and_field() {
    let mut broken = machine(&[(1_000, 2, 1.0)]);
    broken.extend(b"later;\t2;\tx;\t-1;\t1;\t1;\t1;\t0;\t0;\t0;\tNaN\n");
    let archive = tar(&[("2013-7/9.csv", &broken), ("2013-7/8.csv", b"500;\t1\n")]);
    let source = vec![(FileKind::Bitbrains, Source::from_bytes("a.tar", archive))];
    let findings = read_sources(source, &Limits::default()).unwrap_err();
    let listed: Vec<String> = findings
        .listed(Severity::Error)
        .iter()
        .map(|found| {
            let row = found.finding.row.unwrap_or(0);
            format!("{} {row} {}", found.file, found.finding.field)
        })
        .collect();
    assert_eq!(
        listed[..4],
        [
            "2013-7/9.csv 3 Timestamp [ms]",
            "2013-7/9.csv 3 CPU capacity provisioned [MHZ]",
            "2013-7/9.csv 3 CPU usage [MHZ]",
            "2013-7/9.csv 3 Network transmitted throughput [KB/s]",
        ]
    );
    assert_eq!(listed.len(), 4 + 9);
}

#[test]
fn a_bitbrains_row_that_goes_back_in_time_is_an_error() {
    let findings = trace_of("1.csv", machine(&[(2_000, 2, 1.0), (1_000, 2, 1.0)])).unwrap_err();
    assert!(
        findings.to_string().contains("row 3, Timestamp [ms]"),
        "{findings}"
    );
}

#[test]
fn a_batch_log_without_header_is_read_and_its_unknown_size_is_noted() {
    let (trace, findings) = batch("1 0 -1 10 4 -1 -1 4 20 -1 1 -1 -1 -1 -1 -1 -1 -1\n");
    assert_eq!(trace.tasks.cpu_milli, [4_000]);
    assert_eq!(trace.tasks.duration_ms, [10_000]);
    assert_eq!(trace.utilisation, None);
    assert!(notes(&findings).contains("size of the machine"));
}

#[test]
fn unknowns_of_a_batch_log_are_kept_as_recorded_and_noted() {
    let (trace, findings) = batch(
        "; MaxProcs: 8\n; MaxRecords: 9\n\
         1 100 -1 0 4 -1 -1 4 20 -1 1 1 1 -1 -1 -1 -1 -1\n\
         2 -1 -1 60 -1 -1 -1 6 20 -1 1 1 1 -1 -1 -1 -1 -1\n\
         3 200 -1 -1 0 -1 -1 0 -1 -1 5 1 1 -1 -1 -1 -1 -1\n\
         4 300 -1 5 9 1.5 0.5 9 -1 -1 1 1 1 -1 -1 -1 -1 -1\n",
    );
    let Detail::BatchJobs(jobs) = &trace.detail else {
        panic!("a batch log has batch jobs");
    };
    assert_eq!(jobs.submit_s, [100, -1, 200, 300]);
    assert_eq!(
        trace.tasks.submission_ms,
        [100_000, 100_000, 200_000, 300_000]
    );
    assert_eq!(trace.tasks.duration_ms, [0, 60_000, UNKNOWN_MS, 5_000]);
    assert_eq!(trace.tasks.cpu_milli, [4_000, 6_000, 0, 9_000]);
    assert_eq!(jobs.processor_time_s[3], 1.5);
    assert_eq!(trace.measure("jobs that ran"), Some(1.0));
    let notes = notes(&findings);
    for expected in [
        "without submission time",
        "all without wait time",
        "ran for no time",
        "unknown run time",
        "longer than they asked for",
        "without processors",
        "larger than the machine",
        "the log has 4 jobs",
    ] {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
}

#[test]
fn a_batch_log_with_a_number_of_records_that_fits_is_not_noted() {
    let line = "1 0 5 10 4 -1 -1 4 20 -1 1 1 1 -1 -1 -1 -1 -1\n";
    let (_, findings) = batch(&format!("; MaxProcs: 8\n; MaxRecords: 1\n{line}"));
    assert_eq!(notes(&findings), "");
}

#[test]
fn every_wrong_field_of_a_batch_log_is_listed() {
    let findings = trace_of(
        "log.swf",
        "; Version: 2\n1 x -1 10.5 4 -1 -1 4 20 -1 1 1 1 -1 -1 -1 -1 -1\n1 2 3\n\
         1 0 5 10 4 -1 -1 4 20 -1 1 1 1 -1 -1 -1 -1 -1 7\n1 0 5 10 99999999 -1 -1 4 20 -1 1 1 1 -1 -1 -1 -1 -1\n",
    )
    .unwrap_err();
    let text = findings.to_string();
    for expected in [
        "row 2, submit time [s]: found \"x\"",
        "row 2, run time [s]: found \"10.5\"",
        "row 3, run time [s]: found \"\"; 18 fields",
        "row 4, line: found \"7\"",
        "row 5, allocated processors",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn censored_azure_lifetimes_stay_unknown_and_do_not_bias_the_mean() {
    let files = |lives: &'static str| {
        vec![
            (
                FileKind::AzureFlavours,
                Source::from_bytes("v1.txt", &b"300 g,b,|,a,|\n"[..]),
            ),
            (
                FileKind::AzureLifetimes,
                Source::from_bytes("v1.c900.txt", lives.as_bytes()),
            ),
            (
                FileKind::AzureFlavourMap,
                Source::from_bytes("flav_map.txt", &b"1,0.75 a\n1,1.75 b\n2,3.5 g\n"[..]),
            ),
            (
                FileKind::AzureIntervalMap,
                Source::from_bytes("interval_map.txt", &b"0 0\n300 1\n600 1\n"[..]),
            ),
        ]
    };
    let (trace, _) = read_sources(files("300 U1,C1,|,U0,|\n"), &Limits::default()).unwrap();
    assert_eq!(trace.tasks.duration_ms, [450_000, UNKNOWN_MS, 0]);
    assert_eq!(trace.tasks.cpu_milli, [2_000, 1_000, 1_000]);
    assert_eq!(trace.tasks.memory_bytes[0], 7 << 29);
    let Detail::VirtualMachines(machines) = &trace.detail else {
        panic!("arrivals are virtual machines");
    };
    assert_eq!(machines.batch, [0, 0, 1]);
    assert_eq!(machines.lifetime_s[1], (300, 600));
    for misaligned in [
        "300 U1,|,C1,U0,|\n",
        "600 U1,C1,|,U0,|\n",
        "",
        "300 U1,C1,|,X0,|\n",
        "300 U1,C1,|,U7,|\n",
    ] {
        let findings = read_sources(files(misaligned), &Limits::default()).unwrap_err();
        assert!(findings.has_errors(), "{misaligned}");
    }
}

#[test]
fn azure_machines_deleted_at_the_last_instant_are_censored_and_buckets_count_from_below() {
    let table = "a,s,d,0,900,9,5,9,Unknown,>24,>64\nb,s,d,300,600,9,5,9,Interactive,2,3.5\n";
    let (trace, _) = trace_of("vmtable.csv", table).unwrap();
    let Detail::VirtualMachines(machines) = &trace.detail else {
        panic!("a table of virtual machines");
    };
    assert_eq!(machines.censored, [true, false]);
    assert_eq!(trace.tasks.cpu_milli, [24_000, 2_000]);
    assert_eq!(trace.tasks.duration_ms, [900_000, 300_000]);
}

#[test]
fn azure_readings_are_gathered_by_machine_and_hold_over_gaps() {
    let readings = "0,x,1,9,5\n0,y,1,9,6\n300,x,1,9,7\n900,x,1,9,8\n300,x,1,9,99\n";
    let (trace, findings) = trace_of("readings.csv", readings).unwrap();
    assert_eq!(trace.tasks.len(), 2);
    let of_first = trace.fragments.of(0);
    assert_eq!(trace.fragments.demand[of_first.clone()], [5.0, 7.0, 8.0]);
    assert_eq!(
        trace.fragments.end_ms[of_first],
        [300_000, 900_000, 1_200_000]
    );
    assert_eq!(trace.run_ms(1), Some(300_000));
    assert_eq!(
        trace.fragment_milli_cores(0, trace.fragments.of(0).start, 1.0),
        50
    );
    assert!(notes(&findings).contains("not later than the one before"));
}

#[test]
fn pods_without_times_and_pods_never_placed_are_read() {
    let list = "name,cpu_milli,memory_mib,num_gpu,gpu_milli\np,1500,1024,2,1000\n";
    let (trace, findings) = trace_of("pods.csv", list).unwrap();
    assert_eq!(trace.tasks.duration_ms, [UNKNOWN_MS]);
    assert_eq!(trace.tasks.gpu_milli(0), 2_000);
    assert!(notes(&findings).contains("created at once"));
    let list = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,\
        scheduled_time\np,1500,1024,1,460,V100M16|V100M32,LS,Pending,100,160.0,\nq,1,1,0,0,,BE,Running,5,,7\n";
    let (trace, _) = trace_of("pods.csv", list).unwrap();
    assert_eq!(trace.tasks.duration_ms, [60_000, UNKNOWN_MS]);
    let Detail::Pods(pods) = &trace.detail else {
        panic!("a list of pods");
    };
    assert_eq!(pods.gpu_models.get(0), "V100M16|V100M32");
    assert_eq!(pods.scheduled_ms, [None, Some(7_000)]);
}

#[test]
fn a_workflow_of_the_old_schema_links_tasks_by_name() {
    let old = r#"{"name": "w", "schemaVersion": "1.3", "workflow": {"makespan": 9,
        "machines": [{"nodeName": "m", "cpu": {"count": 4, "speed": 2000}}],
        "tasks": [{"name": "a", "id": "ID1", "runtime": 1.5, "cores": 2, "machine": "m"},
                  {"name": "b", "id": "ID2", "runtime": 2, "parents": ["a"]}]}}"#;
    let (trace, _) = trace_of("w.json", old).unwrap();
    assert_eq!(trace.tasks.parents.of(1), [0]);
    assert_eq!(trace.tasks.duration_ms, [1_500, 2_000]);
    assert_eq!(trace.tasks.cpu_milli, [2_000, 1_000]);
    assert_eq!(trace.tasks.cpu_capacity_mhz[0], 4_000.0);
}

#[test]
fn a_workflow_that_waits_for_itself_or_for_a_stranger_is_refused() {
    for parents in ["[\"b\"]", "[\"nobody\"]", "[\"a\"]"] {
        let text = format!(
            "{{\"workflow\": {{\"specification\": {{\"tasks\": [{{\"id\": \"a\", \"parents\": {parents}}}, \
             {{\"id\": \"b\", \"parents\": [\"a\"]}}]}}}}}}"
        );
        let findings = trace_of("w.json", text).unwrap_err();
        assert!(findings.to_string().contains("parents"), "{findings}");
    }
}

#[test]
fn an_odd_planetlab_sample_is_named_with_its_machine_and_row() {
    let archive = tar(&[
        ("20110303/host_a", b"1\n2\n"),
        ("20110303/host_b", b"3\n101\nx\n"),
    ]);
    let findings = trace_of("day.tar", archive).unwrap_err();
    let text = findings.to_string();
    assert!(
        text.contains("host_b: row 2") && text.contains("host_b: row 3"),
        "{text}"
    );
    let archive = tar(&[("20110303/host_a", b"1\n2\n")]);
    let (trace, _) = trace_of("day.tar", archive).unwrap();
    assert_eq!(
        trace.clock,
        Clock::Relative {
            start_ms: Some(1_299_110_400_000)
        }
    );
}
