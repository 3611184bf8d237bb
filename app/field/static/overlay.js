// @ts-check
/**
 * What the phone's own work does to the cards, until the server's copy has it. The copy itself is
 * never changed here: it may be renewed underneath at any time.
 */
import { ACKNOWLEDGED, QUARANTINE, UNDECIDED } from "./outbox.js";

/** @typedef {import("./outbox.js").Item} Item */
/** @typedef {Record<string, any>} Card */

/**
 * Whether an operation still has to be laid over the cards that were fetched.
 * @param {{state: string, status?: string | null, acked_at?: number | null}} row
 * @param {number} pulledAt when the last complete fetch began, ms
 */
export const isLaid = ({ state, status, acked_at: ackedAt }, pulledAt) =>
  state !== ACKNOWLEDGED || UNDECIDED.has(status ?? "") || (ackedAt ?? 0) >= pulledAt;

/** @param {Item} item */
export const summary = (item) => ({
  op_id: item.op.op_id,
  type: item.op.type,
  record_id: item.op.record_id,
  state: item.state,
  status: item.status ?? null,
  pesan: item.pesan ?? null,
  at: item.at,
});

/** @type {Record<string, (card: Card, item: Item) => Card>} */
const EFFECTS = {
  "visit.create": layVisit,
  "assessment.create": (card, { op, local }) => ({
    ...card,
    health: {
      ...card.health,
      ...op.data.computed && { class: op.data.computed.class, tenths: op.data.computed.tenths, low: op.data.computed.low, high: op.data.computed.high },
      assessed_on: op.data.assessed_on,
      points: op.data.answers,
      context: op.data.context,
      ...local?.health,
    },
  }),
  "enterprise.edit": layEdit,
  "therapy.report": (card, { op }) => ({
    ...card,
    therapies: (card.therapies ?? []).map((/** @type {Card} */ one) =>
      one.id === op.data.intervention_id ? { ...one, reported: op.data.step } : one),
  }),
  "channel.delivery": moved,
  "channel.count": moved,
  "channel.payment": moved,
  "channel.return": moved,
  "visit.confirm": (card, { op, status }) => (status === "rejected" ? card : {
    ...card,
    visits: (card.visits ?? []).map((/** @type {Card} */ one) => (one.id === op.data.visit_id ? { ...one, is_asked: true } : one)),
  }),
  "cash.entry": moved,
  "cash.take_back": moved,
  "cash.count": moved,
  "diary.month": moved,
  "loan.repay": (card) => unknown(card, OF_LOANS),
  "certificate.step": layStep,
  "label.check": layLabel,
};

// What the cash book and the diary answer.
const OF_BOOK = ["KEU1", "KEU2", "KEU3", "PSR1", "PSR2", "PSR3", "PSR4", "MNJ1", "MDL1"];

// What running loans answer.
const OF_LOANS = ["MDL1", "MDL2", "MDL3"];

/** What the office knew of these questions may no longer be so. @param {Card} card @param {string[]} codes */
function unknown(card, codes) {
  return { ...card, known: (card.known ?? []).filter((/** @type {Card} */ one) => !codes.includes(one.code)) };
}

/** Money and goods of a channel are lines of the cash book too. @param {Card} card */
function moved(card) {
  return unknown({ ...card, book: null }, ["PRD4", ...OF_BOOK]);
}

/** @param {Card} card @param {Item} item */
function layStep(card, { op }) {
  const { certificate_id: id, to_state: state } = op.data;
  const certificates = (card.certificates ?? []).map((/** @type {Card} */ one) => (one.id === id ? { ...one, reported: state } : one));
  return { ...unknown(card, ["LGL1", "LGL2", "LGL3", "LGL4"]), certificates };
}

/** @param {Card} card @param {Item} item */
function layLabel(card, { op }) {
  const { product_id: id, elements, checked_on: on, has_brand, has_contact } = op.data;
  const products = (card.products ?? []).map((/** @type {Card} */ one) =>
    (one.id === id ? { ...one, label: { ...one.label, last: elements, on, has_brand, has_contact, is_waiting: true } } : one));
  return { ...unknown(card, ["KMS2", "KMS3"]), products };
}

/** @param {Card} card @param {Item} item */
function layVisit(card, { op, local }) {
  const { data } = op;
  const visit = {
    id: op.record_id,
    visited_on: data.visited_on,
    outcome: data.outcome,
    findings: data.findings,
    reason: data.reason,
    met_with: data.met_with,
    by: "Anda",
    next_visit_on: data.next_visit_on,
    photos: op.attachments.length,
    is_waiting: true,
  };
  const promised = (data.promises ?? []).map((/** @type {Card} */ one, /** @type {number} */ at) =>
    ({ id: `${op.record_id}:${at}`, text: one.text, due_on: one.due_on, is_waiting: true }));
  const isLatest = !card.last_visit_on || data.visited_on >= card.last_visit_on;
  return {
    ...card,
    visits: [visit, ...(card.visits ?? []).filter((/** @type {Card} */ one) => one.id !== visit.id)],
    // Who wasn't met wasn't visited: the server counts the same.
    last_visit_on: isLatest && data.outcome === "bertemu" ? data.visited_on : card.last_visit_on,
    next_visit_due_on: local?.next_visit_due_on !== undefined ? local.next_visit_due_on : (data.next_visit_on ?? card.next_visit_due_on),
    promises: [...(card.promises ?? []).filter((/** @type {Card} */ one) => !(one.id in (data.settled ?? {}))), ...promised],
  };
}

/** @param {Card} card @param {Item} item */
function layEdit(card, { op, local }) {
  /** @type {Card} */
  const laid = { ...card, owner: { ...card.owner } };
  for (const [field, value] of Object.entries(op.data.changes ?? {})) {
    const [part, name] = field.split(".");
    if (part === "owner" && name) laid.owner[name] = value;
    else laid[field] = value;
  }
  return { ...laid, ...local?.card };
}

/** A card of an enterprise that only this phone knows. @param {Item} item @returns {Card} */
function registered({ op, local }) {
  const { owner = {}, enterprise = {} } = op.data;
  return {
    ...enterprise,
    id: op.enterprise_id,
    version: null,
    is_new: true,
    owner: { name: owner.name, phone: owner.phone, sex: owner.sex },
    health: null,
    last_visit_on: null,
    next_visit_due_on: null,
    visit_by: null,
    visits: [],
    promises: [],
    therapies: [],
    practices: [],
    ...local?.card,
  };
}

/**
 * The cards as the phone shows them: the server's copies with the phone's own work laid over.
 * @param {Card[]} cards
 * @param {Item[]} items
 * @param {number} pulledAt
 * @returns {Card[]}
 */
export function overlaid(cards, items, pulledAt) {
  /** @type {Map<string, Card>} */
  const found = new Map(cards.map((card) => [card.id, { ...card, pending: [] }]));
  for (const item of [...items].sort((a, b) => a.seq - b.seq)) {
    if (!isLaid(item, pulledAt)) continue;
    const id = item.op.enterprise_id;
    if (item.op.type === "enterprise.register" && !found.has(id)) found.set(id, { ...registered(item), pending: [] });
    const card = found.get(id);
    if (!card) continue;
    const laid = item.state === QUARANTINE ? card : (EFFECTS[item.op.type]?.(card, item) ?? card);
    found.set(id, { ...laid, pending: [...card.pending, summary(item)] });
  }
  return [...found.values()];
}
