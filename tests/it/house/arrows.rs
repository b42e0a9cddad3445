//! Who uses whom, read from the parsed source: every path of every file, resolved through modules and re-exports.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Item, ItemMod, ItemUse, UseTree, Visibility};

/// A module's path from the crate's root, e.g. `["check", "years"]`.
type Module = Vec<String>;

/// Source files by their path below `src`, e.g. `check/years/mod.rs`.
pub struct House {
    files: BTreeMap<String, Module>,
    modules: BTreeMap<Module, Scope>,
    /// Every path that a file uses, in the module where it stands.
    used: Vec<(String, Module, Vec<String>)>,
}

/// What a module's names lead to.
#[derive(Default)]
struct Scope {
    file: String,
    children: BTreeSet<String>,
    /// Names that are brought in or handed on by `use`, with the path that each stands for.
    names: BTreeMap<String, Vec<String>>,
}

impl House {
    /// Reads files; each is `(path below src, text)`.
    pub fn read<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut house = Self {
            files: BTreeMap::new(),
            modules: BTreeMap::new(),
            used: Vec::new(),
        };
        for (path, text) in sources {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let module = module_of(path);
            house.files.insert(path.to_owned(), module.clone());
            house.items(path, &module, &parsed.items);
        }
        house
    }

    /// Takes in the items of a module, and what they use.
    fn items(&mut self, path: &str, module: &Module, items: &[Item]) {
        let mut scope = Scope {
            file: path.to_owned(),
            ..Scope::default()
        };
        for item in items {
            match item {
                Item::Mod(ItemMod { ident, content, .. }) => {
                    scope.children.insert(ident.to_string());
                    if let Some((_, inner)) = content {
                        let child = [module.as_slice(), &[ident.to_string()]].concat();
                        self.items(path, &child, inner);
                    }
                }
                Item::Use(item) => {
                    for (name, leads_to) in flattened(item) {
                        let hands_on = !matches!(item.vis, Visibility::Inherited);
                        let first = leads_to.first().cloned().unwrap_or_default();
                        let own_child = items.iter().any(
                            |item| matches!(item, Item::Mod(inner) if inner.ident == first.as_str()),
                        );
                        // Handing on what a child has is no use of it.
                        if !(hands_on && own_child) {
                            let user = (path.to_owned(), module.clone(), leads_to.clone());
                            self.used.push(user);
                        }
                        scope.names.insert(name, leads_to);
                    }
                }
                other => {
                    let mut paths = Paths::default();
                    paths.visit_item(other);
                    let users = paths.found.into_iter();
                    self.used
                        .extend(users.map(|found| (path.to_owned(), module.clone(), found)));
                }
            }
        }
        self.modules.insert(module.clone(), scope);
    }

    /// The files that use others: user and used, each pair once.
    pub fn arrows(&self) -> BTreeSet<(String, String)> {
        let mut arrows = BTreeSet::new();
        for (path, module, used) in &self.used {
            if let Some(target) = self.file_of(module, used, 0)
                && target != *path
            {
                arrows.insert((path.clone(), target));
            }
        }
        arrows
    }

    /// The file in which what a path names is defined; none for what lies outside the house.
    fn file_of(&self, module: &Module, path: &[String], depth: usize) -> Option<String> {
        const DEEPEST: usize = 16;
        let (first, mut rest) = path.split_first()?;
        let mut at = module.clone();
        match first.as_str() {
            _ if depth > DEEPEST => return None,
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop()?;
                while rest.first().is_some_and(|next| next == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            name => {
                let scope = self.modules.get(&at)?;
                if scope.children.contains(name) {
                    at.push(name.to_owned());
                } else {
                    let leads_to = scope.names.get(name)?;
                    // A name that stands for itself comes from another package.
                    if leads_to.first() == Some(first) {
                        return None;
                    }
                    let whole = [leads_to.as_slice(), rest].concat();
                    return self.file_of(module, &whole, depth + 1);
                }
            }
        }
        for (nth, name) in rest.iter().enumerate() {
            let scope = self.modules.get(&at)?;
            if scope.children.contains(name) {
                at.push(name.clone());
            } else if let Some(leads_to) = scope.names.get(name) {
                let whole = [leads_to.as_slice(), &rest[nth + 1..]].concat();
                let elsewhere = self.file_of(&at, &whole, depth + 1);
                return elsewhere.or_else(|| Some(scope.file.clone()));
            } else {
                break;
            }
        }
        self.modules.get(&at).map(|scope| scope.file.clone())
    }

    /// Groups of files that use one another in a circle.
    pub fn circles(&self) -> Vec<Vec<String>> {
        let arrows = self.arrows();
        let mut reach: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for file in self.files.keys() {
            let mut seen = BTreeSet::new();
            let mut open = vec![file.as_str()];
            while let Some(at) = open.pop() {
                let next = arrows.iter().filter(|(from, _)| from == at);
                for (_, to) in next {
                    if seen.insert(to.as_str()) {
                        open.push(to);
                    }
                }
            }
            reach.insert(file, seen);
        }
        let mut circles = BTreeSet::new();
        for (&file, reached) in &reach {
            let both = reached.iter().filter(|&&other| reach[other].contains(file));
            let circle: Vec<String> = both.map(|&other| other.to_owned()).collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }
}

/// The module that a file is.
fn module_of(path: &str) -> Module {
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    match stem {
        "lib" | "mod" => Vec::new(),
        stem => stem.split('/').map(str::to_owned).collect(),
    }
}

/// Each name that a `use` brings in, with its whole path; a glob under `*` and the path of its module.
fn flattened(item: &ItemUse) -> Vec<(String, Vec<String>)> {
    fn walk(tree: &UseTree, before: &[String], all: &mut Vec<(String, Vec<String>)>) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => walk(&path.tree, &with(&path.ident), all),
            UseTree::Name(name) if name.ident == "self" => {
                let own = before.last().cloned().unwrap_or_default();
                all.push((own, before.to_vec()));
            }
            UseTree::Name(name) => all.push((name.ident.to_string(), with(&name.ident))),
            UseTree::Rename(rename) if rename.ident == "self" => {
                all.push((rename.rename.to_string(), before.to_vec()));
            }
            UseTree::Rename(rename) => all.push((rename.rename.to_string(), with(&rename.ident))),
            UseTree::Glob(_) => all.push(("*".to_owned(), before.to_vec())),
            UseTree::Group(group) => {
                for tree in &group.items {
                    walk(tree, before, all);
                }
            }
        }
    }
    let mut all = Vec::new();
    walk(&item.tree, &[], &mut all);
    all
}

/// Gathers the paths of an item, those in the arguments of macros included.
#[derive(Default)]
struct Paths {
    found: Vec<Vec<String>>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments = path.segments.iter();
        self.found
            .push(segments.map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    /// Who may see an item says nothing about what it uses.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.found
            .extend(flattened(item).into_iter().map(|(_, path)| path));
    }

    fn visit_macro(&mut self, used: &'ast syn::Macro) {
        self.tokens(used.tokens.clone());
        visit::visit_macro(self, used);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}

impl Paths {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.found.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.found.push(std::mem::take(&mut path));
                    colons = 0;
                    self.tokens(group.stream());
                }
                _ => {
                    self.found.push(std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.found.push(path);
    }
}
