//! Windows: the ending of drafts, bound for this user alone in the registry.

use super::bound::Held;
use crate::draft;
use windows_registry::{CLASSES_ROOT, CURRENT_USER};

/// The kind of file, as the registry names it.
const KIND: &str = "nianbao.draft";
const CLASSES: &str = "Software\\Classes";
const CHOSEN: &str = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\FileExts";

/// Binds the ending, if nothing else holds it.
pub fn install() -> Result<String, String> {
    if let Some(other) = held().by_another(KIND) {
        return Err(format!(
            "没有改动：双击 .{} 文件已由别的程序（{other}）打开。要用本程序打开，请右键草稿，在“打开方式”里选 nianbao.exe",
            draft::EXTENSION
        ));
    }
    let program = std::env::current_exe()
        .map_err(|error| format!("没有改动：找不到程序自己的文件（{error}）"))?;
    bind(&program.display().to_string())
        .map_err(|error| format!("没有绑定：注册表写不了（{error}）"))?;
    tell_desktop();
    Ok(format!(
        "双击草稿（.{}）用本程序打开（只对当前用户）\n程序：{}\n挪动程序以后请再运行一次；撤回用 nianbao.exe --remove-desktop",
        draft::EXTENSION,
        program.display()
    ))
}

fn bind(program: &str) -> windows_registry::Result<()> {
    let kind = CURRENT_USER.create(format!("{CLASSES}\\{KIND}"))?;
    kind.set_string("", "政府信息公开年报草稿")?;
    kind.create("DefaultIcon")?
        .set_string("", format!("\"{program}\",0"))?;
    kind.create("shell\\open\\command")?
        .set_string("", format!("\"{program}\" \"%1\""))?;
    CURRENT_USER.create(ending())?.set_string("", KIND)
}

/// Gives the ending back, if it is ours.
pub fn remove() -> Result<String, String> {
    let held = Held {
        kind: text(CURRENT_USER, &ending()),
        chosen: None,
    };
    let whole = format!("{CLASSES}\\{KIND}");
    if !held.is_own(KIND) && CURRENT_USER.open(&whole).is_err() {
        return Ok(format!(
            "双击 .{} 文件本来就不由本程序打开，什么也没有改",
            draft::EXTENSION
        ));
    }
    let unbind = || {
        if held.is_own(KIND) {
            // What others have put beside it stays.
            let key = CURRENT_USER.options().read().write().open(ending())?;
            key.remove_value("")?;
            if key.keys()?.next().is_none() && key.values()?.next().is_none() {
                CURRENT_USER.remove_tree(ending())?;
            }
        }
        CURRENT_USER.remove_tree(&whole)
    };
    unbind().map_err(|error| format!("没有撤回：注册表写不了（{error}）"))?;
    tell_desktop();
    Ok(format!(
        "双击 .{} 文件不再由本程序打开；草稿和设置都没有动",
        draft::EXTENSION
    ))
}

fn ending() -> String {
    format!("{CLASSES}\\.{}", draft::EXTENSION)
}

fn held() -> Held {
    let ending = format!(".{}", draft::EXTENSION);
    let chosen = format!("{CHOSEN}\\{ending}\\UserChoice");
    let chosen = CURRENT_USER.open(chosen);
    Held {
        kind: text(CLASSES_ROOT, &ending),
        chosen: chosen.and_then(|key| key.get_string("ProgId")).ok(),
    }
}

/// What a key says by itself.
fn text(root: &windows_registry::Key, path: &str) -> Option<String> {
    root.open(path).and_then(|key| key.get_string("")).ok()
}

/// Has the desktop look at its endings anew.
fn tell_desktop() {
    use windows_sys::Win32::UI::Shell::{SHCNE_ASSOCCHANGED, SHCNF_IDLIST, SHChangeNotify};
    // SAFETY: this event takes no items.
    #[expect(unsafe_code, reason = "the system call has no safe wrapper")]
    unsafe {
        SHChangeNotify(
            SHCNE_ASSOCCHANGED as i32,
            SHCNF_IDLIST,
            std::ptr::null(),
            std::ptr::null(),
        );
    }
}
