//! Assigning the clients of one scenario to given servers.
//!
//! # What it computes
//! The cheapest assignment: least penalty for overflow less revenue. Branch and bound over clients with the bound of
//! the relaxed assignment (0-1 knapsack per server).
//!
//! # Assumptions
//! Whole data, so a bound above `best - 1` closes a branch.
//!
//! # Valid range
//! Some dozens of clients.
//!
//! # References
//! Martello, Toth (1990), "Knapsack problems", chapter 7 (generalised assignment).

use super::ServerLocation;
use super::knapsack::Knapsack;

/// Against rounding.
const MARGIN: f64 = 1e-4;
const ITERATIONS: usize = 25;
const FIRST_ITERATIONS: usize = 120;
const UNASSIGNED: usize = usize::MAX;

/// The cheapest assignment of one scenario.
#[derive(Debug, Clone)]
pub(crate) struct Recourse {
    pub(crate) value: i64,
    /// Server of each present client.
    pub(crate) servers: Vec<usize>,
    /// Whether the search came to its end.
    pub(crate) complete: bool,
}

struct Search<'a> {
    problem: &'a ServerLocation,
    present: &'a [usize],
    open: &'a [bool],
    best: Recourse,
    knapsack: Knapsack,
    limits: &'a Effort<'a>,
}

/// How far a search goes.
pub(crate) struct Effort<'a> {
    /// Assignments that cost more than this are not looked for.
    pub(crate) cutoff: f64,
    /// Most branches.
    pub(crate) nodes_max: usize,
    /// Asked after each branch: whether to stop with what there is.
    pub(crate) stop: &'a dyn Fn() -> bool,
}

struct Node {
    assigned: Vec<usize>,
    u: Vec<f64>,
}

struct Relaxed {
    bound: f64,
    /// How often each client is taken, and by which server last.
    taken: Vec<(u32, usize)>,
}

/// The cheapest assignment of `present` when `open` servers are open, from multipliers `u`. Where all cost more than
/// the cutoff the value is the best met, above the cutoff.
pub(crate) fn assign(
    problem: &ServerLocation,
    present: &[usize],
    open: &[bool],
    u: Vec<f64>,
    limits: &Effort<'_>,
) -> Recourse {
    let mut search = Search {
        problem,
        present,
        open,
        best: Recourse {
            value: i64::MAX,
            servers: Vec::new(),
            complete: true,
        },
        knapsack: Knapsack::default(),
        limits,
    };
    let assigned = vec![UNASSIGNED; present.len()];
    let nothing = vec![0.0; present.len()];
    let better = search.relax(&assigned, &nothing).bound > search.relax(&assigned, &u).bound;
    let u = if better { nothing } else { u };
    let mut stack = vec![Node { assigned, u }];
    let mut nodes = 0;
    while let Some(node) = stack.pop() {
        if nodes > 0 && (nodes >= limits.nodes_max || (limits.stop)()) {
            search.best.complete = false;
            break;
        }
        search.node(
            node,
            if nodes == 0 {
                FIRST_ITERATIONS
            } else {
                ITERATIONS
            },
            &mut stack,
        );
        nodes += 1;
    }
    search.best
}

