//! `layout` and `hosts`: racks, feeds, halls and sites, and the platforms of hosts.

use std::collections::BTreeMap;

use angara_simulation::replay::Topology;

use super::pattern::Pattern;
use crate::document::Fields;

/// Most of anything in a group.
const COUNT_MAX: u64 = 10_000_000;

/// How hosts stand together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Layout {
    hosts_per_rack: Option<u32>,
    racks_per_feed: Option<u32>,
    racks_per_hall: Option<u32>,
    /// Sites by name, and the clusters of each.
    pub(super) sites: Vec<(String, Pattern, String)>,
    /// What is said of some hosts.
    pub(super) hosts: Vec<HostRule>,
}

/// What is said of the hosts of some names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HostRule {
    /// Where the settings say it.
    pub(super) path: String,
    cluster: Pattern,
    host: Pattern,
    platform: Option<String>,
    rack: Option<String>,
}

/// Feeds and halls of the hosts of a topology, by host; racks and sites stand in the topology itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostGroups {
    /// Feed of the rack of each host; none where racks do not tell it.
    pub feed: Vec<Option<u32>>,
    /// Hall of the rack of each host.
    pub hall: Vec<Option<u32>>,
}

pub(super) fn layout(layout: Fields<'_>) -> Layout {
    let count = |name| {
        let count = layout.whole(name, 1, COUNT_MAX);
        count.map(|count| count as u32)
    };
    let mut read = Layout {
        hosts_per_rack: count("hosts_per_rack"),
        racks_per_feed: count("racks_per_feed"),
        racks_per_hall: count("racks_per_hall"),
        ..Layout::default()
    };
    for site in layout.objects("sites") {
        site.required("name");
        site.required("clusters");
        let name = site.text("name").unwrap_or_default();
        for (path, value) in site.list("clusters") {
            if let Some(pattern) = value.as_str() {
                let pattern = Pattern::new(pattern);
                read.sites.push((name.to_owned(), pattern, path));
            } else {
                layout
                    .document()
                    .refuse(&path, value, "a name of a cluster");
            }
        }
        site.finish();
    }
    layout.finish();
    read
}

pub(super) fn host_rule(rule: Fields<'_>) -> HostRule {
    let pattern = |name| rule.text(name).map_or_else(Pattern::any, Pattern::new);
    let read = HostRule {
        path: rule.path("").trim_end_matches('.').to_owned(),
        cluster: pattern("cluster"),
        host: pattern("host"),
        platform: rule.text("platform").map(str::to_owned),
        rack: rule.text("rack").map(str::to_owned),
    };
    if read.platform.is_none() && read.rack.is_none() {
        rule.document().complain(
            &read.path,
            format!("{} says nothing of its hosts", read.path),
            "platform or rack",
        );
    }
    rule.finish();
    read
}

impl HostRule {
    fn matches(&self, topology: &Topology, host: usize) -> bool {
        let row = &topology.hosts[host];
        self.host.matches(&row.name)
            && self
                .cluster
                .matches(&topology.clusters[row.cluster as usize].name)
    }
}

impl Layout {
    /// Whether hosts may stand in racks at all.
    pub(super) fn has_racks(&self) -> bool {
        self.hosts_per_rack.is_some() || self.hosts.iter().any(|rule| rule.rack.is_some())
    }

    /// Keys that count racks where there are none.
    pub(super) fn without_racks(&self) -> Vec<&'static str> {
        let keys = [
            ("layout.racks_per_feed", self.has_feeds()),
            ("layout.racks_per_hall", self.has_halls()),
        ];
        let told = keys
            .into_iter()
            .filter(|(_, is_told)| *is_told && !self.has_racks());
        told.map(|(key, _)| key).collect()
    }

    pub(super) fn has_feeds(&self) -> bool {
        self.racks_per_feed.is_some()
    }

    pub(super) fn has_halls(&self) -> bool {
        self.racks_per_hall.is_some()
    }

    /// Names of the platforms, each once.
    pub(super) fn platforms(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .hosts
            .iter()
            .filter_map(|rule| rule.platform.as_deref())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Puts the hosts of a topology in racks and gives them platforms; tells which rules met a host.
    pub(super) fn apply(&self, topology: &mut Topology) -> (HostGroups, Vec<bool>) {
        let mut met = vec![false; self.hosts.len()];
        let mut named: Vec<Option<String>> = vec![None; topology.hosts.len()];
        let mut platforms: Vec<Option<u32>> = vec![None; topology.hosts.len()];
        let names = self.platforms();
        for (rule, met) in self.hosts.iter().zip(&mut met) {
            for host in 0..topology.hosts.len() {
                if !rule.matches(topology, host) {
                    continue;
                }
                *met = true;
                if let Some(rack) = &rule.rack {
                    named[host] = Some(rack.clone());
                }
                if let Some(platform) = &rule.platform {
                    let row = names.binary_search(&platform.as_str()).ok();
                    platforms[host] = row.map(|row| row as u32 + 1);
                }
            }
        }
        give_platforms(topology, &platforms);
        (self.stand(topology, &named), met)
    }

    /// Racks by name or by counting hosts, and feeds and halls by counting racks, all within clusters.
    fn stand(&self, topology: &mut Topology, named: &[Option<String>]) -> HostGroups {
        let mut groups = HostGroups::default();
        let mut racks: BTreeMap<(u32, String), u32> = BTreeMap::new();
        let (mut cluster, mut counted, mut first_rack) = (u32::MAX, 0_u32, 0_u32);
        let (mut feeds, mut halls) = (Numbers::default(), Numbers::default());
        for (host, name) in topology.hosts.iter_mut().zip(named) {
            if host.cluster != cluster {
                cluster = host.cluster;
                counted = 0;
                first_rack = racks.len() as u32;
            }
            let name = name.clone().or_else(|| {
                let number = counted / self.hosts_per_rack?;
                counted += 1;
                // No rack of a file is named so: names of files are trimmed.
                Some(format!(" {number}"))
            });
            let next = racks.len() as u32;
            host.rack = name.map(|name| *racks.entry((cluster, name)).or_insert(next));
            let place = host.rack.map(|rack| rack.saturating_sub(first_rack));
            let number = |numbers: &mut Numbers, racks_of: Option<u32>| {
                place
                    .zip(racks_of)
                    .map(|(place, racks)| numbers.of(cluster, place / racks))
            };
            groups.feed.push(number(&mut feeds, self.racks_per_feed));
            groups.hall.push(number(&mut halls, self.racks_per_hall));
        }
        groups
    }
}

