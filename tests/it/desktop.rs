//! The program in the desktop of one user.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn nianbao(data: &Path, option: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .arg(option)
        .env("XDG_DATA_HOME", data)
        .output()
        .unwrap()
}

/// Every file below a folder that is not made by the desktop from others.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => all.push(path),
            }
        }
    }
    all.retain(|path| path.file_stem().is_some_and(|name| name == "nianbao"));
    all.sort();
    all
}

#[cfg(target_os = "linux")]
#[test]
fn the_menu_entry_names_this_program_and_is_taken_back() {
    let data = tempfile::tempdir().unwrap();
    let others = data.path().join("applications/other.desktop");
    std::fs::create_dir(data.path().join("applications")).unwrap();
    std::fs::write(&others, "[Desktop Entry]\n").unwrap();
    // Twice does no harm.
    for _ in 0..2 {
        let done = nianbao(data.path(), "--install-desktop");
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(said.contains("已加进当前用户的应用菜单"), "{said}");
    }
    assert_eq!(files(data.path()).len(), 5);
    let entry = std::fs::read_to_string(data.path().join("applications/nianbao.desktop")).unwrap();
    let program = env!("CARGO_BIN_EXE_nianbao");
    assert!(
        entry.contains(&format!("\nExec=\"{program}\" %f\n")),
        "{entry}"
    );
    let kind = std::fs::read_to_string(data.path().join("mime/packages/nianbao.xml")).unwrap();
    let name = "application/x-nianbao";
    assert!(entry.contains(&format!("\nMimeType={name};\n")));
    assert!(kind.contains(&format!("<mime-type type=\"{name}\">")));
    assert!(kind.contains(&format!(
        "<glob pattern=\"*.{}\"/>",
        nianbao::draft::EXTENSION
    )));
    for words in ["已从当前用户的应用菜单撤回", "什么也没有改"] {
        let done = nianbao(data.path(), "--remove-desktop");
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        assert!(String::from_utf8(done.stdout).unwrap().contains(words));
        assert_eq!(files(data.path()), Vec::<PathBuf>::new());
    }
    assert!(others.exists());
}

/// By its first bytes too a draft is told from other files, whatever is in it.
#[test]
fn every_draft_begins_as_the_kind_of_file_says() {
    let kind = include_str!("../../assets/linux/nianbao.xml");
    let between = |before: &str, after: &str| {
        let start = kind.find(before).unwrap() + before.len();
        &kind[start..start + kind[start..].find(after).unwrap()]
    };
    let mark = between("value=\"", "\"");
    let last: usize = between("offset=\"0:", "\"").parse().unwrap();
    let drafts = std::fs::read_dir(crate::support::fixture("drafts")).unwrap();
    let drafts = drafts.map(|entry| std::fs::read_to_string(entry.unwrap().path()));
    let mut seen = 0;
    for draft in drafts.flatten().filter(|draft| draft.contains("nianbao")) {
        let at = draft.find(mark).unwrap();
        assert!(at <= last, "{draft:.60}");
        seen += 1;
    }
    let fresh = crate::support::report("pingtan_2022");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ron");
    nianbao::draft::save(&fresh, &path).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.find(mark).unwrap() <= last && seen > 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("mime"), "a file").unwrap();
    let done = nianbao(data.path(), "--install-desktop");
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("没有加进菜单") && said.contains("mime/packages/nianbao.xml"),
        "{said}"
    );
    assert!(!data.path().join("applications/nianbao.desktop").exists());
}
