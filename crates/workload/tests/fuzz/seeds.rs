//! Small sound files of every kind, plain, compressed and in archives, and the files that belong beside them.

use std::io::Write;

use angara_workload::trace::{ConvertOptions, FileKind, Limits, convert};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::parquet_file::{Values, parquet};
use crate::support::tar;

/// What is fuzzed: files of a kind, and the other files of the trace.
pub(crate) struct Target {
    pub(crate) kind: FileKind,
    pub(crate) seeds: Vec<Vec<u8>>,
    pub(crate) companions: Vec<(FileKind, Vec<u8>)>,
}

const LOG: &str = "; Version: 2.2\n; UnixStartTime: 843480031\n; MaxProcs: 100\n; MaxRecords: 3\n\
    1 0 9 97225 5 -1 -1 5 210000 -1 1 1 1 -1 -1 -1 -1 -1\n\
    2 25 -1 0 1 0.5 1024.25 1 60 512 5 2 1 3 1 -1 1 30\n  3 -1 3 60 -1 -1 -1 200 30 -1 0 1 1 1 1 1 -1 -1\n";
const FLOW: &str = "{\"name\": \"n\", \"schemaVersion\": \"1.5\", \"workflow\": {\"specification\": {\"tasks\": [\
    {\"id\": \"a\", \"children\": [\"b\"]}, {\"id\": \"b\", \"parents\": [\"a\"]}], \"files\": []}, \"execution\": \
    {\"makespanInSeconds\": 9, \"machines\": [{\"nodeName\": \"m\", \"cpu\": {\"coreCount\": 48, \"speedInMHz\": 1200}}], \
    \"tasks\": [{\"id\": \"a\", \"runtimeInSeconds\": 1.5, \"coreCount\": 2, \"avgCPU\": 99.5, \"memoryInBytes\": 5, \
    \"machines\": [\"m\"]}, {\"id\": \"b\", \"runtimeInSeconds\": 3}]}}}";
const OLD_FLOW: &str = "{\"workflow\": {\"tasks\": [{\"name\": \"a\", \"runtime\": 2, \"cores\": 1, \"memory\": 7}, \
    {\"name\": \"b\", \"parents\": [\"a\"], \"runtime\": 2.5}], \"makespan\": 5}}";
const PODS: &str = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time,scheduled_time\n\
    p,12000,16384,1,1000,,LS,Running,0,12537496,0\nq,1500,1,2,500,V100M16|V100M32,BE,Pending,5,9,\n";
const NODES: &str = "sn,cpu_milli,memory_mib,gpu,model\nn,128000,786432,8,G3\nm,64000,262144,0,\n";
const JOBS: &str = "timestamp,duration,num_gpus,gpu_time,cluster\n2017-10-09 07:01:55,66.0,1,66.0,11cb48\n\
    2017-10-09 07:02:55,0,8,0,ee9e8c\n";
const HOSTS: &str = ",machineId,number of GPUs,single GPU mem\n0,m0,8,24GB\n1,m1,2,12GB\n";
const REQUESTS: &str = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n\
    2023-11-16 18:17:04,3180,8\n";
const SAMPLES: &str = "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\tx\n\
    1372629804;\t4;\t10399.9;\t181.9;\t1.75;\t1.67E7;\t301989.6;\t0.0;\t9.2;\t0.1;\t0.0\n\
    1372630104;\t4;\t10399.9;\t155.9;\t1.5;\t1.67E7;\t301989.6;\t0.0;\t9.2;\t0.1;\t0.0\n";
const UTILISATION: &str = "24\n34\n29\n0\n100\n";
const FLAVOURS: &str = "300 g,|,b,m,|,\n600 g,|,\n900 |,\n";
const LIFETIMES: &str = "300 U1,|,C4,U7,|,\n600 U2,|,\n900 |,\n";
const FLAVOUR_MAP: &str = "1,0.75 g\n2,1.75 b\n24,112 m\n";
const INTERVAL_MAP: &str = "0 0\n300 1\n600 2\n900 4\n1200 7\n";
const TABLE: &str = "vm1,s,d,0,2591700,99.3,3.4,10.1,Delay-insensitive,1,1.75\n\
    vm2,s,d,300,900,50,30,40,Interactive,>24,>64\n";
const READINGS: &str =
    "0,vm1,2.05,3.91,2.86\n300,vm1,2.05,3.91,2.86\n300,vm2,0,100,50\n600,vm1,1,2,1.5\n";

