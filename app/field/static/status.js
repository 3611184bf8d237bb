// @ts-check
/** The line at the top that says what is where, on every screen. */
import { leaveBrowser } from "./device.js";
import { needsLogin, statusLine, troubleLine } from "./words.js";
import { onClick, part, say } from "./views/pieces.js";

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
    part(box, "status-login").hidden = !needsLogin(state.trouble);
    box.hidden = false;
  };
  // Whoever is still logged in to this browser is asked for the password all the same.
  onClick(box, "status-login", async () => {
    await leaveBrowser();
    location.assign("/masuk?next=/lapangan");
  });
  store.on("change", draw);
  setInterval(draw, 60_000);
  return draw();
}
