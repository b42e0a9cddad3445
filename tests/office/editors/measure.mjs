// How wide pages are on screens of some widths.
//
// node measure.mjs < JOBS: a JSON list of {"page": PATH, "width": PIXELS, "picture": PATH}; to standard output goes a JSON list
// of what was measured, and to each "picture" how it looks.

import { readFileSync, writeFileSync } from "node:fs";
import { Tab, pause, quit } from "./chromium.mjs";

// Runs in the page.
function measured() {
  // Lines on which the words of an element stand.
  const lines = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  const isNumber = (cell) => /^[+-]?[0-9][0-9.]*$/.test(cell.textContent.trim());
  const tables = [...document.querySelectorAll("table")].filter((table) => !table.querySelector("table"));
  // As wide as what is around it, and its rows as wide as they are; how far it can be scrolled across and down.
  const around = (table) => {
    const look = getComputedStyle(table.parentElement);
    return table.parentElement.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
  };
  const size = (table) => ({
    box: table.getBoundingClientRect().width,
    rows: table.rows[0].getBoundingClientRect().width,
    across: table.scrollWidth - table.clientWidth,
    down: table.scrollHeight - table.clientHeight,
    around: around(table),
    columns: [...table.rows[table.rows.length - 1].cells].map((cell) => cell.getBoundingClientRect().width),
  });
  const numbers = tables.flatMap((table) => [...table.querySelectorAll("td, th")]).filter(isNumber);
  return {
    page: document.documentElement.scrollWidth,
    body: document.body.scrollWidth,
    tables: tables.map(size),
    numbers: numbers.length,
    broken: numbers.filter((cell) => lines(cell) > 1).map((cell) => cell.textContent.trim()),
    // What its own cell cuts off.
    cut: numbers.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent.trim()),
  };
}

try {
  const all = [];
  for (const { page, width, picture } of JSON.parse(readFileSync(0, "utf8"))) {
    const tab = await Tab.open(page);
    await tab.sized(width);
    await pause(100);
    all.push(await tab.run(`(${measured})()`));
    if (picture) writeFileSync(picture, await tab.picture(width));
    await tab.close();
  }
  process.stdout.write(JSON.stringify(all));
} finally {
  await quit();
}
