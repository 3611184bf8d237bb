// @ts-check
/** Pages of the cash book; each works without this. */
import { tapAmount } from "./taps.js";
import { typePaper } from "./paper.js";

/** @type {[string, (element: any) => void][]} */
const helpers = [["form[data-taps]", tapAmount], ["form[data-paper]", typePaper]];

for (const [selector, help] of helpers) document.querySelectorAll(selector).forEach(help);
