// Scores and explains the cases of a file on the phone's own code, a line of JSON each:
//   node score_lines.mjs INSTRUMENT.json CASES.jsonl
import { readFileSync } from "node:fs";
import * as words from "../../app/field/static/explain.js";
import { score } from "../../app/field/static/scoring.js";
import { wayUp } from "../../app/field/static/way_up.js";

const [instrumentPath, casesPath] = process.argv.slice(2);
const instrument = JSON.parse(readFileSync(instrumentPath, "utf-8"));
const lines = readFileSync(casesPath, "utf-8").split("\n").filter(Boolean);
const printed = lines.map((line) => {
  const one = JSON.parse(line);
  const result = score(instrument, one);
  const way = wayUp(instrument, one, result);
  return JSON.stringify({
    id: one.id,
    dimensions: result.dimensions.map(({ code, tenths }) => [code, tenths]),
    tenths: result.tenths,
    coverage: result.coverage_thousandths,
    low: result.low,
    high: result.high,
    classes: [result.score_class, result.final_class, result.low_class, result.high_class],
    status: result.status,
    knockouts: result.knockouts.map(({ code, cap }) => [code, cap]),
    missing: result.missing_required,
    valid_days: result.valid_days,
    target: way.target,
    steps: way.steps.map((step) => [step.indicator, step.from, step.to]),
    blocked_by: way.blocked_by,
    pulls: words.pulls(instrument, one, result).map((pull) => [pull.code, pull.name, pull.answer, pull.lost_tenths]),
    caps: words.caps(instrument, one, result).map((cap) => [cap.name, cap.fact, cap.effect, cap.way_out, cap.is_decisive]),
    step_words: words.stepsInWords(instrument, one, way.steps).map((step) => [step.name, step.before, step.after]),
    blocks: words.blocksInWords(instrument, way),
    to_ask: words.toAsk(instrument, one, result).map((question) => [question.code, question.name, question.text]),
    unchecked: words.uncheckedRules(instrument, one),
    range: words.rangeWords(instrument, result),
    strength: words.evidenceStrength(instrument, one, one.evidence ?? {}),
  });
});
process.stdout.write(`${printed.join("\n")}\n`);
