//! The crates that are annotated, each in a version that ships tests with it.

pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Switched on beside the default ones.
    pub(crate) features: &'static [&'static str],
}

const fn with_defaults(name: &'static str, version: &'static str) -> Crate {
    with_features(name, version, &[])
}

const fn with_features(name: &'static str, version: &'static str, features: &'static [&'static str]) -> Crate {
    Crate { name, version, features }
}

pub(crate) const CRATES: [Crate; 14] = [
    with_defaults("arrayvec", "0.7.8"),
    with_defaults("base64", "0.23.1"),
    with_defaults("fastrand", "2.5.0"),
    with_defaults("itertools", "0.15.0"),
    with_defaults("integer-encoding", "4.1.0"),
    with_defaults("csv-core", "0.1.13"),
    with_defaults("crc32fast", "1.5.5"),
    with_features("petgraph", "0.8.3", &["quickcheck", "unstable"]),
    with_defaults("euclid", "0.22.14"),
    with_features("uuid", "1.29.3", &["v1", "v3", "v4", "v5", "v6", "v7", "v8"]),
    with_features("winnow", "1.0.5", &["binary"]),
    with_defaults("heck", "0.5.0"),
    with_defaults("textwrap", "0.16.4"),
    with_defaults("ordered-float", "5.5.1"),
];