/// The target of a kind.
pub(crate) fn target(kind: FileKind) -> Target {
    let plain = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    let mut companions: Vec<(FileKind, Vec<u8>)> = Vec::new();
    let seeds: Vec<Vec<u8>> = match kind {
        FileKind::OpenDcTasks => {
            // Every table of tasks has a task 1.
            let fragments = parquet_fragments(&[1; 4]);
            companions.push((FileKind::OpenDcFragments, fragments));
            let mut seeds = converted("tasks.parquet");
            seeds.extend([parquet_tasks(), old_parquet_tasks()]);
            seeds
        }
        FileKind::OpenDcFragments => {
            companions.push((FileKind::OpenDcTasks, parquet_tasks()));
            let mut seeds = converted("fragments.parquet");
            seeds.extend([parquet_fragments(&[3, 3, 1, 0]), old_parquet_fragments()]);
            seeds
        }
        FileKind::Bitbrains => {
            let samples = SAMPLES.as_bytes();
            let archive = tar(&[("d/1.csv", samples), ("d/2.csv", samples)]);
            vec![samples.to_vec(), gzip(&archive), archive]
        }
        FileKind::PlanetLab => {
            let archive = tar(&[
                ("d/host_a", UTILISATION.as_bytes()),
                ("d/host_b", b"1\n2\n"),
            ]);
            vec![UTILISATION.as_bytes().to_vec(), zstd(&archive), archive]
        }
        FileKind::StandardWorkload => {
            let log = LOG.as_bytes();
            vec![log.to_vec(), gzip(log), zstd(log), gzip(&zstd(log))]
        }
        FileKind::AzureFlavours => {
            companions.extend([
                (FileKind::AzureLifetimes, LIFETIMES.into()),
                (FileKind::AzureFlavourMap, FLAVOUR_MAP.into()),
                (FileKind::AzureIntervalMap, INTERVAL_MAP.into()),
            ]);
            plain(&[FLAVOURS])
        }
        FileKind::AzureLifetimes => {
            companions.extend([
                (FileKind::AzureFlavours, FLAVOURS.into()),
                (FileKind::AzureIntervalMap, INTERVAL_MAP.into()),
            ]);
            plain(&[LIFETIMES])
        }
        FileKind::AzureFlavourMap => {
            companions.push((FileKind::AzureFlavours, FLAVOURS.into()));
            plain(&[FLAVOUR_MAP])
        }
        FileKind::AzureIntervalMap => {
            companions.extend([
                (FileKind::AzureFlavours, FLAVOURS.into()),
                (FileKind::AzureLifetimes, LIFETIMES.into()),
            ]);
            plain(&[INTERVAL_MAP])
        }
        FileKind::AzureMachineTable => {
            companions.push((FileKind::AzureReadings, READINGS.into()));
            plain(&[TABLE])
        }
        FileKind::AzureReadings => {
            companions.push((FileKind::AzureMachineTable, TABLE.into()));
            plain(&[READINGS])
        }
        FileKind::OpenbNodes => plain(&[NODES]),
        FileKind::OpenbPods => plain(&[PODS]),
        FileKind::PhillyJobs => plain(&[JOBS]),
        FileKind::PhillyMachines => plain(&[HOSTS]),
        FileKind::WfCommons => plain(&[FLOW, OLD_FLOW]),
        FileKind::AzureLlm => plain(&[REQUESTS]),
    };
    Target {
        kind,
        seeds,
        companions,
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// One table of small traces as Angara writes them: compressed, with dictionaries, lists and optional columns.
fn converted(table: &str) -> Vec<Vec<u8>> {
    [("log.swf", LOG), ("flow.json", FLOW), ("pods.csv", PODS)]
        .map(|(name, content)| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            fs_err::write(&path, content).unwrap();
            let out = folder.path().join("out");
            convert(
                &[path],
                &out,
                &ConvertOptions::default(),
                &Limits::default(),
            )
            .unwrap();
            fs_err::read(out.join(table)).unwrap()
        })
        .to_vec()
}

fn parquet_tasks() -> Vec<u8> {
    parquet(
        "required int32 id; required int64 submission_time; required int64 duration; \
         required int32 cpu_count; required double cpu_capacity; required int64 mem_capacity;",
        &[
            Values::Int32(&[1, 3, 0, 2]),
            Values::Int64(&[1_000, 2_000, 2_000, 0]),
            Values::Int64(&[30, 40, 50, 0]),
            Values::Int32(&[2, 1, 1, 0]),
            Values::Double(&[4_000.0, 2_000.0, 0.0, 1.0]),
            Values::Int64(&[500, 600, 0, 1]),
        ],
    )
}

fn old_parquet_tasks() -> Vec<u8> {
    parquet(
        "required binary id (UTF8); required int64 submissionTime (TIMESTAMP_MILLIS); \
         required int64 endTime (TIMESTAMP_MILLIS); required int32 maxCores; required int64 requiredMemory; \
         required binary nature (UTF8);",
        &[
            Values::Text(&["1", "b"]),
            Values::Int64(&[1_000, 2_000]),
            Values::Int64(&[1_500, 2_500]),
            Values::Int32(&[4, 2]),
            Values::Int64(&[8_000, 100]),
            Values::Text(&["deferrable", "interactive"]),
        ],
    )
}

/// Four fragments of tasks of these numbers.
fn parquet_fragments(ids: &[i32; 4]) -> Vec<u8> {
    parquet(
        "required int32 id; required int64 duration; required double cpu_usage; optional double gpu_usage;",
        &[
            Values::Int32(ids),
            Values::Int64(&[10, 20, 30, 40]),
            Values::Double(&[1.0, 2.0, 3_000.0, 0.0]),
            Values::OptionalDouble(&[5.0, 6.0], &[1, 0, 1, 0]),
        ],
    )
}

fn old_parquet_fragments() -> Vec<u8> {
    parquet(
        "required binary id (UTF8); required int64 timestamp; required int64 duration; required double cpuUsage; \
         required int32 cores;",
        &[
            Values::Text(&["1", "1", "3"]),
            Values::Int64(&[1, 2, 3]),
            Values::Int64(&[10, 20, 30]),
            Values::Double(&[1.0, 2.0, 3.0]),
            Values::Int32(&[1, 1, 1]),
        ],
    )
}
