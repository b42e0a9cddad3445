//! Linux: files of the freedesktop standards (Desktop Entry, Shared MIME-info, Icon Theme) below the user's data folder.

use crate::disk;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ENTRY: &str = include_str!("../../../assets/linux/nianbao.desktop");
const ENTRY_PATH: &str = "applications/nianbao.desktop";

/// Everything else, by its path below the data folder.
const FILES: [(&str, &[u8]); 4] = [
    (
        "mime/packages/nianbao.xml",
        include_bytes!("../../../assets/linux/nianbao.xml"),
    ),
    (
        "icons/hicolor/scalable/apps/nianbao.svg",
        include_bytes!("../../../assets/icons/nianbao.svg"),
    ),
    (
        "icons/hicolor/48x48/apps/nianbao.png",
        include_bytes!("../../../assets/icons/nianbao-48.png"),
    ),
    (
        "icons/hicolor/256x256/apps/nianbao.png",
        include_bytes!("../../../assets/icons/nianbao-256.png"),
    ),
];

/// Puts the menu entry, the icon and the kind of file there.
pub fn install() -> Result<String, String> {
    let data = data_folder()?;
    let program = std::env::current_exe().map_err(|error| {
        format!(
            "没有加进菜单：找不到程序自己的文件：{}",
            disk::io_reason(&error)
        )
    })?;
    let entry = entry(&program).ok_or_else(|| {
        format!(
            "没有加进菜单：程序所在文件夹的名字里有菜单不认的字符，请换一个文件夹再试\n文件：{}",
            program.display()
        )
    })?;
    let files = FILES.into_iter().chain([(ENTRY_PATH, entry.as_bytes())]);
    for (path, bytes) in files {
        let path = data.join(path);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| disk::replace_file(&path, bytes))
            .map_err(|error| {
                format!(
                    "没有加进菜单：写不了：{}\n文件：{}",
                    disk::io_reason(&error),
                    path.display()
                )
            })?;
    }
    let mut words = format!(
        "已加进当前用户的应用菜单，双击草稿（.ron）用它打开\n程序：{}\n挪动程序以后请再运行一次；撤回用 nianbao --remove-desktop",
        program.display()
    );
    words += &tell_desktop(&data);
    Ok(words)
}

/// Takes them away.
pub fn remove() -> Result<String, String> {
    let data = data_folder()?;
    let paths = FILES.into_iter().map(|(path, _)| path).chain([ENTRY_PATH]);
    let mut found = false;
    for path in paths.map(|path| data.join(path)) {
        match std::fs::remove_file(&path) {
            Ok(()) => found = true,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(format!(
                    "没有撤回：删不了：{}\n文件：{}",
                    disk::io_reason(&error),
                    path.display()
                ));
            }
        }
    }
    if !found {
        return Ok("当前用户的应用菜单里没有这个程序，什么也没有改".to_owned());
    }
    Ok("已从当前用户的应用菜单撤回；草稿和设置都没有动".to_owned() + &tell_desktop(&data))
}

fn data_folder() -> Result<PathBuf, String> {
    directories::BaseDirs::new()
        .map(|dirs| dirs.data_dir().to_owned())
        .ok_or_else(|| "没有改动菜单：系统没有说这个用户的文件夹在哪里（HOME 没有设置）".to_owned())
}

/// The menu entry of the program at a path; `None` if no entry can name it.
fn entry(program: &Path) -> Option<String> {
    let path = program.to_str()?;
    if path.contains(['\n', '\r', '\t']) {
        return None;
    }
    // Quoted as an argument, and then once more as a value.
    let mut quoted = String::new();
    for letter in path.chars() {
        match letter {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', letter]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    let command = format!("Exec=\"{}\" %f", quoted.replace('\\', "\\\\"));
    Some(ENTRY.replace("Exec=nianbao %f", &command))
}

/// Has the desktop read its files anew; says so if it cannot be told.
fn tell_desktop(data: &Path) -> String {
    let tools = [
        ("update-mime-database", "mime", "shared-mime-info"),
        (
            "update-desktop-database",
            "applications",
            "desktop-file-utils",
        ),
    ];
    let silent = tools.into_iter().filter(|(tool, folder, _)| {
        let told = Command::new(tool)
            .arg(data.join(folder))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        !told.is_ok_and(|status| status.success())
    });
    let packages: Vec<&str> = silent.map(|(.., package)| package).collect();
    if packages.is_empty() {
        return String::new();
    }
    format!(
        "\n这个系统没有软件包 {}，桌面可能不知道有变动：双击草稿打不开时，请装上以后再运行一次",
        packages.join("、")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_path_is_one_argument_of_the_menu_entry() {
        for (path, exec) in [
            ("/opt/nianbao", r#"Exec="/opt/nianbao" %f"#),
            ("/家/我 的/年报", r#"Exec="/家/我 的/年报" %f"#),
            (r#"/a"b$c`d\e%f"#, r#"Exec="/a\\"b\\$c\\`d\\\\e%%f" %f"#),
        ] {
            let entry = entry(Path::new(path)).unwrap();
            assert!(entry.lines().any(|line| line == exec), "{entry}");
        }
        assert_eq!(entry(Path::new("/a\nExec=b")), None);
    }
}
