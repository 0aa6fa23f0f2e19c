//! Every way in, in every framework, against everything that can be wrong.

#![allow(missing_docs, reason = "a test")]

use portcullis_frameworks::{matrix, start};

#[test]
fn actix() {
    matrix::run(&start(matrix::actix::serve));
}

#[test]
fn axum() {
    matrix::run(&start(matrix::axum::serve));
}

#[test]
fn poem() {
    matrix::run(&start(matrix::poem::serve));
}

#[test]
fn rocket() {
    matrix::run(&start(matrix::rocket::serve));
}

#[test]
fn warp() {
    matrix::run(&start(matrix::warp::serve));
}

#[test]
fn tonic() {
    matrix::tonic::run(&start(matrix::tonic::serve));
}
