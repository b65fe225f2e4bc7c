//! `OpenDC` Parquet in its editions, written here.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod support;

use angara_series::Severity;
use angara_workload::trace::{
    FileKind, Findings, Limits, Source, Trace, TraceSummary, UNKNOWN_MS, read_sources,
    recognise_source,
};
use support::parquet_file::{Values, parquet};

const TASKS: &str = "required int32 id; required int64 submission_time; required int64 duration; \
    required int32 cpu_count; required double cpu_capacity; required int64 mem_capacity;";
const FRAGMENTS: &str = "required int32 id; required int64 duration; required double cpu_usage;";

fn two_tasks() -> Vec<u8> {
    parquet(
        TASKS,
        &[
            Values::Int32(&[7, 3]),
            Values::Int64(&[1_000, 2_000]),
            Values::Int64(&[30, 40]),
            Values::Int32(&[2, 1]),
            Values::Double(&[4_000.0, 2_000.0]),
            Values::Int64(&[500, 600]),
        ],
    )
}

fn read_both(tasks: Vec<u8>, fragments: Vec<u8>) -> Result<(Trace, Findings), Findings> {
    let files = vec![
        (
            FileKind::OpenDcTasks,
            Source::from_bytes("tasks.parquet", tasks),
        ),
        (
            FileKind::OpenDcFragments,
            Source::from_bytes("fragments.parquet", fragments),
        ),
    ];
    for (kind, source) in &files {
        assert_eq!(
            recognise_source(source, &Limits::default()).as_ref(),
            Ok(kind)
        );
    }
    read_sources(files, &Limits::default())
}

#[test]
fn the_current_schema_is_read_and_fragments_find_their_task() {
    let fragments = parquet(
        FRAGMENTS,
        &[
            Values::Int32(&[3, 3, 7, 3]),
            Values::Int64(&[10, 20, 30, 40]),
            Values::Double(&[1.0, 2.0, 3_000.0, 4.0]),
        ],
    );
    let (trace, findings) = read_both(two_tasks(), fragments).unwrap();
    assert_eq!(findings, Findings::default());
    assert_eq!(trace.tasks.cpu_milli, [2_000, 1_000]);
    assert_eq!(trace.tasks.memory_bytes, [500_000, 600_000]);
    assert_eq!(
        trace.fragments.demand[trace.fragments.of(1)],
        [1.0, 2.0, 4.0]
    );
    assert_eq!(trace.run_ms(1), Some(70));
    assert_eq!(
        trace.fragment_milli_cores(0, trace.fragments.of(0).start, 1.0),
        1_500
    );
    assert_eq!(TraceSummary::of(&trace).fragments, 4);
}

#[test]
fn the_first_schema_with_text_ids_time_stamps_and_start_and_stop_is_read() {
    let tasks = parquet(
        "required binary id (utf8); required int64 start_time (timestamp(micros,true)); \
         required int64 stop_time (timestamp(micros,true)); required int32 cpu_count; required double cpu_capacity; \
         required int64 mem_capacity;",
        &[
            Values::Text(&["vm-a", "vm-b"]),
            Values::Int64(&[1_000_000, 2_000_000]),
            Values::Int64(&[1_500_000, 2_000_000]),
            Values::Int32(&[1, 1]),
            Values::Double(&[1.0, 1.0]),
            Values::Int64(&[1, 1]),
        ],
    );
    let fragments = parquet(
        "required binary id (utf8); required int64 timestamp (timestamp(millis,true)); required int64 duration; \
         required int32 cpu_count; required double cpu_usage;",
        &[
            Values::Text(&["vm-b", "vm-a"]),
            Values::Int64(&[0, 0]),
            Values::Int64(&[5, 6]),
            Values::Int32(&[1, 1]),
            Values::Double(&[8.0, 9.0]),
        ],
    );
    let (trace, findings) = read_both(tasks, fragments).unwrap();
    assert_eq!(findings.count(Severity::Note), 0, "{findings}");
    assert_eq!(trace.tasks.submission_ms, [1_000, 2_000]);
    assert_eq!(trace.tasks.duration_ms, [500, 0]);
    assert_eq!(trace.tasks.id.text(1), "vm-b");
    assert_eq!(trace.fragments.demand[trace.fragments.of(0)], [9.0]);
}

#[test]
fn the_names_of_version_two_are_understood_and_a_missing_duration_is_unknown() {
    let tasks = parquet(
        "required binary id (utf8); required int64 submissionTime; required int32 maxCores; \
         required int64 requiredMemory; required int32 colour;",
        &[
            Values::Text(&["1"]),
            Values::Int64(&[5]),
            Values::Int32(&[2]),
            Values::Int64(&[3]),
            Values::Int32(&[9]),
        ],
    );
    let fragments = parquet(
        "required binary id (utf8); required int64 duration; required double cpuUsage;",
        &[
            Values::Text(&["1"]),
            Values::Int64(&[50]),
            Values::Double(&[8.0]),
        ],
    );
    let (trace, findings) = read_both(tasks, fragments).unwrap();
    assert_eq!(trace.tasks.duration_ms, [UNKNOWN_MS]);
    assert_eq!(trace.run_ms(0), Some(50));
    assert_eq!(trace.tasks.cpu_capacity_mhz, [0.0]);
    assert!(findings.to_string().contains("colour"), "{findings}");
}

