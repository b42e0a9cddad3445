// Puts pages through the editors of web sites, in Chromium, as a clerk does: their source is put in ("source"), or the page is
// opened, all of it copied and pasted ("paste").
//
// node edit.mjs < JOBS: a JSON list of {"page": PATH, "editor": NAME, "way": "source" or "paste", "to": PATH}; to each "to" goes
// what the editor gives back to be published.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Tab, WAIT, folder, pause, quit } from "./chromium.mjs";

const MODULES = join(dirname(fileURLToPath(import.meta.url)), "node_modules");

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
  await quit();
}