/// Numbers for pairs, in the order in which they come.
#[derive(Default)]
struct Numbers(BTreeMap<(u32, u32), u32>);

impl Numbers {
    fn of(&mut self, cluster: u32, place: u32) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry((cluster, place)).or_insert(next)
    }
}

/// Hosts of a platform become a kind of their own.
fn give_platforms(topology: &mut Topology, platforms: &[Option<u32>]) {
    let mut kinds: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (host, platform) in topology.hosts.iter_mut().zip(platforms) {
        let Some(platform) = *platform else { continue };
        host.kind = *kinds.entry((host.kind, platform)).or_insert_with(|| {
            let mut kind = topology.kinds[host.kind as usize].clone();
            kind.platform = platform;
            topology.kinds.push(kind);
            (topology.kinds.len() - 1) as u32
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opendc::parse_topology;

    fn topology() -> Topology {
        let host = r#"{"name": "H", "count": 5, "cpu": {"coreCount": 1, "coreSpeed": 1000},
            "memory": {"memorySize": 1000}}"#;
        let text = format!(
            r#"{{"clusters": [{{"name": "A", "hosts": [{host}]}}, {{"name": "B", "hosts": [{host}]}}]}}"#
        );
        let (file, findings) = parse_topology(&text, "t", false);
        assert!(!findings.has_errors());
        file.unwrap().topology
    }

    #[test]
    fn racks_feeds_and_halls_are_counted_within_clusters() {
        let layout = Layout {
            hosts_per_rack: Some(2),
            racks_per_feed: Some(1),
            racks_per_hall: Some(2),
            ..Layout::default()
        };
        let mut topology = topology();
        let (groups, _) = layout.apply(&mut topology);
        let racks: Vec<_> = topology.hosts.iter().map(|host| host.rack).collect();
        let numbers = |numbers: [u32; 10]| numbers.map(Some).to_vec();
        assert_eq!(racks, numbers([0, 0, 1, 1, 2, 3, 3, 4, 4, 5]));
        assert_eq!(groups.feed, numbers([0, 0, 1, 1, 2, 3, 3, 4, 4, 5]));
        assert_eq!(groups.hall, numbers([0, 0, 0, 0, 1, 2, 2, 2, 2, 3]));
    }

    #[test]
    fn rules_name_racks_and_platforms_and_tell_whom_they_met() {
        let rule =
            |cluster: &str, host: &str, platform: Option<&str>, rack: Option<&str>| HostRule {
                path: String::new(),
                cluster: Pattern::new(cluster),
                host: Pattern::new(host),
                platform: platform.map(str::to_owned),
                rack: rack.map(str::to_owned),
            };
        let layout = Layout {
            hosts: vec![
                rule("A", "*", None, Some("r1")),
                rule("A", "H-4", None, Some("r2")),
                rule("*", "H-0", Some("arm"), None),
                rule("C", "*", Some("arm"), None),
            ],
            ..Layout::default()
        };
        let mut topology = topology();
        let (_, met) = layout.apply(&mut topology);
        assert_eq!(met, [true, true, true, false]);
        let racks: Vec<_> = topology.hosts.iter().map(|host| host.rack).collect();
        assert_eq!(
            racks[..6],
            [Some(0), Some(0), Some(0), Some(0), Some(1), None]
        );
        let platform = |host: usize| topology.kinds[topology.hosts[host].kind as usize].platform;
        assert_eq!([platform(0), platform(1), platform(5)], [1, 0, 1]);
        assert_eq!(topology.kinds.len(), 2);
    }
}
