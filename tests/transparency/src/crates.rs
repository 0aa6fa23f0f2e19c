//! The crates that are annotated, each in a version that ships tests with it.

#[derive(Clone, Copy)]
pub(crate) struct Crate {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Switched on beside the default ones.
    pub(crate) features: &'static [&'static str],
    /// Parts of the names of tests that take minutes without the attribute already.
    pub(crate) skipped_tests: &'static [&'static str],
}

pub(crate) const fn published(name: &'static str, version: &'static str) -> Crate {
    Crate { name, version, features: &[], skipped_tests: &[] }
}

impl Crate {
    const fn with_features(self, features: &'static [&'static str]) -> Self {
        Self { features, ..self }
    }

    const fn without_tests(self, skipped_tests: &'static [&'static str]) -> Self {
        Self { skipped_tests, ..self }
    }
}

pub(crate) const CRATES: [Crate; 14] = [
    published("arrayvec", "0.7.8"),
    published("base64", "0.23.1").without_tests(&["every_possible_three_symbols"]),
    published("fastrand", "2.5.0"),
    published("itertools", "0.15.0"),
    published("integer-encoding", "4.1.0"),
    published("csv-core", "0.1.13"),
    published("crc32fast", "1.5.5"),
    published("petgraph", "0.8.3").with_features(&["quickcheck", "unstable"]),
    published("euclid", "0.22.14"),
    published("uuid", "1.29.3").with_features(&["v1", "v3", "v4", "v5", "v6", "v7", "v8"]),
    published("winnow", "1.0.5").with_features(&["binary"]),
    published("heck", "0.5.0"),
    published("textwrap", "0.16.4"),
    published("ordered-float", "5.5.1"),
];

/// Servers, and what servers are made with, whose call graphs are looked at.
pub(crate) const SERVERS: [Crate; 20] = [
    published("miniserve", "0.35.0"),
    published("static-web-server", "2.38.0"),
    published("atuin-server", "18.24.4"),
    published("dufs", "0.47.0"),
    published("sccache", "0.19.0"),
    published("simple-http-server", "0.8.1"),
    published("rustypaste", "0.18.1"),
    published("microbin", "2.1.4"),
    published("hickory-server", "0.26.3"),
    // Full of functions that hand on to one of the same name: where a graph by name alone sees cycles.
    published("hickory-proto", "0.26.3"),
    published("axum", "0.8.9"),
    published("actix-web", "4.18.1"),
    published("actix-http", "3.20.0"),
    published("hyper", "1.12.0"),
    published("h2", "0.4.20"),
    published("warp", "0.4.3"),
    published("salvo_core", "1.1.0"),
    published("rocket", "0.5.2"),
    published("poem", "3.1.12"),
    published("async-graphql", "8.0.0-rc.5"),
];
