//! Named failure models: laws fitted to recorded failures of nine systems.
//!
//! # What it computes
//! The laws of the time between failures and of their length, by name: a system (`G5k06`, `Lanl05`, `Ldns04`,
//! `Microsoft99`, `Nd07cpu`, `Overnet03`, `Pl05`, `Skype06`, `Websites02`) followed by a family of laws (`Exp`, `Wbl`,
//! `LogN`, `Gam`).
//!
//! # Assumptions
//! The laws were fitted to single nodes of each system. As a named model they drive all hosts at once: each failure
//! hits a share of the hosts, uniform between none and all. Failures follow one another for ever (`OpenDC` stops after
//! the first).
//!
//! # Valid range
//! Systems of 1999 to 2007, among them desktops and peers of a network, whose nodes leave more often than servers
//! fail.
//!
//! # References
//! Javadi, Kondo, Iosup and Epema, The Failure Trace Archive: enabling the comparison of failure measurements and
//! models of distributed systems, J. Parallel Distrib. Comput. 73 (2013) 1208–1223, as tabulated by the `OpenDC`
//! data-centre simulator under these names. For each system the exponential and the gamma fit agree in their means;
//! a test holds them to it.

use super::law::{Exponential, Gamma, Law, Lognormal, Uniform, Weibull};
use super::processes::{FailureGroup, FailureProcesses};

/// Laws fitted to the recorded failures of a system.
#[derive(Debug, Clone, PartialEq)]
pub struct FailurePrefab {
    /// Name of the system and the family of laws.
    pub name: String,
    /// Time from the end of a failure to the next [h].
    pub time_to_failure: Law,
    /// Length of a failure [h].
    pub time_to_repair: Law,
}

impl FailurePrefab {
    /// The model of a name; none if there is no such.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|prefab| prefab.name == name)
    }

    /// All models, by system and family.
    pub fn all() -> impl Iterator<Item = Self> {
        FITS.iter()
            .flat_map(|fits| FAMILIES.into_iter().map(|family| fits.prefab(family)))
    }

    /// One process over hosts 0 to `hosts - 1`, of which each failure hits a uniform share.
    pub fn process(&self, hosts: u32) -> FailureProcesses {
        FailureProcesses {
            groups: vec![FailureGroup {
                name: self.name.clone(),
                hosts: (0..hosts).collect(),
                time_to_failure: self.time_to_failure.clone(),
                time_to_repair: self.time_to_repair.clone(),
                share: Some(ANY_SHARE),
            }],
        }
    }
}

const ANY_SHARE: Law = Law::Uniform(Uniform::BETWEEN_NONE_AND_ALL);

/// A family of laws, as the names abbreviate it.
#[derive(Debug, Clone, Copy)]
enum Family {
    Exponential,
    Weibull,
    Lognormal,
    Gamma,
}

const FAMILIES: [Family; 4] = [
    Family::Exponential,
    Family::Weibull,
    Family::Lognormal,
    Family::Gamma,
];

/// What was fitted to a system: parameters of the time between failures, then of their length [h].
struct Fits {
    dataset: &'static str,
    /// Mean of each.
    exponential: (f64, f64),
    /// Shape and scale of each.
    weibull: [(f64, f64); 2],
    /// Mean and deviation of the logarithm of each.
    lognormal: [(f64, f64); 2],
    /// Shape and scale of each.
    gamma: [(f64, f64); 2],
}

impl Fits {
    fn prefab(&self, family: Family) -> FailurePrefab {
        let (suffix, [time_to_failure, time_to_repair]) = match family {
            Family::Exponential => {
                let law = |mean| Law::Exponential(Exponential::tabulated(mean));
                ("Exp", [law(self.exponential.0), law(self.exponential.1)])
            }
            Family::Weibull => {
                let law = |(shape, scale)| Law::Weibull(Weibull::tabulated(shape, scale));
                ("Wbl", self.weibull.map(law))
            }
            Family::Lognormal => {
                let law = |(mean, deviation)| Law::Lognormal(Lognormal::tabulated(mean, deviation));
                ("LogN", self.lognormal.map(law))
            }
            Family::Gamma => {
                let law = |(shape, scale)| Law::Gamma(Gamma::tabulated(shape, scale));
                ("Gam", self.gamma.map(law))
            }
        };
        FailurePrefab {
            name: format!("{}{suffix}", self.dataset),
            time_to_failure,
            time_to_repair,
        }
    }
}

