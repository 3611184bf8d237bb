// @ts-check
/** What an assessment comes out as, on the screen and into the outbox. */
import { addDays } from "../days.js";
import * as explain from "../explain.js";
import { correctionsOf } from "../known.js";
import { textOf } from "../numbers.js";
import { caseOf, pagesOf } from "../questionnaire.js";
import { score } from "../scoring.js";
import { wayUp } from "../way_up.js";
import { part, piece } from "./pieces.js";
import { classPiece, listIn, pairsIn, scoreWords } from "./screens.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {Pick<import("./assessment.js").Sheet, "card" | "instrument" | "known" | "said">} Said */

/** @param {Said} sheet */
export function judged({ instrument, said }) {
  const told = caseOf(instrument, said.sector, said);
  const result = score(instrument, told.one);
  const way = wayUp(instrument, told.one, result);
  return {
    ...told,
    result,
    way,
    caps: explain.caps(instrument, told.one, result),
    pulls: explain.pulls(instrument, told.one, result),
    steps: explain.stepsInWords(instrument, told.one, way.steps),
    names: Object.fromEntries(instrument.dimensions.map((/** @type {Card} */ one) => [one.code, one.name])),
  };
}

/** @param {Card} step */
const stepWords = (step) => `${step.name}: dari “${step.before}” ke “${step.after}”`;

/** @param {Said} sheet @param {HTMLElement} box @param {ReturnType<typeof judged>} found */
export function shown({ instrument }, box, found) {
  const { one, result, way } = found;
  const copy = piece("lap-result");
  part(copy, "class").append(classPiece({ health: { class: result.final_class } }));
  part(copy, "score").textContent = scoreWords(result.final_class ? result.tenths : null);
  part(copy, "status").textContent = statusWords(instrument, result);
  listIn(copy, "caps", found.caps.map((cap) => `${cap.name}: ${cap.effect}. ${cap.fact} Jalan keluar: ${cap.way_out}.`));
  listIn(copy, "pulls", found.pulls.map((pull) => `${pull.name}: ${pull.answer} (−${explain.tenthsText(pull.lost_tenths)})`));
  const target = way.target ? instrument.words.classes[way.target] : "";
  part(copy, "steps-title").textContent = `Langkah terkecil menuju ${target}`;
  listIn(copy, "steps", found.steps.map(stepWords));
  listIn(copy, "blocks", explain.blocksInWords(instrument, way));
  listIn(copy, "ask", explain.toAsk(instrument, one, result).map((/** @type {Card} */ question) => question.name));
  listIn(copy, "unchecked", explain.uncheckedRules(instrument, one));
  pairsIn(copy, "dimensions", result.dimensions.map((/** @type {any} */ dimension) => [
    found.names[dimension.code],
    dimension.tenths === null ? "belum lengkap" : explain.tenthsText(dimension.tenths),
  ]));
  box.replaceChildren(copy);
}

/** How firm it is, and between what it lies. @param {Card} instrument @param {import("../scoring.js").Score} result */
function statusWords(instrument, result) {
  const range = result.low === result.high ? "" : `antara ${explain.tenthsText(result.low)} dan ${explain.tenthsText(result.high)}`;
  if (result.status === "belum_dapat_dinilai") return `Belum dapat dinilai: terlalu banyak yang belum terjawab.${range && ` Nilainya bisa ${range}.`}`;
  if (result.status === "final") return "Final: semua yang perlu sudah terjawab.";
  const classes = explain.rangeWords(instrument, result);
  const between = range && `nilainya bisa ${range}${classes ? `, jadi kelasnya ${classes}` : ""}. `;
  return `Sementara: ${between}${between ? "Jawab" : "jawab"} yang belum terjawab.`;
}

/** The operation, and what the phone shows until the office's copy comes. @param {Said & {ctx: import("../main.js").Context}} sheet */
export function queued({ card, instrument, known, said }) {
  const found = judged({ card, instrument, known, said });
  const asked = pagesOf(instrument, said.sector, said).flatMap((/** @type {Card} */ page) => page.asked);
  const { one, result } = found;
  const { status, tenths, low, high, final_class: finalClass } = result;
  const isCurrent = finalClass !== null && said.assessed_on >= (card.health?.assessed_on ?? "");
  const health = {
    class: finalClass,
    status,
    tenths,
    low,
    high,
    assessed_on: said.assessed_on,
    valid_until: result.valid_days === null ? null : addDays(said.assessed_on, result.valid_days),
    sick_since_on: finalClass === "sakit" ? (card.health?.sick_since_on ?? said.assessed_on) : null,
    reasons: [...found.caps.map((cap) => `${cap.name}, ${cap.effect}`), ...found.pulls.map((pull) => `${pull.name}: ${pull.answer}`)],
    steps: found.steps.map(stepWords),
    dimensions: result.dimensions.map((/** @type {any} */ part_) => ({ code: part_.code, name: found.names[part_.code], tenths: part_.tenths })),
    points: one.answers,
  };
  return {
    type: "assessment.create",
    enterprise_id: card.id,
    record_id: crypto.randomUUID(),
    data: {
      assessed_on: said.assessed_on,
      instrument_version: instrument.version,
      sector: said.sector,
      answers: one.answers,
      evidence: found.evidence,
      not_known: found.not_known,
      corrections: correctionsOf(known, asked, said),
      context: one.context,
      main_problem: textOf(said.main_problem),
      computed: { class: finalClass, tenths, low, high, knockouts: result.knockouts.map((rule) => rule.code) },
    },
    // Without a class, or older than the current one, it changes nothing that is current.
    local: { health: isCurrent || !card.health ? health : card.health },
  };
}

