// @ts-check
/** The map that can be moved: the server's outlines and points, laid into Leaflet. Loaded only where it is wanted. */
import { CRS, Control, DivIcon, Map as LeafletMap, Marker, Polygon, SVG, latLngBounds } from "leaflet";
import { placeIn, ringsOf } from "./pure.js";

const SIGN = 12;

/**
 * Put a movable map in the place of the picture.
 * @param {HTMLElement} figure
 */
export function draw(figure) {
  const picture = /** @type {SVGSVGElement} */ (figure.querySelector(".pulih-map__picture"));
  const [west, north, scale, width, height] = ["west", "north", "scale", "width", "height"].map((name) => Number(figure.dataset[name]));
  /** @type {(x: number, y: number) => [number, number]} */
  const at = (x, y) => placeIn({ west, north, scale }, x, y);
  const frame = latLngBounds(at(0, height), at(width, 0));
  const box = document.createElement("div");
  box.className = "pulih-map__live";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", picture.getAttribute("aria-label") ?? "Peta");
  picture.replaceWith(box);

  const map = new LeafletMap(box, {
    crs: CRS.EPSG3857,
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    maxZoom: 18,
    maxBounds: frame.pad(0.5),
    scrollWheelZoom: false,
    // With one finger the page is scrolled; two move the map.
    dragging: matchMedia("(pointer: fine)").matches,
    renderer: new SVG({ padding: 0.5 }),
  });
  map.addControl(new Control.Zoom({ zoomInTitle: "Perbesar", zoomOutTitle: "Perkecil" }));
  map.fitBounds(frame, { padding: [4, 4] });
  for (const path of picture.querySelectorAll(".pulih-map__areas path")) addArea(map, path, at);
  for (const mark of picture.querySelectorAll(".pulih-map__mark")) addPin(map, /** @type {SVGAElement} */ (mark), at);
  map.on("popupopen", ({ popup }) => {
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", "Tutup");
  });
}

/**
 * @param {LeafletMap} map
 * @param {Element} path
 * @param {(x: number, y: number) => [number, number]} at
 */
function addArea(map, path, at) {
  const link = path.closest("a")?.getAttribute("href");
  const rings = ringsOf(path.getAttribute("d") ?? "").map((ring) => ring.map(([x, y]) => at(x, y)));
  const drawn = new Polygon(rings, { className: path.getAttribute("class") ?? "", interactive: Boolean(link), weight: 1, fillOpacity: 1 });
  if (link) {
    const name = document.createElement("span");
    name.textContent = path.getAttribute("data-name");
    drawn.bindTooltip(name, { sticky: true });
    drawn.on("click", () => location.assign(link));
  }
  drawn.addTo(map);
}

/**
 * @param {LeafletMap} map
 * @param {SVGAElement} mark
 * @param {(x: number, y: number) => [number, number]} at
 */
function addPin(map, mark, at) {
  const path = /** @type {SVGPathElement} */ (mark.querySelector("path"));
  const side = Math.round(SIGN * Number(mark.dataset.size) * 1.1);
  const sign = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  sign.setAttribute("viewBox", `0 0 ${SIGN} ${SIGN}`);
  sign.setAttribute("width", String(side));
  sign.setAttribute("height", String(side));
  const shape = /** @type {SVGPathElement} */ (path.cloneNode());
  shape.removeAttribute("transform");
  sign.append(shape);
  const pin = new Marker(at(Number(mark.dataset.x), Number(mark.dataset.y)), {
    icon: new DivIcon({ html: /** @type {any} */ (sign), className: "pulih-pin", iconSize: [side, side] }),
    title: mark.getAttribute("aria-label") ?? "",
    riseOnHover: true,
  });
  const row = document.querySelector(mark.getAttribute("href") ?? "");
  pin.bindPopup(() => popupOf(row, mark.getAttribute("aria-label") ?? ""));
  pin.addTo(map);
}

/**
 * What the line of the table says, with its links.
 * @param {Element | null} row
 * @param {string} text
 */
function popupOf(row, text) {
  const box = document.createElement("div");
  if (!row) {
    box.textContent = text;
    return box;
  }
  const list = document.createElement("dl");
  for (const cell of row.querySelectorAll("[data-label]")) {
    const words = [...cell.childNodes].map((node) => node.cloneNode(true));
    if (cell.tagName === "TH") {
      const name = document.createElement("strong");
      name.append(...words);
      box.append(name);
      continue;
    }
    const label = document.createElement("dt");
    label.textContent = cell.getAttribute("data-label");
    const value = document.createElement("dd");
    value.append(...words);
    list.append(label, value);
  }
  box.append(list);
  return box;
}
