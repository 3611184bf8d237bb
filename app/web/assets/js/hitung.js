// @ts-check
/** Figures that follow what one types. Only pages that calculate load it; they do without as well. */
import { countAlong } from "./costs.js";
import { answerLive } from "./live.js";

document.querySelectorAll("form[data-live]").forEach((form) => answerLive(/** @type {any} */ (form)));
document.querySelectorAll("form[data-unit-cost]").forEach((form) => countAlong(/** @type {any} */ (form)));
