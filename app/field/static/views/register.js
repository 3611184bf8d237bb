// @ts-check
/** A new enterprise; warned where the phone knows one that may be the same. */
import { fill, keepDraft, onSave, valuesOf } from "../forms.js";
import { textOf, wholeOf } from "../numbers.js";
import { dayHere } from "../outbox.js";
import { detailsOf, enterpriseProblems, numbersOf, ownerProblems } from "../register_checks.js";
import { duplicates } from "../similar.js";
import { draw, part, piece, say } from "./pieces.js";
import { goSaying, placeIn, savedWords, untilToday, villagesIn } from "./screens.js";

/** @typedef {Record<string, any>} Card */
// What the office may doubt about a registration, once the mentor has looked at what the phone knows.
const CONFIRMED = ["name_near", "phone_known"];

/** @param {import("../main.js").Context} ctx */
export async function view(ctx) {
  const { root, store } = ctx;
  const [cards, reference] = await Promise.all([store.cards(), store.reference()]);
  draw(root, "lap-register");
  const form = /** @type {HTMLFormElement} */ (part(root, "form"));
  part(form, "details").append(piece("lap-details"));
  villagesIn(form, reference?.villages ?? [], cards);
  fill(form, { consented_on: dayHere() });
  const base = reference?.consents?.purposes?.find((/** @type {Card} */ one) => one.key === "pendampingan");
  say(part(form, "consent-words"), base ? `Bacakan kepada pemilik: “${base.text}”` : "");
  const draft = await keepDraft(ctx, form, { name: "usaha-baru" });
  const near = () => (reference ? duplicates(toldOf(form), cards, reference.rules.similar) : []);
  const arrange = () => { fold(form); warn(form, near()); };
  form.addEventListener("change", arrange);
  arrange();
  placeIn(form, draft.touch, { atOnce: true });
  untilToday(form, ["born_on", "returned_on", "started_on", "consented_on"]);
  onSave(form, {
    check: () => {
      const said = valuesOf(form);
      const found = [...ownerProblems(said, dayHere()), ...enterpriseProblems(said, dayHere())];
      warn(form, near());
      if (near().length && !said.is_another) {
        found.push({ field: "doubts", message: "Periksa dulu apakah usaha ini sudah terdaftar." });
      }
      return found;
    },
    save: async () => {
      const told = operation(valuesOf(form), near().length > 0, reference);
      const op = await draft.saved((name) => store.queue(told, [], name));
      goSaying(ctx, `#/usaha/${told.enterprise_id}`, savedWords(op));
    },
  });
  return draft.stop;
}

/** @param {HTMLFormElement} form */
function toldOf(form) {
  const said = valuesOf(form);
  return { name: said.name, owner: said.owner_name, phone: said.phone, village_code: said.village_code };
}

/** @param {HTMLFormElement} form */
function fold(form) {
  const said = valuesOf(form);
  part(form, "family").hidden = said.category !== "keluarga";
  part(form, "returned").hidden = said.category !== "purna";
  part(form, "agreed").hidden = !said.consent_way;
  part(form, "witness").hidden = said.consent_way !== "lisan_saksi";
}

/** @param {HTMLFormElement} form @param {ReturnType<typeof duplicates>} found */
function warn(form, found) {
  part(form, "doubts").hidden = !found.length;
  part(form, "doubt-list").replaceChildren(...found.map(({ card, why }) => {
    const row = piece("lap-doubt");
    const link = part(row, "name");
    link.textContent = card.name;
    link.setAttribute("href", `#/usaha/${card.id}`);
    part(row, "words").textContent = [card.owner?.name, card.hamlet, why.join(", ")].filter(Boolean).join(" · ");
    return row;
  }));
}

/** @param {Card} said @param {boolean} isLookedAt @param {any} reference */
function operation(said, isLookedAt, reference) {
  const id = crypto.randomUUID();
  const isReturned = said.category === "purna";
  const agreed = Boolean(said.consent_way);
  const village = reference?.villages?.find((/** @type {any} */ one) => one.code === said.village_code);
  return {
    type: "enterprise.register",
    enterprise_id: id,
    record_id: id,
    data: {
      owner_id: crypto.randomUUID(),
      owner: {
        name: said.owner_name,
        nik: textOf(said.nik),
        phone: textOf(said.phone),
        sex: textOf(said.sex),
        born_on: textOf(said.born_on),
        category: said.category,
        relation: said.category === "keluarga" ? textOf(said.relation) : null,
        country: textOf(said.country),
        work_sector: textOf(said.work_sector),
        years_abroad: wholeOf(said.years_abroad),
        returned_on: isReturned ? textOf(said.returned_on) : null,
        education: textOf(said.education),
        consented_on: agreed ? said.consented_on : null,
        consent_way: textOf(said.consent_way),
        consent_witness: said.consent_way === "lisan_saksi" ? textOf(said.consent_witness) : null,
        consent_purposes: agreed ? said.consent_purposes : [],
      },
      enterprise: {
        ...Object.fromEntries(["name", "village_code", "product_line", "sector", "address", "hamlet", "started_on"].map((name) => [name, textOf(said[name])])),
        ...detailsOf(said),
        ...numbersOf(said),
      },
      confirmed: isLookedAt ? CONFIRMED : [],
    },
    local: { card: { life_cycle: "terdaftar", village_label: village?.label ?? village?.name ?? "" } },
  };
}
