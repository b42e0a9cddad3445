// Puts pages through the editors of web sites, in Chromium, as a clerk does: their source is put in ("source"), or the page is
// opened, all of it copied and pasted ("paste").
//
// node edit.mjs < JOBS: a JSON list of {"page": PATH, "editor": NAME, "way": "source" or "paste", "to": PATH}; to each "to" goes
// what the editor gives back to be published.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const MODULES = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
const WAIT = 30_000;

const script = (path) => `<script src="${pathToFileURL(join(MODULES, path))}"></script>`;
const style = (path) => `<link rel="stylesheet" href="${pathToFileURL(join(MODULES, path))}">`;

// Each defines `ready` (a promise), `put(html)`, `focusOn()` and `get()`, with the settings that its own manual begins with.
const EDITORS = {
  ckeditor4: `${script("ckeditor4/ckeditor.js")}<textarea id="e"></textarea><script>
    const editor = CKEDITOR.replace("e", { versionCheck: false });
    const ready = new Promise((done) => editor.on("instanceReady", done));
    const put = (html) => new Promise((done) => editor.setData(html, done));
    const focusOn = () => editor.focus();
    const get = () => editor.getData();
  </script>`,
  "ckeditor4 all": `${script("ckeditor4/ckeditor.js")}<textarea id="e"></textarea><script>
    const editor = CKEDITOR.replace("e", { versionCheck: false, allowedContent: true });
    const ready = new Promise((done) => editor.on("instanceReady", done));
    const put = (html) => new Promise((done) => editor.setData(html, done));
    const focusOn = () => editor.focus();
    const get = () => editor.getData();
  </script>`,
  ckeditor5: `${style("ckeditor5/dist/browser/ckeditor5.css")}${script("ckeditor5/dist/browser/ckeditor5.umd.js")}<div id="e"></div><script>
    const C = CKEDITOR;
    let editor;
    const ready = C.ClassicEditor.create(document.getElementById("e"), {
      licenseKey: "GPL",
      plugins: [C.Essentials, C.Paragraph, C.Heading, C.Bold, C.Italic, C.Link, C.List, C.Alignment, C.FontFamily, C.FontSize,
        C.Indent, C.IndentBlock, C.PasteFromOffice, C.Table, C.TableToolbar, C.TableProperties, C.TableCellProperties],
      toolbar: ["heading", "bold", "insertTable"],
    }).then((made) => (editor = made));
    const put = (html) => editor.setData(html);
    const focusOn = () => editor.editing.view.focus();
    const get = () => editor.getData();
  </script>`,
  kindeditor: `${script("kindeditor/kindeditor-all-min.js")}${script("kindeditor/lang/zh_CN.js")}<textarea id="e" style="width:900px;height:500px"></textarea><script>
    const editor = KindEditor.create("#e", { basePath: "${pathToFileURL(join(MODULES, "kindeditor"))}/" });
    const ready = new Promise((done) => setTimeout(done, 300));
    const put = (html) => editor.html(html);
    const focusOn = () => editor.focus();
    const get = () => editor.html();
  </script>`,
  quill: `${style("quill/dist/quill.snow.css")}${script("quill/dist/quill.js")}<div id="e"></div><script>
    const editor = new Quill("#e", { theme: "snow", modules: { table: true } });
    const ready = Promise.resolve();
    const put = (html) => editor.clipboard.dangerouslyPasteHTML(html);
    const focusOn = () => editor.focus();
    const get = () => editor.getSemanticHTML();
  </script>`,
  tinymce: `${script("tinymce/tinymce.min.js")}<textarea id="e"></textarea><script>
    const ready = tinymce.init({ selector: "#e", license_key: "gpl", promotion: false, plugins: "table lists link" });
    const put = (html) => tinymce.activeEditor.setContent(html);
    const focusOn = () => tinymce.activeEditor.focus();
    const get = () => tinymce.activeEditor.getContent();
  </script>`,
  ueditor: `<script>window.UEDITOR_HOME_URL = "${pathToFileURL(join(MODULES, "ueditor/example/public/ueditor"))}/";</script>
    ${script("ueditor/example/public/ueditor/ueditor.config.js")}${script("ueditor/example/public/ueditor/ueditor.all.js")}<script id="e" type="text/plain"></script><script>
    const editor = UE.getEditor("e");
    const ready = new Promise((done) => editor.ready(done));
    const put = (html) => editor.setContent(html);
    const focusOn = () => editor.focus();
    const get = () => editor.getContent();
  </script>`,
  wangeditor: `${style("@wangeditor/editor/dist/css/style.css")}${script("@wangeditor/editor/dist/index.js")}<div id="e" style="height:500px"></div><script>
    const editor = wangEditor.createEditor({ selector: "#e", html: "<p><br></p>", mode: "default" });
    const ready = Promise.resolve();
    const put = (html) => editor.setHtml(html);
    const focusOn = () => editor.focus();
    const get = () => editor.getHtml();
  </script>`,
};

const folder = mkdtempSync(join(tmpdir(), "editors-"));
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
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Tab {
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

  close() {
    return ask("Target.closeTarget", { targetId: this.target });
  }
}

async function edit(tab, { page, way, to }) {
  if (way === "source") {
    // A source view takes the page without its head.
    const html = readFileSync(page, "utf8");
    const body = /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? html;
    await tab.run(`Promise.resolve(put(${JSON.stringify(body)})).then(() => true)`);
  } else {
    const shown = await Tab.open(page);
    await shown.command("selectAll", "a");
    await shown.command("copy", "c");
    await shown.close();
    await tab.run("Promise.resolve(put('')).then(() => (focusOn(), true))");
    await pause(100);
    await tab.command("paste", "v");
  }
  // Some go on for a while.
  let before = null;
  let now = await tab.run("get()");
  for (let waited = 0; waited < WAIT && (before !== now || now.length < 200); waited += 150) {
    await pause(150);
    [before, now] = [now, await tab.run("get()")];
  }
  writeFileSync(to, now);
}

try {
  const jobs = JSON.parse(readFileSync(0, "utf8"));
  for (const [name, body] of Object.entries(EDITORS)) {
    const own = jobs.filter((job) => job.editor === name);
    if (!own.length) continue;
    const bench = join(folder, "bench.html");
    writeFileSync(bench, `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`);
    const tab = await Tab.open(bench);
    await tab.run("ready.then(() => true)");
    for (const job of own) {
      await edit(tab, job).catch((error) => {
        throw new Error(`${name}, ${job.way}, ${job.page}: ${error.message}`);
      });
    }
    await tab.close();
  }
} finally {
  chromium.kill();
  await new Promise((done) => chromium.once("exit", done));
  rmSync(folder, { recursive: true, force: true });
}
