use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = fs_err::read_to_string(&args[1]).unwrap();
    let cap: Option<f64> = args.get(2).map(|a| a.parse().unwrap());
    let (m, f) = angara_siting::read::orlib_cap::read(&text, cap);
    assert!(f.is_empty(), "{f:?}");
    let m = m.unwrap();
    let start = Instant::now();
    let stop = || start.elapsed().as_secs_f64() > 30.0;
    let limits = angara_siting::Limits { stop: &stop, ..Default::default() };
    let s = angara_siting::uncapacitated(&m, &limits);
    println!("{} U {:.3} bound {:.3} proven {} nodes {} {:.3}s", args[1], s.objective, s.bound, s.proven, s.nodes, start.elapsed().as_secs_f64());
    let start = Instant::now();
    let stop = || start.elapsed().as_secs_f64() > 30.0;
    let limits = angara_siting::Limits { stop: &stop, ..Default::default() };
    if let Some(c) = &m.capacities {
    let s = angara_siting::capacitated(&m, c, &limits).unwrap();
    println!("{} C {:.3} bound {:.3} proven {} nodes {} {:.3}s", args[1], s.objective, s.bound, s.proven, s.nodes, start.elapsed().as_secs_f64());
    }
}
