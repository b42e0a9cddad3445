//! The test of who uses whom is itself fed each kind of wrong arrow.

use super::arrows::House;

/// Whether, in a house of these files, `user` is seen to use `used`.
fn sees(files: &[(&str, &str)], user: &str, used: &str) -> bool {
    let arrow = (user.to_owned(), used.to_owned());
    House::read(files.iter().copied()).arrows().contains(&arrow)
}

/// The root, and a room `b` that hands on a name of its child.
const ROOMS: [(&str, &str); 3] = [
    ("lib.rs", "pub mod a; pub mod b;"),
    ("b/mod.rs", "mod c; pub use c::Deep; pub fn near() {}"),
    ("b/c.rs", "pub struct Deep; pub fn far() {}"),
];

fn sees_from_a(text: &str, used: &str) -> bool {
    let files = [&ROOMS[..], &[("a.rs", text)]].concat();
    sees(&files, "a.rs", used)
}

#[test]
fn every_way_to_use_another_file_is_seen() {
    let near = [
        "use crate::b::near;",
        "use crate::{b::near};",
        "use crate::{b::{self, near}};",
        "use crate::{b as other}; fn f() { other::near() }",
        "fn f() { crate::b::near() }",
        "fn f() { super::b::near() }",
        "use super::b; fn f() { b::near() }",
        "mod inner { fn f() { super::super::b::near() } }",
        "mod inner { use super::super::b::near; }",
        "fn f() { println!(\"{:?}\", crate::b::near()) }",
        "fn f() { use crate::b::near; near() }",
        "use crate::b::*;",
        "#[derive(x(crate::b::near))] struct S;",
        "impl Iterator for S { type Item = crate::b::Other; }",
    ];
    for text in near {
        assert!(sees_from_a(text, "b/mod.rs"), "{text}");
    }
}

#[test]
fn a_name_that_is_handed_on_leads_to_where_it_is_defined() {
    let deep = [
        "use crate::b::Deep;",
        "use crate::{b::{Deep as Other}};",
        "fn f(_: crate::b::Deep) {}",
        "use crate::b; fn f(_: b::Deep) {}",
    ];
    for text in deep {
        assert!(sees_from_a(text, "b/c.rs"), "{text}");
    }
    assert!(!sees_from_a("// crate::b::Deep\nfn f() {}", "b/c.rs"));
    assert!(!sees_from_a(
        "const S: &str = \"crate::b::Deep\";",
        "b/c.rs"
    ));
    assert!(!sees_from_a("use std::b::Deep;", "b/c.rs"));
}

#[test]
fn circles_inside_a_room_are_seen_and_a_room_that_hands_on_is_none() {
    let circles = |parent: &str, child: &str| {
        let files = [
            ("lib.rs", "mod room;"),
            ("room/mod.rs", parent),
            ("room/child.rs", child),
        ];
        House::read(files).circles()
    };
    let circle = vec![vec!["room/child.rs".to_owned(), "room/mod.rs".to_owned()]];
    let child = "use super::Own; pub struct Small; pub fn run() {}";
    for parent in [
        "mod child; use child::Small; pub struct Own(Small);",
        "mod child; pub struct Own; fn f() { child::run() }",
        "mod child; pub struct Own; fn f() { self::child::run() }",
        "mod child; pub struct Own; fn f() { println!(\"{:?}\", child::run()) }",
    ] {
        assert_eq!(circles(parent, child), circle, "{parent}");
    }
    assert!(circles("mod child; pub use child::Small; pub struct Own;", child).is_empty());
    for child in ["pub fn run() {}", "pub(super) fn run() {}"] {
        assert!(circles("mod child; fn f() { child::run() }", child).is_empty());
    }
    let three = [
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::a::A; pub struct C;"),
    ];
    assert_eq!(House::read(three).circles(), [["a.rs", "b.rs", "c.rs"]]);
}
