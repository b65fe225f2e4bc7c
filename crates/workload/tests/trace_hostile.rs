//! Damaged, random and malicious input: every reader ends with a trace or with findings.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod support;

use std::io::Write;

use angara_workload::trace::{FileKind, Limits, Source, read_sources, recognise_source};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use support::{read_as, tar, tar_header, trace_of};

const LLM: &str = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n";

/// Kinds with a sound example of each.
const EXAMPLES: [(FileKind, &str); 15] = [
    (FileKind::AzureLlm, LLM),
    (
        FileKind::PhillyJobs,
        "timestamp,duration,num_gpus,gpu_time,cluster\n2017-10-09 07:01:55,66.0,1,66.0,11cb48\n",
    ),
    (
        FileKind::PhillyMachines,
        ",machineId,number of GPUs\n0,m0,8\n",
    ),
    (
        FileKind::OpenbNodes,
        "sn,cpu_milli,memory_mib,gpu,model\nn,128000,786432,8,G3\n",
    ),
    (
        FileKind::OpenbPods,
        "name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time\np,12000,16384,1,1000,5\n",
    ),
    (
        FileKind::StandardWorkload,
        "; MaxProcs: 9\n1 0 9 97225 5 -1 -1 5 210000 -1 1 1 1 -1 -1 -1 -1 -1\n",
    ),
    (FileKind::PlanetLab, "24\n34\n29\n"),
    (
        FileKind::Bitbrains,
        "Timestamp [ms];\tx\n1372629804;\t4;\t10399.9;\t181.9;\t1.75;\t1.67E7;\t301989.6;\t0.0;\t9.2;\t0.1;\t0.0\n",
    ),
    (FileKind::AzureFlavours, "300 g,|,b,m,|,\n600 g,|,\n"),
    (FileKind::AzureLifetimes, "300 U1,|,C4,U7,|,\n"),
    (FileKind::AzureFlavourMap, "1,0.75 a\n"),
    (FileKind::AzureIntervalMap, "0 0\n300 1\n"),
    (
        FileKind::AzureMachineTable,
        "a,b,c,0,2591700,99.3,3.4,10.1,Delay-insensitive,1,1.75\n",
    ),
    (
        FileKind::AzureReadings,
        "0,+ZcrOp5/c,2.05,3.91,2.86\n300,+ZcrOp5/c,2.05,3.91,2.86\n",
    ),
    (
        FileKind::WfCommons,
        "{\"workflow\": {\"specification\": {\"tasks\": [{\"id\": \"a\", \"children\": [\"b\"]}, {\"id\": \"b\"}]}, \
         \"execution\": {\"tasks\": [{\"id\": \"a\", \"runtimeInSeconds\": 1.5, \"avgCPU\": 99.5}]}}}",
    ),
];

/// Small limits, so that reaching them is part of the game.
fn limits() -> Limits {
    Limits {
        decoded_bytes_max: 1 << 20,
        member_bytes_max: 1 << 16,
        members_max: 10,
        line_bytes_max: 400,
        tasks_max: 50,
        fragments_max: 100,
    }
}

