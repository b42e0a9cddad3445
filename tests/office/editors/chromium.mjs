// Chromium, driven over its DevTools protocol.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const WAIT = 90_000;

export const folder = mkdtempSync(join(tmpdir(), "chromium-"));
const chromium = spawn(
  "chromium",
  ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--remote-debugging-pipe",
    `--user-data-dir=${join(folder, "profile")}`, "about:blank"],
  { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
);

// The DevTools protocol over the pipe: one JSON, one zero byte.
let last = 0;
const waiting = new Map();
let rest = "";
chromium.stdio[4].setEncoding("utf8").on("data", (text) => {
  const messages = (rest + text).split("\0");
  rest = messages.pop();
  for (const message of messages.map((message) => JSON.parse(message))) {
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (answer && message.error) answer.fail(new Error(message.error.message));
    else answer?.done(message.result);
  }
});
function ask(method, params = {}, sessionId = undefined) {
  const id = ++last;
  chromium.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`${method}: no answer`)), WAIT);
    const ended = (go) => (what) => (clearTimeout(late), go(what));
    waiting.set(id, { done: ended(done), fail: ended(fail) });
  });
}
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Tab {
  static async open(path) {
    const tab = new Tab();
    const { targetId } = await ask("Target.createTarget", { url: String(pathToFileURL(path)) });
    tab.target = targetId;
    tab.session = (await ask("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    await tab.until("location.protocol === 'file:' && document.readyState === 'complete'");
    return tab;
  }

  async run(expression) {
    const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const said = await ask("Runtime.evaluate", asked, this.session);
    if (said.exceptionDetails) throw new Error(said.exceptionDetails.exception?.description ?? said.exceptionDetails.text);
    return said.result.value;
  }

  async until(expression) {
    for (let waited = 0; waited < WAIT; waited += 50) {
      if (await this.run(expression).catch(() => false)) return;
      await pause(50);
    }
    throw new Error(`never came true: ${expression}`);
  }

  // What the keys for it do.
  async command(name, key) {
    await ask("Target.activateTarget", { targetId: this.target });
    const event = { type: "rawKeyDown", modifiers: 2, key, code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode: key.toUpperCase().charCodeAt(0), commands: [name] };
    await ask("Input.dispatchKeyEvent", event, this.session);
    await ask("Input.dispatchKeyEvent", { ...event, type: "keyUp", commands: [] }, this.session);
  }

  // As a screen of this width (pixels) shows it; a narrow one is a phone's.
  sized(width) {
    const screen = { width, height: 800, deviceScaleFactor: 1, mobile: width < 600 };
    return ask("Emulation.setDeviceMetricsOverride", screen, this.session);
  }

  // The whole page as a PNG.
  async picture(width) {
    const { cssContentSize } = await ask("Page.getLayoutMetrics", {}, this.session);
    const clip = { x: 0, y: 0, width, height: cssContentSize.height, scale: 1 };
    const taken = await ask("Page.captureScreenshot", { captureBeyondViewport: true, clip }, this.session);
    return Buffer.from(taken.data, "base64");
  }

  close() {
    return ask("Target.closeTarget", { targetId: this.target });
  }
}

export async function quit() {
  chromium.kill();
  await new Promise((done) => chromium.once("exit", done));
  // Its children write on for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
