// @ts-check
import { FEWEST_LETTERS, address, moved, placesOf } from "./pure.js";
import { getJson } from "./requests.js";

/**
 * Suggestions of villages, or of another long list, while typing. Without it the server shows matches to choose from.
 * @param {HTMLElement} box
 */
export function suggestPlaces(box) {
  const input = /** @type {HTMLInputElement | null} */ (box.querySelector("input[type=text]"));
  const code = /** @type {HTMLInputElement | null} */ (box.querySelector("[data-place-code]"));
  if (!input || !code) return;

  const list = document.createElement("ul");
  list.id = `${input.id}-saran`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.placeLabel ?? "Saran desa");
  list.hidden = true;
  box.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);

  /** @type {import("./pure.js").Place[]} */
  let places = [];
  let marked = -1;
  let timer = 0;
  let asking = new AbortController();

  const show = () => {
    list.replaceChildren(...places.map((place, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(index === marked));
      item.textContent = place.label;
      // Before the box loses the focus, which would close the list.
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
      return item;
    }));
    list.hidden = places.length === 0;
    // On a phone the box often stands right above the keyboard.
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (marked < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${list.id}-${marked}`);
  };
  const close = () => { places = []; marked = -1; show(); };
  /** @param {number} index */
  const choose = (index) => {
    input.value = places[index].label;
    code.value = places[index].code;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const answer = await getJson(address(box.dataset.place ?? "", { q: input.value }), signal);
    if (signal.aborted) return;
    places = placesOf(answer);
    marked = -1;
    show();
  };

  input.addEventListener("input", () => {
    code.value = "";
    clearTimeout(timer);
    if (input.value.trim().length < FEWEST_LETTERS) close();
    else timer = window.setTimeout(ask, 200);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && marked >= 0) { event.preventDefault(); choose(marked); }
    else if (event.key.startsWith("Arrow")) {
      const next = moved(marked, places.length, event.key);
      if (next !== marked) { event.preventDefault(); marked = next; show(); }
    }
  });
  input.addEventListener("blur", close);
}
