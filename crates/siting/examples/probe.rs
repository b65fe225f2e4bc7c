use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let limit: f64 = args[2].parse().unwrap();
    let path = &args[1];
    let text = fs_err::read_to_string(path).unwrap();
    let (m, f) = if path.ends_with("tsp") { angara_siting::read::tsplib::read(&text) } else { angara_siting::read::orlib_pmed::read(&text) };
    assert!(f.is_empty(), "{f:?}");
    let m = m.unwrap();
    let ps: Vec<usize> = if args.len() > 3 { args[3..].iter().map(|a| a.parse().unwrap()).collect() } else { vec![m.open.unwrap()] };
    for p in ps {
        let start = Instant::now();
        let stop = || start.elapsed().as_secs_f64() > limit;
        let limits = angara_siting::Limits { stop: &stop, ..Default::default() };
        let s = angara_siting::p_median(&m, p, &limits);
        if limit < 0.0 { return; }
        if let Some(proof) = &s.proof {
            let t = Instant::now();
            let opening = vec![0; m.table.sites()];
            let q = angara_siting::certificate::Question { table: m.table.as_ref(), opening: &opening, count: Some(p) };
            let plan: Vec<u32> = s.open.iter().map(|&x| x as u32).collect();
            println!("  check: cost {:?} bound {:?} steps {} {:.2}s", q.cost(&plan), q.bound(proof), proof.steps.len(), t.elapsed().as_secs_f64());
        }
        println!("{path} p={p} {} bound {:.2} proven {} nodes {} {:.2}s", s.objective, s.bound, s.proven, s.nodes, start.elapsed().as_secs_f64());
    }
}
