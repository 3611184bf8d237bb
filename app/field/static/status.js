// @ts-check
/** The line at the top that says what is where, on every screen. */
import { statusLine, troubleLine } from "./words.js";
import { part, say } from "./views/pieces.js";

/** @param {import("./store.js").Store} store */
export function showStatus(store) {
  const box = part(document, "status");
  const draw = async () => {
    const state = await store.state();
    const { line, tone } = statusLine(state, Date.now());
    if (part(box, "status-line").textContent !== line) part(box, "status-line").textContent = line;
    box.dataset.tone = tone;
    const words = troubleLine(state.trouble);
    say(part(box, "status-words"), words);
    part(box, "status-trouble").hidden = !words;
    part(box, "status-login").hidden = state.trouble?.kind !== "login";
    box.hidden = false;
  };
  store.on("change", draw);
  setInterval(draw, 60_000);
  return draw();
}