#[test]
fn parents_children_gpus_and_gpu_demand_are_read() {
    let tasks = parquet(
        &format!(
            "{TASKS} optional double gpu_capacity; optional group parents (LIST) {{ repeated group list {{ optional int32 element; }} }}"
        ),
        &[
            Values::Int32(&[1, 2, 3]),
            Values::Int64(&[0, 0, 0]),
            Values::Int64(&[1, 1, 1]),
            Values::Int32(&[1, 1, 1]),
            Values::Double(&[1.0, 1.0, 1.0]),
            Values::Int64(&[1, 1, 1]),
            Values::OptionalDouble(&[700.0], &[0, 1, 0]),
            // No list, an empty list, a list of two.
            Values::List(&[1, 2], &[0, 1, 3, 3], &[0, 0, 0, 1]),
        ],
    );
    let fragments = parquet(
        &format!("{FRAGMENTS} optional double gpu_usage;"),
        &[
            Values::Int32(&[1, 2, 3]),
            Values::Int64(&[1, 1, 1]),
            Values::Double(&[1.0, 1.0, 1.0]),
            Values::OptionalDouble(&[5.0, 6.0], &[1, 0, 1]),
        ],
    );
    let (trace, _) = read_both(tasks, fragments).unwrap();
    assert_eq!(trace.tasks.parents.of(0), &[] as &[u32]);
    assert_eq!(trace.tasks.parents.of(1), &[] as &[u32]);
    assert_eq!(trace.tasks.parents.of(2), [0, 1]);
    assert_eq!(trace.tasks.gpu_capacity_mhz, [0.0, 700.0, 0.0]);
    assert_eq!(trace.fragments.gpu_demand, [5.0, 0.0, 6.0]);
}

#[test]
fn all_wrong_fragments_are_listed_with_their_rows() {
    let fragments = parquet(
        FRAGMENTS,
        &[
            Values::Int32(&[7, 7, 99]),
            Values::Int64(&[-1, 5, 5]),
            Values::Double(&[1.0, f64::NAN, 1.0]),
        ],
    );
    let findings = read_both(two_tasks(), fragments).unwrap_err().to_string();
    assert!(
        findings.contains("row 1, duration [ms]: found \"-1\""),
        "{findings}"
    );
    assert!(
        findings.contains("row 2, cpu_usage [MHz]: found \"NaN\""),
        "{findings}"
    );
    let fragments = parquet(
        FRAGMENTS,
        &[
            Values::Int32(&[99]),
            Values::Int64(&[5]),
            Values::Double(&[1.0]),
        ],
    );
    let findings = read_both(two_tasks(), fragments).unwrap_err().to_string();
    assert!(findings.contains("row 1, id: found \"99\""), "{findings}");
}

#[test]
fn twice_the_same_id_and_values_out_of_range_are_errors() {
    let tasks = parquet(
        TASKS,
        &[
            Values::Int32(&[7, 7, 8]),
            Values::Int64(&[0, 0, i64::MAX]),
            Values::Int64(&[0, 0, -1]),
            Values::Int32(&[1, 1, -1]),
            Values::Double(&[1.0, 1.0, f64::INFINITY]),
            Values::Int64(&[1, 1, i64::MAX]),
        ],
    );
    let fragments = parquet(
        FRAGMENTS,
        &[
            Values::Int32(&[7]),
            Values::Int64(&[1]),
            Values::Double(&[1.0]),
        ],
    );
    let findings = read_both(tasks, fragments).unwrap_err();
    assert_eq!(findings.count(Severity::Error), 6, "{findings}");
}

#[test]
fn a_missing_column_is_named_with_the_columns_there_are() {
    let tasks = parquet(
        "required int32 id; required int64 submission_time;",
        &[Values::Int32(&[1]), Values::Int64(&[1])],
    );
    let files = vec![(
        FileKind::OpenDcTasks,
        Source::from_bytes("tasks.parquet", tasks),
    )];
    let findings = read_sources(files, &Limits::default())
        .unwrap_err()
        .to_string();
    assert!(
        findings.contains("cpu_count") && findings.contains("id, submission_time"),
        "{findings}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, ..Default::default() })]

    #[test]
    fn damaged_parquet_never_breaks_the_reader(
        edits in proptest::collection::vec(
            (proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()),
            1..4,
        ),
        cut in proptest::prelude::any::<proptest::sample::Index>(),
        whole in proptest::prelude::any::<bool>(),
    ) {
        let fragments = parquet(
            FRAGMENTS,
            &[Values::Int32(&[3, 7]), Values::Int64(&[10, 20]), Values::Double(&[1.0, 2.0])],
        );
        for (place, sound) in [two_tasks(), fragments.clone()].into_iter().enumerate() {
            let mut damaged = sound;
            for (at, byte) in &edits {
                let at = at.index(damaged.len());
                damaged[at] = *byte;
            }
            if !whole {
                damaged.truncate(cut.index(damaged.len()));
            }
            let pair = if place == 0 { [damaged, fragments.clone()] } else { [two_tasks(), damaged] };
            let [tasks, fragments] = pair;
            let files = vec![
                (FileKind::OpenDcTasks, Source::from_bytes("tasks.parquet", tasks)),
                (FileKind::OpenDcFragments, Source::from_bytes("fragments.parquet", fragments)),
            ];
            for (_, source) in &files {
                let _ = recognise_source(source, &Limits::default());
            }
            let _ = read_sources(files, &Limits::default());
        }
    }
}
