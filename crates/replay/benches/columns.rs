use std::path::Path;
use std::time::Instant;
use angara_replay::opendc::parse_topology;
use angara_replay::WorkloadOptions;
use angara_simulation::replay::*;
use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader, SerializedFileReader};

fn decode_only(path: &Path) -> (u64, f64) {
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    let (mut ints, mut reals) = (0_u64, 0.0);
    let (mut longs, mut small, mut doubles) = (Vec::<i64>::new(), Vec::<i32>::new(), Vec::<f64>::new());
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).unwrap();
        for column in 0..group.num_columns() {
            let mut column = group.get_column_reader(column).unwrap();
            loop {
                let n = match &mut column {
                    ColumnReader::Int64ColumnReader(r) => { longs.clear(); let n = r.read_records(65536, None, None, &mut longs).unwrap().0; ints = ints.wrapping_add(longs.iter().map(|v| *v as u64).sum::<u64>()); n }
                    ColumnReader::Int32ColumnReader(r) => { small.clear(); let n = r.read_records(65536, None, None, &mut small).unwrap().0; ints = ints.wrapping_add(small.iter().map(|v| *v as u64).sum::<u64>()); n }
                    ColumnReader::DoubleColumnReader(r) => { doubles.clear(); let n = r.read_records(65536, None, None, &mut doubles).unwrap().0; reals += doubles.iter().sum::<f64>(); n }
                    _ => 0,
                };
                if n == 0 { break; }
            }
        }
    }
    (ints, reals)
}

fn main() {
    let args: Vec<String> = std::env::args().filter(|a| a != "--bench").collect();
    let (tasks, fragments, topology) = (&args[1], &args[2], &args[3]);
    let memory: u64 = args.get(4).map_or(64 << 20, |a| a.parse().unwrap());
    for _ in 0..if memory > 1 { 5 } else { 1 } {
        let t = Instant::now();
        let sum = decode_only(Path::new(fragments));
        println!("decode only {:?} {:?}", t.elapsed(), sum.1 as i64 % 7);
        let t = Instant::now();
        let text = std::fs::read_to_string(topology).unwrap();
        let (file, _) = parse_topology(&text, "t", true);
        let topology = file.unwrap().topology;
        let (workload, _) = angara_replay::columns::ColumnWorkload::open(Path::new(tasks), Path::new(fragments), &WorkloadOptions::default()).unwrap().unwrap();
        let workload = workload.holding_at_most(memory);
        let read = t.elapsed();
        let options = ReplayOptions::default();
        let setting = angara_replay::columns::ColumnSetting { topology: &topology, carbon: &[], options: &options, step_ms: 3_600_000 };
        let t = Instant::now();
        let out = workload.replay(&setting, &ReplaySilent).unwrap().outcome;
        let energy: f64 = out.outcome.sources.iter().map(|s| s.energy_j).sum();
        println!("read {:?} replay {:?} fragments {} energy {} kWh makespan {}", read, t.elapsed(), out.outcome.fragments, energy/3.6e6, out.outcome.makespan_ms);
    }
}
