// @ts-check
/** Everything here helps; no page needs it. */
import { moveByArrows, takeCode } from "./codes.js";
import { dropDrafts, keepDraft } from "./drafts.js";
import { watchDuplicates } from "./duplicates.js";
import { tellEmpty } from "./files.js";
import { listenToKeys, tellClock } from "./keys.js";
import { suggestPlaces } from "./places.js";
import { offerMap } from "./maps.js";
import { closeElsewhere } from "./menus.js";
import { askPoint } from "./points.js";
import { offerVoice } from "./aloud.js";
import { followProgress } from "./progress.js";

/** @type {[string, (element: any) => void][]} */
const helpers = [
  ["[data-place]", suggestPlaces],
  ["form[data-duplicates]", watchDuplicates],
  ["[data-progress]", followProgress],
  ["form[data-draft]", keepDraft],
  ["[data-point]", askPoint],
  ["[data-map]", offerMap],
  ["[data-menu]", closeElsewhere],
  [".pulih-file__input", tellEmpty],
  ["form[data-code]", takeCode],
  [".pulih-queue", moveByArrows],
  ["[data-keys]", listenToKeys],
  ["input[data-clock]", tellClock],
  ["button[data-aloud]", offerVoice],
  // The list of problems is read out first.
  ["[data-focus-first]", (/** @type {HTMLElement} */ summary) => summary.focus()],
  ["form[action='/keluar']", (/** @type {HTMLFormElement} */ form) => form.addEventListener("submit", () => dropDrafts(true))],
  [".pulih-notice--success", () => dropDrafts(false)],
];

for (const [selector, help] of helpers) document.querySelectorAll(selector).forEach(help);