impl Search<'_> {
    fn room(&self, server: usize) -> i64 {
        if self.open[server] {
            self.problem.capacities[server]
        } else {
            0
        }
    }

    fn node(&mut self, node: Node, iterations: usize, stack: &mut Vec<Node>) {
        let Node { assigned, mut u } = node;
        let mut best_u = u.clone();
        let mut best_bound = f64::NEG_INFINITY;
        let mut conflict = None;
        let mut step = 1.0;
        for iteration in 0..iterations {
            let relaxed = self.relax(&assigned, &u);
            self.repair(&assigned, &relaxed);
            if relaxed.bound > best_bound {
                best_bound = relaxed.bound;
                best_u.clone_from(&u);
                conflict = self.conflict(&assigned, &relaxed);
            } else if iteration % 4 == 3 {
                step *= 0.7;
            }
            let wrong: Vec<f64> = relaxed
                .taken
                .iter()
                .zip(&assigned)
                .map(|(taken, &server)| {
                    if server == UNASSIGNED {
                        1.0 - f64::from(taken.0)
                    } else {
                        0.0
                    }
                })
                .collect();
            let length: f64 = wrong.iter().map(|wrong| wrong * wrong).sum();
            let gap = self.best.value as f64 - best_bound;
            if length == 0.0 || gap < 1.0 - MARGIN || best_bound > self.limits.cutoff {
                break;
            }
            for (place, wrong) in wrong.iter().enumerate() {
                let greatest = self.problem.greatest(self.present[place]) as f64;
                let most = self.problem.least_penalty() as f64 - greatest;
                u[place] = (u[place] + step * gap * wrong / length).clamp(-greatest, most);
            }
        }
        if best_bound
            > self
                .limits
                .cutoff
                .min(self.best.value as f64 - 1.0 + MARGIN)
        {
            return;
        }
        let Some(place) =
            conflict.or_else(|| assigned.iter().position(|&server| server == UNASSIGNED))
        else {
            return;
        };
        let client = self.present[place];
        let mut servers: Vec<usize> = (0..self.open.len()).collect();
        // Looked at last first: the greatest revenue at an open server.
        servers.sort_by_key(|&server| {
            let free = self.room(server) > 0 || self.problem.demands[client][server] == 0;
            (free, self.problem.revenues[client][server])
        });
        for server in servers {
            let mut assigned = assigned.clone();
            assigned[place] = server;
            stack.push(Node {
                assigned,
                u: best_u.clone(),
            });
        }
    }

    /// A client that the relaxation takes twice or not at all.
    fn conflict(&self, assigned: &[usize], relaxed: &Relaxed) -> Option<usize> {
        let weight = |&place: &usize| {
            self.problem.demands[self.present[place]]
                .iter()
                .copied()
                .max()
        };
        (0..assigned.len())
            .filter(|&place| assigned[place] == UNASSIGNED && relaxed.taken[place].0 != 1)
            .max_by_key(weight)
    }

    fn relax(&mut self, assigned: &[usize], u: &[f64]) -> Relaxed {
        let problem = self.problem;
        let mut bound = 0.0;
        let mut taken = vec![(0, UNASSIGNED); assigned.len()];
        let mut items = Vec::new();
        let mut chosen = Vec::new();
        for server in 0..self.open.len() {
            let mut room = self.room(server);
            items.clear();
            chosen.clear();
            for (place, &client) in self.present.iter().enumerate() {
                let demand = problem.demands[client][server];
                let revenue = problem.revenues[client][server];
                if assigned[place] == server {
                    room -= demand;
                    bound -= revenue as f64;
                    taken[place] = (1, server);
                } else if assigned[place] == UNASSIGNED {
                    let gain = revenue as f64 + u[place];
                    if gain > 0.0 && demand == 0 {
                        bound -= gain;
                        taken[place] = (taken[place].0 + 1, server);
                    } else if gain > 0.0 {
                        items.push((gain, demand, place as u32));
                    }
                }
            }
            if room < 0 {
                bound += (problem.penalties[server] * -room) as f64;
            }
            bound -= self.knapsack.solve(&items, room, &mut chosen);
            for &place in &chosen {
                taken[place as usize] = (taken[place as usize].0 + 1, server);
            }
        }
        for (place, &server) in assigned.iter().enumerate() {
            if server == UNASSIGNED {
                bound += u[place];
            }
        }
        Relaxed { bound, taken }
    }

    /// Makes an assignment of the relaxed one and keeps it if it is the best.
    fn repair(&mut self, assigned: &[usize], relaxed: &Relaxed) {
        let problem = self.problem;
        let mut servers = assigned.to_vec();
        let mut room: Vec<i64> = (0..self.open.len())
            .map(|server| self.room(server))
            .collect();
        let mut value = 0;
        for pass in 0..2 {
            for (place, &client) in self.present.iter().enumerate() {
                let wanted = match (pass, assigned[place], relaxed.taken[place].0) {
                    (0, UNASSIGNED, 0) | (1, UNASSIGNED, 1..) => continue,
                    (0, UNASSIGNED, _) => relaxed.taken[place].1,
                    (0, server, _) => server,
                    (_, UNASSIGNED, 0) => {
                        let cost = |server: usize| {
                            let over = |room: i64| (-room).max(0);
                            let left = room[server] - problem.demands[client][server];
                            problem.penalties[server] * (over(left) - over(room[server]))
                                - problem.revenues[client][server]
                        };
                        (0..room.len())
                            .min_by_key(|&server| cost(server))
                            .unwrap_or(0)
                    }
                    _ => continue,
                };
                servers[place] = wanted;
                room[wanted] -= problem.demands[client][wanted];
                value -= problem.revenues[client][wanted];
            }
        }
        for (server, &room) in room.iter().enumerate() {
            value += problem.penalties[server] * (-room).max(0);
        }
        if value < self.best.value {
            self.best.value = value;
            self.best.servers = servers;
        }
    }
}