/// Reads bytes as every kind there is, alone and beside a sound first half.
fn read_every_way(bytes: &[u8]) {
    let limits = limits();
    let _ = recognise_source(&Source::from_bytes("input", bytes.to_vec()), &limits);
    for (kind, _) in EXAMPLES {
        let _ = read_as(kind, bytes.to_vec(), &limits);
    }
    for kind in [FileKind::OpenDcTasks, FileKind::OpenDcFragments] {
        let _ = read_as(kind, bytes.to_vec(), &limits);
    }
    let beside_flavours = [
        FileKind::AzureLifetimes,
        FileKind::AzureFlavourMap,
        FileKind::AzureIntervalMap,
    ];
    for kind in beside_flavours {
        let flavours = Source::from_bytes("v1.txt", &b"300 g,|,b,m,|,\n"[..]);
        let other = Source::from_bytes("other", bytes.to_vec());
        let _ = read_sources(
            vec![(FileKind::AzureFlavours, flavours), (kind, other)],
            &limits,
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_break_a_reader(bytes in vec(any::<u8>(), 0..600)) {
        read_every_way(&bytes);
    }

    #[test]
    fn bytes_behind_a_magic_number_never_break_a_decoder(
        magic in prop::sample::select(vec![
            &[0x28, 0xb5, 0x2f, 0xfd][..], &[0x1f, 0x8b, 8, 0], &[0xfd, b'7', b'z', b'X', b'Z', 0], b"PAR1", b"\x50\x2a\x4d\x18",
        ]),
        bytes in vec(any::<u8>(), 0..300),
        closing in any::<bool>(),
    ) {
        let mut input = magic.to_vec();
        input.extend(bytes);
        if closing {
            input.extend(magic);
        }
        read_every_way(&input);
    }

    #[test]
    fn a_damaged_example_never_breaks_a_reader(
        example in 0..EXAMPLES.len(),
        edits in vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 1..8),
        repeats in 1_usize..40,
    ) {
        let mut bytes = EXAMPLES[example].1.repeat(repeats).into_bytes();
        for (place, kind, byte) in edits {
            let place = place.index(bytes.len().max(1));
            match kind {
                0 if place < bytes.len() => bytes[place] = byte,
                1 => bytes.insert(place.min(bytes.len()), byte),
                2 if place < bytes.len() => { bytes.remove(place); }
                _ => bytes.truncate(place),
            }
        }
        read_every_way(&bytes);
        let _ = read_as(EXAMPLES[example].0, tar(&[("a", &bytes), ("b", &bytes)]), &limits());
    }

    #[test]
    fn a_damaged_archive_never_breaks_a_reader(
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut archive = tar(&[("d/1.csv", EXAMPLES[7].1.as_bytes()), ("d/host", b"1\n2\n")]);
        let at = place.index(archive.len());
        archive[at] = byte;
        read_every_way(&archive);
        archive.truncate(cut.index(archive.len()));
        read_every_way(&archive);
    }

    #[test]
    fn numbers_of_any_size_never_break_a_reader(numbers in vec("-?[0-9]{1,25}(\\.[0-9]{0,5})?(e[0-9]{1,3})?", 18)) {
        let limits = limits();
        let _ = read_as(FileKind::StandardWorkload, numbers.join(" ").into_bytes(), &limits);
        let _ = read_as(FileKind::Bitbrains, numbers[..11].join(";\t").into_bytes(), &limits);
        let mut table = numbers[..11].to_vec();
        table[8] = "x".to_owned();
        let _ = read_as(FileKind::AzureMachineTable, table.join(",").into_bytes(), &limits);
        let _ = read_as(FileKind::AzureReadings, numbers[..5].join(",").into_bytes(), &limits);
        let pods = format!("name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time,scheduled_time\np,{}", numbers[..7].join(","));
        let _ = read_as(FileKind::OpenbPods, pods.into_bytes(), &limits);
        let flow = format!("{{\"workflow\": {{\"tasks\": [{{\"id\": \"a\", \"runtime\": {}, \"cores\": {}, \"memory\": {}}}]}}}}", numbers[0], numbers[1], numbers[2]);
        let _ = read_as(FileKind::WfCommons, flow.into_bytes(), &limits);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_example_is_sound_and_known_as_what_it_is() {
    for (kind, text) in EXAMPLES {
        let name = match kind {
            FileKind::AzureFlavourMap => "flav_map.txt",
            FileKind::AzureIntervalMap => "interval_map.txt",
            _ => "input",
        };
        let source = Source::from_bytes(name, text.as_bytes());
        assert_eq!(recognise_source(&source, &Limits::default()), Ok(kind));
        let needs_flavours = matches!(
            kind,
            FileKind::AzureLifetimes | FileKind::AzureFlavourMap | FileKind::AzureIntervalMap
        );
        let read = read_as(kind, text.as_bytes().to_vec(), &limits());
        assert_eq!(read.is_err(), needs_flavours, "{kind:?}");
    }
}

#[test]
fn every_compression_is_undone_by_content_also_one_inside_another() {
    let plain = trace_of("a.csv", LLM).unwrap().0;
    let zstd = ruzstd::encoding::compress_to_vec(
        LLM.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    let mut frames = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec();
    frames.splice(0..0, zstd.iter().copied());
    for (name, bytes) in [
        ("gzip", gzip(LLM.as_bytes())),
        ("zstd", zstd.clone()),
        ("zstd with a frame to skip", frames),
        ("xz", XZ.to_vec()),
        ("gzip in gzip", gzip(&gzip(LLM.as_bytes()))),
        ("zstd in gzip", gzip(&zstd)),
    ] {
        let (trace, _) =
            trace_of("a.csv", bytes).unwrap_or_else(|findings| panic!("{name}: {findings}"));
        assert_eq!(trace.tasks, plain.tasks, "{name}");
    }
}

#[test]
fn a_decompression_bomb_stops_at_the_limit() {
    let bomb = gzip(&vec![b'1'; 8 << 20]);
    assert!(bomb.len() < 1 << 14);
    for (kind, _) in EXAMPLES {
        assert!(read_as(kind, bomb.clone(), &limits()).is_err(), "{kind:?}");
    }
    let many_lines = gzip("1\n".repeat(4 << 20).as_bytes());
    let findings = read_as(FileKind::PlanetLab, many_lines, &limits()).unwrap_err();
    assert!(
        findings.to_string().contains("bytes after decompression"),
        "{findings}"
    );
}

#[test]
fn rows_members_and_tasks_beyond_the_limits_are_refused() {
    for (kind, text) in EXAMPLES {
        let (header, row) =
            text.split_at(text[..text.len() - 1].rfind('\n').map_or(0, |end| end + 1));
        let long = format!("{header}{}", row.repeat(200));
        let repeats = !matches!(kind, FileKind::WfCommons | FileKind::AzureReadings);
        if repeats {
            assert!(
                read_as(kind, long.into_bytes(), &limits()).is_err(),
                "{kind:?}"
            );
        }
    }
    let members: Vec<(&str, &[u8])> = vec![("a", b"1\n"); 20];
    assert!(read_as(FileKind::PlanetLab, tar(&members), &limits()).is_err());
}

#[test]
fn one_line_holds_no_more_machines_than_the_limit() {
    let line = format!("300 {}\n", "g,".repeat(51));
    let findings = read_as(FileKind::AzureFlavours, line.into_bytes(), &limits()).unwrap_err();
    assert!(findings.to_string().contains("at most 50"), "{findings}");
}

#[test]
fn a_machine_of_impossible_speed_is_refused() {
    for speed in ["-1.5", "9e307"] {
        let flow = format!(
            "{{\"workflow\": {{\"machines\": [{{\"nodeName\": \"m\", \"cpu\": {{\"speed\": {speed}}}}}], \
             \"tasks\": [{{\"id\": \"a\", \"runtime\": 1, \"cores\": 4000}}]}}}}"
        );
        let findings = read_as(FileKind::WfCommons, flow.into_bytes(), &limits()).unwrap_err();
        assert!(findings.to_string().contains("speedInMHz"), "{findings}");
    }
}

#[test]
fn a_tar_member_that_claims_more_than_there_is_does_not_take_memory() {
    for (size, kind) in [
        (1 << 32, b'0'),
        (1 << 32, b'L'),
        (1 << 32, b'x'),
        (600, b'0'),
    ] {
        let mut archive = tar_header("d/host", size, kind).to_vec();
        archive.extend([b'1'; 512]);
        assert!(read_as(FileKind::PlanetLab, archive, &limits()).is_err());
    }
}

#[test]
fn long_names_of_gnu_and_pax_archives_label_their_member() {
    let long = "d/".to_owned() + &"x".repeat(150);
    let pax = format!("163 path={long}\n");
    for (kind, name) in [(b'L', format!("{long}\0")), (b'x', pax)] {
        let mut archive = tar_header("long", name.len() as u64, kind).to_vec();
        archive.extend(name.as_bytes());
        archive.resize(1024, 0);
        archive.extend(tar(&[("short", b"5\n6\n")]));
        let (trace, _) = trace_of("a.tar", archive).unwrap();
        assert_eq!(trace.tasks.id.text(0), "x".repeat(150));
    }
}

#[test]
fn files_of_different_formats_do_not_make_a_trace() {
    let files = vec![
        (FileKind::AzureLlm, Source::from_bytes("a", LLM.as_bytes())),
        (FileKind::PlanetLab, Source::from_bytes("b", &b"1\n"[..])),
    ];
    let findings = read_sources(files, &limits()).unwrap_err();
    assert!(findings.to_string().contains("azure-llm"), "{findings}");
    assert!(read_sources(Vec::new(), &limits()).is_err());
}

/// The example of inference requests, compressed by xz.
#[rustfmt::skip]
const XZ: &[u8] = &[
  0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46,  0x02, 0x00, 0x21, 0x01, 0x1c, 
0x00, 0x00, 0x00, 0x10, 0xcf, 0x58, 0xcc,  0xe0, 0x00, 0x4b, 0x00, 0x4a, 0x5d, 0x00, 0x2a, 0x12, 0x45, 
0xd9, 0x86,  0xd0, 0x85, 0x32, 0xdc, 0x1f, 0x07, 0x21, 0xb8, 0xe7, 0x32, 0x6b, 0x5a,  0xf3, 0xd9, 0xe6, 
0x5b, 0x85, 0xdc, 0xe8, 0x68, 0x88, 0xc8, 0x8c, 0x03,  0xc3, 0xb7, 0x94, 0x9b, 0x0e, 0xd8, 0xe3, 0x2f, 
0xc7, 0x01, 0xe6, 0x49,  0x39, 0x04, 0xcb, 0x7b, 0x01, 0xf0, 0x8f, 0xed, 0x71, 0xc5, 0xd4, 0x5a,  0x06, 
0x64, 0xe4, 0x00, 0xab, 0x6d, 0x3a, 0xd6, 0x68, 0x8d, 0xc4, 0x25,  0x39, 0x3f, 0xaa, 0x0e, 0x7f, 0x62, 
0xc7, 0x00, 0x00, 0x00, 0x00, 0x00,  0x02, 0x4b, 0xe6, 0x11, 0x01, 0xa8, 0x60, 0xdb, 0x00, 0x01, 0x66, 
0x4c,  0xb1, 0x74, 0x4b, 0x6c, 0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00, 0x00, 0x00,  0x00, 0x04, 0x59, 0x5a
];
