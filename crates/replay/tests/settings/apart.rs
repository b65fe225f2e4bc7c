//! Tasks of a group are kept apart, and go where their platform and site are.

use super::support::{Case, HOUR_MS, Task, task, topology};

fn three() -> Vec<Task> {
    (0..3).map(|_| task(0, 1, HOUR_MS)).collect()
}

#[test]
fn tasks_of_a_group_are_kept_on_different_hosts_racks_or_sites() {
    let case = Case::new(&topology(&[("A", 4), ("B", 1)]), &three());
    assert_eq!(case.run("").hosts(), ["A-H-0"; 3]);
    let hosts = |scope: &str| {
        let settings = format!(
            "
placement: {{apart: {scope}}}
layout: {{hosts_per_rack: 2}}
tasks:
  rules:
    - {{task: '*', group: replicas}}
"
        );
        let done = case.run(&settings);
        (done.hosts(), done.starts()[2])
    };
    assert_eq!(hosts("host").0, ["A-H-0", "A-H-1", "A-H-2"]);
    assert_eq!(hosts("rack").0, ["A-H-0", "A-H-2", "B-H"]);
    // Two clusters hold two at a time.
    let expected = ["A-H-0", "B-H", "A-H-0"].map(str::to_owned).to_vec();
    assert_eq!(hosts("cluster"), (expected.clone(), Some(HOUR_MS)));
    assert_eq!(hosts("site"), (expected, Some(HOUR_MS)));
}

#[test]
fn groups_platforms_and_sites_may_stand_in_the_table_of_tasks() {
    let case = Case::new(&topology(&[("A", 2), ("B", 2)]), &three());
    let columns: [(&str, &[&str]); 3] = [
        ("anti_affinity", &["g", "g", ""]),
        ("arch", &["", "", "arm"]),
        ("place", &["", "west", ""]),
    ];
    case.write_tasks(&three(), &columns);
    let done = case.run(
        "
placement: {apart: host}
layout:
  sites:
    - {name: east, clusters: [A]}
    - {name: west, clusters: [B]}
hosts:
  - {host: '*-1', cluster: B, platform: arm}
tasks:
  table: {group: anti_affinity, platform: arch, site: place}
",
    );
    assert_eq!(done.hosts(), ["A-H-0", "B-H-0", "B-H-1"]);
}
