//! An input method of X11 that takes a program's call and never answers, as one does that hangs or has just begun: the call
//! has no end of its own, and without this no window would ever open.

use super::start_again::start_again;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often the program has begun anew since nothing answered; for the program that it begins anew as.
const TRIES: &str = "NIANBAO_INPUT_METHOD_TRIES";
/// What tells programs which input method to call.
const WHICH: &str = "XMODIFIERS";
/// How long each call is waited for. One that came too early is answered the next time; after the last there is no call.
const PATIENCE: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(10)];

/// Waits beside the call, until dropped.
pub struct Watch(Option<Arc<Call>>);

/// Whether the call is answered. Held locked while the program begins anew: an answer that comes at the last moment leads
/// no further.
#[derive(Default)]
struct Call {
    is_answered: Mutex<bool>,
    answer: Condvar,
}

impl Watch {
    /// Begins before the desktop is called. Nothing is opened or held by then that would be lost when the program starts
    /// again in its own place.
    pub fn begin() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let calls = cfg!(unix) && set(WHICH) && !set("WAYLAND_DISPLAY");
        let tries = tries();
        let patience = PATIENCE.get(tries).copied().filter(|_| calls);
        Self(patience.map(|patience| {
            let call = Arc::new(Call::default());
            let waits = call.clone();
            std::thread::spawn(move || waits.wait(patience, tries));
            call
        }))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(call) = &self.0 {
            let mut is_answered = call
                .is_answered
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *is_answered = true;
            call.answer.notify_one();
        }
    }
}

impl Call {
    fn wait(&self, patience: Duration, tries: usize) {
        let is_answered = self
            .is_answered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (is_answered, _) = self
            .answer
            .wait_timeout_while(is_answered, patience, |is_answered| !*is_answered)
            .unwrap_or_else(PoisonError::into_inner);
        if *is_answered {
            return;
        }
        let failed = start_again(|again| {
            again.env(TRIES, (tries + 1).to_string());
            if tries + 1 >= PATIENCE.len() {
                again.env_remove(WHICH);
            }
        });
        if let Err(error) = failed {
            eprintln!("输入法没有应答，窗口打不开：请重开输入法，或重新登录。\n（{error}）");
        }
    }
}

/// What the clerk is told when the window is there without an input method.
pub fn notice() -> Option<&'static str> {
    (tries() >= PATIENCE.len()).then_some(
        "输入法没有应答，这个窗口没有接上它：现在写不了中文，数字和别的一切照常。要写中文，请保存后关掉本程序，\
         重开输入法（或重新登录），再打开",
    )
}

fn tries() -> usize {
    let tries = std::env::var(TRIES);
    tries.ok().and_then(|tries| tries.parse().ok()).unwrap_or(0)
}