const FITS: [Fits; 9] = [
    Fits {
        dataset: "G5k06",
        exponential: (32.41, 7.41),
        weibull: [(0.48, 14.37), (0.35, 0.47)],
        lognormal: [(1.51, 2.42), (-2.0, 2.2)],
        gamma: [(0.34, 94.35), (0.19, 39.92)],
    },
    Fits {
        dataset: "Lanl05",
        exponential: (1779.99, 5.92),
        weibull: [(0.48, 816.6), (0.58, 2.18)],
        lognormal: [(5.56, 2.39), (0.05, 1.42)],
        gamma: [(0.35, 5102.71), (0.38, 15.44)],
    },
    Fits {
        dataset: "Ldns04",
        exponential: (141.06, 8.61),
        weibull: [(0.51, 79.3), (0.63, 5.62)],
        lognormal: [(3.25, 2.33), (0.91, 1.64)],
        gamma: [(0.39, 362.43), (0.51, 16.87)],
    },
    Fits {
        dataset: "Microsoft99",
        exponential: (67.01, 16.49),
        weibull: [(0.55, 35.3), (0.6, 9.34)],
        lognormal: [(2.62, 1.84), (1.42, 1.54)],
        gamma: [(0.41, 162.19), (0.46, 35.52)],
    },
    Fits {
        dataset: "Nd07cpu",
        exponential: (13.73, 4.25),
        weibull: [(0.45, 4.16), (0.51, 0.74)],
        lognormal: [(0.3, 2.2), (-1.02, 1.27)],
        gamma: [(0.3, 46.16), (0.28, 15.07)],
    },
    Fits {
        dataset: "Overnet03",
        exponential: (2.29, 12.0),
        weibull: [(0.85, 2.04), (0.44, 2.98)],
        lognormal: [(0.19, 0.98), (0.08, 1.8)],
        gamma: [(0.91, 2.53), (0.29, 41.64)],
    },
    Fits {
        dataset: "Pl05",
        exponential: (159.49, 49.61),
        weibull: [(0.33, 19.35), (0.36, 5.59)],
        lognormal: [(1.44, 2.86), (0.4, 2.45)],
        gamma: [(0.2, 788.03), (0.21, 237.65)],
    },
    Fits {
        dataset: "Skype06",
        exponential: (16.27, 14.31),
        weibull: [(0.64, 10.86), (0.63, 9.48)],
        lognormal: [(1.6, 1.57), (1.4, 1.73)],
        gamma: [(0.53, 30.79), (0.5, 28.53)],
    },
    Fits {
        dataset: "Websites02",
        exponential: (11.85, 1.18),
        weibull: [(0.46, 3.68), (0.65, 0.61)],
        lognormal: [(0.23, 2.02), (-1.12, 1.13)],
        gamma: [(0.31, 38.67), (0.5, 2.37)],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_systems_have_four_laws_each() {
        let names: Vec<String> = FailurePrefab::all().map(|prefab| prefab.name).collect();
        assert_eq!(names.len(), 36);
        assert_eq!(names[0], "G5k06Exp");
        assert_eq!(names[35], "Websites02Gam");
        assert_eq!(FailurePrefab::named("Lanl06Wbl"), None);
    }

    #[test]
    fn tabulated_parameters_pass_the_checks_of_the_laws() {
        for fits in &FITS {
            let (mean, other) = fits.exponential;
            assert!(Law::exponential(mean).is_ok() && Law::exponential(other).is_ok());
            for row in 0..2 {
                let (shape, scale) = fits.weibull[row];
                assert!(Law::weibull(shape, scale).is_ok());
                let (log_mean, log_deviation) = fits.lognormal[row];
                assert!(Law::lognormal(log_mean, log_deviation).is_ok());
                let (shape, scale) = fits.gamma[row];
                assert!(Law::gamma(shape, scale).is_ok());
            }
        }
        assert_eq!(Law::uniform(0.0, 1.0), Ok(ANY_SHARE));
    }

    #[test]
    fn a_name_gives_its_laws() {
        let prefab = FailurePrefab::named("Lanl05Wbl").unwrap();
        assert_eq!(prefab.time_to_failure, Law::weibull(0.48, 816.60).unwrap());
        assert_eq!(prefab.time_to_repair, Law::weibull(0.58, 2.18).unwrap());
        let prefab = FailurePrefab::named("G5k06LogN").unwrap();
        assert_eq!(prefab.time_to_failure, Law::lognormal(1.51, 2.42).unwrap());
    }

    /// Exponential and gamma laws that are fitted by maximum likelihood both keep the mean of the data, so a slip in
    /// either column shows.
    #[test]
    fn exponential_and_gamma_fits_of_a_system_have_the_same_mean() {
        for fits in &FITS {
            let exponential = fits.prefab(Family::Exponential);
            let gamma = fits.prefab(Family::Gamma);
            for (one, other) in [
                (&exponential.time_to_failure, &gamma.time_to_failure),
                (&exponential.time_to_repair, &gamma.time_to_repair),
            ] {
                let ratio = one.mean() / other.mean();
                assert!((ratio - 1.0).abs() < 0.03, "{}: {ratio}", fits.dataset);
            }
        }
    }
}
